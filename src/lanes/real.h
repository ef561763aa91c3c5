/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_LANES_REAL_H
#define ML_LANES_REAL_H

/* The arithmetic in which the physiology is written. Define ML_LANES before including:
 *
 *     undefined or 1   real is double, for one person
 *     8                real is MlReal8, for eight people side by side
 *
 * Plain + - * / work on both, also between a real and a constant. Every function here does the same
 * operations in the same order for both widths, and the project is compiled without contraction of
 * a*b+c, so a lane gives the same bits as one person alone, on every CPU.
 *
 * With lanes, everything that takes or returns a real must be inlined (ML_INLINE): a vector that no
 * register holds has no settled calling convention. Since nothing is called, the project is compiled
 * with -Wno-psabi. */

#include "lanes/real8.h"

#ifndef ML_LANES
#define ML_LANES 1
#endif

#define ML_INLINE static inline __attribute__((always_inline))

/* Before a function that works on lanes: compiled for wider registers too and chosen at run time, where the
 * compiler can. The bits are the same. (Clang before 16 loses such functions between files; sanitizers
 * are not ready when the choice is made.) */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&                                  \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ML_CLONES
#define ML_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ML_WIDE
#endif

#if ML_LANES == 8

typedef MlReal8 real;
typedef MlMask8 rmask; /* 0 or -1 in each lane */
typedef unsigned long long MlBits __attribute__((vector_size(64)));

ML_INLINE MlBits ml_bits(real x) { return (MlBits)x; }
ML_INLINE real ml_from_bits(MlBits b) { return (real)b; }
/* The same number in all lanes. */
ML_INLINE real r_of(double x) { return x - (real){0}; }
/* a where the mask holds, else b. Both are computed. */
ML_INLINE real r_select(rmask m, real a, real b) { return (real)(((rmask)a & m) | ((rmask)b & ~m)); }
ML_INLINE rmask r_not(rmask m) { return ~m; }
ML_INLINE real r_abs(real x) { return ml_from_bits(ml_bits(x) & 0x7fffffffffffffffULL); }
ML_INLINE real r_sqrt(real x) {
    real y = x;
    for (int i = 0; i < 8; i++) y[i] = __builtin_sqrt(x[i]);
    return y;
}

/* GCC compares a vector wider than the registers one element at a time, so hand it what fits: of clones (ML_WIDE) the
 * wider, as the macros of a machine tell nothing of them. */
#if defined(__clang__) || defined(__AVX512F__)
#define ML_COMPARE(a, op, b) ((a)op(b))
#elif defined(__AVX__) || defined(ML_CLONES)
typedef double MlPart __attribute__((vector_size(32)));
#define ML_PART(v, i) __builtin_shufflevector(v, v, 4 * (i), 4 * (i) + 1, 4 * (i) + 2, 4 * (i) + 3)
#define ML_COMPARE(a, op, b)                                                                                 \
    __builtin_shufflevector(ML_PART(a, 0) op ML_PART(b, 0), ML_PART(a, 1) op ML_PART(b, 1), 0, 1, 2, 3, 4,   \
                            5, 6, 7)
#else
#define ML_PART(v, i) __builtin_shufflevector(v, v, 2 * (i), 2 * (i) + 1)
#define ML_HALF(a, op, b, i)                                                                                 \
    __builtin_shufflevector(ML_PART(a, i) op ML_PART(b, i), ML_PART(a, i + 1) op ML_PART(b, i + 1), 0, 1, 2, \
                            3)
#define ML_COMPARE(a, op, b)                                                                                 \
    __builtin_shufflevector(ML_HALF(a, op, b, 0), ML_HALF(a, op, b, 2), 0, 1, 2, 3, 4, 5, 6, 7)
#endif

#elif ML_LANES == 1

#define ML_COMPARE(a, op, b) ((a)op(b))

typedef double real;
typedef int rmask; /* 0 or 1 */
typedef unsigned long long MlBits;

ML_INLINE MlBits ml_bits(real x) {
    MlBits b;
    __builtin_memcpy(&b, &x, sizeof b);
    return b;
}
ML_INLINE real ml_from_bits(MlBits b) {
    real x;
    __builtin_memcpy(&x, &b, sizeof x);
    return x;
}
ML_INLINE real r_of(double x) { return x; }
ML_INLINE real r_select(rmask m, real a, real b) { return m ? a : b; }
ML_INLINE rmask r_not(rmask m) { return !m; }
ML_INLINE real r_abs(real x) { return __builtin_fabs(x); }
ML_INLINE real r_sqrt(real x) { return __builtin_sqrt(x); }

#else
#error "ML_LANES must be 1 or 8"
#endif

ML_INLINE rmask r_lt(real a, real b) { return (rmask)ML_COMPARE(a, <, b); }
ML_INLINE rmask r_gt(real a, real b) { return (rmask)ML_COMPARE(a, >, b); }
ML_INLINE rmask r_le(real a, real b) { return (rmask)ML_COMPARE(a, <=, b); }
ML_INLINE rmask r_ge(real a, real b) { return (rmask)ML_COMPARE(a, >=, b); }
ML_INLINE rmask r_eq(real a, real b) { return (rmask)ML_COMPARE(a, ==, b); }
ML_INLINE rmask r_and(rmask a, rmask b) { return a & b; }
ML_INLINE rmask r_or(rmask a, rmask b) { return a | b; }

/* A NaN in b comes through, one in a does not. */
ML_INLINE real r_min(real a, real b) { return r_select(r_lt(a, b), a, b); }
ML_INLINE real r_max(real a, real b) { return r_select(r_gt(a, b), a, b); }

/* ln 2 in two parts; the product of the first with any exponent is exact. */
#define ML_LN2_HIGH 0x1.62e42fefa3000p-1
#define ML_LN2_LOW 0x1.3de6af278ece6p-42

/* exp(x) within 1 ulp: x = k ln 2 + r with |r| <= ln 2 / 2, then exp(r) = 1 + r + r^2 q(r), where q is the
 * polynomial of degree 9 of least greatest error (3.6e-18 of the result). Overflow gives infinity,
 * underflow goes through the subnormal numbers to 0, NaN stays NaN. */
ML_INLINE real r_exp(real x) {
    x = r_select(r_gt(x, r_of(800.0)), r_of(800.0), x);
    x = r_select(r_lt(x, r_of(-800.0)), r_of(-800.0), x);
    /* adding 1.5 * 2^52 rounds to an integer, which is then in the low bits */
    real k = (x * 0x1.71547652b82fep+0 + 0x1.8p52) - 0x1.8p52;
    real r = (x - k * ML_LN2_HIGH) - k * ML_LN2_LOW;
    real r2 = r * r;
    real a0 = 0x1.000000000000ap-1 + 0x1.55555555554fap-3 * r;
    real a1 = 0x1.555555555087cp-5 + 0x1.1111111127be7p-7 * r;
    real a2 = 0x1.6c16c1842a13fp-10 + 0x1.a01a012a5709fp-13 * r;
    real a3 = 0x1.a0199a0c60f6fp-16 + 0x1.71df2553cc5bdp-19 * r;
    real a4 = 0x1.28ad72d279198p-22 + 0x1.ad7f6c6c7fa5ep-26 * r;
    real r4 = r2 * r2;
    real q = (a0 + a1 * r2) + r4 * ((a2 + a3 * r2) + r4 * a4);
    real e = 1.0 + (r + r2 * q);
    /* times 2^k in two steps, so that k may exceed the range of one exponent */
    real half = k * 0.5 + 0x1.8p52;
    real rest = (k - (half - 0x1.8p52)) + 0x1.8p52;
    real scale1 = ml_from_bits((ml_bits(half) << 52) + 0x3ff0000000000000ULL);
    real scale2 = ml_from_bits((ml_bits(rest) << 52) + 0x3ff0000000000000ULL);
    return (e * scale1) * scale2;
}

/* ln(x) within 1 ulp: x = 2^k m with m from sqrt(1/2) to sqrt(2), f = m - 1, s = f / (2 + f), and
 * ln m = f - f^2/2 + s (f^2/2 + z p(z)), z = s^2, where p is the polynomial of degree 6 of least greatest
 * error (1.2e-18 of the result). ln(0) = -infinity; below 0 NaN; NaN stays NaN. */
ML_INLINE real r_log(real x) {
    /* subnormal numbers are scaled up; the exponent of the scale is taken off again */
    real scale = r_select(r_lt(x, r_of(0x1p-1022)), r_of(0x1p54), r_of(1.0));
    real y = x * scale;
    /* the exponent of y / sqrt(1/2), as a number, and what is left */
    MlBits b = ml_bits(y) + (0x3ff0000000000000ULL - 0x3fe6a09e667f3bcdULL);
    real k = ml_from_bits((b >> 52) | 0x4330000000000000ULL) - 0x1p52;
    k = k - (ml_from_bits((ml_bits(scale) >> 52) | 0x4330000000000000ULL) - 0x1p52);
    real m = ml_from_bits((b & 0x000fffffffffffffULL) + 0x3fe6a09e667f3bcdULL);
    real f = m - 1.0;
    real s = f / (f + 2.0);
    real z = s * s;
    real z2 = z * z;
    real a0 = 0x1.5555555555592p-1 + 0x1.999999997fd77p-2 * z;
    real a1 = 0x1.24924941f4fb8p-2 + 0x1.c71c520607e4ep-3 * z;
    real a2 = 0x1.74663fa22a684p-3 + 0x1.39a1a6f6bda20p-3 * z;
    real p = a0 + z2 * (a1 + z2 * (a2 + z2 * 0x1.2f06348b279b0p-3));
    real half = 0.5 * f * f;
    real v = k * ML_LN2_HIGH + (f - (half - (s * (half + z * p) + k * ML_LN2_LOW)));
    v = r_select(r_lt(x, r_of(__builtin_inf())), v, x);
    v = r_select(r_gt(x, r_of(0.0)), v, r_of(__builtin_nan("")));
    return r_select(r_eq(x, r_of(0.0)), r_of(-__builtin_inf()), v);
}

/* a to the power b, for a >= 0. The relative error grows as 1e-16 |b ln a|. */
ML_INLINE real r_pow(real a, real b) { return r_exp(b * r_log(a)); }

/* 1 / (1 + exp(-x)) */
ML_INLINE real r_sigmoid(real x) { return 1.0 / (1.0 + r_exp(-x)); }

/* tanh within a few ulp, small arguments included. */
ML_INLINE real r_tanh(real x) {
    real a = r_abs(x);
    real e = r_exp(-2.0 * a);
    real far = (1.0 - e) / (1.0 + e);
    real z = x * x;
    real z2 = z * z;
    real a0 = -0x1.55555555554f6p-2 + 0x1.11111110fe084p-3 * z;
    real a1 = -0x1.ba1ba190e191dp-5 + 0x1.664f3352bff8cp-6 * z;
    real a2 = -0x1.22685fc88841ap-7 + 0x1.d50e00db89a35p-9 * z;
    real near = x + x * (z * (a0 + z2 * (a1 + z2 * (a2 + z2 * -0x1.598d7440e373bp-10))));
    return r_select(r_lt(a, r_of(0.25)), near, r_select(r_lt(x, r_of(0.0)), -far, far));
}

/* A smooth max(x, 0), width > 0: (x + sqrt(x^2 + width^2)) / 2, free of cancellation far below 0. */
ML_INLINE real r_pos(real x, real width) {
    real q = r_abs(x) + r_sqrt(x * x + width * width);
    return r_select(r_lt(x, r_of(0.0)), 0.5 * width * width / q, 0.5 * q);
}

/* The same, 0 at 0. */
ML_INLINE real r_over(real x, real width) { return r_pos(x, width) - r_pos(r_of(0.0), width); }

/* A smooth max(a, b); it exceeds the larger one by width/2 where they are equal. */
ML_INLINE real r_smooth_max(real a, real b, real width) { return b + r_pos(a - b, width); }

/* A smooth min(a, b). */
ML_INLINE real r_smooth_min(real a, real b, real width) { return b - r_pos(b - a, width); }

/* Hill's law x^n / (half^n + x^n); 0 where x <= 0. */
ML_INLINE real r_hill(real x, real half, real n) { return r_sigmoid(n * r_log(r_max(x, r_of(0.0)) / half)); }

#endif
