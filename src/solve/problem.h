/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_PROBLEM_H
#define ML_SOLVE_PROBLEM_H

#include "lanes/real8.h"

/* The equations, as the integrator sees them:
 *
 *     dy/dt = A row(t, y)
 *
 * Each row is a named flow or a rate; A (constant, sparse) holds the stoichiometry. Whatever A
 * conserves, every step conserves to rounding, because the Jacobian is A d(row)/dy too. */
typedef struct MlProblem {
    int n;    /* states */
    int nrow; /* flows and rates */

    /* Evaluates all rows for one person. ctx carries parameters and inputs. */
    void (*rows)(const void *ctx, double t, const double *y, double *row);
    /* The same for eight states side by side: y[i] holds state i of eight trial states. */
    void (*rows8)(const void *ctx, double t, const MlReal8 *y, MlReal8 *row);

    /* A in compressed rows of length n+1: state i gains A_val[k] * row[A_col[k]] for k from A_ptr[i] to
     * A_ptr[i+1]. No column is listed twice. */
    const int *A_ptr, *A_col;
    const double *A_val;

    /* Which states each row reads: compressed rows of length nrow+1, none listed twice. */
    const int *read_ptr, *read_col;

    const double *atol; /* absolute tolerance of each state, above 0 */

    /* 1 for states that are mostly zero, NULL: none known. While one is, and no row brings any, no derivative by it is
     * taken: it stays zero, so that none counts. */
    const unsigned char *seldom;
} MlProblem;

#endif
