/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a probe for programs: CSV and JSON; and the file of any kind. */
#include "base/fail.h"
#include "body/body.h"
#include "report/cramp_words.h"
#include "report/json_value.h"
#include "report/outfile.h"
#include "report/probe.h"

#include <math.h>

static void csv_number(double v, FILE *out) {
    enum { FIGURES = 10 };
    putc(',', out);
    if (isfinite(v)) fputs(ml_short(v, FIGURES).s, out);
}

/* Names and units hold no comma or quote. */
static void csv(const MlProbe *p, FILE *out) {
    fputs("quantity,unit,here,normal\r\n", out);
    for (int i = 0; i < ML_NOUTPUT; i++) {
        if (!ml_probe_knows(p, i)) continue;
        fprintf(out, "%s,%s", ml_outputs[i].name, ml_outputs[i].unit);
        csv_number(p->here[i], out);
        csv_number(p->usual[i], out);
        fputs("\r\n", out);
    }
}

static json_t *inputs(const MlProbe *p) {
    json_t *all = json_object();
    for (int i = 0; i < ML_NEXCITE; i++) {
        json_t *o = json_object();
        ml_json_put(&o, "text", ml_json_text(ml_excite_inputs[i].text));
        ml_json_put(&o, "unit", ml_json_text(ml_excite_inputs[i].unit));
        ml_json_put(&o, "here", ml_json_number(p->x.value[i]));
        ml_json_put(&o, "normal", ml_json_number(p->normal.value[i]));
        ml_json_put(&o, "given", json_boolean(p->given[i]));
        ml_json_put(&all, ml_excite_inputs[i].key, o);
    }
    return all;
}

static json_t *quantities(const MlProbe *p) {
    json_t *all = json_object();
    for (int i = 0; i < ML_NOUTPUT; i++) {
        if (!ml_probe_knows(p, i)) continue;
        json_t *o = json_object();
        ml_json_put(&o, "text", ml_json_text(ml_outputs[i].text));
        ml_json_put(&o, "unit", ml_json_text(ml_outputs[i].unit));
        ml_json_put(&o, "here", ml_json_number(p->here[i]));
        ml_json_put(&o, "normal", ml_json_number(p->usual[i]));
        ml_json_put(&all, ml_outputs[i].name, o);
    }
    return all;
}

static json_t *flags(const MlProbe *p, int (*find)(const MlProbe *p, MlProbeFlag flag[ML_NFLAG])) {
    json_t *all = json_array();
    MlProbeFlag flag[ML_NFLAG];
    const int n = find(p, flag);
    for (int i = 0; i < n; i++) {
        const MlFlagInfo info = ml_flag_info(flag[i].flag);
        json_t *o = json_object();
        ml_json_put(&o, "flag", ml_json_text(info.name));
        ml_json_put(&o, "severity", ml_json_text(ml_severity_text(flag[i].severity)));
        ml_json_put(&o, "quantity", ml_json_text(ml_outputs[flag[i].output].name));
        ml_json_put(&o, "value", ml_json_number(flag[i].value));
        ml_json_put(&o, "sign", ml_json_text(info.sign[flag[i].severity - 1]));
        ml_json_add(&all, o);
    }
    return all;
}

/* Cramps per hour for the ends of the band of the threshold. */
static json_t *rate_band(const MlProbe *p) {
    const MlCrampTold told = ml_cramp_told(&p->x, p->here[ML_O_cramp_threshold_frequency], p->here[ML_O_cramp_rate]);
    json_t *o = json_object();
    ml_json_put(&o, "low", ml_json_number(told.rate_low));
    ml_json_put(&o, "high", ml_json_number(told.rate_high));
    return o;
}

static json_t *points(const MlExciteCurve *c) {
    json_t *o = json_object(), *x = json_array(), *y = json_array();
    for (int i = 0; i < c->n; i++) {
        ml_json_add(&x, ml_json_number(c->x[i]));
        ml_json_add(&y, ml_json_number(c->y[i]));
    }
    ml_json_put(&o, "x", x);
    ml_json_put(&o, "y", y);
    return o;
}

static json_t *curves(const MlProbe *p) {
    json_t *all = json_array();
    for (int i = 0; i < p->ncurve; i++) {
        const MlExciteCurve *c = &p->curve[i];
        json_t *o = json_object();
        ml_json_put(&o, "group", ml_json_text(c->group));
        ml_json_put(&o, "title", ml_json_text(c->title));
        ml_json_put(&o, "x_unit", ml_json_text(c->x_unit));
        ml_json_put(&o, "y_unit", ml_json_text(c->y_unit));
        ml_json_put(&o, "here", points(c));
        ml_json_put(&o, "normal", points(&p->usual_curve[i]));
        ml_json_add(&all, o);
    }
    return all;
}

static milieu_code json(const MlProbe *p, const MlReportOptions *o, FILE *out) {
    json_t *root = json_object();
    ml_json_put(&root, "program", ml_json_text(o->version));
    ml_json_put(&root, "inputs", inputs(p));
    ml_json_put(&root, "quantities", quantities(p));
    ml_json_put(&root, "flags", flags(p, ml_probe_flags));
    ml_json_put(&root, "plasma_flags", flags(p, ml_probe_plasma_flags));
    ml_json_put(&root, "cramp_rate_band", rate_band(p));
    ml_json_put(&root, "curves", curves(p));
    ml_json_put(&root, "cramp", ml_json_text(ml_cramp_notice));
    ml_json_put(&root, "notice", ml_json_text("For research and teaching; not a medical device."));
    if (!root) return MILIEU_NO_MEMORY;
    json_dumpf(root, out, JSON_INDENT(1) | JSON_REAL_PRECISION(10)); /* the stream keeps what went wrong */
    putc('\n', out);
    json_decref(root);
    return MILIEU_OK;
}

milieu_code ml_probe_write(const MlProbe *p, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    const MlReportKind kind = ml_report_kind(path);
    if (kind == ML_REPORT_UNKNOWN || kind == ML_REPORT_NETCDF)
        return ml_fail(err, MILIEU_BAD_INPUT, path, "the extension of a report must be .csv, .json or .html");
    ML_TRY(ml_outfile_open(&f, path, err));
    if (kind == ML_REPORT_CSV) csv(p, f.stream);
    if (kind == ML_REPORT_HTML) ml_probe_page(p, o, f.stream);
    if (kind != ML_REPORT_JSON || json(p, o, f.stream) == MILIEU_OK) return ml_outfile_commit(&f, err);
    ml_outfile_discard(&f);
    return ml_fail(err, MILIEU_NO_MEMORY, path, "out of memory");
}
