/* SPDX-License-Identifier: Apache-2.0 */
/* What cmake/make_axon.c computes when the project is built: the readouts of both axons over a grid of what they feel. */
#ifndef ML_TISSUE_AXON_TABLE_H
#define ML_TISSUE_AXON_TABLE_H

#include "tissue/axon.h"

/* An axis: n points from low, step apart. */
typedef struct MlAxis {
    double low, step;
    int n;
} MlAxis;

enum { TABLE_POTASSIUM = 16, TABLE_SHIFT = 20, TABLE_SODIUM = 2, TABLE_TEMPERATURE = 3, TABLE_FINE = 41, TABLE_FINE_SODIUM = 3 };

static const MlAxis axis_potassium = {0.3, 0.133, TABLE_POTASSIUM}; /* of the logarithm: 1.35 to 9.9 mmol/L */
static const MlAxis axis_fine = {0.3, 0.05, TABLE_FINE};             /* the same, for what jumps */
static const MlAxis axis_shift = {-9, 1, TABLE_SHIFT};              /* mV */
static const MlAxis axis_sodium = {110, 60, TABLE_SODIUM};          /* mmol/L */
static const MlAxis axis_fine_sodium = {110, 30, TABLE_FINE_SODIUM};
static const MlAxis axis_temperature = {32, 5, TABLE_TEMPERATURE};  /* degC */

enum {
    TABLE_POINTS = TABLE_POTASSIUM * TABLE_SHIFT * TABLE_SODIUM * TABLE_TEMPERATURE,
    TABLE_FIRING = TABLE_FINE * TABLE_FINE_SODIUM * TABLE_TEMPERATURE,
    TABLE_RATES = TABLE_FINE * TABLE_TEMPERATURE,
    TABLE_BLOCK = TABLE_SHIFT * TABLE_FINE_SODIUM * TABLE_TEMPERATURE
};

typedef struct MlAxonTable {
    float rest[TABLE_POINTS];          /* mV */
    float log_threshold[TABLE_POINTS]; /* of pA */
    float velocity[TABLE_POINTS];      /* of the median axon, m/s, 0 where it is blocked */
    float log_block[TABLE_BLOCK];      /* of the potassium from which it is, mmol/L */
    float firing_shift[TABLE_FIRING];  /* mV; NaN: none */
    float rate[TABLE_RATES];           /* 1/s, at normal sodium */
} MlAxonTable;

static inline int table_point(int potassium, int shift, int sodium, int temperature) {
    return ((potassium * TABLE_SHIFT + shift) * TABLE_SODIUM + sodium) * TABLE_TEMPERATURE + temperature;
}

static inline int table_firing(int potassium, int sodium, int temperature) {
    return (potassium * TABLE_FINE_SODIUM + sodium) * TABLE_TEMPERATURE + temperature;
}

static inline int table_block(int shift, int sodium, int temperature) {
    return (shift * TABLE_FINE_SODIUM + sodium) * TABLE_TEMPERATURE + temperature;
}

static inline int table_rate(int potassium, int temperature) { return potassium * TABLE_TEMPERATURE + temperature; }

extern const MlAxonTable ml_axon_table[ML_NAXON];

#endif
