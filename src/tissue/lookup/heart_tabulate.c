/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the table that heart_lookup.c reads. */
#include <math.h>
#include <stddef.h>

#include "tissue/lookup/heart_lookup.h"

enum { NORMAL_POTASSIUM = 4, NORMAL_CALCIUM = 3, MIDDLE = 2 };
static const double least_velocity = 10; /* cm/s; stands for a block, and is not so low as to bend the curve before it */

/* As the table has it; where the impulse does not arrive, what the level before had. */
static void tell(const MlHeartRead *r, const double *before, double *cell) {
#define READ(id, unit, text) cell[ML_HEART_READ_##id] = isnan(r->id) && before ? before[ML_HEART_READ_##id] : r->id;
    ML_HEART_READ(READ)
#undef READ
    cell[ML_HEART_READ_velocity] = log(fmax(r->velocity, least_velocity));
}

static double *alone(MlBath *bath, int i) {
    double *const of[] = {&bath->sodium, &bath->magnesium, &bath->ph, &bath->temperature};
    return of[i];
}

static void less(const double *normal, double *cell) {
    for (int o = 0; o < ML_HEART_NREAD; o++) cell[o] -= normal[o];
}

static void tabulate_base(MlHeartTable *t) {
    MlHeartInput in[8];
    MlHeartRead out[8];
    for (int k = 0; k < ML_HEART_POTASSIUM; k++) {
        for (int c = 0; c < 8; c++) {
            in[c] = ml_heart_normal();
            in[c].bath.potassium = ml_heart_potassium[k], in[c].bath.calcium = ml_heart_calcium[c];
        }
        ml_heart_walls(in, out);
        for (int c = 0; c < 8; c++) tell(&out[c], k ? t->base[k - 1][c] : NULL, t->base[k][c]);
    }
}

/* Two that act alone at once, of four levels each beside the middle one. */
static void tabulate_alone(const double *normal, MlHeartTable *t) {
    MlHeartInput in[8];
    MlHeartRead out[8];
    for (int first = 0; first < ML_HEART_NALONE; first += 2) {
        for (int i = 0; i < 8; i++) {
            const int a = first + i / 4, level = i % 4 < MIDDLE ? i % 4 : i % 4 + 1;
            in[i] = ml_heart_normal();
            *alone(&in[i].bath, a) = ml_heart_few[a][level];
        }
        ml_heart_walls(in, out);
        for (int i = 0; i < 8; i++) {
            double *cell = t->alone[first + i / 4][i % 4 < MIDDLE ? i % 4 : i % 4 + 1];
            tell(&out[i], normal, cell);
            less(normal, cell);
        }
        for (int a = first; a < first + 2; a++)
            for (int o = 0; o < ML_HEART_NREAD; o++) t->alone[a][MIDDLE][o] = 0;
    }
}

/* What a cycle does at a level of potassium, less the normal cycle. */
static void tell_rate(const MlHeartRead *r, const double *base, double *cell) {
    tell(r, base, cell);
    /* what cycles do to conduction that fails is no measure of what they do to one that does not */
    const int fails = fmin(cell[ML_HEART_READ_velocity], base[ML_HEART_READ_velocity]) <= log(least_velocity);
    less(base, cell);
    if (fails) cell[ML_HEART_READ_velocity] = 0;
}

/* Every other level of potassium is asked, those between are half way. */
static void tabulate_rates(MlHeartTable *t) {
    enum { ASKED = ML_HEART_POTASSIUM / 2 };
    MlHeartInput in[ASKED];
    MlHeartRead out[ASKED];
    for (int l = 0; l < ML_HEART_FEW; l++) {
        if (l == MIDDLE) continue; /* stays none */
        for (int k = 0; k < ASKED; k++) {
            in[k] = ml_heart_normal();
            in[k].bath.potassium = ml_heart_potassium[2 * k], in[k].cycle = ml_heart_few[ML_HEART_NALONE][l];
        }
        for (int k = 0; k < ASKED; k += 8) ml_heart_walls(in + k, out + k);
        for (int k = 0; k < ASKED; k++) tell_rate(&out[k], t->base[2 * k][NORMAL_CALCIUM], t->rate[2 * k][l]);
        for (int k = 0; k < ASKED; k++) {
            const double *below = t->rate[2 * k][l], *above = k + 1 < ASKED ? t->rate[2 * k + 2][l] : below;
            for (int o = 0; o < ML_HEART_NREAD; o++) t->rate[2 * k + 1][l][o] = 0.5 * (below[o] + above[o]);
        }
    }
}

void ml_heart_tabulate(MlHeartTable *t) {
    tabulate_base(t);
    tabulate_alone(t->base[NORMAL_POTASSIUM][NORMAL_CALCIUM], t);
    tabulate_rates(t);
}
