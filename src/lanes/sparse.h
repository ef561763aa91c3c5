/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_LANES_SPARSE_H
#define ML_LANES_SPARSE_H

#include "base/memory.h"
#include "milieu/error.h"

/* An unknown; short, so that the lists fit the fastest cache. */
typedef unsigned short MlIndex;

/* Factors L D U (L and U with unit diagonals) of matrices that all have the same pattern. The order of
 * elimination and the places of all entries, those that fill in included, are found once; a factorization
 * then allocates nothing and does not pivot: it is meant for I/(h gamma) - J, whose diagonal dominates.
 *
 * Values are kept by the caller: an array of nvalue numbers, of which the first nnz are entries. Put entry k of the pattern that was analyzed at
 * value[slot[k]] and the diagonal of unknown i at value[diagonal[i]], zero elsewhere among the nnz; then factor.
 *
 * All loops run over lists prepared in advance, without branches that depend on a row's length: for rows of a
 * few entries a mispredicted branch costs more than the arithmetic. */
typedef struct MlLu {
    int n, nnz, nentry;
    const int *slot;     /* place of each of the nentry entries of the pattern */
    const int *diagonal; /* place of each diagonal entry */

    /* Values: L by columns in the order of elimination, the diagonal by unknowns, U by columns from the last
     * eliminated to the first. Rows and columns are named by their unknowns. */
    int nlower, nupper;
    const MlIndex *lower_row, *lower_col, *upper_row, *upper_col;
    /* To eliminate the k-th unknown order[k]: its column of L is [lower_ptr[k], lower_ptr[k+1]), its row of U
     * is at the places row_place[row_ptr[k]...]; the products go to target, column of L outside. */
    const int *order, *lower_ptr, *row_ptr, *row_place, *target;

    /* The last ntail unknowns, among which most entries are there, are eliminated as a full matrix: entry k of the
     * first ntail_upper of U, and of L from lower_ptr[n - ntail] on, goes to its place in tail_upper or tail_lower
     * there. That matrix, by columns, is kept behind the entries: nvalue numbers in all. */
    int ntail, ntail_lower, ntail_upper, nvalue;
    const int *tail_lower, *tail_upper;
} MlLu;

/* Finds the order (least Markowitz product, on the diagonal) and the places for a square pattern in
 * compressed rows; the diagonal need not be listed, no entry may be listed twice. n is at most 65535. */
milieu_code ml_lu_create(const MlMemory *memory, int n, const int *ptr, const int *col, MlLu **lu,
                         milieu_error *err);
void ml_lu_destroy(MlLu **lu);

/* Replaces the matrix in value by its factors (the diagonal inverted). Returns -1, or the unknown whose
 * pivot lost its digits or is not finite: no factors then. work: 2 n numbers. */
int ml_lu_factor(const MlLu *lu, double *value, double *work);

/* Solves in place: b becomes x. */
void ml_lu_solve(const MlLu *lu, const double *value, double *b);

#endif
