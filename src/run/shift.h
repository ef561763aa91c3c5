/* SPDX-License-Identifier: Apache-2.0 */
/* What drives potassium out of cells, and into them. */
#ifndef ML_RUN_SHIFT_H
#define ML_RUN_SHIFT_H

#include "body/body.h"

typedef enum MlShift {
    ML_SHIFT_INSULIN,
    ML_SHIFT_BETA2,
    ML_SHIFT_ALDOSTERONE,
    ML_SHIFT_ACID,
    ML_SHIFT_WATER,
    ML_SHIFT_EXERCISE,
    ML_SHIFT_DIGOXIN,
    ML_SHIFT_CLOCK,
    ML_SHIFT_WASTING,
    ML_NSHIFT
} MlShift;

enum { ML_SHIFT_STORES = 3 }; /* of cells: muscle, other cells, muscle with chloride */

typedef struct MlShifts {
    double rest[ML_NSTATE];                                   /* what the drivers are counted from */
    double into[ML_NSHIFT][ML_SHIFT_STORES];                  /* potassium that each holds there now, mmol */
    double outside[ML_SHIFT_STORES], inside[ML_SHIFT_STORES]; /* slopes of uptake against potassium, 1/min */
    double mixing;                                            /* of plasma with interstitium, 1/min */
    double age;                                               /* of these, min */
    double washed; /* potassium from working muscle that is still ahead in plasma, mmol */
} MlShifts;

/* Counts from insulin at its basal level, no beta-2 drive, exercise, digoxin or swing of the day, and from aldosterone,
 * acid and cell water as they are. What drives now has driven for long. */
void ml_shifts_begin(const MlContext *context, const double *y, MlShifts *shifts);
/* So many minutes about the state y. */
void ml_shifts_follow(const MlContext *context, const double *y, double minutes, MlShifts *shifts);
/* Potassium that a driver keeps out of cells now, mmol. */
double ml_shifts_out(const MlShifts *shifts, MlShift shift);
/* By how much working muscle raises plasma potassium above that of all fluid outside cells, mmol/L. */
double ml_shifts_ahead(const MlShifts *shifts, const double *y);

#endif
