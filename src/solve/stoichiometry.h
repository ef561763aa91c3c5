/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_STOICHIOMETRY_H
#define ML_SOLVE_STOICHIOMETRY_H

#include "base/memory.h"
#include "milieu/error.h"
#include "solve/problem.h"

/* A of a problem, laid out for the product with the rows: the first entries of all states, then the second
 * entries of those that have one, and so on, so that no loop depends on how many entries a state has. The
 * sums are formed in the order of the problem's table. */
typedef struct MlStoichiometry {
    int n, count;
    const int *state, *row;
    const double *value;
} MlStoichiometry;

milieu_code ml_stoichiometry_create(const MlMemory *memory, const MlProblem *problem, MlStoichiometry **a,
                                    milieu_error *err);
void ml_stoichiometry_destroy(MlStoichiometry **a);

/* dydt = A row */
void ml_stoichiometry_apply(const MlStoichiometry *a, const double *row, double *dydt);

#endif
