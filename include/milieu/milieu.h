/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * milieu: human body fluids and electrolytes. The public C API.
 *
 * Units: time in minutes, amounts in mmol, volumes in L, mass in kg, pressures in mmHg; outputs in the SI
 * unit of their row (milieu_output_unit).
 *
 * Handles are opaque, made by `..._create` (and milieu_run) and freed by `..._destroy`, which also sets the
 * pointer to NULL and does nothing with NULL. A handle that could not be made is NULL. All other pointers to
 * handles and strings must not be NULL unless it says so.
 *
 * Every call that can fail returns a milieu_code and then fills `*error` (which may be NULL) with the place
 * and a sentence. Besides the codes named with a call, each that makes or adds something may return
 * MILIEU_NO_MEMORY. A call that failed has changed nothing, unless it says so.
 *
 * Strings that are passed in are copied. The library keeps no globals, prints nothing and never exits. A
 * model may be shared by threads: nothing of it changes but the steady states it remembers, behind a lock; any other
 * handle belongs to one thread at a time.
 *
 * For research, teaching and engineering; not a medical device. */
#ifndef MILIEU_MILIEU_H
#define MILIEU_MILIEU_H

#include <stddef.h>

#include "milieu/allocator.h"
#include "milieu/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MILIEU_VERSION_MAJOR 0 /**< changes when programs must be changed */
#define MILIEU_VERSION_MINOR 1 /**< changes when something is added */
#define MILIEU_VERSION_PATCH 0 /**< changes when something is mended */

/** The version of the library that is linked, "0.1.0". Static. */
MILIEU_API const char *milieu_version(void);

/** @name The model
 * Equations, products, drugs.
 * @{ */

/** What a model is made with. Get one from milieu_options_default, then change what you want. */
typedef struct milieu_options {
    /** For the model and for every handle that is made with it: all their memory but for what the sorting of
     * libc takes for a moment. A person who lives on takes none, as long as no more than 64 events are
     * planned or under way. */
    milieu_allocator allocator;
} milieu_options;

/** The allocator of libc. */
MILIEU_API milieu_options milieu_options_default(void);

/** Equations, products and drugs: the same for everyone. */
typedef struct milieu_model milieu_model;

/** Makes a model, in about 10 ms. It must outlive every handle made with it.
 * @param options  NULL: the defaults; copied
 * @param[out] model  owned by the caller, see milieu_model_destroy
 * @retval MILIEU_BAD_INPUT  the allocator lacks a function */
MILIEU_API milieu_code milieu_model_create(const milieu_options *options, milieu_model **model,
                                           milieu_error *error);
/** Frees it. */
MILIEU_API void milieu_model_destroy(milieu_model **model);

/** How many outputs there are: what can be asked for, by index from 0 or by name. */
MILIEU_API int milieu_output_count(void);
/** Name of an output, "plasma_sodium"; NULL: no such index. Static. */
MILIEU_API const char *milieu_output_name(int index);
/** Its unit, "mmol/L"; NULL: no such index. Static. */
MILIEU_API const char *milieu_output_unit(int index);
/** What it is, in words; NULL: no such index. Static. */
MILIEU_API const char *milieu_output_text(int index);
/** 0 for names of the file format that this version does not compute; else 1. */
MILIEU_API int milieu_output_available(int index);
/** Index of an output by its name; -1: there is none. */
MILIEU_API int milieu_output_find(const char *name);

/** @}
 * @name Events
 * @{ */

/** Something that happens to a person, by the names of the file format: "drink", "infuse", "exercise" ... */
typedef struct milieu_event milieu_event;

/** Makes an event without fields.
 * @param kind  "drink", "eat", "infuse", "bleed" ...: see docs/format.md
 * @param[out] event  owned by the caller, see milieu_event_destroy
 * @retval MILIEU_BAD_INPUT  no such kind
 * @retval MILIEU_NOT_AVAILABLE  a kind that this version does not compute */
MILIEU_API milieu_code milieu_event_create(const milieu_model *model, const char *kind, milieu_event **event,
                                           milieu_error *error);
/** Frees it. */
MILIEU_API void milieu_event_destroy(milieu_event **event);

/** Sets a number with its unit: ("amount", 250, "mL"), ("amount", 20, "mL/kg"), ("met", 8, "1"). So are told
 * what a liter of a sweat or a gut loss holds ("sodium", 40, "mmol/L"), the fields of a diet ("sodium", 10,
 * "mmol/d") and the one parameter of a set.
 * @retval MILIEU_BAD_INPUT  the event has no such field, the unit does not fit, the value is out of range */
MILIEU_API milieu_code milieu_event_number(milieu_event *event, const char *field, double value,
                                           const char *unit, milieu_error *error);
/** Sets a word: ("what", "saline-0.9%"), ("kind", "supine"), ("elemental", "true"). Products and drugs are
 * looked up when the event begins, and so is whether this version computes the word.
 * @retval MILIEU_BAD_INPUT  the event has no such field, or the word is none of its words */
MILIEU_API milieu_code milieu_event_word(milieu_event *event, const char *field, const char *word,
                                         milieu_error *error);
/** Says when it begins and how often. Without this: once, at t = 0.
 * @param at  min since t = 0, from a year before (negative) to 100 years after
 * @param every  min between beginnings; 0: once
 * @param times  how often in all, where every is above 0
 * @retval MILIEU_BAD_INPUT  at is out of range, or every and times do not go together */
MILIEU_API milieu_code milieu_event_when(milieu_event *event, double at, double every, int times,
                                         milieu_error *error);

/** @}
 * @name Scenarios
 * @{ */

/** A person and what happens. A new one is the preset "adult-man" on an ordinary day. */
typedef struct milieu_scenario milieu_scenario;

/** Makes a scenario.
 * @param[out] scenario  owned by the caller, see milieu_scenario_destroy */
MILIEU_API milieu_code milieu_scenario_create(const milieu_model *model, milieu_scenario **scenario,
                                              milieu_error *error);
/** Frees it. */
MILIEU_API void milieu_scenario_destroy(milieu_scenario **scenario);

/** Takes a preset: "adult-man", "adult-woman" ...: see docs/format.md.
 * @retval MILIEU_BAD_INPUT  no such preset */
MILIEU_API milieu_code milieu_scenario_preset(milieu_scenario *scenario, const char *preset,
                                              milieu_error *error);
/** Changes the person. A person who is not a preset is settled first, which takes a good part of a second.
 * @param field  "age" (y), "height" (m), "mass" (kg), "body_fat" (1), "gfr" (mL/min), "heat_acclimation" (0
 * to 1), "sweat_sodium" (mmol/L), "anuric" (1: the kidneys stop at t = 0), or a model parameter by name, in
 *               its own unit
 * @retval MILIEU_BAD_INPUT  no such field or parameter, or the value is out of range */
MILIEU_API milieu_code milieu_scenario_person(milieu_scenario *scenario, const char *field, double value,
                                              milieu_error *error);
/** Sets the sex of a person who is not a preset.
 * @param sex  "female" or "male"
 * @retval MILIEU_BAD_INPUT  another word */
MILIEU_API milieu_code milieu_scenario_sex(milieu_scenario *scenario, const char *sex, milieu_error *error);
/** Adds a disorder that the person has from the beginning.
 * @param condition  a name of `milieu list conditions`
 * @param severity  "mild", "moderate" or "severe"; NULL: moderate (of type-1-diabetes: severe)
 * @retval MILIEU_BAD_INPUT  no such condition or severity, or too many conditions
 * @retval MILIEU_NOT_AVAILABLE  a condition that this version does not compute */
MILIEU_API milieu_code milieu_scenario_condition(milieu_scenario *scenario, const char *condition,
                                                 const char *severity, milieu_error *error);
/** Gives a measured value to start from: the state is moved to it the way its disorder would.
 * @param output  name of an output
 * @param value  in its unit
 * @retval MILIEU_BAD_INPUT  no such output, or the value is out of range
 * @retval MILIEU_NOT_AVAILABLE  nothing can be started from it in this version */
MILIEU_API milieu_code milieu_scenario_lab(milieu_scenario *scenario, const char *output, double value,
                                           milieu_error *error);
/** Changes the habitual diet.
 * @param field  "sodium", "potassium", "calcium", "magnesium", "phosphorus" (mmol/d), "water", "food_water"
 * (L/d), "protein" (g/d), "energy" (kcal/d)
 * @retval MILIEU_BAD_INPUT  no such field, or the value is out of range */
MILIEU_API milieu_code milieu_scenario_diet(milieu_scenario *scenario, const char *field, double value,
                                            milieu_error *error);
/** Sets the clock and the length.
 * @param start  clock time of t = 0, min after midnight, 0 to below 1440 (480 otherwise)
 * @param duration  min, above 0, to 10 years (1440 otherwise)
 * @retval MILIEU_BAD_INPUT  out of range */
MILIEU_API milieu_code milieu_scenario_time(milieu_scenario *scenario, double start, double duration,
                                            milieu_error *error);
/** Sets habits.
 * @param meals  "habitual" or "none"; NULL: as it is
 * @param drinking  "habitual", "to-thirst" or "none"; NULL: as it is
 * @retval MILIEU_BAD_INPUT  another word */
MILIEU_API milieu_code milieu_scenario_habits(milieu_scenario *scenario, const char *meals,
                                              const char *drinking, milieu_error *error);
/** Adds a copy of the event.
 * @retval MILIEU_BAD_INPUT  the event lacks a field that it needs */
MILIEU_API milieu_code milieu_scenario_add(milieu_scenario *scenario, const milieu_event *event,
                                           milieu_error *error);
/** Asks for an output to be stored by milieu_run. With none asked for, a usual choice is stored.
 * @retval MILIEU_BAD_INPUT  no such output
 * @retval MILIEU_NOT_AVAILABLE  an output that this version does not compute */
MILIEU_API milieu_code milieu_scenario_ask(milieu_scenario *scenario, const char *output,
                                           milieu_error *error);
/** Says how often outputs are stored. This never changes what is computed.
 * @param minutes  0: a default for the length
 * @retval MILIEU_BAD_INPUT  below 0 */
MILIEU_API milieu_code milieu_scenario_every(milieu_scenario *scenario, double minutes, milieu_error *error);

/** @}
 * @name Menus
 * A menu is what is eaten and drunk in a day: "usual-western", "dash" ... (docs/products.md).
 * @{ */

/** How many menus there are, by index from 0 or by name. */
MILIEU_API int milieu_menu_count(const milieu_model *model);
/** Name of a menu, "dash"; NULL: no such index. It belongs to the model, as do title and source. */
MILIEU_API const char *milieu_menu_name(const milieu_model *model, int index);
/** What it is, in words; NULL: no such index. */
MILIEU_API const char *milieu_menu_title(const milieu_model *model, int index);
/** The definition that it meets; NULL: no such index. */
MILIEU_API const char *milieu_menu_source(const milieu_model *model, int index);
/** What a day of it brings.
 * @param field  one of those of milieu_scenario_diet
 * @param[out] value  in the unit of that field
 * @retval MILIEU_BAD_INPUT  no such menu or field */
MILIEU_API milieu_code milieu_menu_brings(const milieu_model *model, const char *menu, const char *field, double *value,
                                          milieu_error *error);
/** Makes a menu the habitual diet: all fields that milieu_scenario_diet has not set before. Energy that it has set scales the
 * menu; else the person burns what is usual, and oil and sugar make up for the difference.
 * @param model  the one that the scenario was made with
 * @retval MILIEU_BAD_INPUT  no such menu, or the diet has one */
MILIEU_API milieu_code milieu_scenario_menu(milieu_scenario *scenario, const milieu_model *model, const char *menu,
                                            milieu_error *error);
/** The same of an event "diet": all fields that milieu_event_number has not set before.
 * @retval MILIEU_BAD_INPUT  no such menu, the event is no diet or has a menu, or its energy is per kilogram */
MILIEU_API milieu_code milieu_event_menu(milieu_event *event, const milieu_model *model, const char *menu, milieu_error *error);

/** @}
 * @name Running to the end
 * @{ */

/** What a run stored. */
typedef struct milieu_result milieu_result;

/** Runs the scenario to its end, or to the death of the person: then the last time lies before the duration.
 * @param[out] result  owned by the caller, see milieu_result_destroy
 * @retval MILIEU_BAD_INPUT  a product or drug that is not there, an impossible person, too many results
 * @retval MILIEU_NOT_AVAILABLE  something is taken or done that this version does not compute
 * @retval MILIEU_NO_STEADY_STATE  the person has none
 * @retval MILIEU_OUT_OF_DOMAIN  the equations no longer hold: error->where names the state
 * @retval MILIEU_STEP_TOO_SMALL  the integrator could not go on: error->where names the state */
MILIEU_API milieu_code milieu_run(const milieu_model *model, const milieu_scenario *scenario,
                                  milieu_result **result, milieu_error *error);
/** Frees it. */
MILIEU_API void milieu_result_destroy(milieu_result **result);
/** How many moments were stored. */
MILIEU_API size_t milieu_result_size(const milieu_result *result);
/** Their times, min, ascending: milieu_result_size numbers that belong to the result. */
MILIEU_API const double *milieu_result_times(const milieu_result *result);
/** An output at these times, in its unit: as many numbers, which belong to the result; NaN where it has no
 * meaning. NULL: not stored. */
MILIEU_API const double *milieu_result_values(const milieu_result *result, const char *output);

/** Of what moved an output, one cause. */
typedef struct milieu_cause {
    const char *name; /**< such as "urine"; lives as long as the library */
    double effect;    /**< by how much it moved the output, in its unit */
} milieu_cause;
/** In how many stretches of time the run is explained: hours, or longer ones in long runs. */
MILIEU_API size_t milieu_result_stretches(const milieu_result *result);
/** Why an output moved within a stretch: plasma_sodium, plasma_potassium, plasma_bicarbonate, plasma_ph,
 * plasma_calcium_total, plasma_calcium_ionized, plasma_magnesium_total, plasma_magnesium_ionized or plasma_phosphate.
 * @param stretch  below milieu_result_stretches
 * @param[out] from,to  its ends, min; NULL: not asked for
 * @param[out] causes  the largest effect first, and at the end "all others", the sum of the very small ones, where there
 *                     are any; they belong to the result. They add up to the change of the output
 * @return how many causes; 0 also where the output is none of these */
MILIEU_API size_t milieu_result_causes(const milieu_result *result, const char *output, size_t stretch, double *from,
                                       double *to, const milieu_cause **causes);

/** A stretch of time for which a safety limit was broken. Texts live as long as the library. */
typedef struct milieu_breach {
    const char *limit;    /**< its name, as `milieu list limits` tells it */
    const char *variable; /**< what it bounds, in words */
    const char *unit;     /**< of what it bounds */
    int hard;             /**< 1: never to be passed; 0: advice */
    double bound;         /**< no more than this; below 0: a fall of no more */
    double window;        /**< in any so many minutes; 0: at each moment */
    double on;            /**< beyond it from here on, min */
    double off;           /**< until here, min; NaN: still at the end */
    double worst;         /**< how far it went; INFINITY: potassium that was given without any fluid */
    double worst_time;    /**< and when, min */
    const char *people;   /**< whom it is for */
    const char *protects; /**< from what it protects */
    const char *source;   /**< where it is from */
} milieu_breach;
/** The safety limits that were broken, in order of time.
 * @param[out] breaches  they belong to the result
 * @return how many */
MILIEU_API size_t milieu_result_breaches(const milieu_result *result, const milieu_breach **breaches);

/** @}
 * @name Living step by step
 * @{ */

/** A person at a moment. */
typedef struct milieu_person milieu_person;

/** Makes a person who has lived until t = 0. The scenario gives the person, the clock and what is already
 * planned; it may be freed afterwards.
 * @param[out] person  owned by the caller, see milieu_person_destroy
 * @retval MILIEU_BAD_INPUT,MILIEU_NOT_AVAILABLE,MILIEU_NO_STEADY_STATE  as milieu_run
 * @retval MILIEU_OUT_OF_DOMAIN,MILIEU_STEP_TOO_SMALL  as milieu_run */
MILIEU_API milieu_code milieu_person_create(const milieu_model *model, const milieu_scenario *scenario,
                                            milieu_person **person, milieu_error *error);
/** Frees it. */
MILIEU_API void milieu_person_destroy(milieu_person **person);
/** Now, min since t = 0. */
MILIEU_API double milieu_person_time(const milieu_person *person);
/** Lives on. After an error the person is at the time that milieu_person_time tells; an event that could not
 * begin has no effect, and the person may go on without it. Death ends milieu_run only: whoever steps a
 * person watches the values that kill (docs/signs.md).
 * @param until  min, not before now
 * @retval MILIEU_BAD_INPUT  until lies before now; or a product or drug of an event that begins is not there
 * @retval MILIEU_NOT_AVAILABLE  an event begins that this version does not compute
 * @retval MILIEU_OUT_OF_DOMAIN,MILIEU_STEP_TOO_SMALL  as milieu_run */
MILIEU_API milieu_code milieu_person_advance(milieu_person *person, double until, milieu_error *error);
/** Begins an event now; the time that milieu_event_when gave it does not count.
 * @retval MILIEU_BAD_INPUT  the event lacks a field that it needs */
MILIEU_API milieu_code milieu_person_apply(milieu_person *person, const milieu_event *event,
                                           milieu_error *error);
/** The value of an output now, in its unit; NaN where it has no meaning.
 * @retval MILIEU_BAD_INPUT  no such output
 * @retval MILIEU_NOT_AVAILABLE  an output that this version does not compute */
MILIEU_API milieu_code milieu_person_get(const milieu_person *person, const char *output, double *value,
                                         milieu_error *error);

/** Bytes that a snapshot takes now. */
MILIEU_API size_t milieu_person_snapshot_size(const milieu_person *person);
/** Writes a snapshot: the whole person, with all that is under way or planned. It is for the build that wrote
 * it; one whose states, parameters or inputs are others refuses it.
 * @param buffer  the caller's, size bytes
 * @retval MILIEU_BAD_INPUT  size is less than milieu_person_snapshot_size */
MILIEU_API milieu_code milieu_person_save(const milieu_person *person, void *buffer, size_t size,
                                          milieu_error *error);
/** Makes a person into the one that was saved, who lives on to the same bits.
 * @param buffer  the caller's, size bytes as they were written
 * @retval MILIEU_BAD_INPUT  no snapshot, that of another build, or damaged
 * @retval MILIEU_NO_MEMORY  the person is then good for being restored again or freed */
MILIEU_API milieu_code milieu_person_restore(milieu_person *person, const void *buffer, size_t size,
                                             milieu_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
