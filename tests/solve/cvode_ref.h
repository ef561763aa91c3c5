/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_SOLVE_CVODE_REF_H
#define TEST_SOLVE_CVODE_REF_H

#include "solve/problem.h"

/* SUNDIALS CVODE (BDF) on a problem: the reference of tests and benchmarks. */
typedef struct MlCvode MlCvode;

/* How its Newton iterations solve: with a dense matrix of its own differences, or with KLU and the
 * Jacobian of src/solve/jacobian.h, which decides how fast they converge, not to what. Dense uses n, nrow,
 * rows, A and atol of the problem. */
typedef enum MlCvodeAlgebra { ML_CVODE_DENSE, ML_CVODE_KLU } MlCvodeAlgebra;

/* 0 where SUNDIALS was built without KLU: ML_CVODE_KLU then means ML_CVODE_DENSE. */
int ml_cvode_has_klu(void);

/* NULL without memory. The problem must outlive it. */
MlCvode *ml_cvode_create(const MlProblem *problem, MlCvodeAlgebra algebra);
void ml_cvode_destroy(MlCvode **cvode);

/* Starts anew at (t0, y) and integrates to t1; absolute tolerances are those of the problem times
 * atol_factor. Returns 0, or the negative code of CVODE. */
int ml_cvode_advance(MlCvode *cvode, const void *ctx, double t0, double t1, double *y, double rtol,
                     double atol_factor);
long ml_cvode_steps(const MlCvode *cvode); /* since its creation */

/* All in one, dense. */
int ml_cvode_run(const MlProblem *problem, const void *ctx, double t0, double t1, double *y, double rtol);

#endif
