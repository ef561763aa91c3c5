/* SPDX-License-Identifier: Apache-2.0 */
/* Why an explained output moved, as stacked bars. */
#include "report/html_charts.h"
#include "report/moved.h"
#include "report/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NSUMMED = 6 }; /* causes with a color of their own */
typedef struct MlWhyBars Bars;

static double effect_of(const MlExplanation *e, const char *name) {
    for (int k = 0; k < e->ncause; k++)
        if (strcmp(e->cause[k].name, name) == 0) return e->cause[k].effect;
    return 0;
}

/* Effect of the i-th cause of the legend; the last stands for all that have no color of their own. */
static double effect_in(const MlCharts *c, const Bars *b, const MlExplanation *e, int i) {
    double effect = 0;
    if (i < NSUMMED)
        effect = i < b->ncause ? effect_of(e, b->cause[i].name) : 0;
    else
        for (int k = i; k < b->ncause; k++) effect += effect_of(e, b->cause[k].name);
    return ml_shown_change(ml_why_output[b->why], c->p->o->units, effect);
}

static int causes_shown(const Bars *b) { return b->ncause > NSUMMED ? NSUMMED + 1 : b->ncause; }

static int by_effect(const void *a, const void *b) {
    const double x = ((const MlCause *)a)->effect, y = ((const MlCause *)b)->effect;
    return (x < y) - (x > y);
}

/* Causes by the sum of the sizes of their effects. */
static void rank_causes(const MlCharts *c, Bars *b) {
    const MlResult *r = c->p->r;
    b->ncause = ml_causes_between(r, b->why, c->from, c->to, b->cause);
    for (int i = 0; i < b->ncause; i++) {
        b->cause[i].effect = 0;
        for (int k = 0; k < r->nexplanation; k++)
            b->cause[i].effect += fabs(effect_of(&r->explanation[b->why][k], b->cause[i].name));
    }
    qsort(b->cause, (size_t)b->ncause, sizeof b->cause[0], by_effect);
}

/* Pieces stacked up from zero where they raise, down where they lower. */
static int stack(const MlCharts *c, const Bars *b, const MlExplanation *e, MlSvgBar *bar) {
    double up = 0, down = 0, inset = 0.06 * (e->to - e->from);
    int n = 0;
    for (int i = 0; i < causes_shown(b); i++) {
        double v = effect_in(c, b, e, i);
        if (v == 0) continue;
        bar[n] = (MlSvgBar){.from = e->from + inset, .to = e->to - inset, .color = i};
        if (v > 0)
            bar[n].low = up, bar[n].high = up += v;
        else
            bar[n].high = down, bar[n].low = down += v;
        bar[n++].text = i < NSUMMED ? ml_route_told(c->p->r, b->cause[i].name) : "other";
    }
    return n;
}

static void key(const MlCharts *c, int color, const char *shape, const char *name) {
    fprintf(c->p->out, "<span class=\"key\"><i class=\"sw f c%d%s\"></i>", color, shape);
    ml_svg_text(name, c->p->out);
}

static void legend(const MlCharts *c, const Bars *b) {
    const int n = causes_shown(b), chart = (int)(b - c->bars);
    for (int i = 0; i <= n; i++) {
        if (i < n)
            key(c, i, "", i < NSUMMED ? ml_route_told(c->p->r, b->cause[i].name) : "other");
        else
            key(c, 7, " round", "sum");
        fprintf(c->p->out, " <b data-w=\"%d\" data-e=\"%d\"></b></span>", chart, i);
    }
}

/* The sum is a dot in each bar, or a line where there are many. */
static void draw_causes(const MlCharts *c, const Bars *b, MlSvgBar *bar, MlSvgPoint *net, double *x, double *y) {
    enum { MANY = 45 };
    const MlResult *r = c->p->r;
    const int output = ml_why_output[b->why];
    char label[160] = "", title[80] = "";
    MlSvgCurve line = {.name = "sum", .n = r->nexplanation, .x = x, .y = y, .color = 7};
    ml_append(label, sizeof label, "Stacked bars: by how much each cause raised or lowered %s in each stretch of time, and the sum",
              ml_plain_name(output).s);
    MlSvgChart chart = ml_charts_frame(c, label);
    chart.bar = bar, chart.point = net, chart.height = 130, chart.min_span = ml_effect_span(b->why), chart.zero = 1;
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[b->why][i];
        x[i] = (e->from + e->to) / 2, y[i] = ml_shown_change(output, c->p->o->units, e->change);
        chart.nbar += stack(c, b, e, bar + chart.nbar);
        net[i] = (MlSvgPoint){x[i], y[i], NAN, NAN, 7, 0, "sum"};
    }
    if (r->nexplanation <= MANY)
        chart.npoint = r->nexplanation;
    else
        chart.curve = &line, chart.ncurve = 1;
    ml_append(title, sizeof title, "Why %s moved, by cause", ml_plain_name(output).s);
    ml_charts_open(c, &chart, title, ml_shown_unit(output, c->p->o->units), "wide");
    legend(c, b);
    ml_charts_close(c, &chart);
}

milieu_code ml_charts_causes(MlCharts *c, MlWhy why) {
    Bars *b = &c->bars[c->nwhy];
    b->why = why;
    rank_causes(c, b);
    if (b->ncause == 0) return MILIEU_OK;
    c->nwhy++;
    size_t n = (size_t)c->p->r->nexplanation;
    MlSvgBar *bar = calloc(n * (NSUMMED + 1), sizeof *bar);
    MlSvgPoint *net = calloc(n, sizeof *net);
    double *x = calloc(2 * n, sizeof *x);
    if (bar && net && x) draw_causes(c, b, bar, net, x, x + n);
    milieu_code code = bar && net && x ? MILIEU_OK : MILIEU_NO_MEMORY;
    free(bar);
    free(net);
    free(x);
    return code;
}

/* Of one stretch and one output: the effect of each cause and the sum. */
static void effects(const MlCharts *c, const Bars *b, int stretch) {
    const MlExplanation *e = &c->p->r->explanation[b->why][stretch];
    const int decimals = ml_effect_decimals(b->why) + 1;
    putc('[', c->p->out);
    for (int k = 0; k < causes_shown(b); k++) {
        ml_charts_number(c->p->out, effect_in(c, b, e, k), decimals);
        putc(',', c->p->out);
    }
    ml_charts_number(c->p->out, ml_shown_change(ml_why_output[b->why], c->p->o->units, e->change), decimals);
    putc(']', c->p->out);
}

void ml_charts_causes_data(const MlCharts *c) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    fputs("\"w\":[", out);
    for (int k = 0; k < c->nwhy; k++) fprintf(out, "%s%d", k ? "," : "", ml_effect_decimals(c->bars[k].why));
    fputs("],\n\"e\":[", out);
    for (int i = 0; c->nwhy && i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[0][i];
        fprintf(out, "%s[%s,%s", i ? ",\n" : "", ml_short(e->from, 8).s, ml_short(e->to, 8).s);
        for (int k = 0; k < c->nwhy; k++) {
            putc(',', out);
            effects(c, &c->bars[k], i);
        }
        putc(']', out);
    }
    putc(']', out);
}
