/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_READER_H
#define ML_SCENARIO_READER_H

#include "person/person.h"
#include "products/intake.h"
#include "scenario/scenario.h"
#include "scenario/values.h"

/* Where each event of a scenario stands, by MlEvent.order before sorting. */
typedef struct MlPlaces {
    const MlNode **node;
    int n;
} MlPlaces;

/* What the parts of the reader share. */
typedef struct MlReader {
    MlIssues *issues;
    const MlNames *names;
    MlPlaces *places;
    bool arm; /* of a study: asked for what is observed, whatever its `report` names */
} MlReader;

/* names.c: false after adding an error. */
bool ml_check_preset(const MlReader *r, const MlNode *node, const char *key);
bool ml_check_condition(const MlReader *r, const MlNode *node);
bool ml_check_what(const MlReader *r, const MlNode *node, const char *key, MlEventKind kind);
int ml_check_parameter(const MlReader *r, const MlNode *node, const char *key); /* -1: none */

/* composition.c: the entries of an inline composition whose keys are nutrients. */
bool ml_is_nutrient(const char *key);
void ml_read_nutrient(const MlReader *r, const MlNode *key, const MlNode *value, MlEvent *event);
void ml_read_composition(const MlReader *r, const MlNode *node, const char *key, MlEvent *event);
void ml_settle_composition(const MlReader *r, const MlNode *node, MlEvent *event);

/* diet.c: the daily intake. */
void ml_read_diet(const MlReader *r, const MlNode *node, const char *key, MlDietSpec *diet);
/* The menu of a diet, if it names one, for what the diet does not tell itself; read last. */
void ml_read_menu(const MlReader *r, const MlNode *node, const char *where, MlDietSpec *diet);
void ml_read_diet_field(const MlReader *r, const MlNode *value, const char *where, int field, MlDietSpec *diet);

/* field.c: one field of an event. */
void ml_read_field(const MlReader *r, const MlNode *node, const MlEventField *field, MlEvent *event);

/* event.c: reads what stands behind the name of an event; a `set` with several parameters gives several. */
void ml_read_event(const MlReader *r, const MlNode *node, MlEvent *event, MlScenario *scenario);

/* entries.c: the timeline, a list of entries. */
void ml_read_timeline(const MlReader *r, const MlNode *node, MlScenario *scenario);

/* check.c: what only the whole timeline shows. */
void ml_check_timeline(const MlReader *r, const MlScenario *scenario);
/* What only shows against the size of the body. */
void ml_check_doses(const MlReader *r, const MlScenario *scenario, const MlPerson *person);

#endif
