/* SPDX-License-Identifier: Apache-2.0 */
#include "report/plot.h"

#include "report/axis.h"

#include <math.h>
#include <string.h>

/* Dots: 2 x 4 in a Braille cell, 1 x 3 in an ASCII cell (' - .). */
typedef struct Canvas {
    int width, height; /* in dots */
    unsigned char dot[ML_PLOT_COLUMNS * 2][ML_PLOT_ROWS * 4];
} Canvas;

static int per_row(const MlPlot *p) { return p->ascii ? 3 : 4; }
static int per_column(const MlPlot *p) { return p->ascii ? 1 : 2; }

static double interpolated(const MlPlot *p, double x, int *hint) {
    int j = *hint;
    while (j + 1 < p->n && p->x[j + 1] < x) j++;
    *hint = j;
    if (p->n == 0 || x < p->x[0] || x > p->x[p->n - 1]) return NAN;
    if (j + 1 >= p->n) return p->y[j];
    double w = p->x[j + 1] > p->x[j] ? (x - p->x[j]) / (p->x[j + 1] - p->x[j]) : 1;
    if (w <= 0) return p->y[j];
    if (w >= 1) return p->y[j + 1];
    return p->y[j] * (1 - w) + p->y[j + 1] * w;
}

/* Smallest and largest value between two x, ends interpolated. 0 if all is NaN. */
static int span_of(const MlPlot *p, double from, double to, int *hint, double *low, double *high) {
    int found = 0;
    double v = interpolated(p, from, hint);
    int j = *hint;
    for (int k = 0;; k++) {
        if (!isnan(v)) {
            *low = found ? fmin(*low, v) : v;
            *high = found ? fmax(*high, v) : v;
            found = 1;
        }
        if (k < 0) break;
        while (j < p->n && p->x[j] <= from) j++;
        if (j >= p->n || p->x[j] >= to)
            v = interpolated(p, to, hint), k = -2;
        else
            v = p->y[j++];
    }
    return found;
}

static void range_of(const MlPlot *p, double *low, double *high) {
    *low = p->low, *high = p->high;
    for (const MlPlot *q = p; q; q = q->under)
        for (int j = 0; j < q->n; j++) {
            if (!isfinite(q->y[j])) continue;
            if (isnan(*low) || q->y[j] < *low) *low = q->y[j];
            if (isnan(*high) || q->y[j] > *high) *high = q->y[j];
        }
    if (isnan(*low) || isnan(*high)) *low = 0, *high = 1;
    double wanted = fmax(p->min_span, 1e-9 * fmax(fabs(*low), fabs(*high)));
    if (*high - *low < wanted) {
        double middle = (*low + *high) / 2;
        *low = middle - wanted / 2, *high = middle + wanted / 2;
    }
    if (!(*high > *low)) *high = *low + 1;
}

static int height_of(const Canvas *c, double v, double low, double high) {
    int y = (int)floor((high - v) / (high - low) * (c->height - 1) + 0.5);
    return y < 0 ? 0 : y >= c->height ? c->height - 1 : y;
}

/* Of a dotted curve every third dot, whichever way it runs. */
static void trace(const MlPlot *p, const MlPlot *curve, int dotted, Canvas *c, double low, double high) {
    double step = (p->to - p->from) / c->width;
    int hint = 0;
    for (int i = 0; i < c->width; i++) {
        double least = 0, most = 0, from = p->from + i * step;
        if (!span_of(curve, from, from + step, &hint, &least, &most)) continue;
        int top = height_of(c, most, low, high), bottom = height_of(c, least, low, high);
        for (int y = top; y <= bottom; y++)
            if (!dotted || (bottom > top ? y : i) % 3 == 0) c->dot[i][y] = 1;
    }
}

static void draw(const MlPlot *p, Canvas *c, double low, double high) {
    if (p->under) trace(p, p->under, 1, c, low, high);
    trace(p, p, 0, c, low, high);
    for (int k = 0; k < 2; k++)
        if (p->limit[k] >= low && p->limit[k] <= high)
            for (int i = 0; i < c->width; i += p->ascii ? 3 : 6)
                c->dot[i][height_of(c, p->limit[k], low, high)] = 1;
}

static void put_braille(const Canvas *c, int column, int row, FILE *out) {
    static const unsigned char bit[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
    unsigned cell = 0;
    for (int x = 0; x < 2; x++)
        for (int y = 0; y < 4; y++)
            if (c->dot[2 * column + x][4 * row + y]) cell |= bit[x][y];
    if (cell)
        fprintf(out, "\xe2%c%c", 0xa0 | (int)(cell >> 6), 0x80 | (int)(cell & 0x3f));
    else
        putc(' ', out);
}

static void put_ascii(const Canvas *c, int column, int row, FILE *out) {
    const unsigned char *d = &c->dot[column][3 * row];
    int dots = d[0] + d[1] + d[2];
    putc(dots > 1 ? '|' : d[0] ? '\'' : d[1] ? '-' : d[2] ? '.' : ' ', out);
}

void ml_plot(const MlPlot *p, FILE *out) {
    Canvas c = {.width = p->columns * per_column(p), .height = p->rows * per_row(p)};
    double low, high;
    range_of(p, &low, &high);
    draw(p, &c, low, high);
    double step = pow(10, floor(log10((high - low) / 20)));
    for (int row = 0; row < p->rows; row++) {
        const char *label = "";
        MlWord edge = ml_tick_label(row == 0 ? high : low, step);
        if (row == 0 || row == p->rows - 1) label = edge.s;
        fprintf(out, "%*s %s", ML_PLOT_LABEL, label, p->ascii ? "|" : "\xe2\x94\x82");
        for (int i = 0; i < p->columns; i++) (p->ascii ? put_ascii : put_braille)(&c, i, row, out);
        putc('\n', out);
    }
}

void ml_plot_axis(const MlPlot *p, FILE *out) {
    const int most = p->columns / 9 < 2 ? 2 : p->columns / 9 > 12 ? 12 : p->columns / 9;
    MlTicks t = p->x_unit ? ml_ticks(p->from, p->to, most / 2 + 1) : ml_time_ticks(p->from, p->to, most);
    char labels[ML_PLOT_LABEL + ML_PLOT_COLUMNS + 40], mark[ML_PLOT_COLUMNS + 1];
    memset(labels, ' ', sizeof labels);
    memset(mark, 0, sizeof mark);
    int used = 0;
    for (int i = 0; i < t.n; i++) {
        int at = (int)((t.at[i] - p->from) / (p->to - p->from) * p->columns);
        MlWord w = ml_x_label(t.at[i], t.step, p->x_unit);
        int length = (int)strlen(w.s), start = ML_PLOT_LABEL + 2 + at - length / 2;
        if (at >= 0 && at < p->columns) mark[at] = 1;
        if (start + length > ML_PLOT_LABEL + 2 + p->columns) start = ML_PLOT_LABEL + 2 + p->columns - length;
        if (start <= used) continue;
        memcpy(labels + start, w.s, (size_t)length);
        used = start + length;
    }
    fprintf(out, "%*s %s", ML_PLOT_LABEL, "", p->ascii ? "+" : "\xe2\x94\x94");
    for (int i = 0; i < p->columns; i++)
        fputs(p->ascii ? mark[i] ? "+" : "-" : mark[i] ? "\xe2\x94\xac" : "\xe2\x94\x80", out);
    fprintf(out, "\n%.*s\n", used, labels);
}
