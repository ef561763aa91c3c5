/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline/tables.h"

#include <stddef.h>
#include <string.h>

static const MlEventRow EVENTS[] = {
#define EVENT(id, name, main, keys, text) {name, text, ML_FIELD_##main, ML_KEYS_##keys},
#include "timeline/events.def"
};

static const MlFieldRow FIELDS[] = {
#define FIELD(id, name, type, text) {name, text, ML_TYPE_##type},
#include "timeline/fields.def"
};

static const MlFieldUnit FIELD_UNITS[] = {
#define FIELD_UNIT(field, dimension, unit, low, high, high_per_kg, text)                                     \
    {ML_FIELD_##field, ML_DIM_##dimension, unit, text, low, high, high_per_kg},
#include "timeline/fields.def"
};

static const MlEventField EVENT_FIELDS[] = {
#define EVENT_FIELD(event, field, need) {ML_EVENT_##event, ML_FIELD_##field, ML_##need, ML_LIST_NONE},
#define EVENT_CHOICE(event, field, need, list)                                                               \
    {ML_EVENT_##event, ML_FIELD_##field, ML_##need, ML_LIST_##list},
#include "timeline/fields.def"
};

static const MlEventNeed NEEDS[] = {
#define EVENT_NEEDS(event, field, other, without)                                                            \
    {ML_EVENT_##event, ML_FIELD_##field, ML_FIELD_##other, ML_FIELD_##without},
#include "timeline/fields.def"
};

static const MlPersonNumber PERSON_NUMBERS[] = {
#define PERSON(field, unit, low, high) {#field, unit, low, high, offsetof(MlPersonSpec, field)},
#include "timeline/person.def"
};

static const MlChoiceRow CHOICES[] = {
#define CHOICE(list, id, name, text) {ML_LIST_##list, name, text},
#include "timeline/choices.def"
};

static const MlDietRow DIETS[] = {
#define DIET(id, name, unit, low, high, substance, text) {name, unit, substance, text, low, high},
#include "timeline/diet.def"
};

static const MlConditionRow CONDITIONS[] = {
#define CONDITION(name, text) {name, text},
#include "timeline/conditions.def"
};

static const MlConditionMeasure CONDITION_MEASURES[] = {
#define CONDITION_MEASURE(name, measure, low, high) {name, measure, low, high},
#include "timeline/conditions.def"
};

static const MlLabRow LABS[] = {
#define LAB(quantity, low, high) {ML_O_##quantity, low, high},
#include "timeline/labs.def"
};

static const struct {
    const char *name;
    MlMolar molar;
} MOLARS[] = {
#define MOLAR(name, molar_mass, valence, g_per_iu, text) {name, {molar_mass, valence, g_per_iu}},
#include "timeline/molar.def"
};

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))
#define ROW(table, i) ((i) >= 0 && (i) < COUNT(table) ? &(table)[i] : NULL)

#define FIND(table, wanted)                                                                                  \
    for (int i = 0; i < COUNT(table); i++)                                                                   \
        if (strcmp((table)[i].name, wanted) == 0) return i;                                                  \
    return -1

const MlEventRow *ml_event_row(int kind) { return ROW(EVENTS, kind); }
int ml_event_find(const char *name) { FIND(EVENTS, name); }

const MlFieldRow *ml_field_row(int field) { return ROW(FIELDS, field); }
int ml_field_find(const char *name) { FIND(FIELDS, name); }
const MlFieldUnit *ml_field_unit(int i) { return ROW(FIELD_UNITS, i); }

const MlEventField *ml_event_field(MlEventKind kind, MlField field) {
    for (int i = 0; i < COUNT(EVENT_FIELDS); i++)
        if (EVENT_FIELDS[i].event == kind && EVENT_FIELDS[i].field == field) return &EVENT_FIELDS[i];
    return NULL;
}

const MlFieldUnit *ml_field_unit_of(MlField field, MlDimension dimension) {
    for (int i = 0; i < COUNT(FIELD_UNITS); i++)
        if (FIELD_UNITS[i].field == field && FIELD_UNITS[i].dimension == dimension) return &FIELD_UNITS[i];
    return NULL;
}

bool ml_event_takes(MlEventKind kind, MlField field, MlDimension dimension) {
#define EVENT_ONLY(event, f, d)                                                                              \
    if (kind == ML_EVENT_##event && field == ML_FIELD_##f && dimension != ML_DIM_##d) return false;
#define EVENT_EXCEPT(event, f, d)                                                                            \
    if (kind == ML_EVENT_##event && field == ML_FIELD_##f && dimension == ML_DIM_##d) return false;
#include "timeline/fields.def"
    return ml_field_unit_of(field, dimension) != NULL;
}

const MlEventNeed *ml_event_need(int i) { return ROW(NEEDS, i); }

const MlPersonNumber *ml_person_number(const char *name) {
    for (int i = 0; i < COUNT(PERSON_NUMBERS); i++)
        if (strcmp(PERSON_NUMBERS[i].name, name) == 0) return &PERSON_NUMBERS[i];
    return NULL;
}

bool ml_event_loses(MlEventKind kind, int nutrient) {
    const MlKeys keys = ml_event_row(kind)->keys;
    switch (nutrient) {
    case ML_NUTRIENT_SODIUM:
    case ML_NUTRIENT_POTASSIUM:
    case ML_NUTRIENT_CHLORIDE:
        return keys == ML_KEYS_SWEAT || keys == ML_KEYS_GUT;
    case ML_NUTRIENT_CALCIUM:
    case ML_NUTRIENT_MAGNESIUM:
        return keys == ML_KEYS_SWEAT || keys == ML_KEYS_GUT;
    case ML_NUTRIENT_PHOSPHATE:
    case ML_NUTRIENT_BICARBONATE:
        return keys == ML_KEYS_GUT;
    default:
        return false;
    }
}

void ml_event_range(MlEventKind kind, MlField field, double *low, double *high) {
#define EVENT_RANGE(event, f, least, most)                                                                   \
    if (kind == ML_EVENT_##event && field == ML_FIELD_##f) {                                                 \
        *low = least;                                                                                        \
        *high = most;                                                                                        \
    }
#include "timeline/fields.def"
}

const MlChoiceRow *ml_choice_row(int choice) { return ROW(CHOICES, choice); }

MlChoice ml_choice_find(MlChoiceList list, const char *name) {
    for (int i = 0; i < COUNT(CHOICES); i++)
        if (CHOICES[i].list == list && strcmp(CHOICES[i].name, name) == 0) return (MlChoice)i;
    return ML_CHOICE_NONE;
}

const MlDietRow *ml_diet_row(int i) { return ROW(DIETS, i); }
int ml_diet_find(const char *name) { FIND(DIETS, name); }

const MlConditionRow *ml_condition_row(int i) { return ROW(CONDITIONS, i); }
int ml_condition_find(const char *name) { FIND(CONDITIONS, name); }

bool ml_conditions_exclude(const char *a, const char *b) {
#define CONDITION_EXCLUDES(x, y)                                                                             \
    if ((strcmp(a, x) == 0 && strcmp(b, y) == 0) || (strcmp(a, y) == 0 && strcmp(b, x) == 0)) return true;
#include "timeline/conditions.def"
    return false;
}

const MlConditionMeasure *ml_condition_measure(int i) { return ROW(CONDITION_MEASURES, i); }

const MlLabRow *ml_lab_of(int output) {
    for (int i = 0; i < COUNT(LABS); i++)
        if (LABS[i].output == output) return &LABS[i];
    return NULL;
}

bool ml_molar_find(const char *name, MlMolar *molar) {
    for (int i = 0; i < COUNT(MOLARS); i++) {
        if (strcmp(MOLARS[i].name, name) != 0) continue;
        *molar = MOLARS[i].molar;
        return true;
    }
    int nutrient = ml_nutrient_find(name);
    if (nutrient < 0) return false;
    const MlNutrientRow *row = ml_nutrient(nutrient);
    *molar = (MlMolar){.molar_mass = row->molar_mass, .valence = row->valence};
    return row->molar_mass > 0;
}

bool ml_molar_of_quantity(int output, MlMolar *molar) {
    const char *p = ml_outputs[output].name;
    while (*p) {
        char word[32];
        size_t n = strcspn(p, "_");
        if (n < sizeof word) {
            memcpy(word, p, n);
            word[n] = 0;
            if (ml_molar_find(word, molar)) return true;
        }
        p += n + (p[n] == '_');
    }
    return false;
}
