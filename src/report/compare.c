/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compare.h"

#include "base/fail.h"
#include "report/breach_words.h"
#include "report/moved.h"
#include "report/panels.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double ml_apart_enough = 0.1, ml_gap_enough = 1.5;
const int ml_totals_told[] = {ML_water, ML_sodium, ML_potassium, ML_calcium, ML_magnesium, -1};

/* ---- names ---- */

static int is_title_unique(const MlComparison *c, int i) {
    for (int k = 0; k < c->n; k++)
        if (k != i && strcmp(c->side[k].r->title, c->side[i].r->title) == 0) return 0;
    return *c->side[i].r->title != 0;
}

/* Where files of several folders are called alike the whole path tells them apart. */
static const char *file_name(const MlComparison *c, int i) {
    const char *slash = strrchr(c->side[i].file, '/'), *name = slash && slash[1] ? slash + 1 : c->side[i].file;
    for (int k = 0; k < c->n; k++) {
        const char *other = strrchr(c->side[k].file, '/');
        if (k != i && strcmp(other && other[1] ? other + 1 : c->side[k].file, name) == 0) return c->side[i].file;
    }
    return name;
}

static void name_side(MlComparison *c, int i) {
    MlSide *s = &c->side[i];
    s->letter = (char)('A' + i);
    ml_clean(is_title_unique(c, i) ? s->r->title : file_name(c, i), 0, s->name, sizeof s->name);
}

void ml_sides_words(const MlComparison *c, unsigned in, char *text, size_t size) {
    int all = 0, n = 0, out = -1;
    for (int i = 0; i < c->n; i++) (in >> i) & 1 ? all++ : (out = i);
    text[0] = 0;
    if (c->n > 3 && all == c->n - 1) {
        ml_append(text, size, "all but %c", c->side[out].letter);
        return;
    }
    for (int i = 0; i < c->n; i++)
        if ((in >> i) & 1) ml_append(text, size, "%s%c", n++ == 0 ? "" : n == all ? " and " : ", ", c->side[i].letter);
}

/* ---- quantities ---- */

/* What counts as far apart: the width of the normal range, what a drawing spans, or else a share of the values. */
static double width_of(const MlPanel *panels, int npanel, const MlContrast *k, int n) {
    double low, high, most = 0;
    if (ml_reference(k->output, ML_UNITS_SI, &low, &high, NULL)) return high - low;
    for (int i = 0; i < npanel; i++)
        for (int s = 0; s < ML_PANEL_SERIES && panels[i].series[s].label; s++)
            if (panels[i].series[s].output == k->output && panels[i].min_span > 0) most = panels[i].min_span;
    for (int i = 0; i < n && most == 0; i++) most = fmax(most, 0.2 * fmax(fabs(k->x[i].low), fabs(k->x[i].high)));
    return most;
}

static double spread(const MlContrast *k, int n, double (*value)(const MlExtremes *)) {
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < n; i++) low = fmin(low, value(&k->x[i])), high = fmax(high, value(&k->x[i]));
    return high - low;
}
static double start_of(const MlExtremes *x) { return x->start; }
static double low_of(const MlExtremes *x) { return x->low; }
static double high_of(const MlExtremes *x) { return x->high; }
static double end_of(const MlExtremes *x) { return x->end; }

/* Of the moments that every side stores. */
static void find_gap(const MlComparison *c, MlContrast *k) {
    const MlResult *first = c->side[0].r;
    int at[ML_MOST_COMPARED] = {0};
    k->gap = 0, k->gap_at = NAN;
    for (int j = 0; j < first->ntime; j++) {
        double v[ML_MOST_COMPARED], low = INFINITY, high = -INFINITY;
        int i = 0;
        for (; i < c->n; i++) {
            const MlResult *r = c->side[i].r;
            while (at[i] < r->ntime && r->time[at[i]] < first->time[j]) at[i]++;
            if (at[i] == r->ntime || r->time[at[i]] > first->time[j]) break;
            v[i] = ml_result_series(r, k->output)[at[i]];
            if (isnan(v[i])) break;
            low = fmin(low, v[i]), high = fmax(high, v[i]);
        }
        if (i < c->n || high - low <= k->gap) continue;
        k->gap = high - low, k->gap_at = first->time[j];
        memcpy(k->then, v, sizeof v);
    }
}

static void measure(const MlComparison *c, MlContrast *k, double width) {
    const double extremes = fmax(spread(k, c->n, low_of), spread(k, c->n, high_of));
    const double most = fmax(extremes, fmax(spread(k, c->n, start_of), spread(k, c->n, end_of)));
    find_gap(c, k);
    k->gap_tells = k->gap > ml_gap_enough * most;
    k->apart = width > 0 ? fmax(most, k->gap) / width : 0;
}

/* The worst of the flags that were at their worst by it; 0: none. */
static int severity_of(const MlComparison *c, int output) {
    int worst = 0;
    for (int f = 0; f < c->nflag; f++)
        for (int i = 0; i < c->n; i++) {
            const MlFlagSpan *span = &c->flag[f].whole[i];
            if (c->flag[f].times[i] && span->output == output && span->severity > worst) worst = span->severity;
        }
    return worst;
}

static int rank_of(const MlComparison *c, const MlContrast *k) {
    static const int main_ones[] = {ML_O_body_mass, ML_O_water_balance, ML_O_brain_water, ML_O_ecf_volume, ML_O_icf_volume, ML_O_plasma_volume,
                                    ML_O_mean_arterial_pressure, ML_O_gfr, ML_O_urine_volume, ML_O_sweat_volume, ML_O_cramp_threshold_frequency};
    double low, high;
    if (severity_of(c, k->output) > 0) return -severity_of(c, k->output);
    if (k->moved && ml_why_of(k->output) >= 0) return 1;
    for (size_t i = 0; i < sizeof main_ones / sizeof *main_ones; i++)
        if (main_ones[i] == k->output) return 2;
    return ml_reference(k->output, ML_UNITS_SI, &low, &high, NULL) && k->output != ML_O_plasma_pth ? 2 : 3;
}

static int farthest_first(const void *a, const void *b) {
    const MlContrast *x = a, *y = b;
    const int enough = x->apart >= ml_apart_enough;
    if (enough != (y->apart >= ml_apart_enough)) return enough ? -1 : 1;
    if (enough && x->rank != y->rank) return x->rank - y->rank;
    if (x->apart != y->apart) return x->apart > y->apart ? -1 : 1;
    return x->output - y->output;
}

/* A row for what every side stores and has values of. */
static int contrast_of(const MlComparison *c, int output, MlContrast *k) {
    *k = (MlContrast){.output = output};
    for (int i = 0; i < c->n; i++) {
        k->x[i] = ml_extremes(c->side[i].r, output);
        if (k->x[i].n == 0) return 0;
    }
    return 1;
}

static milieu_code contrasts(MlComparison *c) {
    const MlResult *first = c->side[0].r;
    int npanel;
    MlPanel *panels = ml_panels(first, &npanel);
    c->contrast = calloc((size_t)first->noutput + 1, sizeof *c->contrast);
    if (!panels || !c->contrast) {
        free(panels);
        return MILIEU_NO_MEMORY;
    }
    for (int i = 0; i < first->noutput; i++) {
        MlContrast *k = &c->contrast[c->ncontrast];
        if (!contrast_of(c, first->output[i], k)) continue;
        measure(c, k, width_of(panels, npanel, k, c->n));
        c->ncontrast++;
    }
    free(panels);
    for (int i = 0; i < c->n; i++) {
        const MlMoved moved = ml_moved(c->side[i].r);
        for (int m = 0; m < moved.n; m++)
            for (int k = 0; k < c->ncontrast; k++)
                if (c->contrast[k].output == moved.output[m]) c->contrast[k].moved = 1;
    }
    for (int k = 0; k < c->ncontrast; k++) c->contrast[k].rank = rank_of(c, &c->contrast[k]);
    qsort(c->contrast, (size_t)c->ncontrast, sizeof *c->contrast, farthest_first);
    return MILIEU_OK;
}

/* ---- flags ---- */

static MlFlagContrast *flag_row(MlComparison *c, int flag) {
    for (int i = 0; i < c->nflag; i++)
        if (c->flag[i].flag == flag) return &c->flag[i];
    c->flag[c->nflag] = (MlFlagContrast){.flag = flag};
    return &c->flag[c->nflag++];
}

static void add_span(MlFlagContrast *f, int side, const MlFlagSpan *span) {
    MlFlagSpan *whole = &f->whole[side];
    if (span->severity > f->severity) f->severity = span->severity;
    if (f->times[side]++ == 0) *whole = *span;
    else ml_flag_join(whole, span);
}

static int worst_first(const void *a, const void *b) {
    const MlFlagContrast *x = a, *y = b;
    return x->severity != y->severity ? y->severity - x->severity : x->flag - y->flag;
}

static milieu_code flags(MlComparison *c) {
    c->flag = calloc((size_t)ml_flag_count() + 1, sizeof *c->flag);
    if (!c->flag) return MILIEU_NO_MEMORY;
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->side[i].r->nflag; k++) {
            const MlFlagSpan *span = &c->side[i].r->flag[k];
            add_span(flag_row(c, span->flag), i, span);
        }
    qsort(c->flag, (size_t)c->nflag, sizeof *c->flag, worst_first);
    return MILIEU_OK;
}

const MlBalance *ml_balance_of(const MlResult *r, int substance) {
    for (int i = 0; i < r->nbalance; i++)
        if (strcmp(r->balance[i].substance, ml_substances[substance].text) == 0) return &r->balance[i];
    return NULL;
}

/* ---- safety limits ---- */

/* The limit as a whole on one side; how often it was broken there. */
static int breach_on(const MlResult *r, const char *limit, milieu_breach *whole) {
    for (int i = 0; i < r->nbreach; i++)
        if (strcmp(r->breach[i].limit, limit) == 0) return ml_breach_whole(r, i, whole);
    return 0;
}

/* Whether an earlier breach of these runs is of the same limit. */
static int was_met(const MlComparison *c, int side, int i) {
    milieu_breach whole;
    const char *limit = c->side[side].r->breach[i].limit;
    for (int s = 0; s < side; s++)
        if (breach_on(c->side[s].r, limit, &whole)) return 1;
    for (int k = 0; k < i; k++)
        if (strcmp(c->side[side].r->breach[k].limit, limit) == 0) return 1;
    return 0;
}

int ml_breach_contrast(const MlComparison *c, int k, MlBreachContrast *row) {
    for (int hard = 1; hard >= 0; hard--)
        for (int side = 0; side < c->n; side++)
            for (int i = 0; i < c->side[side].r->nbreach; i++) {
                const milieu_breach *b = &c->side[side].r->breach[i];
                if ((b->hard != 0) != hard || was_met(c, side, i) || k-- > 0) continue;
                *row = (MlBreachContrast){.first = *b};
                for (int s = 0; s < c->n; s++) row->times[s] = breach_on(c->side[s].r, b->limit, &row->whole[s]);
                return 1;
            }
    return 0;
}

unsigned ml_noted_by(const MlComparison *c, const char *note) {
    unsigned in = 0;
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->side[i].r->nnote; k++)
            if (strcmp(c->side[i].r->note[k], note) == 0) in |= 1u << i;
    return in;
}

/* ---- all of it ---- */

milieu_code ml_comparison_make(MlComparison *c, milieu_error *err) {
    milieu_code code = MILIEU_OK;
    c->ndifference = c->nuntold = c->ncontrast = c->nflag = 0;
    c->difference = NULL, c->contrast = NULL, c->flag = NULL;
    for (int i = 0; i < c->n; i++) name_side(c, i);
    if (code == MILIEU_OK) code = ml_comparison_facts(c);
    if (code == MILIEU_OK) code = flags(c);
    if (code == MILIEU_OK) code = contrasts(c);
    return code == MILIEU_OK ? code : ml_fail(err, code, "compare", "%s", milieu_code_text(code));
}

void ml_comparison_free(MlComparison *c) {
    free(c->difference);
    free(c->contrast);
    free(c->flag);
    c->difference = NULL, c->contrast = NULL, c->flag = NULL;
}

milieu_code ml_compare_write(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err) {
    switch (ml_report_kind(path)) {
    case ML_REPORT_CSV:
        return ml_compare_csv(c, o, path, err);
    case ML_REPORT_JSON:
        return ml_compare_json(c, o, path, err);
    case ML_REPORT_HTML:
        return ml_compare_html(c, o, path, err);
    default:
        return ml_fail(err, MILIEU_BAD_INPUT, path, "the extension of a report must be .csv, .json or .html");
    }
}
