/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_STUDY_PAGE_H
#define ML_REPORT_STUDY_PAGE_H

#include "study/count.h"

#include <stdio.h>

/* One self-contained HTML page: summaries, then each study with the curves of its arms over the measured
 * points. version may be NULL. */
void ml_study_page(const MlStudySet *set, const MlCounted *which, const char *version, FILE *out);

/* study_charts.c: the drawings of one study. */
void ml_study_charts(const MlStudy *study, FILE *out);

#endif
