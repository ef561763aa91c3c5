/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_STUDY_REPORT_H
#define ML_REPORT_STUDY_REPORT_H

#include "milieu/error.h"
#include "study/count.h"

#include <stdio.h>

/* Studies that have been run and compared, for people and for machines. `which` says what counts in the
 * summaries; everything is listed. */

/* One line per observation unless quiet, then the summaries by study, by topic and in all. */
void ml_study_terminal(const MlStudySet *set, const MlCounted *which, bool quiet, FILE *out);

/* One JSON object; docs/studies.md. false without memory or when writing fails. */
bool ml_study_json(const MlStudySet *set, const MlCounted *which, FILE *out);

/* docs/validation.md: the same bytes for the same runs, numbers with few digits. */
void ml_study_markdown(const MlStudySet *set, const MlCounted *which, FILE *out);

#endif
