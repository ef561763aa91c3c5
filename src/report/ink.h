/* SPDX-License-Identifier: Apache-2.0 */
/* Color and headings of a terminal. */
#ifndef ML_REPORT_INK_H
#define ML_REPORT_INK_H

#include <stdio.h>

typedef enum MlInk { ML_PLAIN, ML_BOLD, ML_DIM, ML_YELLOW, ML_RED } MlInk;

/* Nothing where there is no color. */
void ml_ink(FILE *out, int color, MlInk ink);
/* An empty line, then the text in bold. */
void ml_heading(FILE *out, int color, const char *text);

#endif
