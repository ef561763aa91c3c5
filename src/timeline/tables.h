/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_TIMELINE_TABLES_H
#define ML_TIMELINE_TABLES_H

#include "body/body.h"
#include "timeline/timeline.h"

/* The rows of the tables of the file format, besides those of the body, and their names looked up. Every find gives -1 or NULL where
 * there is no such name; names are exact. */

typedef enum MlFieldType {
    ML_TYPE_NUMBER,
    ML_TYPE_CHOICE,
    ML_TYPE_SWITCH,
    ML_TYPE_NAME,
    ML_TYPE_LOSS
} MlFieldType;
typedef enum MlNeed { ML_MUST, ML_MAY, ML_ONE, ML_ANY } MlNeed;
typedef enum MlKeys { ML_KEYS_NONE, ML_KEYS_SWEAT, ML_KEYS_GUT, ML_KEYS_DIET, ML_KEYS_PARAMETERS } MlKeys;

typedef enum MlChoiceList {
    ML_LIST_SEX,
    ML_LIST_CKD_STAGE,
    ML_LIST_MEALS,
    ML_LIST_SEVERITY,
    ML_LIST_DRINKING,
    ML_LIST_POSTURE,
    ML_LIST_VOMIT,
    ML_LIST_DIARRHEA,
    ML_LIST_INFECTION_SEVERITY,
    ML_LIST_INFECTION_KIND,
    ML_LIST_INJURY_KIND,
    ML_LIST_TUBULE,
    ML_LIST_REMOVE,
    ML_LIST_MEMBRANE,
    ML_LIST_DILUTION,
    ML_LIST_ROUTE,
    ML_LIST_NONE = -1
} MlChoiceList;

typedef struct MlEventRow {
    const char *name, *text;
    MlField main;
    MlKeys keys;
} MlEventRow;

typedef struct MlFieldRow {
    const char *name, *text;
    MlFieldType type;
} MlFieldRow;

typedef struct MlFieldUnit {
    MlField field;
    MlDimension dimension;
    const char *unit, *text;
    double low, high, high_per_kg;
} MlFieldUnit;

typedef struct MlEventField {
    MlEventKind event;
    MlField field;
    MlNeed need;
    MlChoiceList list;
} MlEventField;

typedef struct MlChoiceRow {
    MlChoiceList list;
    const char *name, *text;
} MlChoiceRow;

typedef struct MlDietRow {
    const char *name, *unit, *substance, *text;
    double low, high;
} MlDietRow;

/* That a field of an event needs another one, and does not go with a third. */
typedef struct MlEventNeed {
    MlEventKind event;
    MlField field, other, without; /* without: ML_FIELD_NONE where it goes with any */
} MlEventNeed;

/* A plain number of a person: a double of MlPersonSpec. */
typedef struct MlPersonNumber {
    const char *name, *unit;
    double low, high;
    size_t offset;
} MlPersonNumber;

typedef struct MlConditionRow {
    const char *name, *text;
} MlConditionRow;

/* What labs takes: a quantity and the range of its value. */
typedef struct MlLabRow {
    int output;
    double low, high;
} MlLabRow;

const MlEventRow *ml_event_row(int kind); /* NULL past the end */
int ml_event_find(const char *name);

const MlFieldRow *ml_field_row(int field);
int ml_field_find(const char *name);
const MlFieldUnit *ml_field_unit(int i);                             /* all rows, NULL past the end */
const MlEventField *ml_event_field(MlEventKind kind, MlField field); /* NULL: the event does not take it */
const MlFieldUnit *ml_field_unit_of(MlField field, MlDimension dimension);
bool ml_event_takes(MlEventKind kind, MlField field, MlDimension dimension);
const MlEventNeed *ml_event_need(int i); /* all rows, NULL past the end */
/* Whether that loss may state its content of a nutrient. */
bool ml_event_loses(MlEventKind kind, int nutrient);
/* Narrows [low, high] to what that event allows. */
void ml_event_range(MlEventKind kind, MlField field, double *low, double *high);

const MlChoiceRow *ml_choice_row(int choice);
MlChoice ml_choice_find(MlChoiceList list, const char *name);

const MlPersonNumber *ml_person_number(const char *name);

const MlDietRow *ml_diet_row(int i);
int ml_diet_find(const char *name);

const MlConditionRow *ml_condition_row(int i);
int ml_condition_find(const char *name);
bool ml_conditions_exclude(const char *a, const char *b); /* no one has both */

/* A measure that a condition may be given. */
typedef struct MlConditionMeasure {
    const char *condition, *name;
    double low, high;
} MlConditionMeasure;
const MlConditionMeasure *ml_condition_measure(int i); /* all rows, NULL past the end */

const MlLabRow *ml_lab_of(int output); /* NULL: labs does not take it */

/* Molar mass and valence by the name of a substance: nutrients and the rows of molar.def. */
bool ml_molar_find(const char *name, MlMolar *molar);
/* The substance a quantity measures: of plasma_calcium_ionized, calcium. */
bool ml_molar_of_quantity(int output, MlMolar *molar);

#endif
