/* SPDX-License-Identifier: Apache-2.0 */
/* The wall of the ventricle from a table made at build time, for long runs and cohorts.
 *
 *     out(K, Ca, x1, x2, ...) = base(K, Ca) + sum over i of (alone_i(x_i) - base at normal) + rate(K, cycle) - rate(K, normal)
 *
 * by cubic interpolation in potassium (by equal ratios) and calcium, in the others alone; velocity by its logarithm. What lies beyond
 * the ends of an axis counts as the end. test_heart_lookup.c holds how far off it is. */
#ifndef ML_TISSUE_LOOKUP_HEART_LOOKUP_H
#define ML_TISSUE_LOOKUP_HEART_LOOKUP_H

#include "tissue/heart.h"

void ml_heart_lookup(const MlHeartInput *in, MlHeartRead *out);

enum { ML_HEART_POTASSIUM = 16, ML_HEART_CALCIUM = 8, ML_HEART_FEW = 5 };
enum {
#define READ(id, unit, text) ML_HEART_READ_##id,
    ML_HEART_READ(READ)
#undef READ
        ML_HEART_NREAD
};
enum { ML_HEART_SODIUM, ML_HEART_MAGNESIUM, ML_HEART_PH, ML_HEART_TEMPERATURE, ML_HEART_NALONE };

typedef struct MlHeartTable {
    double base[ML_HEART_POTASSIUM][ML_HEART_CALCIUM][ML_HEART_NREAD]; /* potassium, calcium */
    double alone[ML_HEART_NALONE][ML_HEART_FEW][ML_HEART_NREAD];   /* less the normal */
    double rate[ML_HEART_POTASSIUM][ML_HEART_FEW][ML_HEART_NREAD];    /* potassium, cycle; less that of the normal cycle */
} MlHeartTable;

extern const MlHeartTable ml_heart_table;
extern const double ml_heart_potassium[ML_HEART_POTASSIUM], ml_heart_calcium[ML_HEART_CALCIUM];
extern const double ml_heart_few[ML_HEART_NALONE + 1][ML_HEART_FEW]; /* sodium ... temperature, cycle; the third is normal */

void ml_heart_tabulate(MlHeartTable *table);

#endif
