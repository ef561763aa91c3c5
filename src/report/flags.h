/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_FLAGS_H
#define ML_REPORT_FLAGS_H

#include "report/number.h"

/* Flags in words. */
MlWord ml_flag_title(int flag);             /* "hyponatremia", "sodium correction too fast" */
const char *ml_flag_id(int flag);           /* "sodium_correction_too_fast" */
int ml_flag_output(int flag);               /* what its peak value is, -1 if no output of the table */
const char *ml_severity_text(int severity); /* "mild", "moderate", "severe" */

#endif
