/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_SOLVE_CVODE_REF_H
#define TEST_SOLVE_CVODE_REF_H

#include "solve/problem.h"

/* Integrates y from t0 to t1 with SUNDIALS CVODE (BDF, dense differences): the reference. Uses n, nrow, rows,
 * A and atol of the problem. Returns 0, or the negative code of CVODE. */
int ml_cvode_run(const MlProblem *problem, const void *ctx, double t0, double t1, double *y, double rtol);

typedef struct MlCvodeStats {
    long steps, rows, jacobians, factorizations;
} MlCvodeStats;

/* The same with atol multiplied by atol_factor, adding to the counts. */
int ml_cvode_run_counted(const MlProblem *problem, const void *ctx, double t0, double t1, double *y,
                         double rtol, double atol_factor, MlCvodeStats *stats);

#endif
