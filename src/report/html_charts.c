/* SPDX-License-Identifier: Apache-2.0 */
/* The drawings of the page: events and flags on a common time axis, then the curves by topic. */
#include "report/html_charts.h"
#include "base/fail.h"
#include "report/moved.h"
#include "report/page.h"
#include "report/panels.h"
#include "report/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_READINGS = 400 }; /* moments whose values the page holds for reading off */

/* ---- panels ---- */

MlSvgChart ml_charts_frame(const MlCharts *c, const char *label) {
    MlSvgChart chart = ml_svg_chart_default();
    chart.label = label;
    chart.from = c->from, chart.to = c->to;
    chart.nshade = c->nshade, chart.shade = c->shade;
    chart.nmark = c->nmark, chart.mark = c->mark;
    return chart;
}

void ml_charts_open(const MlCharts *c, const MlSvgChart *chart, const char *title, const char *unit,
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
    fprintf(c->p->out, "</span><span class=\"keys%s\">",
            chart->ncurve == 1 && chart->nbar == 0 ? " one" : "");
}

void ml_charts_close(const MlCharts *c, const MlSvgChart *chart) {
    fputs("</span></figcaption><div class=\"plot\">", c->p->out);
    ml_svg_chart(chart, c->p->out);
    fputs("</div></figure>\n", c->p->out);
}

/* Name, swatch and, until a moment is chosen, the first and last value. */
static void key(MlCharts *c, const MlPanel *panel, int k, int alone, const MlSvgCurve *curve) {
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

static void describe(const MlCharts *c, const MlPanel *panel, char *text, size_t size) {
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
static int curves_of(const MlCharts *c, const MlPanel *panel, double *y, MlSvgCurve *curve) {
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
        const int edge = panel->mode == ML_PANEL_BAND && n > 0;
        curve[n] = (MlSvgCurve){.name = panel->series[n].label, .n = r->ntime, .x = r->time, .y = shown, .color = edge ? 0 : n,
                                .dashed = edge || n == 1, .thin = edge};
    }
    return n;
}

static void panel_of(MlCharts *c, const MlPanel *panel, double *y, const char *kind, int height) {
    char label[400];
    MlSvgCurve curve[ML_PANEL_SERIES];
    int n = curves_of(c, panel, y, curve), output = panel->series[0].output;
    describe(c, panel, label, sizeof label);
    MlSvgChart chart = ml_charts_frame(c, label);
    chart.ncurve = n, chart.curve = curve;
    chart.height = height;
    chart.zero = panel->mode == ML_PANEL_ZERO || panel->mode == ML_PANEL_CHANGE;
    chart.min_span = fabs(ml_shown_change(output, c->p->o->units, panel->min_span));
    if (panel->mode == ML_PANEL_VALUE)
        ml_reference(output, c->p->o->units, &chart.band_low, &chart.band_high, NULL);
    ml_charts_open(c, &chart, panel->title, ml_html_unit(c->p, output), kind);
    for (int k = 0; k < n; k++) key(c, panel, k, n == 1, &curve[k]);
    ml_charts_close(c, &chart);
}

static int is_zero(const MlCharts *c, const MlPanel *panel) {
    for (int k = 0; k < ML_PANEL_SERIES && panel->series[k].label; k++) {
        MlExtremes x = ml_extremes(c->p->r, panel->series[k].output);
        if (x.n > 0 && (x.low != 0 || x.high != 0)) return 0;
    }
    return 1;
}

static int is_ordinary(const MlCharts *c, const MlPanel *panel) { return !is_zero(c, panel) && ml_panel_is_ordinary(c->p->r, panel); }

/* Nothing is drawn of what is zero or missing throughout, nor of nerve and muscle while they stay ordinary. */
static int is_silent(const MlCharts *c, const MlPanel *panel) { return is_zero(c, panel) || is_ordinary(c, panel); }

/* ---- numbers for reading off ---- */

void ml_charts_number(FILE *out, double v, int decimals) {
    fputs(isfinite(v) ? ml_fixed(v, decimals).s : "null", out);
}

static void series_data(const MlCharts *c, int s) {
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
        ml_charts_number(
            c->p->out,
            c->change[s] ? ml_shown_change(output, units, v[j] - x.start) : ml_shown(output, units, v[j]), d);
    }
    putc(']', c->p->out);
}

static void data(const MlCharts *c) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    fprintf(out, "<script type=\"application/json\" id=\"data\">{\"clock\":%s,\"from\":%s,",
            ml_short(r->start_clock, 8).s, ml_short(c->from, 8).s);
    fprintf(out, "\"to\":%s,\"coarse\":%d,\n\"t\":[", ml_short(c->to, 8).s, c->to - c->from > 3 * 1440);
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
    fputs("],\n", out);
    ml_charts_causes_data(c);
    fputs("}</script>\n", out);
}

/* ---- all of it ---- */

static void legend(const MlCharts *c) {
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

/* The curve of an output that moved, wide, and why it did where that is explained. */
static milieu_code told(MlCharts *c, int output, const MlPanel *panels, int n, double *y) {
    const int why = ml_why_of(output);
    for (int i = 0; i < n; i++) {
        if (panels[i].series[0].output != output || is_silent(c, &panels[i])) continue;
        MlPanel panel = panels[i];
        if (!panel.series[1].label) panel.title = ml_outputs[output].text;
        panel_of(c, &panel, y, "wide", 170);
        return why < 0 ? MILIEU_OK : ml_charts_causes(c, (MlWhy)why);
    }
    return MILIEU_OK;
}

static int is_told(const MlMoved *moved, const MlPanel *panel) {
    for (int k = 0; k < moved->n; k++)
        if (panel->series[0].output == moved->output[k]) return 1;
    return 0;
}

static void name_silent(const MlCharts *c, const MlPanel *panels, int n, int (*is_left_out)(const MlCharts *, const MlPanel *), const char *why) {
    int any = 0;
    for (int i = 0; i < n; i++) {
        if (!is_left_out(c, &panels[i])) continue;
        if (any++)
            fputs(", ", c->p->out);
        else
            fprintf(c->p->out, "<p class=\"note\">%s: ", why);
        ml_svg_text(panels[i].title, c->p->out);
    }
    if (any) fputs(".</p>\n", c->p->out);
}

static milieu_code panels_of(MlCharts *c, const MlPanel *panels, int n, double *y) {
    FILE *out = c->p->out;
    const char *group = "";
    const MlMoved moved = ml_moved(c->p->r);
    for (int k = 0; k < moved.n; k++) ML_TRY(told(c, moved.output[k], panels, n, y));
    for (int i = 0; i < n; i++) {
        if (is_silent(c, &panels[i]) || is_told(&moved, &panels[i])) continue;
        if (strcmp(group, panels[i].group) != 0) {
            fprintf(out, "%s<h3>%s</h3>\n<div class=\"grid2\">\n", *group ? "</div>\n" : "", panels[i].group);
            group = panels[i].group;
        }
        panel_of(c, &panels[i], y, "", 110);
    }
    if (*group) fputs("</div>\n", out);
    name_silent(c, panels, n, is_zero, "Zero throughout and not drawn");
    name_silent(c, panels, n, is_ordinary, "Ordinary in nerve and muscle and not drawn");
    return MILIEU_OK;
}

static milieu_code draw(MlCharts *c) {
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
        ml_charts_events(c);
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
    MlCharts *c = calloc(1, sizeof *c);
    if (!c) return MILIEU_NO_MEMORY;
    c->p = p;
    c->from = ml_first_time(r), c->to = ml_last_time(r);
    if (!(c->to > c->from)) c->from -= 1, c->to += 1;
    c->every = (r->ntime + MAX_READINGS - 1) / MAX_READINGS;
    ml_charts_find_events(c);
    milieu_code code = draw(c);
    free(c);
    return code;
}
