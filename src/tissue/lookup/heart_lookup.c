/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/lookup/heart_lookup.h"

#include <math.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/heart.def"
#undef PARAM

/* Weights of the four nodes around x: cubic Hermite with the slopes of parabolas; ends are held. */
typedef struct Place {
    int node[4];
    double weight[4];
} Place;

/* Adds to the weights those of the slope at node i of n, times s. */
static void slope_at(const double *axis, int n, int i, double s, Place *p, int first) {
    if (i == 0 || i == n - 1) { /* of the one neighbor */
        const int k = i == 0 ? 0 : n - 2;
        const double h = axis[k + 1] - axis[k];
        p->weight[k + 1 - first] += s / h, p->weight[k - first] -= s / h;
        return;
    }
    const double a = axis[i] - axis[i - 1], b = axis[i + 1] - axis[i];
    p->weight[i + 1 - first] += s * a / (b * (a + b));
    p->weight[i - first] += s * (b - a) / (a * b);
    p->weight[i - 1 - first] -= s * b / (a * (a + b));
}

static Place place(const double *axis, int n, double x) {
    Place p = {{0}, {0}};
    x = fmin(fmax(x, axis[0]), axis[n - 1]);
    int i = 0;
    while (i < n - 2 && x > axis[i + 1]) i++;
    int first = i - 1 < 0 ? 0 : i - 1;
    if (first > n - 4) first = n - 4;
    for (int k = 0; k < 4; k++) p.node[k] = first + k;
    const double h = axis[i + 1] - axis[i], t = (x - axis[i]) / h, t2 = t * t, t3 = t2 * t;
    p.weight[i - first] += 2 * t3 - 3 * t2 + 1, p.weight[i + 1 - first] += 3 * t2 - 2 * t3;
    slope_at(axis, n, i, h * (t3 - 2 * t2 + t), &p, first);
    slope_at(axis, n, i + 1, h * (t3 - t2), &p, first);
    return p;
}

static void add(const double *row, double weight, double *cell) {
    for (int o = 0; o < ML_HEART_NREAD; o++) cell[o] += weight * row[o];
}

void ml_heart_lookup(const MlHeartInput *in, MlHeartRead *out) {
    const double alone[] = {in->bath.sodium, in->bath.magnesium, in->bath.ph, in->bath.temperature};
    double cell[ML_HEART_NREAD] = {0}, logk[ML_HEART_POTASSIUM];
    for (int i = 0; i < ML_HEART_POTASSIUM; i++) logk[i] = log(ml_heart_potassium[i]);
    const Place k = place(logk, ML_HEART_POTASSIUM, log(in->bath.potassium));
    const Place c = place(ml_heart_calcium, ML_HEART_CALCIUM, in->bath.calcium);
    const Place r = place(ml_heart_few[ML_HEART_NALONE], ML_HEART_FEW, in->cycle);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            add(ml_heart_table.base[k.node[i]][c.node[j]], k.weight[i] * c.weight[j], cell);
            add(ml_heart_table.rate[k.node[i]][r.node[j]], k.weight[i] * r.weight[j], cell);
        }
    for (int a = 0; a < ML_HEART_NALONE; a++) {
        const Place p = place(ml_heart_few[a], ML_HEART_FEW, alone[a]);
        for (int j = 0; j < 4; j++) add(ml_heart_table.alone[a][p.node[j]], p.weight[j], cell);
    }
#define READ(id, unit, text) out->id = cell[ML_HEART_READ_##id];
    ML_HEART_READ(READ)
#undef READ
    out->velocity = exp(out->velocity);
    if (out->velocity < heart_blocked) out->velocity = 0, out->repolarized = out->t_peak = out->t_wave = NAN;
    out->after = fmax(out->after, 0);
    out->rise = fmax(out->rise, 0);
}
