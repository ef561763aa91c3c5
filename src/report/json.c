/* SPDX-License-Identifier: Apache-2.0 */
/* Everything a run gave, as one JSON object with units. Numbers keep every digit; null where a quantity has
 * no meaning. jansson takes NULL for an error, which json_dumpf then reports. */
#include "base/fail.h"
#include "report/json_value.h"
#include "report/outfile.h"
#include "report/values.h"
#include "report/words.h"
#include "timeline/tables.h"

static json_t *spans(const MlResult *r, MlUnits units) {
    json_t *list = json_array();
    for (int i = 0; i < r->nflag; i++) {
        const MlFlagSpan *f = &r->flag[i];
        json_t *o = json_object();
        json_object_set_new(o, "flag", ml_json_text(ml_flag_info(f->flag).name));
        json_object_set_new(o, "severity", ml_json_text(ml_severity_text(f->severity)));
        json_object_set_new(o, "on", ml_json_number(f->on));
        json_object_set_new(o, "off", ml_json_number(f->off));
        json_object_set_new(o, "peak_time", ml_json_number(f->peak_time));
        int output = ml_flag_info(f->flag).output;
        json_object_set_new(o, "peak_value",
                            ml_json_number(output < 0 ? f->peak_value : ml_shown(output, units, f->peak_value)));
        json_object_set_new(o, "quantity", output < 0 ? json_null() : ml_json_text(ml_outputs[output].name));
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *log_of(const MlResult *r) {
    json_t *list = json_array();
    for (int i = 0; i < r->nlog; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "at", ml_json_number(r->log[i].at));
        json_object_set_new(o, "until", ml_json_number(r->log[i].until));
        json_object_set_new(o, "text", ml_json_text(r->log[i].text));
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *balance(const MlBalance *b) {
    json_t *o = json_object(), *routes = json_array();
    json_object_set_new(o, "substance", ml_json_text(b->substance));
    json_object_set_new(o, "unit", ml_json_text(b->unit));
    json_object_set_new(o, "before", ml_json_number(b->before));
    json_object_set_new(o, "after", ml_json_number(b->after));
    json_object_set_new(o, "residual", ml_json_number(b->residual));
    json_object_set_new(o, "throughput", ml_json_number(b->throughput));
    for (int k = 0; k < b->nroute; k++) {
        json_t *way = json_object();
        json_object_set_new(way, "route", ml_json_text(b->route[k].name));
        json_object_set_new(way, "in", ml_json_number(b->route[k].in));
        json_object_set_new(way, "out", ml_json_number(b->route[k].out));
        json_array_append_new(routes, way);
    }
    json_object_set_new(o, "routes", routes);
    return o;
}

static json_t *balances(const MlResult *r) {
    json_t *list = json_array();
    for (int i = 0; i < r->nbalance; i++) json_array_append_new(list, balance(&r->balance[i]));
    return list;
}

static json_t *explanations(const MlResult *r, MlUnits units) {
    json_t *list = json_array();
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[i];
        json_t *o = json_object(), *causes = json_array();
        json_object_set_new(o, "from", ml_json_number(e->from));
        json_object_set_new(o, "to", ml_json_number(e->to));
        json_object_set_new(o, "change", ml_json_number(ml_shown_change(ML_O_plasma_sodium, units, e->change)));
        for (int k = 0; k < e->ncause; k++) {
            json_t *cause = json_object();
            json_object_set_new(cause, "cause", ml_json_text(e->cause[k].name));
            double effect = ml_shown_change(ML_O_plasma_sodium, units, e->cause[k].effect);
            json_object_set_new(cause, "effect", ml_json_number(effect));
            json_array_append_new(causes, cause);
        }
        json_object_set_new(o, "causes", causes);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *series(const MlResult *r, MlUnits units) {
    json_t *all = json_object();
    for (int i = 0; i < r->noutput; i++) {
        const MlOutputInfo *row = &ml_outputs[r->output[i]];
        json_t *o = json_object(), *values = json_array();
        for (int j = 0; j < r->ntime; j++) {
            double v = r->value[(size_t)i * (size_t)r->ntime + (size_t)j];
            json_array_append_new(values, ml_json_number(ml_shown(r->output[i], units, v)));
        }
        json_object_set_new(o, "text", ml_json_text(row->text));
        json_object_set_new(o, "unit", ml_json_text(units == ML_UNITS_US ? row->us_unit : row->unit));
        json_object_set_new(o, "values", values);
        json_object_set_new(all, row->name, o);
    }
    return all;
}

static json_t *document(const MlResult *r, const MlReportOptions *o) {
    json_t *root = json_object(), *times = json_array(), *notes = json_array();
    for (int j = 0; j < r->ntime; j++) json_array_append_new(times, ml_json_number(r->time[j]));
    for (int i = 0; i < r->nnote; i++) json_array_append_new(notes, ml_json_text(r->note[i]));
    if (o->version) json_object_set_new(root, "program", ml_json_text(o->version));
    json_object_set_new(root, "title", ml_json_text(r->title));
    json_object_set_new(root, "person", ml_json_text(r->person));
    json_object_set_new(root, "sex", ml_json_text(ml_choice_row(r->sex) ? ml_choice_row(r->sex)->name : ""));
    json_object_set_new(root, "units", ml_json_text(o->units == ML_UNITS_US ? "us" : "si"));
    json_object_set_new(root, "time_unit", ml_json_text("min"));
    json_object_set_new(root, "start_clock", ml_json_number(r->start_clock));
    json_object_set_new(root, "duration", ml_json_number(r->duration));
    json_object_set_new(root, "end_time", ml_json_number(r->end_time));
    json_object_set_new(root, "lethal", json_boolean(r->lethal));
    json_object_set_new(root, "lethal_cause", r->lethal ? ml_json_text(r->lethal_cause) : json_null());
    json_object_set_new(root, "time", times);
    json_object_set_new(root, "quantities", series(r, o->units));
    json_object_set_new(root, "flags", spans(r, o->units));
    json_object_set_new(root, "log", log_of(r));
    json_object_set_new(root, "plasma_sodium_unit", ml_json_text(ml_shown_unit(ML_O_plasma_sodium, o->units)));
    json_object_set_new(root, "plasma_sodium_causes", explanations(r, o->units));
    json_object_set_new(root, "balance", balances(r));
    json_object_set_new(root, "charge_residual", ml_json_number(r->charge_residual));
    json_object_set_new(root, "notes", notes);
    json_object_set_new(root, "steps", json_integer(r->steps));
    json_object_set_new(root, "rejected_steps", json_integer(r->rejected));
    json_object_set_new(root, "evaluations", json_integer(r->evaluations));
    json_object_set_new(root, "notice", ml_json_text("For research and teaching; not a medical device."));
    return root;
}

milieu_code ml_report_json(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    milieu_code code = ml_outfile_open(&f, path, err);
    if (code != MILIEU_OK) return code;
    json_t *root = document(r, o);
    if (!root) {
        ml_outfile_discard(&f);
        return ml_fail(err, MILIEU_NO_MEMORY, path, "out of memory");
    }
    json_dumpf(root, f.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    putc('\n', f.stream);
    json_decref(root);
    return ml_outfile_commit(&f, err);
}
