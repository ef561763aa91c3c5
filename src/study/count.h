/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_COUNT_H
#define ML_STUDY_COUNT_H

#include "study/set.h"

/* How many observations agree. Points are those that could be compared; what was not run is counted apart. */
typedef struct MlCount {
    int points, within_1sd, within_2sd, beyond_2sd; /* within_2sd: between one and two */
    int not_run;
    int still; /* points at which a person in whom nothing happens is within 1 SD */
    int ndeviation;
    double sum, sum_squares; /* of the deviations, where there is a number */
} MlCount;

/* Which observations count. */
typedef struct MlCounted {
    bool contested;     /* those that are contested, instead of those that are not */
    unsigned qualities; /* bit 1 << quality; 0: all */
    int topic;          /* -1: all */
} MlCounted;

/* Nothing left out but what is contested. */
MlCounted ml_counted_default(void);

bool ml_counts(const MlCounted *which, const MlStudy *study, const MlObservation *o);
MlCount ml_count_study(const MlStudy *study, const MlCounted *which);
MlCount ml_count_set(const MlStudySet *set, const MlCounted *which);

/* NaN where there is nothing to divide by. */
double ml_count_share_1sd(const MlCount *c);
double ml_count_share_2sd(const MlCount *c); /* within one or two */
double ml_count_share_still(const MlCount *c);
double ml_count_bias(const MlCount *c); /* mean of the deviations */
double ml_count_rms(const MlCount *c);

#endif
