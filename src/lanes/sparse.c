/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes/sparse.h"

#include "base/fail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A pivot that fell below this part of its diagonal entry has lost its digits. (Entries of a row are no
 * measure: they have different units.) */
static const double PIVOT_LOSS = 1e-11;

/* What ml_lu_create works on: the pattern as a full table of bytes, with counts of the rows and columns
 * not yet eliminated. */
typedef struct Elimination {
    int n;
    unsigned char *full, *done;
    int *row_count, *col_count, *order;
} Elimination;

static void eliminate(Elimination *e, int p) {
    int n = e->n;
    const unsigned char *pivot_row = e->full + (size_t)p * (size_t)n;
    e->done[p] = 1;
    for (int j = 0; j < n; j++)
        if (pivot_row[j] && !e->done[j]) e->col_count[j]--;
    for (int i = 0; i < n; i++) {
        unsigned char *row = e->full + (size_t)i * (size_t)n;
        if (e->done[i] || !row[p]) continue;
        e->row_count[i]--;
        for (int j = 0; j < n; j++) {
            if (!pivot_row[j] || e->done[j] || row[j]) continue;
            row[j] = 1;
            e->row_count[i]++;
            e->col_count[j]++;
        }
    }
}

/* Counts are of entries besides the diagonal. Ties go to the lower index. */
static void find_order(Elimination *e) {
    for (int k = 0; k < e->n; k++) {
        int best = -1;
        long least = 0;
        for (int i = 0; i < e->n; i++) {
            if (e->done[i]) continue;
            long product = (long)e->row_count[i] * e->col_count[i];
            if (best < 0 || product < least) best = i, least = product;
        }
        e->order[k] = best;
        eliminate(e, best);
    }
}

static void fill_pattern(Elimination *e, const int *row_ptr, const int *col) {
    for (int i = 0; i < e->n; i++) {
        unsigned char *row = e->full + (size_t)i * (size_t)e->n;
        row[i] = 1;
        for (int k = row_ptr[i]; k < row_ptr[i + 1]; k++) {
            int j = col[k];
            if (row[j]) continue;
            row[j] = 1;
            e->row_count[i]++;
            e->col_count[j]++;
        }
    }
}

/* Writes the rows of L and U in the order of elimination; place receives where each entry went. */
static void lay_out(const Elimination *e, int *start, int *pivot, int *tail, int *column, int *place) {
    int n = e->n, nnz = 0;
    for (int k = 0; k < n; k++) {
        const unsigned char *row = e->full + (size_t)e->order[k] * (size_t)n;
        start[k] = nnz;
        for (int m = 0; m < n; m++) {
            if (!row[e->order[m]]) continue;
            if (m == k) pivot[k] = nnz;
            place[(size_t)e->order[k] * (size_t)n + (size_t)e->order[m]] = nnz;
            column[nnz++] = m;
        }
        /* the run of columns at the end of U that has no gap */
        tail[k] = nnz;
        while (tail[k] > pivot[k] + 1 && column[tail[k] - 1] == n - 1 - (nnz - tail[k])) tail[k]--;
    }
    start[n] = nnz;
}

static MlLu *assemble(const Elimination *e, const int *row_ptr, const int *col) {
    int n = e->n, nentry = row_ptr[n], nnz = 0;
    for (size_t k = 0; k < (size_t)n * (size_t)n; k++) nnz += e->full[k];
    size_t count = (size_t)(nentry + n + n + (n + 1) + n + n + nnz);
    MlLu *lu = malloc(sizeof *lu + count * sizeof(int));
    int *place = malloc(((size_t)n * (size_t)n + 1) * sizeof(int));
    if (!lu || !place) {
        free(lu);
        free(place);
        return NULL;
    }
    int *slot = (int *)(lu + 1), *diagonal = slot + nentry, *order = diagonal + n, *start = order + n;
    int *pivot = start + n + 1, *tail = pivot + n, *column = tail + n;
    memcpy(order, e->order, (size_t)n * sizeof(int));
    lay_out(e, start, pivot, tail, column, place);
    for (int i = 0; i < n; i++) {
        diagonal[i] = place[(size_t)i * (size_t)n + (size_t)i];
        for (int k = row_ptr[i]; k < row_ptr[i + 1]; k++)
            slot[k] = place[(size_t)i * (size_t)n + (size_t)col[k]];
    }
    free(place);
    *lu = (MlLu){n, nnz, slot, diagonal, order, start, pivot, tail, column};
    return lu;
}

milieu_code ml_lu_create(int n, const int *row_ptr, const int *col, MlLu **lu, milieu_error *err) {
    size_t size = (size_t)n * (size_t)n + (size_t)n;
    Elimination e = {n, calloc(size + 1, 1), NULL, calloc(3 * (size_t)n + 1, sizeof(int)), NULL, NULL};
    *lu = NULL;
    if (e.full && e.row_count) {
        e.done = e.full + (size_t)n * (size_t)n;
        e.col_count = e.row_count + n;
        e.order = e.col_count + n;
        fill_pattern(&e, row_ptr, col);
        find_order(&e);
        *lu = assemble(&e, row_ptr, col);
    }
    free(e.full);
    free(e.row_count);
    return *lu ? MILIEU_OK : ml_fail(err, MILIEU_NO_MEMORY, "sparse matrix", "no memory for %d unknowns", n);
}

void ml_lu_destroy(MlLu **lu) {
    if (!lu) return;
    free(*lu);
    *lu = NULL;
}

/* row -= factor * (row k of U), where row is spread over all positions */
static void subtract_row(const MlLu *lu, const double *restrict value, int k, double factor,
                         double *restrict row) {
    const int *column = lu->column;
    int tail = lu->tail[k], end = lu->start[k + 1], first = lu->n - (end - tail);
    for (int q = lu->pivot[k] + 1; q < tail; q++) row[column[q]] -= factor * value[q];
    for (int q = 0; q < end - tail; q++) row[first + q] -= factor * value[tail + q];
}

int ml_lu_factor(const MlLu *lu, double *restrict value, double *restrict work) {
    const int *column = lu->column;
    for (int k = 0; k < lu->n; k++) {
        int start = lu->start[k], pivot = lu->pivot[k], end = lu->start[k + 1];
        double before = fabs(value[pivot]);
        for (int p = start; p < end; p++) work[column[p]] = value[p];
        for (int p = start; p < pivot; p++) {
            int m = column[p];
            double factor = work[m] * value[lu->pivot[m]]; /* the inverse of that pivot */
            work[m] = factor;
            if (factor != 0) subtract_row(lu, value, m, factor, work);
        }
        for (int p = start; p < end; p++) value[p] = work[column[p]];
        double after = fabs(value[pivot]);
        if (!(after > PIVOT_LOSS * before) || !isfinite(after)) return lu->order[k];
        value[pivot] = 1 / value[pivot];
    }
    return -1;
}

void ml_lu_solve(const MlLu *lu, const double *restrict value, double *restrict b, double *restrict work) {
    const int *column = lu->column, *order = lu->order;
    int n = lu->n;
    for (int k = 0; k < n; k++) {
        double sum = b[order[k]];
        for (int p = lu->start[k]; p < lu->pivot[k]; p++) sum -= value[p] * work[column[p]];
        work[k] = sum;
    }
    for (int k = n - 1; k >= 0; k--) {
        double sum = work[k];
        int pivot = lu->pivot[k];
        for (int p = pivot + 1; p < lu->start[k + 1]; p++) sum -= value[p] * work[column[p]];
        work[k] = sum * value[pivot];
        b[order[k]] = work[k];
    }
}
