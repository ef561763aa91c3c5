/* SPDX-License-Identifier: Apache-2.0 */
/* Potassium, acid and base of measured values.
 *
 * Whatever is moved in plasma is moved alike in the interstitium, and chloride closes the charge: bicarbonate that is
 * gone was replaced by chloride, unless lactate or ketones are measured, which then stand in its place. Where chloride
 * and bicarbonate are both measured (or one of them and the anion gap), what is left of the gap is sulfate: an acid
 * that is not burned; beside the glucose of diabetes it is ketones.
 *
 * Cells, buffers and the slow parts of the answer then follow their own laws: each flow between the fluid outside and
 * a store that is reached within hours is brought back to what it was before, by filling or emptying the store from
 * outside the body, as days of the disorder would have. */
#include <math.h>

#include "run/labs_inside.h"

static const int outside[] = {ML_AT_plasma, ML_AT_interstitial};

/* ---- what is moved ---- */

/* Scales one ion in plasma, with as much per liter in the interstitium (less what the Donnan effect makes of its charge);
 * the other closes the charge, but no pool is emptied for it below a tenth. */
static void scale_ion(double *y, int ion, double factor, int closer) {
    const double share = ml_substances[ion].valence / ml_substances[closer].valence;
    const int alike = ml_substances[ion].valence > 0 ? ML_sodium : ML_chloride;
    const double plasma = (factor - 1) * y[ml_pool(ML_AT_plasma, ion)], wide = y[ml_pool(ML_AT_plasma, alike)];
    for (int i = 0; i < 2; i++) {
        double *x = &y[ml_pool(outside[i], ion)], *c = &y[ml_pool(outside[i], closer)];
        double more = fmax(plasma * y[ml_pool(outside[i], alike)] / wide, -0.99 * *x);
        const double room = 0.9 * *c / fabs(share);
        if (more * share > 0) more = copysign(fmin(fabs(more), room), more);
        *x += more;
        *c -= share * more;
    }
}

static bool bicarbonate_is_known(const MlLabs *l) {
    return ml_lab_has(l, ML_O_plasma_bicarbonate) || ml_lab_has(l, ML_O_plasma_ph);
}

static double dissolved(const MlLabs *l, double pco2) {
    return ml_session_person(l->session)->param[ML_P_carbon_dioxide_solubility] * pco2;
}

static double bicarbonate_of(const MlLabs *l, double ph, double pco2) {
    const double *p = ml_session_person(l->session)->param;
    return dissolved(l, pco2) * exp((ph - p[ML_P_carbonic_pk]) / p[ML_P_decadic]);
}

/* Of pH, bicarbonate and carbon dioxide two give the third; of pH alone the disorder is metabolic. */
void ml_labs_decide_acid(MlLabs *l) {
    static const double hardly_any = 5; /* mL/min: dialysis decides */
    double *aim = l->aim;
    const bool base = ml_lab_has(l, ML_O_plasma_bicarbonate), gas = ml_lab_has(l, ML_O_arterial_pco2);
    if (ml_lab_has(l, ML_O_plasma_ph) && (base || gas)) {
        if (!gas) aim[ML_O_arterial_pco2] = aim[ML_O_plasma_bicarbonate] / bicarbonate_of(l, aim[ML_O_plasma_ph], 1);
        if (!base) aim[ML_O_plasma_bicarbonate] = bicarbonate_of(l, aim[ML_O_plasma_ph], aim[ML_O_arterial_pco2]);
        aim[ML_O_plasma_ph] = NAN;
        l->told[ML_O_plasma_ph] = true;
    }
    if (ml_lab_has(l, ML_O_plasma_anion_gap) && ml_lab_has(l, ML_O_plasma_chloride) && bicarbonate_is_known(l)) {
        aim[ML_O_plasma_anion_gap] = NAN;
        l->told[ML_O_plasma_anion_gap] = true;
    }
    l->told[ML_O_plasma_chloride] = bicarbonate_is_known(l);
    const int of = base || !ml_lab_has(l, ML_O_plasma_ph) ? ML_O_plasma_bicarbonate : ML_O_plasma_ph;
    l->ketotic = ml_labs_are_ketotic(l);
    l->acidotic = aim[of] < ml_lab_output(l, l->before, of) && !l->ketotic && !ml_lab_has(l, ML_O_plasma_ketones) && !ml_lab_has(l, ML_O_plasma_lactate) &&
                  ml_lab_output(l, l->before, ML_O_gfr) < ml_kidneys_fail && ml_lab_output(l, l->before, ML_O_gfr) > hardly_any;
    aim[ML_O_plasma_strong_ion_difference] = NAN;
    l->told[ML_O_plasma_strong_ion_difference] = true;
}

static int acid_of_gap(const MlLabs *l) { return l->ketotic ? ML_ketone : ML_sulfate; }

/* Chloride with the anion gap; bicarbonate where chloride is measured. */
static void move_gap(const MlLabs *l, double *y) {
    const double excess = l->aim[ML_O_plasma_anion_gap] - ml_lab_output(l, y, ML_O_plasma_anion_gap);
    const bool chloride = !ml_lab_has(l, ML_O_plasma_chloride);
    const double now = ml_lab_output(l, y, chloride ? ML_O_plasma_chloride : ML_O_plasma_bicarbonate);
    scale_ion(y, chloride ? ML_chloride : ML_bicarbonate, 1 - excess / now, acid_of_gap(l));
}

bool ml_labs_move_acid(const MlLabs *l, double *y, int output) {
    const double aim = l->aim[output], factor = aim / ml_lab_output(l, y, output);
    const int acid_of = bicarbonate_is_known(l) ? ML_chloride : ML_bicarbonate;
    const double *p = ml_session_person(l->session)->param;
    switch (output) {
    case ML_O_plasma_potassium:
        scale_ion(y, ML_potassium, factor, ML_chloride);
        return true;
    case ML_O_plasma_bicarbonate:
        scale_ion(y, ML_bicarbonate, factor, l->ketotic ? ML_ketone : ML_chloride);
        return true;
    case ML_O_plasma_ph:
        scale_ion(y, ML_bicarbonate, exp((aim - ml_lab_output(l, y, output)) / p[ML_P_decadic]), ML_chloride);
        return true;
    case ML_O_plasma_chloride:
        scale_ion(y, ML_chloride, factor, bicarbonate_is_known(l) || ml_lab_has(l, ML_O_plasma_anion_gap) ? acid_of_gap(l) : ML_bicarbonate);
        return true;
    case ML_O_plasma_anion_gap:
        move_gap(l, y);
        return true;
    case ML_O_plasma_lactate:
        scale_ion(y, ML_lactate, factor, acid_of);
        return true;
    case ML_O_plasma_ketones:
        scale_ion(y, ML_ketone, factor, acid_of);
        return true;
    case ML_O_arterial_pco2:
        y[ML_S_pco2] = aim;
        return true;
    case ML_O_plasma_creatinine:
        y[ML_S_creatinine] = aim;
        return true;
    default:
        return false;
    }
}

/* ---- what follows ---- */

/* A store within cells, the flow that fills it, and what leaves in exchange and must not run out. */
typedef struct Store {
    int flow, state, exchanged;
} Store;
static const Store stores[] = {
    {ML_F_muscle_swell, ML_S_muscle_water, -1},
    {ML_F_other_swell, ML_S_other_water, -1},
    {ML_F_redcell_swell, ML_S_redcell_water, -1},
    {ML_F_brain_swell, ML_S_brain_water, -1},
    {ML_F_redcell_buffering, ML_S_redcell_bicarbonate, -1},
    {ML_F_lactate_leaving, ML_S_muscle_lactate, -1},
    {ML_F_muscle_buffering, ML_S_muscle_bicarbonate, -1},
    {ML_F_other_buffering, ML_S_other_bicarbonate, -1},
    {ML_F_muscle_chloride_entry, ML_S_muscle_chloride, -1},
    {ML_F_muscle_potassium_uptake, ML_S_muscle_potassium, ML_S_muscle_sodium},
    {ML_F_other_potassium_uptake, ML_S_other_potassium, ML_S_other_sodium},
    {ML_F_surface_calcium_release, ML_S_surface_calcium, -1},
    {ML_F_bone_calcium_release, ML_S_bone_calcium, -1},
    {ML_F_bone_magnesium_release, ML_S_bone_magnesium, -1},
    {ML_F_bone_phosphate_release, ML_S_bone_phosphate, -1},
    {ML_F_muscle_magnesium_uptake, ML_S_muscle_magnesium, ML_S_muscle_sodium},
    {ML_F_other_magnesium_uptake, ML_S_other_magnesium, ML_S_other_sodium},
    {ML_F_muscle_phosphate_uptake, ML_S_muscle_phosphate, -1},
    {ML_F_other_phosphate_uptake, ML_S_other_phosphate, -1},
};
static const double least_left = 0.4; /* of what is exchanged, and of phosphate */
static const double most_lost = 0.1;  /* of a store, in one step */

static void rows_of(const MlLabs *l, const double *y, double *row) {
    ml_body_rows(&l->context, 0, y, row);
}

/* Runs an amount of the flow into (or out of) the cells alone; the other side is the outside world. */
static void run_inside(double *y, const Store *s, double amount) {
    const int place = ml_states[s->state].place;
    const MlFlowInfo *f = &ml_flows[s->flow];
    const double sign = f->to == s->state ? 1 : -1;
    y[s->state] += amount;
    for (size_t i = 0; i < ml_ncouple; i++) {
        const MlCouple *c = &ml_couples[i];
        if (c->flow != s->flow) continue;
        if (ml_states[c->from].place == place) y[c->from] -= sign * c->ratio * amount;
        if (ml_states[c->to].place == place) y[c->to] += sign * c->ratio * amount;
    }
}

/* One Newton step toward a flow. */
static void hold_store(const MlLabs *l, double *y, const Store *s, double value) {
    double row[ML_NROW], after[ML_NROW], trial[ML_NSTATE];
    const double small = 1e-4 * fmax(fabs(y[s->state]), 0.1);
    rows_of(l, y, row);
    for (int i = 0; i < ML_NSTATE; i++) trial[i] = y[i];
    run_inside(trial, s, small);
    rows_of(l, trial, after);
    const double slope = (after[s->flow] - row[s->flow]) / small;
    if (!(fabs(slope) > 0)) return;
    double amount = (value - row[s->flow]) / slope;
    if (s->exchanged >= 0) amount = fmin(amount, fmax(y[s->exchanged] - least_left * l->before[s->exchanged], 0));
    if (s->exchanged >= 0) amount = fmax(amount, -most_lost * y[s->state]); /* a pump without sodium has no slope to go by */
    if (ml_states[s->state].substance == ML_phosphate) amount = fmax(amount, fmin(least_left * l->before[s->state] - y[s->state], 0)); /* carbon dioxide may draw more of it */
    run_inside(y, s, amount);
}

void ml_labs_hold_flow(const MlLabs *l, double *y, int flow, double value) {
    for (size_t i = 0; i < sizeof stores / sizeof stores[0]; i++)
        if (stores[i].flow == flow) hold_store(l, y, &stores[i], value);
}

/* The same for a signal. */
void ml_labs_hold_signal(const MlLabs *l, double *y, int state, double rate) {
    const int k = ML_NFLOW + state - ML_NPOOL;
    double row[ML_NROW], after[ML_NROW];
    const double was = y[state], small = 1e-4 * fmax(fabs(was), 0.1);
    rows_of(l, y, row);
    y[state] = was + small;
    rows_of(l, y, after);
    const double slope = (after[k] - row[k]) / small;
    y[state] = fabs(slope) > 0 ? was + (rate - row[k]) / slope : was;
}

void ml_labs_mix(const MlLabs *l, double *y, int ion) {
    const int pool = ml_pool(ML_AT_interstitial, ion), flow = ion == ML_sodium ? ML_F_filter_sodium : ML_F_filter_potassium;
    const double small = 1e-4 * y[pool], valence = ml_substances[ion].valence;
    double row[ML_NROW], after[ML_NROW];
    rows_of(l, y, row);
    y[pool] += small;
    y[ML_S_interstitial_chloride] += valence * small;
    rows_of(l, y, after);
    const double water = row[ML_F_filter_water] - l->row[ML_F_filter_water], carried = water * y[pool] / y[ML_S_interstitial_water];
    const double slope = (after[flow] - row[flow]) / small, more = slope < 0 ? (l->row[flow] + carried - row[flow]) / slope - small : -small;
    y[pool] += more;
    y[ML_S_interstitial_chloride] += valence * more;
}

void ml_labs_hold_as_before(const MlLabs *l, double *y, int state) {
    ml_labs_hold_signal(l, y, state, l->row[ML_NFLOW + state - ML_NPOOL]);
}

/* A tonicity lived with for days has the vasopressin that answers it. Aldosterone differs between the disorders that bring the same
 * values, and stays as it was. */
static void follow_tonicity(const MlLabs *l, double *y) {
    if (ml_lab_has(l, ML_O_plasma_adh)) return;
    ml_labs_hold_as_before(l, y, ML_S_adh);
    ml_labs_hold_as_before(l, y, ML_S_adh_action);
}

static double net_acid(const double *row) { return row[ML_F_excrete_ammonium] + row[ML_F_excrete_acid] - row[ML_F_excrete_bicarbonate]; }

/* Kidneys that filter little have lived with the acid: they make no more ammonium than excretes what was excreted before. One Newton step. */
static void hold_acid(MlLabs *l, const double *y) {
    double *made = &l->param[ML_P_ammonium_normal];
    const double was = *made, small = 1e-4 * was;
    double row[ML_NROW], after[ML_NROW];
    rows_of(l, y, row);
    *made += small;
    rows_of(l, y, after);
    const double slope = (net_acid(after) - net_acid(row)) / small;
    *made = slope > 0 ? fmin(fmax(was + (net_acid(l->row) - net_acid(row)) / slope, ml_params[ML_P_ammonium_normal].low), ml_session_context(l->session)->param[ML_P_ammonium_normal]) : was;
}

void ml_labs_keep_acid(const MlLabs *l, MlSession *s) {
    if (l->acidotic) ml_session_own(s, ML_P_ammonium_normal, l->param[ML_P_ammonium_normal]);
}

/* Where breath is about to fail for weakness, it fails from now on: nobody would have lived with what it comes to. */
static void hold_breath(const MlLabs *l, double *y) {
    static const double most = 60; /* mmHg */
    ml_labs_hold_as_before(l, y, ML_S_pco2);
    y[ML_S_pco2] = fmin(y[ML_S_pco2], fmax(most, l->before[ML_S_pco2]));
}

void ml_labs_hold(MlLabs *l, double *y) {
    follow_tonicity(l, y);
    ml_labs_hold_glucose(l, y);
    ml_labs_follow_magnesium(l, y);
    ml_labs_hold_as_before(l, y, ML_S_central_bicarbonate);
    if (!ml_lab_has(l, ML_O_arterial_pco2)) hold_breath(l, y);
    if (ml_lab_has(l, ML_O_plasma_creatinine)) ml_labs_hold_signal(l, y, ML_S_uremic_pumps, 0); /* as days of that creatinine leave them */
    ml_labs_hold_as_before(l, y, ML_S_acid_memory);
    ml_labs_hold_as_before(l, y, ML_S_ammoniagenesis);
    if (l->acidotic) hold_acid(l, y);
    ml_labs_hold_as_before(l, y, ML_S_calcium_seen);
    ml_labs_hold_as_before(l, y, ML_S_phosphate_threshold);
    if (!ml_lab_has(l, ML_O_plasma_pth)) {
        ml_labs_hold_as_before(l, y, ML_S_pth_store);
        ml_labs_hold_as_before(l, y, ML_S_pth);
    }
    ml_labs_hold_as_before(l, y, ML_S_pth_bone);
    ml_labs_hold_as_before(l, y, ML_S_osteoblasts);
    /* low potassium is a lack of weeks, to which the kidney has adapted; high potassium is new, but in kidneys that fail */
    if (ml_lab_has(l, ML_O_plasma_potassium) && y[ML_S_interstitial_potassium] < l->before[ML_S_interstitial_potassium])
        ml_labs_hold_as_before(l, y, ML_S_kaliuretic_memory);
    ml_labs_hold_potassium(l, y);
    for (size_t i = 0; i < sizeof stores / sizeof stores[0]; i++) hold_store(l, y, &stores[i], l->row[stores[i].flow]);
    ml_labs_hold_calcium(l, y);
}

double ml_labs_ventilation(const MlLabs *l, const double *y) {
    double row[ML_NROW];
    rows_of(l, y, row);
    const double asked = y[ML_S_pco2] + ml_session_person(l->session)->param[ML_P_pco2_time] * row[ML_NFLOW + ML_G_pco2];
    return asked / y[ML_S_pco2];
}
