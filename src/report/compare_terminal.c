/* SPDX-License-Identifier: Apache-2.0 */
/* Several runs side by side on a terminal. */
#include "report/axis.h"
#include "report/breach_words.h"
#include "report/compare.h"
#include "report/ink.h"
#include "report/plot.h"
#include "report/words.h"
#include "report/wrap.h"

#include <math.h>
#include <string.h>

enum { LABEL = 17, WIDEST_COLUMN = 14, ROWS = 7, DRAWN = 3, TABLED = 12 };

typedef struct Terminal {
    const MlComparison *c;
    const MlReportOptions *o;
    FILE *out;
    int width, column; /* of the whole; of a side in tables */
} Terminal;

static void ink(const Terminal *t, MlInk i) { ml_ink(t->out, t->o->color, i); }

static void heading(const Terminal *t, const char *text) { ml_heading(t->out, t->o->color, text); }

static void wrap(const Terminal *t, int used, int indent, const char *text) {
    ml_wrap(text, used, indent, t->width, t->o->ascii, t->out);
}

static void top(const Terminal *t) {
    for (int i = 0; i < t->c->n; i++) {
        const MlSide *s = &t->c->side[i];
        ink(t, ML_BOLD);
        const int used = fprintf(t->out, "%c  ", s->letter);
        wrap(t, used, used, s->name);
        ink(t, ML_PLAIN);
        char line[600] = "";
        ml_append(line, sizeof line, "%s; %s from %s", s->r->person, ml_duration(ml_last_time(s->r) - ml_first_time(s->r)).s,
                  ml_clock(s->r->start_clock, ml_first_time(s->r)).s);
        ink(t, ML_DIM);
        fprintf(t->out, "%*s", used, "");
        wrap(t, used, used, line);
        ink(t, ML_PLAIN);
    }
}

static void in_short(const Terminal *t) {
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const int n = ml_comparison_words(t->c, t->o, line);
    heading(t, "In short");
    for (int i = 0; i < n; i++) wrap(t, 0, 2, line[i].s);
}

static void difference(const Terminal *t, const MlDifference *d) {
    char text[(ML_MOST_COMPARED + 1) * (ML_DIFFERENCE_TEXT + 20)] = "", sides[40];
    if (d->is_event) {
        ml_sides_words(t->c, d->in, sides, sizeof sides);
        ml_append(text, sizeof text, "%s: %s", sides, d->name);
    } else {
        ml_append(text, sizeof text, "%s: ", d->name);
        for (int i = 0; i < t->c->n; i++)
            ml_append(text, sizeof text, "%s%s in %c", i ? ", " : "", *d->value[i] ? d->value[i] : "not given", t->c->side[i].letter);
    }
    fputs("  -", t->out);
    wrap(t, 3, 4, text);
}

static void differences(const Terminal *t) {
    heading(t, "What differs");
    if (t->c->ndifference == 0) wrap(t, 0, 2, "Nothing: the scenarios ask for the same.");
    for (int i = 0; i < t->c->ndifference; i++) difference(t, &t->c->difference[i]);
    if (t->c->nuntold) fprintf(t->out, "  - and %d more\n", t->c->nuntold);
}

/* ---- drawing ---- */

/* Letters where the curves run, a star where they meet. */
static void draw(const Terminal *t, int output, double from, double to, int columns) {
    char cell[ROWS][ML_PLOT_COLUMNS + 1];
    double low = INFINITY, high = -INFINITY, v[ML_MOST_COMPARED];
    const MlUnits units = t->o->units;
    memset(cell, ' ', sizeof cell);
    for (int i = 0; i < t->c->n; i++) {
        const MlExtremes x = ml_extremes(t->c->side[i].r, output);
        low = fmin(low, ml_shown(output, units, x.low)), high = fmax(high, ml_shown(output, units, x.high));
    }
    if (!(high > low)) high = low + 1;
    for (int k = 0; k < columns; k++)
        for (int i = 0; i < t->c->n; i++) {
            v[i] = ml_shown(output, units, ml_result_at(t->c->side[i].r, output, from + (k + 0.5) * (to - from) / columns));
            if (!isfinite(v[i])) continue;
            const int row = (int)floor((high - v[i]) / (high - low) * (ROWS - 1) + 0.5);
            char *at = &cell[row < 0 ? 0 : row >= ROWS ? ROWS - 1 : row][k];
            *at = *at == ' ' ? t->c->side[i].letter : '*';
        }
    const char *unit = ml_shown_unit(output, units);
    fprintf(t->out, "%*s %s%s%s\n", ML_PLOT_LABEL, "", ml_title(output).s, *unit ? ", " : "", unit);
    const double step = pow(10, floor(log10((high - low) / 20)));
    for (int row = 0; row < ROWS; row++) {
        cell[row][columns] = 0;
        fprintf(t->out, "%*s %s%s\n", ML_PLOT_LABEL, row == 0 ? ml_tick_label(high, step).s : row == ROWS - 1 ? ml_tick_label(low, step).s : "",
                t->o->ascii ? "|" : "\xe2\x94\x82", cell[row]);
    }
}

static void drawings(const Terminal *t) {
    double from = INFINITY, to = -INFINITY;
    for (int i = 0; i < t->c->n; i++) from = fmin(from, ml_first_time(t->c->side[i].r)), to = fmax(to, ml_last_time(t->c->side[i].r));
    if (!(to > from)) return;
    const int wide = t->width - ML_PLOT_LABEL - 4, columns = wide > 100 ? 100 : wide;
    int n = 0;
    for (int k = 0; k < t->c->ncontrast && n < DRAWN; k++) {
        if (!t->c->contrast[k].moved || t->c->contrast[k].apart < ml_apart_enough) continue;
        if (n++ == 0) heading(t, "Drawing (* where curves meet)");
        draw(t, t->c->contrast[k].output, from, to, columns);
    }
    const MlPlot axis = {.from = from, .to = to, .columns = columns, .ascii = t->o->ascii};
    if (n) ml_plot_axis(&axis, t->out);
}

/* ---- tables ---- */

static void columns(const Terminal *t, const char *first) {
    ink(t, ML_DIM);
    fprintf(t->out, "  %-*s", LABEL, first);
    for (int i = 0; i < t->c->n; i++) fprintf(t->out, " %*c", t->column, t->c->side[i].letter);
    putc('\n', t->out);
    ink(t, ML_PLAIN);
}

/* One row, unless every side shows the same. */
static void row(const Terminal *t, const char *name, const double *v, int decimals, int always) {
    int same = 1;
    for (int i = 1; i < t->c->n; i++) same &= strcmp(ml_fixed(v[i], decimals).s, ml_fixed(v[0], decimals).s) == 0;
    if (same && !always) return;
    fprintf(t->out, "    %-*s", LABEL - 2, name);
    for (int i = 0; i < t->c->n; i++) fprintf(t->out, " %*s", t->column, ml_fixed(v[i], decimals).s);
    putc('\n', t->out);
}

static void quantity(const Terminal *t, const MlContrast *k) {
    const MlUnits units = t->o->units;
    const char *unit = ml_shown_unit(k->output, units);
    double start[ML_MOST_COMPARED], low[ML_MOST_COMPARED], high[ML_MOST_COMPARED], end[ML_MOST_COMPARED], most = 0;
    double lowest, highest;
    for (int i = 0; i < t->c->n; i++) {
        start[i] = ml_shown(k->output, units, k->x[i].start), end[i] = ml_shown(k->output, units, k->x[i].end);
        low[i] = ml_shown(k->output, units, k->x[i].low), high[i] = ml_shown(k->output, units, k->x[i].high);
        most = fmax(most, fmax(fabs(low[i]), fabs(high[i])));
    }
    const int d = ml_shown_decimals(k->output, units, most);
    fprintf(t->out, "  %s%s%s", ml_outputs[k->output].name, *unit ? ", " : "", unit);
    if (ml_reference(k->output, units, &lowest, &highest, NULL)) fprintf(t->out, " (normal %s to %s)", ml_plain(lowest, 4).s, ml_plain(highest, 4).s);
    putc('\n', t->out);
    row(t, "start", start, d, 0);
    row(t, "lowest", low, d, 0);
    row(t, "highest", high, d, 0);
    if (k->gap_tells) {
        char moment[40] = "";
        double then[ML_MOST_COMPARED];
        ml_append(moment, sizeof moment, "at %s", ml_duration(k->gap_at).s);
        for (int i = 0; i < t->c->n; i++) then[i] = ml_shown(k->output, units, k->then[i]);
        row(t, moment, then, d, 0);
    }
    row(t, "end", end, d, 1);
}

static void quantities(const Terminal *t) {
    int n = 0;
    heading(t, "Where they differ most");
    columns(t, "");
    for (int k = 0; k < t->c->ncontrast && n < TABLED; k++)
        if (t->c->contrast[k].apart >= ml_apart_enough) quantity(t, &t->c->contrast[k]), n++;
    if (n == 0) fputs("  nowhere\n", t->out);
}

static void flags(const Terminal *t) {
    if (t->c->nflag == 0) return;
    heading(t, "Flags");
    for (int k = 0; k < t->c->nflag; k++) {
        const MlFlagContrast *f = &t->c->flag[k];
        ink(t, f->severity >= 3 ? ML_RED : ML_YELLOW);
        fprintf(t->out, "  %s\n", ml_flag_title(f->flag).s);
        ink(t, ML_PLAIN);
        for (int i = 0; i < t->c->n; i++) {
            char words[300], line[340] = "not on";
            if (f->times[i]) {
                line[0] = 0;
                ml_flag_words(t->c->side[i].r, t->o, &f->whole[i], words, sizeof words);
                ml_append(line, sizeof line, "%s, ", ml_severity_text(f->whole[i].severity));
                if (f->times[i] > 1) ml_append(line, sizeof line, "%d times, ", f->times[i]);
                ml_append(line, sizeof line, "%s", words);
            }
            const int used = fprintf(t->out, "    %c  ", t->c->side[i].letter);
            wrap(t, used, used, line);
        }
    }
}

static void limits(const Terminal *t) {
    MlBreachContrast row;
    for (int k = 0; ml_breach_contrast(t->c, k, &row); k++) {
        if (k == 0) heading(t, "Safety limits");
        char line[600] = "";
        ink(t, row.first.hard ? ML_RED : ML_YELLOW);
        const int used = fprintf(t->out, "  %-8s", row.first.hard ? "broken" : "advice");
        ink(t, ML_PLAIN);
        ml_breach_limit_words(&row.first, line, sizeof line);
        ml_append(line, sizeof line, " (against: %s)", row.first.protects);
        wrap(t, used, 12, line);
        for (int i = 0; i < t->c->n; i++) {
            char words[300] = "kept";
            if (row.times[i]) ml_breach_deed_words(t->c->side[i].r, &row.whole[i], row.times[i], words, sizeof words);
            const int column = fprintf(t->out, "    %c  ", t->c->side[i].letter);
            wrap(t, column, column, words);
        }
    }
}

static void total(const Terminal *t, int substance) {
    double in[ML_MOST_COMPARED] = {0}, out[ML_MOST_COMPARED] = {0}, kept[ML_MOST_COMPARED], most = 0;
    for (int i = 0; i < t->c->n; i++) {
        const MlBalance *b = ml_balance_of(t->c->side[i].r, substance);
        if (!b) return;
        for (int k = 0; k < b->nroute; k++) in[i] += b->route[k].in, out[i] += b->route[k].out;
        kept[i] = b->after - b->before;
        most = fmax(most, fmax(in[i], out[i]));
    }
    fprintf(t->out, "  %s, %s\n", ml_substances[substance].text, ml_substances[substance].unit);
    const int d = ml_decimals(most) < 2 ? ml_decimals(most) : 2;
    row(t, "came in", in, d, 1);
    row(t, "went out", out, d, 1);
    row(t, "kept", kept, d, 1);
}

static void totals(const Terminal *t) {
    heading(t, "In and out since t = 0");
    columns(t, "");
    for (const int *s = ml_totals_told; *s >= 0; s++) total(t, *s);
}

/* Each once, with the sides that have it. */
static void notes(const Terminal *t) {
    int any = 0;
    for (int i = 0; i < t->c->n; i++)
        for (int k = 0; k < t->c->side[i].r->nnote; k++) {
            const char *note = t->c->side[i].r->note[k];
            const unsigned in = ml_noted_by(t->c, note);
            char sides[40], line[400] = "";
            if (in & ((1u << i) - 1)) continue; /* told with an earlier side */
            if (!any++) heading(t, "Notes");
            ml_sides_words(t->c, in, sides, sizeof sides);
            ml_append(line, sizeof line, "%s: %s", sides, note);
            fputs("  -", t->out);
            wrap(t, 3, 4, line);
        }
}

milieu_code ml_compare_terminal(const MlComparison *c, const MlReportOptions *o, FILE *out) {
    Terminal t = {c, o, out, o->width < 40 ? 40 : o->width > 200 ? 200 : o->width, 0};
    t.column = (t.width - LABEL - 2) / c->n - 1;
    if (t.column > WIDEST_COLUMN) t.column = WIDEST_COLUMN;
    top(&t);
    in_short(&t);
    differences(&t);
    drawings(&t);
    quantities(&t);
    flags(&t);
    limits(&t);
    totals(&t);
    notes(&t);
    putc('\n', out);
    ink(&t, ML_DIM);
    wrap(&t, 0, 0, "For research and teaching; not a medical device.");
    ink(&t, ML_PLAIN);
    return fflush(out) != 0 || ferror(out) ? MILIEU_FILE_IO : MILIEU_OK;
}
