/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_RUN_FARTHEST_H
#define ML_RUN_FARTHEST_H

#include "run/result.h"

/* How far nerve, muscle and cramp are from those of a healthy adult at rest: of all limits that turn on a
 * flag by one of their outputs (signs/flags.def), the largest share of the way from normal to the limit. 0:
 * as normal, 1: a flag comes on. */
double ml_excite_distance(const double *normal, const double *out);

/* How far the electrocardiogram is from normal: the largest share of a change that a reader of it would call clear, of PR, QRS, QTc,
 * T wave and a slow rate; more than any of these where the impulse does not pass. */
double ml_heart_distance(const double *normal, const double *out);

/* From half of the way on, nerve and muscle are worth a closer look. */
extern const double ml_excite_notable;

/* The outputs of a healthy adult at rest, of nerve, muscle and cramp; the others are NaN. */
void ml_excite_usual(double *out);

#endif
