/* SPDX-License-Identifier: Apache-2.0 */
/* All tissues in baths at random, singly and together within the range that people survive and a little beyond: every readout
 * finite and within bounds, lanes equal to scalars. 300 baths; SWEEP=10000 looks at so many, SWEEP_FROM=5000 begins there: a
 * bath depends on its number alone. What takes long is asked of every 50th bath, or every SWEEP_LONG-th. Prints the least and
 * the most of each readout. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tissue/axon_cell.h"
#include "tissue/fiber.h"
#include "tissue/fiber_cell.h"
#include "tissue/pool.h"
#include "tissue/terminal.h"

/* READOUT(id, low, high): what is sensible. Thresholds rise many times over where an impulse has just passed, which in axons
 * that fire by themselves is so during the currents of threshold electrotonus too. */
#define READOUTS(READOUT)                                                                                    \
    READOUT(axon_rest, -130, -20)                                                                            \
    READOUT(axon_threshold, 0.1, 2e4)                                                                        \
    READOUT(axon_velocity, 0, 110)                                                                           \
    READOUT(axon_conducting, 0, 1)                                                                           \
    READOUT(axon_rate, 0, 1000)                                                                              \
    READOUT(axon_margin, -25, 25)                                                                            \
    READOUT(axon_strength_duration, 0, 3)                                                                    \
    READOUT(axon_electrotonus, -1e4, 200)                                                                    \
    READOUT(axon_recovery, -100, 1e4)                                                                        \
    READOUT(axon_trace, -200, 100)                                                                           \
    READOUT(fiber_rest, -130, -20)                                                                           \
    READOUT(fiber_peak, -100, 80)                                                                            \
    READOUT(fiber_share, 0, 1)                                                                               \
    READOUT(fiber_wave, 0, 2)                                                                                \
    READOUT(fiber_force, 0, 2.5)                                                                             \
    READOUT(fiber_rheobase, 0, 1e4)                                                                          \
    READOUT(fiber_tubule_potassium, 0.3, 60)                                                                 \
    READOUT(terminal_release, 0, 20)                                                                         \
    READOUT(terminal_transmission, 0, 1)                                                                     \
    READOUT(pool_threshold, 0, ML_POOL_NONE)                                                                 \
    READOUT(pool_threshold_fast, 0, ML_POOL_NONE)                                                            \
    READOUT(pool_rate, 0, 300)                                                                               \
    READOUT(pool_reflex, 0, 20)

enum {
#define READOUT(id, low, high) SEEN_##id,
    READOUTS(READOUT)
#undef READOUT
        NSEEN
};

static struct {
    const char *name;
    double low, high, least, most;
} seen[NSEEN] = {
#define READOUT(id, low, high) {#id, low, high, INFINITY, -INFINITY},
    READOUTS(READOUT)
#undef READOUT
};

static int bad, at;
static MlBath bath;

static void wrong(const char *what, double x) {
    if (++bad > 20) return;
    printf("bath %d (K %.2f Ca %.2f Mg %.2f Na %.0f pH %.2f %.1f degC): %s %g\n", at, bath.potassium, bath.calcium, bath.magnesium,
           bath.sodium, bath.ph, bath.temperature, what, x);
}

static void see(int i, double x) {
    if (!(x >= seen[i].low && x <= seen[i].high)) wrong(seen[i].name, x);
    seen[i].least = fmin(seen[i].least, x), seen[i].most = fmax(seen[i].most, x);
}

static void see_all(int i, const double *x, int n) {
    for (int k = 0; k < n; k++) see(i, x[k]);
}

static uint64_t seed;

static double uniform(double low, double high) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(seed >> 11) * 0x1p-53;
}

static void axon_fast(const MlAxonFast *f) {
    see(SEEN_axon_rest, f->resting_potential);
    see(SEEN_axon_threshold, f->threshold);
    see(SEEN_axon_velocity, f->velocity);
    see(SEEN_axon_conducting, f->conducting);
    see(SEEN_axon_rate, f->spontaneous_rate);
    if (!isnan(f->margin)) see(SEEN_axon_margin, f->margin); /* none where nothing makes the axon fire */
}

static void axon(MlAxonKind kind, int full) {
    const MlAxonDrive drive = ml_axon_drive(&bath);
    MlAxonFull f;
    if (!full) {
        ml_axon_fast(kind, &drive, &f.fast);
        axon_fast(&f.fast);
        return;
    }
    ml_axon_full(kind, &drive, &f);
    axon_fast(&f.fast);
    see(SEEN_axon_strength_duration, f.time_constant);
    see_all(SEEN_axon_electrotonus, f.electrotonus[0], ML_AXON_POLARIZATIONS * ML_AXON_ELECTROTONUS);
    see_all(SEEN_axon_recovery, f.recovery, ML_AXON_RECOVERY);
    see_all(SEEN_axon_trace, f.trace, ML_AXON_TRACE);
}

static void fiber(MlFiberKind kind, int full) {
    MlFiberInput in = ml_fiber_normal();
    static MlFiberFull f;
    in.bath = bath;
    if (full) ml_fiber_full(kind, &in, &f);
    else ml_fiber_fast(kind, &in, &f.fast);
    see(SEEN_fiber_rest, f.fast.rest);
    see(SEEN_fiber_peak, f.fast.peak);
    see(SEEN_fiber_share, f.fast.polarized);
    see(SEEN_fiber_share, f.fast.excitable);
    see(SEEN_fiber_wave, f.fast.wave);
    see(SEEN_fiber_force, f.fast.twitch);
    see(SEEN_fiber_force, f.fast.tetanus);
    see(SEEN_fiber_force, f.fast.force);
    if (!full) return;
    see(SEEN_fiber_rheobase, f.rheobase);
    see_all(SEEN_fiber_tubule_potassium, f.potassium, ML_FIBER_PULSES);
    see_all(SEEN_fiber_wave, f.wave, ML_FIBER_PULSES);
    see_all(SEEN_fiber_force, f.force, ML_FIBER_FORCE);
}

/* Spinal fluid keeps its own potassium and calcium, within limits that days of disorder set. */
static void pool(int full) {
    MlPoolInput in = ml_pool_normal();
    in.csf_potassium = uniform(2, 4), in.csf_calcium = uniform(0.8, 1.6), in.temperature = bath.temperature;
    in.drive = uniform(0.3, 3), in.disposition = uniform(0, 1), in.terminal_excitability = uniform(0.3, 3);
    see(SEEN_pool_threshold_fast, ml_pool_threshold_fast(&in));
    if (!full) return;
    static MlPoolTrace trace;
    MlPoolTrial trial = ml_pool_trial(25);
    trial.watch = 5;
    trace = (MlPoolTrace){0};
    ml_pool_run(&in, &trial, &trace);
    see_all(SEEN_pool_rate, trace.rate, trace.bins);
    see_all(SEEN_pool_rate, trace.unit_rate, ML_CELLS);
    see(SEEN_pool_threshold, ml_pool_threshold(&in));
    see(SEEN_pool_reflex, ml_pool_reflex(&in));
}

/* ---- lanes ---- */

/* A pulse on eight patches, and on the one whose turn it is. */
static void axon_lanes(MlAxonKind kind) {
    const MlAxonDrive drive = ml_axon_drive(&bath);
    const MlAxonCell c = ml_axon_cell(kind, &drive);
    const int lane = at % LANES;
    double rest[NPATCH], one[NPATCH], peak;
    _Alignas(64) double eight[NPATCH * LANES], peaks[LANES];
    ml_axon_rest(&c, rest);
    MlAxonPulse pulse = {.width = 1, .until = 2, .dt = 0.01};
    for (int k = 0; k < LANES; k++) {
        pulse.amplitude[k] = 20 * k;
        for (int i = 0; i < NPATCH; i++) eight[i * LANES + k] = rest[i];
    }
    ml_axon_pulse8(&c, &pulse, eight, peaks);
    pulse.amplitude[0] = pulse.amplitude[lane];
    memcpy(one, rest, sizeof one);
    ml_axon_pulse1(&c, &pulse, one, &peak);
    int same = peak == peaks[lane];
    for (int i = 0; i < NPATCH; i++) same &= one[i] == eight[i * LANES + lane];
    if (!same) wrong("lanes of axon", kind);
}

static void fiber_lanes(MlFiberKind kind) {
    MlFiberCell cell[ML_FIBERS];
    MlFiberInput in = ml_fiber_normal();
    MlReal8 y[ML_FIBER_NSTATE], saw[ML_FIBER_NSEEN];
    const MlFiberRun run = {0.02, 50, 1};
    const int lane = at % ML_FIBERS;
    double one[ML_FIBER_NSTATE], single[ML_FIBER_NSEEN];
    in.bath = bath;
    ml_fiber_population(kind, &in, 1, cell);
    ml_fiber_rest8(cell, 12, y);
    ml_fiber_run8(cell, &run, y, saw);
    ml_fiber_rest1(&cell[lane], 12, one);
    ml_fiber_run1(&cell[lane], &run, one, single);
    int same = 1;
    for (int i = 0; i < ML_FIBER_NSTATE; i++) same &= one[i] == y[i][lane];
    for (int i = 0; i < ML_FIBER_NSEEN; i++) same &= single[i] == saw[i][lane];
    if (!same) wrong("lanes of fiber", kind);
}

static void motoneuron_lanes(void) {
    static MlMotoneuronTraits traits;
    static MlMotoneuronInputs inputs;
    static MlMotoneurons eight, one;
    const double step = 0.05; /* ms */
    ml_motoneuron_published(&traits, at % 2);
    ml_motoneuron_start(&eight);
    for (int i = 0; i < ML_CELLS; i++) {
        traits.shift[i] = ml_surface_shift(&bath), traits.pace[i] = uniform(0.7, 1.5);
        traits.noise_soma[i] = 5, traits.noise_dendrite[i] = 1;
        inputs.current_soma[i] = i, inputs.excite_dendrite[i] = 0.01 * i, inputs.noise_level[i] = 1;
    }
    one = eight;
    for (int b = 0; b < 20; b++) {
        ml_motoneuron_block8(&traits, &inputs, step, &eight);
        ml_motoneuron_block1(&traits, &inputs, step, &one);
    }
    if (memcmp(&one, &eight, sizeof one) != 0) wrong("lanes of motoneurons", 0);
}

static void look(int full) {
    bath = ml_bath_normal();
    seed = (uint64_t)at * 0x9e3779b97f4a7c15u; /* far from that of the next bath */
    uniform(0, 1);
    bath.potassium = uniform(1.5, 9), bath.calcium = uniform(0.5, 2), bath.magnesium = uniform(0.2, 4);
    bath.sodium = uniform(110, 170), bath.ph = uniform(6.9, 7.8), bath.temperature = uniform(33, 41);
    for (int k = 0; k < ML_NAXON; k++) axon((MlAxonKind)k, full), axon_lanes((MlAxonKind)k);
    for (int k = 0; k < ML_NFIBER; k++) fiber((MlFiberKind)k, full), fiber_lanes((MlFiberKind)k);
    see(SEEN_terminal_release, ml_terminal_release(&bath));
    see(SEEN_terminal_transmission, ml_terminal_transmission(&bath));
    pool(full);
    motoneuron_lanes();
}

static int number(const char *name, int usual) {
    const char *text = getenv(name);
    const int n = text ? atoi(text) : usual;
    return n > 0 ? n : usual;
}

int main(void) {
    const int from = number("SWEEP_FROM", 0), n = number("SWEEP", 300), every = number("SWEEP_LONG", 50);
    int whole = 0;
    for (at = from; at < from + n; at++) {
        whole += at % every == 0;
        look(at % every == 0);
    }
    printf("%d baths, %d of them with all readouts: %d out of bounds\n", n, whole, bad);
    for (int i = 0; i < NSEEN; i++) printf("  %-24s %10.4g to %10.4g, allowed %g to %g\n", seen[i].name, seen[i].least, seen[i].most, seen[i].low, seen[i].high);
    return bad > 0;
}
