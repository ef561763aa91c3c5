/* SPDX-License-Identifier: Apache-2.0 */
/* People met before: the same bits again, nobody taken for another, the oldest forgotten first. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run/session.h"

static MlKnown *known;

static int setup(void **state) {
    (void)state;
    known = ml_known_create(NULL);
    return known == NULL;
}
static int teardown(void **state) {
    (void)state;
    ml_known_destroy(&known);
    return known != NULL;
}

static void ok(milieu_code code, const milieu_error *e) {
    if (code != MILIEU_OK) fail_msg("%s: %s", e->where, e->text);
}

static MlPerson person_of(double mass) {
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    ml_person_spec_init(&spec);
    spec.mass = mass;
    ok(ml_person_build(&spec, &person, &e), &e);
    return person;
}

/* What is found of somebody, made up: it tells whose it is. */
static void keep(const MlPerson *asked, double mark) {
    double state[ML_NSTATE];
    MlPerson found = *asked;
    found.param[ML_P_tonicity_normal] = mark;
    for (int i = 0; i < ML_NSTATE; i++) state[i] = mark + i;
    ml_known_keep(known, asked, &found, state);
}

/* 0 if nobody like this is known, else the mark; *person is completed. */
static double mark_of(MlPerson *person) {
    double state[ML_NSTATE];
    if (!ml_known_find(known, person, state)) return 0;
    for (int i = 0; i < ML_NSTATE; i++) assert_true(state[i] == state[0] + i);
    assert_true(person->param[ML_P_tonicity_normal] == state[0]);
    return state[0];
}

static void nobody_is_known_at_first(void **state) {
    (void)state;
    MlPerson person = person_of(80), before = person;
    assert_true(mark_of(&person) == 0);
    assert_memory_equal(&person, &before, sizeof person);
}

static void the_same_person_is_found(void **state) {
    (void)state;
    MlPerson person = person_of(80), again = person_of(80);
    keep(&person, 281);
    assert_true(mark_of(&again) == 281);
    again.param[ML_P_tonicity_normal] = person.param[ML_P_tonicity_normal];
    assert_memory_equal(&again, &person, sizeof person); /* but for what was found */
}

/* The least difference in anything that a life depends on. */
static void others_are_kept_apart(void **state) {
    (void)state;
    const MlPerson person = person_of(80);
    keep(&person, 281);
    MlPerson other[] = {person, person, person, person, person, person, person, person};
    other[0].mass = nextafter(person.mass, 1000);
    other[1].param[ML_NPARAM - 1] = nextafter(person.param[ML_NPARAM - 1], 1000);
    other[2].param[0] = nextafter(person.param[0], 1000);
    other[3].diet.value[ML_NDIET - 1] += 1e-9;
    other[4].diet.food_potassium += 1e-9;
    other[5].magnesium_wasting = 0.1;
    other[6].adh_release = 1e-3;
    other[7].ventilation = 0.9;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (mark_of(&other[i]) != 0) fail_msg("person %zu is taken for another", i);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) { /* each of them has a place of their own */
        keep(&other[i], 282 + (double)i);
        MlPerson same = other[i];
        assert_true(mark_of(&same) == 282 + (double)i);
    }
}

/* Whoever was met first goes first, looked up or not, and nobody else with them. */
static void the_oldest_is_forgotten(void **state) {
    (void)state;
    enum { MANY = 100 };
    static MlPerson person[MANY];
    int met = 0, room = 0;
    for (MlPerson first; room == 0 && met < MANY; met++) {
        person[met] = person_of(60 + 0.5 * met);
        keep(&person[met], 281 + met);
        first = person[0];
        if (mark_of(&first) == 0) room = met;
    }
    assert_in_range(room, 2, MANY - 2);
    for (int gone = 0; gone < 2; gone++) {
        for (int i = 0; i < met; i++) {
            MlPerson same = person[i];
            assert_true(mark_of(&same) == (i <= gone ? 0 : 281 + i));
        }
        person[met] = person_of(60 + 0.5 * met);
        keep(&person[met], 281 + met);
        met++;
    }
}

/* Someone settled in this house finds exactly what another house computes anew. */
static void a_life_begins_with_the_same_bits(void **state) {
    (void)state;
    milieu_error e = {0};
    MlHouse house;
    ok(ml_house_create(NULL, &house, &e), &e);
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_HABITUAL, .drinking = ML_C_DRINKING_HABITUAL};
    MlPerson person[2] = {person_of(81), person_of(81)}, asked = person[0], anew;
    double state_of[2][ML_NSTATE], remembered[ML_NSTATE], computed[ML_NSTATE];
    ml_drug_parameters(house.drugs, asked.param);
    anew = asked;
    for (int i = 0; i < 2; i++) {
        MlSession *s;
        ok(ml_session_create(&house, &person[i], &options, &s, &e), &e);
        ml_session_state(s, 0, state_of[i]);
        ml_session_destroy(&s);
    }
    assert_memory_equal(state_of[0], state_of[1], sizeof state_of[0]);
    assert_memory_equal(person[0].param, person[1].param, sizeof person[0].param);
    assert_true(ml_known_find(house.known, &asked, remembered));
    ok(ml_person_settle(house.model, &anew, ml_settled_clock, NULL, computed, &e), &e);
    assert_memory_equal(remembered, computed, sizeof computed);
    assert_memory_equal(asked.param, anew.param, sizeof anew.param);
    ml_house_free(&house);
}

/* ---- several at once ---- */

static void *meet(void *which) {
    const double mark = *(const double *)which;
    const MlPerson me = person_of(mark);
    int whole = 1;
    for (int i = 0; i < 300; i++) {
        MlPerson same = me;
        double state[ML_NSTATE];
        if (i % 3 == 0) keep(&me, mark);
        if (!ml_known_find(known, &same, state)) continue;
        for (int k = 0; k < ML_NSTATE; k++) whole &= state[k] == mark + k;
        whole &= same.param[ML_P_tonicity_normal] == mark;
    }
    return whole ? which : NULL;
}

static void threads_share_it(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t thread[THREADS];
    double mark[THREADS];
    for (int i = 0; i < THREADS; i++) {
        mark[i] = 70 + i;
        assert_int_equal(pthread_create(&thread[i], NULL, meet, &mark[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *whole;
        pthread_join(thread[i], &whole);
        if (!whole) fail_msg("thread %d found a person torn, or another", i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_known_at_first, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_person_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(others_are_kept_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(the_oldest_is_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(threads_share_it, setup, teardown),
        cmocka_unit_test(a_life_begins_with_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
