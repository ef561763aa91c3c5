/* SPDX-License-Identifier: Apache-2.0 */
/* The public API: events. */
#include "run/handles.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "timeline/tables.h"

milieu_code milieu_event_create(const milieu_model *model, const char *kind, milieu_event **event,
                                milieu_error *error) {
    *event = NULL;
    const int k = ml_event_find(kind);
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, kind, "there is no event of this name");
    milieu_event *e = *event = ml_new(ml_memory_of(model), 1, sizeof *e);
    if (!e) return ml_fail(error, MILIEU_NO_MEMORY, "milieu", "out of memory");
    ml_event_init(&e->event, (MlEventKind)k);
    return MILIEU_OK;
}

void milieu_event_destroy(milieu_event **event) {
    ml_free(*event);
    *event = NULL;
}

static milieu_code no_field(const MlEvent *e, const char *field, milieu_error *error) {
    return ml_fail(error, MILIEU_BAD_INPUT, field, "the event \"%s\" has no such field",
                   ml_event_row(e->kind)->name);
}

static const MlEventField *find_field(const MlEvent *e, const char *field) {
    const int f = ml_field_find(field);
    return f < 0 ? NULL : ml_event_field(e->kind, (MlField)f);
}

/* ---- numbers ---- */

/* A number in a unit, as such or per kilogram of body mass. */
typedef struct Given {
    const char *field, *unit;
    MlQuantity quantity;
} Given;

static milieu_code wrong_unit(const Given *g, milieu_error *error) {
    return ml_fail(error, MILIEU_BAD_INPUT, g->field, "%g %s: the unit is unknown or does not fit",
                   g->quantity.number, g->unit);
}

static milieu_code check_range(const Given *g, double v, double low, double high, const char *unit,
                               milieu_error *error) {
    if (v >= low && v <= high) return MILIEU_OK;
    return ml_fail(error, MILIEU_BAD_INPUT, g->field, "%.9g %s lies outside %g to %g %s", g->quantity.number,
                   g->unit, low, high, unit);
}

/* The value in `unit`, or in that per kilogram of body mass. */
static bool convert(const Given *g, const char *unit, bool may_per_kg, const MlMolar *molar, double *v,
                    bool *per_kg) {
    char relative[40];
    snprintf(relative, sizeof relative, "%s/kg", unit);
    *per_kg = false;
    if (ml_quantity_convert(&g->quantity, unit, molar, 0, v)) return true;
    *per_kg = true;
    return may_per_kg && ml_quantity_convert(&g->quantity, relative, molar, 0, v);
}

static milieu_code set_field(MlEvent *e, MlField f, const Given *g, milieu_error *error) {
    const MlFieldUnit *u;
    for (int i = 0; (u = ml_field_unit(i)); i++) {
        MlValue value = {.dimension = u->dimension, .of_output = -1};
        if (u->field != f || !ml_event_takes(e->kind, f, u->dimension)) continue;
        if (!convert(g, u->unit, u->high_per_kg > 0, NULL, &value.v, &value.per_kg)) continue;
        double low = u->low, high = value.per_kg ? u->high_per_kg : u->high;
        if (!value.per_kg) ml_event_range(e->kind, f, &low, &high);
        ML_TRY(check_range(g, value.v, low, high, u->unit, error));
        e->value[f] = value;
        e->given |= (uint64_t)1 << f;
        return MILIEU_OK;
    }
    return wrong_unit(g, error);
}

/* What a liter of a sweat or a gut loss holds. */
static milieu_code set_content(MlEvent *e, int nutrient, const Given *g, milieu_error *error) {
    char unit[16];
    double v;
    bool per_kg;
    MlMolar molar;
    const bool known = ml_molar_find(ml_nutrient(nutrient)->name, &molar);
    snprintf(unit, sizeof unit, "%s/L", ml_nutrient(nutrient)->unit);
    if (!convert(g, unit, false, known ? &molar : NULL, &v, &per_kg)) return wrong_unit(g, error);
    ML_TRY(check_range(g, v, 0, ML_MOST_CONTENT, unit, error));
    e->has_composition = true;
    e->basis = ML_PER_LITER;
    e->composition.value[nutrient] = v;
    return MILIEU_OK;
}

static milieu_code set_diet(MlEvent *e, int field, const Given *g, milieu_error *error) {
    const MlDietRow *row = ml_diet_row(field);
    MlMolar molar;
    const bool known = ml_molar_find(row->substance, &molar);
    double v;
    bool per_kg;
    if (!convert(g, row->unit, true, known ? &molar : NULL, &v, &per_kg)) return wrong_unit(g, error);
    ML_TRY(check_range(g, v, row->low, per_kg ? row->high / ML_LEAST_MASS : row->high, row->unit, error));
    e->diet.value[field] = v;
    e->diet.per_kg[field] = per_kg;
    return MILIEU_OK;
}

static milieu_code set_parameter(MlEvent *e, int k, const Given *g, milieu_error *error) {
    const MlParamInfo *p = &ml_params[k];
    double v;
    bool per_kg;
    if (*e->parameter && strcmp(e->parameter, p->name) != 0)
        return ml_fail(error, MILIEU_BAD_INPUT, p->name, "the event sets %s; make another", e->parameter);
    if (!convert(g, p->unit, false, NULL, &v, &per_kg)) return wrong_unit(g, error);
    ML_TRY(check_range(g, v, p->low, p->high, p->unit, error));
    snprintf(e->parameter, sizeof e->parameter, "%s", p->name);
    e->parameter_value = v;
    return MILIEU_OK;
}

milieu_code milieu_event_number(milieu_event *event, const char *field, double value, const char *unit,
                                milieu_error *error) {
    MlEvent *e = &event->event;
    Given g = {field, unit, {.number = value, .has_unit = true}};
    if (ml_unit_parse(unit, strlen(unit), &g.quantity.unit, NULL) != ML_UNIT_OK) return wrong_unit(&g, error);
    const MlEventField *row = find_field(e, field);
    const MlKeys keys = ml_event_row(e->kind)->keys;
    const int nutrient = ml_nutrient_find(field), diet = ml_diet_find(field), k = ml_param_find(field);
    if (row) return set_field(e, row->field, &g, error);
    if (nutrient >= 0 && ml_event_loses(e->kind, nutrient)) return set_content(e, nutrient, &g, error);
    if (diet >= 0 && keys == ML_KEYS_DIET) return set_diet(e, diet, &g, error);
    if (k >= 0 && keys == ML_KEYS_PARAMETERS) return set_parameter(e, k, &g, error);
    return no_field(e, field, error);
}

/* ---- words ---- */

static milieu_code set_what(MlEvent *e, MlField f, const char *what, milieu_error *error) {
    if (strlen(what) >= sizeof e->what)
        return ml_fail(error, MILIEU_BAD_INPUT, ml_field_row(f)->name, "the name is too long");
    snprintf(e->what, sizeof e->what, "%s", what);
    e->given |= (uint64_t)1 << f;
    return MILIEU_OK;
}

milieu_code milieu_event_word(milieu_event *event, const char *field, const char *word, milieu_error *error) {
    MlEvent *e = &event->event;
    const MlEventField *row = find_field(e, field);
    const bool chosen = row && row->list != ML_LIST_NONE;
    if (!row || (row->field == ML_FIELD_WHAT && ml_event_row(e->kind)->keys == ML_KEYS_GUT))
        return no_field(e, field, error);
    if (!chosen && ml_field_row(row->field)->type == ML_TYPE_NAME) return set_what(e, row->field, word, error);
    const MlChoice choice = chosen ? ml_choice_find(row->list, word) : ML_CHOICE_NONE;
    const bool is_switch = !chosen && ml_field_row(row->field)->type == ML_TYPE_SWITCH;
    const bool on = strcmp(word, "true") == 0;
    if (choice == ML_CHOICE_NONE && !(is_switch && (on || strcmp(word, "false") == 0)))
        return ml_fail(error, MILIEU_BAD_INPUT, field, "\"%s\" is not one of its words", word);
    ml_event_set(e, row->field, is_switch ? on : (double)choice, ML_DIM_NUMBER);
    return MILIEU_OK;
}

/* ---- times, and whether all is there ---- */

milieu_code milieu_event_when(milieu_event *event, double at, double every, int times, milieu_error *error) {
    if (!(at >= ML_EARLIEST && at <= ML_LATEST))
        return ml_fail(error, MILIEU_BAD_INPUT, "at", "%g min lies outside %d to %d", at, ML_EARLIEST,
                       ML_LATEST);
    if (!(every >= 0 && isfinite(every)) || times < 0 || (every > 0 && times == 0))
        return ml_fail(error, MILIEU_BAD_INPUT, "every",
                       "every and times must be finite and not negative, times is given with every");
    event->event.at = at;
    event->event.every = every > 0 ? every : NAN;
    event->event.times = times;
    return MILIEU_OK;
}

static milieu_code lacks(const MlEvent *e, MlField f, milieu_error *error) {
    return ml_fail(error, MILIEU_BAD_INPUT, ml_field_row(f)->name, "the event \"%s\" needs it",
                   ml_event_row(e->kind)->name);
}

/* What a kind with fields of its own must state. */
static bool states_something(const MlEvent *e) {
    switch (ml_event_row(e->kind)->keys) {
    case ML_KEYS_DIET:
        for (int i = 0; i < ML_NDIET; i++)
            if (!isnan(e->diet.value[i])) return true;
        return false;
    case ML_KEYS_PARAMETERS:
        return *e->parameter != 0;
    default:
        return true;
    }
}

static milieu_code check_counts(const MlEvent *e, milieu_error *error) {
    int count[ML_ANY + 1] = {0}, present[ML_ANY + 1] = {0};
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *row = ml_event_field(e->kind, (MlField)f);
        if (!row) continue;
        const int given = ml_event_has(e, (MlField)f);
        if (row->need == ML_MUST && !given) return lacks(e, (MlField)f, error);
        count[row->need]++;
        present[row->need] += given;
    }
    const char *name = ml_event_row(e->kind)->name;
    if (count[ML_ONE] && present[ML_ONE] != 1)
        return ml_fail(error, MILIEU_BAD_INPUT, name, "the event needs exactly one of its measures");
    if ((count[ML_ANY] && !present[ML_ANY]) || !states_something(e))
        return ml_fail(error, MILIEU_BAD_INPUT, name, "the event states nothing");
    return MILIEU_OK;
}

milieu_code ml_event_ready(const milieu_event *event, MlEvent *e, milieu_error *error) {
    *e = event->event;
    ml_event_complete(e);
    ML_TRY(check_counts(e, error));
    const MlEventNeed *n;
    for (int i = 0; (n = ml_event_need(i)); i++)
        if (n->event == e->kind && ml_event_has(e, n->field) && !ml_event_has(e, n->other))
            return lacks(e, n->other, error);
    return e->kind == ML_EVENT_SWEAT && !ml_event_has(e, ML_FIELD_FOR) ? lacks(e, ML_FIELD_FOR, error)
                                                                       : MILIEU_OK;
}
