/* SPDX-License-Identifier: Apache-2.0 */
/* Why plasma sodium moved, as stacked bars. */
#include "report/html_charts.h"
#include "report/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NSUMMED = 6 }; /* causes with a color of their own */

static double effect_of(const MlExplanation *e, const char *name) {
    for (int k = 0; k < e->ncause; k++)
        if (strcmp(e->cause[k].name, name) == 0) return e->cause[k].effect;
    return 0;
}

/* Effect of the i-th cause of the legend; the last stands for all that have no color of their own. */
static double effect_in(const MlCharts *c, const MlExplanation *e, int i) {
    double effect = 0;
    if (i < NSUMMED)
        effect = i < c->ncause ? effect_of(e, c->cause[i].name) : 0;
    else
        for (int k = i; k < c->ncause; k++) effect += effect_of(e, c->cause[k].name);
    return ml_shown_change(ML_O_plasma_sodium, c->p->o->units, effect);
}

static int causes_shown(const MlCharts *c) { return c->ncause > NSUMMED ? NSUMMED + 1 : c->ncause; }

/* Causes by the sum of the sizes of their effects. */
static void rank_causes(MlCharts *c) {
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
static int stack(const MlCharts *c, const MlExplanation *e, MlSvgBar *bar) {
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

/* The sum is a dot in each bar, or a line where there are many. */
static void draw_causes(MlCharts *c, MlSvgBar *bar, MlSvgPoint *net, double *x, double *y) {
    enum { MANY = 45 };
    const MlResult *r = c->p->r;
    MlUnits units = c->p->o->units;
    MlSvgCurve line = {"sum", r->nexplanation, x, y, 7, 0};
    MlSvgChart chart =
        ml_charts_frame(c, "Stacked bars: by how much each cause raised or lowered plasma sodium in each "
                           "stretch of time, and the sum");
    chart.bar = bar, chart.point = net, chart.height = 130, chart.min_span = 1, chart.zero = 1;
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[i];
        x[i] = (e->from + e->to) / 2, y[i] = ml_shown_change(ML_O_plasma_sodium, units, e->change);
        chart.nbar += stack(c, e, bar + chart.nbar);
        net[i] = (MlSvgPoint){x[i], y[i], NAN, NAN, 7, 0, "sum"};
    }
    if (r->nexplanation <= MANY)
        chart.npoint = r->nexplanation;
    else
        chart.curve = &line, chart.ncurve = 1;
    ml_charts_open(c, &chart, "Why it moved, by cause", ml_shown_unit(ML_O_plasma_sodium, units), "wide");
    for (int i = 0; i < causes_shown(c); i++) {
        fprintf(c->p->out, "<span class=\"key\"><i class=\"sw f c%d\"></i>", i);
        ml_svg_text(i < NSUMMED ? c->cause[i].name : "other", c->p->out);
        fprintf(c->p->out, " <b data-e=\"%d\"></b></span>", i);
    }
    fprintf(c->p->out, "<span class=\"key\"><i class=\"sw f c7 round\"></i>sum <b data-e=\"%d\"></b></span>",
            causes_shown(c));
    ml_charts_close(c, &chart);
}

milieu_code ml_charts_causes(MlCharts *c) {
    rank_causes(c);
    if (c->ncause == 0) return MILIEU_OK;
    size_t n = (size_t)c->p->r->nexplanation;
    MlSvgBar *bar = calloc(n * (NSUMMED + 1), sizeof *bar);
    MlSvgPoint *net = calloc(n, sizeof *net);
    double *x = calloc(2 * n, sizeof *x);
    if (bar && net && x) draw_causes(c, bar, net, x, x + n);
    milieu_code code = bar && net && x ? MILIEU_OK : MILIEU_NO_MEMORY;
    free(bar);
    free(net);
    free(x);
    return code;
}

void ml_charts_causes_data(const MlCharts *c) {
    const MlResult *r = c->p->r;
    FILE *out = c->p->out;
    for (int i = 0; c->ncause && i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[i];
        fprintf(out, "%s[%s,%s,[", i ? "," : "", ml_short(e->from, 8).s, ml_short(e->to, 8).s);
        for (int k = 0; k < causes_shown(c); k++) {
            ml_charts_number(out, effect_in(c, e, k), 2);
            putc(',', out);
        }
        ml_charts_number(out, ml_shown_change(ML_O_plasma_sodium, c->p->o->units, e->change), 2);
        fputs("]]", out);
    }
}
