/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of runs share: cmocka and what it needs, a house made once for all tests of a file. */
#ifndef ML_TEST_IN_HOUSE_H
#define ML_TEST_IN_HOUSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/house.h"

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

static inline void ok(milieu_code code, const milieu_error *e) {
    if (code != MILIEU_OK) fail_msg("%s: %s", e->where, e->text);
}

#endif
