/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/past.h"

#include <math.h>

static const double BETWEEN = 10; /* min from mark to mark */
static const double CHRONIC = 48 * 60;
static const double LOW_BEGINS = 135,
                    LOW_COUNTS = 130; /* Spasovski 2014: hyponatremia, moderate hyponatremia */
static const double HIGH_BEGINS = 145, HIGH_COUNTS = 150;
static const double LEAST_GFR = 10; /* mL/min: kidneys of people on dialysis */

static const double HOUR = 60, RISE = 26.5, RATIO = 1.5;   /* umol/L: KDIGO 2012 */
static const double RISE_WINDOW = 48 * 60, RATIO_WINDOW = 7 * 1440, NOT_ACUTE = 90 * 1440;

void ml_past_begin(MlPast *p, double mass, double gfr) {
    p->mass = mass;
    p->gfr_start = gfr >= LEAST_GFR ? gfr : NAN;
    p->begin = p->t = p->sodium = p->urine = NAN;
    p->gfr = gfr;
    p->filtrate = 0;
    p->low = (MlChronic){LOW_BEGINS, -1, NAN, NAN, NAN};
    p->high = (MlChronic){HIGH_BEGINS, 1, NAN, NAN, NAN};
    p->least = INFINITY;
    p->most = -INFINITY;
    p->last = -1;
    p->creatinine = p->reference = p->acute = p->dialyzed = NAN;
    p->least_hour = INFINITY;
    p->hour = -1;
}

static double kept(double x, double before) { return isnan(x) ? before : x; }

/* Value at t of the straight line through two points. */
static double line(double t0, double x0, double t1, double x1, double t) {
    return t1 > t0 ? x0 + (x1 - x0) * (t - t0) / (t1 - t0) : x1;
}

/* ---- filtration ---- */

static double filtrate_at(const MlPast *p, double t, double gfr) {
    return p->filtrate + 0.5e-3 * (p->gfr + gfr) * (t - p->t);
}

/* ---- sodium ---- */

static void follow(MlChronic *c, double t0, double x0, double t, double x) {
    const int beyond = c->side * (x - c->limit) > 0;
    const int before = c->side * (x0 - c->limit) > 0;
    const double crossed = beyond != before && !isnan(x0) ? line(x0, t0, x, t, c->limit) : t;
    if (beyond) {
        c->back_since = NAN;
        if (isnan(c->beyond_since)) c->beyond_since = crossed;
        if (isnan(c->from) && isnan(x0)) c->from = t;
        if (isnan(c->from) && t - c->beyond_since >= CHRONIC) c->from = c->beyond_since + CHRONIC;
    } else {
        c->beyond_since = NAN;
        if (isnan(c->back_since)) c->back_since = crossed;
        if (t - c->back_since >= CHRONIC) c->from = NAN;
    }
}

static int chronic_at(const MlChronic *c, double t) { return c->from <= t; }

/* Extreme of sodium over the window, while the disorder was chronic. */
static double extreme(const MlPast *p, int side, double t, double window) {
    const double edge = t - window;
    double x = side < 0 ? p->least : p->most;
    for (long k = p->last; k >= 0 && k > p->last - ML_PAST_MARKS; k--) {
        const MlPastMark *m = &p->mark[k % ML_PAST_MARKS],
                         *before = &p->mark[(k + ML_PAST_MARKS - 1) % ML_PAST_MARKS];
        const double at = p->begin + BETWEEN * (double)k, inner = side < 0 ? m->low : m->high;
        if (at < edge) break;
        if (isinf(inner)) continue;
        /* of the stretch that the window begins in, its two ends */
        const int whole = k == 0 || at - BETWEEN >= edge;
        const double outer = whole ? inner : line(at - BETWEEN, before->sodium, at, m->sodium, edge);
        x = side < 0 ? fmin(x, fmin(outer, m->sodium)) : fmax(x, fmax(outer, m->sodium));
    }
    return x;
}

double ml_past_rise(const MlPast *p, double t, double sodium, double window) {
    if (isnan(sodium)) return NAN;
    if (isnan(p->low.from)) return 0;
    const double low = extreme(p, -1, t, window);
    return low < LOW_COUNTS ? fmax(sodium - low, 0) : 0;
}

double ml_past_fall(const MlPast *p, double t, double sodium, double window) {
    if (isnan(sodium)) return NAN;
    if (isnan(p->high.from)) return 0;
    const double high = extreme(p, 1, t, window);
    return high > HIGH_COUNTS ? fmin(sodium - high, 0) : 0;
}

/* ---- urine ---- */

/* Urine and filtrate since the beginning, at a moment before the last observation or between it and now. */
static void passed_by(const MlPast *p, double then, double t, double urine, double filtrate, double *passed) {
    const double step = floor((then - p->begin) / BETWEEN);
    const long k = (long)step;
    const double from = p->begin + BETWEEN * step;
    const MlPastMark *a = &p->mark[k % ML_PAST_MARKS];
    double t0 = from, t1 = from + BETWEEN, u0 = a->urine, f0 = a->filtrate, u1 = p->urine, f1 = p->filtrate;
    if (k < p->last) {
        u1 = p->mark[(k + 1) % ML_PAST_MARKS].urine;
        f1 = p->mark[(k + 1) % ML_PAST_MARKS].filtrate;
    } else if (then <= p->t) {
        t1 = p->t;
    } else {
        t0 = p->t, u0 = p->urine, f0 = p->filtrate;
        t1 = t, u1 = urine, f1 = filtrate;
    }
    passed[0] = line(t0, u0, t1, u1, then);
    passed[1] = line(t0, f0, t1, f1, then);
}

double ml_past_urine(const MlPast *p, double t, double urine, double gfr, double window) {
    if (!(t - window >= p->begin) || isnan(p->gfr_start)) return NAN;
    const double now = kept(urine, p->urine), filtrate = filtrate_at(p, t, kept(gfr, p->gfr));
    double passed[2];
    passed_by(p, t - window, t, now, filtrate, passed);
    const double flow = 1000 * (now - passed[0]) / p->mass / (window / 60);
    const double share = 1000 * (filtrate - passed[1]) / window / p->gfr_start;
    return fmax(flow, 2.0 / 3.0 * share);
}

/* ---- creatinine ---- */

/* Lowest creatinine over each of two windows, the shorter first. */
typedef struct Lowest {
    double rise, ratio;
} Lowest;

static Lowest lowest(const MlPast *p, double t, double creatinine) {
    double x = creatinine < p->least_hour ? creatinine : p->least_hour;
    const double first = (t - RATIO_WINDOW - p->begin) / HOUR, recent = (t - RISE_WINDOW - p->begin) / HOUR; /* hours */
    Lowest least = {x, x};
    for (long k = p->hour; k >= 0 && k > p->hour - ML_PAST_HOURS && (double)k >= first; k--) {
        const double then = p->hourly[k % ML_PAST_HOURS];
        x = then < x ? then : x;
        if ((double)k >= recent) least.rise = x;
    }
    least.ratio = x;
    return least;
}

MlCreatinine ml_past_creatinine(const MlPast *p, double t, double creatinine) {
    if (isnan(creatinine) || isnan(p->gfr_start)) return (MlCreatinine){NAN, NAN, NAN};
    if (!isnan(p->reference)) return (MlCreatinine){creatinine - p->reference, creatinine / p->reference, creatinine};
    const Lowest least = lowest(p, t, creatinine);
    return (MlCreatinine){creatinine - least.rise, creatinine / least.ratio, 0};
}

static void note_creatinine(MlPast *p, double t, double creatinine) {
    const MlCreatinine c = ml_past_creatinine(p, t, creatinine);
    const int injured = c.rise >= RISE || c.ratio >= RATIO;
    if (isnan(p->reference) && injured) p->reference = lowest(p, t, creatinine).ratio, p->acute = t;
    else if (!isnan(p->reference) && (!injured || t - p->acute > NOT_ACUTE)) p->reference = p->acute = NAN;
    const double own = t - p->dialyzed < RATIO_WINDOW ? INFINITY : creatinine; /* what dialysis has washed down is no minimum */
    p->least_hour = fmin(p->least_hour, own);
    const long reached = (long)floor((t - p->begin) / HOUR);
    if (p->hour < reached - ML_PAST_HOURS) p->hour = reached - ML_PAST_HOURS;
    while (p->hour < reached) {
        p->hourly[++p->hour % ML_PAST_HOURS] = p->least_hour;
        p->least_hour = own;
    }
    p->creatinine = creatinine;
}

/* ---- taking note ---- */

static void set_mark(MlPast *p, long k, double t, double sodium, double urine, double filtrate) {
    const double at = p->begin + BETWEEN * (double)k;
    MlPastMark *m = &p->mark[k % ML_PAST_MARKS];
    const double x = isnan(p->t) ? sodium : line(p->t, kept(p->sodium, sodium), t, sodium, at);
    m->sodium = x;
    m->low = chronic_at(&p->low, at) ? fmin(p->least, x) : p->least;
    m->high = chronic_at(&p->high, at) ? fmax(p->most, x) : p->most;
    m->urine = isnan(p->t) ? urine : line(p->t, kept(p->urine, urine), t, urine, at);
    m->filtrate = isnan(p->t) ? 0 : line(p->t, p->filtrate, t, filtrate, at);
    p->least = INFINITY;
    p->most = -INFINITY;
    p->last = k;
}

void ml_past_dialysis(MlPast *p, double t) { p->dialyzed = t; }

void ml_past_note(MlPast *p, double t, double sodium, double urine, double gfr, double creatinine) {
    const double na = kept(sodium, p->sodium), volume = kept(urine, p->urine), rate = kept(gfr, p->gfr);
    const int first = isnan(p->t);
    const double filtrate = first ? 0 : filtrate_at(p, t, rate);
    if (first) p->begin = t;
    if (!isnan(creatinine)) note_creatinine(p, t, creatinine);
    if (!isnan(na)) {
        follow(&p->low, p->t, p->sodium, t, na);
        follow(&p->high, p->t, p->sodium, t, na);
    }
    const long reached = (long)floor((t - p->begin) / BETWEEN);
    if (p->last < reached - ML_PAST_MARKS) p->last = reached - ML_PAST_MARKS;
    while (p->last < reached) set_mark(p, p->last + 1, t, na, volume, filtrate);
    if (chronic_at(&p->low, t)) p->least = fmin(p->least, na);
    if (chronic_at(&p->high, t)) p->most = fmax(p->most, na);
    p->t = t;
    p->sodium = na;
    p->urine = volume;
    p->gfr = rate;
    p->filtrate = filtrate;
}
