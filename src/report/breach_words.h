/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_BREACH_WORDS_H
#define ML_REPORT_BREACH_WORDS_H

#include "report/words.h"

/* The i-th broken limit, with all times that it was broken as one. Returns how many they are, 0 where they were told with an
 * earlier one. */
int ml_breach_whole(const MlResult *r, int i, milieu_breach *whole);

/* "potassium by vein: 40 mmol within 1 h, advised at most 20 mmol; from 1 h to 2 h 20 min" */
void ml_breach_words(const MlResult *r, const milieu_breach *b, int times, char *text, size_t size);

/* The limit alone: "potassium by vein, advised at most 20 mmol within 1 h"; what was done to it: "40 mmol; from 1 h to 2 h 20 min". */
void ml_breach_limit_words(const milieu_breach *b, char *text, size_t size);
void ml_breach_deed_words(const MlResult *r, const milieu_breach *b, int times, char *text, size_t size);

/* The finding of all that were broken; 0: none. */
int ml_breach_finding(const MlResult *r, MlLine *line);

#endif
