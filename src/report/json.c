/* SPDX-License-Identifier: Apache-2.0 */
/* Everything a run gave, as one JSON object with units. Numbers keep every digit; null where a quantity has
 * no meaning. */
#include "base/fail.h"
#include "body/body.h"
#include "report/cramp_words.h"
#include "report/json_value.h"
#include "report/outfile.h"
#include "report/values.h"
#include "report/words.h"
#include "timeline/tables.h"

#include <math.h>

static json_t *spans(const MlResult *r, MlUnits units) {
    json_t *list = json_array();
    for (int i = 0; i < r->nflag; i++) {
        const MlFlagSpan *f = &r->flag[i];
        json_t *o = json_object();
        ml_json_put(&o, "flag", ml_json_text(ml_flag_info(f->flag).name));
        ml_json_put(&o, "severity", ml_json_text(ml_severity_text(f->severity)));
        ml_json_put(&o, "on", ml_json_number(f->on));
        ml_json_put(&o, "off", ml_json_number(f->off));
        ml_json_put(&o, "peak_time", ml_json_number(f->peak_time));
        const int output = f->output;
        double low = NAN, high = NAN;
        ml_json_put(&o, "peak_value",
                            ml_json_number(output < 0 ? f->peak_value : ml_shown(output, units, f->peak_value)));
        if (output == ML_O_cramp_rate && ml_cramp_rate_band(r, f->peak_time, f->peak_value, &low, &high)) {
            ml_json_put(&o, "peak_low", ml_json_number(low));
            ml_json_put(&o, "peak_high", ml_json_number(high));
        }
        ml_json_put(&o, "quantity", output < 0 ? json_null() : ml_json_text(ml_outputs[output].name));
        ml_json_add(&list, o);
    }
    return list;
}

static json_t *breaches(const MlResult *r) {
    json_t *list = json_array();
    for (int i = 0; i < r->nbreach; i++) {
        const milieu_breach *b = &r->breach[i];
        json_t *o = json_object();
        ml_json_put(&o, "limit", ml_json_text(b->limit));
        ml_json_put(&o, "strength", ml_json_text(b->hard ? "hard" : "advice"));
        ml_json_put(&o, "variable", ml_json_text(b->variable));
        ml_json_put(&o, "unit", ml_json_text(b->unit));
        ml_json_put(&o, "window", ml_json_number(b->window));
        ml_json_put(&o, "bound", ml_json_number(b->bound));
        ml_json_put(&o, "on", ml_json_number(b->on));
        ml_json_put(&o, "off", ml_json_number(b->off));
        ml_json_put(&o, "worst", ml_json_number(b->worst));
        ml_json_put(&o, "worst_time", ml_json_number(b->worst_time));
        ml_json_put(&o, "for", ml_json_text(b->people));
        ml_json_put(&o, "protects_from", ml_json_text(b->protects));
        ml_json_put(&o, "source", ml_json_text(b->source));
        ml_json_add(&list, o);
    }
    return list;
}

static json_t *log_of(const MlResult *r) {
    json_t *list = json_array();
    for (int i = 0; i < r->nlog; i++) {
        json_t *o = json_object();
        ml_json_put(&o, "at", ml_json_number(r->log[i].at));
        ml_json_put(&o, "until", ml_json_number(r->log[i].until));
        const MlEventRow *event = r->log[i].kind >= 0 ? ml_event_row(r->log[i].kind) : NULL;
        ml_json_put(&o, "event", event ? ml_json_text(event->name) : json_null());
        ml_json_put(&o, "text", ml_json_text(r->log[i].text));
        ml_json_add(&list, o);
    }
    return list;
}

static json_t *balance(const MlBalance *b) {
    json_t *o = json_object(), *routes = json_array();
    ml_json_put(&o, "substance", ml_json_text(b->substance));
    ml_json_put(&o, "unit", ml_json_text(b->unit));
    ml_json_put(&o, "before", ml_json_number(b->before));
    ml_json_put(&o, "after", ml_json_number(b->after));
    ml_json_put(&o, "residual", ml_json_number(b->residual));
    ml_json_put(&o, "throughput", ml_json_number(b->throughput));
    for (int k = 0; k < b->nroute; k++) {
        json_t *way = json_object();
        ml_json_put(&way, "route", ml_json_text(b->route[k].name));
        ml_json_put(&way, "in", ml_json_number(b->route[k].in));
        ml_json_put(&way, "out", ml_json_number(b->route[k].out));
        ml_json_add(&routes, way);
    }
    ml_json_put(&o, "routes", routes);
    return o;
}

static json_t *balances(const MlResult *r) {
    json_t *list = json_array();
    for (int i = 0; i < r->nbalance; i++) ml_json_add(&list, balance(&r->balance[i]));
    return list;
}

static json_t *explanations(const MlResult *r, MlWhy why, MlUnits units) {
    json_t *list = json_array();
    const int output = ml_why_output[why];
    for (int i = 0; i < r->nexplanation; i++) {
        const MlExplanation *e = &r->explanation[why][i];
        json_t *o = json_object(), *causes = json_array();
        ml_json_put(&o, "from", ml_json_number(e->from));
        ml_json_put(&o, "to", ml_json_number(e->to));
        ml_json_put(&o, "change", ml_json_number(ml_shown_change(output, units, e->change)));
        for (int k = 0; k < e->ncause; k++) {
            json_t *cause = json_object();
            ml_json_put(&cause, "cause", ml_json_text(e->cause[k].name));
            double effect = ml_shown_change(output, units, e->cause[k].effect);
            ml_json_put(&cause, "effect", ml_json_number(effect));
            ml_json_add(&causes, cause);
        }
        ml_json_put(&o, "causes", causes);
        ml_json_add(&list, o);
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
            ml_json_add(&values, ml_json_number(ml_shown(r->output[i], units, v)));
        }
        ml_json_put(&o, "text", ml_json_text(row->text));
        ml_json_put(&o, "unit", ml_json_text(units == ML_UNITS_US ? row->us_unit : row->unit));
        ml_json_put(&o, "values", values);
        ml_json_put(&all, row->name, o);
    }
    return all;
}

/* What moved the cramp threshold between the start and the moment when it was farthest from that, Hz. */
static json_t *cramp_causes(const MlResult *r) {
    const MlExciteAt *from = &r->excite[ML_EXCITE_START], *to = &r->excite[ML_EXCITE_CRAMP];
    double moved[ML_NCRAMP_CAUSE];
    if (isnan(from->t) || isnan(to->t)) return json_null();
    json_t *o = json_object(), *causes = json_object();
    ml_cramp_explain(&from->x, &to->x, moved);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) ml_json_put(&causes, ml_cramp_causes[i], ml_json_number(moved[i]));
    ml_json_put(&o, "from", ml_json_number(from->t));
    ml_json_put(&o, "to", ml_json_number(to->t));
    ml_json_put(&o, "causes", causes);
    return o;
}

/* The cramp at its worst, where there is a risk of it. */
static json_t *cramp_risk(const MlResult *r) {
    MlCrampTold t;
    if (!ml_cramp_risk(r, &t)) return json_null();
    json_t *o = json_object();
    ml_json_put(&o, "at", ml_json_number(t.at));
    ml_json_put(&o, "threshold", ml_json_number(t.threshold));
    ml_json_put(&o, "threshold_low", ml_json_number(t.low));
    ml_json_put(&o, "threshold_high", ml_json_number(t.high));
    ml_json_put(&o, "rate", ml_json_number(t.rate));
    ml_json_put(&o, "rate_low", ml_json_number(t.rate_low));
    ml_json_put(&o, "rate_high", ml_json_number(t.rate_high));
    ml_json_put(&o, "text", ml_json_text(ml_cramp_remedies));
    return o;
}

json_t *ml_json_run(const MlResult *r, const MlReportOptions *o) {
    json_t *root = json_object(), *times = json_array(), *notes = json_array();
    for (int j = 0; j < r->ntime; j++) ml_json_add(&times, ml_json_number(r->time[j]));
    for (int i = 0; i < r->nnote; i++) ml_json_add(&notes, ml_json_text(r->note[i]));
    if (o->version) ml_json_put(&root, "program", ml_json_text(o->version));
    ml_json_put(&root, "title", ml_json_text(r->title));
    ml_json_put(&root, "person", ml_json_text(r->person));
    ml_json_put(&root, "sex", ml_json_text(ml_choice_row(r->sex) ? ml_choice_row(r->sex)->name : ""));
    ml_json_put(&root, "units", ml_json_text(o->units == ML_UNITS_US ? "us" : "si"));
    ml_json_put(&root, "time_unit", ml_json_text("min"));
    ml_json_put(&root, "start_clock", ml_json_number(r->start_clock));
    ml_json_put(&root, "duration", ml_json_number(r->duration));
    ml_json_put(&root, "end_time", ml_json_number(r->end_time));
    ml_json_put(&root, "lethal", json_boolean(r->lethal));
    ml_json_put(&root, "lethal_cause", r->lethal ? ml_json_text(r->lethal_cause) : json_null());
    ml_json_put(&root, "time", times);
    ml_json_put(&root, "quantities", series(r, o->units));
    ml_json_put(&root, "flags", spans(r, o->units));
    ml_json_put(&root, "safety_limits", breaches(r));
    ml_json_put(&root, "log", log_of(r));
    for (int k = 0; k < ML_NWHY; k++) {
        char name[64];
        snprintf(name, sizeof name, "%s_unit", ml_outputs[ml_why_output[k]].name);
        ml_json_put(&root, name, ml_json_text(ml_shown_unit(ml_why_output[k], o->units)));
        snprintf(name, sizeof name, "%s_causes", ml_outputs[ml_why_output[k]].name);
        ml_json_put(&root, name, explanations(r, (MlWhy)k, o->units));
    }
    ml_json_put(&root, "cramp_threshold_frequency_causes", cramp_causes(r));
    ml_json_put(&root, "cramp_risk", cramp_risk(r));
    ml_json_put(&root, "balance", balances(r));
    ml_json_put(&root, "charge_residual", ml_json_number(r->charge_residual));
    ml_json_put(&root, "notes", notes);
    ml_json_put(&root, "steps", json_integer(r->steps));
    ml_json_put(&root, "rejected_steps", json_integer(r->rejected));
    ml_json_put(&root, "evaluations", json_integer(r->evaluations));
    ml_json_put(&root, "notice", ml_json_text("For research and teaching; not a medical device."));
    return root;
}

milieu_code ml_report_json(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    return ml_json_save(ml_json_run(r, o), path, err);
}
