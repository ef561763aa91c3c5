/* SPDX-License-Identifier: Apache-2.0 */
/* The readouts from the table, straight lines between its points; outside of it, its edge. */
#include <math.h>

#include "tissue/axon_table.h"

typedef struct Place {
    int at;
    double part; /* of the way to the next point */
} Place;

static Place place(const MlAxis *axis, double x) {
    const double steps = fmin(fmax((x - axis->low) / axis->step, 0), axis->n - 1);
    const int at = (int)fmin(steps, axis->n - 2);
    return (Place){at, steps - at};
}

static double weight(Place p, int next) { return next ? p.part : 1 - p.part; }

/* An impulse that dies at the points nearest by dies here; else the velocity is that of the points where it lives. */
static double velocity(double alive, double sum) { return alive > 0.5 ? sum / alive : 0; }

static void at_place(const MlAxonTable *t, Place k, Place s, Place n, Place w, MlAxonFast *f) {
    double rest = 0, threshold = 0, alive = 0, sum = 0;
    for (int c = 0; c < 16; c++) {
        const int a = c & 1, b = c >> 1 & 1, d = c >> 2 & 1, e = c >> 3;
        const double part = weight(k, a) * weight(s, b) * weight(n, d) * weight(w, e);
        const int i = table_point(k.at + a, s.at + b, n.at + d, w.at + e);
        const double v = (double)t->velocity[i];
        rest += part * (double)t->rest[i];
        threshold += part * (double)t->log_threshold[i];
        if (v > 0) alive += part, sum += part * v;
    }
    f->resting_potential = rest;
    f->threshold = exp(threshold);
    f->velocity = velocity(alive, sum);
    f->blocked = f->velocity == 0;
}

static double firing_shift(const MlAxonTable *t, Place k, Place n, Place w) {
    double shift = 0;
    for (int c = 0; c < 8; c++) {
        const int a = c & 1, d = c >> 1 & 1, e = c >> 2;
        shift += weight(k, a) * weight(n, d) * weight(w, e) * (double)t->firing_shift[table_firing(k.at + a, n.at + d, w.at + e)];
    }
    return shift;
}

void ml_axon_lookup(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast) {
    const MlAxonTable *t = &ml_axon_table[kind];
    const Place n = place(&axis_sodium, drive->sodium), w = place(&axis_temperature, drive->temperature);
    const Place k = place(&axis_fine, log(drive->potassium)), fine = place(&axis_fine_sodium, drive->sodium);
    *fast = (MlAxonFast){.margin = drive->shift - firing_shift(t, k, fine, w)};
    at_place(t, place(&axis_potassium, log(drive->potassium)), place(&axis_shift, drive->shift), n, w, fast);
    if (fast->margin < 0)
        for (int c = 0; c < 4; c++)
            fast->spontaneous_rate +=
                weight(k, c & 1) * weight(w, c >> 1) * (double)t->rate[table_rate(k.at + (c & 1), w.at + (c >> 1))];
}
