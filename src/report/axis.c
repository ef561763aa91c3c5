/* SPDX-License-Identifier: Apache-2.0 */
#include "report/axis.h"

#include <math.h>
#include <stdio.h>

enum { HOUR = 60, DAY = 1440 };

static MlTicks ticks_of_step(double low, double high, double step) {
    MlTicks t = {.step = step};
    if (!(high > low) || !isfinite(low) || !isfinite(high) || !(step > 0)) return t;
    double first = ceil(low / step - 1e-9), slack = 1e-9 * (fabs(low) + fabs(high));
    for (double k = first; t.n < ML_MAX_TICKS && k * step <= high + slack; k++) t.at[t.n++] = k * step;
    return t;
}

MlTicks ml_ticks(double low, double high, int wanted) {
    double raw = (high - low) / wanted;
    if (!(raw > 0) || !isfinite(raw)) return (MlTicks){0};
    double power = pow(10, floor(log10(raw))), lead = raw / power;
    double round = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
    return ticks_of_step(low, high, round * power);
}

MlTicks ml_time_ticks(double from, double to, int most) {
    static const double steps[] = {1,        2,        5,        10,       15,        30,        HOUR,
                                   2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY,       2 * DAY,
                                   7 * DAY,  14 * DAY, 28 * DAY, 56 * DAY, 91 * DAY,  182 * DAY, 364 * DAY};
    for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++)
        if ((to - from) / steps[i] <= most - 1 + 1e-9) return ticks_of_step(from, to, steps[i]);
    return ticks_of_step(from, to, 364.0 * DAY * ceil((to - from) / (364.0 * DAY * (most - 1))));
}

MlWord ml_tick_label(double value, double step) {
    if (fabs(value) < 1e-9 * step) value = 0;
    if (fabs(value) >= 1e6 || (value != 0 && step < 1e-4)) return ml_short(value, 6);
    return ml_fixed(value, step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9));
}

MlWord ml_time_label(double min, double step) {
    MlWord w;
    if (min == 0) min = 0;
    if (step >= DAY)
        snprintf(w.s, sizeof w.s, "%.0f d", min / DAY);
    else if (step >= HOUR)
        snprintf(w.s, sizeof w.s, "%.0f h", min / HOUR);
    else if (step == HOUR / 2 && fabs(min) >= HOUR)
        snprintf(w.s, sizeof w.s, "%.20s h", ml_short(min / HOUR, 4).s);
    else if (step == HOUR / 2 && min != 0 && fmod(min, HOUR) == 0)
        snprintf(w.s, sizeof w.s, "%.0f h", min / HOUR);
    else
        snprintf(w.s, sizeof w.s, "%.0f min", min);
    return w;
}

MlWord ml_x_label(double x, double step, const char *unit) {
    if (!unit) return ml_time_label(x, step);
    MlWord w;
    snprintf(w.s, sizeof w.s, "%.40s %.20s", ml_tick_label(x, step).s, unit);
    return w;
}
