/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_DEATH_WORDS_H
#define ML_REPORT_DEATH_WORDS_H

#include "report/words.h"

enum { ML_DEATH_FINDINGS = 4 };

/* Of what, when, at what value, what moved it there, which flags were the warning, which limits were passed before: at most
 * ML_DEATH_FINDINGS sentences, at least one. */
int ml_death_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines);

/* What is explained of a death, an index of MlWhy; -1: nothing. */
int ml_death_why(const MlResult *r);

#endif
