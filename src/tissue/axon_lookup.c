/* SPDX-License-Identifier: Apache-2.0 */
/* The readouts from the table, straight lines between its points; outside of it, its edge. */
#include <math.h>

#include "tissue/axon_cell.h"
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

/* Velocity where an impulse lives: of the points nearest by where it does. */
static double velocity_at(const MlAxonTable *t, Place k, Place s, Place n, Place w) {
    double alive = 0, sum = 0;
    for (int c = 0; c < 16; c++) {
        const int a = c & 1, b = c >> 1 & 1, d = c >> 2 & 1, e = c >> 3;
        const double v = (double)t->velocity[table_point(k.at + a, s.at + b, n.at + d, w.at + e)];
        const double part = weight(k, a) * weight(s, b) * weight(n, d) * weight(w, e);
        if (v > 0) alive += part, sum += part * v;
    }
    return alive > 0 ? sum / alive : 0;
}

static void at_place(const MlAxonTable *t, Place k, Place s, Place n, Place w, MlAxonFast *f) {
    double rest = 0, threshold = 0;
    for (int c = 0; c < 16; c++) {
        const int a = c & 1, b = c >> 1 & 1, d = c >> 2 & 1, e = c >> 3;
        const double part = weight(k, a) * weight(s, b) * weight(n, d) * weight(w, e);
        const int i = table_point(k.at + a, s.at + b, n.at + d, w.at + e);
        rest += part * (double)t->rest[i];
        threshold += part * (double)t->log_threshold[i];
    }
    f->resting_potential = rest;
    f->threshold = exp(threshold);
}

static double log_block(const MlAxonTable *t, Place s, Place n, Place w) {
    double sum = 0;
    for (int c = 0; c < 8; c++) {
        const int b = c & 1, d = c >> 1 & 1, e = c >> 2;
        sum += weight(s, b) * weight(n, d) * weight(w, e) * (double)t->log_block[table_block(s.at + b, n.at + d, w.at + e)];
    }
    return sum;
}

/* None where there is none at the points nearest by; else that of the points that have one. */
static double firing_shift(const MlAxonTable *t, Place k, Place n, Place w) {
    double there = 0, sum = 0;
    for (int c = 0; c < 8; c++) {
        const int a = c & 1, d = c >> 1 & 1, e = c >> 2;
        const double shift = (double)t->firing_shift[table_firing(k.at + a, n.at + d, w.at + e)];
        const double part = weight(k, a) * weight(n, d) * weight(w, e);
        if (!isnan(shift)) there += part, sum += part * shift;
    }
    return there > 0.5 ? sum / there : NAN;
}

void ml_axon_lookup(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast) {
    const MlAxonTable *t = &ml_axon_table[kind];
    const Place n = place(&axis_sodium, drive->sodium), w = place(&axis_temperature, drive->temperature);
    const Place k = place(&axis_fine, log(drive->potassium)), fine = place(&axis_fine_sodium, drive->sodium);
    const Place s = place(&axis_shift, drive->shift);
    const MlAxonNerve nerve = ml_axon_nerve(drive->potassium, exp(log_block(t, s, fine, w)));
    *fast = (MlAxonFast){.margin = drive->shift - firing_shift(t, k, fine, w), .conducting = nerve.conducting, .blocked = nerve.blocked};
    at_place(t, place(&axis_potassium, log(drive->potassium)), s, n, w, fast);
    if (!nerve.blocked) fast->velocity = velocity_at(t, place(&axis_potassium, log(nerve.potassium)), s, n, w);
    if (fast->margin < 0)
        for (int c = 0; c < 4; c++)
            fast->spontaneous_rate +=
                weight(k, c & 1) * weight(w, c >> 1) * (double)t->rate[table_rate(k.at + (c & 1), w.at + (c >> 1))];
}
