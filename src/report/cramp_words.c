/* SPDX-License-Identifier: Apache-2.0 */
/* A cramp threshold and a rate of cramps with their uncertainty, and a risk of cramps explained.
 *
 * The rates at the ends of the band of the threshold stand to the rate as those of such thresholds do: what impulses get
 * through, and fatigue, are the same. Where a run does not store the threshold, the nearest moment that it keeps stands for it. */
#include "report/cramp_words.h"

#include "body/body.h"
#include "report/values.h"

#include <math.h>

const char ml_cramp_remedies[] = "Electrolytes explain a cramp in part only, and what brings on the cramps of exercise is contested. Pickle "
                                 "juice works without any change in plasma; magnesium tablets do not help idiopathic cramps.";
const char ml_potassium_words[] = "Potassium moves excitability along an inverted U: more first excites, then blocks; less quiets nerve and "
                                  "weakens muscle.";

int ml_potassium_is_unusual(double plasma_potassium) {
    static const double usual[] = {3.5, 5.0}; /* mmol/L */
    return plasma_potassium < usual[0] || plasma_potassium > usual[1];
}

const char ml_block_words[] = "Few motor axons conduct: force is told without the block of nerve, so it is that of muscle alone.";

int ml_force_without_nerve(double conducting, double force) {
    static const double few = 0.5, near_normal = 0.8; /* shares */
    return conducting < few && force > near_normal;
}

/* ---- threshold and rate ---- */

MlCrampTold ml_cramp_told(const MlExcite *x, double threshold, double rate) {
    const MlCramp c = ml_cramp(x, threshold);
    const double through = c.rate > 0 ? rate / c.rate : 0;
    return (MlCrampTold){NAN, threshold, c.low, c.high, rate, through * ml_cramp(x, c.high).rate, through * ml_cramp(x, c.low).rate};
}

/* The kept moment that is nearest to this one; NULL where none is kept. */
static const MlExciteAt *nearest(const MlResult *r, double at) {
    const MlExciteAt *best = NULL;
    for (int i = 0; i < ML_NEXCITE_MOMENT; i++) {
        const MlExciteAt *e = &r->excite[i];
        if (isfinite(e->t) && e->x.value[ML_X_plasma_volume] > 0 && (!best || fabs(e->t - at) < fabs(best->t - at))) best = e;
    }
    return best;
}

static MlCrampTold kept(const MlExciteAt *e) {
    double out[ML_NOUTPUT];
    ml_excite_quick(&e->x, out);
    MlCrampTold told = ml_cramp_told(&e->x, out[ML_O_cramp_threshold_frequency], out[ML_O_cramp_rate]);
    told.at = e->t;
    return told;
}

int ml_cramp_rate_band(const MlResult *r, double at, double rate, double *low, double *high) {
    const MlExciteAt *near = nearest(r, at);
    if (!near || !(rate > 0)) return 0;
    const double stored = ml_result_at(r, ML_O_cramp_threshold_frequency, at);
    const MlCrampTold told = ml_cramp_told(&near->x, isnan(stored) ? kept(near).threshold : stored, rate);
    *low = told.rate_low, *high = told.rate_high;
    return 1;
}

/* ---- the risk of a run ---- */

int ml_same_moment(const MlResult *r, double a, double b) {
    return r->ntime > 1 && fabs(a - b) <= (ml_last_time(r) - ml_first_time(r)) / (r->ntime - 1);
}

/* The worst stretch of the flag; NULL: never on. */
static const MlFlagSpan *flagged(const MlResult *r) {
    const MlFlagSpan *worst = NULL;
    for (int i = 0; i < r->nflag; i++)
        if (r->flag[i].flag == ML_FLAG_muscle_cramp && (!worst || r->flag[i].peak_value > worst->peak_value)) worst = &r->flag[i];
    return worst;
}

int ml_cramp_risk(const MlResult *r, MlCrampTold *told) {
    static const double twice = 2, least = 0.001; /* per hour: one in six weeks */
    const MlFlagSpan *flag = flagged(r);
    const MlExtremes rate = ml_extremes(r, ML_O_cramp_rate);
    const int grown = rate.n > 0 && rate.high >= twice * rate.start && rate.high >= least;
    const MlExtremes low = ml_extremes(r, ML_O_cramp_threshold_frequency);
    const double highest_at = flag ? flag->peak_time : rate.high_at;
    const double at = low.n > 0 && ml_same_moment(r, highest_at, low.worst_at) ? low.worst_at : highest_at; /* as the threshold is told */
    const MlExciteAt *near = nearest(r, at);
    if ((!flag && !grown) || !near || (r->lethal && !flag)) return 0; /* who dies has other troubles */
    const double stored = ml_result_at(r, ML_O_cramp_threshold_frequency, at);
    *told = isnan(stored) ? kept(near) : ml_cramp_told(&near->x, stored, flag ? flag->peak_value : rate.high);
    if (!isnan(stored)) told->at = at;
    return isfinite(told->threshold);
}

/* ---- words ---- */

static const double least_told = 0.0001; /* per hour: one in a year */

static MlWord rate_word(double rate) {
    enum { FIGURES = 2 };
    return rate < least_told ? (MlWord){"under 0.0001"} : ml_plain(rate, FIGURES);
}

void ml_cramp_rate_words(double rate, double low, double high, char *text, size_t size) {
    text[0] = 0;
    ml_append(text, size, "%s per hour", rate_word(rate).s);
    if (high < least_told)
        ml_append(text, size, " over the whole band");
    else if (isfinite(low) && isfinite(high))
        ml_append(text, size, " (%s to %s)", rate_word(low).s, rate_word(high).s);
}

void ml_cramp_moved_words(const MlExcite *before, const MlExcite *after, char *text, size_t size) {
    double moved[ML_NCRAMP_CAUSE];
    const double least = 0.2; /* Hz */
    text[0] = 0;
    ml_cramp_explain(before, after, moved);
    for (int n = 0; n < ML_NCRAMP_CAUSE; n++) {
        int k = 0;
        for (int i = 1; i < ML_NCRAMP_CAUSE; i++)
            if (fabs(moved[i]) > fabs(moved[k])) k = i;
        if (fabs(moved[k]) < least) break;
        ml_append(text, size, "%s%s %+.1f", n ? ", " : "", ml_cramp_causes[k], moved[k]);
        moved[k] = 0;
    }
}

double ml_cramp_disposition(const MlExcite *x) {
    const MlExcite normal = ml_excite_normal();
    MlExcite prone = normal;
    double moved[ML_NCRAMP_CAUSE], sum = 0;
    prone.value[ML_X_cramp_prone] = x->value[ML_X_cramp_prone];
    ml_cramp_explain(&normal, &prone, moved);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) sum += moved[i];
    return sum;
}

static void risk_line(const MlResult *r, const MlCrampTold *t, MlLine *line) {
    char rate[120];
    ml_cramp_rate_words(t->rate, t->rate_low, t->rate_high, rate, sizeof rate);
    ml_append(line->s, sizeof line->s,
              "Risk of cramps: at %s the cramp threshold was %s Hz (four of five such people: %s to %s Hz); cramps to be expected, were it "
              "to last: %s.",
              ml_moment(r->start_clock, t->at).s, ml_fixed(t->threshold, 1).s, ml_fixed(t->low, 1).s, ml_fixed(t->high, 1).s, rate);
}

/* Of what the risk is made: what moved the threshold since the start, disposition, hours of work. 0: of none of these. */
static int parts_line(const MlResult *r, const MlCrampTold *t, MlLine *line) {
    static const double notable = 0.5, often = 1.1; /* Hz; factor */
    double factor[ML_NCRAMP_CAUSE];
    const MlExciteAt *from = &r->excite[ML_EXCITE_START], *to = nearest(r, t->at);
    const double own = ml_cramp_disposition(&to->x);
    char moved[300] = "";
    if (to->t > from->t) ml_cramp_moved_words(&from->x, &to->x, moved, sizeof moved);
    if (*moved)
        ml_append(line->s, sizeof line->s, "What moved the threshold from the start until %s, in Hz: %s.",
                  ml_same_moment(r, to->t, t->at) ? "then" : ml_moment(r->start_clock, to->t).s, moved);
    if (!*moved) ml_append(line->s, sizeof line->s, "Since the start hardly anything has moved the threshold.");
    if (fabs(own) >= notable) ml_append(line->s, sizeof line->s, " Besides, the person's own disposition %s it by %.1f Hz.",
                               own < 0 ? "lowers" : "raises", fabs(own));
    ml_cramp_explain_rate(&from->x, &to->x, factor);
    if (factor[ML_CRAMP_FATIGUE] >= often)
        ml_append(line->s, sizeof line->s, " Fatigue of hours of work makes the rate %s times as high (contested).",
                  ml_fixed(factor[ML_CRAMP_FATIGUE], 1).s);
    return *moved || fabs(own) >= notable || factor[ML_CRAMP_FATIGUE] >= often;
}

static void rate_then(const MlResult *r, double at, double rate, char *text, size_t size) {
    double low = NAN, high = NAN;
    ml_cramp_rate_band(r, at, rate, &low, &high);
    ml_cramp_rate_words(rate, low, high, text, size);
}

/* A rate that fell although potassium did. */
static void course_line(const MlResult *r, const MlReportOptions *o, MlLine *line) {
    static const double notable = 0.2; /* mmol/L */
    const MlExtremes rate = ml_extremes(r, ML_O_cramp_rate), k = ml_extremes(r, ML_O_plasma_potassium);
    if (rate.n == 0 || k.n == 0 || k.start - k.end < notable || rate.end >= rate.start) return;
    const int d = ml_shown_decimals(ML_O_plasma_potassium, o->units, k.end);
    char start[120], end[120];
    rate_then(r, ml_first_time(r), rate.start, start, sizeof start);
    rate_then(r, ml_last_time(r), rate.end, end, sizeof end);
    ml_append(line->s, sizeof line->s, "That rate fell from %s at the start to %s at the end, while plasma potassium fell from %s to %s %s.", start, end,
              ml_fixed(ml_shown(ML_O_plasma_potassium, o->units, k.start), d).s, ml_fixed(ml_shown(ML_O_plasma_potassium, o->units, k.end), d).s,
              ml_shown_unit(ML_O_plasma_potassium, o->units));
}

int ml_cramp_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines) {
    MlCrampTold told;
    int n = 0;
    if (!ml_cramp_risk(r, &told)) return 0;
    risk_line(r, &told, &lines[n++]);
    if (!parts_line(r, &told, &lines[n++])) {
        lines[0].s[0] = lines[1].s[0] = 0;
        return 0;
    }
    course_line(r, o, &lines[n]);
    n += *lines[n].s != 0;
    ml_append(lines[n].s, sizeof lines[n].s, "%s", ml_cramp_remedies);
    return n + 1;
}
