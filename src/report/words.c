/* SPDX-License-Identifier: Apache-2.0 */
#include "report/words.h"

#include "base/text.h"
#include "report/values.h"

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

void ml_clean(const char *text, int ascii, char *clean, size_t size) {
    const unsigned char *s = (const unsigned char *)text;
    size_t used = 0;
    while (*s) {
        const size_t n = ml_text_character((const char *)s, SIZE_MAX);
        char piece[5] = {0};
        if (n == 1)
            piece[0] = *s < 0x20 || *s == 0x7f ? ' ' : (char)*s;
        else if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
            piece[0] = ' ';
        else if (n == 0 || ascii)
            strcpy(piece, ascii ? "?" : "\xef\xbf\xbd");
        else
            memcpy(piece, s, n);
        if (used + strlen(piece) >= size) break;
        strcpy(clean + used, piece);
        used += strlen(piece);
        s += n ? n : 1;
    }
    clean[used] = 0;
}

/* ---- causes ---- */

static void add_cause(MlCause *causes, int *n, const char *name, double effect) {
    for (int i = 0; i < *n; i++)
        if (strcmp(causes[i].name, name) == 0) {
            causes[i].effect += effect;
            return;
        }
    if (*n < ML_MAX_CAUSES) causes[(*n)++] = (MlCause){name, effect};
}

static void largest_first(MlCause *causes, int n) {
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && fabs(causes[j].effect) > fabs(causes[j - 1].effect); j--) {
            MlCause c = causes[j];
            causes[j] = causes[j - 1];
            causes[j - 1] = c;
        }
}

/* A stretch that lies partly within counts by its share. */
int ml_causes_between(const MlResult *r, double from, double to, MlCause *causes) {
    int n = 0;
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[i];
        double within = fmin(e->to, to) - fmax(e->from, from);
        if (within <= 0 || e->to <= e->from) continue;
        for (int k = 0; k < e->ncause; k++)
            add_cause(causes, &n, e->cause[k].name, e->cause[k].effect * within / (e->to - e->from));
    }
    largest_first(causes, n);
    return n;
}

/* Of at least a tenth of the largest, four at most. */
void ml_cause_words(const MlResult *r, const MlReportOptions *o, double from, double to, char *text,
                    size_t size) {
    MlCause causes[ML_MAX_CAUSES];
    int n = ml_causes_between(r, from, to, causes);
    text[0] = 0;
    for (int i = 0; i < n && i < 4; i++) {
        double effect = ml_shown_change(ML_O_plasma_sodium, o->units, causes[i].effect);
        if (fabs(effect) < 0.05 || fabs(causes[i].effect) < 0.1 * fabs(causes[0].effect)) break;
        ml_append(text, size, "%s%s %s", i ? ", " : "", causes[i].name, ml_signed(effect, 1).s);
    }
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

void ml_flag_words(const MlResult *r, const MlReportOptions *o, const MlFlagSpan *f, char *text,
                   size_t size) {
    text[0] = 0;
    if (f->on <= ml_first_time(r))
        ml_append(text, size, "from the start");
    else
        ml_append(text, size, "from %s", ml_moment(r->start_clock, f->on).s);
    if (isnan(f->off))
        ml_append(text, size, " to the end");
    else
        ml_append(text, size, " to %s", ml_moment(r->start_clock, f->off).s);
    int output = ml_flag_info(f->flag).output;
    if (isnan(f->peak_value) || output < 0) return;
    double shown = ml_shown(output, o->units, f->peak_value);
    const char *unit = ml_shown_unit(output, o->units);
    ml_append(text, size, "; worst at %s: %s %s%s%s", ml_duration(f->peak_time).s, ml_plain_name(output).s,
              ml_fixed(shown, ml_shown_decimals(output, o->units, shown)).s, *unit ? " " : "", unit);
}

/* ---- findings ---- */

static void lethal_finding(const MlResult *r, MlLine *line) {
    ml_append(line->s, sizeof line->s, "Died at %s: %s.", ml_moment(r->start_clock, r->end_time).s,
              *r->lethal_cause ? r->lethal_cause : "cause not stated");
}

/* The end of the explained stretch that is nearest to a moment, if it is near; else the beginning. */
static double explained_until(const MlResult *r, double moment) {
    double first = ml_first_time(r), nearest = first;
    for (int i = 0; i < r->nexplanation; i++)
        if (fabs(r->explanation[i].to - moment) < fabs(nearest - moment)) nearest = r->explanation[i].to;
    return fabs(nearest - moment) <= 0.2 * (moment - first) ? nearest : first;
}

static int sodium_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines) {
    const int na = ML_O_plasma_sodium;
    MlExtremes x = ml_extremes(r, na);
    if (x.n == 0) return 0;
    char *text = lines[0].s;
    const size_t size = sizeof lines[0].s;
    const char *unit = ml_shown_unit(na, o->units);
    double start = ml_shown(na, o->units, x.start), end = ml_shown(na, o->units, x.end);
    if (x.high - x.low < 1.5) {
        MlWord low = ml_fixed(ml_shown(na, o->units, x.low), 1),
               high = ml_fixed(ml_shown(na, o->units, x.high), 1);
        if (strcmp(low.s, high.s) == 0)
            ml_append(text, size, "Plasma sodium stayed at %s %s.", low.s, unit);
        else
            ml_append(text, size, "Plasma sodium stayed between %s and %s %s.", low.s, high.s, unit);
        return 1;
    }
    ml_append(text, size, "Plasma sodium %s from %s to %s %s at %s", x.worst < x.start ? "fell" : "rose",
              ml_fixed(start, 1).s, ml_fixed(ml_shown(na, o->units, x.worst), 1).s, unit,
              ml_moment(r->start_clock, x.worst_at).s);
    if (x.worst_at == ml_last_time(r))
        ml_append(text, size, ", the end.");
    else
        ml_append(text, size, " and ended at %s %s.", ml_fixed(end, 1).s, unit);
    char causes[300];
    ml_cause_words(r, o, ml_first_time(r), explained_until(r, x.worst_at), causes, sizeof causes);
    if (!*causes) return 1;
    ml_append(lines[1].s, size, "What moved it until then, in %s: %s.", unit, causes);
    return 2;
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
    static const char *const losses[][2] = {{"Sweat", "as sweat"},
                                            {"Urine", "as urine"},
                                            {"Breath and skin", "by skin and breath"},
                                            {"Stool", "as stool"},
                                            {"Vomit and suction", "by vomiting or suction"},
                                            {"Blood loss", "with blood"}};
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

int ml_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines) {
    memset(lines, 0, ML_MAX_FINDINGS * sizeof *lines);
    int n = 0;
    if (r->lethal) lethal_finding(r, &lines[n++]);
    n += sodium_findings(r, o, &lines[n]);
    n += water_finding(r, &lines[n]);
    n += mass_finding(r, o, &lines[n]);
    n += volume_finding(r, ML_O_brain_water, "Brain water", 0.005, &lines[n]);
    n += volume_finding(r, ML_O_plasma_volume, "Plasma volume", 0.03, &lines[n]);
    flag_finding(r, &lines[n++]);
    return n;
}
