/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_ROSENBROCK_H
#define ML_SOLVE_ROSENBROCK_H

#include "base/memory.h"
#include "milieu/error.h"
#include "solve/problem.h"
#include "solve/tableau.h"

/* Integrates a problem step by step, with the error of every state held to its tolerance. */
typedef struct MlSolver MlSolver;

typedef struct MlSolverOptions {
    const MlTableau *method;
    double rtol;            /* relative tolerance of every state; the absolute ones come with the problem */
    double h_first;         /* first step; 0: chosen by the solver */
    double h_max;           /* longest step; 0: no limit */
    int autonomous;         /* the rows do not depend on t: spares one evaluation a step */
    const MlMemory *memory; /* for the solver; NULL: libc */
} MlSolverOptions;

MlSolverOptions ml_solver_options_default(void);

/* Counts since ml_solver_create. */
typedef struct MlSolverStats {
    long steps;       /* accepted */
    long rejected;    /* error too large */
    long failed;      /* a pivot lost or a value that is not finite: repeated with a shorter step */
    long rows, rows8; /* evaluations */
    long jacobians, factorizations, solutions;
} MlSolverStats;

/* The problem must outlive the solver. Nothing is allocated after this. */
milieu_code ml_solver_create(const MlProblem *problem, const MlSolverOptions *options, MlSolver **solver,
                             milieu_error *err);
void ml_solver_destroy(MlSolver **solver);

/* Begins at (t, y), forgetting what was before. ctx is handed to the rows and must stay. */
void ml_solver_start(MlSolver *solver, const void *ctx, double t, const double *y);

/* Goes on from (t, y) after an event changed y, t or what ctx points to; remembers how far its guesses of a first
 * step were off. */
void ml_solver_restart(MlSolver *solver, double t, const double *y);

/* What it has learned of first steps; carried over to another solver, both go on to the same bits after
 * ml_solver_restart. */
double ml_solver_memory(const MlSolver *solver);
void ml_solver_remember(MlSolver *solver, double memory);

/* Makes one accepted step that ends at t_limit or before it; a step cut to t_limit ends there exactly.
 * Fails with MILIEU_STEP_TOO_SMALL or MILIEU_OUT_OF_DOMAIN; see ml_solver_worst. */
milieu_code ml_solver_step(MlSolver *solver, double t_limit, milieu_error *err);

/* Where the solver is, where its last step began, and the states now (n numbers). */
double ml_solver_time(const MlSolver *solver);
double ml_solver_time_old(const MlSolver *solver);
const double *ml_solver_state(const MlSolver *solver);

/* The states at a time within the last step. */
void ml_solver_dense(const MlSolver *solver, double t, double *y);

/* The state with the largest error relative to its tolerance in the last trial, or that is not finite. */
int ml_solver_worst(const MlSolver *solver);
const MlSolverStats *ml_solver_stats(const MlSolver *solver);
int ml_solver_size(const MlSolver *solver);

#endif
