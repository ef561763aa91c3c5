/* SPDX-License-Identifier: Apache-2.0 */
/* The surface potential against what was measured in frog nerve. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/bath.h"

static MlBath frog(double calcium) {
    MlBath b = ml_bath_normal();
    b.sodium = 115, b.potassium = 2.5, b.calcium = calcium, b.magnesium = 0, b.temperature = 10;
    return b;
}

static double change(double from, double to) {
    const MlBath a = frog(from), b = frog(to);
    return ml_surface_potential(&b) - ml_surface_potential(&a);
}

static void divalent_ions_move_gates_as_measured(void **state) {
    (void)state;
    const double tenfold = change(2, 20), none = change(2, 1e-9);
    assert_true(tenfold > 18 && tenfold < 27); /* 20 to 25: Hille, Woodhull & Shapiro 1975 */
    assert_true(none < -15 && none > -24);     /* -18 */
}

static void shift_is_monotone_and_zero_at_normal(void **state) {
    (void)state;
    const MlBath normal = ml_bath_normal();
    assert_true(fabs(ml_surface_shift(&normal)) < 1e-9);
    double last[4] = {-INFINITY, -INFINITY, -INFINITY, INFINITY};
    for (int i = 0; i <= 20; i++) {
        MlBath b[4] = {normal, normal, normal, normal};
        b[0].calcium = 0.2 + 0.2 * i, b[1].magnesium = 0.05 + 0.3 * i, b[2].sodium = 110 + 3 * i, b[3].ph = 6.5 + 0.075 * i;
        for (int k = 0; k < 4; k++) {
            const double shift = ml_surface_shift(&b[k]);
            assert_true(k == 3 ? shift < last[k] : shift > last[k]);
            last[k] = shift;
        }
    }
}

static void temperature_alone_shifts_nothing(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    b.temperature = 33;
    assert_true(fabs(ml_surface_shift(&b)) < 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(divalent_ions_move_gates_as_measured),
        cmocka_unit_test(shift_is_monotone_and_zero_at_normal),
        cmocka_unit_test(temperature_alone_shifts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
