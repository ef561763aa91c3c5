/* SPDX-License-Identifier: Apache-2.0 */
#include "report/curve.h"

#include <math.h>
#include <stdlib.h>

/* Keeps first, last, lowest and highest of each bucket of a stretch without gaps. */
static int extremes_of(int from, int to, const double *y, double per_bucket, int *keep) {
    int n = 0;
    for (int start = from; start <= to;) {
        int end = start + (int)per_bucket - 1, low = start, high = start;
        if (end > to) end = to;
        for (int j = start; j <= end; j++) {
            if (y[j] < y[low]) low = j;
            if (y[j] > y[high]) high = j;
        }
        for (int j = start; j <= end; j++)
            if (j == start || j == low || j == high || j == end) keep[n++] = j;
        start = end + 1;
    }
    return n;
}

/* Ramer-Douglas-Peucker by the vertical distance, with its own stack of at most n pairs. */
static int straight_out(int n, const int *index, const double *x, const double *y, double tolerance,
                        int *stack, char *chosen) {
    int depth = 0, kept = 0;
    for (int k = 0; k < n; k++) chosen[k] = 0;
    chosen[0] = chosen[n - 1] = 1;
    stack[depth++] = 0, stack[depth++] = n - 1;
    while (depth) {
        int b = stack[--depth], a = stack[--depth], far = -1;
        double most = tolerance, xa = x[index[a]], ya = y[index[a]];
        double slope = x[index[b]] > xa ? (y[index[b]] - ya) / (x[index[b]] - xa) : 0;
        for (int k = a + 1; k < b; k++) {
            double off = fabs(y[index[k]] - ya - slope * (x[index[k]] - xa));
            if (off > most) most = off, far = k;
        }
        if (far < 0) continue;
        chosen[far] = 1;
        stack[depth++] = a, stack[depth++] = far, stack[depth++] = far, stack[depth++] = b;
    }
    for (int k = 0; k < n; k++) kept += chosen[k];
    return kept;
}

int ml_curve_thin(int n, const double *x, const double *y, int buckets, double tolerance, int *keep) {
    if (n <= 0) return 0;
    int *index = malloc((size_t)n * sizeof *index);
    int *stack = malloc((2 * (size_t)n + 4) * sizeof *stack);
    char *chosen = malloc((size_t)n);
    int kept = -1;
    if (index && stack && chosen) {
        double per_bucket = n > 4 * buckets ? ceil((double)n / buckets) : 1;
        kept = 0;
        for (int from = 0; from < n;) {
            int to = from;
            while (to + 1 < n && isnan(y[to + 1]) == isnan(y[from])) to++;
            if (isnan(y[from])) {
                keep[kept++] = from;
            } else {
                int m = extremes_of(from, to, y, per_bucket, index);
                straight_out(m, index, x, y, tolerance, stack, chosen);
                for (int k = 0; k < m; k++)
                    if (chosen[k]) keep[kept++] = index[k];
            }
            from = to + 1;
        }
    }
    free(index);
    free(stack);
    free(chosen);
    return kept;
}
