/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/heart_cell.h"

#include <math.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/heart.def"
#undef PARAM

/* By layer: endocardium, epicardium, midmyocardium. */
static double of(MlHeartKind kind, double endo, double epi, double mid) {
    return kind == ML_HEART_ENDO ? endo : kind == ML_HEART_EPI ? epi : mid;
}

MlHeartCell ml_heart_published(MlHeartKind kind, double potassium, double calcium) {
    return (MlHeartCell){
        .thermal = 8314.0 * 310 / 96485,
        .gate_rate = 1,
        .sodium = 140,
        .potassium = potassium,
        .calcium = calcium,
        .chloride = 150,
        .sodium_channels = heart_sodium,
        .late_sodium = heart_late_sodium * of(kind, 1, 0.6, 1),
        .transient = heart_transient * of(kind, 1, 2, 2),
        .transient_epi = kind == ML_HEART_EPI,
        .calcium_channels = heart_calcium * of(kind, 1, 1.2, 2),
        .inactivating = heart_inactivating,
        .rapid = heart_rapid * of(kind, 1, 1.3, 0.8),
        .slow = heart_slow * of(kind, 1, 1.4, 1),
        .inward = heart_inward * of(kind, 1, 1.2, 1.3),
        .exchanger = heart_exchanger * of(kind, 1, 1.1, 1.4),
        .pump = heart_pump * of(kind, 1, 0.9, 0.7),
        .background_potassium = heart_background_potassium * of(kind, 1, 0.6, 1),
        .uptake = of(kind, 1, 1.3, 1),
        .release = of(kind, 1, 1, 1.7),
        .calmodulin = heart_calmodulin * of(kind, 1, 1.3, 1),
        .stimulus = heart_stimulus,
    };
}

void ml_heart_start(MlHeartKind kind, double state[ML_HEART_NSTATE]) {
    static const double start[ML_HEART_NSTATE][ML_NHEART] = {
#define STATE(id, endo, epi, mid) {endo, epi, mid},
        ML_HEART_STATE(STATE)
#undef STATE
    };
    for (int i = 0; i < ML_HEART_NSTATE; i++) state[i] = start[i][kind];
}
