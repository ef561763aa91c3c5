/* SPDX-License-Identifier: Apache-2.0 */
/* A run that starts from a measured value begins at it, and keeps its books and its charge. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/labs.h"
#include "run/run.h"

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

static milieu_code run_from(const MlLab *lab, int n, MlResult *r, milieu_error *e) {
    MlScenario sc;
    ml_scenario_init(&sc);
    sc.duration = 60;
    sc.person.nlab = n;
    for (int i = 0; i < n; i++) {
        sc.person.lab[i] = lab[i];
        assert_int_equal(ml_scenario_ask(&sc, lab[i].output, NULL), MILIEU_OK);
    }
    const milieu_code code = ml_run(&house, &sc, NULL, r, e);
    ml_scenario_free(&sc);
    return code;
}

static void begins_at_it(void **state) {
    (void)state;
    static const MlLab labs[] = {
        {ML_O_plasma_sodium, 118},  {ML_O_plasma_sodium, 160},   {ML_O_plasma_osmolality, 260},
        {ML_O_plasma_chloride, 92}, {ML_O_plasma_chloride, 115}, {ML_O_plasma_urea, 25},
        {ML_O_plasma_glucose, 30},  {ML_O_plasma_protein, 50},   {ML_O_plasma_albumin, 25},
        {ML_O_hematocrit, 0.28},    {ML_O_hematocrit, 0.55},
    };
    for (size_t i = 0; i < sizeof labs / sizeof *labs; i++) {
        MlResult r;
        milieu_error e = {0};
        if (run_from(&labs[i], 1, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
        const double x = ml_result_at(&r, labs[i].output, 0);
        if (!(fabs(x - labs[i].value) < 0.01 * labs[i].value))
            fail_msg("%s: begins at %g, measured %g", ml_outputs[labs[i].output].name, x, labs[i].value);
        if (!(r.charge_residual < 1e-6))
            fail_msg("%s: charge gained %g mmol", ml_outputs[labs[i].output].name, r.charge_residual);
        for (int k = 0; k < r.nbalance; k++)
            assert_true(fabs(r.balance[k].residual) <= fmax(1e-9 * r.balance[k].throughput, 1e-12));
        ml_result_free(&r);
    }
}

static void several_at_once(void **state) {
    (void)state;
    static const MlLab labs[] = {
        {ML_O_plasma_chloride, 88}, {ML_O_plasma_sodium, 125}, {ML_O_plasma_urea, 12}};
    MlResult r;
    milieu_error e = {0};
    if (run_from(labs, 3, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_chloride, 0) - 88) < 0.5);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_sodium, 0) - 125) < 0.5);
    ml_result_free(&r);
}

static void what_no_state_can_hold(void **state) {
    (void)state;
    static const MlLab chloride = {ML_O_plasma_chloride, 150}, sodium = {ML_O_plasma_sodium, 60};
    MlResult r;
    milieu_error e = {0};
    assert_int_equal(run_from(&chloride, 1, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_chloride");
    assert_int_equal(run_from(&sodium, 1, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_sodium");
    assert_false(ml_lab_is_start(ML_O_urine_sodium));
    assert_true(ml_lab_is_start(ML_O_plasma_sodium));
}

static const MlFlagSpan *span_of(const MlResult *r, int flag) {
    for (int i = 0; i < r->nflag; i++)
        if (r->flag[i].flag == flag) return &r->flag[i];
    return NULL;
}

/* A low measured sodium is too much water from the start; a high one, too little. */
static void deficits_count_from_before(void **state) {
    (void)state;
    static const MlLab low = {ML_O_plasma_sodium, 118}, high = {ML_O_plasma_sodium, 165};
    MlResult r;
    milieu_error e = {0};
    assert_int_equal(run_from(&low, 1, &r, &e), MILIEU_OK);
    const MlFlagSpan *more = span_of(&r, ML_FLAG_overhydration);
    assert_non_null(more);
    assert_true(more->on == 0 && more->peak_value > 4);
    assert_null(span_of(&r, ML_FLAG_dehydration));
    ml_result_free(&r);
    assert_int_equal(run_from(&high, 1, &r, &e), MILIEU_OK);
    const MlFlagSpan *less = span_of(&r, ML_FLAG_dehydration);
    assert_non_null(less);
    assert_true(less->on == 0 && less->peak_value < -4);
    assert_null(span_of(&r, ML_FLAG_overhydration));
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_at_it),
        cmocka_unit_test(several_at_once),
        cmocka_unit_test(deficits_count_from_before),
        cmocka_unit_test(what_no_state_can_hold),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
