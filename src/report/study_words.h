/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_STUDY_WORDS_H
#define ML_REPORT_STUDY_WORDS_H

#include "study/count.h"

/* Texts that the reports of studies share. */

enum { ML_STUDY_TEXT = 64 };

/* "1.37", "0.58 to 0.67", "at least 4.4", "up", "up by more than 2" */
void ml_measured_text(const MlObservation *o, char text[ML_STUDY_TEXT]);

/* "within 1 SD", "1-2 SD", "beyond 2 SD", "not run" */
const char *ml_verdict_text(MlVerdict verdict);

/* "74 %", "-" where there is no number. */
void ml_share_text(double share, char text[ML_STUDY_TEXT]);

#endif
