/* SPDX-License-Identifier: Apache-2.0 */
/* The drawings of several runs: flags as bars side by side, curves over each other on one time axis. */
#include "report/compare_page.h"

#include "report/html_charts.h"
#include "report/panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { READINGS = 289, WIDE_ONES = 6 };

typedef struct Drawing {
    const MlComparePage *p;
    MlCharts *charts;
    int nseries;
    int *output; /* of each drawing, with a series for each side */
    double *y;   /* room for one drawing */
    int room;    /* of one side in y */
} Drawing;

/* ---- flags ---- */

static void bar(const Drawing *d, const MlFlagSpan *f, double end) {
    const double from = fmax(f->on, d->charts->from), to = isnan(f->off) ? end : fmin(f->off, end), all = d->charts->to - d->charts->from;
    fprintf(d->p->page.out, "<rect class=\"%s\" x=\"%s%%\" width=\"%s%%\" y=\"%d\" height=\"%d\" rx=\"2\"/>", ml_severity_text(f->severity),
            ml_short(100 * (from - d->charts->from) / all, 4).s, ml_short(fmax(0.4, 100 * (to - from) / all), 4).s, 5 - f->severity, 2 + 2 * f->severity);
}

static void flag(const Drawing *d, const MlFlagContrast *f) {
    FILE *out = d->p->page.out;
    const MlComparison *c = d->p->c;
    fprintf(out, "<div class=\"flagrow\"><p><i>%s</i></p>\n", ml_flag_title(f->flag).s);
    for (int i = 0; i < c->n; i++) {
        const MlResult *r = c->side[i].r;
        fputs("<div class=\"lane\"><span>", out);
        ml_compare_letter(d->p, i);
        fprintf(out, "</span><div class=\"plot\"><svg class=\"chart\" role=\"img\" aria-label=\"%s in %c: %s\" width=\"100%%\" height=\"12\"><line class=\"grid\" x2=\"100%%\" y1=\"6\" y2=\"6\"/>",
                ml_flag_title(f->flag).s, c->side[i].letter, f->times[i] ? ml_severity_text(f->whole[i].severity) : "not on");
        for (int k = 0; k < r->nflag; k++)
            if (r->flag[k].flag == f->flag) bar(d, &r->flag[k], ml_last_time(r));
        fputs("</svg></div></div>\n", out);
    }
    fputs("</div>\n", out);
}

static void flags(const Drawing *d) {
    if (d->p->c->nflag == 0) return;
    fputs("<div class=\"lanes\">\n", d->p->page.out);
    for (int k = 0; k < d->p->c->nflag; k++) flag(d, &d->p->c->flag[k]);
    fputs("</div>\n", d->p->page.out);
}

/* ---- curves ---- */

static void key(const Drawing *d, int side, const MlContrast *k) {
    FILE *out = d->p->page.out;
    const MlUnits units = d->p->page.o->units;
    const MlExtremes *x = &k->x[side];
    const double end = ml_shown(k->output, units, x->end);
    fputs("<span class=\"key\">", out);
    ml_compare_letter(d->p, side);
    fprintf(out, " <b data-s=\"%d\" data-c=\"c%d\">", d->nseries * d->p->c->n + side, ml_side_color(side));
    ml_html_fixed(&d->p->page, end, ml_shown_decimals(k->output, units, fmax(fabs(ml_shown(k->output, units, x->low)), fabs(ml_shown(k->output, units, x->high)))));
    fputs("</b></span>", out);
}

static void describe(const Drawing *d, const MlContrast *k, const char *title, char *text, size_t size) {
    const MlUnits units = d->p->page.o->units;
    text[0] = 0;
    ml_append(text, size, "Curves of %s over time, one for each run", title);
    for (int i = 0; i < d->p->c->n; i++) {
        const double low = ml_shown(k->output, units, k->x[i].low), high = ml_shown(k->output, units, k->x[i].high);
        ml_append(text, size, "; %c from %s to %s %s", d->p->c->side[i].letter, ml_fixed(low, ml_shown_decimals(k->output, units, low)).s,
                  ml_fixed(high, ml_shown_decimals(k->output, units, high)).s, ml_html_unit(&d->p->page, k->output));
    }
}

static void draw(Drawing *d, const MlContrast *k, const MlPanel *panel, const char *title, const char *kind, int height) {
    const MlComparison *c = d->p->c;
    const MlUnits units = d->p->page.o->units;
    char label[600];
    MlSvgCurve curve[ML_MOST_COMPARED];
    for (int i = 0; i < c->n; i++) {
        const MlResult *r = c->side[i].r;
        const double *v = ml_result_series(r, k->output);
        double *shown = d->y + (size_t)i * (size_t)d->room;
        for (int j = 0; j < r->ntime; j++) shown[j] = ml_shown(k->output, units, v[j]);
        curve[i] = (MlSvgCurve){.name = c->side[i].name, .n = r->ntime, .x = r->time, .y = shown, .color = ml_side_color(i), .dashed = ml_side_dash(i)};
    }
    describe(d, k, title, label, sizeof label);
    MlSvgChart chart = ml_charts_frame(d->charts, label);
    chart.ncurve = c->n, chart.curve = curve;
    chart.height = height;
    chart.zero = panel->mode == ML_PANEL_ZERO;
    chart.min_span = fabs(ml_shown_change(k->output, units, panel->min_span));
    if (!chart.zero) ml_reference(k->output, units, &chart.band_low, &chart.band_high, NULL);
    ml_charts_open(d->charts, &chart, title, ml_html_unit(&d->p->page, k->output), kind);
    for (int i = 0; i < c->n; i++) key(d, i, k);
    ml_charts_close(d->charts, &chart);
    d->output[d->nseries++] = k->output;
}

static const MlContrast *contrast_of(const MlComparison *c, int output) {
    for (int k = 0; k < c->ncontrast; k++)
        if (c->contrast[k].output == output) return &c->contrast[k];
    return NULL;
}

/* "Water since the start: urine": in a drawing of its own the panel's title goes along. */
static const char *title_of(const MlPanel *panel, int s, char *text, size_t size) {
    text[0] = 0;
    ml_append(text, size, "%s%s%s", panel->title, *panel->series[s].label ? ": " : "", panel->series[s].label);
    return text;
}

/* The ends of a band say nothing that its middle does not. */
static int is_drawn(const MlPanel *panel, int s) { return panel->mode != ML_PANEL_BAND || s == 0; }

/* What is told of a run and lies apart, wide and first. */
static int draw_wide(Drawing *d, const MlPanel *panels, int n, int *wide) {
    int drawn = 0;
    for (int k = 0; k < d->p->c->ncontrast && drawn < WIDE_ONES; k++) {
        const MlContrast *row = &d->p->c->contrast[k];
        if (!row->moved || row->apart < ml_apart_enough) continue;
        for (int i = 0; i < n; i++)
            if (panels[i].series[0].output == row->output) {
                draw(d, row, &panels[i], ml_title(row->output).s, "wide both", 170);
                wide[drawn++] = row->output;
                break;
            }
    }
    return drawn;
}

static int is_among(int output, const int *list, int n) {
    for (int i = 0; i < n; i++)
        if (list[i] == output) return 1;
    return 0;
}

static void draw_all(Drawing *d, const MlPanel *panels, int n) {
    FILE *out = d->p->page.out;
    int wide[WIDE_ONES], alike = 0;
    const int nwide = draw_wide(d, panels, n, wide);
    const char *group = "";
    char title[120];
    for (int i = 0; i < n; i++)
        for (int s = 0; s < ML_PANEL_SERIES && panels[i].series[s].label; s++) {
            const MlContrast *k = contrast_of(d->p->c, panels[i].series[s].output);
            if (!k || !is_drawn(&panels[i], s) || k->apart < ml_apart_enough || is_among(k->output, wide, nwide)) continue;
            if (strcmp(group, panels[i].group) != 0) {
                fprintf(out, "%s<h3>%s</h3>\n<div class=\"grid2\">\n", *group ? "</div>\n" : "", panels[i].group);
                group = panels[i].group;
            }
            draw(d, k, &panels[i], title_of(&panels[i], s, title, sizeof title), "", 110);
        }
    if (*group) fputs("</div>\n", out);
    for (int i = 0; i < n; i++)
        for (int s = 0; s < ML_PANEL_SERIES && panels[i].series[s].label; s++) {
            const MlContrast *k = contrast_of(d->p->c, panels[i].series[s].output);
            if (!k || !is_drawn(&panels[i], s) || k->apart >= ml_apart_enough) continue;
            fputs(alike++ ? ", " : "<p class=\"note\">Alike in all and not drawn: ", out);
            ml_svg_text(title_of(&panels[i], s, title, sizeof title), out);
        }
    if (alike) fputs(".</p>\n", out);
}

/* ---- numbers for reading off ---- */

static int same_clock(const MlComparison *c) {
    for (int i = 1; i < c->n; i++)
        if (c->side[i].r->start_clock != c->side[0].r->start_clock) return 0;
    return 1;
}

static int decimals_of(const Drawing *d, int output) {
    const MlUnits units = d->p->page.o->units;
    const MlContrast *k = contrast_of(d->p->c, output);
    double most = 0;
    for (int i = 0; i < d->p->c->n; i++)
        most = fmax(most, fmax(fabs(ml_shown(output, units, k->x[i].low)), fabs(ml_shown(output, units, k->x[i].high))));
    return ml_shown_decimals(output, units, most);
}

static void series(const Drawing *d, int output, const MlResult *r) {
    FILE *out = d->p->page.out;
    const MlCharts *c = d->charts;
    const int decimals = decimals_of(d, output);
    putc('[', out);
    for (int j = 0; j < READINGS; j++) {
        const double t = c->from + j * (c->to - c->from) / (READINGS - 1);
        if (j) putc(',', out);
        ml_charts_number(out, ml_shown(output, d->p->page.o->units, ml_result_at(r, output, t)), decimals);
    }
    putc(']', out);
}

static void data(const Drawing *d) {
    FILE *out = d->p->page.out;
    const MlComparison *c = d->p->c;
    const double from = d->charts->from, to = d->charts->to;
    const int all = d->nseries * c->n;
    fprintf(out, "<script type=\"application/json\" id=\"data\">{\"clock\":%s,\"from\":%s,\"to\":%s,\"coarse\":%d,\n\"t\":[",
            same_clock(c) ? ml_short(c->side[0].r->start_clock, 8).s : "null", ml_short(from, 8).s, ml_short(to, 8).s, to - from > 3 * 1440);
    for (int j = 0; j < READINGS; j++) fprintf(out, "%s%s", j ? "," : "", ml_short(from + j * (to - from) / (READINGS - 1), 8).s);
    fputs("],\n\"s\":[", out);
    for (int k = 0; k < all; k++) {
        if (k) fputs(",\n", out);
        series(d, d->output[k / c->n], c->side[k % c->n].r);
    }
    fputs("],\n\"d\":[", out);
    for (int k = 0; k < all; k++) fprintf(out, "%s%d", k ? "," : "", decimals_of(d, d->output[k / c->n]));
    fputs("],\"g\":[", out);
    for (int k = 0; k < all; k++) fputs(k ? ",0" : "0", out);
    fputs("],\"w\":[],\"e\":[]}</script>\n", out);
}

/* ---- all of it ---- */

/* The exercise of the first side is shaded where all have it. */
static int same_effort(const MlComparison *c) {
    for (int i = 1; i < c->n; i++) {
        const MlResult *a = c->side[0].r, *b = c->side[i].r;
        int k = 0;
        for (int pass = 0; pass < 2; pass++) {
            const MlResult *x = pass ? b : a, *y = pass ? a : b;
            for (int j = 0; j < x->nlog; j++) {
                if (x->log[j].kind != ML_EVENT_EXERCISE && x->log[j].kind != ML_EVENT_HEAT) continue;
                for (k = 0; k < y->nlog; k++)
                    if (y->log[k].kind == x->log[j].kind && fabs(y->log[k].at - x->log[j].at) < 0.5 && fabs(y->log[k].until - x->log[j].until) < 0.5) break;
                if (k == y->nlog) return 0;
            }
        }
    }
    return 1;
}

static void legend(const Drawing *d) {
    FILE *out = d->p->page.out;
    int night = 0, effort = 0;
    for (int i = 0; i < d->charts->nshade; i++) strcmp(d->charts->shade[i].kind, "night") == 0 ? night++ : effort++;
    fputs("<p class=\"legend\">", out);
    for (int i = 0; i < d->p->c->n; i++) {
        fputs("<span>", out);
        ml_compare_letter(d->p, i);
        fputs(" ", out);
        ml_svg_text(d->p->c->side[i].name, out);
        fputs("</span>", out);
    }
    fputs("<span><i class=\"band\"></i>normal range</span>", out);
    if (night) fputs("<span><i class=\"night\"></i>night, 23:00 to 07:00</span>", out);
    if (effort) fputs("<span><i class=\"effort\"></i>exercise or heat</span>", out);
    fputs("</p>\n<p class=\"hint\" hidden><label for=\"moment\">Point at the curves, or move this, to read values</label>"
          "<input id=\"moment\" type=\"range\" min=\"0\" max=\"1\" value=\"0\"></p>\n", out);
}

static void open_axis(Drawing *d) {
    MlCharts *c = d->charts;
    c->p = &d->p->page;
    c->from = INFINITY, c->to = -INFINITY;
    for (int i = 0; i < d->p->c->n; i++) {
        const MlResult *r = d->p->c->side[i].r;
        c->from = fmin(c->from, ml_first_time(r)), c->to = fmax(c->to, ml_last_time(r));
        if (r->ntime > d->room) d->room = r->ntime;
    }
    if (!(c->to > c->from)) c->from -= 1, c->to += 1;
    if (same_clock(d->p->c)) ml_charts_shade_nights(c);
    if (same_effort(d->p->c)) ml_charts_shade_effort(c);
}

milieu_code ml_compare_charts(const MlComparePage *p) {
    int n = 0;
    Drawing d = {.p = p, .charts = calloc(1, sizeof *d.charts)};
    MlPanel *panels = ml_panels(p->c->side[0].r, &n);
    if (d.charts) open_axis(&d);
    d.output = calloc((size_t)p->c->ncontrast * 2 + 1, sizeof *d.output);
    d.y = malloc(((size_t)d.room * ML_MOST_COMPARED + 1) * sizeof *d.y);
    const milieu_code code = panels && d.charts && d.output && d.y ? MILIEU_OK : MILIEU_NO_MEMORY;
    if (code == MILIEU_OK) {
        fputs("<section aria-labelledby=\"curves\">\n<h2 id=\"curves\">Time courses</h2>\n", p->page.out);
        legend(&d);
        fputs("<div class=\"charts\">\n", p->page.out);
        flags(&d);
        draw_all(&d, panels, n);
        fputs("</div>\n", p->page.out);
        data(&d);
        fputs("</section>\n", p->page.out);
    }
    free(panels);
    free(d.charts);
    free(d.output);
    free(d.y);
    return code;
}
