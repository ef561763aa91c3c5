/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_LANES_APPLY_H
#define TEST_LANES_APPLY_H

enum {
    APPLY_EXP,
    APPLY_LOG,
    APPLY_SQRT,
    APPLY_ABS,
    APPLY_MIN,
    APPLY_MAX,
    APPLY_POW,
    APPLY_TANH,
    APPLY_SIGMOID,
    APPLY_POS,
    APPLY_SMOOTH_MAX,
    APPLY_SMOOTH_MIN,
    APPLY_HILL,
    APPLY_MASKS,
    APPLY_COUNT
};

/* The same text with real as a double and as eight lanes. */
void apply_scalar(int which, int n, const double *x, const double *y, double *out);
void apply_lanes(int which, int n, const double *x, const double *y, double *out);

#endif
