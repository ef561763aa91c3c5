/* SPDX-License-Identifier: Apache-2.0 */
/* The public API: its errors, and a person saved and restored. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "milieu/milieu.h"

static milieu_model *model;
static int setup(void **state) {
    (void)state;
    return milieu_model_create(NULL, &model, NULL) != MILIEU_OK;
}
static int teardown(void **state) {
    (void)state;
    milieu_model_destroy(&model);
    assert_null(model);
    milieu_model_destroy(&model);
    return 0;
}

static void errors_name_the_place(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_event *event = NULL;
    assert_int_equal(milieu_event_create(model, "dring", &event, &e), MILIEU_BAD_INPUT);
    assert_null(event);
    assert_string_equal(e.where, "dring");
    assert_int_equal(milieu_event_create(model, "dialysis", &event, &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_event_create(model, "drink", &event, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "amount", 1, "kg/m", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "amount", -1, "L", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "amount", NAN, "L", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "gfr", 1, "mL/min", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_when(event, 0, 10, 0, &e), MILIEU_BAD_INPUT);
    milieu_scenario *s;
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, event, &e), MILIEU_BAD_INPUT); /* lacks what and amount */
    assert_int_equal(milieu_scenario_person(s, "mass", -70, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_person(s, "age", 12, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_preset(s, "nobody", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_sex(s, "boy", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_condition(s, "gout", NULL, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_condition(s, "pregnancy", NULL, &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_scenario_condition(s, "siadh", "dreadful", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_lab(s, "plasma_sodium", 1400, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_lab(s, "urine_sodium", 20, &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_scenario_ask(s, "plasma_potassium", &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_scenario_ask(s, "plasma_sodum", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_time(s, 480, -1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_diet(s, "sodium", -1, &e), MILIEU_BAD_INPUT);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&event);
}

static void unknown_product(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_event *event;
    milieu_scenario *s;
    milieu_result *r;
    assert_int_equal(milieu_event_create(model, "drink", &event, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(event, "what", "ambrosia", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "amount", 1, "L", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, event, &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_BAD_INPUT);
    assert_null(r);
    assert_string_equal(e.where, "ambrosia");
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&event);
}

static void restored_to_the_bit(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *drip;
    milieu_person *a, *b;
    milieu_error e = {0};
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "infuse", &drip, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(drip, "what", "saline-3%", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drip, "amount", 300, "mL", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drip, "over", 4, "h", &e), MILIEU_OK);
    assert_int_equal(milieu_person_create(model, s, &a, &e), MILIEU_OK);
    assert_int_equal(milieu_person_create(model, s, &b, &e), MILIEU_OK);
    assert_int_equal(milieu_person_apply(a, drip, &e), MILIEU_OK);
    assert_int_equal(milieu_person_advance(a, 100, &e), MILIEU_OK);
    const size_t size = milieu_person_snapshot_size(a);
    char *bytes = malloc(size);
    assert_int_equal(milieu_person_save(a, bytes, size - 1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_save(a, bytes, size, &e), MILIEU_OK);
    assert_int_equal(milieu_person_restore(b, bytes, size - 1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_restore(b, bytes, size, &e), MILIEU_OK);
    for (int t = 130; t < 1500; t += 137) {
        assert_int_equal(milieu_person_advance(a, t, &e), MILIEU_OK);
        assert_int_equal(milieu_person_advance(b, t, &e), MILIEU_OK);
        for (int i = 0; i < milieu_output_count(); i++) {
            if (!milieu_output_available(i)) continue;
            double x, y;
            assert_int_equal(milieu_person_get(a, milieu_output_name(i), &x, &e), MILIEU_OK);
            assert_int_equal(milieu_person_get(b, milieu_output_name(i), &y, &e), MILIEU_OK);
            assert_memory_equal(&x, &y, sizeof x);
        }
    }
    bytes[size / 2] ^= 1;
    assert_int_equal(milieu_person_restore(b, bytes, size, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_advance(a, 10, &e), MILIEU_BAD_INPUT);
    free(bytes);
    milieu_person_destroy(&a);
    milieu_person_destroy(&b);
    milieu_event_destroy(&drip);
    milieu_scenario_destroy(&s);
}

/* Half a liter (and what is usual) an hour before: less than nothing then, nothing at t = 0, half a liter
 * more an hour after. */
static void totals_count_from_zero(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_scenario *s;
    milieu_event *drink;
    milieu_result *r;
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "drink", &drink, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(drink, "what", "water", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drink, "amount", 500, "mL", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drink, "over", 1, "min", &e), MILIEU_OK);
    assert_int_equal(milieu_event_when(drink, -60, 120, 2, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, drink, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_habits(s, "none", "none", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_time(s, 480, 120, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_every(s, 30, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "intake_water", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "urine_volume", &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_OK);
    const double *t = milieu_result_times(r), *drunk = milieu_result_values(r, "intake_water"),
                 *urine = milieu_result_values(r, "urine_volume");
    assert_int_equal(milieu_result_size(r), 7);
    assert_true(t[0] == -60 && t[2] == 0 && drunk[2] == 0 && urine[2] == 0);
    assert_true(drunk[0] < -0.5 && drunk[1] >= drunk[0] + 0.5 - 1e-9 &&
                fabs(drunk[6] - drunk[3] - 0.5) < 1e-9);
    for (int i = 1; i < 7; i++) assert_true(urine[i] > urine[i - 1]);
    milieu_result_destroy(&r);
    milieu_event_destroy(&drink);
    milieu_scenario_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_place),
        cmocka_unit_test(unknown_product),
        cmocka_unit_test(restored_to_the_bit),
        cmocka_unit_test(totals_count_from_zero),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
