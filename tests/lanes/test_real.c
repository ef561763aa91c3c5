/* SPDX-License-Identifier: Apache-2.0 */
/* The elementary functions against the long double ones of libm, and lanes against scalars, bit by bit. */
#include "apply.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { N = 4096 };

static uint64_t next(uint64_t *seed) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *seed, double low, double high) {
    return low + (high - low) * ((double)(next(seed) >> 11) * 0x1p-53);
}

/* Distance of x from the exact value in units of its last place. */
static double ulps(double x, long double exact) {
    double e = (double)exact;
    if (isnan(e) || isinf(e)) return (isnan(e) && isnan(x)) || x == e ? 0 : HUGE_VAL;
    int k;
    frexp(e, &k);
    double unit = ldexp(1.0, k - 53 < -1074 ? -1074 : k - 53);
    return (double)(fabsl((long double)x - exact) / (long double)unit);
}

static double worst(int which, double low, double high, long double (*exact)(long double)) {
    uint64_t seed = 1;
    double x[N], out[N], max = 0;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < N; i++) x[i] = uniform(&seed, low, high);
        apply_scalar(which, N, x, x, out);
        for (int i = 0; i < N; i++) max = fmax(max, ulps(out[i], exact((long double)x[i])));
    }
    return max;
}

static void exp_is_accurate(void **state) {
    (void)state;
    assert_true(worst(APPLY_EXP, -1, 1, expl) < 1.0);
    assert_true(worst(APPLY_EXP, -708, 709.7, expl) < 1.0);
    assert_true(worst(APPLY_EXP, -746, -708, expl) < 1.5);
    double x[8] = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, nan(""), 709.782712893384, 709.7827128933841, -745.14},
           out[8];
    apply_scalar(APPLY_EXP, 8, x, x, out);
    assert_true(out[0] == 1 && out[1] == 1 && out[2] == HUGE_VAL && out[3] == 0);
    assert_true(isnan(out[4]) && isfinite(out[5]) && isinf(out[6]) && out[7] == 0);
}

static void log_is_accurate(void **state) {
    (void)state;
    assert_true(worst(APPLY_LOG, 0.5, 2, logl) < 1.0);
    assert_true(worst(APPLY_LOG, 0, 1e3, logl) < 1.0);
    assert_true(worst(APPLY_LOG, 0, 1.7e308, logl) < 1.0);
    assert_true(worst(APPLY_LOG, 0, 1e-307, logl) < 1.0);
    assert_true(worst(APPLY_LOG, 5e-324, 1e-320, logl) < 1.0);
    double x[8] = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, nan(""), -1, 1, 5e-324}, out[8];
    apply_scalar(APPLY_LOG, 8, x, x, out);
    assert_true(out[0] == -HUGE_VAL && out[1] == -HUGE_VAL && out[2] == HUGE_VAL && isnan(out[3]));
    assert_true(isnan(out[4]) && isnan(out[5]) && out[6] == 0 && ulps(out[7], logl((long double)5e-324)) < 1);
}

static long double sigmoidl(long double x) { return 1 / (1 + expl(-x)); }
static long double half_wavel(long double x) { return 0.5L * (x + sqrtl(x * x + x * x)); }

static void derived_functions_are_accurate(void **state) {
    (void)state;
    assert_true(worst(APPLY_TANH, -0.3, 0.3, tanhl) < 4);
    assert_true(worst(APPLY_TANH, -30, 30, tanhl) < 4);
    assert_true(worst(APPLY_SIGMOID, -700, 700, sigmoidl) < 4);
    assert_true(worst(APPLY_POS, 0, 5, half_wavel) < 4);
    double x[8] = {2, 10, 0, 1, 3, 0.5, 7, 9}, y[8] = {10, -3, 2, 5, 0.5, 0.5, -1, 0}, out[8];
    apply_scalar(APPLY_POW, 8, x, y, out);
    for (int i = 0; i < 8; i++) assert_true(fabs(out[i] - pow(x[i], y[i])) <= 2e-15 * pow(x[i], y[i]));
}

/* Far below zero the smooth positive part is width^2 / (4 |x|), not rounding noise. */
static void smooth_laws(void **state) {
    (void)state;
    double x[8] = {-1e6, -1, 0, 1, 1e6, 3, -3, 0}, y[8] = {1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 3, -2, 5}, out[8];
    apply_scalar(APPLY_POS, 8, x, y, out);
    assert_true(fabs(out[0] / 2.5e-13 - 1) < 1e-12);
    assert_true(fabs(out[1] / 2.5e-7 - 1) < 1e-6);
    assert_true(out[2] == 5e-4 && out[3] > 1 && out[4] >= 1e6);
    apply_scalar(APPLY_SMOOTH_MAX, 8, x, y, out);
    for (int i = 0; i < 8; i++) assert_true(out[i] >= fmax(x[i], y[i]) && out[i] <= fmax(x[i], y[i]) + 0.25);
    apply_scalar(APPLY_SMOOTH_MIN, 8, x, y, out);
    for (int i = 0; i < 8; i++) assert_true(out[i] <= fmin(x[i], y[i]) && out[i] >= fmin(x[i], y[i]) - 0.25);
    double a[8] = {-1, 0, 5, 10, 1e-300, 1e300, 2, 20}, half[8] = {5, 5, 5, 5, 5, 5, 5, 5};
    apply_scalar(APPLY_HILL, 8, a, half, out);
    assert_true(out[0] == 0 && out[1] == 0 && out[2] == 0.5 && out[4] >= 0 && out[5] == 1);
    double p = pow(10, 2.5) / (pow(5, 2.5) + pow(10, 2.5));
    assert_true(fabs(out[3] - p) < 1e-15);
}

static int same(double a, double b) { return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0; }

static void lanes_give_the_bits_of_scalars(void **state) {
    (void)state;
    const double special[] = {
        0.0, -0.0, 1, -1, HUGE_VAL, -HUGE_VAL, nan(""), 5e-324, 2.2250738585072014e-308};
    uint64_t seed = 7;
    double x[N], y[N], a[N], b[N];
    for (int which = 0; which < APPLY_COUNT; which++) {
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < N; i++) {
                uint64_t u = next(&seed), v = next(&seed);
                memcpy(&x[i], &u, sizeof u);
                memcpy(&y[i], &v, sizeof v);
                if (round % 3 == 1) x[i] = uniform(&seed, -800, 800), y[i] = uniform(&seed, -3, 3);
                if (round % 3 == 2) x[i] = uniform(&seed, 0, 10), y[i] = uniform(&seed, 0, 10);
                if (i % 16 == 0) x[i] = special[i / 16 % 9];
            }
            apply_scalar(which, N, x, y, a);
            apply_lanes(which, N, x, y, b);
            for (int i = 0; i < N; i++)
                if (!same(a[i], b[i]))
                    fail_msg("function %d of %a, %a: %a and %a", which, x[i], y[i], a[i], b[i]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_accurate),
        cmocka_unit_test(log_is_accurate),
        cmocka_unit_test(derived_functions_are_accurate),
        cmocka_unit_test(smooth_laws),
        cmocka_unit_test(lanes_give_the_bits_of_scalars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
