/* SPDX-License-Identifier: Apache-2.0 */
/* Type 1 diabetes: well until t = 0, from there as without insulin, and back with it; and what insulin does in health. */
#define STORY_OUTPUTS                                                                                        \
    "plasma_glucose", "plasma_ketones", "plasma_ph", "plasma_bicarbonate", "plasma_potassium",               \
        "plasma_anion_gap", "urine_volume", "body_potassium", "body_water"
#include "story.h"

static void without_insulin(Story *s, const char *severity) {
    milieu_error e = {0};
    ok(milieu_scenario_condition(s->scenario, "type-1-diabetes", severity, &e), &e);
}

/* Glucose, ketones and acid of ketoacidosis within two days: Kitabchi, Diabetes Care 2009;32:1335 (glucose above 13.9
 * mmol/L, pH 7.30 or less, bicarbonate 18 mmol/L or less, ketones, gap above 10). */
static void ketoacidosis(void **state) {
    (void)state;
    Story s = begin("adult-man", 48, NULL, "to-thirst");
    without_insulin(&s, NULL);
    live(&s);
    between("glucose at t = 0", at(&s, "plasma_glucose", 0), 4.5, 8);
    between("ketones at t = 0", at(&s, "plasma_ketones", 0), 0, 0.5);
    between("glucose", at(&s, "plasma_glucose", 48), 13.9, 45);
    between("ketones", at(&s, "plasma_ketones", 48), 5, 20);
    between("pH", at(&s, "plasma_ph", 48), 6.9, 7.3);
    between("bicarbonate", at(&s, "plasma_bicarbonate", 48), 4, 18);
    between("gap", at(&s, "plasma_anion_gap", 48), 15, 35);
    between("urine of two days", at(&s, "urine_volume", 48), 5, 20);
    between("body potassium lost", at(&s, "body_potassium", 0) - at(&s, "body_potassium", 48), 150, 500);
    end(&s);
}

/* Insulin ends it; potassium goes into cells. */
static void insulin(void **state) {
    (void)state;
    Story s = begin("adult-man", 60, NULL, "to-thirst");
    without_insulin(&s, NULL);
    add(&s, "fast", NULL, 48, "for", 12 * 60, "min", 0, 0, 0);
    add(&s, "infuse", "insulin", 48, "amount", 84, "U", 12 * 60, 0, 0);
    live(&s);
    between("glucose fallen", at(&s, "plasma_glucose", 48) - at(&s, "plasma_glucose", 54), 8, 40);
    between("ketones left", at(&s, "plasma_ketones", 60) / at(&s, "plasma_ketones", 48), -0.01, 0.5);
    between("bicarbonate gained", at(&s, "plasma_bicarbonate", 60) - at(&s, "plasma_bicarbonate", 48), 2, 20);
    between("potassium fallen", at(&s, "plasma_potassium", 48) - at(&s, "plasma_potassium", 54), 0.3, 3);
    end(&s);
}

/* A third of the beta cells keeps one from ketones, not from sugar. */
static void some_left(void **state) {
    (void)state;
    Story s = begin("adult-man", 48, NULL, NULL);
    without_insulin(&s, "mild");
    live(&s);
    between("ketones", at(&s, "plasma_ketones", 48), 0, 3);
    between("glucose in the morning", at(&s, "plasma_glucose", 48), 5, 25);
    end(&s);
}

/* An insulin tolerance test, 0.15 U/kg: 1 to 2 mmol/L after half an hour, and back by itself. */
static void tolerance_test(void **state) {
    (void)state;
    Story s = begin("adult-man", 2, "none", "none");
    add(&s, "inject", "insulin", 0, "amount", 10.5, "U", 1, 0, 0);
    live(&s);
    between("glucose after half an hour", at(&s, "plasma_glucose", 0.5), 1, 2.6);
    between("glucose after two hours", at(&s, "plasma_glucose", 2), 3.9, 5);
    end(&s);
}

/* Hunger opposes insulin little: lunch after two days without food. */
static void lunch_after_a_fast(void **state) {
    (void)state;
    Story s = begin("adult-man", 55, NULL, "to-thirst");
    add(&s, "fast", NULL, 0, "for", 50 * 60, "min", 0, 0, 0);
    live(&s);
    between("ketones", at(&s, "plasma_ketones", 50), 1.5, 4.5);
    for (double t = 53; t < 55; t += 0.25) between("glucose", at(&s, "plasma_glucose", t), 3.5, 10.5);
    end(&s);
}

/* Ketones of three weeks without food: twice those of the first week (Dai, Sci Rep 2024;14:28550: 8.3 (SD 1.6) mmol/L). */
static void long_fast(void **state) {
    (void)state;
    Story s = begin("adult-man", 504, "none", "to-thirst");
    live(&s);
    between("ketones of the third day", at(&s, "plasma_ketones", 72), 2, 6);
    between("ketones of the third week", at(&s, "plasma_ketones", 504), 6.7, 9.9);
    end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ketoacidosis),
        cmocka_unit_test(insulin),
        cmocka_unit_test(some_left),
        cmocka_unit_test(tolerance_test),
        cmocka_unit_test(lunch_after_a_fast),
        cmocka_unit_test(long_fast),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
