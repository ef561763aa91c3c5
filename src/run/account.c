/* SPDX-License-Identifier: Apache-2.0 */
#include "run/account.h"

#include <math.h>
#include <stdlib.h>

static double amount_inside(const double *y, int substance) {
    double sum = 0;
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].substance == substance && ml_places[ml_states[i].place].inside) sum += y[i];
    return sum;
}

static void balance_of(const double *before, const double *after, int substance, MlBalance *b) {
    *b = (MlBalance){.substance = ml_substances[substance].text, .unit = ml_substances[substance].unit};
    b->before = amount_inside(before, substance);
    b->after = amount_inside(after, substance);
    double net = 0;
    for (int place = 0; place < ML_NPLACE; place++) {
        const int pool = ml_pool(place, substance);
        if (ml_places[place].inside || pool < 0) continue;
        const double out = after[pool] - before[pool];
        if (out == 0 || b->nroute == (int)(sizeof b->route / sizeof b->route[0])) continue;
        b->route[b->nroute++] = (MlRoute){ml_places[place].text, out < 0 ? -out : 0, out > 0 ? out : 0};
        b->throughput += fabs(out);
        net += out;
    }
    b->throughput += fabs(b->before);
    b->residual = b->after - b->before + net;
}

MlBalance *ml_balance(const MlMemory *memory, const double *before, const double *after, int *n) {
    MlBalance *all = ml_new(memory, ML_NSUBSTANCE, sizeof *all);
    *n = 0;
    if (!all) return NULL;
    for (int s = 0; s < ML_NSUBSTANCE; s++) {
        balance_of(before, after, s, &all[*n]);
        if (all[*n].before != 0 || all[*n].nroute > 0) (*n)++;
    }
    return all;
}

double ml_charge_gained(const double *start, const double *now) {
    double worst = 0;
    for (int place = 0; place < ML_NPLACE; place++) {
        if (!ml_places[place].inside) continue;
        double q = 0, fixed = 0, fixed_start = 0, others_start = 0;
        for (int i = 0; i < ML_NPOOL; i++) {
            if (ml_states[i].place != place) continue;
            const int s = ml_states[i].substance;
            /* the protein of a meal carries none of the charge that plasma protein does */
            const int charged = s != ML_protein || place == ML_AT_plasma || place == ML_AT_interstitial;
            const double z = charged ? ml_substances[s].valence : 0;
            q += z * now[i];
            others_start += z * start[i];
            if (s == ML_fixed) {
                fixed = now[i];
                fixed_start = start[i];
            }
        }
        /* impermeant solutes carry what balances the cell at the start, in proportion to their amount */
        q -= fixed_start != 0 ? others_start * fixed / fixed_start : others_start;
        worst = fmax(worst, fabs(q));
    }
    return worst;
}

/* ---- why plasma sodium moved ---- */

/* What one route brought into the extracellular space. */
typedef struct Gain {
    const char *name;
    double sodium, water;
} Gain;

#define CHANGE(pool) (after[ML_S_##pool] - before[ML_S_##pool])
/* Net arrival in the extracellular space from a place of the body that lost it. */
#define FROM(place) -CHANGE(place##_sodium), -CHANGE(place##_water)

static int gains(const double *before, const double *after, Gain *g) {
    int n = 0;
    /* absorbed: eaten, less what is still in stomach and gut or was passed (purging leaves from plasma) */
    const double eaten_na = -CHANGE(food_sodium), eaten_w = -CHANGE(food_water);
    const double held_na = CHANGE(stomach_sodium) + CHANGE(gut_sodium);
    const double held_w = CHANGE(stomach_water) + CHANGE(gut_water);
    g[n++] = (Gain){"food and drink absorbed", eaten_na - held_na, eaten_w - held_w};
    g[n++] = (Gain){"stool and diarrhea", FROM(stool)};
    g[n++] = (Gain){"infusion", FROM(iv)};
    g[n++] = (Gain){"urine", FROM(urine)};
    g[n++] = (Gain){"sweat", FROM(sweat)};
    g[n++] = (Gain){"vomit and suction", FROM(vomit)};
    g[n++] = (Gain){"blood loss", FROM(bleed)};
    g[n++] = (Gain){"breath and dry skin", 0, -CHANGE(air_water)};
    const double cells_na = CHANGE(muscle_sodium) + CHANGE(other_sodium) + CHANGE(brain_sodium);
    const double cells_w = CHANGE(muscle_water) + CHANGE(glycogen_water) + CHANGE(other_water) + CHANGE(brain_water) +
                           CHANGE(redcell_water) + CHANGE(metabolism_water);
    g[n++] = (Gain){"water between cells and fluid outside", -cells_na, -cells_w};
    return n;
}

static int by_size(const void *a, const void *b) {
    const double x = fabs(((const MlCause *)a)->effect), y = fabs(((const MlCause *)b)->effect);
    return (x < y) - (x > y);
}

void ml_explain_sodium(const double *before, const double *after, double plasma_before, double plasma_after,
                       MlExplanation *e) {
    const double w0 = before[ML_S_plasma_water] + before[ML_S_interstitial_water];
    const double w1 = after[ML_S_plasma_water] + after[ML_S_interstitial_water];
    const double n0 = before[ML_S_plasma_sodium] + before[ML_S_interstitial_sodium];
    const double n1 = after[ML_S_plasma_sodium] + after[ML_S_interstitial_sodium];
    /* exact: n1/w1 - n0/w0 = [(n1 - n0) - c (w1 - w0)] / w with these two means */
    const double c = 0.5 * (n0 / w0 + n1 / w1), w = 0.5 * (w0 + w1);
    const double to_plasma = 0.5 * (plasma_before / (n0 / w0) + plasma_after / (n1 / w1));
    Gain g[12];
    const int n = gains(before, after, g);
    e->change = plasma_after - plasma_before;
    e->ncause = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const double effect = to_plasma * (g[i].sodium - c * g[i].water) / w;
        sum += effect;
        if (fabs(effect) > 0.005) e->cause[e->ncause++] = (MlCause){g[i].name, effect};
    }
    /* what is left: sodium between plasma and interstitium, and protein in the way */
    if (fabs(e->change - sum) > 0.005)
        e->cause[e->ncause++] = (MlCause){"between plasma and interstitium", e->change - sum};
    qsort(e->cause, (size_t)e->ncause, sizeof e->cause[0], by_size);
}
