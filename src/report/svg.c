/* SPDX-License-Identifier: Apache-2.0 */
#include "report/svg.h"

#include "report/axis.h"
#include "report/curve.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

/* Inner drawing of curves: stretched to the width of the page, lines keep their thickness. */
enum { INNER_WIDTH = 1000, USUAL_HEIGHT = 110, BUCKETS = 500 };

MlSvgChart ml_svg_chart_default(void) {
    return (MlSvgChart){.label = "",
                        .low = NAN,
                        .high = NAN,
                        .height = USUAL_HEIGHT,
                        .with_labels = 1,
                        .band_low = NAN,
                        .band_high = NAN};
}

const char *ml_svg_character(const char *text, FILE *out) {
    char piece[5];
    const char *next = ml_clean_character(text, 0, piece);
    switch (*piece) {
    case '&':
        fputs("&amp;", out);
        break;
    case '<':
        fputs("&lt;", out);
        break;
    case '>':
        fputs("&gt;", out);
        break;
    case '"':
        fputs("&quot;", out);
        break;
    case '\'':
        fputs("&#39;", out);
        break;
    default:
        fputs(piece, out);
    }
    return next;
}

void ml_svg_text(const char *text, FILE *out) {
    while (text && *text) text = ml_svg_character(text, out);
}

/* ---- ranges ---- */

static void widen(double v, double *low, double *high) {
    if (!isfinite(v)) return;
    if (isnan(*low) || v < *low) *low = v;
    if (isnan(*high) || v > *high) *high = v;
}

static void range_of_data(const MlSvgChart *c, double *low, double *high) {
    *low = *high = NAN;
    for (int i = 0; i < c->ncurve; i++)
        for (int j = 0; j < c->curve[i].n; j++) widen(c->curve[i].y[j], low, high);
    for (int i = 0; i < c->npoint; i++) {
        widen(c->point[i].y, low, high);
        widen(c->point[i].low, low, high);
        widen(c->point[i].high, low, high);
    }
    for (int i = 0; i < c->nbar; i++) {
        widen(c->bar[i].low, low, high);
        widen(c->bar[i].high, low, high);
    }
    if (isnan(*low)) return;
    widen(c->band_low, low, high);
    widen(c->band_high, low, high);
    if (c->zero) widen(0, low, high);
}

/* Room above and below, except that what starts at zero stays there. */
void ml_svg_range(const MlSvgChart *c, double *low, double *high) {
    double a, b;
    range_of_data(c, &a, &b);
    if (isnan(a)) a = 0, b = 1;
    double span = fmax(b - a, fmax(c->min_span, 1e-6 * fmax(fabs(a), fabs(b))));
    if (!(span > 0)) span = 1;
    int from_zero = a >= 0 && a < 0.05 * span, to_zero = b <= 0 && b > -0.05 * span && b - a > 0;
    double missing = span - (b - a), room = 0.07 * span;
    double below = from_zero ? a : missing / 2 + room, above = to_zero ? -b : missing / 2 + room;
    if (from_zero) above += missing / 2;
    *low = isnan(c->low) ? a - below : c->low;
    *high = isnan(c->high) ? b + above : c->high;
    if (!(*high > *low)) *high = *low + 1;
}

/* ---- parts ---- */

typedef struct Frame {
    const MlSvgChart *c;
    FILE *out;
    double low, high;
    int height;
} Frame;

static double percent(const Frame *f, double x) {
    double span = f->c->to - f->c->from;
    return span > 0 ? 100 * (x - f->c->from) / span : 50;
}

static double pixel(const Frame *f, double y) { return (f->high - y) / (f->high - f->low) * f->height; }

/* Places are cut to the drawing. */
static MlWord at_percent(const Frame *f, double x) { return ml_short(fmin(100, fmax(0, percent(f, x))), 5); }

static MlWord at_pixel(const Frame *f, double y) {
    double p = fmin(f->height, fmax(0, pixel(f, y)));
    return ml_short(floor(p * 10 + 0.5) / 10, 5);
}

static void shades(const Frame *f) {
    for (int i = 0; i < f->c->nshade; i++) {
        const MlSvgShade *s = &f->c->shade[i];
        double from = fmax(s->from, f->c->from), to = fmin(s->to, f->c->to);
        if (!(to > from)) continue;
        fprintf(f->out, "<rect class=\"%s\" x=\"%s%%\" width=\"%s%%\" height=\"%d\"/>", s->kind,
                at_percent(f, from).s, ml_short(percent(f, to) - percent(f, from), 5).s, f->height);
    }
}

static void band(const Frame *f) {
    const MlSvgChart *c = f->c;
    if (isnan(c->band_low) || isnan(c->band_high)) return;
    double top = fmax(0, pixel(f, c->band_high)), bottom = fmin(f->height, pixel(f, c->band_low));
    if (bottom > top)
        fprintf(f->out, "<rect class=\"band\" width=\"100%%\" y=\"%s\" height=\"%s\"/>", ml_fixed(top, 1).s,
                ml_fixed(bottom - top, 1).s);
}

static void y_axis(const Frame *f) {
    MlTicks t = ml_ticks(f->low, f->high, f->height < 80 ? 2 : f->height < 160 ? 3 : 5);
    for (int i = 0; i < t.n; i++) {
        MlWord y = at_pixel(f, t.at[i]);
        int zero = fabs(t.at[i]) < 1e-9 * t.step && f->low < -1e-9 * t.step;
        fprintf(f->out, "<line class=\"%s\" x2=\"100%%\" y1=\"%s\" y2=\"%s\"/>", zero ? "zero" : "grid", y.s,
                y.s);
        fprintf(f->out, "<text class=\"ty\" x=\"-7\" y=\"%s\" dy=\".33em\">%s</text>", y.s,
                ml_tick_label(t.at[i], t.step).s);
    }
}

/* Every second label may be hidden on a narrow screen. */
static void x_axis(const Frame *f) {
    MlTicks t = f->c->x_unit ? ml_ticks(f->c->from, f->c->to, 5) : ml_time_ticks(f->c->from, f->c->to, 9);
    for (int i = 0; i < t.n; i++) {
        MlWord x = at_percent(f, t.at[i]);
        MlWord label = ml_x_label(t.at[i], t.step, f->c->x_unit);
        fprintf(f->out, "<line class=\"grid\" x1=\"%s%%\" x2=\"%s%%\" y2=\"%d\"/>", x.s, x.s, f->height);
        if (f->c->with_labels)
            fprintf(f->out, "<text class=\"tx%s\" x=\"%s%%\" y=\"%d\">%s</text>",
                    i % 2 && t.n > 5 ? " second" : "", x.s, f->height + 15, label.s);
    }
}

static void marks(const Frame *f) {
    for (int i = 0; i < f->c->nmark; i++) {
        if (!(f->c->mark[i] >= f->c->from && f->c->mark[i] <= f->c->to)) continue;
        MlWord x = at_percent(f, f->c->mark[i]);
        fprintf(f->out, "<line class=\"mark\" x1=\"%s%%\" x2=\"%s%%\" y2=\"%d\"/>", x.s, x.s, f->height);
    }
}

static void bars(const Frame *f) {
    for (int i = 0; i < f->c->nbar; i++) {
        const MlSvgBar *b = &f->c->bar[i];
        double top = fmax(0, pixel(f, b->high)), bottom = fmin(f->height, pixel(f, b->low));
        double left = fmax(0, percent(f, b->from)), right = fmin(100, percent(f, b->to));
        if (!(bottom > top) || !(right > left)) continue;
        fprintf(f->out, "<rect class=\"f c%d\" x=\"%s%%\" y=\"%s\" width=\"%s%%\" height=\"%s\">",
                b->color % ML_SVG_COLORS, ml_short(left, 5).s, ml_fixed(top, 1).s,
                ml_short(right - left, 5).s, ml_fixed(bottom - top, 1).s);
        if (b->text) {
            fputs("<title>", f->out);
            ml_svg_text(b->text, f->out);
            fputs("</title>", f->out);
        }
        fputs("</rect>", f->out);
    }
}

/* A point between two gaps is a line of no length, which round caps show as a dot. */
static void path(const Frame *f, const MlSvgCurve *curve, const int *keep, int n) {
    int pen_down = 0;
    for (int k = 0; k < n; k++) {
        double x = curve->x[keep[k]], y = curve->y[keep[k]];
        if (!isfinite(x) || !isfinite(y)) {
            pen_down = 0;
            continue;
        }
        MlWord px = ml_fixed(percent(f, x) / 100 * INNER_WIDTH, 1);
        MlWord py = ml_fixed(fmin(1e5, fmax(-1e5, pixel(f, y))), 1);
        fprintf(f->out, "%c%s %s", pen_down ? 'L' : 'M', px.s, py.s);
        if (!pen_down && (k + 1 == n || isnan(curve->y[keep[k + 1]]))) fputs("h0", f->out);
        pen_down = 1;
    }
}

static void curves(const Frame *f) {
    if (f->c->ncurve == 0) return;
    fprintf(f->out,
            "<svg class=\"in\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 %d %d\" "
            "preserveAspectRatio=\"none\">",
            f->height, INNER_WIDTH, f->height);
    for (int i = 0; i < f->c->ncurve; i++) {
        const MlSvgCurve *curve = &f->c->curve[i];
        int *keep = malloc((size_t)(curve->n > 0 ? curve->n : 1) * sizeof *keep);
        double seen = 0.15 * (f->high - f->low) / f->height;
        int n = keep ? ml_curve_thin(curve->n, curve->x, curve->y, BUCKETS, seen, keep) : 0;
        fprintf(f->out, "<path class=\"l c%d%s%s\" d=\"", curve->color % ML_SVG_COLORS, curve->dashed > 1 ? " dots" : curve->dashed ? " dash" : "",
                curve->thin ? " thin" : "");
        path(f, curve, keep, n);
        fputs("\"/>", f->out);
        free(keep);
    }
    fputs("</svg>", f->out);
}

/* An svg element of its own per point: its origin is in percent, its shape in pixels. */
static void points(const Frame *f) {
    for (int i = 0; i < f->c->npoint; i++) {
        const MlSvgPoint *p = &f->c->point[i];
        if (!isfinite(p->x) || !isfinite(p->y)) continue;
        fprintf(f->out, "<svg class=\"pt\" x=\"%s%%\" overflow=\"visible\"><g class=\"l c%d\">",
                at_percent(f, p->x).s, p->color % ML_SVG_COLORS);
        if (p->text) {
            fputs("<title>", f->out);
            ml_svg_text(p->text, f->out);
            fputs("</title>", f->out);
        }
        if (isfinite(p->low) && isfinite(p->high)) {
            MlWord top = at_pixel(f, p->high), bottom = at_pixel(f, p->low);
            fprintf(f->out, "<path d=\"M0 %sV%sM-4 %sh8M-4 %sh8\"/>", top.s, bottom.s, top.s, bottom.s);
        }
        fprintf(f->out, "<circle class=\"%s\" cy=\"%s\" r=\"3.5\"/></g></svg>", p->hollow ? "o" : "p",
                at_pixel(f, p->y).s);
    }
}

static int is_empty(const MlSvgChart *c) {
    double low, high;
    range_of_data(c, &low, &high);
    return isnan(low);
}

void ml_svg_chart(const MlSvgChart *c, FILE *out) {
    Frame f = {.c = c, .out = out, .height = c->height > 0 ? c->height : USUAL_HEIGHT};
    ml_svg_range(c, &f.low, &f.high);
    fputs("<svg class=\"chart\" role=\"img\" aria-label=\"", out);
    ml_svg_text(c->label, out);
    fprintf(out, "\" width=\"100%%\" height=\"%d\" overflow=\"visible\">", f.height);
    shades(&f);
    band(&f);
    if (!is_empty(c)) y_axis(&f);
    x_axis(&f);
    marks(&f);
    bars(&f);
    curves(&f);
    points(&f);
    if (is_empty(c))
        fprintf(out, "<text class=\"none\" x=\"50%%\" y=\"%d\">no values</text>", f.height / 2 + 4);
    fputs("</svg>\n", out);
}
