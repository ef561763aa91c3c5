/* SPDX-License-Identifier: Apache-2.0 */
/* One action potential drawn, the rheobase, and a train: potassium gathers in the tubules, sodium channels
 * inactivate, action potentials shrink and some no longer propagate; the force that results. The bath is
 * held. */
#include <math.h>
#include <string.h>

#include "tissue/fiber_cell.h"
#include "tissue/force.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/fiber.def"
#undef PARAM

static const double fine_ms = 0.01, coarse_ms = 0.05, drawn_ms = 0.05;

static int steps_of(double ms, double step) { return (int)lround(ms / step); }

/* Median fiber. */
static void draw(MlFiberKind kind, const MlFiberInput *in, MlFiberFull *out) {
    const MlFiberCell cell = ml_fiber_cell(kind, in, 0, 0);
    double y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
    ml_fiber_rest1(&cell, 12, y);
    for (int i = 0; i < ML_FIBER_TRACE; i++) {
        out->action[i] = y[ML_FIBER_v_surface], out->tubule[i] = y[ML_FIBER_v_tubule];
        const MlFiberRun run = {fine_ms, steps_of(drawn_ms, fine_ms), i * drawn_ms < fiber_endplate_time};
        ml_fiber_run1(&cell, &run, y, seen);
    }
}

/* Eight currents at once, three times. */
double ml_fiber_rheobase(MlFiberKind kind, const MlFiberInput *in) {
    enum { ROUNDS = 3 };
    double low = 0, high = fiber_rheobase_most;
    for (int round = 0; round < ROUNDS; round++) {
        const double part = (high - low) / (ML_FIBERS + 1), start = low;
        MlFiberCell cell[ML_FIBERS];
        MlReal8 y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
        for (int i = 0; i < ML_FIBERS; i++) {
            cell[i] = ml_fiber_cell(kind, in, 0, 0);
            cell[i].endplate = 0, cell[i].current = start + part * (i + 1);
        }
        ml_fiber_rest8(cell, 12, y);
        ml_fiber_run8(cell, &(MlFiberRun){2 * fine_ms, steps_of(fiber_rheobase_time, 2 * fine_ms), 1}, y,
                      seen);
        int silent = 0;
        while (silent < ML_FIBERS && seen[ML_SEEN_peak][silent] < fiber_rheobase_peak) silent++;
        low = start + part * silent, high = low + part;
    }
    return 0.5 * (low + high);
}

typedef struct Train {
    MlFiberKind kind;
    double temperature, share, greatest;
    MlForce force[ML_FIBERS];
    int told; /* points of force so far */
} Train;

/* Runs the fibers and their force. */
static void pass(Train *t, const MlFiberCell *cell, double ms, double step, MlReal8 *y, MlReal8 *seen) {
    ml_fiber_run8(cell, &(MlFiberRun){step, steps_of(ms, step), 0}, y, seen);
    for (int i = 0; i < ML_FIBERS; i++) ml_force_step(&t->force[i], t->kind, t->temperature, ms);
}

static void tell(Train *t, MlFiberFull *out) {
    double sum = 0;
    for (int i = 0; i < ML_FIBERS; i++) sum += t->force[i].force / ML_FIBERS;
    if (t->told < ML_FIBER_FORCE)
        out->force[t->told++] = t->share * t->greatest * sum / ml_force_normal(t->kind).tetanus;
}

/* One pulse and a third of the time to the next, in which its action potential is over; then the rest. */
static void pulse(Train *t, const MlFiberCell *cell, int i, MlReal8 *y, MlFiberFull *out) {
    const double third = fiber_train_period / 3;
    MlReal8 seen[ML_FIBER_NSEEN];
    const MlReal8 before = y[ML_FIBER_v_surface];
    for (int k = 0; k < ML_FIBERS; k++) out->potassium[i] += y[ML_FIBER_potassium][k] / ML_FIBERS;
    ml_fiber_run8(cell, &(MlFiberRun){2 * fine_ms, steps_of(fiber_endplate_time, 2 * fine_ms), 1}, y, seen);
    pass(t, cell, third - fiber_endplate_time, 2 * fine_ms, y, seen);
    for (int k = 0; k < ML_FIBERS; k++) {
        const double peak = seen[ML_SEEN_peak][k],
                     share = ml_force_propagates(t->kind, seen[ML_SEEN_rise][k]);
        t->force[k].calcium += share * seen[ML_SEEN_released][k];
        out->peak[i] += peak / ML_FIBERS;
        out->propagated[i] += t->share * share / ML_FIBERS;
        out->wave[i] += t->share * share * (peak - before[k]) / ML_FIBERS / ml_force_normal(t->kind).wave;
    }
    tell(t, out);
    for (int k = 0; k < 2; k++) pass(t, cell, third, coarse_ms, y, seen), tell(t, out);
}

void ml_fiber_full(MlFiberKind kind, const MlFiberInput *in, MlFiberFull *out) {
    const double period = fiber_train_period / 1000;
    memset(out, 0, sizeof *out);
    out->action_step = drawn_ms, out->pulse_step = period, out->force_step = period / 3;
    ml_fiber_fast(kind, in, &out->fast);
    draw(kind, in, out);
    out->rheobase = ml_fiber_rheobase(kind, in);
    MlFiberCell cell[ML_FIBERS];
    MlReal8 y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
    ml_fiber_population(kind, in, out->fast.polarized, cell);
    ml_fiber_rest8(cell, 12, y);
    Train t = {.kind = kind,
               .temperature = in->bath.temperature,
               .share = out->fast.polarized,
               .greatest = ml_force_greatest(in)};
    for (int i = 0; i < ML_FIBER_PULSES; i++) pulse(&t, cell, i, y, out);
    while (t.told < ML_FIBER_FORCE) pass(&t, cell, fiber_train_period / 3, coarse_ms, y, seen), tell(&t, out);
}
