/* SPDX-License-Identifier: Apache-2.0 */
/* The public API over the session and the run. */
#include "run/handles.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "run/labs.h"
#include "timeline/tables.h"

#define STRING_(x) #x
#define STRING(x) STRING_(x)

const char *milieu_version(void) {
    return STRING(MILIEU_VERSION_MAJOR) "." STRING(MILIEU_VERSION_MINOR) "." STRING(MILIEU_VERSION_PATCH);
}

static milieu_code no_memory(milieu_error *error) {
    return ml_fail(error, MILIEU_NO_MEMORY, "milieu", "out of memory");
}

/* ---- the model ---- */

milieu_options milieu_options_default(void) { return (milieu_options){.allocator = ml_memory_default()}; }

milieu_code milieu_model_create(const milieu_options *options, milieu_model **model, milieu_error *error) {
    *model = NULL;
    const milieu_options usual = milieu_options_default();
    const MlMemory *memory = options ? &options->allocator : &usual.allocator;
    if (!memory->allocate || !memory->release)
        return ml_fail(error, MILIEU_BAD_INPUT, "allocator", "both of its functions must be given");
    milieu_model *m = *model = ml_new(memory, 1, sizeof *m);
    if (!m) return no_memory(error);
    const milieu_code code = ml_house_create(memory, &m->house, error);
    if (code != MILIEU_OK) milieu_model_destroy(model);
    return code;
}

void milieu_model_destroy(milieu_model **model) {
    if (!*model) return;
    ml_house_free(&(*model)->house);
    ml_free(*model);
    *model = NULL;
}

static int in_range(int i) { return i >= 0 && i < ML_NOUTPUT; }
int milieu_output_count(void) { return ML_NOUTPUT; }
const char *milieu_output_name(int i) { return in_range(i) ? ml_outputs[i].name : NULL; }
const char *milieu_output_unit(int i) { return in_range(i) ? ml_outputs[i].unit : NULL; }
const char *milieu_output_text(int i) { return in_range(i) ? ml_outputs[i].text : NULL; }
int milieu_output_available(int i) { return in_range(i) && ml_outputs[i].available; }
int milieu_output_find(const char *name) { return ml_output_find(name); }

static milieu_code find_output(const char *name, int *output, milieu_error *error) {
    *output = ml_output_find(name);
    if (*output < 0) return ml_fail(error, MILIEU_BAD_INPUT, name, "there is no output of this name");
    if (!ml_outputs[*output].available)
        return ml_fail(error, MILIEU_NOT_AVAILABLE, name, "this version does not compute it");
    return MILIEU_OK;
}

/* ---- scenarios ---- */

milieu_code milieu_scenario_create(const milieu_model *model, milieu_scenario **scenario,
                                   milieu_error *error) {
    milieu_scenario *s = *scenario = ml_new(ml_memory_of(model), 1, sizeof *s);
    if (!s) return no_memory(error);
    ml_scenario_init(&s->scenario);
    s->scenario.memory = ml_memory_of(s);
    return MILIEU_OK;
}

void milieu_scenario_destroy(milieu_scenario **scenario) {
    if (!*scenario) return;
    ml_scenario_free(&(*scenario)->scenario);
    ml_free(*scenario);
    *scenario = NULL;
}

milieu_code milieu_scenario_preset(milieu_scenario *s, const char *preset, milieu_error *error) {
    if (ml_preset_find(preset) < 0)
        return ml_fail(error, MILIEU_BAD_INPUT, preset, "there is no preset of this name");
    snprintf(s->scenario.person.preset, sizeof s->scenario.person.preset, "%s", preset);
    return MILIEU_OK;
}

static milieu_code outside(const char *field, double value, double low, double high, const char *unit, milieu_error *error) {
    char told[ML_BEYOND_SIZE];
    return ml_fail(error, MILIEU_BAD_INPUT, field, "%s lies outside %g to %g %s", ml_text_beyond(value, low, high, told), low, high, unit);
}

static milieu_code set_parameter(MlPersonSpec *p, const char *name, double value, milieu_error *error) {
    const int k = ml_param_find(name);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, name, "there is no field or parameter of this name");
    if (!(value >= ml_params[k].low && value <= ml_params[k].high))
        return outside(name, value, ml_params[k].low, ml_params[k].high, ml_params[k].unit, error);
    if (!ml_person_set_parameter(p, name, value))
        return ml_fail(error, MILIEU_BAD_INPUT, name, "more than %d parameters", ML_MAX_PARAMETERS);
    return MILIEU_OK;
}

milieu_code milieu_scenario_person(milieu_scenario *s, const char *field, double value, milieu_error *error) {
    MlPersonSpec *p = &s->scenario.person;
    const MlPersonNumber *row = ml_person_number(field);
    if (row) {
        if (!(value >= row->low && value <= row->high))
            return outside(field, value, row->low, row->high, row->unit, error);
        *(double *)(void *)((char *)p + row->offset) = value;
        return MILIEU_OK;
    }
    if (!strcmp(field, "anuric")) {
        p->anuric = value > 0;
        return MILIEU_OK;
    }
    return set_parameter(p, field, value, error);
}

milieu_code milieu_scenario_sex(milieu_scenario *s, const char *sex, milieu_error *error) {
    const MlChoice choice = ml_choice_find(ML_LIST_SEX, sex);
    if (choice == ML_CHOICE_NONE)
        return ml_fail(error, MILIEU_BAD_INPUT, "sex", "\"%s\" is not female or male", sex);
    s->scenario.person.sex = choice;
    return MILIEU_OK;
}

milieu_code milieu_scenario_condition(milieu_scenario *s, const char *condition, const char *severity,
                                      milieu_error *error) {
    MlPersonSpec *p = &s->scenario.person;
    const int k = ml_condition_find(condition);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, condition, "there is no condition of this name");
    MlConditionSpec spec = {.nmeasure = severity != NULL};
    snprintf(spec.name, sizeof spec.name, "%s", condition);
    if (severity) {
        const MlChoice choice = ml_choice_find(ML_LIST_SEVERITY, severity);
        if (choice == ML_CHOICE_NONE)
            return ml_fail(error, MILIEU_BAD_INPUT, condition, "\"%s\" is not mild, moderate or severe", severity);
        spec.measure[0] = (MlMeasure){.name = "severity", .output = -1, .value = choice - ML_C_SEVERITY_MILD + 1};
    }
    if (ml_person_has_condition(p, condition))
        return ml_fail(error, MILIEU_BAD_INPUT, condition, "is given already");
    if (p->ncondition == ML_MAX_CONDITIONS)
        return ml_fail(error, MILIEU_BAD_INPUT, condition, "more than %d conditions", ML_MAX_CONDITIONS);
    p->condition[p->ncondition++] = spec;
    return MILIEU_OK;
}

milieu_code milieu_scenario_lab(milieu_scenario *s, const char *output, double value, milieu_error *error) {
    MlPersonSpec *p = &s->scenario.person;
    int o;
    ML_TRY(find_output(output, &o, error));
    const MlLabRow *row = ml_lab_of(o);
    if (!row || !ml_lab_is_start(o))
        return ml_fail(error, MILIEU_NOT_AVAILABLE, output, "is no measurement to start from");
    if (!(value >= row->low && value <= row->high))
        return outside(output, value, row->low, row->high, ml_outputs[o].unit, error);
    if (!ml_person_set_lab(p, o, value))
        return ml_fail(error, MILIEU_BAD_INPUT, output, "more than %d measurements", ML_MAX_LABS);
    return MILIEU_OK;
}

milieu_code milieu_scenario_diet(milieu_scenario *s, const char *field, double value, milieu_error *error) {
    const int k = ml_diet_find(field);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, field, "the diet has no such field");
    const MlDietRow *row = ml_diet_row(k);
    if (!(value >= row->low && value <= row->high))
        return outside(field, value, row->low, row->high, row->unit, error);
    s->scenario.person.diet.value[k] = value;
    return MILIEU_OK;
}

milieu_code milieu_scenario_time(milieu_scenario *s, double start, double duration, milieu_error *error) {
    if (!(start >= 0 && start < 1440))
        return ml_fail(error, MILIEU_BAD_INPUT, "start", "%g lies outside 0 to 1440 min", start);
    if (!(duration > 0 && duration <= ML_LONGEST))
        return ml_fail(error, MILIEU_BAD_INPUT, "duration", "%g min lies outside 0 to %d", duration, ML_LONGEST);
    s->scenario.start = start;
    s->scenario.duration = duration;
    return MILIEU_OK;
}

milieu_code milieu_scenario_habits(milieu_scenario *s, const char *meals, const char *drinking,
                                   milieu_error *error) {
    const MlChoice m = meals ? ml_choice_find(ML_LIST_MEALS, meals) : s->scenario.meals;
    const MlChoice d = drinking ? ml_choice_find(ML_LIST_DRINKING, drinking) : s->scenario.drinking;
    if (m == ML_CHOICE_NONE)
        return ml_fail(error, MILIEU_BAD_INPUT, "meals", "\"%s\" is not habitual or none", meals);
    if (d == ML_CHOICE_NONE)
        return ml_fail(error, MILIEU_BAD_INPUT, "drinking", "\"%s\" is not habitual, to-thirst or none",
                       drinking);
    s->scenario.meals = m;
    s->scenario.drinking = d;
    return MILIEU_OK;
}

milieu_code milieu_scenario_add(milieu_scenario *s, const milieu_event *event, milieu_error *error) {
    MlEvent e;
    ML_TRY(ml_event_ready(event, &e, error));
    ML_TRY(ml_scenario_add(&s->scenario, &e, error));
    const int n = s->scenario.nevent;
    if (n > 1 && e.at < s->scenario.event[n - 2].at) ml_scenario_sort(&s->scenario);
    return MILIEU_OK;
}

milieu_code milieu_scenario_ask(milieu_scenario *s, const char *output, milieu_error *error) {
    int o;
    ML_TRY(find_output(output, &o, error));
    return ml_scenario_ask(&s->scenario, o, error);
}

milieu_code milieu_scenario_every(milieu_scenario *s, double minutes, milieu_error *error) {
    if (!(minutes >= 0)) return ml_fail(error, MILIEU_BAD_INPUT, "every", "%g min is below 0", minutes);
    s->scenario.every = minutes > 0 ? minutes : NAN;
    return MILIEU_OK;
}

/* ---- results ---- */

milieu_code milieu_run(const milieu_model *model, const milieu_scenario *scenario, milieu_result **result,
                       milieu_error *error) {
    milieu_result *r = *result = ml_new(ml_memory_of(model), 1, sizeof *r);
    if (!r) return no_memory(error);
    const milieu_code code = ml_run(&model->house, &scenario->scenario, NULL, &r->result, error);
    if (code != MILIEU_OK) {
        ml_free(r);
        *result = NULL;
    }
    return code;
}

void milieu_result_destroy(milieu_result **result) {
    if (!*result) return;
    ml_result_free(&(*result)->result);
    ml_free(*result);
    *result = NULL;
}

size_t milieu_result_size(const milieu_result *r) { return (size_t)r->result.ntime; }
const double *milieu_result_times(const milieu_result *r) { return r->result.time; }
const double *milieu_result_values(const milieu_result *r, const char *output) {
    const int o = ml_output_find(output);
    return o < 0 ? NULL : ml_result_series(&r->result, o);
}

size_t milieu_result_stretches(const milieu_result *r) { return (size_t)r->result.nexplanation; }

size_t milieu_result_causes(const milieu_result *r, const char *output, size_t stretch, double *from, double *to,
                            const milieu_cause **causes) {
    const int o = ml_output_find(output);
    if (causes) *causes = NULL;
    for (int k = 0; k < ML_NWHY && stretch < (size_t)r->result.nexplanation; k++) {
        if (ml_why_output[k] != o) continue;
        const MlExplanation *e = &r->result.explanation[k][stretch];
        if (from) *from = e->from;
        if (to) *to = e->to;
        if (causes) *causes = e->cause;
        return (size_t)e->ncause;
    }
    return 0;
}

size_t milieu_result_breaches(const milieu_result *r, const milieu_breach **breaches) {
    *breaches = r->result.breach;
    return (size_t)r->result.nbreach;
}

/* ---- a living person ---- */

/* From the steady state to t = 0. */
static milieu_code live_until_zero(MlSession *session, const MlScenario *sc, milieu_error *error) {
    MlNotes notes = {0};
    for (int i = 0; i < sc->nevent; i++)
        ML_TRY(ml_session_schedule(session, &sc->event[i], sc->duration, error));
    ML_TRY(ml_apply_labs(session, &sc->person, &notes, error));
    ML_TRY(ml_session_advance(session, 0, NULL, error));
    ml_session_zero(session);
    return MILIEU_OK;
}

milieu_code milieu_person_create(const milieu_model *model, const milieu_scenario *scenario,
                                 milieu_person **person, milieu_error *error) {
    milieu_person *p = *person = ml_new(ml_memory_of(model), 1, sizeof *p);
    if (!p) return no_memory(error);
    const MlScenario *sc = &scenario->scenario;
    const MlSessionOptions options = {
        .clock = sc->start, .begin = ml_scenario_begin(sc), .meals = sc->meals, .drinking = sc->drinking};
    MlPerson who;
    milieu_code code = ml_person_build(&sc->person, &who, error);
    if (code == MILIEU_OK) code = ml_session_create(&model->house, &who, &options, &p->session, error);
    if (code == MILIEU_OK) code = live_until_zero(p->session, sc, error);
    if (code != MILIEU_OK) milieu_person_destroy(person);
    return code;
}

void milieu_person_destroy(milieu_person **person) {
    if (!*person) return;
    ml_session_destroy(&(*person)->session);
    ml_free(*person);
    *person = NULL;
}

double milieu_person_time(const milieu_person *p) { return ml_session_time(p->session); }

milieu_code milieu_person_advance(milieu_person *p, double until, milieu_error *error) {
    if (!isfinite(until) || until < ml_session_time(p->session))
        return ml_fail(error, MILIEU_BAD_INPUT, "until", "%g min lies before now (%g min)", until,
                       ml_session_time(p->session));
    return ml_session_advance(p->session, until, NULL, error);
}

milieu_code milieu_person_apply(milieu_person *p, const milieu_event *event, milieu_error *error) {
    MlEvent e;
    ML_TRY(ml_event_ready(event, &e, error));
    e.at = ml_session_time(p->session);
    return ml_session_schedule(p->session, &e, INFINITY, error);
}

milieu_code milieu_person_get(const milieu_person *p, const char *output, double *value,
                              milieu_error *error) {
    int o;
    ML_TRY(find_output(output, &o, error));
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(p->session, ml_session_time(p->session), y);
    ml_session_outputs(p->session, y, out);
    *value = out[o];
    return MILIEU_OK;
}

size_t milieu_person_snapshot_size(const milieu_person *p) { return ml_session_snapshot_size(p->session); }

milieu_code milieu_person_save(const milieu_person *p, void *buffer, size_t size, milieu_error *error) {
    if (size < ml_session_snapshot_size(p->session))
        return ml_fail(error, MILIEU_BAD_INPUT, "size", "%zu bytes; the snapshot needs %zu", size,
                       ml_session_snapshot_size(p->session));
    ml_session_save(p->session, buffer);
    return MILIEU_OK;
}

milieu_code milieu_person_restore(milieu_person *p, const void *buffer, size_t size, milieu_error *error) {
    return ml_session_restore(p->session, buffer, size, error);
}
