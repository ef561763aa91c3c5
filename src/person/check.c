/* SPDX-License-Identifier: Apache-2.0 */
/* What in a description of a person cannot be together. */
#include "person/person.h"

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

milieu_code ml_person_check(const MlPersonSpec *spec, milieu_error *err) {
    ML_TRY(check_pairs(spec, err));
    ML_TRY(check_pregnancy(spec, err));
    return check_parts(spec, err);
}
