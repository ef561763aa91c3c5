/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_SOLVE_PROBLEMS_H
#define TEST_SOLVE_PROBLEMS_H

#include "solve/problem.h"
#include "solve/rosenbrock.h"

/* Robertson's reactions: 3 states, 3 flows; the sum is conserved. */
extern const MlProblem robertson;
/* Van der Pol, mu in ctx (double). */
extern const MlProblem van_der_pol;
/* y0' = y1, y1' = -y0. */
extern const MlProblem oscillator;
/* A smooth nonlinear problem that depends on t: y0' = y1 cos t, y1' = -y0 y1^2 + t/4 with no stiffness. */
extern const MlProblem smooth;
/* Prothero and Robinson: y' = -lambda (y - cos t) - sin t, lambda in ctx (double); y = cos t. */
extern const MlProblem prothero_robinson;
/* A compartment that runs empty: water (L) leaves by k V, a solute (mmol) with it by k V c with
 * c = N V/(V^2 + eps^2), into a pool and from there, slowly, out; states V, N, pool V, pool N. */
extern const MlProblem emptying;

/* Runs from the state of the solver to t1; returns the code of the step that failed. */
milieu_code run_to(MlSolver *solver, double t1);

/* Creates a solver with method and rtol, starts it and runs to t1 into y. For tests: returns the code. */
milieu_code solve_problem(const MlProblem *problem, const void *ctx, const MlTableau *method, double rtol,
                          double t0, double t1, double *y, MlSolverStats *stats);

/* A step of fixed length h, count times, from t0: switches the error control off. */
milieu_code solve_fixed(const MlProblem *problem, const void *ctx, const MlTableau *method, double t0,
                        double h, int count, double *y);

#endif
