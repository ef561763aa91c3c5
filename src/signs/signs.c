/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/signs.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "signs/past.h"

static const double DWELL = 0.05; /* L of dialysis fluid in the peritoneum */
enum { MARGINS = 3 }; /* per limit: becoming worse, going back, the end of the hold */

/* How far beyond the limits, when, and what is told of it. */
typedef struct MlMoment {
    double grade, time, told;
    int output; /* that is told, -1: none */
} MlMoment;

static const MlMoment never = {-INFINITY, NAN, NAN, -1};

/* Where one limit stands. */
typedef struct Standing {
    int level;       /* worst severity since it is on; 0: off */
    double since;    /* beyond the first limit, waiting for the hold; NaN: not */
    MlMoment worst;  /* of that wait */
    double measured; /* last, NaN: never */
    double changed;  /* when it last went on or off */
} Standing;

struct MlSigns {
    double start[ML_NOUTPUT];
    double own_bicarbonate, own_pco2; /* what is normal for the person, less what is for others */
    double own_water;                 /* what is normal for the person, L */
    double t;       /* last observation */
    double removed; /* urea by dialysis until then, mmol */
    const MlFlagLimit *limit;
    int nlimit;
    Standing *standing;     /* nlimit */
    int span[ML_NFLAG];     /* index of the open span, -1: none */
    double worst[ML_NFLAG]; /* grade at its peak */
    const MlFlagLimit *death; /* NULL: alive */
    double death_time;
    int nspan, room;
    MlFlagSpan *spans;
    MlPast past;
};

milieu_code ml_signs_create(const MlMemory *memory, const double *start, MlSigns **signs, milieu_error *err) {
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    MlSigns *s = *signs = ml_new(memory, 1, sizeof *s);
    if (s) s->standing = ml_new(memory, (size_t)n, sizeof *s->standing);
    if (!s || !s->standing) {
        ml_signs_destroy(signs);
        return ml_fail(err, MILIEU_NO_MEMORY, "signs", "out of memory");
    }
    memcpy(s->start, start, sizeof s->start);
    s->own_water = start[ML_O_body_water];
    s->t = s->removed = NAN;
    s->limit = limit;
    s->nlimit = n;
    for (int i = 0; i < n; i++) s->standing[i] = (Standing){0, NAN, never, NAN, NAN};
    for (int f = 0; f < ML_NFLAG; f++) s->span[f] = -1;
    ml_past_begin(&s->past, start[ML_O_body_mass], start[ML_O_gfr]);
    return MILIEU_OK;
}

void ml_signs_own_acid(MlSigns *s, double bicarbonate, double pco2) {
    s->own_bicarbonate = bicarbonate;
    s->own_pco2 = pco2;
}

void ml_signs_own_water(MlSigns *s, double water) { s->own_water = water; }

const double *ml_signs_start(const MlSigns *s) { return s->start; }

void ml_signs_destroy(MlSigns **signs) {
    if (!*signs) return;
    ml_free((*signs)->standing);
    ml_free((*signs)->spans);
    ml_free(*signs);
    *signs = NULL;
}

/* ---- measures ---- */

/* Two disorders of acid and base, each with its ordinary answer in the other's measure, together make what is seen:
 *
 *     HCO3 - 24 = m + k r,   PCO2 - 40 = c m + r
 *     k = 0.45 below normal PCO2 (0.4 to 0.5 are given), 0.4 above;  c = 1.2 below normal bicarbonate, 0.7 above
 *
 * so that an answer is no disorder. Where the answer is not there yet, this makes too much of either: what is seen itself
 * bounds it. Who is healthy at other values (pregnancy) is told by what lies as far from 24 and 40. Adrogue & Madias, J Am Soc Nephrol 2010;21:920, doi:10.1681/ASN.2009121211. */
static const double normal_bicarbonate = 24, normal_pco2 = 40;

static double kidney_answer(double pco2) { return pco2 < normal_pco2 ? 0.45 : 0.4; }

static double breathing_answer(double bicarbonate) { return bicarbonate < normal_bicarbonate ? 1.2 : 0.7; }

static double metabolic(int side, double bicarbonate, double pco2) {
    const double a = bicarbonate - normal_bicarbonate, b = pco2 - normal_pco2, k = kidney_answer(pco2);
    const double own = (a - k * b) / (1 - k * breathing_answer(bicarbonate));
    return normal_bicarbonate + side * fmin(side * a, side * own);
}

static double respiratory(int side, double bicarbonate, double pco2) {
    const double a = bicarbonate - normal_bicarbonate, b = pco2 - normal_pco2, c = breathing_answer(bicarbonate);
    return normal_pco2 + side * fmin(side * b, side * (b - c * a) / (1 - kidney_answer(pco2) * c));
}

/* Glucose draws water out of cells: Hillier, Am J Med 1999;106:399, 2.4 mmol/L for 100 mg/dL. */
static double corrected(double sodium, double glucose) {
    static const double normal_glucose = 5.55, fall = 2.4 / 5.55;
    return sodium + fall * fmax(glucose - normal_glucose, 0);
}

/* Of the interstitium, what is beyond the most that goes with a plasma volume in health (4.8 times it, 5.2 with salt). */
static double edema(const double *start) { return fmax(start[ML_O_interstitial_volume] - 5.2 * start[ML_O_plasma_volume], 0); }

/* What burned or crushed tissue and leaking capillaries hold is not too much: the room it has made, and of the edema two and a half
 * times as much, which is what the rule of Parkland gives (4 mL/kg for each percent: injuries.def). */
static double swelling(const double *start, const double *out) {
    const double room = out[ML_O_damaged_tissue_room] - start[ML_O_damaged_tissue_room];
    return fmax(room, fmin(edema(out) - edema(start), 2.5 * room));
}

static double measured(const MlSigns *s, const MlFlagLimit *l, double t, const double *out) {
    const double x = out[l->output], start = s->start[l->output];
    const double urine = out[ML_O_urine_volume], gfr = out[ML_O_gfr], hour = 60;
    switch ((MlFlagMeasure)l->measure) {
    case ML_MEASURE_VALUE:
        return x;
    case ML_MEASURE_CHANGE:
        return 100 * (x / start - 1);
    case ML_MEASURE_WATER:
        return 100 * (x - s->own_water - (l->side < 0 ? 0 : swelling(s->start, out))) / s->start[ML_O_body_mass];
    case ML_MEASURE_RISE_24:
        return ml_past_rise(&s->past, t, x, 24 * hour);
    case ML_MEASURE_RISE_48:
        return ml_past_rise(&s->past, t, x, 48 * hour);
    case ML_MEASURE_FALL_24:
        return ml_past_fall(&s->past, t, x, 24 * hour);
    case ML_MEASURE_URINE_6:
        return ml_past_urine(&s->past, t, urine, gfr, 6 * hour);
    case ML_MEASURE_URINE_12:
        return ml_past_urine(&s->past, t, urine, gfr, 12 * hour);
    case ML_MEASURE_URINE_24:
        return ml_past_urine(&s->past, t, urine, gfr, 24 * hour);
    case ML_MEASURE_CREATININE_RISE:
        return ml_past_creatinine(&s->past, t, x).rise;
    case ML_MEASURE_CREATININE_RATIO:
        return ml_past_creatinine(&s->past, t, x).ratio;
    case ML_MEASURE_CREATININE_ACUTE:
        return ml_past_creatinine(&s->past, t, x).acute;
    case ML_MEASURE_CORRECTED:
        return corrected(x, out[ML_O_plasma_glucose]);
    case ML_MEASURE_METABOLIC:
        return metabolic(l->side, x - s->own_bicarbonate, out[ML_O_arterial_pco2] - s->own_pco2);
    case ML_MEASURE_RESPIRATORY:
        return respiratory(l->side, out[ML_O_plasma_bicarbonate] - s->own_bicarbonate, x - s->own_pco2);
    case ML_NMEASURE:
        break;
    }
    return NAN;
}

double ml_signs_measured(const MlSigns *s, int limit, double t, const double *out) { return measured(s, &s->limit[limit], t, out); }

/* ---- limits ---- */

/* How far beyond a limit; not positive on the good side. */
static double beyond(const MlFlagLimit *l, double limit, double x) { return l->side * (x - limit); }

/* The next limit that is not NaN, from severity k + 1 on; 3: none. */
static int next_limit(const MlFlagLimit *l, int k) {
    while (k < 3 && isnan(l->limit[k])) k++;
    return k;
}

static double first_limit(const MlFlagLimit *l) { return l->limit[next_limit(l, 0)]; }

static int severity_of(const MlFlagLimit *l, double x) {
    for (int k = 2; k >= 0; k--)
        if (beyond(l, l->limit[k], x) > 0) return k + 1;
    return 0;
}

/* Severity without steps, so that the worst moment is known within one severity and across measures. */
static double grade(const MlFlagLimit *l, double x) {
    const int k = severity_of(l, x);
    if (k == 0) return 0;
    const double here = l->limit[k - 1], past = beyond(l, here, x);
    const int next = next_limit(l, k);
    if (next < 3) return k + past / fabs(l->limit[next] - here) * (next + 1 - k);
    return k + past / fmax(fabs(here), 1e-3);
}

/* ---- crossings ---- */

int ml_signs_margin_count(void) {
    const MlFlagLimit *list;
    return MARGINS * ml_flag_limits(&list);
}

void ml_signs_margins(const MlSigns *s, double t, const double *out, double *margin) {
    for (int i = 0; i < s->nlimit; i++) {
        const MlFlagLimit *l = &s->limit[i];
        const Standing *st = &s->standing[i];
        const double x = measured(s, l, t, out), ahead = beyond(l, first_limit(l), x);
        const int waiting = st->level == 0 && !isnan(st->since), next = next_limit(l, st->level);
        double *m = margin + MARGINS * i;
        m[0] = waiting || next == 3 ? NAN : -beyond(l, l->limit[next], x);
        m[1] = waiting ? ahead : st->level > 0 ? ahead + l->hysteresis : NAN;
        m[2] = waiting ? st->since + l->hold - t : NAN;
    }
}

/* ---- observing ---- */

/* When the measure crossed a value since the last observation. */
static double crossed(const MlSigns *s, const Standing *st, double value, double t, double x) {
    const double share = (value - st->measured) / (x - st->measured);
    return share >= 0 && share <= 1 ? s->t + share * (t - s->t) : t;
}

/* What is told of a limit on a value is that value, of others the output of the flag. */
static int output_told(const MlFlagLimit *l) {
    const int output = ml_flag_info(l->flag).output;
    return output >= 0 && l->measure == ML_MEASURE_VALUE ? l->output : output;
}

/* A balance of water counts from where its limits do. */
static double value_told(const MlSigns *s, int output, const double *out) {
    if (output < 0) return NAN;
    const double water = out[ML_O_body_water] - s->own_water;
    return output == ML_O_water_balance && !isnan(water) ? water : out[output];
}

static MlMoment moment_of(const MlSigns *s, const MlFlagLimit *l, double t, double x, const double *out) {
    const int output = output_told(l);
    return (MlMoment){grade(l, x), t, value_told(s, output, out), output};
}

static void stand(const MlSigns *s, int i, double t, double x, const double *out) {
    const MlFlagLimit *l = &s->limit[i];
    Standing *st = &s->standing[i];
    const int severity = severity_of(l, x);
    const double first = first_limit(l);
    if (st->level > 0) {
        if (severity > st->level) st->level = severity;
        if (beyond(l, first, x) + l->hysteresis < 0) {
            st->level = 0;
            st->changed = crossed(s, st, first - l->side * l->hysteresis, t, x);
        }
    } else if (severity == 0) {
        st->since = NAN;
    } else {
        if (isnan(st->since)) {
            st->since = crossed(s, st, first, t, x);
            st->worst = never;
        }
        const MlMoment now = moment_of(s, l, t, x, out);
        if (!isnan(now.told) && now.grade > st->worst.grade) st->worst = now;
        if (t - st->since >= l->hold) {
            st->level = severity;
            st->changed = l->flag == ML_FLAG_lethal ? st->since + l->hold : st->since;
            st->since = NAN;
        }
    }
    st->measured = x;
}

/* Who dies waits no longer for what is there already. */
static void end_waits(MlSigns *s) {
    int dead = 0;
    for (int i = 0; i < s->nlimit; i++) dead |= s->limit[i].flag == ML_FLAG_lethal && s->standing[i].level > 0;
    for (int i = 0; dead && i < s->nlimit; i++) {
        Standing *st = &s->standing[i];
        if (st->level > 0 || isnan(st->since) || s->limit[i].flag == ML_FLAG_lethal) continue;
        st->level = severity_of(&s->limit[i], st->measured);
        st->changed = st->since;
        st->since = NAN;
    }
}

/* Quantities that have no value where an axon cannot fire at all; of others a value that is missing is unknown. */
static int is_margin(int output) { return output == ML_O_motor_axon_margin || output == ML_O_sensory_axon_margin; }

static void stand_down(Standing *st, double t) {
    if (st->level > 0) st->changed = t;
    st->level = 0;
    st->since = NAN;
}

static milieu_code open_span(MlSigns *s, int flag, double on, milieu_error *err) {
    if (s->nspan == s->room) {
        const int room = s->room ? 2 * s->room : 16;
        MlFlagSpan *grown = ml_grow(ml_memory_of(s), s->spans, (size_t)room, sizeof *grown);
        if (!grown) return ml_fail(err, MILIEU_NO_MEMORY, "signs", "out of memory");
        s->spans = grown;
        s->room = room;
    }
    s->span[flag] = s->nspan;
    s->worst[flag] = -INFINITY;
    s->spans[s->nspan++] =
        (MlFlagSpan){.flag = flag, .on = on, .off = NAN, .output = -1, .peak_time = on, .peak_value = NAN};
    return MILIEU_OK;
}

/* What the limits of a flag say together. */
typedef struct Verdict {
    int level;
    double on, off; /* of the first limit to go on, of the last to go off */
    MlMoment now, before; /* the worst, and that while it was awaited */
    const MlFlagLimit *first; /* to go on */
} Verdict;

static Verdict judge(const MlSigns *s, int flag, double t, const double *out) {
    Verdict v = {0, INFINITY, NAN, never, never, NULL};
    for (int i = 0; i < s->nlimit; i++) {
        const MlFlagLimit *l = &s->limit[i];
        const Standing *st = &s->standing[i];
        if (l->flag != flag) continue;
        if (st->level == 0) {
            v.off = fmax(v.off, st->changed);
            continue;
        }
        if (st->level > v.level) v.level = st->level;
        if (st->changed < v.on) {
            v.on = st->changed;
            v.first = l;
        }
        const MlMoment now = moment_of(s, l, t, st->measured, out);
        if (now.grade > v.now.grade) v.now = now;
        if (st->worst.grade > v.before.grade) v.before = st->worst;
    }
    return v;
}

static void note_worst(MlSigns *s, int flag, const MlMoment *m) {
    if (!(m->grade > s->worst[flag]) || isnan(m->told)) return;
    MlFlagSpan *span = &s->spans[s->span[flag]];
    s->worst[flag] = m->grade;
    span->output = m->output;
    span->peak_time = m->time, span->peak_value = m->told;
}

static milieu_code update(MlSigns *s, int flag, double t, const double *out, milieu_error *err) {
    const Verdict v = judge(s, flag, t, out);
    if (v.level == 0) {
        if (s->span[flag] >= 0) s->spans[s->span[flag]].off = v.off;
        s->span[flag] = -1;
        return MILIEU_OK;
    }
    if (s->span[flag] < 0) {
        ML_TRY(open_span(s, flag, v.on, err));
        note_worst(s, flag, &v.before);
    }
    MlFlagSpan *span = &s->spans[s->span[flag]];
    if (v.level > span->severity) span->severity = v.level;
    note_worst(s, flag, &v.now);
    if (flag == ML_FLAG_lethal) {
        s->death = v.first;
        s->death_time = span->on;
    }
    return MILIEU_OK;
}

milieu_code ml_signs_observe(MlSigns *s, double t, const double *out, milieu_error *err) {
    if (s->death) return MILIEU_OK;
    for (int i = 0; i < s->nlimit; i++) {
        const double x = measured(s, &s->limit[i], t, out);
        if (!isnan(x)) stand(s, i, t, x, out);
        else if (is_margin(s->limit[i].output)) stand_down(&s->standing[i], t);
    }
    end_waits(s);
    const double removed = out[ML_O_dialysis_urea_total];
    if (removed > s->removed || out[ML_O_peritoneal_volume] > DWELL) ml_past_dialysis(&s->past, t);
    s->removed = removed;
    ml_past_note(&s->past, t, out[ML_O_plasma_sodium], out[ML_O_urine_volume], out[ML_O_gfr], out[ML_O_plasma_creatinine]);
    s->t = t;
    for (int f = 0; f < ML_NFLAG; f++) ML_TRY(update(s, f, t, out, err));
    return MILIEU_OK;
}

const char *ml_signs_death(const MlSigns *s, double *time) {
    if (s->death && time) *time = s->death_time;
    return s->death ? s->death->cause : NULL;
}

const MlFlagLimit *ml_signs_deadly(const MlSigns *s) { return s->death; }

const MlFlagSpan *ml_signs_spans(const MlSigns *s, int *n) {
    *n = s->nspan;
    return s->spans;
}
