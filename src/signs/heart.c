/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/heart.h"

#include <math.h>

#define OUT(name) out[ML_O_##name]

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "signs/ecg.def"
#include "tissue/tables/heart.def"
#undef PARAM

static double rate_of(const MlExcite *x) {
    const MlBath bath = ml_excite_nerve(x), normal = ml_bath_normal();
    const double alone = node_calcium * (bath.calcium - normal.calcium) + node_sodium * (bath.sodium - normal.sodium);
    const double moved = node_most * tanh(node_left * alone / node_most);
    const double pulse = x->value[ML_X_pulse], most = fmax(pulse, x->value[ML_X_pulse_most]);
    return fmin(fmax(pulse + moved, rate_least), most);
}

/* What the ventricle sees: calcium within what its cells were made for. */
static MlBath bath_of(const MlExcite *x) {
    MlBath bath = ml_excite_nerve(x);
    bath.calcium = fmax(bath.calcium, calcium_least);
    return bath;
}

MlHeartInput ml_heart_of(const MlExcite *x) { return (MlHeartInput){bath_of(x), 60000 / rate_of(x)}; }

void ml_heart_outputs(const MlExcite *x, const MlHeartRead *usual, const MlHeartRead *now, double *out) {
    const MlBath bath = ml_excite_nerve(x);
    const double rate = rate_of(x), slower = now->velocity > 0 ? usual->velocity / now->velocity : NAN;
    const double across = 1000 * heart_spacing * ML_HEART_WALL / now->velocity;
    OUT(heart_rate) = rate;
    OUT(pr_interval) = pr_conduction * slower + pr_node * exp(pr_shift * ml_surface_shift(&bath)) / ml_heart_magnesium(&bath);
    OUT(qrs_duration) = qrs_normal * slower;
    OUT(qt_interval) = now->repolarized + recovered_first * (OUT(qrs_duration) - across);
    OUT(qtc_interval) = OUT(qt_interval) * cbrt(rate / 60);
    OUT(t_wave_amplitude) = now->t_wave / usual->t_wave;
    OUT(ventricular_resting_potential) = now->rest;
    OUT(ventricular_action_potential_duration) = now->duration;
}
