/* SPDX-License-Identifier: Apache-2.0 */
/* The public API over the session and the run. */
#include "milieu/milieu.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "run/labs.h"
#include "run/run.h"
#include "timeline/tables.h"

struct milieu_model {
    MlHouse house;
};
struct milieu_event {
    MlEvent event;
};
struct milieu_scenario {
    MlScenario scenario;
};
struct milieu_result {
    MlResult result;
};
struct milieu_person {
    const milieu_model *model;
    MlPerson person;
    MlSession *session;
};

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

/* ---- events ---- */

milieu_code milieu_event_create(const milieu_model *model, const char *kind, milieu_event **event,
                                milieu_error *error) {
    *event = NULL;
    const int k = ml_event_find(kind);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, kind, "there is no event of this name");
    if (!ml_event_row(k)->now)
        return ml_fail(error, MILIEU_NOT_AVAILABLE, kind, "this version does not compute it");
    milieu_event *e = *event = ml_new(ml_memory_of(model), 1, sizeof *e);
    if (!e) return no_memory(error);
    ml_event_init(&e->event, (MlEventKind)k);
    return MILIEU_OK;
}

void milieu_event_destroy(milieu_event **event) {
    ml_free(*event);
    *event = NULL;
}

static milieu_code find_field(const milieu_event *e, const char *field, const MlEventField **row,
                              milieu_error *error) {
    const int f = ml_field_find(field);
    *row = f < 0 ? NULL : ml_event_field(e->event.kind, (MlField)f);
    if (!*row)
        return ml_fail(error, MILIEU_BAD_INPUT, field, "the event \"%s\" has no such field",
                       ml_event_row(e->event.kind)->name);
    return MILIEU_OK;
}

/* Tries every dimension that the field accepts, as such and per kilogram of body mass. */
static int convert(MlField f, double value, const char *unit, MlValue *out, double *low, double *high) {
    MlQuantity q = {.number = value, .has_unit = true};
    if (ml_unit_parse(unit, strlen(unit), &q.unit, NULL) != ML_UNIT_OK) return 0;
    const MlFieldUnit *u;
    for (int i = 0; (u = ml_field_unit(i)); i++) {
        if (u->field != f) continue;
        char per_kg[32];
        snprintf(per_kg, sizeof per_kg, "%s/kg", u->unit);
        *out = (MlValue){.dimension = u->dimension, .of_output = -1};
        *low = u->low;
        *high = u->high;
        if (ml_quantity_convert(&q, u->unit, NULL, 0, &out->v)) return 1;
        *high = u->high_per_kg;
        out->per_kg = true;
        if (u->high_per_kg > 0 && ml_quantity_convert(&q, per_kg, NULL, 0, &out->v)) return 1;
    }
    return 0;
}

milieu_code milieu_event_number(milieu_event *event, const char *field, double value, const char *unit,
                                milieu_error *error) {
    const MlEventField *row;
    ML_TRY(find_field(event, field, &row, error));
    MlValue v;
    double low, high;
    if (!convert(row->field, value, unit, &v, &low, &high))
        return ml_fail(error, MILIEU_BAD_INPUT, field, "%g %s: the unit is unknown or does not fit", value,
                       unit);
    if (!(v.v >= low && v.v <= high))
        return ml_fail(error, MILIEU_BAD_INPUT, field, "%g %s lies outside %g to %g %s", value, unit, low,
                       high, ml_field_unit_of(row->field, v.dimension)->unit);
    event->event.value[row->field] = v;
    event->event.given |= (uint64_t)1 << row->field;
    return MILIEU_OK;
}

milieu_code milieu_event_word(milieu_event *event, const char *field, const char *word, milieu_error *error) {
    const MlEventField *row;
    ML_TRY(find_field(event, field, &row, error));
    if (row->field == ML_FIELD_WHAT && row->list == ML_LIST_NONE) {
        if (strlen(word) >= sizeof event->event.what)
            return ml_fail(error, MILIEU_BAD_INPUT, field, "the name is too long");
        snprintf(event->event.what, sizeof event->event.what, "%s", word);
        event->event.given |= (uint64_t)1 << row->field;
        return MILIEU_OK;
    }
    const MlChoice c = ml_choice_find(row->list, word);
    if (c == ML_CHOICE_NONE)
        return ml_fail(error, MILIEU_BAD_INPUT, field, "\"%s\" is not one of its words", word);
    ml_event_set(&event->event, row->field, c, ML_DIM_NUMBER);
    return MILIEU_OK;
}

milieu_code milieu_event_when(milieu_event *event, double at, double every, int times, milieu_error *error) {
    if (!isfinite(at) || !(every >= 0) || times < 0 || (every > 0 && times == 0))
        return ml_fail(error, MILIEU_BAD_INPUT, "when",
                       "at must be finite, every and times not negative, times given with every");
    event->event.at = at;
    event->event.every = every > 0 ? every : NAN;
    event->event.times = times;
    return MILIEU_OK;
}

/* Every field that must be there is. */
static milieu_code check_event(const MlEvent *e, milieu_error *error) {
    int one = 0, ones = 0;
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *row = ml_event_field(e->kind, (MlField)f);
        if (!row) continue;
        const int given = ml_event_has(e, (MlField)f);
        if (row->need == ML_MUST && !given)
            return ml_fail(error, MILIEU_BAD_INPUT, ml_field_row(f)->name, "the event \"%s\" needs it",
                           ml_event_row(e->kind)->name);
        ones += row->need == ML_ONE;
        one += row->need == ML_ONE && given;
    }
    if (ones && one != 1)
        return ml_fail(error, MILIEU_BAD_INPUT, ml_event_row(e->kind)->name,
                       "the event needs exactly one of its measures");
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

static milieu_code set_parameter(MlPersonSpec *p, const char *name, double value, milieu_error *error) {
    const int k = ml_param_find(name);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, name, "there is no field or parameter of this name");
    if (!(value >= ml_params[k].low && value <= ml_params[k].high))
        return ml_fail(error, MILIEU_BAD_INPUT, name, "%g lies outside %g to %g %s", value, ml_params[k].low,
                       ml_params[k].high, ml_params[k].unit);
    if (p->nparameter == ML_MAX_PARAMETERS)
        return ml_fail(error, MILIEU_BAD_INPUT, name, "more than %d parameters", ML_MAX_PARAMETERS);
    MlParameterSpec *spec = &p->parameter[p->nparameter++];
    snprintf(spec->name, sizeof spec->name, "%s", name);
    spec->value = value;
    return MILIEU_OK;
}

milieu_code milieu_scenario_person(milieu_scenario *s, const char *field, double value, milieu_error *error) {
    MlPersonSpec *p = &s->scenario.person;
    const struct {
        const char *name;
        double *value, low, high;
    } own[] = {{"age", &p->age, 18, 110},
               {"height", &p->height, 1.2, 2.3},
               {"mass", &p->mass, 30, 250},
               {"body_fat", &p->body_fat, 0.03, 0.6},
               {"gfr", &p->gfr, 1, 250},
               {"heat_acclimation", &p->heat_acclimation, 0, 1},
               {"sweat_sodium", &p->sweat_sodium, 5, 120}};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcmp(own[i].name, field) != 0) continue;
        if (!(value >= own[i].low && value <= own[i].high))
            return ml_fail(error, MILIEU_BAD_INPUT, field, "%g lies outside %g to %g", value, own[i].low,
                           own[i].high);
        *own[i].value = value;
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
    const MlChoice choice = severity ? ml_choice_find(ML_LIST_SEVERITY, severity) : ML_C_SEVERITY_MODERATE;
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, condition, "there is no condition of this name");
    if (!ml_condition_row(k)->now)
        return ml_fail(error, MILIEU_NOT_AVAILABLE, condition, "is not computed by this version");
    if (choice == ML_CHOICE_NONE)
        return ml_fail(error, MILIEU_BAD_INPUT, condition, "\"%s\" is not mild, moderate or severe",
                       severity);
    if (p->ncondition == ML_MAX_CONDITIONS)
        return ml_fail(error, MILIEU_BAD_INPUT, condition, "more than %d conditions", ML_MAX_CONDITIONS);
    MlConditionSpec *spec = &p->condition[p->ncondition++];
    *spec = (MlConditionSpec){.nmeasure = 1};
    snprintf(spec->name, sizeof spec->name, "%s", condition);
    spec->measure[0] =
        (MlMeasure){.name = "severity", .output = -1, .value = choice - ML_C_SEVERITY_MILD + 1};
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
        return ml_fail(error, MILIEU_BAD_INPUT, output, "%g lies outside %g to %g %s", value, row->low,
                       row->high, ml_outputs[o].unit);
    if (p->nlab == ML_MAX_LABS)
        return ml_fail(error, MILIEU_BAD_INPUT, output, "more than %d measurements", ML_MAX_LABS);
    p->lab[p->nlab++] = (MlLab){.output = o, .value = value};
    return MILIEU_OK;
}

milieu_code milieu_scenario_diet(milieu_scenario *s, const char *field, double value, milieu_error *error) {
    const int k = ml_diet_find(field);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, field, "the diet has no such field");
    const MlDietRow *row = ml_diet_row(k);
    if (!(value >= row->low && value <= row->high))
        return ml_fail(error, MILIEU_BAD_INPUT, field, "%g lies outside %g to %g %s", value, row->low,
                       row->high, row->unit);
    s->scenario.person.diet.value[k] = value;
    return MILIEU_OK;
}

milieu_code milieu_scenario_time(milieu_scenario *s, double start, double duration, milieu_error *error) {
    if (!(start >= 0 && start < 1440))
        return ml_fail(error, MILIEU_BAD_INPUT, "start", "%g lies outside 0 to 1440 min", start);
    if (!(duration > 0) || !isfinite(duration))
        return ml_fail(error, MILIEU_BAD_INPUT, "duration", "%g min is not above 0", duration);
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
    MlEvent e = event->event;
    ml_event_complete(&e);
    ML_TRY(check_event(&e, error));
    ML_TRY(ml_scenario_add(&s->scenario, &e, error));
    ml_scenario_sort(&s->scenario);
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

/* ---- a living person ---- */

milieu_code milieu_person_create(const milieu_model *model, const milieu_scenario *scenario,
                                 milieu_person **person, milieu_error *error) {
    milieu_person *p = *person = ml_new(ml_memory_of(model), 1, sizeof *p);
    if (!p) return no_memory(error);
    const MlScenario *sc = &scenario->scenario;
    p->model = model;
    const MlSessionOptions options = {
        .clock = sc->start, .begin = ml_scenario_begin(sc), .meals = sc->meals, .drinking = sc->drinking};
    milieu_code code = ml_person_build(&sc->person, &p->person, error);
    if (code == MILIEU_OK) code = ml_session_create(&model->house, &p->person, &options, &p->session, error);
    for (int i = 0; code == MILIEU_OK && i < sc->nevent; i++)
        code = ml_session_schedule(p->session, &sc->event[i], sc->duration, error);
    if (code == MILIEU_OK && options.begin < 0) {
        code = ml_session_advance(p->session, 0, NULL, error);
        if (code == MILIEU_OK) ml_session_zero(p->session);
    }
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
    MlEvent e = event->event;
    e.at = ml_session_time(p->session);
    ml_event_complete(&e);
    ML_TRY(check_event(&e, error));
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
