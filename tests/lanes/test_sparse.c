/* SPDX-License-Identifier: Apache-2.0 */
/* Sparse factors against dense elimination on random patterns. */
#include "lanes/sparse.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 60 };

typedef struct Matrix {
    int n, ptr[MOST + 1], col[MOST * MOST];
    double value[MOST * MOST], full[MOST][MOST];
} Matrix;

static double uniform(uint64_t *seed, double low, double high) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(*seed >> 11) * 0x1p-53;
}

/* A random pattern with a dominant diagonal, which is listed for some rows only. */
static void make(Matrix *m, int n, double density, uint64_t *seed) {
    int count = 0;
    memset(m, 0, sizeof *m);
    m->n = n;
    for (int i = 0; i < n; i++) {
        m->ptr[i] = count;
        for (int j = 0; j < n; j++) {
            if (i == j ? i % 2 : uniform(seed, 0, 1) > density) continue;
            m->col[count] = j;
            m->value[count] = uniform(seed, -1, 1) * (i == j ? 0 : pow(10, uniform(seed, -3, 0)));
            m->full[i][j] = m->value[count++];
        }
        double sum = 1;
        for (int j = 0; j < n; j++) sum += fabs(m->full[i][j]);
        m->full[i][i] = sum;
    }
    m->ptr[n] = count;
}

static double *fill(const Matrix *m, const MlLu *lu) {
    double *value = calloc((size_t)lu->nvalue + 1, sizeof *value);
    assert_non_null(value);
    for (int k = 0; k < m->ptr[m->n]; k++) value[lu->slot[k]] += m->value[k];
    for (int i = 0; i < m->n; i++) value[lu->diagonal[i]] = m->full[i][i];
    return value;
}

static double residual(const Matrix *m, const double *x, const double *b) {
    double worst = 0;
    for (int i = 0; i < m->n; i++) {
        double sum = -b[i], size = fabs(b[i]);
        for (int j = 0; j < m->n; j++) {
            sum += m->full[i][j] * x[j];
            size += fabs(m->full[i][j] * x[j]);
        }
        worst = fmax(worst, fabs(sum) / size);
    }
    return worst;
}

static void solves_random_patterns(void **state) {
    (void)state;
    static Matrix m;
    uint64_t seed = 3;
    for (int round = 0; round < 200; round++) {
        int n = 1 + round % MOST;
        make(&m, n, uniform(&seed, 0, 0.3), &seed);
        MlLu *lu;
        assert_int_equal(ml_lu_create(NULL, n, m.ptr, m.col, &lu, NULL), MILIEU_OK);
        double *value = fill(&m, lu), b[MOST], x[MOST], work[2 * MOST];
        for (int i = 0; i < n; i++) x[i] = b[i] = uniform(&seed, -1, 1);
        assert_int_equal(ml_lu_factor(lu, value, work), -1);
        ml_lu_solve(lu, value, x);
        assert_true(residual(&m, x, b) < 1e-15 * (4 + n));
        free(value);
        ml_lu_destroy(&lu);
        assert_null(lu);
    }
}

/* An arrow pointing to the first unknown fills in completely unless that one comes last. */
static void order_avoids_fill(void **state) {
    (void)state;
    enum { N = 50 };
    int ptr[N + 1] = {0}, col[4 * N], count = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            if (i != j && (i == 0 || j == 0)) col[count++] = j;
        ptr[i + 1] = count;
    }
    MlLu *lu;
    assert_int_equal(ml_lu_create(NULL, N, ptr, col, &lu, NULL), MILIEU_OK);
    assert_int_equal(lu->nnz, 3 * N - 2);
    ml_lu_destroy(&lu);
}

/* Unknowns that nothing reads cost no elimination. */
static void accumulators_are_free(void **state) {
    (void)state;
    enum { N = 40, POOLS = 10 };
    int ptr[N + 1] = {0}, col[N * POOLS], count = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < POOLS; j++)
            if (i != j && (i + j) % 3 == 0) col[count++] = j;
        ptr[i + 1] = count;
    }
    MlLu *lu;
    assert_int_equal(ml_lu_create(NULL, N, ptr, col, &lu, NULL), MILIEU_OK);
    for (int k = 0; k < lu->nlower; k++) assert_true(lu->lower_row[k] < POOLS);
    ml_lu_destroy(&lu);
}

static void lost_pivots_are_reported(void **state) {
    (void)state;
    const int ptr[] = {0, 2, 4, 5}, col[] = {0, 1, 0, 1, 2};
    MlLu *lu;
    assert_int_equal(ml_lu_create(NULL, 3, ptr, col, &lu, NULL), MILIEU_OK);
    const double cases[][5] = {
        {1, 2, 2, 4, 1}, {0, 1, 1, 0, 1}, {1, 2, 3, 4, HUGE_VAL - HUGE_VAL}, {HUGE_VAL, 1, 1, 1, 1}};
    for (size_t c = 0; c < 4; c++) {
        double value[8] = {0}, work[6];
        assert_true(lu->nnz <= 8);
        for (int k = 0; k < 5; k++) value[lu->slot[k]] = cases[c][k];
        int lost = ml_lu_factor(lu, value, work);
        assert_true(c == 2 ? lost == 2 : lost == 0 || lost == 1);
    }
    ml_lu_destroy(&lu);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solves_random_patterns),
        cmocka_unit_test(order_avoids_fill),
        cmocka_unit_test(accumulators_are_free),
        cmocka_unit_test(lost_pivots_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
