/* SPDX-License-Identifier: Apache-2.0 */
/* The orders that the methods reach, of the steps and of the dense output, smooth and stiff. */
#include "problems.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { NMETHOD = 3 };
static const MlTableau *const methods[NMETHOD] = {&ml_rodas4, &ml_rodas4p, &ml_rodas5p};

/* alpha_i = sum of alpha_ij and gamma_i = sum of gamma_ij, from the transformed coefficients. */
static void tableaus_are_consistent(void **state) {
    (void)state;
    for (int k = 0; k < NMETHOD; k++) {
        const MlTableau *m = methods[k];
        double ones[ML_STAGES_MAX]; /* u of y' = 1 with J = 0, over h: (I/gamma - C) u = 1 */
        for (int i = 0; i < m->stages; i++) {
            double sum = 1, alpha = 0;
            for (int j = 0; j < i; j++) sum += m->c[i][j] * ones[j];
            ones[i] = sum * m->gamma;
            for (int j = 0; j < i; j++) alpha += m->a[i][j] * ones[j];
            assert_true(fabs(alpha - m->alpha[i]) < 2e-12);
            assert_true(i < m->stages - 2 || m->gamma_sum[i] == 0); /* stiffly accurate */
        }
    }
}

/* Errors of fixed steps over the same span, each time twice as many: the least order seen in the asymptotic
 * part. */
static double observed_order(const MlProblem *p, const void *ctx, const MlTableau *m, int first, int rounds,
                             const double *y0, const double *exact, double t1) {
    double before = 0, order = 0;
    for (int r = 0; r < rounds; r++) {
        double y[4] = {0}, error = 0;
        int count = first << r;
        for (int i = 0; i < p->n; i++) y[i] = y0[i];
        assert_int_equal(solve_fixed(p, ctx, m, 0, t1 / count, count, y), MILIEU_OK);
        for (int i = 0; i < p->n; i++) error = fmax(error, fabs(y[i] - exact[i]));
        if (r > 0) order = log2(before / error);
        before = error;
    }
    return order;
}

static void smooth_order(void **state) {
    (void)state;
    double y0[2] = {1, 0.5}, exact[2] = {1, 0.5};
    assert_int_equal(solve_fixed(&smooth, NULL, &ml_rodas5p, 0, 2.0 / 1000, 1000, exact), MILIEU_OK);
    for (int k = 0; k < NMETHOD; k++) {
        double order = observed_order(&smooth, NULL, methods[k], 16, 3, y0, exact, 2);
        print_message("%s: order %.2f on a smooth problem\n", methods[k]->name, order);
        assert_true(order > methods[k]->order - 0.25);
    }
}

/* Prothero and Robinson's problem with h lambda above 1e3: Rodas4 falls below order 1, the methods with
 * Steinebach's conditions keep order 3 (with an error constant that shrinks as 1/lambda). */
static void stiff_order(void **state) {
    (void)state;
    static const double least[NMETHOD] = {0.5, 2.8, 2.8};
    double lambda = 1e4, y0[1] = {1}, exact[1] = {cos(10)};
    for (int k = 0; k < NMETHOD; k++) {
        double order = observed_order(&prothero_robinson, &lambda, methods[k], 8, 4, y0, exact, 10);
        print_message("%s: order %.2f on a stiff problem\n", methods[k]->name, order);
        assert_true(order > least[k]);
    }
}

/* Largest error within steps of the oscillator, against its exact solution through the start of the step. */
static double dense_error(const MlTableau *m, double h, double t1) {
    MlSolverOptions options = {.method = m, .rtol = 1e6, .h_first = h, .h_max = h};
    MlSolver *s;
    assert_int_equal(ml_solver_create(&oscillator, &options, &s, NULL), MILIEU_OK);
    double y[2] = {1, 0}, worst = 0;
    ml_solver_start(s, NULL, 0, y);
    for (int k = 1; k * h <= t1 + h / 2; k++) {
        assert_int_equal(run_to(s, k * h), MILIEU_OK);
        for (int q = 1; q < 8; q++) {
            double t = ml_solver_time_old(s) + q * h / 8;
            ml_solver_dense(s, t, y);
            worst = fmax(worst, fmax(fabs(y[0] - cos(t)), fabs(y[1] + sin(t))));
        }
    }
    ml_solver_destroy(&s);
    return worst;
}

static void dense_order(void **state) {
    (void)state;
    for (int k = 0; k < NMETHOD; k++) {
        double a = dense_error(methods[k], 0.25, 4), b = dense_error(methods[k], 0.125, 4),
               order = log2(a / b);
        print_message("%s: order %.2f within steps\n", methods[k]->name, order);
        assert_true(order > methods[k]->dense + 1 - 0.25);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tableaus_are_consistent),
        cmocka_unit_test(smooth_order),
        cmocka_unit_test(stiff_order),
        cmocka_unit_test(dense_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
