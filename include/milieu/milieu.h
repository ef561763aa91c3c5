/* SPDX-License-Identifier: Apache-2.0 */
/* milieu: human body fluids and electrolytes. The public C API.
 *
 * Units: time in minutes, amounts in mmol, volumes in L, mass in kg, pressures in mmHg; outputs in the SI
 * unit of their row (milieu_output_unit). Handles are opaque, made by ..._create and freed by ..._destroy,
 * which also sets the pointer to NULL. Every call that can fail returns a milieu_code and fills *error (which
 * may be NULL). The library keeps no globals, prints nothing and never exits. A model is immutable and may be
 * shared by threads; any other handle belongs to one thread at a time.
 *
 * For research, teaching and engineering; not a medical device. */
#ifndef MILIEU_MILIEU_H
#define MILIEU_MILIEU_H

#include <stddef.h>

#include "milieu/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MILIEU_VERSION_MAJOR 0
#define MILIEU_VERSION_MINOR 1
#define MILIEU_VERSION_PATCH 0

/* The version of the library that is linked, "0.1.0". */
MILIEU_API const char *milieu_version(void);

/* ---- the model: equations, products, drugs ---- */

typedef struct milieu_model milieu_model;
MILIEU_API milieu_code milieu_model_create(milieu_model **model, milieu_error *error);
MILIEU_API void milieu_model_destroy(milieu_model **model);

/* Outputs: what can be asked for, 0 <= index < milieu_output_count(). available is 0 for names of the file
 * format that this version does not compute. Texts are static. */
MILIEU_API int milieu_output_count(void);
MILIEU_API const char *milieu_output_name(int index);
MILIEU_API const char *milieu_output_unit(int index);
MILIEU_API const char *milieu_output_text(int index);
MILIEU_API int milieu_output_available(int index);
MILIEU_API int milieu_output_find(const char *name); /* -1: there is none */

/* ---- events ---- */

/* Something that happens to a person, by the names of the file format: "drink", "infuse", "exercise" ... */
typedef struct milieu_event milieu_event;
MILIEU_API milieu_code milieu_event_create(const char *kind, milieu_event **event, milieu_error *error);
MILIEU_API void milieu_event_destroy(milieu_event **event);
/* A number with its unit: ("amount", 250, "mL"), ("amount", 20, "mL/kg"), ("met", 8, "1"). */
MILIEU_API milieu_code milieu_event_number(milieu_event *event, const char *field, double value,
                                           const char *unit, milieu_error *error);
/* A word: ("what", "saline-0.9%"), ("kind", "supine"). */
MILIEU_API milieu_code milieu_event_word(milieu_event *event, const char *field, const char *word,
                                         milieu_error *error);
/* When it begins (min since t = 0), and how often. every = 0: once. */
MILIEU_API milieu_code milieu_event_when(milieu_event *event, double at, double every, int times,
                                         milieu_error *error);

/* ---- scenarios ---- */

/* A person and what happens. A new one is the preset "adult-man" on an ordinary day. */
typedef struct milieu_scenario milieu_scenario;
MILIEU_API milieu_code milieu_scenario_create(milieu_scenario **scenario, milieu_error *error);
MILIEU_API void milieu_scenario_destroy(milieu_scenario **scenario);
MILIEU_API milieu_code milieu_scenario_preset(milieu_scenario *scenario, const char *preset,
                                              milieu_error *error);
/* "age" (y), "height" (m), "mass" (kg), "body_fat" (1), "gfr" (mL/min), "heat_acclimation" (1),
 * "sweat_sodium" (mmol/L), "anuric" (1: the kidneys stop at t = 0), or a model parameter by name in its own unit. */
MILIEU_API milieu_code milieu_scenario_person(milieu_scenario *scenario, const char *field, double value,
                                              milieu_error *error);
/* "female" or "male". */
MILIEU_API milieu_code milieu_scenario_sex(milieu_scenario *scenario, const char *sex, milieu_error *error);
/* A disorder by its name in `milieu list conditions`; severity: "mild", "moderate", "severe", or NULL (moderate).
 * MILIEU_NOT_AVAILABLE: a name of the format that this version does not compute. */
MILIEU_API milieu_code milieu_scenario_condition(milieu_scenario *scenario, const char *condition,
                                                 const char *severity, milieu_error *error);
/* A measured value to start from, in the SI unit of the output ("plasma_sodium", mmol/L): the state is moved to it
 * the way its disorder would. MILIEU_NOT_AVAILABLE: nothing can be started from it in this version. */
MILIEU_API milieu_code milieu_scenario_lab(milieu_scenario *scenario, const char *output, double value,
                                           milieu_error *error);
/* The habitual diet: "sodium", "potassium", "calcium", "magnesium", "phosphorus" (mmol/d), "water",
 * "food_water" (L/d), "protein" (g/d), "energy" (kcal/d). */
MILIEU_API milieu_code milieu_scenario_diet(milieu_scenario *scenario, const char *field, double value,
                                            milieu_error *error);
/* Clock time of t = 0 in minutes after midnight (default 480), and the length in minutes (default 1440). */
MILIEU_API milieu_code milieu_scenario_time(milieu_scenario *scenario, double start, double duration,
                                            milieu_error *error);
/* meals: "habitual" or "none"; drinking: "habitual", "to-thirst" or "none". NULL: as it is. */
MILIEU_API milieu_code milieu_scenario_habits(milieu_scenario *scenario, const char *meals,
                                              const char *drinking, milieu_error *error);
/* Adds a copy of the event. */
MILIEU_API milieu_code milieu_scenario_add(milieu_scenario *scenario, const milieu_event *event,
                                           milieu_error *error);
/* Asks for an output to be stored, and how often (min; 0: a default for the length). */
MILIEU_API milieu_code milieu_scenario_ask(milieu_scenario *scenario, const char *output,
                                           milieu_error *error);
MILIEU_API milieu_code milieu_scenario_every(milieu_scenario *scenario, double minutes, milieu_error *error);

/* ---- running to the end ---- */

typedef struct milieu_result milieu_result;
MILIEU_API milieu_code milieu_run(const milieu_model *model, const milieu_scenario *scenario,
                                  milieu_result **result, milieu_error *error);
MILIEU_API void milieu_result_destroy(milieu_result **result);
/* Number of stored moments; their times; the values of an output at them (NULL: not stored). The arrays
 * belong to the result. */
MILIEU_API size_t milieu_result_size(const milieu_result *result);
MILIEU_API const double *milieu_result_times(const milieu_result *result);
MILIEU_API const double *milieu_result_values(const milieu_result *result, const char *output);

/* ---- living step by step ---- */

/* A person at a moment. The scenario gives the person, the clock and what is already planned. */
typedef struct milieu_person milieu_person;
MILIEU_API milieu_code milieu_person_create(const milieu_model *model, const milieu_scenario *scenario,
                                            milieu_person **person, milieu_error *error);
MILIEU_API void milieu_person_destroy(milieu_person **person);
MILIEU_API double milieu_person_time(const milieu_person *person);
/* Lives until t (min), which lies ahead. */
MILIEU_API milieu_code milieu_person_advance(milieu_person *person, double until, milieu_error *error);
/* Begins an event now; its own `at` is ignored. */
MILIEU_API milieu_code milieu_person_apply(milieu_person *person, const milieu_event *event,
                                           milieu_error *error);
/* The value of an output now. */
MILIEU_API milieu_code milieu_person_get(const milieu_person *person, const char *output, double *value,
                                         milieu_error *error);

/* A snapshot holds the whole person with all that is under way or planned, in milieu_person_snapshot_size()
 * bytes. It is for the build that wrote it. A person restored from it lives on to the same bits. */
MILIEU_API size_t milieu_person_snapshot_size(const milieu_person *person);
MILIEU_API milieu_code milieu_person_save(const milieu_person *person, void *buffer, size_t size,
                                          milieu_error *error);
MILIEU_API milieu_code milieu_person_restore(milieu_person *person, const void *buffer, size_t size,
                                             milieu_error *error);

#ifdef __cplusplus
}
#endif
#endif
