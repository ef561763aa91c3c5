/* SPDX-License-Identifier: Apache-2.0 */
/* What in a description of a person cannot be together. */
#include "person/person.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "timeline/tables.h"

/* Beyond it no pregnancy is described, y. */
static const double oldest_pregnant = 55;

static milieu_code check_pairs(const MlPersonSpec *spec, milieu_error *err) {
    for (int i = 0; i < spec->ncondition; i++)
        for (int k = 0; k < i; k++) {
            const char *a = spec->condition[k].name, *b = spec->condition[i].name;
            if (ml_conditions_exclude(a, b))
                return ml_fail(err, MILIEU_BAD_INPUT, "conditions", "conditions: '%s' and '%s' exclude each other; leave out one", a, b);
        }
    return MILIEU_OK;
}

static milieu_code check_pregnancy(const MlPersonSpec *spec, milieu_error *err) {
    if (!ml_person_has_condition(spec, "pregnancy")) return MILIEU_OK;
    const int i = ml_preset_of(spec);
    if (i < 0) return MILIEU_OK; /* told elsewhere */
    const MlPresetInfo preset = ml_preset_info(i);
    const MlChoice sex = spec->sex == ML_CHOICE_NONE ? preset.sex : spec->sex;
    const double age = isnan(spec->age) ? preset.age : spec->age;
    if (sex == ML_C_MALE)
        return ml_fail(err, MILIEU_BAD_INPUT, "conditions", "conditions: 'pregnancy' in a man; give sex: female or a preset of a woman");
    if (age > oldest_pregnant)
        return ml_fail(err, MILIEU_BAD_INPUT, "conditions", "conditions: 'pregnancy' at %.4g y; at most %g y", age, oldest_pregnant);
    return MILIEU_OK;
}

static double lab_of(const MlPersonSpec *spec, int output) {
    for (int i = 0; i < spec->nlab; i++)
        if (spec->lab[i].output == output) return spec->lab[i].value;
    return NAN;
}

/* What is a part of something is less. */
static milieu_code check_parts(const MlPersonSpec *spec, milieu_error *err) {
    static const int pairs[][2] = {{ML_O_plasma_calcium_ionized, ML_O_plasma_calcium_total},
                                   {ML_O_plasma_magnesium_ionized, ML_O_plasma_magnesium_total},
                                   {ML_O_plasma_albumin, ML_O_plasma_protein},
                                   {ML_O_plasma_tonicity, ML_O_plasma_osmolality}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const double part = lab_of(spec, pairs[i][0]), total = lab_of(spec, pairs[i][1]);
        if (part >= total)
            return ml_fail(err, MILIEU_BAD_INPUT, "labs", "labs: %s (%.4g %s) is not below %s (%.4g %s), of which it is a part; check both",
                           ml_outputs[pairs[i][0]].name, part, ml_outputs[pairs[i][0]].unit, ml_outputs[pairs[i][1]].name, total, ml_outputs[pairs[i][1]].unit);
    }
    return MILIEU_OK;
}

/* What measurement, albumin and substances that are not followed account for. Osmolality: 10 is the usual limit of the gap (Hoffman,
 * Clin Toxicol 1993;31:81). */
MlLabGap ml_lab_gap(int output) {
    static const MlLabGap gaps[] = {
        {ML_O_plasma_chloride, 3, 8, "sodium, chloride and bicarbonate do not go together; an acid that is not followed, unusual albumin, or a slip"},
        {ML_O_plasma_anion_gap, 3, 8, "it is not what sodium, chloride and bicarbonate leave; a slip, or a gap that counts potassium"},
        {ML_O_plasma_strong_ion_difference, 4, 12, "the other ions leave another difference"},
        {ML_O_plasma_ph, 0.03, 0.1, "of pH, carbon dioxide and bicarbonate two give the third; one of them is off, or they are of different samples"},
        {ML_O_plasma_osmolality, 10, 60, "an alcohol or another substance that is not followed, or sodium that fat or protein made read too low"},
        {ML_O_plasma_tonicity, 10, 60, "sodium and glucose give another"},
        {ML_O_plasma_calcium_total, 0.3, INFINITY, "albumin and pH do not hold as much; the ionized counts"},
        {ML_O_plasma_magnesium_total, 0.3, INFINITY, "albumin does not hold as much; the ionized counts"},
    };
    for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++)
        if (gaps[i].output == output) return gaps[i];
    return (MlLabGap){output, INFINITY, INFINITY, ""};
}

static double by_definition(const MlPersonSpec *spec, int output) {
    const double base = lab_of(spec, ML_O_plasma_bicarbonate);
    if (output == ML_O_plasma_ph)
        return ml_params[ML_P_carbonic_pk].normal + log10(base / (ml_params[ML_P_carbon_dioxide_solubility].normal * lab_of(spec, ML_O_arterial_pco2)));
    return output == ML_O_plasma_anion_gap ? lab_of(spec, ML_O_plasma_sodium) - lab_of(spec, ML_O_plasma_chloride) - base : NAN;
}

double ml_lab_contradicted(const MlPersonSpec *spec, int i) {
    const MlLab *lab = &spec->lab[i];
    const double follows = by_definition(spec, lab->output);
    return fabs(follows - lab->value) > ml_lab_gap(lab->output).allowed ? follows : NAN;
}

const char *ml_lab_contradiction(const MlLab *lab, double follows, char *text, size_t size) {
    const MlOutputInfo *o = &ml_outputs[lab->output];
    const int bare = strcmp(o->unit, "1") == 0;
    snprintf(text, size, "labs contradict each other: %s follows from the other values as %.4g%s%s, measured %.4g (%s)", o->name, follows, bare ? "" : " ",
             bare ? "" : o->unit, lab->value, ml_lab_gap(lab->output).why);
    return text;
}

static milieu_code check_definitions(const MlPersonSpec *spec, milieu_error *err) {
    for (int i = 0; i < spec->nlab; i++) {
        const double follows = ml_lab_contradicted(spec, i);
        char text[400];
        if (fabs(follows - spec->lab[i].value) > ml_lab_gap(spec->lab[i].output).most)
            return ml_fail(err, MILIEU_BAD_INPUT, "labs", "%s; that is too far apart: check them, or leave one out", ml_lab_contradiction(&spec->lab[i], follows, text, sizeof text));
    }
    return MILIEU_OK;
}

milieu_code ml_person_check(const MlPersonSpec *spec, milieu_error *err) {
    ML_TRY(check_pairs(spec, err));
    ML_TRY(check_pregnancy(spec, err));
    ML_TRY(check_parts(spec, err));
    return check_definitions(spec, err);
}
