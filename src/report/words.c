/* SPDX-License-Identifier: Apache-2.0 */
#include "report/words.h"

#include "report/breach_words.h"

#include "base/text.h"
#include "report/cramp_words.h"
#include "report/death_words.h"
#include "report/moved.h"
#include "report/values.h"
#include "run/dose.h"
#include "run/explain.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void ml_append(char *text, size_t size, const char *format, ...) {
    size_t used = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + used, size - used, format, args);
    va_end(args);
}

const char *ml_clean_character(const char *text, int ascii, char piece[5]) {
    const unsigned char *s = (const unsigned char *)text;
    const size_t n = ml_text_character(text, SIZE_MAX);
    memset(piece, 0, 5);
    if (n == 1)
        piece[0] = *s < 0x20 || *s == 0x7f ? ' ' : (char)*s;
    else if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
        piece[0] = ' ';
    else if (n == 0 || ascii)
        strcpy(piece, ascii ? "?" : "\xef\xbf\xbd");
    else
        memcpy(piece, s, n);
    return text + (n ? n : 1);
}

void ml_clean(const char *text, int ascii, char *clean, size_t size) {
    size_t used = 0;
    char piece[5];
    while (*text) {
        text = ml_clean_character(text, ascii, piece);
        if (used + strlen(piece) >= size) break;
        strcpy(clean + used, piece);
        used += strlen(piece);
    }
    clean[used] = 0;
}

/* ---- causes ---- */

/* What left with blood is the plasma of exchanges. */
static int only_plasma(const MlResult *r) {
    int plasma = 0;
    for (int i = 0; i < r->nlog; i++) {
        if (r->log[i].kind == ML_EVENT_BLEED) return 0;
        plasma |= r->log[i].kind == ML_EVENT_PLASMA_EXCHANGE;
    }
    return plasma;
}

/* By which of the ways that all end in the same place. */
const char *ml_route_told(const MlResult *r, const char *route) {
    static const struct {
        int kind;
        const char *route, *cause;
    } ways[] = {{ML_EVENT_DIALYSIS, "Dialysis", "dialysis"}, {ML_EVENT_HEMOFILTRATION, "Hemofiltration", "hemofiltration"}, {ML_EVENT_PERITONEAL_DIALYSIS, "Peritoneal dialysis", "peritoneal dialysis"}};
    int way = -1;
    if (strcmp(route, ways[0].route) != 0 && strcmp(route, ways[0].cause) != 0) return route;
    for (int i = 0; i < r->nlog; i++)
        for (int k = 0; k < 3; k++) {
            if (r->log[i].kind != ways[k].kind) continue;
            if (way >= 0 && way != k) return route;
            way = k;
        }
    return way < 0 ? route : *route == 'D' ? ways[way].route : ways[way].cause;
}

static void add_cause(MlCause *causes, int *n, const char *name, double effect) {
    for (int i = 0; i < *n; i++)
        if (strcmp(causes[i].name, name) == 0) {
            causes[i].effect += effect;
            return;
        }
    if (*n < ML_MAX_CAUSE) causes[(*n)++] = (MlCause){name, effect};
}

static void largest_first(MlCause *causes, int n) {
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && fabs(causes[j].effect) > fabs(causes[j - 1].effect); j--) {
            MlCause c = causes[j];
            causes[j] = causes[j - 1];
            causes[j - 1] = c;
        }
}

/* How much of a stretch lies within. */
static double within(const MlExplanation *e, double from, double to) {
    return e->to > e->from ? fmax(fmin(e->to, to) - fmax(e->from, from), 0) / (e->to - e->from) : 0;
}

static void add_share(const MlExplanation *e, double share, MlCause *causes, int *n) {
    for (int k = 0; share > 0 && k < e->ncause; k++) add_cause(causes, n, e->cause[k].name, e->cause[k].effect * share);
}

/* The part of a stretch until an extreme; NULL: there is none then. */
static const MlExplanation *until_extreme(const MlResult *r, MlWhy why, const MlExplanation *e, double to) {
    for (int k = 0; k < 2; k++)
        if (r->extreme[why][k].from == e->from && r->extreme[why][k].to == to) return &r->extreme[why][k];
    return NULL;
}

/* A stretch that lies partly within counts by its part until an extreme, else by its share. */
int ml_causes_between(const MlResult *r, MlWhy why, double from, double to, MlCause *causes) {
    int n = 0;
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[why][i], *part = from <= e->from ? until_extreme(r, why, e, to) : NULL;
        add_share(part ? part : e, part ? 1 : within(e, from, to), causes, &n);
    }
    largest_first(causes, n);
    return n;
}

/* Over days what comes in and what goes out is much more than what stays: where they nearly cancel, the difference is
 * told; likewise of bone formed and resorbed. share: how large the difference may be against the largest part. */
static int net_of(int (*belongs)(const char *cause), const char *name, double share, MlCause *causes, int n) {
    MlCause net = {name, 0};
    double most = 0;
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (belongs(causes[i].name)) net.effect += causes[i].effect, most = fmax(most, fabs(causes[i].effect));
    if (most == 0 || fabs(net.effect) > share * most) return n;
    for (int i = 0; i < n; i++)
        if (!belongs(causes[i].name)) causes[kept++] = causes[i];
    causes[kept++] = net;
    largest_first(causes, kept);
    return kept;
}

static int is_turnover(const char *cause) { return !strcmp(cause, "bone formed") || !strcmp(cause, "bone resorbed"); }
static int is_traffic(const char *cause) {
    return ml_is_route(cause) || !strcmp(cause, "intake less losses") || !strcmp(cause, "water between cells and fluid outside");
}
static int is_bone(const char *cause) { return strstr(cause, "bone") != NULL; }
static int is_cells(const char *cause) { return !strncmp(cause, "cells", 5); }

enum { USUAL = 4, MOST = 6 }; /* causes in a sentence */

/* How many are told: of at least a tenth of the largest, four; where those do not yet add up, smaller ones up to `most`. */
static int count_told(const MlCause *causes, int n, double least, int most, double *missing) {
    double told = 0, all = 0;
    int k = 0;
    for (int i = 0; i < n; i++) all += causes[i].effect;
    const double near = fmax(fabs(all) / 3, 2 * least);
    while (k < n && k < most && fabs(causes[k].effect) >= least) {
        const int usual = k < USUAL && fabs(causes[k].effect) >= 0.1 * fabs(causes[0].effect);
        if (!usual && (most == USUAL || fabs(all - told) <= near)) break;
        told += causes[k++].effect;
    }
    *missing = fmax(fabs(all - told) - near, 0);
    return k;
}

/* The same, but that the largest part that goes the way of the net keeps its name, where it is half of that to twice as much. */
static int net_of_others(int (*belongs)(const char *cause), const char *name, MlCause *causes, int n) {
    double net = 0;
    int largest = -1;
    for (int i = 0; i < n; i++) net += belongs(causes[i].name) ? causes[i].effect : 0;
    for (int i = n - 1; i >= 0; i--)
        if (belongs(causes[i].name) && causes[i].effect * net > 0) largest = i;
    if (largest < 0 || fabs(causes[largest].effect) < 0.5 * fabs(net) || fabs(causes[largest].effect) > 2 * fabs(net)) return n;
    const MlCause kept = causes[largest];
    memmove(causes + largest, causes + largest + 1, (size_t)(n - largest - 1) * sizeof *causes);
    n = net_of(belongs, name, INFINITY, causes, n - 1);
    causes[n++] = kept;
    largest_first(causes, n);
    return n;
}

/* Joins what comes in and what goes out, then cells, then bone, until the largest add up to most of the change; what is told, of how many,
 * and what is missing. */
static int join_groups(MlCause *causes, int *n, double least, int name_the_largest, double *missing) {
    static const struct {
        int (*belongs)(const char *cause);
        const char *name;
    } groups[] = {{ml_is_route, "intake less losses"}, {is_cells, "cells"}, {is_bone, "bone"}};
    int told = count_told(causes, *n, least, USUAL, missing);
    for (size_t i = 0; i < sizeof groups / sizeof *groups && *missing > 0; i++) {
        if (i == 0 && name_the_largest) *n = net_of_others(ml_is_route, "other intake less losses", causes, *n);
        else *n = net_of(groups[i].belongs, groups[i].name, INFINITY, causes, *n);
        told = count_told(causes, *n, least, USUAL, missing);
    }
    return told;
}

/* Within a day with the largest way in or out by its name, where that will do. */
static int choose(MlCause *causes, int *n, double least, int within_a_day) {
    MlCause tried[ML_MAX_CAUSE];
    double missing;
    int many = *n;
    memcpy(tried, causes, (size_t)many * sizeof *tried);
    int told = join_groups(tried, &many, least, within_a_day, &missing);
    if (missing == 0) {
        memcpy(causes, tried, (size_t)many * sizeof *tried);
        *n = many;
        return told;
    }
    told = join_groups(causes, n, least, 0, &missing);
    return missing > 0 ? count_told(causes, *n, least, MOST, &missing) : told;
}

/* Over days what is told adds up: what is left has the last word, by its name where it is one cause. */
static int tell_rest(MlCause *causes, int n, int told, double least) {
    double rest = 0;
    for (int i = told; i < n; i++) rest += causes[i].effect;
    if (fabs(rest) < least) return told;
    causes[told] = (MlCause){n - told == 1 ? causes[told].name : "all others", rest};
    return told + 1;
}

/* What was broken down by less than nothing was rebuilt; plasma that is exchanged is no blood lost. */
static const char *told_name(const MlResult *r, const MlCause *cause) {
    if (!strcmp(cause->name, "cells broken down") && cause->effect < 0) return "cells rebuilt";
    return !strcmp(cause->name, "blood loss") && only_plasma(r) ? "plasma removed" : ml_route_told(r, cause->name);
}

void ml_cause_words(const MlResult *r, const MlReportOptions *o, MlWhy why, double from, double to, char *text,
                    size_t size) {
    MlCause causes[ML_MAX_CAUSE];
    const int decimals = ml_effect_decimals(why);
    const double nearly = 0.2, least = 0.5 * pow(10, -decimals) / fabs(ml_shown_change(ml_why_output[why], o->units, 1));
    int n = ml_causes_between(r, why, from, to, causes);
    n = net_of(is_turnover, "bone turnover", nearly, causes, n);
    if (to - from >= 1440) n = net_of(ml_is_route, "intake less losses", nearly, causes, n);
    if (to - from >= 1440) n = net_of(is_traffic, "intake less losses, with water between cells and fluid outside", 0.25 * nearly, causes, n);
    int told = choose(causes, &n, least, to - from < 1440);
    if (to - from >= 1440 && told > 0) told = tell_rest(causes, n, told, least);
    text[0] = 0;
    for (int i = 0; i < told; i++)
        ml_append(text, size, "%s%s %s", i ? ", " : "", told_name(r, &causes[i]),
                  ml_signed(ml_shown_change(ml_why_output[why], o->units, causes[i].effect), decimals).s);
}

/* ---- flags ---- */

MlWord ml_flag_title(int flag) {
    MlWord w;
    snprintf(w.s, sizeof w.s, "%s", ml_flag_info(flag).name);
    for (char *p = w.s; *p; p++)
        if (*p == '_') *p = ' ';
    return w;
}

const char *ml_severity_text(int severity) {
    return severity <= 1 ? "mild" : severity == 2 ? "moderate" : "severe";
}

int ml_flag_side(int flag, int output) {
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    int own = 0, any = 0, all = 0;
    for (int i = 0; i < n; i++) {
        if (limit[i].flag != flag) continue;
        any += limit[i].side, all++;
        if (limit[i].output == output) own += limit[i].side;
    }
    return own ? (own > 0) - (own < 0) : any == all ? any > 0 : any == -all ? -1 : 0;
}

/* Of two as severe by different outputs neither. */
static int is_worse(const MlFlagSpan *f, const MlFlagSpan *than) {
    if (f->severity != than->severity) return f->severity > than->severity;
    return f->output == than->output && ml_flag_side(f->flag, f->output) * (f->peak_value - than->peak_value) > 0;
}

void ml_flag_join(MlFlagSpan *whole, const MlFlagSpan *f) {
    whole->off = f->off;
    if (!is_worse(f, whole)) return;
    whole->severity = f->severity;
    whole->output = f->output;
    whole->peak_time = f->peak_time, whole->peak_value = f->peak_value;
}

int ml_flag_whole(const MlResult *r, int i, MlFlagSpan *whole) {
    enum { MANY = 3 };
    int times = 0, before = 0;
    for (int j = 0; j < r->nflag; j++) {
        if (r->flag[j].flag != r->flag[i].flag) continue;
        if (times++ == 0)
            *whole = r->flag[j];
        else
            ml_flag_join(whole, &r->flag[j]);
        before += j < i;
    }
    if (times >= MANY) return before ? 0 : times;
    *whole = r->flag[i];
    return 1;
}

/* A rate of cramps with what the band of the threshold makes of it. */
static void rate_words(const MlResult *r, const MlFlagSpan *f, char *text, size_t size) {
    double low = NAN, high = NAN;
    char rate[120];
    ml_cramp_rate_band(r, f->peak_time, f->peak_value, &low, &high);
    ml_cramp_rate_words(f->peak_value, low, high, rate, sizeof rate);
    ml_append(text, size, "%s", rate);
}

void ml_flag_words(const MlResult *r, const MlReportOptions *o, const MlFlagSpan *f, char *text,
                   size_t size) {
    text[0] = 0;
    if (r->lethal && f->flag == ML_FLAG_lethal) {
        ml_append(text, size, "at %s: %s", ml_moment(r->start_clock, f->on).s, *r->lethal_cause ? r->lethal_cause : "cause not stated");
        return;
    }
    if (f->on <= ml_first_time(r))
        ml_append(text, size, "from the start");
    else
        ml_append(text, size, "from %s", ml_moment(r->start_clock, f->on).s);
    if (isnan(f->off))
        ml_append(text, size, " to the end");
    else
        ml_append(text, size, " to %s", ml_moment(r->start_clock, f->off).s);
    const int output = f->output;
    if (isnan(f->peak_value) || output < 0) return;
    double shown = ml_shown(output, o->units, f->peak_value);
    const char *unit = ml_shown_unit(output, o->units);
    ml_append(text, size, "; worst at %s: %s ", ml_moment(r->start_clock, f->peak_time).s, ml_plain_name(output).s);
    if (output == ML_O_cramp_rate)
        rate_words(r, f, text, size);
    else
        ml_append(text, size, "%s%s%s", ml_fixed(shown, ml_shown_decimals(output, o->units, shown)).s, *unit ? " " : "", unit);
}

/* ---- findings ---- */

static void causes_finding(const MlResult *r, const MlReportOptions *o, MlWhy why, double until, MlLine *line) {
    char causes[300];
    const char *unit = ml_shown_unit(ml_why_output[why], o->units);
    ml_cause_words(r, o, why, ml_first_time(r), until, causes, sizeof causes);
    if (*causes) ml_append(line->s, sizeof line->s, "What moved it until then%s%s: %s.", *unit ? ", in " : "", unit, causes);
}

static void still_finding(const MlReportOptions *o, int output, const MlExtremes *x, MlLine *line) {
    const MlWord name = ml_capital(ml_plain_name(output)), low = ml_shown_word(output, o->units, x->low), high = ml_shown_word(output, o->units, x->high);
    const char *unit = ml_shown_unit(output, o->units), *space = *unit ? " " : "";
    if (strcmp(low.s, high.s) == 0)
        ml_append(line->s, sizeof line->s, "%s stayed at %s%s%s.", name.s, low.s, space, unit);
    else
        ml_append(line->s, sizeof line->s, "%s stayed between %s and %s%s%s.", name.s, low.s, high.s, space, unit);
}

/* A turn back after the worst that did not last, such as that of a treatment. */
static void turn_back(const MlResult *r, const MlReportOptions *o, int output, const MlExtremes *x, MlLine *line) {
    const MlExtremes after = ml_extremes_between(r, output, x->worst_at, INFINITY);
    const int fell = x->worst < x->start;
    const double back = fell ? after.high : after.low;
    if (ml_is_still(output, fmin(back, x->end), fmax(back, x->end))) return;
    ml_append(line->s, sizeof line->s, ", came back to %s at %s", ml_shown_word(output, o->units, back).s,
              ml_moment(r->start_clock, fell ? after.high_at : after.low_at).s);
}

/* Where it went: "Plasma sodium fell from 140.0 to 131.2 mmol/L at 5 h and ended at 134.0 mmol/L." */
static void course_finding(const MlResult *r, const MlReportOptions *o, int output, MlLine *line) {
    const MlExtremes x = ml_extremes(r, output);
    const MlWord name = ml_capital(ml_plain_name(output));
    char unit[24] = "";
    if (*ml_shown_unit(output, o->units)) ml_append(unit, sizeof unit, " %s", ml_shown_unit(output, o->units));
    ml_append(line->s, sizeof line->s, "%s %s from %s to %s%s at %s", name.s, x.worst < x.start ? "fell" : "rose", ml_shown_word(output, o->units, x.start).s,
              ml_shown_word(output, o->units, x.worst).s, unit, ml_moment(r->start_clock, x.worst_at).s);
    turn_back(r, o, output, &x, line);
    if (x.worst_at == ml_last_time(r))
        ml_append(line->s, sizeof line->s, ", the end.");
    else
        ml_append(line->s, sizeof line->s, " and ended at %s%s.", ml_shown_word(output, o->units, x.end).s, unit);
}

/* How sure the cramp threshold is. */
static void band_finding(const MlResult *r, const MlReportOptions *o, double at, MlLine *line) {
    const double low = ml_result_at(r, ML_O_cramp_threshold_low, at), high = ml_result_at(r, ML_O_cramp_threshold_high, at);
    if (isnan(low) || isnan(high)) return;
    ml_append(line->s, sizeof line->s, "Four of five such people have it between %s and %s Hz then; electrolytes explain cramps in part only.",
              ml_shown_word(ML_O_cramp_threshold_low, o->units, low).s, ml_shown_word(ML_O_cramp_threshold_high, o->units, high).s);
}

/* What moved the cramp threshold until it was farthest from that of the start, largest first. */
static void cramp_finding(const MlResult *r, double worst_at, MlLine *line) {
    const MlExciteAt *from = &r->excite[ML_EXCITE_START], *to = &r->excite[ML_EXCITE_CRAMP];
    char moved[300];
    if (isnan(from->t) || !(to->t > from->t)) return;
    ml_cramp_moved_words(&from->x, &to->x, moved, sizeof moved);
    if (!*moved) return;
    ml_append(line->s, sizeof line->s, "What moved it until %s, in Hz: %s.",
              ml_same_moment(r, to->t, worst_at) ? "then" : ml_moment(r->start_clock, to->t).s, moved);
}

/* Where it went, and why or how surely, in three lines at most; a risk of cramps is told apart. */
static int moved_findings(const MlResult *r, const MlReportOptions *o, int output, int risk, MlLine *lines) {
    const MlExtremes x = ml_extremes(r, output);
    const int why = ml_why_of(output);
    if (ml_is_still(output, x.low, x.high)) {
        still_finding(o, output, &x, &lines[0]);
        return 1;
    }
    course_finding(r, o, output, &lines[0]);
    int n = 1;
    if (output == ML_O_cramp_threshold_frequency) {
        if (!risk) cramp_finding(r, x.worst_at, &lines[n]);
        n += *lines[n].s != 0;
        if (!risk) band_finding(r, o, x.worst_at, &lines[n]);
    }
    if (why >= 0 && !(r->lethal && why == ml_death_why(r) && ml_same_moment(r, x.worst_at, r->end_time))) causes_finding(r, o, (MlWhy)why, x.worst_at, &lines[n]);
    return n + (*lines[n].s != 0);
}

/* Water that came in (1) or went out (0) by a route of the balance sheet, since t = 0. */
static double water_by(const MlResult *r, const char *route, int in) {
    for (int i = 0; i < r->nbalance; i++)
        for (int k = 0; k < r->balance[i].nroute && strcmp(r->balance[i].substance, "Water") == 0; k++)
            if (strcmp(r->balance[i].route[k].name, route) == 0)
                return in ? r->balance[i].route[k].in : r->balance[i].route[k].out;
    return 0;
}

static int water_finding(const MlResult *r, MlLine *line) {
    const char *const losses[][2] = {{"Sweat", "as sweat"},
                                            {"Urine", "as urine"},
                                            {"Breath and skin", "by skin and breath"},
                                            {"Stool", "as stool"},
                                            {"Vomit and suction", "by vomiting or suction"},
                                            {"Blood loss", only_plasma(r) ? "with plasma" : "with blood"}};
    const int early = ml_first_time(r) < 0;
    const char *lead = early ? "Since t = 0 lost " : "Lost ";
    const double in = water_by(r, "Food and drink", 1) + water_by(r, "Infusions", 1);
    if (in >= 0.005) {
        ml_append(line->s, sizeof line->s, "%s in %s L of water", early ? "Since t = 0 took" : "Took",
                  ml_fixed(in, in < 100 ? 2 : 1).s);
        lead = "; lost ";
    }
    for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++) {
        const double out = water_by(r, losses[i][0], 0);
        if (out < 0.005) continue;
        ml_append(line->s, sizeof line->s, "%s%s L %s", lead, ml_fixed(out, out < 100 ? 2 : 1).s, losses[i][1]);
        lead = ", ";
    }
    const double removed = water_by(r, "Dialysis", 0);
    if (removed >= 0.005) ml_append(line->s, sizeof line->s, "%s%s L by %s", lead, ml_fixed(removed, removed < 100 ? 2 : 1).s, ml_route_told(r, "dialysis"));
    if (*line->s) ml_append(line->s, sizeof line->s, ".");
    return *line->s != 0;
}

static int mass_finding(const MlResult *r, const MlReportOptions *o, MlLine *line) {
    MlExtremes x = ml_extremes(r, ML_O_body_mass);
    double most = x.n ? fmax(x.high - x.start, x.start - x.low) : 0;
    if (x.n == 0 || x.start <= 0 || most < 0.003 * x.start) return 0;
    int rose = x.high - x.start >= x.start - x.low;
    double peak = rose ? x.high : x.low, at = rose ? x.high_at : x.low_at;
    const char *unit = ml_shown_unit(ML_O_body_mass, o->units);
    double end = ml_shown_change(ML_O_body_mass, o->units, x.end - x.start);
    ml_append(line->s, sizeof line->s, "Body mass was %s %s (%s %%) %s its start at %s",
              ml_fixed(fabs(ml_shown_change(ML_O_body_mass, o->units, peak - x.start)), 2).s, unit,
              ml_fixed(100 * fabs(peak - x.start) / x.start, 1).s, rose ? "above" : "below",
              ml_moment(r->start_clock, at).s);
    if (at == ml_last_time(r))
        ml_append(line->s, sizeof line->s, ", the end.");
    else if (fabs(end) < 0.005)
        ml_append(line->s, sizeof line->s, " and back at the end.");
    else
        ml_append(line->s, sizeof line->s, " and %s %s %s it at the end.", ml_fixed(fabs(end), 2).s, unit,
                  end < 0 ? "below" : "above");
    return 1;
}

/* Relative change of a volume, where it passes a limit. */
static int volume_finding(const MlResult *r, int output, const char *name, double limit, MlLine *line) {
    MlExtremes x = ml_extremes(r, output);
    if (x.n == 0 || x.start <= 0) return 0;
    int rose = x.high - x.start >= x.start - x.low;
    double peak = rose ? x.high : x.low, change = peak / x.start - 1;
    if (fabs(change) < limit) return 0;
    ml_append(line->s, sizeof line->s, "%s was %s %% %s its start at %s.", name,
              ml_fixed(100 * fabs(change), 1).s, rose ? "above" : "below",
              ml_moment(r->start_clock, rose ? x.high_at : x.low_at).s);
    return 1;
}

static void flag_finding(const MlResult *r, MlLine *line) {
    if (r->nflag == 0) {
        ml_append(line->s, sizeof line->s, "No flag came on.");
        return;
    }
    ml_append(line->s, sizeof line->s, "Flags: ");
    const char *comma = "";
    for (int i = 0; i < r->nflag; i++) {
        int seen = 0, worst = r->flag[i].severity;
        for (int j = 0; j < r->nflag; j++) {
            if (r->flag[j].flag != r->flag[i].flag) continue;
            if (j < i) seen = 1;
            if (r->flag[j].severity > worst) worst = r->flag[j].severity;
        }
        if (seen) continue;
        ml_append(line->s, sizeof line->s, "%s%s (%s)", comma, ml_flag_title(r->flag[i].flag).s,
                  ml_severity_text(worst));
        comma = ", ";
    }
    ml_append(line->s, sizeof line->s, ".");
}

static int potassium_finding(const MlResult *r, MlLine *line) {
    const MlExtremes x = ml_extremes(r, ML_O_plasma_potassium);
    int told = x.n > 0 && (ml_potassium_is_unusual(x.low) || ml_potassium_is_unusual(x.high));
    for (int i = 0; i < r->nflag; i++) told |= r->flag[i].flag == ML_FLAG_hypokalemia || r->flag[i].flag == ML_FLAG_hyperkalemia;
    if (told) ml_append(line->s, sizeof line->s, "%s", ml_potassium_words);
    return told;
}

static int block_finding(const MlResult *r, MlLine *line) {
    const double *conducting = ml_result_series(r, ML_O_motor_axon_conducting), *force = ml_result_series(r, ML_O_muscle_force);
    int told = 0;
    for (int j = 0; conducting && force && j < r->ntime; j++) told |= ml_force_without_nerve(conducting[j], force[j]);
    if (told) ml_append(line->s, sizeof line->s, "%s", ml_block_words);
    return told;
}

/* Exercise that the body ended before its time: the first, and how often. */
static int exhaustion_finding(const MlResult *r, MlLine *line) {
    const MlLogEntry *first = NULL, *bout = NULL;
    int times = 0;
    for (int i = 0; i < r->nlog; i++) {
        if (strncmp(r->log[i].text, ML_EXHAUSTED, strlen(ML_EXHAUSTED)) != 0) continue;
        times++;
        if (!first) first = &r->log[i];
    }
    for (int i = 0; first && &r->log[i] < first; i++)
        if (r->log[i].kind == first->kind && r->log[i].until == first->at && r->log[i].planned > first->at) bout = &r->log[i];
    if (!bout) return 0;
    ml_append(line->s, sizeof line->s, "Exercise ended after %s", ml_duration(first->at - bout->at).s);
    if (isfinite(bout->planned)) ml_append(line->s, sizeof line->s, ", of %s", ml_duration(bout->planned - bout->at).s);
    ml_append(line->s, sizeof line->s, ", %s", first->text + strlen(ML_EXERCISE_ENDED));
    if (times > 1) ml_append(line->s, sizeof line->s, "; %d later bout%s too", times - 1, times > 2 ? "s" : "");
    ml_append(line->s, sizeof line->s, ".");
    return 1;
}

int ml_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines) {
    memset(lines, 0, ML_MAX_FINDINGS * sizeof *lines);
    int n = 0;
    if (r->lethal) n += ml_death_findings(r, o, lines);
    n += exhaustion_finding(r, &lines[n]);
    const MlMoved moved = ml_moved(r);
    MlLine risk[ML_CRAMP_FINDINGS] = {0};
    const int nrisk = ml_cramp_findings(r, o, risk);
    for (int k = 0; k < moved.n; k++) n += moved_findings(r, o, moved.output[k], nrisk > 0, &lines[n]);
    for (int k = 0; k < nrisk; k++) lines[n++] = risk[k];
    n += potassium_finding(r, &lines[n]);
    n += block_finding(r, &lines[n]);
    n += water_finding(r, &lines[n]);
    n += mass_finding(r, o, &lines[n]);
    n += volume_finding(r, ML_O_brain_water, "Brain water", 0.005, &lines[n]);
    n += volume_finding(r, ML_O_plasma_volume, "Plasma volume", 0.03, &lines[n]);
    n += ml_breach_finding(r, &lines[n]);
    flag_finding(r, &lines[n++]);
    return n;
}
