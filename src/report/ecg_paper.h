/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_ECG_PAPER_H
#define ML_REPORT_ECG_PAPER_H

#include "report/ecg.h"

#include <stdio.h>

/* Electrocardiograms on their paper: squares of 1 mm in larger ones of 5 mm, 25 mm/s and 10 mm/mV, in true size where the screen
 * or the printer knows its own. To the left strips of 4.8 s below each other, after a calibration pulse of 1 mV; to the right the
 * beats over each other, twice as large in both directions, with the intervals of the first. */
typedef struct MlEcgStrip {
    const char *name;  /* "at the start" */
    const char *style; /* "here", "own" (grey), or a color of page.c, "c0" to "c7" */
    const MlEcg *ecg;
} MlEcgStrip;

enum { ML_ECG_STRIPS = 8 };

/* Writes the figure. key: a word of its own in the page, for references; title: what is drawn. The last strip lies lowest in the
 * drawing of beats; brackets are drawn for up to two. */
void ml_ecg_paper(const MlEcgStrip *strip, int n, const char *key, const char *title, FILE *out);

#endif
