/* SPDX-License-Identifier: Apache-2.0 */
#include "report/moved.h"
#include "report/values.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 60, DAY = 1440, WEEK = 7 * DAY, MONTH = 30 * DAY };

/* Minutes for two hours, hours for two days, days for two weeks, weeks for half a year. */
static double step_of(double length) {
    if (length <= 2 * HOUR) return 10;
    if (length <= 2 * DAY + HOUR) return HOUR;
    if (length <= 14 * DAY + HOUR) return DAY;
    return length <= 26 * WEEK ? WEEK : MONTH;
}

/* Stretches of step with an edge at t = 0. Returns their number, -1 without memory. */
static int divide(const MlResult *r, double step, MlStory **stories) {
    double first = ml_first_time(r), last = ml_last_time(r);
    *stories = NULL;
    if (!(last > first)) return 0;
    int before = first < 0 ? (int)ceil(-first / step - 1e-9) : 0;
    int after = last > 0 ? (int)ceil(last / step - 1e-9) : 0, n = 0;
    *stories = calloc((size_t)(before + after), sizeof **stories);
    if (!*stories) return -1;
    for (int i = -before; i < after; i++) {
        double from = fmax(i * step, first), to = fmin((i + 1) * step, last);
        if (to > from) (*stories)[n].from = from, (*stories)[n++].to = to;
    }
    return n;
}

static int begins_within(const MlStory *s, double t, double first) {
    return (t >= s->from && t < s->to) || (s->from == first && t < first);
}

static int flag_changes(const MlResult *r, const MlStory *s) {
    double first = ml_first_time(r);
    for (int i = 0; i < r->nflag; i++)
        if (begins_within(s, r->flag[i].on, first) || begins_within(s, r->flag[i].off, first)) return 1;
    return 0;
}

static double change_of(const MlResult *r, const MlStory *s, int output) {
    return ml_result_at(r, output, s->to) - ml_result_at(r, output, s->from);
}

static int is_quiet(const MlResult *r, const MlMoved *moved, const MlStory *s) {
    double first = ml_first_time(r);
    for (int i = 0; i < r->nlog; i++)
        if (begins_within(s, r->log[i].at, first)) return 0;
    for (int k = 0; k < moved->n; k++)
        if (ml_is_worth(moved->output[k], change_of(r, s, moved->output[k]), s->to - s->from)) return 0;
    return !flag_changes(r, s);
}

/* Neighboring hours in which nothing happens become one. */
static int join_quiet(const MlResult *r, const MlMoved *moved, MlStory *s, int n) {
    int kept = 0, last_quiet = 0;
    for (int i = 0; i < n; i++) {
        int quiet = is_quiet(r, moved, &s[i]);
        if (quiet && last_quiet)
            s[kept - 1].to = s[i].to;
        else
            s[kept++] = s[i];
        last_quiet = quiet;
    }
    return kept;
}

/* ---- what happened ---- */

static int same_text_before(const MlResult *r, const MlStory *s, double first, int i) {
    for (int j = 0; j < i; j++)
        if (begins_within(s, r->log[j].at, first) && strcmp(r->log[i].text, r->log[j].text) == 0) return 1;
    return 0;
}

static int count_text(const MlResult *r, const MlStory *s, double first, int i) {
    int n = 0;
    for (int j = i; j < r->nlog; j++)
        n += begins_within(s, r->log[j].at, first) && strcmp(r->log[i].text, r->log[j].text) == 0;
    return n;
}

/* The meals of a usual day say nothing where days are told as a whole. */
static int is_usual(const MlStory *s, const MlLogEntry *e) {
    return s->to - s->from >= 20 * HOUR && e->kind == ML_EVENT_EAT && strncmp(e->text, "had ", 4) == 0;
}

/* Each text once with its number; what lasts beyond the stretch says until when. */
static void tell_log(const MlResult *r, MlStory *s) {
    enum { MOST = 6 };
    double first = ml_first_time(r);
    int told = 0, more = 0;
    for (int i = 0; i < r->nlog; i++) {
        const MlLogEntry *e = &r->log[i];
        if (!begins_within(s, e->at, first) || is_usual(s, e) || same_text_before(r, s, first, i)) continue;
        if (told == MOST || strlen(s->what) + strlen(e->text) + 40 > sizeof s->what) {
            more++;
            continue;
        }
        int times = count_text(r, s, first, i);
        ml_append(s->what, sizeof s->what, "%s%s", told++ ? "; " : "", e->text);
        if (times > 1)
            ml_append(s->what, sizeof s->what, " (%d times)", times);
        else if (isfinite(e->until) && e->until > s->to + 1 && e->until > e->at + 20)
            ml_append(s->what, sizeof s->what, " (until %s)", ml_duration(e->until).s);
    }
    if (more) ml_append(s->what, sizeof s->what, "; and %d more", more);
}

static void tell_flow(const MlResult *r, MlStory *s, int output, const char *verb, const char *noun) {
    double v = ml_result_at(r, output, s->to) - ml_result_at(r, output, s->from);
    if (v >= 0.005)
        ml_append(s->flows, sizeof s->flows, "%s%s %s L%s", *s->flows ? ", " : "", verb,
                  ml_fixed(v, v < 10 ? 2 : 1).s, noun);
}

/* What the flag of the i-th span does within the stretch; told at its first span only. */
static const char *deed_of(const MlResult *r, const MlStory *s, int i) {
    const double first = ml_first_time(r);
    int on = 0, off = 0, whole = 0;
    for (int j = 0; j < r->nflag; j++) {
        if (r->flag[j].flag != r->flag[i].flag) continue;
        if (j < i) return NULL;
        const int begins = begins_within(s, r->flag[j].on, first), ends = begins_within(s, r->flag[j].off, first);
        on += begins, off += ends, whole += begins && ends;
    }
    if (on && off) return whole && on + off == 2 ? "begins and ends" : "comes and goes";
    return on ? "begins" : off ? "ends" : NULL;
}

static void tell_flags(const MlResult *r, MlStory *s) {
    for (int i = 0; i < r->nflag; i++) {
        if (r->lethal && r->flag[i].flag == ML_FLAG_lethal) continue; /* tell_death */
        const char *deed = deed_of(r, s, i);
        if (deed) ml_append(s->flags, sizeof s->flags, "%s%s %s", *s->flags ? ", " : "", ml_flag_title(r->flag[i].flag).s, deed);
    }
}

/* The last thing that is told of a life. */
static void tell_death(const MlResult *r, MlStory *s) {
    if (r->lethal && s->to >= ml_last_time(r)) ml_append(s->flags, sizeof s->flags, "%sdied: %s", *s->flags ? "; " : "", r->lethal_cause);
}

static int is_explained(const MlResult *r, const MlStory *s) {
    double covered = 0;
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[0][i];
        if (e->to - e->from <= s->to - s->from + 1e-6) covered += fmax(0, fmin(e->to, s->to) - fmax(e->from, s->from));
    }
    return covered >= 0.9 * (s->to - s->from);
}

/* What moved most in the run is told in any case, the others where they move. */
static void tell_moved(const MlResult *r, const MlReportOptions *o, const MlMoved *moved, MlStory *s) {
    for (int k = 0; k < moved->n; k++) {
        const int output = moved->output[k], why = ml_why_of(output);
        const double from = ml_result_at(r, output, s->from);
        const int worth = ml_is_worth(output, change_of(r, s, output), s->to - s->from);
        if (isnan(from) || (k > 0 && !worth)) continue;
        MlTold *t = &s->told[s->ntold++];
        *t = (MlTold){.output = output, .from = from, .to = ml_result_at(r, output, s->to), .low = NAN, .high = NAN};
        if (output == ML_O_cramp_threshold_frequency)
            t->low = ml_result_at(r, ML_O_cramp_threshold_low, s->to), t->high = ml_result_at(r, ML_O_cramp_threshold_high, s->to);
        if (worth && why >= 0 && is_explained(r, s)) ml_cause_words(r, o, (MlWhy)why, s->from, s->to, t->why, sizeof t->why);
    }
}

void ml_told_words(const MlReportOptions *o, const MlTold *t, char *text, size_t size) {
    const int output = t->output;
    const double from = ml_shown(output, o->units, t->from), to = ml_shown(output, o->units, t->to);
    const int d = ml_shown_decimals(output, o->units, to);
    const char *unit = ml_shown_unit(output, o->units);
    snprintf(text, size, "%s %s -> %s%s%s", ml_plain_name(output).s, ml_fixed(from, d).s, ml_fixed(to, d).s, *unit ? " " : "", unit);
    if (isfinite(t->low) && isfinite(t->high)) ml_append(text, size, " (%s to %s)", ml_fixed(t->low, d).s, ml_fixed(t->high, d).s);
}

int ml_stories(const MlResult *r, const MlReportOptions *o, MlStory **stories) {
    double step = step_of(ml_last_time(r) - ml_first_time(r));
    const MlMoved moved = ml_moved(r);
    int n = divide(r, step, stories);
    if (n <= 0) return n;
    if (step <= HOUR) n = join_quiet(r, &moved, *stories, n);
    for (int i = 0; i < n; i++) {
        MlStory *s = &(*stories)[i];
        tell_log(r, s);
        tell_flow(r, s, ML_O_intake_water, "took in", " of water");
        tell_flow(r, s, ML_O_sweat_volume, "sweated", "");
        tell_flow(r, s, ML_O_urine_volume, "passed", " of urine");
        tell_flags(r, s);
        tell_death(r, s);
        tell_moved(r, o, &moved, s);
    }
    return n;
}

void ml_story_name(const MlStory *s, char *text, size_t size) {
    double length = s->to - s->from;
    text[0] = 0;
    if (s->from >= 0 && fmod(s->from, DAY) == 0 && length > 20 * HOUR && length <= DAY)
        ml_append(text, size, "day %.0f", s->from / DAY + 1);
    else if (s->from >= 0 && fmod(s->from, WEEK) == 0 && length > DAY && length <= WEEK)
        ml_append(text, size, "week %.0f", s->from / WEEK + 1);
    else if (s->from >= 0 && length > DAY)
        ml_append(text, size, "d %.0f-%.0f", floor(s->from / DAY) + 1, ceil(s->to / DAY));
    else if (fmod(s->from, HOUR) == 0 && fmod(s->to, HOUR) == 0)
        ml_append(text, size, s->from < 0 ? "%.0f to %.0f h" : "%.0f-%.0f h", s->from / HOUR, s->to / HOUR);
    else if (s->from >= 0 && s->to <= 2 * HOUR && fmod(s->from, 10) == 0 && fmod(s->to, 10) == 0)
        ml_append(text, size, "%.0f-%.0f min", s->from, s->to);
    else
        ml_append(text, size, "%s to %s", ml_duration(s->from).s, ml_duration(s->to).s);
}
