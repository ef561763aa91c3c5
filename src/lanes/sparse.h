/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_LANES_SPARSE_H
#define ML_LANES_SPARSE_H

#include "milieu/error.h"

/* LU factors of matrices that all have the same pattern. The order of elimination and the places of all
 * entries, those that fill in included, are found once; a factorization then allocates nothing and does
 * not pivot: it is meant for I/(h gamma) - J, whose diagonal dominates.
 *
 * Values are kept by the caller: an array of nnz numbers. Put entry k of the pattern that was analyzed at
 * value[slot[k]] and the diagonal of unknown i at value[diagonal[i]], zero elsewhere; then factor. */
typedef struct MlLu {
    int n, nnz;
    const int *slot;     /* place of each entry of the pattern */
    const int *diagonal; /* place of each diagonal entry */

    /* Rows in the order of elimination; positions, not unknowns, number rows and columns below. Row k:
     * L in [start[k], pivot[k]), the pivot, U in (pivot[k], start[k+1]), columns ascending. From U entry
     * tail[k] on the columns run to the last without a gap. */
    const int *order; /* order[k]: the unknown eliminated as the k-th */
    const int *start, *pivot, *tail, *column;
} MlLu;

/* Finds the order (least Markowitz product, on the diagonal) and the places for a square pattern in
 * compressed rows; the diagonal need not be listed, no entry may be listed twice. */
milieu_code ml_lu_create(int n, const int *row_ptr, const int *col, MlLu **lu, milieu_error *err);
void ml_lu_destroy(MlLu **lu);

/* Replaces the matrix in value by its factors. Returns -1, or the unknown whose pivot lost its
 * digits or is not finite: no factors then. work: n numbers. */
int ml_lu_factor(const MlLu *lu, double *value, double *work);

/* Solves in place: b becomes x. work: n numbers. */
void ml_lu_solve(const MlLu *lu, const double *value, double *b, double *work);

#endif
