/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_COMPARE_H
#define ML_STUDY_COMPARE_H

#include "study/study.h"

/* The value of an observation in a run. */
typedef struct MlComparison {
    double value; /* in the unit of the observation; NaN: none */
    double base;  /* what a change or comparison starts from, in the unit of the quantity; NaN: neither */
    double level; /* of the quantity there: as base, but not itself a change */
} MlComparison;

/* other: the run of than_arm, used with o->than only. */
MlComparison ml_compare(const MlObservation *o, const MlResult *run, const MlResult *other);

/* Whether a quantity counts up from t = 0: urine_volume, urine_sodium_total ... */
bool ml_output_is_total(int output);

#endif
