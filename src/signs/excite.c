/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/excite.h"

#include <math.h>
#include <stddef.h>

const MlExciteInfo ml_excite_inputs[ML_NEXCITE] = {
#define BATH(id, key, unit, normal, low, high, text) {key, unit, text, normal, low, high},
#include "tissue/tables/bath.def"
#undef BATH
#define EXCITE(id, key, unit, normal, low, high, text) {key, unit, text, normal, low, high},
#include "signs/excite.def"
};

MlExcite ml_excite_normal(void) {
    MlExcite x;
    for (int i = 0; i < ML_NEXCITE; i++) x.value[i] = ml_excite_inputs[i].normal;
    return x;
}

MlBath ml_excite_nerve(const MlExcite *x) {
    return (MlBath){
#define BATH(id, key, unit, normal, low, high, text) .id = x->value[ML_X_##id],
#include "tissue/tables/bath.def"
#undef BATH
    };
}

MlBath ml_excite_muscle(const MlExcite *x) {
    MlBath bath = ml_excite_nerve(x);
    bath.potassium = x->value[ML_X_muscle_potassium];
    return bath;
}

/* What an input follows: its share of normal is that of an output to its reference. */
typedef struct Seen {
    int input, output;
    double reference;
} Seen;
static const Seen seen[] = {
#define SEEN(id, output, reference) {ML_X_##id, ML_O_##output, reference},
#include "signs/excite.def"
};

MlExcite ml_excite_of(const double *param, const double *out, double plasma_volume, double interstitium) {
    MlExcite x = ml_excite_normal();
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        x.value[seen[i].input] *= out[seen[i].output] / seen[i].reference;
    x.value[ML_X_fatigue] = out[ML_O_muscle_fatigue];
    x.value[ML_X_energy] = out[ML_O_muscle_energy];
    x.value[ML_X_plasma_volume] = plasma_volume * (1 - param[ML_P_underfilling]);
    x.value[ML_X_interstitium] = interstitium;
    x.value[ML_X_muscle_volume] = param[ML_P_tonicity_normal] / out[ML_O_plasma_tonicity];
    x.value[ML_X_cramp_prone] = param[ML_P_cramp_prone];
    x.value[ML_X_cramp_site] = param[ML_P_cramp_site];
    x.value[ML_X_pulse_most] = param[ML_P_pulse_most];
    x.value[ML_X_muscle_length] = param[ML_P_muscle_length];
    x.value[ML_X_slow_fibers] = param[ML_P_slow_fibers];
    for (int i = 0; i < ML_NEXCITE; i++) {
        const MlExciteInfo *in = &ml_excite_inputs[i];
        x.value[i] = isnan(x.value[i]) ? in->normal : fmin(fmax(x.value[i], in->low), in->high);
    }
    return x;
}
