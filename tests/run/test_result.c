/* SPDX-License-Identifier: Apache-2.0 */
/* What a result says of itself. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run/result.h"

static void what_is_not_accounted_for_is_named(void **state) {
    (void)state;
    MlBalance sheet[] = {{.substance = "Water", .throughput = 2.5, .residual = 1e-12},
                         {.substance = "Sodium", .throughput = 150, .residual = 1e-10}};
    MlResult r = {.balance = sheet, .nbalance = 2, .charge_residual = 1e-8};
    milieu_error e = {0};
    assert_int_equal(ml_result_accounted(&r, &e), MILIEU_OK);
    sheet[1].residual = -1e-6;
    assert_int_equal(ml_result_accounted(&r, &e), MILIEU_OUT_OF_DOMAIN);
    assert_non_null(strstr(e.text, "Sodium"));
    sheet[1].residual = NAN;
    assert_int_equal(ml_result_accounted(&r, &e), MILIEU_OUT_OF_DOMAIN);
    sheet[1].residual = 0;
    r.charge_residual = 1e-5;
    assert_int_equal(ml_result_accounted(&r, &e), MILIEU_OUT_OF_DOMAIN);
    assert_non_null(strstr(e.text, "charge"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_not_accounted_for_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
