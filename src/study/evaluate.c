/* SPDX-License-Identifier: Apache-2.0 */
/* From the curves of the arms to the numbers that were observed, and how far apart they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/study.h"

/* ---- usual variation ---- */

typedef enum Kind { ABSOLUTE, RELATIVE, MIXED } Kind;

/* MIXED: relative between people, absolute for a change. */
double ml_usual_variation(int output, int change, double size) {
    static const struct {
        int output;
        double between, change;
        Kind kind;
    } rows[] = {
#define VARIATION(output, between, change, kind, source) {ML_O_##output, between, change, kind},
#include "study/variation.def"
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].output != output) continue;
        const double x = change ? rows[i].change : rows[i].between;
        const int relative = rows[i].kind == RELATIVE || (rows[i].kind == MIXED && !change);
        return relative ? x * fabs(size) : x;
    }
    return NAN;
}

/* ---- reading curves ---- */

static int inside(const MlResult *r, int j, MlWindow w) {
    return r->time[j] >= w.from - 1e-9 && r->time[j] <= w.to + 1e-9;
}

/* Mean over a window by the trapezoidal rule, as the stored moments lie. */
static double mean_over(const MlResult *r, const double *v, MlWindow w) {
    double area = 0, length = 0;
    for (int j = 0; j + 1 < r->ntime; j++) {
        if (!inside(r, j, w) || !inside(r, j + 1, w) || isnan(v[j]) || isnan(v[j + 1])) continue;
        const double h = r->time[j + 1] - r->time[j];
        area += 0.5 * h * (v[j] + v[j + 1]);
        length += h;
    }
    return length > 0 ? area / length : NAN;
}

/* The first moment of the greatest (sign 1) or least (-1) value. */
static double extreme(const MlResult *r, const double *v, MlWindow w, int sign, double *when) {
    double best = NAN;
    *when = NAN;
    for (int j = 0; j < r->ntime; j++) {
        if (!inside(r, j, w) || isnan(v[j])) continue;
        /* a plateau counts from its beginning: later values must be clearly more extreme */
        if (isnan(best) || sign * (v[j] - best) > 1e-9 * fabs(best)) {
            best = v[j];
            *when = r->time[j];
        }
    }
    return best;
}

static double time_to_reach(const MlResult *r, const double *v, MlWindow w, double level) {
    double before = NAN;
    for (int j = 0; j < r->ntime; j++) {
        if (!inside(r, j, w) || isnan(v[j])) continue;
        if (!isnan(before) && (before - level) * (v[j] - level) <= 0) {
            const double share = v[j] == before ? 0 : (level - before) / (v[j] - before);
            return r->time[j - 1] + share * (r->time[j] - r->time[j - 1]);
        }
        before = v[j];
    }
    return NAN;
}

static double at_or_mean(const MlResult *r, int output, const double *v, MlWindow w) {
    return w.from == w.to ? ml_result_at(r, output, w.from) : mean_over(r, v, w);
}

/* The taken value in a window of an arm. Times come out in the unit of the observation (min). */
static double taken(const MlObservation *o, const MlArm *arm, MlWindow w) {
    const MlResult *r = &arm->result;
    const double *v = ml_result_series(r, o->output);
    double when;
    if (!v) return NAN;
    if (w.from == w.to && o->take != ML_TAKE_TIME_TO_REACH) return ml_result_at(r, o->output, w.from);
    switch (o->take) {
    case ML_TAKE_MAX:
        return extreme(r, v, w, 1, &when);
    case ML_TAKE_MIN:
        return extreme(r, v, w, -1, &when);
    case ML_TAKE_TIME_OF_MAX:
        extreme(r, v, w, 1, &when);
        return when;
    case ML_TAKE_TIME_OF_MIN:
        extreme(r, v, w, -1, &when);
        return when;
    case ML_TAKE_TIME_TO_REACH:
        return time_to_reach(r, v, w, o->level);
    case ML_TAKE_CHANGE: {
        const double change = ml_result_at(r, o->output, w.to) - ml_result_at(r, o->output, w.from);
        return o->per_day ? change / ((w.to - w.from) / 1440.0) : change;
    }
    default:
        return mean_over(r, v, w);
    }
}

static double compare(MlAs as, double x, double base) {
    if (as == ML_AS_RATIO) return x / base;
    if (as == ML_AS_PERCENT) return 100.0 * (x / base - 1.0);
    return x - base;
}

/* With from, the change; with from and than, the change of each arm first. */
static double formed(const MlObservation *o, const MlArm *arm, MlWindow w, int final) {
    const double x = taken(o, arm, w);
    if (isnan(o->from.from)) return x;
    const double base =
        at_or_mean(&arm->result, o->output, ml_result_series(&arm->result, o->output), o->from);
    return compare(final ? o->as : ML_AS_DIFFERENCE, x, base);
}

static double simulate(const MlStudy *s, const MlObservation *o) {
    const MlArm *arm = &s->arm[o->arm];
    if (!o->than) return formed(o, arm, o->when, 1);
    const MlArm *other = &s->arm[o->than_arm];
    const MlWindow w = isnan(o->than_when.from) ? o->when : o->than_when;
    return compare(o->as, formed(o, arm, o->when, 0), formed(o, other, w, 0));
}

/* The same for a person in whom nothing happens: values stay as at the start, totals grow at their rate
 * there. */
static int is_total(int output) {
    const char *name = ml_outputs[output].name;
    const size_t n = strlen(name);
    return (n > 6 && !strcmp(name + n - 6, "_total")) || output == ML_O_urine_volume ||
           output == ML_O_insensible_volume || output == ML_O_sweat_volume || output == ML_O_intake_water;
}

/* Per minute, of an ordinary adult: 1.5 L of urine, 0.8 L unseen, 2.5 L taken in, 150 mmol of sodium and
 * chloride, 400 of urea a day. */
static double ordinary_rate(int output) {
    const char *name = ml_outputs[output].name;
    if (output == ML_O_urine_volume) return 1.5 / 1440;
    if (output == ML_O_insensible_volume) return 0.8 / 1440;
    if (output == ML_O_intake_water) return 0;
    if (!strncmp(name, "urine_urea", 10)) return 400.0 / 1440;
    if (!strncmp(name, "urine_", 6)) return 150.0 / 1440;
    return 0;
}

static double unchanged(const MlStudy *s, const MlObservation *o) {
    if (o->than) return o->as == ML_AS_RATIO ? 1 : 0;
    const MlResult *r = &s->arm[o->arm].result;
    const double start = ml_result_at(r, o->output, fmax(r->time[0], 0));
    const double rate = is_total(o->output) ? ordinary_rate(o->output) : 0;
    if (o->take >= ML_TAKE_TIME_OF_MAX) return NAN;
    if (o->take == ML_TAKE_CHANGE) return o->per_day ? 1440 * rate : rate * (o->when.to - o->when.from);
    const double then = (is_total(o->output) ? 0 : start) + rate * o->when.to;
    if (isnan(o->from.from)) return then;
    const double base = (is_total(o->output) ? 0 : start) + rate * o->from.to;
    return base == then ? (o->as == ML_AS_RATIO ? 1 : 0) : compare(o->as, then, base);
}

/* ---- judging ---- */

static int is_change(const MlObservation *o) { return o->than || !isnan(o->from.from); }

/* The spread against which a deviation counts. */
static double spread(const MlStudy *s, MlObservation *o) {
    if (!isnan(o->sd)) return o->sd;
    o->sd_assumed = 1;
    if (o->take == ML_TAKE_TIME_OF_MAX || o->take == ML_TAKE_TIME_OF_MIN || o->take == ML_TAKE_TIME_TO_REACH)
        return 0.35 * fabs(o->value);
    double size = fabs(o->value);
    if (is_change(o)) {
        const MlResult *r = &s->arm[o->arm].result;
        const double level = fabs(ml_result_at(r, o->output, fmax(r->time[0], 0)));
        if (o->as != ML_AS_DIFFERENCE) {
            const double relative = ml_usual_variation(o->output, 1, level) / level;
            return o->as == ML_AS_PERCENT ? 100 * relative : relative * fmax(size, 1);
        }
        if (!is_total(o->output)) size = level;
        return ml_usual_variation(o->output, 1, size);
    }
    return ml_usual_variation(o->output, 0, size);
}

static double deviate(const MlStudy *s, MlObservation *o, double x) {
    const double centre = 0.5 * (o->low + o->high), half = 0.5 * (o->high - o->low);
    switch (o->kind) {
    case ML_OBSERVED_VALUE:
        return (x - o->value) / spread(s, o);
    case ML_OBSERVED_RANGE:
        return (x - centre) / half;
    case ML_OBSERVED_AT_LEAST:
        return x >= o->value ? 0 : (x - o->value) / spread(s, o);
    case ML_OBSERVED_AT_MOST:
        return x <= o->value ? 0 : (x - o->value) / spread(s, o);
    case ML_OBSERVED_DIRECTION: {
        const double zero = o->as == ML_AS_RATIO ? 1 : 0;
        const int holds = o->direction == ML_DIRECTION_UP     ? x - zero > o->margin
                          : o->direction == ML_DIRECTION_DOWN ? x - zero < -o->margin
                                                              : fabs(x - zero) <= o->margin;
        return holds ? 0 : NAN;
    }
    }
    return NAN;
}

static MlVerdict judge(const MlObservation *o, double deviation) {
    if (isnan(deviation)) return o->kind == ML_OBSERVED_DIRECTION ? ML_BEYOND_2SD : ML_NOT_RUN;
    if (fabs(deviation) <= 1) return ML_WITHIN_1SD;
    return fabs(deviation) <= 2 ? ML_WITHIN_2SD : ML_BEYOND_2SD;
}

static void refuse(MlObservation *o, const char *why) {
    o->verdict = ML_NOT_RUN;
    o->simulated = o->deviation = o->no_change = NAN;
    snprintf(o->why, sizeof o->why, "%s", why);
}

static void evaluate(MlStudy *s, MlObservation *o) {
    if (!ml_outputs[o->output].available) {
        refuse(o, "this version does not compute the quantity");
    } else if (o->people || o->take >= ML_TAKE_SHARE_ABOVE) {
        refuse(o, "virtual people are not computed by this version");
    } else if (!s->arm[o->arm].ran || (o->than && !s->arm[o->than_arm].ran)) {
        refuse(o, s->arm[s->arm[o->arm].ran ? o->than_arm : o->arm].error.text);
    } else {
        o->simulated = simulate(s, o);
        if (isnan(o->simulated)) {
            refuse(o, "no value there: outside the run, after death, or none exists");
            return;
        }
        o->deviation = deviate(s, o, o->simulated);
        o->verdict = judge(o, o->deviation);
        o->no_change = deviate(s, o, unchanged(s, o));
        if (o->verdict == ML_NOT_RUN) refuse(o, "no spread is known for this quantity; give sd or tolerance");
    }
}

void ml_study_evaluate(MlStudy *s) {
    for (int i = 0; i < s->nobserved; i++) evaluate(s, &s->observed[i]);
}

/* ---- running ---- */

static int add_moments(double *t, int n, MlWindow w) {
    if (!isnan(w.from)) t[n++] = w.from;
    if (!isnan(w.to)) t[n++] = w.to;
    return n;
}

void ml_study_run_arm(const MlHouse *house, MlStudy *s, int index) {
    MlArm *arm = &s->arm[index];
    double *moments = malloc(sizeof(double) * (size_t)(6 * s->nobserved + 1));
    int n = 0;
    if (!moments) return;
    for (int i = 0; i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        if ((o->arm != index && !(o->than && o->than_arm == index)) || !ml_outputs[o->output].available)
            continue;
        ml_scenario_ask(&arm->scenario, o->output, NULL);
        n = add_moments(moments, n, o->when);
        n = add_moments(moments, n, o->from);
        n = add_moments(moments, n, o->than_when);
    }
    const MlRunOptions options = {.extra_time = moments, .nextra = n};
    arm->ran = ml_run(house, &arm->scenario, &options, &arm->result, &arm->error) == MILIEU_OK;
    free(moments);
}

/* ---- words ---- */

const char *ml_verdict_text(MlVerdict v) {
    static const char *const text[] = {"within-1sd", "within-2sd", "beyond-2sd", "not-run"};
    return text[v];
}

static int window_text(MlWindow w, char *text, size_t size) {
    const double unit = fmax(fabs(w.from), fabs(w.to)) >= 4 * 1440 ? 1440 : 60;
    const char *name = unit == 60 ? "h" : "d";
    if (w.from == w.to) return snprintf(text, size, "%.4g %s", w.from / unit, name);
    return snprintf(text, size, "%.4g-%.4g %s", w.from / unit, w.to / unit, name);
}

void ml_observation_when(const MlStudy *s, const MlObservation *o, char *text, size_t size) {
    static const char *const words[] = {"",
                                        "max ",
                                        "min ",
                                        "change ",
                                        "time of max ",
                                        "time of min ",
                                        "time to reach ",
                                        "share above ",
                                        "share below "};
    char when[40], from[40];
    window_text(o->when, when, sizeof when);
    int n = snprintf(text, size, "%s%s", o->when.from == o->when.to ? "" : words[o->take], when);
    if (!isnan(o->from.from) && n > 0 && (size_t)n < size) {
        window_text(o->from, from, sizeof from);
        n += snprintf(text + n, size - (size_t)n, " from %s", from);
    }
    if (o->than && n > 0 && (size_t)n < size) {
        n += snprintf(text + n, size - (size_t)n, " than");
        if (o->than_arm != o->arm && (size_t)n < size)
            n += snprintf(text + n, size - (size_t)n, " %s", s->arm[o->than_arm].name);
        if (!isnan(o->than_when.from) && (size_t)n < size) {
            window_text(o->than_when, from, sizeof from);
            n += snprintf(text + n, size - (size_t)n, " %s", from);
        }
    }
    if (o->as == ML_AS_PERCENT && n > 0 && (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n, ", %%");
    if (o->as == ML_AS_RATIO && n > 0 && (size_t)n < size) snprintf(text + n, size - (size_t)n, ", ratio");
}
