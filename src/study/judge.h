/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_JUDGE_H
#define ML_STUDY_JUDGE_H

#include "study/compare.h"
#include "study/variation.h"

/* The spread against which a deviation counts: as measured, else half of a range, else usual variation in the
 * unit of the observation. NaN: none is known. *usual is set where it is the usual variation. */
double ml_spread_of(const MlObservation *o, const MlComparison *c, const MlVariations *variations,
                    bool *usual);

/* Distance of x from what was measured, in sd; 0 where a bound or range of values holds. NaN for a direction
 * and where sd is needed but not known. */
double ml_deviation(const MlObservation *o, double x, double sd);

/* The verdict on x; a deviation that is no number is judged by the direction, or ML_NOT_RUN. */
MlVerdict ml_judge(const MlObservation *o, double x, double sd);

#endif
