/* SPDX-License-Identifier: Apache-2.0 */
/* The drawings of the page: events and flags on a common time axis, then the curves by topic. */
#include "report/flags.h"
#include "report/html.h"
#include "report/page.h"
#include "report/panels.h"
#include "report/svg.h"
#include "report/values.h"
#include "report/words.h"

#include "timeline/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY = 1440,
    NIGHT_BEGINS = 23 * 60,
    NIGHT_ENDS = 7 * 60,
    LONGEST_WITH_NIGHTS = 15 * DAY,
    MAX_SHADES = 120,
    MAX_MARKS = 24,
    MAX_READINGS = 400, /* moments whose values the page holds for reading off */
    NSUMMED = 6         /* causes with a color of their own */
};

/* What all charts of one page share, and the data for reading values off. */
typedef struct Charts {
    const MlPage *p;
    double from, to;
    int nshade, nmark;
    MlSvgShade shade[MAX_SHADES];
    double mark[MAX_MARKS];
    int nseries;
    int every;    /* each `every`-th stored moment can be read */
    int *output;  /* of each series */
    char *change; /* 1: the series is the change since the start */
    int ncause;
    MlCause cause[ML_MAX_CAUSES];
} Charts;

/* ---- shading, marks ---- */

static void add_shade(Charts *c, double from, double to, const char *kind) {
    if (c->nshade < MAX_SHADES && to > c->from && from < c->to)
        c->shade[c->nshade++] = (MlSvgShade){from, to, kind};
}

static void find_shades(Charts *c) {
    const MlResult *r = c->p->r;
    double begins = NIGHT_BEGINS - r->start_clock, length = NIGHT_ENDS + DAY - NIGHT_BEGINS;
    if (c->to - c->from <= LONGEST_WITH_NIGHTS)
        for (double t = begins + DAY * floor((c->from - begins) / DAY); t < c->to; t += DAY)
            add_shade(c, t, t + length, "night");
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

static void find_marks(Charts *c) {
    const MlResult *r = c->p->r;
    for (int i = 0; i < r->nlog && c->nmark < MAX_MARKS; i++)
        if (is_marked(r->log[i].kind)) c->mark[c->nmark++] = r->log[i].at;
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

static void event(const Charts *c, const MlLogEntry *e) {
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
static void lane(const Charts *c, int number) {
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

static void flag_row(const Charts *c, const MlFlagSpan *f) {
    FILE *out = c->p->out;
    char words[300];
    double from = fmax(f->on, c->from), to = isnan(f->off) ? c->to : fmin(f->off, c->to);
    const char *severity = ml_severity_text(f->severity);
    ml_flag_words(c->p->r, c->p->o, f, words, sizeof words);
    fprintf(out, "<div class=\"flagrow\"><p><i class=\"%s\">%s %s</i> ", severity, severity,
            ml_flag_title(f->flag).s);
    ml_html_words(c->p, words);
    fprintf(
        out,
        "</p><div class=\"plot\" style=\"margin-bottom:0\"><svg class=\"chart\" role=\"img\" aria-label=\"%s "
        "%s\" width=\"100%%\" height=\"10\"><line class=\"grid\" x2=\"100%%\" y1=\"5\" y2=\"5\"/>"
        "<rect class=\"%s\" x=\"%s%%\" width=\"%s%%\" y=\"%d\" height=\"%d\" rx=\"2\"/></svg></div></div>\n",
        severity, ml_flag_title(f->flag).s, severity,
        ml_short(100 * (from - c->from) / (c->to - c->from), 4).s,
        ml_short(fmax(0.4, 100 * (to - from) / (c->to - c->from)), 4).s, 4 - f->severity,
        2 + 2 * f->severity);
}

static void events(const Charts *c) {
    FILE *out = c->p->out;
    fputs("<div class=\"lanes\">\n", out);
    for (int i = 0; i < NLANE; i++) lane(c, i);
    for (int i = 0; i < c->p->r->nflag; i++) flag_row(c, &c->p->r->flag[i]);
    fputs("</div>\n", out);
}

/* ---- panels ---- */

static MlSvgChart frame_of(const Charts *c, const char *label) {
    MlSvgChart chart = ml_svg_chart_default();
    chart.label = label;
    chart.from = c->from, chart.to = c->to;
    chart.nshade = c->nshade, chart.shade = c->shade;
    chart.nmark = c->nmark, chart.mark = c->mark;
    return chart;
}

static void figure_open(const Charts *c, const MlSvgChart *chart, const char *title, const char *unit,
                        const char *kind) {
    double low, high;
    ml_svg_range(chart, &low, &high);
    fprintf(c->p->out,
            "<figure class=\"panel %s\" data-lo=\"%s\" data-hi=\"%s\" data-h=\"%d\"><figcaption><span>"
            "<span class=\"name\">",
            kind, ml_short(low, 8).s, ml_short(high, 8).s, chart->height);
    ml_svg_text(title, c->p->out);
    fputs("</span>", c->p->out);
    if (*unit) fprintf(c->p->out, "<span class=\"unit\">%s</span>", unit);
    fprintf(c->p->out, "</span><span class=\"keys%s\">", chart->ncurve == 1 ? " one" : "");
}

static void figure_close(const Charts *c, const MlSvgChart *chart) {
    fputs("</span></figcaption><div class=\"plot\">", c->p->out);
    ml_svg_chart(chart, c->p->out);
    fputs("</div></figure>\n", c->p->out);
}

/* Name, swatch and, until a moment is chosen, the first and last value. */
static void key(Charts *c, const MlPanel *panel, int k, int alone, const MlSvgCurve *curve) {
    FILE *out = c->p->out;
    int output = panel->series[k].output, change = panel->mode == ML_PANEL_CHANGE;
    double first = NAN, last = NAN, most = 0;
    for (int j = 0; j < curve->n; j++) {
        if (isnan(curve->y[j])) continue;
        if (isnan(first)) first = curve->y[j];
        last = curve->y[j];
        most = fmax(most, fabs(last));
    }
    int d = ml_shown_decimals(output, c->p->o->units, most);
    fputs("<span class=\"key\">", out);
    if (!alone) ml_page_swatch(out, curve->color, curve->dashed);
    if (*panel->series[k].label) fprintf(out, "%s ", panel->series[k].label);
    fprintf(out, "<b data-s=\"%d\" data-c=\"c%d\">", c->nseries, curve->color);
    if (!change) {
        ml_html_fixed(c->p, first, d);
        fputs(" \xe2\x86\x92 ", out);
        ml_html_fixed(c->p, last, d);
    } else {
        ml_html_signed(c->p, last, d);
    }
    fputs("</b></span>", out);
    c->output[c->nseries] = output;
    c->change[c->nseries++] = (char)change;
}

static void describe(const Charts *c, const MlPanel *panel, char *text, size_t size) {
    MlUnits units = c->p->o->units;
    text[0] = 0;
    ml_append(text, size, "Curve of %s over time", panel->title);
    for (int k = 0; k < ML_PANEL_SERIES && panel->series[k].label; k++) {
        int output = panel->series[k].output;
        MlExtremes x = ml_extremes(c->p->r, output);
        if (x.n == 0) continue;
        double low = ml_shown(output, units, x.low), high = ml_shown(output, units, x.high);
        ml_append(text, size, "; %s%sfrom %s to %s %s", panel->series[k].label,
                  *panel->series[k].label ? " " : "", ml_fixed(low, ml_shown_decimals(output, units, low)).s,
                  ml_fixed(high, ml_shown_decimals(output, units, high)).s, ml_html_unit(c->p, output));
    }
}

/* Values of a panel as drawn; returns the number of its curves. */
static int curves_of(const Charts *c, const MlPanel *panel, double *y, MlSvgCurve *curve) {
    const MlResult *r = c->p->r;
    MlUnits units = c->p->o->units;
    int n = 0;
    for (; n < ML_PANEL_SERIES && panel->series[n].label; n++) {
        int output = panel->series[n].output;
        const double *v = ml_result_series(r, output);
        double *shown = y + (size_t)n * (size_t)r->ntime;
        double start = ml_extremes(r, output).start;
        for (int j = 0; j < r->ntime; j++)
            shown[j] = panel->mode == ML_PANEL_CHANGE ? ml_shown_change(output, units, v[j] - start)
                                                      : ml_shown(output, units, v[j]);
        curve[n] = (MlSvgCurve){panel->series[n].label, r->ntime, r->time, shown, n, n == 1};
    }
    return n;
}

static void panel_of(Charts *c, const MlPanel *panel, double *y, const char *kind, int height) {
    char label[400];
    MlSvgCurve curve[ML_PANEL_SERIES];
    int n = curves_of(c, panel, y, curve), output = panel->series[0].output;
    describe(c, panel, label, sizeof label);
    MlSvgChart chart = frame_of(c, label);
    chart.ncurve = n, chart.curve = curve;
    chart.height = height;
    chart.zero = panel->mode != ML_PANEL_VALUE;
    chart.min_span = fabs(ml_shown_change(output, c->p->o->units, panel->min_span));
    if (panel->mode == ML_PANEL_VALUE)
        ml_reference(output, c->p->o->units, &chart.band_low, &chart.band_high, NULL);
    figure_open(c, &chart, panel->title, ml_html_unit(c->p, output), kind);
    for (int k = 0; k < n; k++) key(c, panel, k, n == 1, &curve[k]);
    figure_close(c, &chart);
}

/* Nothing is drawn of what is zero or missing throughout. */
static int is_silent(const Charts *c, const MlPanel *panel) {
    for (int k = 0; k < ML_PANEL_SERIES && panel->series[k].label; k++) {
        MlExtremes x = ml_extremes(c->p->r, panel->series[k].output);
        if (x.n > 0 && (x.low != 0 || x.high != 0)) return 0;
    }
    return 1;
}

/* ---- why plasma sodium moved ---- */

static double effect_of(const MlExplanation *e, const char *name) {
    for (int k = 0; k < e->ncause; k++)
        if (strcmp(e->cause[k].name, name) == 0) return e->cause[k].effect;
    return 0;
}

/* Effect of the i-th cause of the legend; the last stands for all that have no color of their own. */
static double effect_in(const Charts *c, const MlExplanation *e, int i) {
    double effect = 0;
    if (i < NSUMMED)
        effect = i < c->ncause ? effect_of(e, c->cause[i].name) : 0;
    else
        for (int k = i; k < c->ncause; k++) effect += effect_of(e, c->cause[k].name);
    return ml_shown_change(ML_O_plasma_sodium, c->p->o->units, effect);
}

static int causes_shown(const Charts *c) { return c->ncause > NSUMMED ? NSUMMED + 1 : c->ncause; }

/* Causes by the sum of the sizes of their effects. */
static void rank_causes(Charts *c) {
    const MlResult *r = c->p->r;
    c->ncause = ml_causes_between(r, c->from, c->to, c->cause);
    for (int i = 0; i < c->ncause; i++) {
        c->cause[i].effect = 0;
        for (int k = 0; k < r->nexplanation; k++)
            c->cause[i].effect += fabs(effect_of(&r->explanation[k], c->cause[i].name));
    }
    for (int i = 1; i < c->ncause; i++)
        for (int j = i; j > 0 && c->cause[j].effect > c->cause[j - 1].effect; j--) {
            MlCause swap = c->cause[j];
            c->cause[j] = c->cause[j - 1];
            c->cause[j - 1] = swap;
        }
}

/* Pieces stacked up from zero where they raise, down where they lower. */
static int stack(const Charts *c, const MlExplanation *e, MlSvgBar *bar) {
    double up = 0, down = 0, inset = 0.06 * (e->to - e->from);
    int n = 0;
    for (int i = 0; i < causes_shown(c); i++) {
        double v = effect_in(c, e, i);
        if (v == 0) continue;
        bar[n] = (MlSvgBar){.from = e->from + inset, .to = e->to - inset, .color = i};
        if (v > 0)
            bar[n].low = up, bar[n].high = up += v;
        else
            bar[n].high = down, bar[n].low = down += v;
        bar[n++].text = i < NSUMMED ? c->cause[i].name : "other";
    }
    return n;
}

static milieu_code causes(Charts *c) {
    const MlResult *r = c->p->r;
    rank_causes(c);
    if (c->ncause == 0) return MILIEU_OK;
    size_t n = (size_t)r->nexplanation;
    MlSvgBar *bar = calloc(n * (NSUMMED + 1), sizeof *bar);
    MlSvgPoint *net = calloc(n, sizeof *net);
    if (bar && net) {
        MlSvgChart chart =
            frame_of(c, "Stacked bars: by how much each cause raised or lowered plasma sodium in "
                        "each stretch of time, and the sum");
        chart.bar = bar, chart.point = net, chart.height = 130, chart.min_span = 1, chart.zero = 1;
        for (int i = 0; i < r->nexplanation; i++) {
            const MlExplanation *e = &r->explanation[i];
            double sum = ml_shown_change(ML_O_plasma_sodium, c->p->o->units, e->change);
            chart.nbar += stack(c, e, bar + chart.nbar);
            net[chart.npoint++] = (MlSvgPoint){(e->from + e->to) / 2, sum, NAN, NAN, 7, 0, "sum"};
        }
        figure_open(c, &chart, "Why it moved, by cause", ml_shown_unit(ML_O_plasma_sodium, c->p->o->units),
                    "wide");
        for (int i = 0; i < causes_shown(c); i++) {
            fprintf(c->p->out, "<span class=\"key\"><i class=\"sw f c%d\"></i>", i);
            ml_svg_text(i < NSUMMED ? c->cause[i].name : "other", c->p->out);
            fprintf(c->p->out, " <b data-e=\"%d\"></b></span>", i);
        }
        fprintf(c->p->out,
                "<span class=\"key\"><i class=\"sw f c7\" style=\"border-radius:50%%\"></i>sum "
                "<b data-e=\"%d\"></b></span>",
                causes_shown(c));
        figure_close(c, &chart);
    }
    milieu_code code = bar && net ? MILIEU_OK : MILIEU_NO_MEMORY;
    free(bar);
    free(net);
    return code;
}

/* ---- numbers for reading off ---- */

static void json_number(FILE *out, double v, int decimals) {
    fputs(isfinite(v) ? ml_fixed(v, decimals).s : "null", out);
}

static void series_data(const Charts *c, int s) {
    const MlResult *r = c->p->r;
    MlUnits units = c->p->o->units;
    int output = c->output[s];
    const double *v = ml_result_series(r, output);
    MlExtremes x = ml_extremes(r, output);
    double scale = c->change[s] ? 1 : fmax(fabs(x.low), fabs(x.high));
    int d = ml_shown_decimals(output, units, ml_shown(output, units, scale));
    putc('[', c->p->out);
    for (int j = 0; j < r->ntime; j += c->every) {
        if (j) putc(',', c->p->out);
        json_number(
            c->p->out,
            c->change[s] ? ml_shown_change(output, units, v[j] - x.start) : ml_shown(output, units, v[j]), d);
    }
    putc(']', c->p->out);
}

static void explanation_data(const Charts *c) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    for (int i = 0; c->ncause && i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[i];
        fprintf(out, "%s[%s,%s,[", i ? "," : "", ml_short(e->from, 8).s, ml_short(e->to, 8).s);
        for (int k = 0; k < causes_shown(c); k++) {
            json_number(out, effect_in(c, e, k), 2);
            putc(',', out);
        }
        json_number(out, ml_shown_change(ML_O_plasma_sodium, c->p->o->units, e->change), 2);
        fputs("]]", out);
    }
}

static void data(const Charts *c) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    fprintf(out, "<script type=\"application/json\" id=\"data\">{\"clock\":%s,\"from\":%s,",
            ml_short(r->start_clock, 8).s, ml_short(c->from, 8).s);
    fprintf(out, "\"to\":%s,\"coarse\":%d,\n\"t\":[", ml_short(c->to, 8).s, c->to - c->from > 3 * DAY);
    for (int j = 0; j < r->ntime; j += c->every)
        fprintf(out, "%s%s", j ? "," : "", ml_short(r->time[j], 8).s);
    fputs("],\n\"s\":[", out);
    for (int s = 0; s < c->nseries; s++) {
        if (s) fputs(",\n", out);
        series_data(c, s);
    }
    fputs("],\n\"d\":[", out);
    for (int s = 0; s < c->nseries; s++) {
        MlExtremes x = ml_extremes(r, c->output[s]);
        double scale = c->change[s] ? 1 : fmax(fabs(x.low), fabs(x.high));
        int d =
            ml_shown_decimals(c->output[s], c->p->o->units, ml_shown(c->output[s], c->p->o->units, scale));
        fprintf(out, "%s%d", s ? "," : "", d);
    }
    fputs("],\"g\":[", out);
    for (int s = 0; s < c->nseries; s++) fprintf(out, "%s%d", s ? "," : "", c->change[s]);
    fputs("],\n\"e\":[", out);
    explanation_data(c);
    fputs("]}</script>\n", out);
}

/* ---- all of it ---- */

static void legend(const Charts *c) {
    FILE *out = c->p->out;
    int night = 0, effort = 0;
    for (int i = 0; i < c->nshade; i++) {
        if (strcmp(c->shade[i].kind, "night") == 0)
            night = 1;
        else
            effort = 1;
    }
    fputs("<p class=\"legend\"><span><i class=\"band\"></i>normal range</span>", out);
    if (night) fputs("<span><i class=\"night\"></i>night, 23:00 to 07:00</span>", out);
    if (effort) fputs("<span><i class=\"effort\"></i>exercise or heat</span>", out);
    if (c->nmark) fputs("<span><i class=\"mark\"></i>something was given, lost or changed</span>", out);
    fputs("</p>\n<p class=\"hint\" hidden><label for=\"moment\">Point at the curves, or move this, to read "
          "values"
          "</label><input id=\"moment\" type=\"range\" min=\"0\" max=\"1\" value=\"0\"></p>\n",
          out);
}

static milieu_code panels_of(Charts *c, const MlPanel *panels, int n, double *y) {
    FILE *out = c->p->out;
    const char *group = "";
    char silent[600] = "";
    for (int i = 0; i < n; i++) {
        int first = panels[i].series[0].output == ML_O_plasma_sodium;
        if (is_silent(c, &panels[i])) {
            ml_append(silent, sizeof silent, "%s%s", *silent ? ", " : "", panels[i].title);
            continue;
        }
        if (first) {
            panel_of(c, &panels[i], y, "wide", 170);
            ML_TRY(causes(c));
            continue;
        }
        if (strcmp(group, panels[i].group) != 0) {
            fprintf(out, "%s<h3>%s</h3>\n<div class=\"grid2\">\n", *group ? "</div>\n" : "", panels[i].group);
            group = panels[i].group;
        }
        panel_of(c, &panels[i], y, "", 110);
    }
    if (*group) fputs("</div>\n", out);
    if (*silent) {
        fputs("<p class=\"note\">Zero throughout and not drawn: ", out);
        ml_svg_text(silent, out);
        fputs(".</p>\n", out);
    }
    return MILIEU_OK;
}

static milieu_code draw(Charts *c) {
    const MlResult *r = c->p->r;
    int n;
    MlPanel *panels = ml_panels(r, &n);
    double *y = malloc(ML_PANEL_SERIES * (size_t)r->ntime * sizeof *y);
    c->output = calloc((size_t)n * ML_PANEL_SERIES + 1, sizeof *c->output);
    c->change = calloc((size_t)n * ML_PANEL_SERIES + 1, 1);
    milieu_code code = MILIEU_NO_MEMORY;
    if (panels && y && c->output && c->change) {
        fputs("<section aria-labelledby=\"curves\">\n<h2 id=\"curves\">Time courses</h2>\n", c->p->out);
        legend(c);
        fputs("<div class=\"charts\">\n", c->p->out);
        events(c);
        code = panels_of(c, panels, n, y);
        fputs("</div>\n", c->p->out);
        data(c);
        fputs("</section>\n", c->p->out);
    }
    free(panels);
    free(y);
    free(c->output);
    free(c->change);
    return code;
}

milieu_code ml_html_charts(const MlPage *p) {
    const MlResult *r = p->r;
    if (r->ntime == 0 || r->noutput == 0) return MILIEU_OK;
    Charts *c = calloc(1, sizeof *c);
    if (!c) return MILIEU_NO_MEMORY;
    c->p = p;
    c->from = ml_first_time(r), c->to = ml_last_time(r);
    if (!(c->to > c->from)) c->from -= 1, c->to += 1;
    c->every = (r->ntime + MAX_READINGS - 1) / MAX_READINGS;
    find_shades(c);
    find_marks(c);
    milieu_code code = draw(c);
    free(c);
    return code;
}
