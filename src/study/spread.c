/* SPDX-License-Identifier: Apache-2.0 */
#include "study/spread.h"

#include <math.h>

/* By Newton steps on the distribution function: erfc is exact to rounding, the start a logistic curve. */
double ml_normal_quantile(double p) {
    const double root_half = 0.70710678118654752440, density = 0.39894228040143267794;
    if (p > 0.5) return -ml_normal_quantile(1 - p); /* erfc is precise in the lower tail */
    double x = log(p / (1 - p)) / 1.702;
    if (x < -4) x = -sqrt(-2 * log(p));
    for (int i = 0; i < 60; i++) {
        const double step = (0.5 * erfc(-x * root_half) - p) / (density * exp(-0.5 * x * x));
        x -= fmax(-1, fmin(1, step));
        if (fabs(step) < 1e-14) break;
    }
    return x;
}

double ml_sd_of_sem(double sem, int n) { return sem * sqrt(n); }

double ml_sd_of_quartiles(double low, double high) { return (high - low) / 1.35; }

double ml_sd_of_range(double low, double high, int n) {
    return (high - low) / (2 * ml_normal_quantile((n - 0.375) / (n + 0.25)));
}
