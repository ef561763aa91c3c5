/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_JACOBIAN_H
#define ML_SOLVE_JACOBIAN_H

#include "lanes/sparse.h"
#include "milieu/error.h"
#include "solve/problem.h"

/* d(dy/dt)/dy = A d(row)/dy by differences. Columns that no row reads together share a color and are moved
 * at once; eight colors go through one call of rows8. States that are seldom there have calls of their own, which are left out
 * while none of theirs is there. */
typedef struct MlJacobian MlJacobian;

milieu_code ml_jacobian_create(const MlMemory *memory, const MlProblem *problem, MlJacobian **jacobian,
                               milieu_error *err);
void ml_jacobian_destroy(MlJacobian **jacobian);

/* The places of its entries, for factorizations. Owned by the Jacobian. */
const MlLu *ml_jacobian_lu(const MlJacobian *jacobian);
int ml_jacobian_colors(const MlJacobian *jacobian);
/* How often the last evaluation called rows8. */
int ml_jacobian_calls(const MlJacobian *jacobian);

/* Fills value (in the places of ml_jacobian_lu) at (t, y), where row holds the rows. State i is moved by
 * about 1.5e-8 of max(|y[i]|, scale[i]). If the rows are not finite on one side, the other is tried. Returns
 * -1, or a state about which no difference is finite. */
int ml_jacobian_evaluate(MlJacobian *jacobian, const void *ctx, double t, const double *y, const double *row,
                         const double *scale, double *value);

/* Finds which states each row reads, by moving each state at each of npoint given states (npoint * n
 * numbers) and recording the rows that change. Give several points away from special values. Allocates
 * *read_ptr (nrow + 1) and *read_col from memory. Uses only n, nrow, rows8 and atol of the problem. */
milieu_code ml_probe_pattern(const MlMemory *memory, const MlProblem *problem, const void *ctx, double t,
                             int npoint, const double *point, int **read_ptr, int **read_col,
                             milieu_error *err);

/* The same for the factors that suit the moment, which lu receives: where all states that are seldom there are absent, smaller
 * ones without these. value: room for the nnz of ml_jacobian_lu. */
int ml_jacobian_brief(MlJacobian *jac, const void *ctx, double t, const double *y, const double *row,
                      const double *scale, double *value, const MlLu **lu);

#endif
