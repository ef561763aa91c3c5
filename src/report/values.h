/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_VALUES_H
#define ML_REPORT_VALUES_H

#include "body/body.h"
#include "report/number.h"
#include "report/report.h"

/* The outputs as a reader sees them: units asked for, sensible decimals, limits, extremes. */

MlWord ml_plain_name(int output);                         /* "plasma sodium", "GFR" */
MlWord ml_title(int output); /* "Plasma sodium": its text, or its name where the text is a sentence */
MlWord ml_capital(MlWord name);
const char *ml_shown_unit(int output, MlUnits units);     /* "mmol/L"; "" for pure numbers */
double ml_shown(int output, MlUnits units, double value); /* from the SI unit */
MlWord ml_shown_word(int output, MlUnits units, double value); /* with its usual decimals: "4.19" */
double ml_shown_change(int output, MlUnits units, double change);
int ml_shown_decimals(int output, MlUnits units, double magnitude);

/* The laboratory limits of an output in the units asked for; 0 where there are none. source may be NULL. */
int ml_reference(int output, MlUnits units, double *low, double *high, const char **source);

typedef struct MlExtremes {
    int n; /* values that are no NaN; 0: nothing else is set */
    double start, end, low, high, low_at, high_at;
    double worst, worst_at; /* farthest outside the limits, or else from the start; not the
                               * start itself where a run begins at its worst */
} MlExtremes;

MlExtremes ml_extremes(const MlResult *r, int output);
MlExtremes ml_extremes_between(const MlResult *r, int output, double from, double to);

/* Nothing of it was there at any time, but for rounding. */
int ml_is_absent(const MlBalance *b);

/* First and last moment of the stored series; 0 and 0 if there is none. */
double ml_first_time(const MlResult *r);
double ml_last_time(const MlResult *r);

#endif
