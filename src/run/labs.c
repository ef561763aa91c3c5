/* SPDX-License-Identifier: Apache-2.0 */
#include "run/labs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "person/person.h"
#include "run/labs_inside.h"

static void scale_substance(double *y, int substance, double factor) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].substance == substance && ml_places[ml_states[i].place].inside) y[i] *= factor;
}

/* Water that is kept for days stays in the cells; of the fluid outside them the kidney lets go what is too much, with its salt
 * (Schwartz, Am J Med 1957;23:529; with water drunk under vasopressin, Leaf, J Clin Invest 1953;32:868). Protein stays. */
static void let_volume_go(double *y, double factor) {
    const double keep = 1.0 / factor, valence = ml_substances[ML_protein].valence;
    for (int i = 0; i < ML_NPOOL; i++) {
        const int place = ml_states[i].place;
        if ((place == ML_AT_plasma || place == ML_AT_interstitial) && ml_states[i].substance != ML_protein) y[i] *= keep;
    }
    y[ML_S_plasma_chloride] += (1.0 - keep) * valence * y[ML_S_plasma_protein];
    y[ML_S_interstitial_chloride] += (1.0 - keep) * valence * y[ML_S_interstitial_protein];
}

void ml_labs_scale_outside(double *y, int substance, double factor) {
    static const int places[] = {ML_AT_plasma, ML_AT_interstitial};
    for (int i = 0; i < 2; i++) {
        double *x = &y[ml_pool(places[i], substance)];
        y[ml_pool(places[i], ML_chloride)] += ml_substances[substance].valence * (factor - 1) * *x;
        *x *= factor;
    }
}

/* Water in or out of every fluid alike, as after days of too much or too little; the brain has shed or
 * gained solutes and keeps most of its volume. */
static void add_water(const MlPerson *person, double *y, double factor, bool lets_go) {
    static const int fluids[] = {ML_S_plasma_water, ML_S_interstitial_water, ML_S_muscle_water,
                                 ML_S_other_water, ML_S_redcell_water};
    static const int regulated[] = {ML_glucose, ML_calcium, ML_magnesium, ML_phosphate}; /* whatever the water */
    for (size_t i = 0; i < sizeof fluids / sizeof fluids[0]; i++) y[fluids[i]] *= factor;
    if (lets_go) let_volume_go(y, factor);
    for (size_t i = 0; i < sizeof regulated / sizeof regulated[0]; i++) ml_labs_scale_outside(y, regulated[i], factor);
    const double *p = person->param;
    const double fall = 1.0 - 1.0 / factor, osmoles = p[ML_P_brain_water_normal] * p[ML_P_tonicity_normal];
    const double salt = p[ML_P_brain_salt_share] * osmoles * fall / (2.0 * p[ML_P_osmotic_coefficient]);
    const double na = p[ML_P_brain_sodium_part] * salt, k = salt - na;
    y[ML_S_brain_sodium] -= na;
    y[ML_S_brain_potassium] -= k;
    y[ML_S_brain_chloride] -= salt;
    y[ML_S_brain_osmolyte] -= p[ML_P_brain_osmolyte_share] * osmoles * fall;
    /* what the brain gave up went to the extracellular fluid with the rest */
    const double plasma = y[ML_S_plasma_water] / (y[ML_S_plasma_water] + y[ML_S_interstitial_water]);
    y[ML_S_plasma_sodium] += plasma * na;
    y[ML_S_plasma_potassium] += plasma * k;
    y[ML_S_plasma_chloride] += plasma * salt;
    y[ML_S_interstitial_sodium] += (1.0 - plasma) * na;
    y[ML_S_interstitial_potassium] += (1.0 - plasma) * k;
    y[ML_S_interstitial_chloride] += (1.0 - plasma) * salt;
    y[ML_S_brain_water] *=
        1.0 + (1.0 - p[ML_P_brain_salt_share] - p[ML_P_brain_osmolyte_share]) * (factor - 1.0);
}

double ml_lab_output(const MlLabs *labs, const double *y, int output) {
    double out[ML_NOUTPUT];
    ml_session_outputs(labs->session, y, out);
    return out[output];
}

/* Too much water, sodium being judged at normal glucose (2.4 mmol/L for 5.5: Hillier, Am J Med 1999;106:399). */
static bool is_diluted(const MlLabs *l, int output) {
    static const double usual_glucose = 5.5, fall = 2.4;
    const double glucose = l->aim[ML_O_plasma_glucose], drawn = output == ML_O_plasma_sodium && glucose > usual_glucose ? fall * (glucose - usual_glucose) / usual_glucose : 0;
    return l->aim[output] + drawn < ml_lab_output(l, l->before, output);
}

/* The factor on water at which the output reads its aim, by bisection on a monotone response. *water is the
 * factor of all rounds: between 0.7 and 1.6 a body may live. */
static void reach_by_water(const MlLabs *l, double *y, int output, double *water) {
    const MlPerson *person = ml_session_person(l->session);
    const bool lets_go = person->adh_release > 0 || is_diluted(l, output);
    double low = 0.7 / *water, high = 1.6 / *water, trial[ML_NSTATE];
    for (int i = 0; i < 50; i++) {
        const double middle = 0.5 * (low + high);
        memcpy(trial, y, sizeof trial);
        add_water(person, trial, middle, lets_go);
        if (ml_lab_output(l, trial, output) > l->aim[output])
            low = middle;
        else
            high = middle;
    }
    add_water(person, y, 0.5 * (low + high), lets_go);
    *water *= 0.5 * (low + high);
}

static void scale_place(double *y, int place, double factor) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].place == place) y[i] *= factor;
}

static void set_hematocrit(const MlLabs *l, double *y) {
    const double ratio = ml_session_person(l->session)->param[ML_P_hematocrit_ratio];
    const double now = ml_lab_output(l, y, ML_O_hematocrit) * ratio, aim = l->aim[ML_O_hematocrit] * ratio;
    scale_place(y, ML_AT_redcell, aim / (1 - aim) * (1 - now) / now);
}

/* Moves the state towards one value; false where no value of that kind is a start. */
static bool move(const MlLabs *l, double *y, int output, double *water) {
    const double aim = l->aim[output], factor = aim / ml_lab_output(l, y, output);
    switch (output) {
    case ML_O_plasma_sodium:
    case ML_O_plasma_tonicity:
    case ML_O_plasma_osmolality:
        reach_by_water(l, y, output, water);
        return true;
    case ML_O_plasma_urea:
        scale_substance(y, ML_urea, factor);
        return true;
    case ML_O_plasma_glucose:
        ml_labs_scale_outside(y, ML_glucose, factor);
        return true;
    case ML_O_plasma_albumin:
    case ML_O_plasma_protein:
        ml_labs_scale_outside(y, ML_protein, factor);
        return true;
    case ML_O_plasma_oncotic_pressure: /* steeper than in proportion: repeated steps reach it */
        ml_labs_scale_outside(y, ML_protein, sqrt(factor));
        return true;
    case ML_O_plasma_volume:
        scale_place(y, ML_AT_plasma, factor);
        return true;
    case ML_O_hematocrit:
        set_hematocrit(l, y);
        return true;
    case ML_O_plasma_adh:
        y[ML_S_adh] = y[ML_S_adh_action] = fmax(aim - ml_session_person(l->session)->param[ML_P_adh_blank], 0);
        return true;
    case ML_O_plasma_renin:
        y[ML_S_renin] = aim;
        return true;
    case ML_O_plasma_aldosterone:
        y[ML_S_aldosterone] = y[ML_S_aldosterone_action] = y[ML_S_aldosterone] * factor;
        return true;
    case ML_O_plasma_anp:
        y[ML_S_anp] = aim;
        return true;
    case ML_O_plasma_insulin:
        y[ML_S_insulin] = aim;
        return true;
    default:
        return ml_labs_move_acid(l, y, output) || ml_labs_move_minerals(l, y, output);
    }
}

/* Sodium, tonicity and osmolality all speak of water: the first of them decides, the others are told. */
static void decide_water(MlLabs *l) {
    static const int order[] = {ML_O_plasma_sodium, ML_O_plasma_tonicity, ML_O_plasma_osmolality};
    bool decided = false;
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        if (!ml_lab_has(l, order[k])) continue;
        if (decided) {
            l->aim[order[k]] = NAN;
            l->told[order[k]] = true;
        }
        decided = true;
    }
    l->water = decided;
}

/* The place of a lab, if it has one, before what is wrong with it. */
static milieu_code at_lab(const MlPersonSpec *spec, int output, milieu_error *err) {
    for (int k = 0; k < spec->nlab; k++)
        if (spec->lab[k].output == output) return ml_fail_at(err, spec->lab_file[k], spec->lab[k].line, MILIEU_BAD_INPUT);
    return MILIEU_BAD_INPUT;
}

/* Whether the state shows the values; what follows from the others is only told. */
static milieu_code check(const MlLabs *l, const double *y, const MlPersonSpec *spec, MlNotes *notes,
                         milieu_error *err) {
    for (int i = 0; i < spec->nlab; i++) {
        const MlLab *lab = &spec->lab[i];
        const MlOutputInfo *o = &ml_outputs[lab->output];
        const double now = ml_lab_output(l, y, lab->output);
        if (fabs(now - lab->value) <= 1e-3 * fabs(lab->value) + fmin(0.02, 0.02 * fabs(lab->value))) continue;
        const double gap = fabs(now - lab->value);
        const char *unit = strcmp(o->unit, "1") ? o->unit : "";
        if (!(isfinite(now)) || !l->told[lab->output] || gap > ml_lab_gap(lab->output).most) {
            ml_fail(err, MILIEU_BAD_INPUT, o->name, "%.4g%s%s%s%s cannot be reached%s (%.4g can); check the value%s", lab->value, *unit ? " " : "", unit,
                    *spec->lab_from[i] ? " of " : "", spec->lab_from[i], spec->nlab > 1 ? " together with the other labs" : " in this person", now, spec->nlab > 1 ? "s" : "");
            return at_lab(spec, lab->output, err);
        }
        char words[ML_NOTE_SIZE];
        if (gap > ml_lab_gap(lab->output).allowed)
            ml_notes_add(notes, "%s", ml_lab_contradiction(lab, now, words, sizeof words));
        else
            ml_notes_add(notes, "labs: %s is %.4g%s%s at the start, as it follows from the other values; measured %.4g", o->name, now, *unit ? " " : "", unit, lab->value);
    }
    if (!(y[ML_S_plasma_bicarbonate] > y[ML_S_plasma_water])) {
        ml_fail(err, MILIEU_BAD_INPUT, "plasma_chloride", "this chloride leaves no room for bicarbonate beside the sodium; check the values");
        return at_lab(spec, ML_O_plasma_chloride, err);
    }
    return MILIEU_OK;
}

/* Who lacks an ion still drinks and keeps water by tonicity: where nothing measured speaks of water or sugar, it stays. High
 * potassium is new, and water has not followed. */
static void keep_tonicity(MlLabs *l) {
    static const int speaks[] = {ML_O_plasma_sodium, ML_O_plasma_tonicity, ML_O_plasma_osmolality, ML_O_plasma_glucose, ML_O_plasma_volume};
    for (size_t i = 0; i < sizeof speaks / sizeof speaks[0]; i++)
        if (ml_lab_has(l, speaks[i])) return;
    if (l->aim[ML_O_plasma_potassium] > ml_lab_output(l, l->before, ML_O_plasma_potassium)) return;
    l->aim[ML_O_plasma_tonicity] = ml_lab_output(l, l->before, ML_O_plasma_tonicity);
}

/* Antidiuresis that has lasted holds sodium where it was measured: patients without treatment moved by 1 mmol/L in 3 d (Garrahy,
 * J Clin Endocrinol Metab 2020;105:dgaa619). The ducts keep as much of their water channels, and lose them from there on. */
static void hold_water(MlSession *s, const MlLabs *l, const double *y) {
    if (!(ml_session_person(s)->adh_release > 0)) return;
    if (!ml_lab_has(l, ML_O_plasma_sodium) && !ml_lab_has(l, ML_O_plasma_tonicity) && !ml_lab_has(l, ML_O_plasma_osmolality)) return;
    ml_session_adapt_to_water(s, ml_lab_output(l, y, ML_O_plasma_tonicity) - ml_lab_output(l, l->before, ML_O_plasma_tonicity));
}

/* Thirst answers what a day or two without water bring. Beyond that sodium stays only where thirst or access to water has failed (Adrogue &
 * Madias, N Engl J Med 2000;342:1493), which does not end with the measurement: thirst has come to bear what is beyond (the limit is assumed). */
static void hold_thirst(MlSession *s, const MlLabs *l, const double *y) {
    const double beyond = ml_lab_output(l, y, ML_O_plasma_sodium) - ml_thirst_fails;
    if (beyond > 0) ml_session_own(s, ML_P_thirst_threshold, ml_session_person(s)->param[ML_P_thirst_threshold] + 2 * beyond);
}

bool ml_lab_is_start(int output) {
    return output != ML_O_urine_sodium && output != ML_O_urine_potassium && output != ML_O_urine_osmolality;
}

static void open_labs(const MlSession *s, const MlPersonSpec *spec, MlLabs *l) {
    memset(l, 0, sizeof *l);
    l->session = s;
    for (int o = 0; o < ML_NOUTPUT; o++) l->aim[o] = NAN;
    for (int i = 0; i < spec->nlab; i++) l->aim[spec->lab[i].output] = spec->lab[i].value;
    l->context = *ml_session_context(s);
    memcpy(l->param, l->context.param, sizeof l->param);
    memcpy(l->input, l->context.input, sizeof l->input);
    l->context.param = l->param;
    l->context.input = l->input;
    ml_session_state(s, ml_session_time(s), l->before);
    ml_body_rows(&l->context, 0, l->before, l->row);
    decide_water(l);
    keep_tonicity(l);
    ml_labs_decide_acid(l);
    ml_labs_decide_glucose(l);
    ml_labs_decide_minerals(l);
}

/* Each move disturbs what others have set by a little: a few rounds settle it. */
milieu_code ml_apply_labs(MlSession *s, const MlPersonSpec *spec, MlNotes *notes, milieu_error *err) {
    enum { ROUNDS = 40 };
    double y[ML_NSTATE], added = 1;
    if (spec->nlab == 0) return MILIEU_OK;
    MlLabs l;
    open_labs(s, spec, &l);
    memcpy(y, l.before, sizeof y);
    ml_labs_dry_out(&l, y);
    ml_labs_decide_potassium(&l);
    for (int round = 0; round < ROUNDS; round++) {
        for (int o = 0; o < ML_NOUTPUT; o++)
            if (ml_lab_has(&l, o) && !move(&l, y, o, &added))
                return ml_fail(err, MILIEU_NOT_AVAILABLE, ml_outputs[o].name,
                               "starting from a measured %s is not possible in this version", ml_outputs[o].name);
        if (l.water) {
            ml_labs_mix(&l, y, ML_sodium);
            ml_labs_mix(&l, y, ML_potassium);
        }
        ml_labs_hold(&l, y);
    }
    ML_TRY(check(&l, y, spec, notes, err));
    ml_labs_tell(&l, y, spec, notes);
    ml_session_set_state(s, y);
    ml_session_weigh(s);
    hold_water(s, &l, y);
    hold_thirst(s, &l, y);
    ml_labs_keep_calcium(&l, s);
    ml_labs_keep_potassium(&l, s);
    ml_labs_keep_acid(&l, s);
    ml_labs_keep_glucose(&l, s);
    if (ml_lab_has(&l, ML_O_arterial_pco2)) ml_session_breathe(s, ml_labs_ventilation(&l, y));
    return MILIEU_OK;
}

milieu_code ml_labs_refuse(const MlPersonSpec *spec, milieu_error *err) {
    char labs[300] = "";
    for (int i = 0; i < spec->nlab; i++) {
        const MlOutputInfo *o = &ml_outputs[spec->lab[i].output];
        const size_t used = strlen(labs);
        snprintf(labs + used, sizeof labs - used, "%s%s %.4g%s%s", i ? ", " : "", o->name, spec->lab[i].value, strcmp(o->unit, "1") ? " " : "", strcmp(o->unit, "1") ? o->unit : "");
    }
    ml_fail(err, MILIEU_BAD_INPUT, "labs", "nobody lives with these values together: %s; check the most unusual of them, or leave it out", labs);
    return at_lab(spec, spec->lab[0].output, err);
}
