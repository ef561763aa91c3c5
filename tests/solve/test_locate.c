/* SPDX-License-Identifier: Apache-2.0 */
/* Instants at which watched values change side, found on the dense output. */
#include "problems.h"
#include "solve/locate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const double PI = 3.14159265358979323846;

static void near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not near %.17g", a, b);
}

/* Runs the oscillator (y0 = cos t, y1 = -sin t) to t_end and collects crossings. */
static int collect(MlWatch watch, void *user, int count, double t_end, double report, MlCrossing *out,
                   int most) {
    MlSolverOptions options = ml_solver_options_default();
    options.rtol = 1e-10;
    MlSolver *s;
    MlLocator *l;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    assert_int_equal(ml_locator_create(s, count, &l, NULL), MILIEU_OK);
    double y[2] = {1, 0};
    int found = 0;
    ml_solver_start(s, NULL, 0, y);
    while (ml_solver_time(s) < t_end) {
        assert_int_equal(ml_solver_step(s, t_end, NULL), MILIEU_OK);
        for (double t = ml_solver_time_old(s); report > 0 && t < ml_solver_time(s); t += report)
            ml_solver_dense(s, t, y);
        double from = ml_solver_time_old(s);
        while (found < most && ml_locate(l, s, watch, user, from, &out[found])) from = out[found++].t;
    }
    ml_locator_destroy(&l);
    ml_solver_destroy(&s);
    return found;
}

static void watch_cosine(void *user, double t, const double *y, double *value) {
    (void)user, (void)t;
    value[0] = y[0];
}

static void finds_every_zero(void **state) {
    (void)state;
    MlCrossing c[20], again[20];
    assert_int_equal(collect(watch_cosine, NULL, 1, 20, 0, c, 20), 6);
    for (int k = 0; k < 6; k++) {
        near(c[k].t, (k + 0.5) * PI, 1e-7);
        assert_int_equal(c[k].which, 0);
        assert_int_equal(c[k].rising, k % 2);
    }
    /* however often results are read */
    assert_int_equal(collect(watch_cosine, NULL, 1, 20, 0.01, again, 20), 6);
    for (int k = 0; k < 6; k++) assert_true(c[k].t == again[k].t);
}

/* Several values: the first comes first, within one step too. */
static void watch_levels(void *user, double t, const double *y, double *value) {
    (void)user;
    value[0] = -0.5 - y[0];         /* rises at 2 pi/3 */
    value[1] = y[0] - 0.5;          /* falls at pi/3 */
    value[2] = y[0] - 0.4999999;    /* falls just after */
    value[3] = t - 1.5;             /* rises at 1.5 */
    value[4] = HUGE_VAL - HUGE_VAL; /* has no value */
}

static void first_of_several(void **state) {
    (void)state;
    MlCrossing c[10];
    assert_int_equal(collect(watch_levels, NULL, 5, 2.5, 0, c, 10), 4);
    near(c[0].t, PI / 3, 1e-8);
    assert_true(c[0].which == 1 && !c[0].rising);
    near(c[1].t, acos(0.4999999), 1e-8);
    assert_true(c[1].which == 2 && c[1].t > c[0].t);
    near(c[2].t, 1.5, 1e-9);
    assert_true(c[2].which == 3 && c[2].rising);
    near(c[3].t, 2 * PI / 3, 1e-8);
    assert_int_equal(c[3].which, 0);
}

/* A value like a cliff or a flat is found too, in few looks. */
static void watch_steep(void *user, double t, const double *y, double *value) {
    int *looks = user;
    (void)y;
    ++*looks;
    value[0] = tanh(1e6 * (t - 0.7));
    value[1] = pow(t - 1.3, 9);
}

static void hard_shapes(void **state) {
    (void)state;
    MlSolverOptions options = {.method = &ml_rodas5p, .rtol = 1e3, .h_first = 2};
    MlSolver *s;
    MlLocator *l;
    MlCrossing c;
    double y[2] = {1, 0};
    int looks = 0;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    assert_int_equal(ml_locator_create(s, 2, &l, NULL), MILIEU_OK);
    ml_solver_start(s, NULL, 0, y);
    while (ml_solver_time(s) < 2) {
        assert_int_equal(ml_solver_step(s, 2, NULL), MILIEU_OK);
        double a = ml_solver_time_old(s), b = ml_solver_time(s);
        for (double from = a; ml_locate(l, s, watch_steep, &looks, from, &c); from = c.t) {
            double exact = c.which ? 1.3 : 0.7;
            assert_true(exact > a - 1e-9 && exact < b + 1e-9);
            near(c.t, exact, 1e-9);
        }
    }
    assert_true(looks < 150);
    ml_locator_destroy(&l);
    ml_locator_destroy(&l);
    ml_solver_destroy(&s);
}

/* After a restart on the limit the same crossing is not found again. */
static void watch_level(void *user, double t, const double *y, double *value) {
    (void)t;
    value[0] = *(double *)user - y[0];
}

static void restart_at_a_crossing(void **state) {
    (void)state;
    MlSolverOptions options = ml_solver_options_default();
    MlSolver *s;
    MlLocator *l;
    MlCrossing c;
    double y[2] = {1, 0}, level = 0.3;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    assert_int_equal(ml_locator_create(s, 1, &l, NULL), MILIEU_OK);
    ml_solver_start(s, NULL, 0, y);
    int found = 0;
    while (ml_solver_time(s) < 3) {
        assert_int_equal(ml_solver_step(s, 3, NULL), MILIEU_OK);
        if (!ml_locate(l, s, watch_level, &level, ml_solver_time_old(s), &c)) continue;
        found++;
        near(c.t, acos(0.3), 1e-5);
        ml_solver_dense(s, c.t, y);
        ml_solver_restart(s, c.t, y);
        assert_int_equal(ml_locate(l, s, watch_level, &level, c.t, &c), 0);
    }
    assert_int_equal(found, 1);
    ml_locator_destroy(&l);
    ml_solver_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_zero),
        cmocka_unit_test(first_of_several),
        cmocka_unit_test(hard_shapes),
        cmocka_unit_test(restart_at_a_crossing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
