/* SPDX-License-Identifier: Apache-2.0 */
/* Hard problems against CVODE and against what is known; steps, limits, events, failures. */
#include "cvode_ref.h"
#include "problems.h"
#include "synthetic.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not near %.17g", a, b);
}

/* Hairer and Wanner's reference at t = 4e10 is 5.2083e-8; all times are compared with CVODE. */
static void robertson_to_the_end(void **state) {
    (void)state;
    double y[3] = {1, 0, 0}, ref[3] = {1, 0, 0}, t = 0;
    for (double end = 0.4; end < 5e10; end *= 10) {
        assert_int_equal(solve_problem(&robertson, NULL, &ml_rodas5p, 1e-7, t, end, y, NULL), MILIEU_OK);
        assert_int_equal(ml_cvode_run(&robertson, NULL, t, end, ref, 1e-10), 0);
        for (int i = 0; i < 3; i++) near(y[i], ref[i], 1e-5 * fabs(ref[i]) + 10 * robertson.atol[i]);
        assert_true(fabs(y[0] + y[1] + y[2] - 1) < 1e-14);
        memcpy(ref, y, sizeof ref);
        t = end;
    }
    near(y[0], 5.2083e-8, 1e-11);
}

static void stiff_van_der_pol(void **state) {
    (void)state;
    double mu = 1000, y[2] = {2, 0}, ref[2] = {2, 0};
    MlSolverStats stats;
    assert_int_equal(solve_problem(&van_der_pol, &mu, &ml_rodas5p, 1e-8, 0, 2000, y, &stats), MILIEU_OK);
    assert_int_equal(ml_cvode_run(&van_der_pol, &mu, 0, 2000, ref, 1e-11), 0);
    near(y[0], ref[0], 1e-5);
    near(y[1], ref[1], 1e-7);
    assert_true(stats.steps < 2000);
}

/* The solute leaves with the last water; nothing goes far below zero, nothing is lost, steps stay long. */
static void compartment_runs_empty(void **state) {
    (void)state;
    for (int k = 0; k < 3; k++) {
        static const double rtol[3] = {1e-3, 1e-5, 1e-7};
        double y[4] = {0.5, 70, 1, 140}, ref[4] = {0.5, 70, 1, 140};
        MlSolverStats stats;
        assert_int_equal(solve_problem(&emptying, NULL, &ml_rodas5p, rtol[k], 0, 600, y, &stats), MILIEU_OK);
        assert_int_equal(ml_cvode_run(&emptying, NULL, 0, 600, ref, 1e-10), 0);
        for (int i = 0; i < 4; i++) {
            near(y[i], ref[i], 20 * rtol[k] * fabs(ref[i]) + 100 * emptying.atol[i]);
            assert_true(y[i] > -10 * emptying.atol[i]);
        }
        assert_true(stats.steps < 250 && stats.failed == 0);
    }
}

static void oscillator_keeps_phase_and_size(void **state) {
    (void)state;
    double y[2] = {1, 0}, t = 200;
    assert_int_equal(solve_problem(&oscillator, NULL, &ml_rodas5p, 1e-9, 0, t, y, NULL), MILIEU_OK);
    near(y[0], cos(t), 2e-6);
    near(y[1], -sin(t), 2e-6);
}

/* Errors follow the tolerance. */
static void tolerance_is_met(void **state) {
    (void)state;
    double exact[2] = {1, 0.5}, before = 1;
    assert_int_equal(ml_cvode_run(&smooth, NULL, 0, 10, exact, 1e-12), 0);
    for (double rtol = 1e-3; rtol > 1e-8; rtol /= 10) {
        double y[2] = {1, 0.5};
        assert_int_equal(solve_problem(&smooth, NULL, &ml_rodas5p, rtol, 0, 10, y, NULL), MILIEU_OK);
        double error = fmax(fabs(y[0] - exact[0]), fabs(y[1] - exact[1]));
        assert_true(error < 20 * rtol + 1e-8);
        assert_true(error < before);
        before = fmax(error, 1e-8);
    }
}

/* A day of the synthetic body with drinks, against CVODE. */
static void events_against_cvode(void **state) {
    (void)state;
    static SyntheticProblem s;
    static double y[SYN_N], ref[SYN_N];
    assert_int_equal(syn_create(&s, 10), 0);
    MlSolverOptions options = ml_solver_options_default();
    MlSolver *solver;
    assert_int_equal(ml_solver_create(&s.problem, &options, &solver, NULL), MILIEU_OK);
    memcpy(y, s.y0, sizeof y);
    memcpy(ref, s.y0, sizeof ref);
    ml_solver_start(solver, &s.ctx, 0, y);
    for (double t = 0; t < 720; t += 120) {
        syn_drink(y, 0.3);
        syn_drink(ref, 0.3);
        s.ctx.drive = 0.1 * sin(t); /* an input that changes at the instant */
        ml_solver_restart(solver, t, y);
        assert_int_equal(run_to(solver, t + 120), MILIEU_OK);
        assert_true(ml_solver_time(solver) == t + 120);
        memcpy(y, ml_solver_state(solver), sizeof y);
        assert_int_equal(ml_cvode_run(&s.problem, &s.ctx, t, t + 120, ref, 1e-9), 0);
    }
    for (int i = 0; i < SYN_N; i++) near(y[i], ref[i], 2e-5 * fabs(ref[i]) + 20 * s.atol[i]);
    assert_true(ml_solver_stats(solver)->steps < 400);
    ml_solver_destroy(&solver);
    syn_free(&s);
}

/* Looking at results within steps changes nothing; the same run gives the same bits. */
static void reading_results_changes_nothing(void **state) {
    (void)state;
    double mu = 50, end[2][2];
    for (int round = 0; round < 2; round++) {
        MlSolverOptions options = ml_solver_options_default();
        MlSolver *s;
        assert_int_equal(ml_solver_create(&van_der_pol, &options, &s, NULL), MILIEU_OK);
        double y[2] = {2, 0}, out[2];
        ml_solver_start(s, &mu, 0, y);
        while (ml_solver_time(s) < 100) {
            assert_int_equal(ml_solver_step(s, 100, NULL), MILIEU_OK);
            double a = ml_solver_time_old(s), b = ml_solver_time(s);
            assert_true(b > a && b <= 100);
            for (int q = 0; round && q <= 10; q++) ml_solver_dense(s, a + q * (b - a) / 10, out);
        }
        memcpy(end[round], ml_solver_state(s), sizeof y);
        ml_solver_destroy(&s);
    }
    assert_memory_equal(end[0], end[1], sizeof end[0]);
}

/* Dense output meets the ends of the step. */
static void dense_output_is_continuous(void **state) {
    (void)state;
    MlSolverOptions options = ml_solver_options_default();
    MlSolver *s;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    double y[2] = {1, 0}, out[2], last[2] = {1, 0};
    ml_solver_start(s, NULL, 5, y);
    ml_solver_dense(s, 5, out);
    assert_true(out[0] == 1 && out[1] == 0);
    for (int k = 0; k < 20; k++) {
        assert_int_equal(ml_solver_step(s, 50, NULL), MILIEU_OK);
        ml_solver_dense(s, ml_solver_time_old(s), out);
        assert_memory_equal(out, last, sizeof out);
        memcpy(last, ml_solver_state(s), sizeof last);
        ml_solver_dense(s, ml_solver_time(s), out);
        assert_memory_equal(out, last, sizeof out);
        ml_solver_dense(s, ml_solver_time(s) * (1 - 1e-12), out);
        near(out[0], last[0], 1e-9);
    }
    ml_solver_destroy(&s);
}

static void limits_and_options(void **state) {
    (void)state;
    MlSolverOptions options = ml_solver_options_default();
    options.h_max = 0.25;
    options.h_first = 1e-3;
    MlSolver *s;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    assert_int_equal(ml_solver_size(s), 2);
    double y[2] = {1, 0};
    ml_solver_start(s, NULL, 0, y);
    assert_int_equal(ml_solver_step(s, 10, NULL), MILIEU_OK);
    assert_true(ml_solver_time(s) == 1e-3);
    while (ml_solver_time(s) < 10) {
        assert_int_equal(ml_solver_step(s, 10, NULL), MILIEU_OK);
        assert_true(ml_solver_time(s) - ml_solver_time_old(s) <= 0.25 + 1e-12);
    }
    /* at or past the limit nothing happens */
    long steps = ml_solver_stats(s)->steps;
    assert_int_equal(ml_solver_step(s, 10, NULL), MILIEU_OK);
    assert_int_equal(ml_solver_step(s, 5, NULL), MILIEU_OK);
    assert_int_equal(ml_solver_stats(s)->steps, steps);
    /* a very short stretch */
    assert_int_equal(ml_solver_step(s, 10 + 1e-12, NULL), MILIEU_OK);
    assert_true(ml_solver_time(s) == 10 + 1e-12);
    ml_solver_destroy(&s);
    ml_solver_destroy(&s);
}

/* y0' = y0^2 reaches infinity at t = 1; y1' = sqrt(y1 - t) has no value past t = y1. */
static void explode(const void *ctx, double t, const double *y, double *row) {
    (void)ctx, (void)t;
    row[0] = y[0] * y[0];
    row[1] = 0;
}
static void explode8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row) {
    (void)ctx, (void)t;
    row[0] = y[0] * y[0];
    row[1] = 0.0 * y[1];
}
static void leave(const void *ctx, double t, const double *y, double *row) {
    (void)ctx;
    row[0] = 0;
    row[1] = sqrt(1 - t) * y[1];
}
static void leave8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row) {
    (void)ctx;
    row[0] = 0.0 * y[0];
    row[1] = sqrt(1 - t) * y[1];
}

static void failures_name_the_state(void **state) {
    (void)state;
    MlProblem p = oscillator;
    MlSolverOptions options = ml_solver_options_default();
    MlSolver *s;
    milieu_error err;
    milieu_code code = MILIEU_OK;
    double y[2] = {1, 1};
    p.rows = explode;
    p.rows8 = explode8;
    assert_int_equal(ml_solver_create(&p, &options, &s, NULL), MILIEU_OK);
    ml_solver_start(s, NULL, 0, y);
    while (code == MILIEU_OK && ml_solver_time(s) < 2) code = ml_solver_step(s, 2, &err);
    assert_true(code == MILIEU_STEP_TOO_SMALL || code == MILIEU_OUT_OF_DOMAIN);
    assert_int_equal(err.code, code);
    assert_int_equal(ml_solver_worst(s), 0);
    assert_string_equal(err.where, "state 0");
    near(ml_solver_time(s), 1, 1e-3);
    y[1] = nan("");
    ml_solver_start(s, NULL, 0, y);
    assert_int_equal(ml_solver_step(s, 1, &err), MILIEU_OUT_OF_DOMAIN);
    assert_int_equal(ml_solver_worst(s), 1);
    ml_solver_destroy(&s);

    p.rows = leave;
    p.rows8 = leave8;
    y[1] = 1;
    assert_int_equal(ml_solver_create(&p, &options, &s, NULL), MILIEU_OK);
    ml_solver_start(s, NULL, 0, y);
    code = MILIEU_OK;
    while (code == MILIEU_OK && ml_solver_time(s) < 2) code = ml_solver_step(s, 2, &err);
    assert_int_equal(code, MILIEU_OUT_OF_DOMAIN);
    assert_int_equal(ml_solver_worst(s), 1);
    ml_solver_destroy(&s);
}

/* A step that no number can hold is given up, not tried for ever. */
static void a_span_too_short_to_step(void **state) {
    (void)state;
    double y[2] = {2, 0}, mu = 1000;
    const milieu_code code = solve_problem(&van_der_pol, &mu, &ml_rodas5p, 1e-8, 0, 4.9e-324, y, NULL);
    assert_true(code == MILIEU_OK || code == MILIEU_STEP_TOO_SMALL || code == MILIEU_OUT_OF_DOMAIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_too_short_to_step),
        cmocka_unit_test(robertson_to_the_end),
        cmocka_unit_test(stiff_van_der_pol),
        cmocka_unit_test(compartment_runs_empty),
        cmocka_unit_test(oscillator_keeps_phase_and_size),
        cmocka_unit_test(tolerance_is_met),
        cmocka_unit_test(events_against_cvode),
        cmocka_unit_test(reading_results_changes_nothing),
        cmocka_unit_test(dense_output_is_continuous),
        cmocka_unit_test(limits_and_options),
        cmocka_unit_test(failures_name_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
