/* SPDX-License-Identifier: Apache-2.0 */
/* The main differences in sentences. */
#include "report/compare.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

typedef struct Lines {
    const MlComparison *c;
    const MlReportOptions *o;
    MlCompareLine *line;
    int n;
} Lines;

static char *next(Lines *l) {
    static char nowhere[ML_COMPARE_SENTENCE];
    char *text = l->n < ML_COMPARE_SENTENCES ? l->line[l->n++].s : nowhere;
    text[0] = 0;
    return text;
}

static void deaths(Lines *l) {
    for (int i = 0; i < l->c->n; i++) {
        const MlSide *s = &l->c->side[i];
        if (s->r->lethal) ml_append(next(l), ML_COMPARE_SENTENCE, "%c ended in death after %s: %s.", s->letter, ml_duration(s->r->end_time).s, s->r->lethal_cause);
    }
}

/* Two values that round to the same words. */
static int are_told_alike(int output, MlUnits units, const double *v) { return strcmp(ml_shown_word(output, units, v[0]).s, ml_shown_word(output, units, v[1]).s) == 0; }

/* "0.086 per hour", as no one says 0.086 1/h. */
static const char *unit_said(int output, MlUnits units) {
    const char *unit = ml_shown_unit(output, units);
    return strcmp(unit, "1/h") == 0 ? "per hour" : strcmp(unit, "1/min") == 0 ? "a minute" : unit;
}

/* "at 3 h: 138.9 mmol/L in A, 140.5 in B." */
static void gap_words(const Lines *l, const MlContrast *k, char *text) {
    const MlUnits units = l->o->units;
    const char *unit = unit_said(k->output, units), *space = *unit ? " " : "";
    double most = 0;
    for (int i = 0; i < l->c->n; i++) most = fmax(most, fabs(ml_shown(k->output, units, k->then[i])));
    ml_append(text, ML_COMPARE_SENTENCE, "at %s:", ml_duration(k->gap_at).s);
    for (int i = 0; i < l->c->n; i++) {
        const MlWord v = ml_fixed(ml_shown(k->output, units, k->then[i]), ml_shown_decimals(k->output, units, most));
        ml_append(text, ML_COMPARE_SENTENCE, "%s %s%s%s in %c", i ? "," : "", v.s, i ? "" : space, i ? "" : unit, l->c->side[i].letter);
    }
    ml_append(text, ML_COMPARE_SENTENCE, ".");
}

/* Values of one moment that are not told alike and lie clearly farther apart than extremes do by so much. */
static int is_gap_told(const MlContrast *k, MlUnits units, int n, double extremes) {
    double ends[2] = {INFINITY, -INFINITY};
    for (int i = 0; i < n && !isnan(k->gap_at); i++) ends[0] = fmin(ends[0], k->then[i]), ends[1] = fmax(ends[1], k->then[i]);
    return k->gap > ml_gap_enough * extremes && !are_told_alike(k->output, units, ends);
}

/* "Plasma sodium was lowest in A: 126.6 mmol/L at 5 h; 131.2 in B, 127.8 in C." Of the extremes those that lie farther apart; then where values
 * of one moment lie clearly farther, these, or these alone where extremes are told alike or lie less than half as far. 0: all are told alike. */
static int contrast(Lines *l, const MlContrast *k) {
    const MlUnits units = l->o->units;
    double lows[2] = {INFINITY, -INFINITY}, highs[2] = {INFINITY, -INFINITY};
    int lowest = 0, highest = 0;
    for (int i = 0; i < l->c->n; i++) {
        if (k->x[i].low < lows[0]) lows[0] = k->x[i].low, lowest = i;
        lows[1] = fmax(lows[1], k->x[i].low);
        if (k->x[i].high > highs[1]) highs[1] = k->x[i].high, highest = i;
        highs[0] = fmin(highs[0], k->x[i].high);
    }
    int low = lows[1] - lows[0] >= highs[1] - highs[0];
    if (are_told_alike(k->output, units, low ? lows : highs)) low = !low;
    const int alike = are_told_alike(k->output, units, low ? lows : highs);
    const double extremes = fmax(lows[1] - lows[0], highs[1] - highs[0]);
    const int gap = is_gap_told(k, units, l->c->n, extremes);
    if (gap && (alike || k->gap > 2 * extremes)) {
        char *text = next(l);
        ml_append(text, ML_COMPARE_SENTENCE, "%s was farthest apart ", ml_title(k->output).s);
        gap_words(l, k, text);
        return 1;
    }
    if (alike) return 0;
    const int first = low ? lowest : highest;
    const double worst = ml_shown(k->output, units, low ? lows[0] : highs[1]);
    const int d = ml_shown_decimals(k->output, units, worst);
    const char *unit = unit_said(k->output, units);
    double v[ML_MOST_COMPARED];
    unsigned in = 0;
    char sides[40], *text = next(l);
    for (int i = 0; i < l->c->n; i++) {
        v[i] = ml_shown(k->output, units, low ? k->x[i].low : k->x[i].high);
        if (strcmp(ml_fixed(v[i], d).s, ml_fixed(worst, d).s) == 0) in |= 1u << i;
    }
    ml_sides_words(l->c, in, sides, sizeof sides);
    ml_append(text, ML_COMPARE_SENTENCE, "%s was %s in %s: %s%s%s at %s; ", ml_title(k->output).s, low ? "lowest" : "highest", sides,
              ml_fixed(worst, d).s, *unit ? " " : "", unit, ml_duration(low ? k->x[first].low_at : k->x[first].high_at).s);
    const char *before = low ? "its lowest was " : "its highest was ";
    for (int i = 0; i < l->c->n; i++) {
        if ((in >> i) & 1) continue;
        ml_append(text, ML_COMPARE_SENTENCE, "%s%s in %c", before, ml_fixed(v[i], d).s, l->c->side[i].letter);
        before = ", ";
    }
    ml_append(text, ML_COMPARE_SENTENCE, gap ? "; farthest apart " : ".");
    if (gap) gap_words(l, k, text);
    return 1;
}

/* Of people of different mass only the change says something. */
static int begin_alike(const MlComparison *c, const MlContrast *k) {
    static const double enough = 0.1; /* kg */
    for (int i = 1; i < c->n; i++)
        if (fabs(k->x[i].start - k->x[0].start) > enough) return 0;
    return 1;
}

/* What flags are told by, severe ones first, and the concentrations that a report explains, of each the farthest apart first, then brain and mass. */
static void contrasts(Lines *l) {
    enum { MOST = 5 };
    int n = 0, seen = 0;
    for (int i = 0; i < l->c->ncontrast && n < MOST; seen = ++i) {
        const MlContrast *k = &l->c->contrast[i];
        if (k->rank <= 1 && k->apart >= ml_apart_enough) n += contrast(l, k);
    }
    for (int i = 0; i < l->c->ncontrast; i++) {
        const MlContrast *k = &l->c->contrast[i];
        if (i < seen && k->rank <= 1) continue;
        if ((k->output == ML_O_brain_water || (k->output == ML_O_body_mass && begin_alike(l->c, k))) && k->apart >= ml_apart_enough) n += contrast(l, k);
    }
    if (n == 0 && l->c->ncontrast > 0 && l->c->contrast[0].apart >= ml_apart_enough) n += contrast(l, &l->c->contrast[0]);
    if (n == 0) ml_append(next(l), ML_COMPARE_SENTENCE, "The runs hardly differ.");
}

/* A flag with the same worst value on every side, on one side of its limit or the other by less than is told. */
static int is_by_a_hair(const Lines *l, const MlFlagContrast *f) {
    const MlFlagSpan *on = NULL;
    for (int i = 0; i < l->c->n; i++)
        if (f->times[i]) on = &f->whole[i];
    const int side = ml_flag_side(f->flag, on->output);
    if (on->output < 0 || side == 0 || isnan(on->peak_value)) return 0;
    for (int i = 0; i < l->c->n; i++) {
        const MlExtremes x = ml_extremes(l->c->side[i].r, on->output);
        if (f->times[i] ? f->whole[i].output != on->output : x.n == 0) return 0;
        const double worst = f->times[i] ? f->whole[i].peak_value : side > 0 ? x.high : x.low;
        if (!are_told_alike(on->output, l->o->units, (const double[]){worst, on->peak_value})) return 0;
    }
    return 1;
}

/* Flags that not all have: "Flags only in A: brain swelling (moderate)." */
static void flags(Lines *l) {
    const MlComparison *c = l->c;
    for (unsigned in = 1; in + 1 < 1u << c->n; in++) {
        char sides[40], list[ML_COMPARE_SENTENCE] = "";
        for (int f = 0; f < c->nflag; f++) {
            unsigned has = 0;
            for (int i = 0; i < c->n; i++) has |= c->flag[f].times[i] ? 1u << i : 0;
            if (has == in && !is_by_a_hair(l, &c->flag[f]))
                ml_append(list, sizeof list, "%s%s (%s)", *list ? ", " : "", ml_flag_title(c->flag[f].flag).s, ml_severity_text(c->flag[f].severity));
        }
        if (!*list) continue;
        ml_sides_words(c, in, sides, sizeof sides);
        ml_append(next(l), ML_COMPARE_SENTENCE, "Flags only in %s: %s.", sides, list);
    }
}

/* In which runs any limit of that kind, not to be passed, was passed; 0: told before, with an earlier one of the kind. */
static unsigned limit_in(const Lines *l, int k, const char *variable) {
    MlBreachContrast row;
    unsigned has = 0;
    for (int j = 0; ml_breach_contrast(l->c, j, &row) && row.first.hard; j++) {
        if (strcmp(row.first.variable, variable) != 0) continue;
        if (j < k) return 0;
        for (int i = 0; i < l->c->n; i++) has |= row.times[i] ? 1u << i : 0;
    }
    return has;
}

/* "Beyond safety limits that are not to be passed, in A: potassium by vein." */
static void limits(Lines *l) {
    MlBreachContrast row;
    for (unsigned in = 1; in < 1u << l->c->n; in++) {
        char sides[40], list[ML_COMPARE_SENTENCE] = "";
        for (int k = 0; ml_breach_contrast(l->c, k, &row) && row.first.hard; k++)
            if (limit_in(l, k, row.first.variable) == in) ml_append(list, sizeof list, "%s%s", *list ? ", " : "", row.first.variable);
        if (!*list) continue;
        ml_sides_words(l->c, in, sides, sizeof sides);
        ml_append(next(l), ML_COMPARE_SENTENCE, "Beyond safety limits that are not to be passed, in %s: %s.", sides, list);
    }
}

int ml_comparison_words(const MlComparison *c, const MlReportOptions *o, MlCompareLine *lines) {
    Lines l = {c, o, lines, 0};
    deaths(&l);
    contrasts(&l);
    flags(&l);
    limits(&l);
    return l.n;
}
