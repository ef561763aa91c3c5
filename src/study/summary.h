/* SPDX-License-Identifier: Apache-2.0 */
/* Many studies: found, read, run and counted. */
#ifndef ML_STUDY_SUMMARY_H
#define ML_STUDY_SUMMARY_H

#include <stdio.h>

#include "study/study.h"

typedef struct MlCount {
    int points, within_1sd, within_2sd, beyond_2sd, not_run; /* within_2sd: between one and two */
    int no_change_points, no_change_within_1sd;
    double sum, sum_squares; /* of the deviations */
    int ndeviation;
} MlCount;

/* Adds one observation; contested ones and, where qualities is not NULL, those of other quality are left out
 * (0). */
int ml_count_add(MlCount *c, const MlObservation *o, const char *qualities);
double ml_count_bias(const MlCount *c);
double ml_count_rms(const MlCount *c);
double ml_count_share(const MlCount *c, int n); /* n over points; NaN without points */

typedef struct MlStudySet {
    int n;
    MlStudy *study;
} MlStudySet;

/* Adds the study files named, and all *.yaml of folders named, in order of their names. */
milieu_code ml_set_read(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues);
void ml_set_free(MlStudySet *set);

/* Runs every arm on `threads` threads and evaluates; results do not depend on their number. progress may be
 * NULL. */
void ml_set_run(MlStudySet *set, const MlHouse *house, int threads,
                void (*progress)(void *self, int done, int all), void *self);

/* Writes a table of all observations and summaries in Markdown, with limited digits. */
void ml_set_markdown(const MlStudySet *set, FILE *out);

#endif
