/* SPDX-License-Identifier: Apache-2.0 */
/* Events and flags of the page: shades behind the curves, lanes above them. */
#include "report/html_charts.h"
#include "report/values.h"

#include "timeline/timeline.h"

#include <math.h>

enum { DAY = 1440, NIGHT_BEGINS = 23 * 60, NIGHT_ENDS = 7 * 60, LONGEST_WITH_NIGHTS = 15 * DAY };

static void add_shade(MlCharts *c, double from, double to, const char *kind) {
    if (c->nshade < ML_MAX_SHADES && to > c->from && from < c->to)
        c->shade[c->nshade++] = (MlSvgShade){from, to, kind};
}

void ml_charts_shade_nights(MlCharts *c) {
    const MlResult *r = c->p->r;
    double begins = NIGHT_BEGINS - r->start_clock, length = NIGHT_ENDS + DAY - NIGHT_BEGINS;
    if (c->to - c->from <= LONGEST_WITH_NIGHTS)
        for (double t = begins + DAY * floor((c->from - begins) / DAY); t < c->to; t += DAY)
            add_shade(c, t, t + length, "night");
}

void ml_charts_shade_effort(MlCharts *c) {
    const MlResult *r = c->p->r;
    for (int i = 0; i < r->nlog; i++)
        if ((r->log[i].kind == ML_EVENT_EXERCISE || r->log[i].kind == ML_EVENT_HEAT) &&
            r->log[i].until > r->log[i].at)
            add_shade(c, r->log[i].at, r->log[i].until, "effort");
}

/* Eating and drinking have a lane; lines through all charts are for what is rarer. */
static int is_marked(int kind) {
    return kind >= 0 && kind != ML_EVENT_DRINK && kind != ML_EVENT_EAT && kind != ML_EVENT_EXERCISE &&
           kind != ML_EVENT_HEAT;
}

static void find_marks(MlCharts *c) {
    const MlResult *r = c->p->r;
    for (int i = 0; i < r->nlog && c->nmark < ML_MAX_MARKS; i++)
        if (is_marked(r->log[i].kind)) c->mark[c->nmark++] = r->log[i].at;
}

void ml_charts_find_events(MlCharts *c) {
    ml_charts_shade_nights(c);
    ml_charts_shade_effort(c);
    find_marks(c);
}

/* ---- lanes of events ---- */

static const char *const lane_names[] = {"effort", "drink", "food", "vein", "drugs", "losses", "other"};
enum { NLANE = sizeof lane_names / sizeof *lane_names };

static int lane_of(int kind) {
    switch (kind) {
    case ML_EVENT_EXERCISE:
    case ML_EVENT_HEAT:
        return 0;
    case ML_EVENT_DRINK:
    case ML_EVENT_DRINKING:
        return 1;
    case ML_EVENT_EAT:
    case ML_EVENT_TAKE:
    case ML_EVENT_DIET:
    case ML_EVENT_FAST:
        return 2;
    case ML_EVENT_INFUSE:
    case ML_EVENT_INJECT:
    case ML_EVENT_TRANSFUSE:
        return 3;
    case ML_EVENT_DRUG:
    case ML_EVENT_STOP_DRUG:
        return 4;
    case ML_EVENT_BLEED:
    case ML_EVENT_SWEAT:
    case ML_EVENT_VOMIT:
    case ML_EVENT_DIARRHEA:
    case ML_EVENT_GASTRIC_SUCTION:
        return 5;
    default:
        return kind < 0 ? -1 : 6;
    }
}

/* Nothing that goes on without an end, such as a new diet, is a bar. */
static double end_of(const MlLogEntry *e) { return isfinite(e->until) ? fmax(e->until, e->at) : e->at; }

static void event(const MlCharts *c, const MlLogEntry *e) {
    FILE *out = c->p->out;
    double span = c->to - c->from, at = 100 * (fmax(e->at, c->from) - c->from) / span;
    double wide = 100 * (fmin(end_of(e), c->to) - fmax(e->at, c->from)) / span;
    if (wide > 0.8)
        fprintf(out, "<rect class=\"ev\" x=\"%s%%\" width=\"%s%%\" y=\"3\" height=\"8\" rx=\"2\">",
                ml_short(at, 4).s, ml_short(wide, 4).s);
    else
        fprintf(out,
                "<svg x=\"%s%%\" overflow=\"visible\"><rect class=\"ev\" x=\"-1.5\" width=\"3\" y=\"2\" "
                "height=\"10\" rx=\"1\">",
                ml_short(at, 4).s);
    fputs("<title>", out);
    ml_svg_text(e->text, out);
    fprintf(out, ", %s</title></rect>%s", ml_moment(c->p->r->start_clock, e->at).s,
            wide > 0.8 ? "" : "</svg>");
}

/* What falls on the same spot is drawn once. */
static void lane(const MlCharts *c, int number) {
    const MlResult *r = c->p->r;
    double last = -INFINITY, spot = 0.004 * (c->to - c->from);
    int any = 0;
    for (int i = 0; i < r->nlog; i++) {
        const MlLogEntry *e = &r->log[i];
        if (lane_of(e->kind) != number || e->at > c->to || end_of(e) < c->from) continue;
        if (!any++)
            fprintf(
                c->p->out,
                "<div class=\"lane\"><span>%s</span><div class=\"plot\"><svg class=\"chart\" role=\"img\" "
                "aria-label=\"when: %s\" width=\"100%%\" height=\"14\" overflow=\"visible\">"
                "<line class=\"grid\" x2=\"100%%\" y1=\"7\" y2=\"7\"/>",
                lane_names[number], lane_names[number]);
        if (end_of(e) <= e->at + spot && e->at - last < spot) continue;
        event(c, e);
        last = e->at;
    }
    if (any) fputs("</svg></div></div>\n", c->p->out);
}

static void flag_bar(const MlCharts *c, const MlFlagSpan *f) {
    const double from = fmax(f->on, c->from), to = isnan(f->off) ? c->to : fmin(f->off, c->to), all = c->to - c->from;
    fprintf(c->p->out, "<rect class=\"%s\" x=\"%s%%\" width=\"%s%%\" y=\"%d\" height=\"%d\" rx=\"2\"/>", ml_severity_text(f->severity),
            ml_short(100 * (from - c->from) / all, 4).s, ml_short(fmax(0.4, 100 * (to - from) / all), 4).s, 4 - f->severity,
            2 + 2 * f->severity);
}

/* The i-th span of the flags, or all of its flag where they are many. */
static void flag_row(const MlCharts *c, int i) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    MlFlagSpan whole;
    const int times = ml_flag_whole(r, i, &whole);
    if (times == 0) return;
    char words[300];
    const MlWord name = ml_flag_title(whole.flag);
    const char *severity = ml_severity_text(whole.severity);
    ml_flag_words(r, c->p->o, &whole, words, sizeof words);
    fprintf(out, "<div class=\"flagrow\"><p><i class=\"%s\">%s %s</i> ", severity, severity, name.s);
    if (times > 1) fprintf(out, "%d times, ", times);
    ml_html_words(c->p, words);
    fprintf(out,
            "</p><div class=\"plot\" style=\"margin-bottom:0\"><svg class=\"chart\" role=\"img\" aria-label=\"%s "
            "%s\" width=\"100%%\" height=\"10\"><line class=\"grid\" x2=\"100%%\" y1=\"5\" y2=\"5\"/>",
            severity, name.s);
    for (int k = i; k < r->nflag; k++)
        if (k == i || (times > 1 && r->flag[k].flag == whole.flag)) flag_bar(c, &r->flag[k]);
    fputs("</svg></div></div>\n", out);
}

void ml_charts_events(const MlCharts *c) {
    FILE *out = c->p->out;
    fputs("<div class=\"lanes\">\n", out);
    for (int i = 0; i < NLANE; i++) lane(c, i);
    for (int i = 0; i < c->p->r->nflag; i++) flag_row(c, i);
    fputs("</div>\n", out);
}
