/* SPDX-License-Identifier: Apache-2.0 */
/* What is done to a person is told in whole words, however much it says. */
#include "in_house.h"

#include "run/session_inside.h"
#include "timeline/tables.h"

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

/* An event with a product or drug, and so much of it. */
static MlEvent giving(MlEventKind kind, const char *what, MlField f, double value, MlDimension dimension) {
    MlEvent e;
    ml_event_init(&e, kind);
    e.at = 0;
    snprintf(e.what, sizeof e.what, "%s", what);
    ml_event_set(&e, f, value, dimension);
    ml_event_complete(&e);
    return e;
}

/* What a mass or an amount counts is told where the name does not say it. */
static void what_is_counted(void **state) {
    (void)state;
    MlEvent e = giving(ML_EVENT_TAKE, "calcium-citrate", ML_FIELD_AMOUNT, 1, ML_DIM_MASS);
    assert_string_equal(deed_of(&e), "took 1 g of calcium-citrate");
    ml_event_set(&e, ML_FIELD_ELEMENTAL, 1, ML_DIM_NUMBER);
    assert_string_equal(deed_of(&e), "took 1 g of calcium as calcium-citrate");
    e = giving(ML_EVENT_TAKE, "sodium-phosphate", ML_FIELD_AMOUNT, 20, ML_DIM_AMOUNT);
    assert_string_equal(deed_of(&e), "took 20 mmol of phosphate as sodium-phosphate");
    e = giving(ML_EVENT_TAKE, "potassium-chloride", ML_FIELD_AMOUNT, 20, ML_DIM_AMOUNT);
    assert_string_equal(deed_of(&e), "took 20 mmol of potassium-chloride");
    e = giving(ML_EVENT_TAKE, "potassium-chloride", ML_FIELD_AMOUNT, 50000, ML_DIM_AMOUNT);
    assert_string_equal(deed_of(&e), "took 50000 mmol of potassium-chloride");
    e = giving(ML_EVENT_DRUG, "cholecalciferol", ML_FIELD_DOSE, 50000, ML_DIM_IU);
    assert_string_equal(deed_of(&e), "was given 50000 U of cholecalciferol (oral)");
}

static int notes;
static void count_note(void *self, const char *text) {
    (void)self;
    notes += strstr(text, "parathyroids: nothing is left of them") != NULL;
}

/* A healthy person lives half a minute with these events. */
static void live_with(const MlEvent *event, int n, const MlWatcher *watcher) {
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_NONE};
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    for (int i = 0; i < n; i++) ok(ml_session_schedule(s, &event[i], 10, &e), &e);
    ok(ml_session_advance(s, 0.5, watcher, &e), &e);
    assert_true(ml_session_time(s) == 0.5);
    ml_session_destroy(&s);
}

/* At t = 0 the next number after the time is no step that can be made. */
static void stopped_as_it_begins(void **state) {
    (void)state;
    MlEvent events[2] = {giving(ML_EVENT_DRUG, "furosemide", ML_FIELD_DOSE, 0.04, ML_DIM_MASS)};
    ml_event_init(&events[1], ML_EVENT_STOP_DRUG);
    events[1].at = 0;
    snprintf(events[1].what, sizeof events[1].what, "furosemide");
    ml_event_complete(&events[1]);
    live_with(events, 2, NULL);
    events[0].at = 6e-319; /* min */
    live_with(events, 1, NULL);
}

static void removed_twice(void **state) {
    (void)state;
    MlEvent events[2];
    const MlWatcher watcher = {.happened = remember, .note = count_note};
    for (int i = 0; i < 2; i++) {
        ml_event_init(&events[i], ML_EVENT_REMOVE);
        events[i].at = 0.1 * i;
        ml_event_set(&events[i], ML_FIELD_WHAT, ML_C_REMOVE_PARATHYROIDS, ML_DIM_NUMBER);
        ml_event_complete(&events[i]);
    }
    live_with(events, 2, &watcher);
    assert_string_equal(told, "parathyroids removed");
    assert_int_equal(notes, 1);
}

/* Who is too hot already does not begin to work. */
static void too_hot_to_begin(void **state) {
    (void)state;
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    MlEvent events[2];
    const MlWatcher watcher = {.happened = remember};
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_NONE};
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    ml_event_init(&events[0], ML_EVENT_INFECTION);
    events[0].at = 0;
    ml_event_set(&events[0], ML_FIELD_TEMPERATURE, 41.5, ML_DIM_TEMPERATURE);
    ml_event_set(&events[0], ML_FIELD_FOR, 1440, ML_DIM_TIME);
    ml_event_init(&events[1], ML_EVENT_EXERCISE);
    events[1].at = 1200;
    ml_event_set(&events[1], ML_FIELD_MET, 8, ML_DIM_NUMBER);
    ml_event_set(&events[1], ML_FIELD_FOR, 60, ML_DIM_TIME);
    for (int i = 0; i < 2; i++) {
        ml_event_complete(&events[i]);
        ok(ml_session_schedule(s, &events[i], 1440, &e), &e);
    }
    ok(ml_session_advance(s, 1201, &watcher, &e), &e);
    assert_non_null(strstr(told, "exercise ended: exhausted by heat"));
    ml_session_destroy(&s);
}

/* What is still to come takes little, and is not gone through again and again: neither does it grow with how often something
 * is repeated. */
static void repeated_thousands_of_times(void **state) {
    (void)state;
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    MlEvent sip;
    enum { TIMES = 20000 };
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_NONE};
    ml_event_init(&sip, ML_EVENT_DRINK);
    strcpy(sip.what, "water");
    sip.at = 0;
    sip.every = 5;
    ml_event_set(&sip, ML_FIELD_AMOUNT, 0.001, ML_DIM_VOLUME);
    ml_event_set(&sip, ML_FIELD_OVER, 1, ML_DIM_TIME);
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    const size_t nothing = ml_session_snapshot_size(s);
    ok(ml_session_schedule(s, &sip, 5 * TIMES, &e), &e);
    assert_int_equal(s->nplanned, TIMES);
    assert_true(ml_session_snapshot_size(s) - nothing < 40 * TIMES);
    for (int k = 1; k <= 40; k++) {
        ok(ml_session_advance(s, 5 * k + 0.5, NULL, &e), &e);
        assert_int_equal(s->nplanned, TIMES - k - 1);
        assert_true(s->nbout <= 2); /* a sip and a meal: all that is gone through at each moment */
    }
    assert_int_equal(s->nkept, 1);
    ml_session_destroy(&s);
}

/* An exercise beyond what can be kept up ends when the reserve for it is spent; at once, where it still is; a walk goes on. */
static void exhausted(void **state) {
    (void)state;
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    MlEvent events[3];
    double out[ML_NOUTPUT], y[ML_NSTATE];
    static const double begins[] = {0, 30, 31}, met[] = {13, 13, 4};
    const MlWatcher watcher = {.happened = remember};
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_NONE};
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    for (int i = 0; i < 3; i++) {
        ml_event_init(&events[i], ML_EVENT_EXERCISE);
        events[i].at = begins[i];
        ml_event_set(&events[i], ML_FIELD_MET, met[i], ML_DIM_NUMBER);
        ml_event_set(&events[i], ML_FIELD_FOR, i == 0 ? 30 : i == 1 ? 1 : 300, ML_DIM_TIME);
        ml_event_complete(&events[i]);
        ok(ml_session_schedule(s, &events[i], 1440, &e), &e);
    }
    ok(ml_session_advance(s, 3, &watcher, &e), &e);
    assert_null(strstr(told, "ended"));
    ok(ml_session_advance(s, 20, &watcher, &e), &e);
    assert_non_null(strstr(told, "exercise ended: exhausted, 1"));
    assert_non_null(strstr(told, "% can be kept up"));
    told[0] = 0;
    ok(ml_session_advance(s, 32, &watcher, &e), &e);
    ok(ml_session_advance(s, 200, &watcher, &e), &e);
    assert_null(strstr(told, "ended"));
    ml_session_state(s, 200, y);
    ml_session_outputs(s, y, out);
    assert_true(out[ML_O_effort_left] > 0.99);
    ml_session_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_diet),
        cmocka_unit_test(the_longest_diet),
        cmocka_unit_test(a_mixture),
        cmocka_unit_test(what_is_counted),
        cmocka_unit_test(exhausted),
        cmocka_unit_test(stopped_as_it_begins),
        cmocka_unit_test(removed_twice),
        cmocka_unit_test(too_hot_to_begin),
        cmocka_unit_test(repeated_thousands_of_times),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
