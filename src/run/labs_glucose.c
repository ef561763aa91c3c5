/* SPDX-License-Identifier: Apache-2.0 */
/* Glucose, ketones and the insulin behind them.
 *
 * Glucose that the healthy do not hold is diabetes: of what such glucose draws from healthy beta cells they make what leaves insulin as it
 * was measured, or where it explains the ketones, or at its basal level (assumed: in the hyperosmolar state too little for glucose,
 * enough to hold fat back); and the person is as resistant to it as keeps glucose where it is, halfway between a fast and the mean of a day
 * (assumed). Where the disorder is told, it decides. */
#include <math.h>

#include "run/labs_inside.h"

/* Beyond which the healthy do not come, nor two hours after a load (American Diabetes Association, Diabetes Care 2024;47:S20). */
static const double diabetic = 11.1; /* mmol/L */

/* Ketones from which, and bicarbonate below which, that is ketoacidosis (Umpierrez, Diabetes Care 2024;47:1257). */
static const double least_ketones = 3, most_base = 18; /* mmol/L */

static void rows_of(const MlLabs *l, const double *y, double *row) { ml_body_rows(&l->context, 0, y, row); }

static double rate_of(const MlLabs *l, const double *y, int signal) {
    double row[ML_NROW];
    rows_of(l, y, row);
    return row[ML_NFLOW + signal - ML_NPOOL];
}

void ml_labs_decide_glucose(MlLabs *l) {
    l->diabetes = l->aim[ML_O_plasma_glucose] >= diabetic && !(ml_session_person(l->session)->insulin_lack > 0);
}

static bool has_ketones(const MlLabs *l) { return l->ketotic || ml_lab_has(l, ML_O_plasma_ketones); }

/* The anion gap as measured, beyond that of before and lactate; NaN where it is not known. */
static double unexplained_gap(const MlLabs *l) {
    const double *aim = l->aim, before = ml_lab_output(l, l->before, ML_O_plasma_anion_gap);
    const double sodium = ml_lab_has(l, ML_O_plasma_sodium) ? aim[ML_O_plasma_sodium] : ml_lab_output(l, l->before, ML_O_plasma_sodium);
    const double gap = ml_lab_has(l, ML_O_plasma_anion_gap) ? aim[ML_O_plasma_anion_gap] : sodium - aim[ML_O_plasma_chloride] - aim[ML_O_plasma_bicarbonate];
    return gap - before - fmax(aim[ML_O_plasma_lactate] - ml_lab_output(l, l->before, ML_O_plasma_lactate), 0);
}

/* Acid that nothing measured explains, in whom insulin lacks, is taken as ketones; where the gap is not known, only much of it beside much glucose.
 * Kidneys that have failed (KDIGO G5) have a gap of their own, and lactate above 4 mmol/L is another acid (all assumed). */
bool ml_labs_are_ketotic(const MlLabs *l) {
    static const double failed = 15, lactic = 4, much = 15, sweet = 14; /* mL/min; mmol/L */
    const double *aim = l->aim, gap = unexplained_gap(l);
    if (ml_lab_has(l, ML_O_plasma_ketones) || aim[ML_O_plasma_lactate] > lactic) return false;
    const bool lacks = ml_session_person(l->session)->insulin_lack > 0;
    if (!lacks && !(aim[ML_O_plasma_glucose] >= diabetic && ml_lab_output(l, l->before, ML_O_gfr) >= failed)) return false;
    if (isnan(gap)) return aim[ML_O_plasma_bicarbonate] < much && aim[ML_O_plasma_glucose] > sweet;
    return aim[ML_O_plasma_bicarbonate] < most_base && gap >= least_ketones;
}

/* The state at which a rate is 0 that falls as it rises. */
static double balanced(const MlLabs *l, double *y, int state, double high, int signal) {
    double low = 0;
    for (int i = 0; i < 40; i++) {
        y[state] = 0.5 * (low + high);
        *(rate_of(l, y, signal) > 0 ? &low : &high) = y[state];
    }
    return 0.5 * (low + high);
}

/* The liver makes what is burned and excreted. */
static void keep_ketones(const MlLabs *l, double *y) {
    double row[ML_NROW];
    if (!has_ketones(l)) return;
    rows_of(l, y, row);
    y[ML_S_ketogenesis] *= (row[ML_F_ketone_use] + row[ML_F_excrete_ketone]) / row[ML_F_ketone_making]; /* at the pH of now */
    ml_labs_hold_signal(l, y, ML_S_resistance, 0);
}

/* Who has lost their insulin shows the sugar and the ketones of that. */
static void lose_insulin(const MlLabs *l, double *y) {
    if (!ml_lab_has(l, ML_O_plasma_insulin)) ml_labs_hold_signal(l, y, ML_S_insulin, 0);
    ml_labs_hold_signal(l, y, ML_S_insulin_action, 0);
    ml_labs_hold_signal(l, y, ML_S_pump_insulin, 0);
}

/* What beta cells make, to normal ones: the rate of insulin is linear in it. */
static void hold_secretion(MlLabs *l, double *y) {
    double *share = &l->input[ML_U_insulin_secretion];
    const double basal = l->param[ML_P_insulin_basal];
    if (!ml_lab_has(l, ML_O_plasma_insulin))
        y[ML_S_insulin] = has_ketones(l) ? balanced(l, y, ML_S_insulin, basal, ML_S_ketogenesis) : basal;
    *share = 0;
    const double without = rate_of(l, y, ML_S_insulin);
    *share = 1;
    const double whole = rate_of(l, y, ML_S_insulin);
    *share = fmin(fmax(-without / (whole - without), 0), 1);
}

/* What the liver releases, and half of what a day's meals bring, beyond what is used and lost. */
static double glucose_gain(const MlLabs *l, const double *y) {
    double row[ML_NROW];
    rows_of(l, y, row);
    return row[ML_F_glucose_release] + 0.5 * l->param[ML_P_carbohydrate_normal] - row[ML_F_glucose_use] - row[ML_F_excrete_glucose];
}

static void hold_resistance(MlLabs *l, double *y) {
    double *own = &l->param[ML_P_insulin_resistance_own], low = 0, high = 1;
    for (int i = 0; i < 30; i++) {
        *own = 0.5 * (low + high);
        y[ML_S_resistance] = 0;
        y[ML_S_resistance] = rate_of(l, y, ML_S_resistance) * l->param[ML_P_insulin_resistance_time]; /* toward which it goes */
        ml_labs_hold_signal(l, y, ML_S_insulin_action, 0);
        *(glucose_gain(l, y) < 0 ? &low : &high) = *own;
    }
}

void ml_labs_hold_glucose(MlLabs *l, double *y) {
    keep_ketones(l, y);
    if (l->diabetes) {
        hold_secretion(l, y);
        if (!has_ketones(l)) ml_labs_hold_signal(l, y, ML_S_ketogenesis, 0);
        hold_resistance(l, y);
        lose_insulin(l, y);
    } else if (ml_session_person(l->session)->insulin_lack > 0 && (ml_lab_has(l, ML_O_plasma_glucose) || has_ketones(l)))
        lose_insulin(l, y);
}

void ml_labs_keep_glucose(const MlLabs *l, MlSession *s) {
    if (!l->diabetes) return;
    ml_session_secrete(s, l->input[ML_U_insulin_secretion]);
    ml_session_own(s, ML_P_insulin_resistance_own, l->param[ML_P_insulin_resistance_own]);
}

/* Glucose, ketones and acid that together are diabetic ketoacidosis, and its severity, of which half is there where it begins: glucose of 11.1
 * mmol/L, ketones of 3, pH below 7.3 or bicarbonate below 18 (Umpierrez, Diabetes Care 2024;47:1257); all of it at 7.0 or 10 mmol/L. */
static double ketoacidosis(const MlLabs *l) {
    const double ph = l->aim[ML_O_plasma_ph], base = l->aim[ML_O_plasma_bicarbonate];
    if (!(l->aim[ML_O_plasma_glucose] >= diabetic && (l->ketotic || l->aim[ML_O_plasma_ketones] >= least_ketones) && (ph < 7.3 || base < most_base))) return 0;
    const double by_ph = ph < 7.3 ? (7.3 - ph) / 0.3 : 0, by_base = base < most_base ? (most_base - base) / 8 : 0;
    return 0.5 + 0.5 * fmin(fmax(by_ph, by_base), 1);
}

/* Glucose of 33.3 mmol/L without them, where tonicity is above 300 mOsm/kg, is the hyperosmolar state (the same). */
static bool hyperosmolar(const MlLabs *l) {
    const double sodium = ml_lab_has(l, ML_O_plasma_sodium) ? l->aim[ML_O_plasma_sodium] : ml_lab_output(l, l->before, ML_O_plasma_sodium);
    return l->aim[ML_O_plasma_glucose] >= 33.3 && 2 * sodium + l->aim[ML_O_plasma_glucose] > 300;
}

static void lose_fluid(double *y, int place, double share) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].place == place && ml_states[i].substance != ML_protein) y[i] *= 1 - share;
    y[ml_pool(place, ML_chloride)] += share * ml_substances[ML_protein].valence * y[ml_pool(place, ML_protein)];
}

/* Sugar and ketones have taken sodium, 7 to 10 mmol/kg at arrival, 5 to 13 in the hyperosmolar state (Kitabchi, Diabetes Care 2009;32:1335),
 * and the fluid outside the cells with it; of plasma, which its protein holds, half as much of each liter (assumed). Water of cells follows the
 * tonicity, their potassium the lack of insulin. */
void ml_labs_dry_out(MlLabs *l, double *y) {
    static const double sodium = 8.5, most = 0.35; /* mmol/kg; share of the interstitium */
    l->dry = ketoacidosis(l);
    l->ketoacidosis = l->dry > 0;
    if (!l->ketoacidosis && l->aim[ML_O_plasma_glucose] >= diabetic && hyperosmolar(l)) l->dry = 1;
    const double lost = sodium * l->dry * ml_session_person(l->session)->mass;
    const double share = fmin(lost / (y[ML_S_interstitial_sodium] + 0.5 * y[ML_S_plasma_sodium]), most);
    lose_fluid(y, ML_AT_interstitial, share);
    lose_fluid(y, ML_AT_plasma, 0.5 * share);
}
