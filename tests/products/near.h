/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PRODUCTS_NEAR_H
#define TESTS_PRODUCTS_NEAR_H

#include <math.h>

/* After cmocka.h. */
#define assert_near(value, expected, tolerance)                                                              \
    do {                                                                                                     \
        double value_ = (value), expected_ = (expected);                                                     \
        if (!(fabs(value_ - expected_) <= (tolerance)))                                                      \
            fail_msg("%s is %.10g, not %.10g", #value, value_, expected_);                                   \
    } while (0)

#endif
