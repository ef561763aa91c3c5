/* SPDX-License-Identifier: Apache-2.0 */
/* What is done to a person is told in whole words, however much it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/session.h"
#include "timeline/tables.h"

static MlHouse house;
static int setup(void **state) {
    (void)state;
    return ml_house_create(NULL, &house, NULL) != MILIEU_OK;
}
static int teardown(void **state) {
    (void)state;
    ml_house_free(&house);
    return 0;
}

static void ok(milieu_code code, const milieu_error *e) {
    if (code != MILIEU_OK) fail_msg("%s: %s", e->where, e->text);
}

static char told[2000];

static void remember(void *self, int kind, double from, double to, const char *text) {
    (void)self, (void)kind, (void)from, (void)to;
    snprintf(told, sizeof told, "%s", text);
}

/* What is told of an event at t = 0. */
static const char *deed_of(const MlEvent *event) {
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    const MlWatcher watcher = {.happened = remember};
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_NONE};
    told[0] = 0;
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    ok(ml_session_schedule(s, event, 10, &e), &e);
    ok(ml_session_advance(s, 0.5, &watcher, &e), &e);
    ml_session_destroy(&s);
    return told;
}

/* A diet in all its fields, each with as many digits as are shown. */
static void a_whole_diet(void **state) {
    (void)state;
    static const double values[] = {133.25, 72.755, 22.255, 13.335, 45.555, 2.1255, 0.8755, 88.755, 2345};
    MlEvent e;
    ml_event_init(&e, ML_EVENT_DIET);
    e.at = 0;
    _Static_assert(sizeof values / sizeof *values == ML_NDIET, "a value for each field");
    for (int i = 0; i < ML_NDIET; i++) e.diet.value[i] = values[i];
    ml_event_complete(&e);
    assert_string_equal(deed_of(&e), "new diet: sodium 133.2 mmol/d, potassium 72.75 mmol/d, calcium 22.25 mmol/d, "
                                     "magnesium 13.34 mmol/d, phosphorus 45.55 mmol/d, water 2.126 L/d, food_water 0.8755 L/d, "
                                     "protein 88.75 g/d, energy 2345 kcal/d");
}

/* The longest that a diet can be: there is room to spare. */
static void the_longest_diet(void **state) {
    (void)state;
    size_t length = strlen("new diet:");
    for (int i = 0; i < ML_NDIET; i++)
        length += strlen(", ") + strlen(ml_diet_row(i)->name) + strlen(" -1.234e-05 ") + strlen(ml_diet_row(i)->unit);
    assert_true(length < ML_DEED_SIZE);
}

/* A composition tells what comes first in it, and that there is more. */
static void a_mixture(void **state) {
    (void)state;
    MlEvent e;
    ml_event_init(&e, ML_EVENT_DRINK);
    e.at = 0;
    e.has_composition = true;
    e.basis = ML_PER_LITER;
    e.composition = ml_composition_unknown();
    ml_event_set(&e, ML_FIELD_AMOUNT, 0.25, ML_DIM_VOLUME);
    ml_event_complete(&e);
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        for (int k = 0; k < ML_NNUTRIENT; k++) e.composition.value[k] = k >= i && k != ML_NUTRIENT_WATER ? 1 : NAN;
        const char *text = deed_of(&e);
        if (i == 0) assert_string_equal(text, "drank 250 mL of a mixture of sodium, potassium, calcium, magnesium and others");
        int more = 0;
        for (int k = i; k < ML_NNUTRIENT; k++) more += k != ML_NUTRIENT_WATER && k != ML_NUTRIENT_ENERGY;
        const char *end = strrchr(text, ' ');
        if (more > 5 && strcmp(end, " others") != 0) fail_msg("from %s: %s", ml_nutrient(i)->name, text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_diet),
        cmocka_unit_test(the_longest_diet),
        cmocka_unit_test(a_mixture),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
