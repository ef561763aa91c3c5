/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/force.h"

#include <math.h>

#include "tissue/fiber_cell.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/force.def"
#undef PARAM

typedef struct Kind {
    double propagation, rise, rate;
    MlForceNormal normal;
} Kind;

#define NORMAL(k)                                                                                            \
    .normal = {force_##k##_twitch, force_##k##_tetanus, force_##k##_work, force_##k##_wave,                  \
               force_work_potassium}

static const Kind kinds[ML_NFIBER] = {
    {force_slow_propagation, force_slow_rise, force_slow_rate, NORMAL(slow)},
    {force_fast_propagation, force_fast_rise, force_fast_rate, NORMAL(fast)},
};

MlForceNormal ml_force_normal(MlFiberKind kind) { return kinds[kind].normal; }

static double hill(double x, double n) { return x > 0 ? 1 / (1 + pow(x, -n)) : 0; }

double ml_force_propagates(MlFiberKind kind, double rise) {
    return hill(rise / kinds[kind].propagation, force_propagation_power);
}

double ml_force_filled(double calcium) { return hill(calcium, force_cooperativity); }

double ml_force_pace(double temperature) {
    return pow(force_q10, (temperature - ml_bath_normal().temperature) / 10);
}

double ml_force_mean(MlFiberKind kind, double temperature, double released) {
    return 1e-3 * kinds[kind].rate * released * force_calcium_time / ml_force_pace(temperature);
}

double ml_force_greatest(const MlFiberInput *in) {
    return (1 - force_fatigue_bridges * in->fatigue) * (1 - force_acid * ml_fiber_acidity(in));
}

void ml_force_step(MlForce *f, MlFiberKind kind, double temperature, double ms) {
    const double time = ms * ml_force_pace(temperature);
    f->calcium *= exp(-time / force_calcium_time);
    const double filled = ml_force_filled(f->calcium);
    f->force = filled + (f->force - filled) * exp(-time / kinds[kind].rise);
}
