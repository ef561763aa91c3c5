/* SPDX-License-Identifier: Apache-2.0 */
/* Differences against derivatives, colors, and the probe of what rows read. */
#include "problems.h"
#include "solve/jacobian.h"
#include "solve/stoichiometry.h"
#include "synthetic.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The Jacobian of a small problem as a full matrix (rows of n numbers). */
static void full_jacobian(const MlProblem *p, const void *ctx, const double *y, double *full) {
    MlJacobian *jac;
    assert_int_equal(ml_jacobian_create(NULL, p, &jac, NULL), MILIEU_OK);
    const MlLu *lu = ml_jacobian_lu(jac);
    size_t n = (size_t)p->n;
    double *value = malloc((size_t)lu->nnz * sizeof *value), *row = malloc((size_t)p->nrow * sizeof *row);
    double *scale = malloc(n * sizeof *scale);
    assert_true(value && row && scale);
    for (size_t i = 0; i < n; i++) scale[i] = 1e6 * p->atol[i];
    p->rows(ctx, 0, y, row);
    assert_int_equal(ml_jacobian_evaluate(jac, ctx, 0, y, row, scale, value), -1);
    memset(full, 0, n * n * sizeof *full);
    for (int k = 0; k < lu->nlower; k++) full[lu->lower_row[k] * n + lu->lower_col[k]] = value[k];
    for (size_t i = 0; i < n; i++) full[i * n + i] = value[lu->diagonal[i]];
    const double *upper = value + lu->nlower + p->n;
    for (int k = 0; k < lu->nupper; k++) full[lu->upper_row[k] * n + lu->upper_col[k]] = upper[k];
    free(value);
    free(row);
    free(scale);
    ml_jacobian_destroy(&jac);
}

static void near(double a, double b, double tolerance) {
    if (fabs(a - b) > tolerance) fail_msg("%.17g is not near %.17g", a, b);
}

static void equals_the_derivative(void **state) {
    (void)state;
    double j[9], y[3] = {0.7, 2e-5, 0.3};
    full_jacobian(&robertson, NULL, y, j);
    const double exact[9] = {-0.04,       1e4 * y[2], 1e4 * y[1], 0.04, -1e4 * y[2] - 6e7 * y[1],
                             -1e4 * y[1], 0,          6e7 * y[1], 0};
    for (int k = 0; k < 9; k++) near(j[k], exact[k], 1e-5 * (fabs(exact[k]) + 1e-3));
    double mu = 100, x[2] = {1.5, -0.7}, v[4];
    full_jacobian(&van_der_pol, &mu, x, v);
    near(v[0], 0, 1e-6);
    near(v[1], 1, 1e-6);
    near(v[2], -2 * mu * x[0] * x[1] - 1, 1e-4);
    near(v[3], mu * (1 - x[0] * x[0]), 1e-4);
}

/* A state that is seldom there is moved as any other where it is or comes, else not at all. */
static void absent_states_are_left_out(void **state) {
    (void)state;
    MlProblem p = robertson;
    p.seldom = (const unsigned char[]){0, 1, 1};
    const double present[][3] = {{0.7, 2e-5, 0.3}, {1, 0, 0}}, none[3] = {0};
    double all[9], some[9];
    for (int i = 0; i < 2; i++) {
        full_jacobian(&robertson, NULL, present[i], all);
        full_jacobian(&p, NULL, present[i], some);
        assert_memory_equal(all, some, sizeof all);
    }
    full_jacobian(&robertson, NULL, none, all);
    full_jacobian(&p, NULL, none, some);
    assert_true(all[7] != 0 && some[7] == 0);
    assert_true(some[0] == all[0] && some[3] == all[3]);
}

/* Against differences of one state at a time; columns of accumulators are empty. */
static void colors_do_not_mix_columns(void **state) {
    (void)state;
    static SyntheticProblem s;
    static double full[SYN_N * SYN_N], row[SYN_NROW], moved[SYN_NROW], f[SYN_N], g[SYN_N], y[SYN_N];
    assert_int_equal(syn_create(&s, 1), 0);
    MlStoichiometry *a;
    assert_int_equal(ml_stoichiometry_create(NULL, &s.problem, &a, NULL), MILIEU_OK);
    memcpy(y, s.y0, sizeof y);
    full_jacobian(&s.problem, &s.ctx, y, full);
    syn_rows(&s.ctx, 0, y, row);
    ml_stoichiometry_apply(a, row, f);
    for (int j = 0; j < SYN_N; j++) {
        double keep = y[j], target = keep + 0x1p-26 * fmax(fabs(keep), 1e6 * s.atol[j]);
        y[j] = target;
        syn_rows(&s.ctx, 0, y, moved);
        y[j] = keep;
        for (int r = 0; r < SYN_NROW; r++) moved[r] -= row[r];
        ml_stoichiometry_apply(a, moved, g);
        for (int i = 0; i < SYN_N; i++) {
            double d = g[i] / (target - keep);
            near(full[i * SYN_N + j], d, 1e-12 * fabs(d) + 1e-12);
            if (j >= SYN_POOLS) assert_true(full[i * SYN_N + j] == 0);
        }
    }
    ml_stoichiometry_destroy(&a);
    syn_free(&s);
}

static void lanes_equal_scalars(void **state) {
    (void)state;
    static SyntheticProblem s;
    static MlReal8 y8[SYN_N], row8[SYN_NROW];
    double y[SYN_N], row[SYN_NROW];
    assert_int_equal(syn_create(&s, 1), 0);
    for (int i = 0; i < SYN_N; i++)
        for (int l = 0; l < 8; l++) y8[i][l] = s.y0[i] * (1 + 0.05 * l) - 0.01 * l * (i % 3);
    syn_rows8(&s.ctx, 0, y8, row8);
    for (int l = 0; l < 8; l++) {
        for (int i = 0; i < SYN_N; i++) y[i] = y8[i][l];
        syn_rows(&s.ctx, 0, y, row);
        for (int r = 0; r < SYN_NROW; r++) {
            double lane = row8[r][l];
            assert_memory_equal(&lane, &row[r], sizeof lane);
        }
    }
    syn_free(&s);
}

static void stoichiometry_adds_in_order(void **state) {
    (void)state;
    static SyntheticProblem s;
    double row[SYN_NROW], f[SYN_N];
    assert_int_equal(syn_create(&s, 1), 0);
    MlStoichiometry *a;
    assert_int_equal(ml_stoichiometry_create(NULL, &s.problem, &a, NULL), MILIEU_OK);
    syn_rows(&s.ctx, 0, s.y0, row);
    ml_stoichiometry_apply(a, row, f);
    for (int i = 0; i < SYN_N; i++) {
        double sum = 0;
        for (int k = s.A_ptr[i]; k < s.A_ptr[i + 1]; k++) sum += s.A_val[k] * row[s.A_col[k]];
        assert_memory_equal(&sum, &f[i], sizeof sum);
    }
    ml_stoichiometry_destroy(&a);
    syn_free(&s);
}

static void probe_finds_what_rows_read(void **state) {
    (void)state;
    int *ptr, *col;
    const double point[6] = {0.5, 0.1, 0.2, 0.3, 0.7, 0.9};
    assert_int_equal(ml_probe_pattern(NULL, &robertson, NULL, 0, 2, point, &ptr, &col, NULL), MILIEU_OK);
    assert_memory_equal(ptr, robertson.read_ptr, 4 * sizeof(int));
    assert_memory_equal(col, robertson.read_col, 4 * sizeof(int));
    ml_free(ptr);
    ml_free(col);
    static SyntheticProblem s;
    assert_int_equal(syn_create(&s, 1), 0);
    for (int k = 0; k < s.read_ptr[SYN_NROW]; k++) assert_true(s.read_col[k] < SYN_POOLS);
    /* a reaction reads its two solutes; osmosis three of two compartments with their volumes */
    assert_int_equal(s.read_ptr[SYN_REACTION + 1] - s.read_ptr[SYN_REACTION], 2);
    assert_int_equal(s.read_ptr[SYN_OSMOSIS + 1] - s.read_ptr[SYN_OSMOSIS], 8);
    syn_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_derivative),      cmocka_unit_test(colors_do_not_mix_columns),
        cmocka_unit_test(lanes_equal_scalars),        cmocka_unit_test(stoichiometry_adds_in_order),
        cmocka_unit_test(probe_finds_what_rows_read), cmocka_unit_test(absent_states_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
