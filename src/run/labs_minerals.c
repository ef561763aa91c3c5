/* SPDX-License-Identifier: Apache-2.0 */
/* Calcium, magnesium, phosphate and their hormones of measured values.
 *
 * Plasma and interstitium are moved alike, chloride closes the charge; bone and cells follow as days of the disorder would
 * have them (labs_acid.c). What holds a measured calcium is sought: in primary hyperparathyroidism the set point of the glands,
 * otherwise hormone-related protein of a tumor, then resorption. Parathyroid hormone that is measured tells how much tissue there
 * is; 25-hydroxyvitamin D is taken as it is. */
#include <math.h>

#include "run/labs_inside.h"

bool ml_labs_move_minerals(const MlLabs *l, double *y, int output) {
    const double aim = l->aim[output], now = ml_lab_output(l, y, output), factor = now > 0 ? aim / now : 1;
    switch (output) {
    case ML_O_plasma_calcium_total:
    case ML_O_plasma_calcium_ionized:
        ml_labs_scale_outside(y, ML_calcium, factor);
        return true;
    case ML_O_plasma_magnesium_total:
    case ML_O_plasma_magnesium_ionized:
        ml_labs_scale_outside(y, ML_magnesium, factor);
        return true;
    case ML_O_plasma_phosphate:
        ml_labs_scale_outside(y, ML_phosphate, factor);
        y[ML_S_phosphate_of_cells] *= factor; /* as if it had been so for days */
        return true;
    case ML_O_plasma_citrate:
        ml_labs_scale_outside(y, ML_citrate, factor);
        return true;
    case ML_O_plasma_pth:
        y[ML_S_pth] *= factor;
        return true;
    case ML_O_plasma_calcitriol:
        y[ML_S_calcitriol] *= factor;
        return true;
    case ML_O_plasma_calcidiol:
        y[ML_S_calcidiol] *= factor;
        return true;
    case ML_O_plasma_fgf23:
        y[ML_S_fgf23] *= factor;
        return true;
    default:
        return false;
    }
}

/* Of total and ionized the ionized decides. */
void ml_labs_decide_minerals(MlLabs *l) {
    static const int pairs[][2] = {{ML_O_plasma_calcium_ionized, ML_O_plasma_calcium_total},
                                   {ML_O_plasma_magnesium_ionized, ML_O_plasma_magnesium_total}};
    for (int i = 0; i < 2; i++) {
        if (!ml_lab_has(l, pairs[i][0]) || !ml_lab_has(l, pairs[i][1])) continue;
        l->aim[pairs[i][1]] = NAN;
        l->told[pairs[i][1]] = true;
    }
}

/* ---- glands and bone ---- */

static bool calcium_is_measured(const MlLabs *l) { return ml_lab_has(l, ML_O_plasma_calcium_total) || ml_lab_has(l, ML_O_plasma_calcium_ionized); }

/* Above the normal range (Tate, EJIFCC 2016;27:48; ionized, Kratz, N Engl J Med 2004;351:1548). */
static bool calcium_is_high(const MlLabs *l) {
    static const double total = 2.6, ionized = 1.3; /* mmol/L */
    return ml_lab_has(l, ML_O_plasma_calcium_ionized) ? l->aim[ML_O_plasma_calcium_ionized] > ionized : l->aim[ML_O_plasma_calcium_total] > total;
}

/* What changes calcium in a place, per minute. */
static double calcium_rate(const double *row, int place) {
    const int pool = ml_pool(place, ML_calcium);
    double rate = 0;
    for (int f = 0; f < ML_NFLOW; f++) rate += row[f] * ((ml_flows[f].to == pool) - (ml_flows[f].from == pool));
    for (size_t i = 0; i < ml_ncouple; i++) {
        const MlCouple *c = &ml_couples[i];
        rate += row[c->flow] * c->ratio * ((c->to == pool) - (c->from == pool));
    }
    return rate;
}

static double outside_rate(const double *row) { return calcium_rate(row, ML_AT_plasma) + calcium_rate(row, ML_AT_interstitial); }

static double surface_rate(const double *row) { return row[ML_F_bone_calcium_release] - row[ML_F_surface_calcium_release]; }
static double bone_rate(const double *row) { return row[ML_F_bone_resorption] - row[ML_F_bone_formation] - row[ML_F_bone_calcium_release]; }

static const double alone = 1.01; /* set point of glands that work on their own, as in primary hyperparathyroidism */

static bool works_alone(const MlLabs *l) { return ml_session_context(l->session)->param[ML_P_pth_set_point] > alone; }

/* Glands that work on their own rest at the calcium that was measured: the calcium that quiets them has moved with it. */
static void move_set_point(MlLabs *l, const double *y) {
    const double *p = ml_session_context(l->session)->param;
    if (!works_alone(l)) return;
    const double calcium = ml_lab_output(l, y, ML_O_plasma_calcium_ionized) - ml_lab_output(l, l->before, ML_O_plasma_calcium_ionized);
    const double moved = 1 + calcium / ml_lab_output(l, l->before, ML_O_plasma_calcium_ionized);
    l->param[ML_P_pth_set_point] = fmin(fmax(p[ML_P_pth_set_point] * moved, alone), ml_params[ML_P_pth_set_point].high);
}

static double rate_of(const MlLabs *l, const double *y, int signal) {
    double row[ML_NROW];
    ml_body_rows(&l->context, 0, y, row);
    return row[ML_NFLOW + signal - ML_NPOOL];
}

/* Moves *x, in proportion to which the rate of a signal grows, until that is as before. */
static void hold_by(const MlLabs *l, const double *y, int signal, double *x, double low, double high) {
    const double was = *x, now = rate_of(l, y, signal), small = 1e-4 * was;
    *x += small;
    const double slope = (rate_of(l, y, signal) - now) / small, wanted = l->row[ML_NFLOW + signal - ML_NPOOL];
    *x = slope > 0 ? fmin(fmax(was + (wanted - now) / slope, low), high) : was;
}

/* Calcium that is high without glands of their own will and without a measured hormone: a tumor makes what acts in its place, so that
 * kidney and bone answer as in primary hyperparathyroidism (assumed: three times what the glands keep back). */
static void make_related(MlLabs *l, const double *y) {
    static const double times = 3;
    if (works_alone(l) || ml_lab_has(l, ML_O_plasma_pth) || !calcium_is_high(l)) return;
    const double calcium = ml_lab_output(l, y, ML_O_plasma_calcium_ionized), was = ml_lab_output(l, l->before, ML_O_plasma_calcium_ionized);
    l->param[ML_P_pth_related] = calcium > was ? times * fmax(l->before[ML_S_pth] - y[ML_S_pth], 0) : 0;
}

/* A measured hormone tells what the glands hold, and so how much tissue there is, by what tissue releases at the calcium of now. */
static void hold_glands(MlLabs *l, double *y) {
    const MlParamInfo *capacity = &ml_params[ML_P_parathyroid_capacity];
    if (!ml_lab_has(l, ML_O_plasma_pth)) return;
    hold_by(l, y, ML_S_pth, &y[ML_S_pth_store], 0, ml_states[ML_S_pth_store].high);
    hold_by(l, y, ML_S_pth_store, &y[ML_S_parathyroid_mass], capacity->low, ml_states[ML_S_parathyroid_mass].high);
    hold_by(l, y, ML_S_parathyroid_mass, &l->param[ML_P_parathyroid_capacity], capacity->low, capacity->high);
}

/* Protein fills as calcium rises, so that the interstitium, which has less of it, holds another share: that at which as much passes between
 * them as before. */
static void mix(const MlLabs *l, double *y) {
    const double small = 1e-4 * y[ML_S_interstitial_calcium];
    double row[ML_NROW], after[ML_NROW];
    ml_body_rows(&l->context, 0, y, row);
    y[ML_S_interstitial_calcium] += small;
    ml_body_rows(&l->context, 0, y, after);
    y[ML_S_interstitial_calcium] -= small;
    const double now = calcium_rate(row, ML_AT_plasma), slope = (calcium_rate(after, ML_AT_plasma) - now) / small;
    if (!(slope > 0)) return;
    const double more = (calcium_rate(l->row, ML_AT_plasma) - now) / slope, most = 0.1 * y[ML_S_interstitial_calcium];
    const double added = fmax(fmin(more, most), -most);
    y[ML_S_interstitial_calcium] += added;
    y[ML_S_interstitial_chloride] += ml_substances[ML_calcium].valence * added;
}

/* Calcium stays where bone gives what the kidneys lose more and the gut brings less; what its hormones do not explain of a high one is
 * taken as resorbed besides, as in malignancy. */
static void hold_bone(MlLabs *l, double *y) {
    double row[ML_NROW];
    ml_body_rows(&l->context, 0, y, row);
    ml_labs_hold_flow(l, y, ML_F_surface_calcium_release, row[ML_F_surface_calcium_release] + outside_rate(l->row) - outside_rate(row));
    ml_body_rows(&l->context, 0, y, row);
    ml_labs_hold_flow(l, y, ML_F_bone_calcium_release, row[ML_F_bone_calcium_release] + surface_rate(l->row) - surface_rate(row));
    if (!calcium_is_high(l) && !works_alone(l)) return;
    ml_body_rows(&l->context, 0, y, row);
    double *more = &l->param[ML_P_resorption_uncoupled];
    const double was = *more;
    *more += 1;
    double after[ML_NROW];
    ml_body_rows(&l->context, 0, y, after);
    const double slope = bone_rate(after) - bone_rate(row);
    *more = slope > 0 ? fmin(fmax(was + (bone_rate(l->row) - bone_rate(row)) / slope, 0), ml_params[ML_P_resorption_uncoupled].high) : was;
}

void ml_labs_hold_calcium(MlLabs *l, double *y) {
    if (calcium_is_measured(l)) {
        move_set_point(l, y);
        make_related(l, y);
        if (!ml_lab_has(l, ML_O_plasma_calcitriol)) ml_labs_hold_as_before(l, y, ML_S_calcitriol);
        ml_labs_hold_as_before(l, y, ML_S_calcitriol_gut);
        mix(l, y);
        hold_bone(l, y);
    }
    hold_glands(l, y);
}

void ml_labs_keep_calcium(const MlLabs *l, MlSession *s) {
    static const int own[] = {ML_P_pth_set_point, ML_P_parathyroid_capacity, ML_P_pth_related, ML_P_resorption_uncoupled};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (l->param[own[i]] != ml_session_context(s)->param[own[i]]) ml_session_own(s, own[i], l->param[own[i]]);
}

/* What bone lays down per osteoblast. */
static double laid_down(const double *y, const double *row) { return row[ML_F_bone_formation] / y[ML_S_osteoblasts]; }

static double laid_down_at(const MlLabs *l, const double *y) {
    double row[ML_NROW];
    ml_body_rows(&l->context, 0, y, row);
    return laid_down(y, row);
}

/* Osteoblasts follow resorption, so that bone, whose exchangeable mineral fills as its surface draws less, is in balance
 * where each lays down what it did. A quarter of a Newton step, as the hormone then answers, and a fifth at most. */
void ml_labs_follow_magnesium(const MlLabs *l, double *y) {
    const bool magnesium = ml_lab_has(l, ML_O_plasma_magnesium_total) || ml_lab_has(l, ML_O_plasma_magnesium_ionized);
    if (!magnesium || ml_lab_has(l, ML_O_plasma_calcium_total) || ml_lab_has(l, ML_O_plasma_calcium_ionized)) return;
    const double more = 1e-4, most = 0.2, part = 0.25, aim = laid_down(l->before, l->row), now = laid_down_at(l, y);
    double trial[ML_NSTATE];
    for (int i = 0; i < ML_NSTATE; i++) trial[i] = y[i];
    ml_labs_scale_outside(trial, ML_calcium, 1 + more);
    const double slope = (laid_down_at(l, trial) - now) / more;
    if (slope > 0) ml_labs_scale_outside(y, ML_calcium, 1 + fmax(fmin(part * (aim - now) / slope, most), -most));
}
