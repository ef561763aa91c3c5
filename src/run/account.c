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
