/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline/timeline.h"

#include "base/fail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A repeat that falls on its end by rounding still counts. */
static const double TIME_SLACK = 1e-9;

static void fill_nan(double *v, int n) {
    for (int i = 0; i < n; i++) v[i] = NAN;
}

void ml_person_spec_init(MlPersonSpec *p) {
    memset(p, 0, sizeof *p);
    p->sex = ML_CHOICE_NONE;
    p->ckd_stage = ML_CHOICE_NONE;
    p->anuric = -1;
    p->cramp_history = -1;
    p->age = p->height = p->mass = p->body_fat = NAN;
    p->gfr = p->heat_acclimation = p->sweat_sodium = NAN;
    fill_nan(p->diet.value, ML_NDIET);
    p->diet.food_potassium = NAN;
}

bool ml_person_set_parameter(MlPersonSpec *p, const char *name, double value) {
    int k = 0;
    while (k < p->nparameter && strcmp(p->parameter[k].name, name) != 0) k++;
    if (k == ML_MAX_PARAMETERS) return false;
    snprintf(p->parameter[k].name, sizeof p->parameter[k].name, "%s", name);
    p->parameter[k].value = value;
    if (k == p->nparameter) p->nparameter++;
    return true;
}

bool ml_person_set_lab(MlPersonSpec *p, int output, double value) {
    int k = 0;
    while (k < p->nlab && p->lab[k].output != output) k++;
    if (k == ML_MAX_LABS) return false;
    p->lab[k] = (MlLab){.output = output, .value = value};
    p->lab_from[k][0] = 0;
    if (k == p->nlab) p->nlab++;
    return true;
}

void ml_keep_file(char file[ML_FILE_SIZE], const char *path) {
    const size_t length = strlen(path), most = ML_FILE_SIZE - 1;
    snprintf(file, ML_FILE_SIZE, "%s", length > most ? path + length - most : path);
}

void ml_person_lab_place(MlPersonSpec *p, int output, const char *file, int line, const char *from) {
    for (int k = 0; k < p->nlab; k++) {
        if (p->lab[k].output != output) continue;
        p->lab[k].line = line;
        ml_keep_file(p->lab_file[k], file);
        snprintf(p->lab_from[k], sizeof p->lab_from[k], "%s", from);
    }
}

bool ml_person_has_condition(const MlPersonSpec *p, const char *name) {
    for (int i = 0; i < p->ncondition; i++)
        if (strcmp(p->condition[i].name, name) == 0) return true;
    return false;
}

void ml_event_init(MlEvent *e, MlEventKind kind) {
    memset(e, 0, sizeof *e);
    e->kind = kind;
    e->every = e->until = NAN;
    for (int f = 0; f < ML_NFIELD; f++) e->value[f] = (MlValue){.v = NAN, .of_output = -1};
    fill_nan(e->diet.value, ML_NDIET);
    e->diet.food_potassium = NAN;
    e->composition = ml_composition_unknown();
    e->loss.output = -1;
    e->parameter_value = NAN;
}

void ml_event_set(MlEvent *e, MlField f, double v, MlDimension dimension) {
    e->value[f] = (MlValue){.v = v, .dimension = dimension, .of_output = -1};
    e->given |= (uint64_t)1 << f;
}

static void complete(MlEvent *e, MlField f, double v) {
    if (!ml_event_has(e, f)) ml_event_set(e, f, v, ML_DIM_TIME);
}

void ml_event_complete(MlEvent *e) {
    if (e->kind == ML_EVENT_SWEAT) {
        if (ml_event_has(e, ML_FIELD_FOR)) complete(e, ML_FIELD_OVER, e->value[ML_FIELD_FOR].v);
        if (ml_event_has(e, ML_FIELD_OVER)) complete(e, ML_FIELD_FOR, e->value[ML_FIELD_OVER].v);
    }
#define EVENT_DEFAULT(event, field, v)                                                                       \
    if (e->kind == ML_EVENT_##event) complete(e, ML_FIELD_##field, v);
#include "timeline/fields.def"
}

MlDrugRoute ml_event_route(const MlEvent *e) {
    if (ml_event_has(e, ML_FIELD_ROUTE)) return (MlDrugRoute)((int)e->value[ML_FIELD_ROUTE].v - ML_C_ROUTE_ORAL);
    return e->kind == ML_EVENT_INFUSE || e->kind == ML_EVENT_INJECT ? ML_ROUTE_IV : ML_ROUTE_ORAL;
}

double ml_event_length(const MlEvent *e) {
    if (ml_event_has(e, ML_FIELD_FOR)) return e->value[ML_FIELD_FOR].v;
    switch (e->kind) {
    case ML_EVENT_KIDNEY:
    case ML_EVENT_DIET: /* here `over` is the time of the change, not of the state */
    case ML_EVENT_INFECTION:
    case ML_EVENT_DRINKING:
    case ML_EVENT_POSTURE:
    case ML_EVENT_BREATHE:
    case ML_EVENT_REMOVE:
    case ML_EVENT_SET:
    case ML_EVENT_STOP_DRUG:
        return INFINITY;
    default:
        break;
    }
    if (ml_event_has(e, ML_FIELD_OVER)) return e->value[ML_FIELD_OVER].v;
    return ml_event_has(e, ML_FIELD_RATE) ? INFINITY : 0;
}

int ml_event_count(const MlEvent *e, double duration) {
    if (e->at >= duration) return 0;
    if (isnan(e->every)) return 1;
    double n = ceil((duration - e->at) / e->every - TIME_SLACK);
    if (!isnan(e->until)) n = fmin(n, floor((e->until - e->at) / e->every + TIME_SLACK) + 1);
    if (e->times > 0) n = fmin(n, e->times);
    return n > 0 ? (int)fmin(n, INT32_MAX) : 0;
}

double ml_event_time(const MlEvent *e, int k) { return k == 0 ? e->at : e->at + k * e->every; }

void ml_scenario_init(MlScenario *s) {
    memset(s, 0, sizeof *s);
    ml_person_spec_init(&s->person);
    s->start = 8 * 60;
    s->meals = ML_C_MEALS_HABITUAL;
    s->drinking = ML_C_DRINKING_HABITUAL;
    s->duration = 24 * 60;
    s->every = NAN;
}

void ml_scenario_free(MlScenario *s) {
    ml_free(s->event);
    ml_free(s->quantity);
    const MlMemory *memory = s->memory;
    ml_scenario_init(s);
    s->memory = memory;
}

milieu_code ml_scenario_add(MlScenario *s, const MlEvent *e, milieu_error *err) {
    /* Room is doubled whenever the count reaches a power of two. */
    if ((s->nevent & (s->nevent - 1)) == 0) {
        size_t room = s->nevent ? 2 * (size_t)s->nevent : 1;
        MlEvent *grown = ml_grow(s->memory, s->event, room, sizeof *grown);
        if (!grown) return ml_fail(err, MILIEU_NO_MEMORY, "timeline", "no memory for %zu events", room);
        s->event = grown;
    }
    s->event[s->nevent] = *e;
    s->event[s->nevent].order = s->nevent;
    s->nevent++;
    return MILIEU_OK;
}

milieu_code ml_scenario_ask(MlScenario *s, int output, milieu_error *err) {
    for (int i = 0; i < s->nquantity; i++)
        if (s->quantity[i] == output) return MILIEU_OK;
    int *grown = ml_grow(s->memory, s->quantity, (size_t)s->nquantity + 1, sizeof *grown);
    if (!grown)
        return ml_fail(err, MILIEU_NO_MEMORY, "report", "no memory for %d quantities", s->nquantity + 1);
    s->quantity = grown;
    s->quantity[s->nquantity++] = output;
    return MILIEU_OK;
}

static int by_time(const void *pa, const void *pb) {
    const MlEvent *a = pa, *b = pb;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void ml_scenario_sort(MlScenario *s) {
    if (s->nevent > 1) qsort(s->event, (size_t)s->nevent, sizeof *s->event, by_time);
}

double ml_scenario_begin(const MlScenario *s) {
    double begin = s->begin;
    for (int i = 0; i < s->nevent; i++) begin = fmin(begin, s->event[i].at);
    return begin;
}

milieu_code ml_scenario_check_every(const MlScenario *s, milieu_error *err) {
    const double length = s->duration - ml_scenario_begin(s);
    if (!(length / s->every > ML_MOST_MOMENTS)) return MILIEU_OK;
    return ml_fail(err, MILIEU_BAD_INPUT, "report.every", "%.4g min gives %.0f results, more than %d; give %.3g min or more, or a shorter duration", s->every, length / s->every,
                   ML_MOST_MOMENTS, ceil(100 * length / ML_MOST_MOMENTS) / 100);
}
