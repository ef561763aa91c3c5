/* SPDX-License-Identifier: Apache-2.0 */
/* Several runs side by side for programs: JSON, and CSV with one row for each scenario and moment. */
#include "base/fail.h"
#include "report/compare.h"
#include "report/json_value.h"
#include "report/outfile.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

static json_t *letters(const MlComparison *c, unsigned in) {
    json_t *list = json_array();
    for (int i = 0; i < c->n; i++)
        if ((in >> i) & 1) ml_json_add(&list, ml_json_text((char[]){c->side[i].letter, 0}));
    return list;
}

static json_t *differences(const MlComparison *c) {
    json_t *list = json_array();
    for (int k = 0; k < c->ndifference; k++) {
        const MlDifference *d = &c->difference[k];
        json_t *o = json_object();
        if (d->is_event) {
            ml_json_put(&o, "event", ml_json_text(d->name));
            ml_json_put(&o, "in", letters(c, d->in));
        } else {
            json_t *values = json_array();
            for (int i = 0; i < c->n; i++) ml_json_add(&values, *d->value[i] ? ml_json_text(d->value[i]) : json_null());
            ml_json_put(&o, "fact", ml_json_text(d->name));
            ml_json_put(&o, "values", values);
        }
        ml_json_add(&list, o);
    }
    return list;
}

static json_t *extremes(const MlContrast *row, int side, MlUnits units) {
    const MlExtremes *x = &row->x[side];
    const int output = row->output;
    json_t *o = json_object();
    ml_json_put(&o, "start", ml_json_number(ml_shown(output, units, x->start)));
    ml_json_put(&o, "lowest", ml_json_number(ml_shown(output, units, x->low)));
    ml_json_put(&o, "lowest_at", ml_json_number(x->low_at));
    ml_json_put(&o, "highest", ml_json_number(ml_shown(output, units, x->high)));
    ml_json_put(&o, "highest_at", ml_json_number(x->high_at));
    ml_json_put(&o, "end", ml_json_number(ml_shown(output, units, x->end)));
    ml_json_put(&o, "then", ml_json_number(isnan(row->gap_at) ? NAN : ml_shown(output, units, row->then[side])));
    return o;
}

static json_t *contrasts(const MlComparison *c, MlUnits units) {
    json_t *list = json_array();
    for (int k = 0; k < c->ncontrast; k++) {
        const MlContrast *row = &c->contrast[k];
        json_t *o = json_object(), *sides = json_array();
        for (int i = 0; i < c->n; i++) ml_json_add(&sides, extremes(row, i, units));
        ml_json_put(&o, "quantity", ml_json_text(ml_outputs[row->output].name));
        ml_json_put(&o, "unit", ml_json_text(ml_shown_unit(row->output, units)));
        ml_json_put(&o, "apart", ml_json_number(row->apart));
        ml_json_put(&o, "farthest_apart_at", ml_json_number(row->gap_at));
        ml_json_put(&o, "sides", sides);
        ml_json_add(&list, o);
    }
    return list;
}

static json_t *document(const MlComparison *c, const MlReportOptions *o) {
    json_t *root = json_object(), *sides = json_array(), *runs = json_array(), *words = json_array();
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const int n = ml_comparison_words(c, o, line);
    for (int i = 0; i < n; i++) ml_json_add(&words, ml_json_text(line[i].s));
    for (int i = 0; i < c->n; i++) {
        json_t *side = json_object();
        ml_json_put(&side, "letter", ml_json_text((char[]){c->side[i].letter, 0}));
        ml_json_put(&side, "name", ml_json_text(c->side[i].name));
        ml_json_put(&side, "file", ml_json_text(c->side[i].file));
        ml_json_add(&sides, side);
        ml_json_add(&runs, ml_json_run(c->side[i].r, o));
    }
    if (o->version) ml_json_put(&root, "program", ml_json_text(o->version));
    ml_json_put(&root, "units", ml_json_text(o->units == ML_UNITS_US ? "us" : "si"));
    ml_json_put(&root, "time_unit", ml_json_text("min"));
    ml_json_put(&root, "sides", sides);
    ml_json_put(&root, "in_short", words);
    ml_json_put(&root, "differences", differences(c));
    ml_json_put(&root, "differences_left_out", json_integer(c->nuntold));
    ml_json_put(&root, "quantities", contrasts(c, o->units));
    ml_json_put(&root, "runs", runs);
    ml_json_put(&root, "notice", ml_json_text("For research and teaching; not a medical device."));
    return root;
}

milieu_code ml_compare_json(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err) {
    return ml_json_save(document(c, o), path, err);
}

/* ---- CSV ---- */

static void quoted(const char *text, FILE *out) {
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"') putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void rows(const MlComparison *c, const MlSide *s, MlUnits units, FILE *out) {
    for (int j = 0; j < s->r->ntime && !ferror(out); j++) {
        fprintf(out, "%c,", s->letter);
        quoted(s->name, out);
        fprintf(out, ",%s", ml_short(s->r->time[j], 10).s);
        for (int k = 0; k < c->ncontrast; k++) {
            const int output = c->contrast[k].output;
            const double v = ml_shown(output, units, ml_result_series(s->r, output)[j]);
            putc(',', out);
            if (isfinite(v)) fputs(ml_short(v, 10).s, out);
        }
        fputs("\r\n", out);
    }
}

milieu_code ml_compare_csv(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    ML_TRY(ml_outfile_open(&f, path, err));
    fputs("side,scenario,time[min]", f.stream);
    for (int k = 0; k < c->ncontrast; k++) {
        const MlOutputInfo *row = &ml_outputs[c->contrast[k].output];
        fprintf(f.stream, ",%s[%s]", row->name, o->units == ML_UNITS_US ? row->us_unit : row->unit);
    }
    fputs("\r\n", f.stream);
    for (int i = 0; i < c->n; i++) rows(c, &c->side[i], o->units, f.stream);
    return ml_outfile_commit(&f, err);
}
