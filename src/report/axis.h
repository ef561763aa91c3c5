/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_AXIS_H
#define ML_REPORT_AXIS_H

#include "report/number.h"

/* Round numbers along an axis: for drawings of any kind. */
enum { ML_MAX_TICKS = 24 };
typedef struct MlTicks {
    int n;
    double step;
    double at[ML_MAX_TICKS];
} MlTicks;

/* About `wanted` (2 to 12) round numbers within low to high; none if the range is empty or no number. */
MlTicks ml_ticks(double low, double high, int wanted);
/* At most `most` (2 to 12) round times, in minutes: 5 min, 1 h, 6 h, 1 d, 7 d ... */
MlTicks ml_time_ticks(double from, double to, int most);

MlWord ml_tick_label(double value, double step); /* "140", "0.25", "1e+12" */
MlWord ml_time_label(double min, double step);   /* "30 min", "4 h", "2 d" */
/* "5 ms": a number with its unit; unit NULL: minutes, as above. */
MlWord ml_x_label(double x, double step, const char *unit);

#endif
