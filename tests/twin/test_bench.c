/* SPDX-License-Identifier: Apache-2.0 */
/* The comparison that `milieu bench` prints runs to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "against_cvode.h"

static void compares(void **state) {
    (void)state;
    MlHouse house;
    MlScenario sc;
    milieu_error e = {0};
    assert_int_equal(ml_house_create(NULL, &house, NULL), MILIEU_OK);
    ml_scenario_init(&sc);
    sc.duration = 60;
    if (bench_against_cvode(&house, &sc, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
    ml_scenario_free(&sc);
    ml_house_free(&house);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(compares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
