/* SPDX-License-Identifier: Apache-2.0 */
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MINUTES_PER_DAY = 1440 };

/* The bytes of the locale's decimal mark become a point. printf groups no digits unless asked to. */
static void with_point(char *s) {
    size_t plain = strspn(s, "+-0123456789");
    size_t mark = strcspn(s + plain, "0123456789e");
    if (mark == 0 || s[plain] == 'i' || s[plain] == 'n') return;
    s[plain] = '.';
    memmove(s + plain + 1, s + plain + mark, strlen(s + plain + mark) + 1);
}

MlWord ml_short(double v, int significant) {
    MlWord w;
    if (isnan(v)) return (MlWord){"-"};
    snprintf(w.s, sizeof w.s, "%.*g", significant, v == 0 ? 0.0 : v);
    with_point(w.s);
    return w;
}

MlWord ml_plain(double v, int significant) {
    const double size = fabs(v);
    MlWord w;
    if (!(size > 1e-9 && size < 1e12)) return ml_short(v, significant);
    const int decimals = significant - 1 - (int)floor(log10(size));
    snprintf(w.s, sizeof w.s, "%.*f", decimals > 0 ? decimals : 0, v);
    with_point(w.s);
    if (!strchr(w.s, '.')) return w;
    size_t n = strlen(w.s);
    while (w.s[n - 1] == '0') w.s[--n] = 0;
    if (w.s[n - 1] == '.') w.s[n - 1] = 0;
    return w;
}

static MlWord fixed(const char *format, double v, int decimals) {
    MlWord w;
    if (isnan(v)) return (MlWord){"-"};
    if (fabs(v) >= 1e7) return ml_plain(v, 4);
    if (fabs(v) < 0.5 * pow(10, -decimals)) v = 0;
    snprintf(w.s, sizeof w.s, format, decimals, v);
    with_point(w.s);
    return w;
}

MlWord ml_fixed(double v, int decimals) { return fixed("%.*f", v, decimals); }

MlWord ml_signed(double v, int decimals) {
    return fixed(fabs(v) < 0.5 * pow(10, -decimals) ? "%.*f" : "%+.*f", v, decimals);
}

int ml_decimals(double magnitude) {
    magnitude = fabs(magnitude);
    if (!(magnitude < 1000)) return 0;
    if (magnitude >= 100) return 1;
    if (magnitude >= 1) return 2;
    return magnitude >= 0.01 || magnitude == 0 ? 3 : 4;
}

MlWord ml_part(double v, double total) {
    if (fabs(v) < 0.01 * pow(10, -ml_decimals(total))) return (MlWord){""};
    return ml_fixed(v, ml_decimals(v));
}

MlWord ml_duration(double min) {
    MlWord w;
    const char *sign = min < 0 ? "-" : "";
    double m = fabs(min), whole = floor(m + 0.5);
    if (!isfinite(min)) return (MlWord){"-"};
    if (m > 0 && m < 0.95)
        snprintf(w.s, sizeof w.s, "%s%.0f s", sign, m * 60);
    else if (whole < 60)
        snprintf(w.s, sizeof w.s, "%s%.0f min", sign, whole);
    else if (whole < 2 * MINUTES_PER_DAY && fmod(whole, 60) == 0)
        snprintf(w.s, sizeof w.s, "%s%.0f h", sign, whole / 60);
    else if (whole < 2 * MINUTES_PER_DAY)
        snprintf(w.s, sizeof w.s, "%s%.0f h %.0f min", sign, floor(whole / 60), fmod(whole, 60));
    else {
        double hours = floor(m / 60 + 0.5);
        if (fmod(hours, 24) == 0)
            snprintf(w.s, sizeof w.s, "%s%.0f d", sign, hours / 24);
        else
            snprintf(w.s, sizeof w.s, "%s%.0f d %.0f h", sign, floor(hours / 24), fmod(hours, 24));
    }
    return w;
}

MlWord ml_clock(double start_clock, double min) {
    MlWord w;
    double of_day = fmod(floor(start_clock + min + 0.5), MINUTES_PER_DAY);
    if (!isfinite(of_day)) return (MlWord){"-"};
    if (of_day < 0) of_day += MINUTES_PER_DAY;
    snprintf(w.s, sizeof w.s, "%02d:%02d", (int)of_day / 60, (int)of_day % 60);
    return w;
}

MlWord ml_moment(double start_clock, double min) {
    MlWord w;
    double day = floor((start_clock + min) / MINUTES_PER_DAY) + 1;
    MlWord when = ml_duration(min), clock = ml_clock(start_clock, min);
    if (!isfinite(min)) return (MlWord){"-"};
    if (day == 1)
        snprintf(w.s, sizeof w.s, "%.24s (%.8s)", when.s, clock.s);
    else
        snprintf(w.s, sizeof w.s, "%.24s (day %.0f, %.8s)", when.s, day, clock.s);
    return w;
}
