/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_CURVE_H
#define ML_REPORT_CURVE_H

/* Thins n points of a curve to those that are seen: first the extremes of every `buckets`-th of the x range,
 * then whatever departs from a straight line by more than tolerance (in y). Fills keep with the indexes kept,
 * in order; keep holds n. Returns their number; -1 without memory. Gaps (NaN) stay where they are. */
int ml_curve_thin(int n, const double *x, const double *y, int buckets, double tolerance, int *keep);

#endif
