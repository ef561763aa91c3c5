/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_CURVE_H
#define ML_STUDY_CURVE_H

#include "run/result.h"
#include "study/study.h"

/* Numbers read off the curve of one output. Before a run begins the person is in the steady state in which it
 * begins, so the first value holds; behind its end there is none. All give NaN where there is no value. */

double ml_curve_at(const MlResult *r, int output, double t);

/* Mean over time, by the trapezoidal rule through what is stored. */
double ml_curve_mean(const MlResult *r, int output, MlWindow w);

/* The greatest (sign 1) or least (-1) value, and the moment of it: of a plateau its first. when may be NULL.
 */
double ml_curve_extreme(const MlResult *r, int output, MlWindow w, int sign, double *when);

/* The first moment at which the level is reached or crossed, from either side. */
double ml_curve_reach(const MlResult *r, int output, MlWindow w, double level);

#endif
