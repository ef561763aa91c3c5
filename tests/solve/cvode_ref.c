/* SPDX-License-Identifier: Apache-2.0 */
#include "cvode_ref.h"

#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdlib.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

typedef struct Run {
    const MlProblem *problem;
    const void *ctx;
    double *row;
} Run;

static int derivative(realtype t, N_Vector y, N_Vector dydt, void *user) {
    const Run *run = user;
    const MlProblem *p = run->problem;
    double *out = N_VGetArrayPointer(dydt);
    p->rows(run->ctx, t, N_VGetArrayPointer(y), run->row);
    for (int i = 0; i < p->n; i++) {
        double sum = 0;
        for (int k = p->A_ptr[i]; k < p->A_ptr[i + 1]; k++) sum += p->A_val[k] * run->row[p->A_col[k]];
        if (!isfinite(sum)) return 1; /* tells CVODE to try a shorter step */
        out[i] = sum;
    }
    return 0;
}

static int integrate(void *cvode, Run *run, N_Vector y, N_Vector atol, SUNMatrix matrix,
                     SUNLinearSolver solver, double t0, double t1, double rtol) {
    int code = CVodeInit(cvode, derivative, t0, y);
    if (code == 0) code = CVodeSVtolerances(cvode, rtol, atol);
    if (code == 0) code = CVodeSetUserData(cvode, run);
    if (code == 0) code = CVodeSetLinearSolver(cvode, solver, matrix);
    if (code == 0) code = CVodeSetMaxNumSteps(cvode, 10000000);
    if (code == 0) code = CVodeSetStopTime(cvode, t1);
    double t = t0;
    if (code == 0) code = CVode(cvode, t1, y, &t, CV_NORMAL);
    return code < 0 ? code : 0;
}

static void count(void *cvode, MlCvodeStats *stats) {
    long steps = 0, rows = 0, jacobians = 0, jacobian_rows = 0, setups = 0;
    CVodeGetNumSteps(cvode, &steps);
    CVodeGetNumRhsEvals(cvode, &rows);
    CVodeGetNumJacEvals(cvode, &jacobians);
    CVodeGetNumLinRhsEvals(cvode, &jacobian_rows);
    CVodeGetNumLinSolvSetups(cvode, &setups);
    stats->steps += steps;
    stats->rows += rows + jacobian_rows;
    stats->jacobians += jacobians;
    stats->factorizations += setups;
}

int ml_cvode_run_counted(const MlProblem *p, const void *ctx, double t0, double t1, double *y, double rtol,
                         double atol_factor, MlCvodeStats *stats) {
    SUNContext context = NULL;
    if (SUNContext_Create(NULL, &context) != 0) return CV_MEM_FAIL;
    Run run = {p, ctx, malloc(((size_t)p->nrow + 1) * sizeof(double))};
    N_Vector state = N_VMake_Serial(p->n, y, context), atol = N_VNew_Serial(p->n, context);
    SUNMatrix matrix = SUNDenseMatrix(p->n, p->n, context);
    SUNLinearSolver solver = matrix ? SUNLinSol_Dense(state, matrix, context) : NULL;
    void *cvode = CVodeCreate(CV_BDF, context);
    int code = CV_MEM_FAIL;
    if (run.row && state && atol && solver && cvode) {
        for (int i = 0; i < p->n; i++) N_VGetArrayPointer(atol)[i] = atol_factor * p->atol[i];
        code = integrate(cvode, &run, state, atol, matrix, solver, t0, t1, rtol);
        count(cvode, stats);
    }
    if (cvode) CVodeFree(&cvode);
    if (solver) SUNLinSolFree(solver);
    if (matrix) SUNMatDestroy(matrix);
    if (atol) N_VDestroy(atol);
    if (state) N_VDestroy(state);
    free(run.row);
    SUNContext_Free(&context);
    return code;
}

int ml_cvode_run(const MlProblem *p, const void *ctx, double t0, double t1, double *y, double rtol) {
    MlCvodeStats unused = {0};
    return ml_cvode_run_counted(p, ctx, t0, t1, y, rtol, 1, &unused);
}
