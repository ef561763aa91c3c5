/* SPDX-License-Identifier: Apache-2.0 */
/* Threshold tracking: strength and duration, threshold electrotonus, recovery after an impulse. */
#include "tissue/axon_cell.h"

#include <math.h>
#include <string.h>

const double ml_axon_polarization[ML_AXON_POLARIZATIONS] = {40, 20, -20, -40};
const double ml_axon_electrotonus_delay[ML_AXON_ELECTROTONUS] = {1,  5,  10, 15,  20,  25,  30,  40,  50,  60,  70,  80,
                                                                 90, 95, 99, 101, 105, 110, 120, 130, 140, 150, 170, 200};
const double ml_axon_recovery_delay[ML_AXON_RECOVERY] = {2,  2.5, 3,  3.5, 4,  4.5, 5,  6,  7,   8,
                                                         10, 13,  18, 24,  32, 45,  64, 90, 140, 200};
const double ml_axon_trace_step = 0.1;

static const double width = 1, step_length = 0.01, polarized = 100; /* ms */

/* Weiss: charge at threshold is rheobase (width + time constant), a straight line over the widths. */
static void strength_and_duration(const MlAxonCell *c, const double *rest, MlAxonFull *f) {
    static const double widths[] = {0.2, 0.4, 0.8, 1};
    enum { N = sizeof widths / sizeof *widths };
    double x = 0, y = 0, xx = 0, xy = 0;
    for (int i = 0; i < N; i++) {
        const double charge = widths[i] * ml_axon_threshold_from(c, rest, widths[i], 0);
        x += widths[i], y += charge, xx += widths[i] * widths[i], xy += widths[i] * charge;
    }
    f->rheobase = (N * xy - x * y) / (N * xx - x * x);
    f->time_constant = fmax((y - f->rheobase * x) / N / f->rheobase, 0); /* a blocked axon has none */
}

/* The four polarizations side by side, each held by two lanes. */
static void electrotonus(const MlAxonCell *c, const double *rest, MlAxonFull *f) {
    _Alignas(64) double state[NPATCH * LANES], peak[LANES];
    const double alone = f->fast.threshold;
    MlAxonPulse pulse = {.dt = step_length};
    for (int k = 0; k < LANES; k++) {
        pulse.background[k] = alone * ml_axon_polarization[k % ML_AXON_POLARIZATIONS] / 100;
        for (int i = 0; i < NPATCH; i++) state[i * LANES + k] = rest[i];
    }
    double t = 0;
    for (int j = 0; j < ML_AXON_ELECTROTONUS; j++) {
        const double delay = ml_axon_electrotonus_delay[j], until = t < polarized ? fmin(delay, polarized) : delay;
        pulse.until = until - t;
        ml_axon_pulse8(c, &pulse, state, peak);
        if (until < delay) {
            memset(pulse.background, 0, sizeof pulse.background);
            pulse.until = delay - until;
            ml_axon_pulse8(c, &pulse, state, peak);
        }
        t = delay;
        for (int k = 0; k < ML_AXON_POLARIZATIONS; k++) {
            double patch[NPATCH];
            for (int i = 0; i < NPATCH; i++) patch[i] = state[i * LANES + k];
            f->electrotonus[k][j] = 100 * (1 - ml_axon_threshold_from(c, patch, width, pulse.background[k]) / alone);
        }
    }
    int n = 0;
    f->depolarized_late = f->hyperpolarized_late = 0;
    for (int j = 0; j < ML_AXON_ELECTROTONUS; j++)
        if (ml_axon_electrotonus_delay[j] >= 90 && ml_axon_electrotonus_delay[j] < polarized) {
            f->depolarized_late += f->electrotonus[0][j];
            f->hyperpolarized_late += f->electrotonus[ML_AXON_POLARIZATIONS - 1][j];
            n++;
        }
    f->depolarized_late /= n, f->hyperpolarized_late /= n;
}

/* When the threshold is first back, the lowest one, the highest after that. In the cold it does not come back to 0 before it
 * is late: there it counts as back where it is within 15 %. */
static void recovery_figures(MlAxonFull *f) {
    const double *at = ml_axon_recovery_delay, *rise = f->recovery, late = 20, near = 15; /* ms, % */
    int back = 0, low = 0;
    for (int j = 1; j < ML_AXON_RECOVERY; j++)
        if (rise[j] < rise[low]) low = j;
    const double level = at[low] < late ? 0 : near;
    while (back < ML_AXON_RECOVERY - 1 && rise[back] > level) back++;
    f->refractory_period =
        back ? at[back - 1] * pow(at[back] / at[back - 1], (rise[back - 1] - level) / (rise[back - 1] - rise[back])) : at[0];
    f->superexcitability = f->subexcitability = rise[low];
    for (int j = low; j < ML_AXON_RECOVERY; j++) f->subexcitability = fmax(f->subexcitability, rise[j]);
}

static void recovery(const MlAxonCell *c, const double *rest, MlAxonFull *f) {
    const double supramaximal = 2; /* thresholds */
    double patch[NPATCH], peak, t = 0;
    memcpy(patch, rest, sizeof patch);
    MlAxonPulse pulse = {.amplitude = {supramaximal * f->fast.threshold}, .width = width, .dt = step_length};
    for (int j = 0; j < ML_AXON_RECOVERY; j++) {
        pulse.until = ml_axon_recovery_delay[j] - t;
        ml_axon_pulse1(c, &pulse, patch, &peak);
        pulse.width = 0;
        t = ml_axon_recovery_delay[j];
        f->recovery[j] = 100 * (ml_axon_threshold_from(c, patch, width, 0) / f->fast.threshold - 1);
    }
    recovery_figures(f);
}

static void trace(const MlAxonCell *c, const double *rest, MlAxonFull *f) {
    const double strength = 1.5; /* thresholds */
    double patch[NPATCH], peak;
    memcpy(patch, rest, sizeof patch);
    MlAxonPulse pulse = {.amplitude = {strength * f->fast.threshold}, .until = ml_axon_trace_step, .dt = step_length};
    for (int i = 0; i < ML_AXON_TRACE; i++) {
        f->trace[i] = patch[PATCH_node];
        pulse.width = i * ml_axon_trace_step < width ? ml_axon_trace_step : 0;
        ml_axon_pulse1(c, &pulse, patch, &peak);
    }
}

void ml_axon_full(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFull *full) {
    const MlAxonCell c = ml_axon_cell(kind, drive);
    double rest[NPATCH];
    ml_axon_fast(kind, drive, &full->fast);
    ml_axon_rest(&c, rest);
    strength_and_duration(&c, rest, full);
    electrotonus(&c, rest, full);
    recovery(&c, rest, full);
    trace(&c, rest, full);
}
