/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/heart_cell.h"

#include <math.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/heart.def"
#include "tissue/tables/heart_bath.def"
#undef PARAM

/* By layer: endocardium, epicardium, midmyocardium. */
static double of(MlHeartKind kind, double endo, double epi, double mid) {
    return kind == ML_HEART_ENDO ? endo : kind == ML_HEART_EPI ? epi : mid;
}

/* What magnesium leaves, to normal, of channels that it halves at a level. */
static double left(const MlBath *bath, double half) { return (1 + ml_bath_normal().magnesium / half) / (1 + bath->magnesium / half); }

double ml_heart_magnesium(const MlBath *bath) { return left(bath, heart_magnesium_half); }

double ml_heart_shift(const MlBath *bath) {
    const double normal = ml_bath_normal().magnesium;
    MlBath seen = *bath;
    seen.magnesium = normal + heart_magnesium_share * (bath->magnesium - normal);
    return ml_surface_shift(&seen);
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
        .unbinding = 0,
        .bound_time = heart_bound_time,
        .rapid = heart_rapid * of(kind, 1, 1.3, 0.8),
        .rapid_power = heart_rapid_power,
        .slow = heart_slow * of(kind, 1, 1.4, 1),
        .slow_gain = heart_slow_gain,
        .slow_half = heart_slow_half,
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

MlHeartCell ml_heart_cell(MlHeartKind kind, const MlBath *bath) {
    MlHeartCell c = ml_heart_published(ML_HEART_ENDO, bath->potassium, heart_calcium_scale * bath->calcium);
    const MlBath normal = ml_bath_normal();
    const double warmer = bath->temperature - normal.temperature;
    c.thermal = ml_thermal_voltage(bath->temperature);
    c.gate_rate = pow(heart_q10_gates, warmer / 10);
    c.shift = ml_heart_shift(bath);
    c.sodium = bath->sodium;
    c.chloride *= bath->chloride / normal.chloride;
    c.inactivating = heart_inactivating_body;
    c.bound_time = heart_bound_time_body;
    c.slow_gain = heart_slow_gain_body, c.slow_half = heart_slow_half_body;
    c.calcium_channels *= heart_calcium_body * of(kind, 1, heart_calcium_epi, heart_calcium_mid) * ml_heart_magnesium(bath);
    c.late_sodium *= heart_late_body;
    c.exchanger *= heart_exchanger_body * of(kind, 1, heart_exchanger_epi, heart_exchanger_mid);
    c.inward *= of(kind, 1, heart_inward_epi, heart_inward_mid);
    c.rapid_power = heart_rapid_power_body;
    c.rapid *= heart_rapid_body * of(kind, 1, heart_rapid_epi, heart_rapid_mid) * left(bath, heart_rapid_magnesium);
    return c;
}

void ml_heart_start(MlHeartKind kind, double state[ML_HEART_NSTATE]) {
    static const double start[ML_HEART_NSTATE][ML_NHEART] = {
#define STATE(id, endo, epi, mid, body) {endo, epi, mid},
        ML_HEART_STATE(STATE)
#undef STATE
    };
    for (int i = 0; i < ML_HEART_NSTATE; i++) state[i] = start[i][kind];
}

void ml_heart_start_body(double state[ML_HEART_NSTATE]) {
    static const double start[ML_HEART_NSTATE] = {
#define STATE(id, endo, epi, mid, body) body,
        ML_HEART_STATE(STATE)
#undef STATE
    };
    for (int i = 0; i < ML_HEART_NSTATE; i++) state[i] = start[i];
}
