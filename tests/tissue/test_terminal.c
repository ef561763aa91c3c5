/* SPDX-License-Identifier: Apache-2.0 */
/* Release and transmission against what magnesium and calcium do to people. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/terminal.h"

static MlBath with(double calcium, double magnesium) {
    MlBath b = ml_bath_normal();
    b.calcium = calcium, b.magnesium = magnesium;
    return b;
}

static void normal_is_one_and_all_cross(void **state) {
    (void)state;
    const MlBath b = ml_bath_normal();
    assert_true(fabs(ml_terminal_release(&b) - 1) < 1e-12);
    assert_true(ml_terminal_transmission(&b) > 0.999);
}

/* Low concentrations of calcium: a slope of four in the logarithms (Dodge & Rahamimoff 1967). */
static void release_is_of_fourth_order(void **state) {
    (void)state;
    const MlBath a = with(1e-3, 0.55), b = with(1.1e-3, 0.55);
    const double slope = log(ml_terminal_release(&b) / ml_terminal_release(&a)) / log(1.1);
    assert_true(fabs(slope - 4) < 0.05);
}

/* Ionized magnesium is some two thirds of total: reflexes go at a total of 3.7 to 4.9, paralysis is at 5 to 7.5 mmol/L. */
static void magnesium_weakens_then_paralyzes(void **state) {
    (void)state;
    const MlBath mild = with(1.2, 1.2), reflex = with(1.2, 2.9), paralysis = with(1.2, 4.8), saved = with(2, 4.8);
    assert_true(ml_terminal_transmission(&mild) > 0.99);
    assert_true(ml_terminal_release(&reflex) < 0.45 && ml_terminal_transmission(&reflex) > 0.5);
    assert_true(ml_terminal_transmission(&paralysis) < 0.1);
    assert_true(ml_terminal_transmission(&saved) > 4 * ml_terminal_transmission(&paralysis)); /* calcium is the antidote */
}

/* People with ionized calcium of 0.6 mmol/L have spasms, not weakness. */
static void little_calcium_does_not_paralyze(void **state) {
    (void)state;
    const MlBath low = with(0.6, 0.55);
    assert_true(ml_terminal_transmission(&low) > 0.85);
}

static void directions_hold_everywhere(void **state) {
    (void)state;
    for (double calcium = 0.2; calcium < 10; calcium *= 1.3)
        for (double magnesium = 0.05; magnesium < 10; magnesium *= 1.3) {
            const MlBath b = with(calcium, magnesium), more_ca = with(calcium * 1.1, magnesium), more_mg = with(calcium, magnesium * 1.1);
            const double r = ml_terminal_release(&b), share = ml_terminal_transmission(&b);
            assert_true(ml_terminal_release(&more_ca) > r && ml_terminal_release(&more_mg) < r);
            assert_true(share >= 0 && share <= 1);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_is_one_and_all_cross),
        cmocka_unit_test(release_is_of_fourth_order),
        cmocka_unit_test(magnesium_weakens_then_paralyzes),
        cmocka_unit_test(little_calcium_does_not_paralyze),
        cmocka_unit_test(directions_hold_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
