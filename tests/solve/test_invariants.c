/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the stoichiometry conserves is conserved to rounding. */
#include "problems.h"
#include "synthetic.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Thirty days with a drink every four hours. The drift is compared with what flowed: at least what went
 * through the accumulators, whose sum is part of the total. */
static void long_run(double fast, double rtol) {
    static SyntheticProblem s;
    static double y[SYN_N], inside[SYN_N];
    assert_int_equal(syn_create(&s, fast), 0);
    MlSolverOptions options = ml_solver_options_default();
    options.rtol = rtol;
    MlSolver *solver;
    assert_int_equal(ml_solver_create(&s.problem, &options, &solver, NULL), MILIEU_OK);
    memcpy(y, s.y0, sizeof y);
    double solute = syn_total_solute(y), water = syn_total_water(y), drift = 0, water_drift = 0;
    ml_solver_start(solver, &s.ctx, 0, y);
    for (int k = 0; k < 180; k++) {
        double t = 240 * k, before = syn_total_solute(y), before_water = syn_total_water(y);
        syn_drink(y, 0.3);
        solute += syn_total_solute(y) - before;
        water += syn_total_water(y) - before_water;
        ml_solver_restart(solver, t, y);
        while (ml_solver_time(solver) < t + 240) {
            assert_int_equal(ml_solver_step(solver, t + 240, NULL), MILIEU_OK);
            double middle = 0.5 * (ml_solver_time_old(solver) + ml_solver_time(solver));
            ml_solver_dense(solver, middle, inside);
            drift = fmax(drift, fabs(syn_total_solute(inside) - solute));
        }
        memcpy(y, ml_solver_state(solver), sizeof y);
        drift = fmax(drift, fabs(syn_total_solute(y) - solute));
        water_drift = fmax(water_drift, fabs(syn_total_water(y) - water));
    }
    print_message("drift %.2g of solute, %.2g of water in %ld steps\n", drift / solute, water_drift / water,
                  ml_solver_stats(solver)->steps);
    assert_true(drift < 2e-13 * solute);
    assert_true(water_drift < 2e-13 * water);
    ml_solver_destroy(&solver);
    syn_free(&s);
}

static void conserved_over_a_month(void **state) {
    (void)state;
    long_run(1, 1e-6);
}

/* Reactions a thousand times faster and loose tolerances: the error is large, the balance is not. */
static void conserved_when_stiff_and_loose(void **state) {
    (void)state;
    long_run(1000, 1e-3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conserved_over_a_month),
        cmocka_unit_test(conserved_when_stiff_and_loose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
