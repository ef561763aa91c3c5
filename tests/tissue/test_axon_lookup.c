/* SPDX-License-Identifier: Apache-2.0 */
/* The table against the equations, at random. Away from its jumps (firing, and where potassium ends the firing) the errors
 * stay within the limits below. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/axon.h"

static const double rest_limit = 0.3, log_threshold_limit = 0.03, velocity_limit = 2.5; /* mV; 1; m/s */
static const double share_limit = 0.06, velocity_limit_blocked = 5; /* of conducting axons; m/s where half are blocked */
static const double margin_limit = 0.25, lowest_onset = -5, steady = 5; /* mV, mV, mmol/L */
enum { POINTS = 150 };

static double uniform(uint64_t *seed, double low, double high) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(*seed >> 11) * 0x1p-53;
}

static void compare(MlAxonKind kind, const MlAxonDrive *d, int *compared) {
    MlAxonFast model, table;
    ml_axon_fast(kind, d, &model);
    ml_axon_lookup(kind, d, &table);
    assert_true(fabs(model.resting_potential - table.resting_potential) < rest_limit);
    if (d->shift > lowest_onset / 2) {
        assert_true(fabs(model.conducting - table.conducting) < share_limit);
        if (model.conducting > 0.05) assert_true(fabs(model.velocity - table.velocity) < velocity_limit_blocked);
    }
    if (d->potassium < 5.5 && model.margin > 0) {
        if (d->shift - model.margin > lowest_onset && d->potassium < steady)
            assert_true(fabs(model.margin - table.margin) < margin_limit);
        assert_int_equal(model.blocked, table.blocked);
        assert_true(fabs(log(model.threshold / table.threshold)) < log_threshold_limit);
        assert_true(fabs(model.velocity - table.velocity) < velocity_limit);
        ++*compared;
    }
}

static void errors_are_limited(void **state) {
    (void)state;
    uint64_t seed = 7;
    int compared = 0;
    for (int i = 0; i < POINTS; i++) {
        const MlAxonDrive d = {uniform(&seed, 1.5, 9), uniform(&seed, 115, 165), uniform(&seed, -4, 6), uniform(&seed, 33, 41)};
        compare((MlAxonKind)(i % ML_NAXON), &d, &compared);
    }
    assert_true(compared > POINTS / 3);
}

static void edges_hold_beyond_the_table(void **state) {
    (void)state;
    const MlAxonDrive far[] = {{0.5, 50, -40, 10}, {20, 250, 40, 60}};
    for (int i = 0; i < 2; i++)
        for (int kind = 0; kind < ML_NAXON; kind++) {
            MlAxonFast f;
            ml_axon_lookup((MlAxonKind)kind, &far[i], &f);
            assert_true(isfinite(f.resting_potential) && isfinite(f.threshold) && isfinite(f.velocity) && isfinite(f.conducting) && !isinf(f.margin));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_limited),
        cmocka_unit_test(edges_hold_beyond_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
