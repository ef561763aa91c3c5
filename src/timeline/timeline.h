/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_TIMELINE_TIMELINE_H
#define ML_TIMELINE_TIMELINE_H

#include "base/memory.h"
#include "base/units.h"
#include "milieu/error.h"
#include "products/drug.h"
#include "products/menu.h"
#include "products/product.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* A scenario as plain data: who, what happens when, what is asked for. Filled by the reader of scenario
 * files or by hand, consumed by the run. Times are minutes since t = 0. A number that was not given is NaN,
 * a choice that was not given is -1, a name that was not given is empty. */

enum { ML_NAME_SIZE = 64, ML_TITLE_SIZE = 200, ML_DEED_SIZE = 256, ML_FILE_SIZE = 64 }; /* a deed: what happened, in words; a file: the end of its path */

enum { ML_MOST_MOMENTS = 1000000 }; /* of a result */
/* The longest run, and how far from t = 0 an event may lie; min. */
enum { ML_YEAR = 525960, ML_LONGEST = 10 * ML_YEAR, ML_EARLIEST = -ML_YEAR, ML_LATEST = 100 * ML_YEAR };

/* The most of anything in a composition, in the unit of composition.def; the lightest body that dietary intake per
 * kilogram is meant for, kg; the least energy that a menu, with all it brings, is scaled to, kcal/d. */
enum { ML_MOST_CONTENT = 1000000, ML_LEAST_MASS = 25, ML_LEAST_MENU = 500 };

/* ---- tables ---- */

typedef enum MlEventKind {
#define EVENT(id, name, main, keys, text) ML_EVENT_##id,
#include "timeline/events.def"
    ML_NEVENT
} MlEventKind;

typedef enum MlField {
#define FIELD(id, name, type, text) ML_FIELD_##id,
#include "timeline/fields.def"
    ML_NFIELD,
    ML_FIELD_NONE = -1
} MlField;

typedef enum MlDietField {
#define DIET(id, name, unit, low, high, substance, text) ML_DIET_##id,
#include "timeline/diet.def"
    ML_NDIET
} MlDietField;

/* Every word that stands for one of a few: ML_C_FEMALE, ML_C_DRINKING_TO_THIRST, ML_C_POSTURE_SUPINE ... */
typedef enum MlChoice {
#define CHOICE(list, id, name, text) ML_C_##id,
#include "timeline/choices.def"
    ML_NCHOICE,
    ML_CHOICE_NONE = -1
} MlChoice;

/* ---- the person ---- */

/* A measure or severity given with a condition. */
typedef struct MlMeasure {
    char name[ML_NAME_SIZE]; /* a quantity ("urine_osmolality"), "severity", "since_dialysis" ... */
    int output;              /* index of the quantity in outputs.def, else -1 */
    double value; /* in the quantity's SI unit; a severity: 1 mild, 2 moderate, 3 severe; a time: min */
    MlDimension dimension;
} MlMeasure;

enum { ML_MAX_MEASURES = 8, ML_MAX_CONDITIONS = 16, ML_MAX_LABS = 32, ML_MAX_PARAMETERS = 256 };

typedef struct MlConditionSpec {
    char name[ML_NAME_SIZE];
    int nmeasure;
    MlMeasure measure[ML_MAX_MEASURES];
} MlConditionSpec;

typedef struct MlLab {
    int output;   /* index in outputs.def */
    double value; /* in its SI unit */
    int line;     /* in the source, 0 if none */
} MlLab;

typedef struct MlParameterSpec {
    char name[ML_NAME_SIZE];
    double value; /* in the parameter's own unit */
} MlParameterSpec;

/* A daily intake as far as it is told; NaN where it is not. */
typedef struct MlDietSpec {
    double value[ML_NDIET]; /* units of diet.def */
    bool per_kg[ML_NDIET];  /* per kilogram of body mass at t = 0 */
    char menu[ML_NAME_SIZE]; /* from which the fields not told were taken; empty: none */
    double food_potassium;   /* potassium of that menu, which comes with organic anions, mmol/d; NaN: no menu */
} MlDietSpec;
/* What a day of a menu brings, in the units of diet.def. */
void ml_menu_diet(const MlMenu *menu, const MlProducts *products, double brings[ML_NDIET]);
/* What a menu brings of all that is not told yet, scaled to the energy if that is told. Energy itself stays what the person
 * burns: oil and sugar, which bring no minerals, make up for the difference. */
void ml_diet_take_menu(MlDietSpec *diet, const MlMenu *menu, const MlProducts *products);

typedef struct MlPersonSpec {
    char preset[ML_NAME_SIZE];
    MlChoice sex;            /* ML_C_FEMALE, ML_C_MALE */
    double age;              /* y */
    double height;           /* m */
    double mass;             /* kg */
    double body_fat;         /* fraction of body mass */
    double gfr;              /* mL/min */
    MlChoice ckd_stage;      /* ML_C_CKD_G1 ... ML_C_CKD_G5 */
    int anuric;              /* 0, 1 */
    double heat_acclimation; /* 0 to 1 */
    double sweat_sodium;     /* mmol/L at a typical sweat rate */
    int cramp_history;       /* 0, 1 */
    MlDietSpec diet;
    int ncondition;
    MlConditionSpec condition[ML_MAX_CONDITIONS];
    int nlab;
    MlLab lab[ML_MAX_LABS];
    char lab_file[ML_MAX_LABS][ML_FILE_SIZE]; /* in whose lines they are */
    char lab_from[ML_MAX_LABS][ML_NAME_SIZE]; /* the resource they are from, "Observation/k"; empty: none */
    int nparameter;
    MlParameterSpec parameter[ML_MAX_PARAMETERS];
} MlPersonSpec;

/* Field i in the unit of diet.def for a body of that mass; NaN where it is not told. */
static inline double ml_diet_value(const MlDietSpec *d, int i, double body_mass) {
    return d->per_kg[i] ? d->value[i] * body_mass : d->value[i];
}

void ml_person_spec_init(MlPersonSpec *p); /* nothing given */

/* Sets a parameter or a lab, in place of one given before. false: no room. */
bool ml_person_set_parameter(MlPersonSpec *p, const char *name, double value);
bool ml_person_set_lab(MlPersonSpec *p, int output, double value);
void ml_person_lab_place(MlPersonSpec *p, int output, const char *file, int line, const char *from); /* of the source; from: a resource */
/* The end of a path, as much as there is room for. */
void ml_keep_file(char file[ML_FILE_SIZE], const char *path);
/* Whether the condition is given already. */
bool ml_person_has_condition(const MlPersonSpec *p, const char *name);

/* ---- events ---- */

typedef struct MlValue {
    double v; /* in the unit of fields.def for this dimension; of a choice its MlChoice; of a switch 0, 1 */
    MlDimension dimension; /* ML_DIM_NUMBER for choices and switches */
    bool per_kg;           /* multiply by the body mass (kg) at t = 0 */
    int of_output;         /* >= 0: v times that quantity (in its SI unit) when the event begins: "150 % of
                              sweat_volume" */
} MlValue;

/* How an inline composition is meant. */
typedef enum MlBasis { ML_PER_LITER, ML_PER_KILOGRAM, ML_IN_ALL } MlBasis;

/* until: {body_mass: -2 %}: ends when the quantity has changed by this much since the event began. */
typedef struct MlLoss {
    int output; /* index in outputs.def; -1: none */
    bool relative;
    double value; /* a fraction of the value at the beginning, or a change in SI units */
} MlLoss;

typedef struct MlEvent {
    MlEventKind kind;
    double at;      /* min, may be negative */
    double every;   /* min; NaN: once */
    double until;   /* min; the last repeat begins before or at this time */
    int times;      /* number of repeats in all; 0: not given */
    uint64_t given; /* bit f: field f was given, or set by ml_event_complete */
    MlValue value[ML_NFIELD];
    char what[ML_NAME_SIZE]; /* name of a product or drug; empty with an inline composition */
    bool has_composition;
    MlBasis basis;
    MlComposition composition; /* units of composition.def per L, per kg or in all; NaN where not given */
    MlDietSpec diet;             /* of a diet event */
    MlLoss loss;
    char parameter[ML_NAME_SIZE]; /* of a set event */
    double parameter_value;
    int order;        /* place in the timeline before sorting */
    int line, column; /* place in the source, 0 if none */
    char file[ML_FILE_SIZE];
} MlEvent;

void ml_event_init(MlEvent *e, MlEventKind kind);

static inline bool ml_event_has(const MlEvent *e, MlField f) { return (e->given >> f) & 1; }

/* Sets a number field in the unit of fields.def for that dimension; a choice or switch with ML_DIM_NUMBER. */
void ml_event_set(MlEvent *e, MlField f, double v, MlDimension dimension);

/* Fills what a kind implies: inject is over 1 min, a drink over 5 min, `for` and `over` of a sweat agree,
 * the whole amount of rate with `for` is left as rate. Idempotent; the reader has called it. */
void ml_event_complete(MlEvent *e);

/* Minutes one occurrence lasts (over, or for); INFINITY: from then on; with a loss condition the longest. */
double ml_event_length(const MlEvent *e);

/* Number of occurrences that begin before `duration`, and the time of the k-th. */
int ml_event_count(const MlEvent *e, double duration);
double ml_event_time(const MlEvent *e, int k);

/* The way in of a drug: what is stated, else the vein for infusions and injections, the mouth for the rest. */
MlDrugRoute ml_event_route(const MlEvent *e);

/* ---- the scenario ---- */

typedef struct MlScenario {
    char title[ML_TITLE_SIZE];
    MlPersonSpec person;
    double start;      /* clock time of t = 0, min after midnight; default 480 */
    MlChoice meals;    /* default ML_C_MEALS_HABITUAL */
    MlChoice drinking; /* default ML_C_DRINKING_HABITUAL */
    double duration;   /* min */
    double begin;      /* followed from here on, if not from an earlier event; default 0 */
    int nevent;
    MlEvent *event;         /* in order of `at`, ties in order of the file */
    double every;           /* report interval, min; NaN: not given */
    int nquantity;          /* 0: the default set */
    int *quantity;          /* indexes in outputs.def */
    const MlMemory *memory; /* for both; NULL: libc */
} MlScenario;

void ml_scenario_init(MlScenario *s); /* the defaults: a healthy person, nothing happens, 24 h */
void ml_scenario_free(MlScenario *s);
/* An error where it asks for more moments than a result holds, with the shortest interval that does not. */
milieu_code ml_scenario_check_every(const MlScenario *s, milieu_error *err);
/* Appends a copy; keeps no order (call ml_scenario_sort at the end). */
milieu_code ml_scenario_add(MlScenario *s, const MlEvent *e, milieu_error *err);
milieu_code ml_scenario_ask(MlScenario *s, int output, milieu_error *err); /* adds a quantity once */
void ml_scenario_sort(MlScenario *s);
double ml_scenario_begin(const MlScenario *s); /* the earliest `at`, `begin` at the latest */

#endif
