/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/signs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

enum { ML_O_NONE = -1, NOW = 1, LATER = 0 };
typedef enum Measure { VALUE, CHANGE, RISE, RATE } Measure;
enum { BELOW = -1, ABOVE = 1 };

enum {
#define FLAG(id, output, when, text) FLAG_##id,
#include "signs/flags.def"
    NFLAG
};

static const MlFlagInfo flags[NFLAG] = {
#define FLAG(id, output, when, text) {#id, text, ML_O_##output, when},
#include "signs/flags.def"
};

typedef struct Limit {
    int flag;
    Measure measure;
    int output, side;
    double limit[3], hysteresis;
} Limit;

static const Limit limits[] = {
#define LIMIT(flag, measure, output, side, mild, moderate, severe, hysteresis, source)                       \
    {FLAG_##flag, measure, ML_O_##output, side, {mild, moderate, severe}, hysteresis},
#include "signs/flags.def"
};
enum { NLIMIT = sizeof limits / sizeof limits[0] };

typedef struct Lethal {
    int output;
    Measure measure;
    int side;
    double limit, minutes;
    const char *cause;
} Lethal;

static const Lethal lethals[] = {
#define LETHAL(output, measure, side, limit, minutes, cause, source)                                         \
    {ML_O_##output, measure, side, limit, minutes, cause},
#include "signs/flags.def"
};
enum { NLETHAL = sizeof lethals / sizeof lethals[0] };

/* A day of the past, noted every ten minutes. */
enum { PAST = 146 };
static const double NOTE_EVERY = 10, DAY = 1440, SIX_HOURS = 360;

struct MlSigns {
    double start[ML_NOUTPUT];
    double past_time[PAST], past_sodium[PAST], past_urine[PAST]; /* rings */
    int npast, next_past;
    int on[NLIMIT];         /* severity each limit is at, 0: off */
    int span[NFLAG];        /* index of the open span, -1: none */
    double beyond[NLETHAL]; /* since when; NaN: not */
    const char *death;
    double death_time;
    int nspan, room;
    MlFlagSpan *spans;
};

int ml_flag_count(void) { return NFLAG; }
MlFlagInfo ml_flag_info(int flag) { return flags[flag]; }

milieu_code ml_signs_create(const double *start, MlSigns **signs, milieu_error *err) {
    MlSigns *s = *signs = calloc(1, sizeof *s);
    if (!s) return ml_fail(err, MILIEU_NO_MEMORY, "signs", "out of memory");
    memcpy(s->start, start, sizeof s->start);
    for (int i = 0; i < NFLAG; i++) s->span[i] = -1;
    for (int i = 0; i < NLETHAL; i++) s->beyond[i] = NAN;
    return MILIEU_OK;
}

void ml_signs_destroy(MlSigns **signs) {
    if (!*signs) return;
    free((*signs)->spans);
    free(*signs);
    *signs = NULL;
}

/* ---- measures ---- */

/* Lowest sodium noted in the last 24 h; NaN unless it was below 130: only then is a rise a danger. */
static double low_sodium(const MlSigns *s, double now) {
    double low = INFINITY;
    for (int i = 0; i < s->npast; i++)
        if (s->past_time[i] >= now - DAY && s->past_sodium[i] < low) low = s->past_sodium[i];
    return low < 130 ? low : NAN;
}

/* Urine of the last six hours, mL/kg/h; NaN before six hours have passed. */
static double urine_rate(const MlSigns *s, double now, const double *out) {
    double best = NAN, then = NAN;
    for (int i = 0; i < s->npast; i++)
        if (s->past_time[i] <= now - SIX_HOURS && !(s->past_time[i] < best)) {
            best = s->past_time[i];
            then = s->past_urine[i];
        }
    return 1000 * (out[ML_O_urine_volume] - then) / out[ML_O_body_mass] / ((now - best) / 60);
}

static double simple(const MlSigns *s, Measure m, int output, const double *out) {
    if (m == VALUE) return out[output];
    if (m == CHANGE) return 100 * (out[output] / s->start[output] - 1);
    return NAN;
}

static double measured(const MlSigns *s, const Limit *l, double t, const double *out) {
    if (l->measure == RISE) return out[l->output] - low_sodium(s, t);
    if (l->measure == RATE) return urine_rate(s, t, out);
    return simple(s, l->measure, l->output, out);
}

/* ---- crossings ---- */

/* Per limit: three severities and the way back; then the lethal ones. */
int ml_signs_margin_count(void) { return 4 * NLIMIT + NLETHAL; }

void ml_signs_margins(const MlSigns *s, const double *out, double *margin) {
    for (int i = 0; i < NLIMIT; i++) {
        const Limit *l = &limits[i];
        const double x = simple(s, l->measure, l->output, out);
        for (int k = 0; k < 3; k++) margin[4 * i + k] = l->side * (x - l->limit[k]);
        margin[4 * i + 3] = l->side * (x - l->limit[0]) + l->hysteresis;
    }
    for (int i = 0; i < NLETHAL; i++)
        margin[4 * NLIMIT + i] =
            lethals[i].side * (simple(s, lethals[i].measure, lethals[i].output, out) - lethals[i].limit);
}

/* ---- observing ---- */

static void note_past(MlSigns *s, double t, const double *out) {
    if (s->npast && t < s->past_time[(s->next_past + PAST - 1) % PAST] + NOTE_EVERY) return;
    s->past_time[s->next_past] = t;
    s->past_sodium[s->next_past] = out[ML_O_plasma_sodium];
    s->past_urine[s->next_past] = out[ML_O_urine_volume];
    s->next_past = (s->next_past + 1) % PAST;
    if (s->npast < PAST) s->npast++;
}

/* The severity a limit is at: up as soon as passed, off only beyond the hysteresis. */
static int severity_now(const Limit *l, double x, int before) {
    int severity = 0;
    for (int k = 0; k < 3; k++)
        if (l->side * (x - l->limit[k]) >= 0) severity = k + 1;
    if (severity == 0 && before > 0 && l->side * (x - l->limit[0]) + l->hysteresis >= 0) return 1;
    return severity;
}

static milieu_code open_span(MlSigns *s, int flag, double t, milieu_error *err) {
    if (s->nspan == s->room) {
        const int room = s->room ? 2 * s->room : 16;
        MlFlagSpan *grown = realloc(s->spans, sizeof *grown * (size_t)room);
        if (!grown) return ml_fail(err, MILIEU_NO_MEMORY, "signs", "out of memory");
        s->spans = grown;
        s->room = room;
    }
    s->span[flag] = s->nspan;
    s->spans[s->nspan++] = (MlFlagSpan){.flag = flag, .on = t, .off = NAN, .peak_time = t, .peak_value = NAN};
    return MILIEU_OK;
}

static int side_of(int flag) {
    for (int i = 0; i < NLIMIT; i++)
        if (limits[i].flag == flag) return limits[i].side;
    return ABOVE;
}

static milieu_code update(MlSigns *s, int flag, int severity, double t, const double *out,
                          milieu_error *err) {
    if (severity > 0 && s->span[flag] < 0) ML_TRY(open_span(s, flag, t, err));
    if (s->span[flag] < 0) return MILIEU_OK;
    MlFlagSpan *span = &s->spans[s->span[flag]];
    if (severity == 0) {
        span->off = t;
        s->span[flag] = -1;
        return MILIEU_OK;
    }
    if (severity > span->severity) span->severity = severity;
    const double x = flags[flag].output >= 0 ? out[flags[flag].output] : NAN;
    if (isnan(span->peak_value) || side_of(flag) * (x - span->peak_value) > 0) {
        span->peak_value = x;
        span->peak_time = t;
    }
    return MILIEU_OK;
}

static milieu_code watch_death(MlSigns *s, double t, const double *out, milieu_error *err) {
    for (int i = 0; i < NLETHAL && !s->death; i++) {
        const Lethal *l = &lethals[i];
        const int is = l->side * (simple(s, l->measure, l->output, out) - l->limit) >= 0;
        if (!is)
            s->beyond[i] = NAN;
        else if (isnan(s->beyond[i]))
            s->beyond[i] = t;
        if (is && t - s->beyond[i] >= l->minutes) {
            s->death = l->cause;
            s->death_time = t;
            ML_TRY(open_span(s, FLAG_lethal, t, err));
            s->spans[s->nspan - 1].severity = 3;
        }
    }
    return MILIEU_OK;
}

milieu_code ml_signs_observe(MlSigns *s, double t, const double *out, milieu_error *err) {
    int severity[NFLAG] = {0};
    note_past(s, t, out);
    for (int i = 0; i < NLIMIT; i++) {
        s->on[i] = severity_now(&limits[i], measured(s, &limits[i], t, out), s->on[i]);
        if (s->on[i] > severity[limits[i].flag]) severity[limits[i].flag] = s->on[i];
    }
    for (int f = 0; f < NFLAG; f++)
        if (f != FLAG_lethal) ML_TRY(update(s, f, severity[f], t, out, err));
    return watch_death(s, t, out, err);
}

const char *ml_signs_death(const MlSigns *s, double *time) {
    if (s->death && time) *time = s->death_time;
    return s->death;
}

const MlFlagSpan *ml_signs_spans(const MlSigns *s, int *n) {
    *n = s->nspan;
    return s->spans;
}
