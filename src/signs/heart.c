/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/heart.h"

#include <math.h>

#define OUT(name) out[ML_O_##name]

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "signs/ecg.def"
#undef PARAM

static double square(double x) { return x * x; }

/* ---- atria ---- */

/* Sodium channels of atrial muscle that are ready at rest. */
static double ready(const MlBath *bath) {
    const double outside = bath->potassium + atrial_leak * bath->sodium;
    const double rest = ml_thermal_voltage(bath->temperature) * log(outside / atrial_inside);
    return 1 / square(1 + exp((rest - ml_heart_shift(bath) - atrial_half) / atrial_slope));
}

/* The same to normal. */
static double atrial_channels(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    return ready(bath) / ready(&normal);
}

/* Atrial fibers that still answer, to normal. */
static double answering(double channels) {
    const double all = 1 + exp(log(atrial_lost) / atrial_spread);
    return all / (1 + exp((log(atrial_lost) - log(channels)) / atrial_spread));
}

/* ---- nodes ---- */

/* Calcium current of the atrioventricular node, to normal. */
static double node_current(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    const double shift = ml_heart_shift(bath);
    const double mouth = bath->calcium / normal.calcium * exp(-2 * shift / ml_thermal_voltage(bath->temperature));
    return ml_heart_magnesium(bath) * mouth * exp(-node_shift * shift);
}

/* Delay in the node, to normal. At the greatest it passes no more than the least rate. */
static double node_delay(const MlBath *bath) {
    const double most = 60000 / (rate_least * node_cycle), spare = (node_current(bath) - node_safety) / (1 - node_safety);
    return 1 / fmax(spare, 1 / most);
}

typedef struct Rates {
    double atria, ventricles;
} Rates;

static Rates rates_of(const MlExcite *x) {
    const MlBath bath = ml_excite_nerve(x), normal = ml_bath_normal();
    const double more = bath.calcium - normal.calcium, counted = more > 0 ? node_enough * tanh(more / node_enough) : more;
    const double alone = node_calcium * counted + node_sodium * (bath.sodium - normal.sodium);
    const double moved = node_most * tanh(node_left * alone / node_most);
    const double pulse = x->value[ML_X_pulse], most = fmax(pulse, x->value[ML_X_pulse_most]);
    const double sinus = fmin(fmax(pulse + moved, rate_least), most), led = fmin(answering(atrial_channels(&bath)), 1);
    const double healthy = ml_excite_normal().value[ML_X_pulse];
    const double cycle = node_cycle * node_delay(&bath) * pow(healthy / fmax(sinus, healthy), node_hurried);
    Rates r;
    r.atria = led * sinus + (1 - led) * fmin(sinus, junction_rate);
    r.ventricles = fmax(fmin(r.atria, 60000 / cycle), rate_least);
    return r;
}

/* What the ventricle sees: calcium within what its cells were made for. */
static MlBath bath_of(const MlExcite *x) {
    MlBath bath = ml_excite_nerve(x);
    bath.calcium = fmin(fmax(bath.calcium, calcium_least), calcium_most);
    return bath;
}

MlHeartInput ml_heart_of(const MlExcite *x) { return (MlHeartInput){bath_of(x), 60000 / rates_of(x).ventricles}; }

void ml_heart_outputs(const MlExcite *x, const MlHeartRead *usual, const MlHeartRead *now, double *out) {
    const MlBath bath = ml_excite_nerve(x);
    const Rates rate = rates_of(x);
    const double slower = now->velocity > 0 ? usual->velocity / now->velocity : NAN;
    const double atrial = atrial_channels(&bath);
    OUT(heart_rate) = now->velocity > 0 ? rate.ventricles : 0;
    if (now->velocity == 0 && OUT(mean_arterial_pressure) > still_pressure) OUT(mean_arterial_pressure) = still_pressure;
    OUT(pr_interval) = pr_atrium / sqrt(atrial) + pr_node * node_delay(&bath) + pr_ventricle * slower;
    OUT(qrs_duration) = qrs_normal * slower;
    OUT(qt_interval) = now->repolarized;
    OUT(qtc_interval) = OUT(qt_interval) * cbrt(rate.ventricles / 60);
    OUT(t_wave_amplitude) = now->t_wave / usual->t_wave;
    OUT(ventricular_resting_potential) = now->rest;
    OUT(ventricular_action_potential_duration) = now->duration;
    OUT(p_wave_amplitude) = answering(atrial);
    OUT(atrioventricular_conduction) = fmin(rate.ventricles / rate.atria, 1);
    OUT(ventricular_conduction) = now->velocity / usual->velocity;
    OUT(early_afterdepolarization) = now->after;
}
