/* SPDX-License-Identifier: Apache-2.0 */
/* From the bath and the ions of a fiber to what its membrane is made of; a population of fibers; rest, action
 * potential and force of it.
 *
 * The share of fibers on the polarized branch: of the population spread by leak, the leak at which the
 * polarized rest ends is found by sections, eight at once; below it fibers are polarized. Eight fibers of
 * equal shares stand for these. An action potential propagates where it rises steeply enough
 * (propagation_rise). Released calcium R of one action potential gives the twitch and, times rate and time of
 * removal, the tetanus, both by Hill's law. In voluntary work the interstitium of the working fibers has more
 * potassium than the resting bath (work_potassium); fibers that rest depolarized take no part in it. */
#include "tissue/fiber.h"

#include <math.h>

#include "tissue/fiber_cell.h"
#include "tissue/force.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/fiber.def"
#include "tissue/tables/force.def"
#undef PARAM

MlFiberCell ml_fiber_published(void) {
    const double gamma = 0.5 * fiber_radius * fiber_tubule_volume / fiber_tubule_depth;
    return (MlFiberCell){.thermal = ml_thermal_voltage(fiber_temperature),
                         .gate_rate = 1,
                         .diffusion_time = fiber_diffusion_time,
                         .gamma = gamma,
                         .access = fiber_access,
                         .sodium_channels = fiber_sodium,
                         .delayed = fiber_delayed,
                         .inward = fiber_inward,
                         .kcnq = fiber_kcnq,
                         .chloride_channels = fiber_chloride,
                         .pump = fiber_pump,
                         .nkcc = fiber_nkcc,
                         .sodium = fiber_bath_sodium,
                         .potassium = fiber_bath_potassium,
                         .chloride = fiber_bath_chloride,
                         .cell_sodium = fiber_cell_sodium,
                         .cell_potassium = fiber_cell_potassium,
                         .cell_chloride = fiber_cell_chloride,
                         .endplate = 1};
}

/* Human fibers against the published one. */
typedef struct Kind {
    double sodium, inward, chloride, pump, leak, activation, inactivation;
} Kind;

#define KIND(k)                                                                                              \
    {                                                                                                        \
        fiber_##k##_sodium, fiber_##k##_inward, fiber_##k##_chloride, fiber_##k##_pump, fiber_##k##_leak,    \
            fiber_##k##_activation, fiber_##k##_inactivation                                                 \
    }
static const Kind kinds[ML_NFIBER] = {KIND(slow), KIND(fast)};

MlFiberInput ml_fiber_normal(void) {
    return (MlFiberInput){
        .bath = ml_bath_normal(),
#define INPUT(id, unit, normal, low, high, text) .id = normal,
#include "tissue/tables/fiber_input.def"
#undef INPUT
    };
}

double ml_fiber_acidity(const MlFiberInput *in) {
    return fiber_ph_share * (ml_bath_normal().ph - in->bath.ph) + in->cell_acid;
}

/* The median fiber. */
static MlFiberCell median(MlFiberKind kind, const MlFiberInput *in) {
    const Kind *k = &kinds[kind];
    const MlBath *b = &in->bath;
    const double decades = (b->temperature - fiber_temperature) / 10; /* of degrees */
    const double open = pow(fiber_q10_diffusion, decades), warm = pow(fiber_q10_pump, decades);
    MlFiberCell e = ml_fiber_published();
    e.thermal = ml_thermal_voltage(b->temperature);
    e.gate_rate = pow(fiber_q10_gates, decades);
    e.gate_shift = ml_surface_shift(b), e.activation = k->activation, e.inactivation = k->inactivation;
    e.diffusion_time /= open;
    e.gamma *= sqrt(in->volume); /* as the radius */
    e.sodium_channels *= open * k->sodium, e.inward *= open * k->inward, e.delayed *= open, e.kcnq *= open;
    e.chloride_channels *= open * k->chloride * 2 / (1 + exp(ml_fiber_acidity(in) / fiber_chloride_acid));
    e.leak = open * k->leak, e.leak_beside = open * in->leak;
    e.pump *= warm * k->pump * in->pump, e.nkcc *= warm * fiber_human_nkcc;
    e.sodium = b->sodium, e.potassium = b->potassium, e.chloride = b->chloride;
    e.cell_sodium = in->cell_sodium, e.cell_potassium = in->cell_potassium;
    e.cell_chloride = in->cell_chloride;
    e.endplate = fiber_human_endplate;
    e.release = force_release * (1 - force_fatigue_release * in->fatigue) * ml_force_pace(b->temperature);
    return e;
}

/* By how many standard deviations its logarithms of leak and sodium channels are off the median. */
static MlFiberCell unlike(MlFiberCell e, double leak, double sodium) {
    e.leak = e.leak * exp(fiber_leak_spread * leak) + e.leak_beside;
    e.sodium_channels *= exp(fiber_sodium_spread * sodium);
    return e;
}

MlFiberCell ml_fiber_cell(MlFiberKind kind, const MlFiberInput *in, double leak, double sodium) {
    return unlike(median(kind, in), leak, sodium);
}

static const int order[ML_FIBERS] = {3, 6, 1, 4, 7, 0, 5, 2}; /* sodium channels go by no order with leak */

/* The standard normal deviate below which lies a share. */
static double deviate(double share) {
    double low = -fiber_widest, high = fiber_widest;
    for (int i = 0; i < 40; i++) {
        const double z = 0.5 * (low + high);
        if (0.5 * erfc(-z * M_SQRT1_2) < share)
            low = z;
        else
            high = z;
    }
    return 0.5 * (low + high);
}

/* The deviate of leak at which the polarized rest ends. */
static double end_of_polarized(MlFiberKind kind, const MlFiberInput *in) {
    enum { ROUNDS = 3 };
    const MlFiberCell middle = median(kind, in);
    double low = -fiber_widest, high = fiber_widest;
    for (int round = 0; round < ROUNDS; round++) {
        const double part = (high - low) / (ML_FIBERS + 1), start = low;
        MlFiberCell cell[ML_FIBERS];
        MlReal8 y[ML_FIBER_NSTATE];
        for (int i = 0; i < ML_FIBERS; i++) cell[i] = unlike(middle, start + part * (i + 1), 0);
        ml_fiber_rest8(cell, 0, y);
        int polarized = 0;
        while (polarized < ML_FIBERS &&
               y[ML_FIBER_v_tubule][polarized] <
                   cell->thermal * log(in->bath.potassium / in->cell_potassium) + fiber_polarized_within)
            polarized++;
        low = start + part * polarized, high = low + part;
        if (polarized == ML_FIBERS && round == 0) return fiber_widest;
    }
    return 0.5 * (low + high);
}

typedef struct Seen {
    double rest, chloride, peak, rise, excitable, wave, twitch, tetanus;
} Seen;

static const double step_ms = 0.02, watch_ms = 5;

void ml_fiber_population(MlFiberKind kind, const MlFiberInput *in, double share, MlFiberCell *cell) {
    const MlFiberCell middle = median(kind, in);
    for (int i = 0; i < ML_FIBERS; i++)
        cell[i] =
            unlike(middle, deviate(share * (i + 0.5) / ML_FIBERS), deviate((order[i] + 0.5) / ML_FIBERS));
}

/* One action potential of the polarized fibers, and their means. */
static Seen watch(MlFiberKind kind, const MlFiberInput *in, double share) {
    MlFiberCell cell[ML_FIBERS];
    MlReal8 y[ML_FIBER_NSTATE], stimulated[ML_FIBER_NSEEN], seen[ML_FIBER_NSEEN];
    ml_fiber_population(kind, in, share, cell);
    ml_fiber_rest8(cell, 12, y);
    Seen mean = {0};
    const MlReal8 rest = y[ML_FIBER_v_surface];
    ml_fiber_run8(cell, &(MlFiberRun){step_ms, (int)lround(fiber_endplate_time / step_ms), 1}, y, stimulated);
    ml_fiber_run8(cell, &(MlFiberRun){step_ms, (int)lround(watch_ms / step_ms), 0}, y, seen);
    for (int i = 0; i < ML_FIBERS; i++) {
        const double rise = fmax(seen[ML_SEEN_rise][i], 0), peak = seen[ML_SEEN_peak][i],
                     released = seen[ML_SEEN_released][i];
        const double excitable = ml_force_propagates(kind, rise);
        mean.rest += rest[i] / ML_FIBERS, mean.chloride += y[ML_FIBER_cell_chloride][i] / ML_FIBERS;
        mean.peak += peak / ML_FIBERS, mean.rise += rise / ML_FIBERS, mean.excitable += excitable / ML_FIBERS;
        mean.wave += excitable * (peak - rest[i]) / ML_FIBERS;
        mean.twitch += excitable * ml_force_filled(force_twitch_share * released) / ML_FIBERS;
        mean.tetanus +=
            excitable * ml_force_filled(ml_force_mean(kind, in->bath.temperature, released)) / ML_FIBERS;
    }
    return mean;
}

void ml_fiber_fast(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *out) {
    const MlForceNormal normal = ml_force_normal(kind);
    const double share = 0.5 * erfc(-end_of_polarized(kind, in) * M_SQRT1_2);
    const double strength = share * ml_force_greatest(in);
    MlFiberInput working = *in;
    working.bath.potassium += normal.work_potassium;
    const Seen here = watch(kind, in, share), work = watch(kind, &working, share);
    *out = (MlFiberFast){.rest = here.rest,
                         .chloride = here.chloride,
                         .polarized = share,
                         .peak = here.peak,
                         .rise = here.rise,
                         .excitable = share * here.excitable,
                         .wave = share * here.wave / normal.wave,
                         .twitch = strength * here.twitch / normal.twitch,
                         .tetanus = strength * here.tetanus / normal.tetanus,
                         .force = strength * work.tetanus / normal.work};
}
