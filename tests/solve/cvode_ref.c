/* SPDX-License-Identifier: Apache-2.0 */
#include "cvode_ref.h"

#include "solve/jacobian.h"

#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#ifdef ML_WITH_KLU
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>
#endif

struct MlCvode {
    const MlProblem *problem;
    const void *ctx;
    double *row;
    SUNContext context;
    N_Vector state, atol;
    SUNMatrix matrix;
    SUNLinearSolver solver;
    void *cvode;
    long steps;
    /* for KLU: the Jacobian, the pattern of the matrix, and from where in its values each entry comes */
    MlJacobian *jacobian;
    double *value, *scale;
    sunindextype *ptr, *index;
    int *source;
    int repivot; /* KLU keeps the pivots of its first factors otherwise */
};

static int derivative(realtype t, N_Vector y, N_Vector dydt, void *user) {
    const MlCvode *c = user;
    const MlProblem *p = c->problem;
    double *out = N_VGetArrayPointer(dydt);
    p->rows(c->ctx, t, N_VGetArrayPointer(y), c->row);
    for (int i = 0; i < p->n; i++) {
        double sum = 0;
        for (int k = p->A_ptr[i]; k < p->A_ptr[i + 1]; k++) sum += p->A_val[k] * c->row[p->A_col[k]];
        if (!isfinite(sum)) return 1; /* tells CVODE to try a shorter step */
        out[i] = sum;
    }
    return 0;
}

/* ---- KLU ---- */

#ifdef ML_WITH_KLU
int ml_cvode_has_klu(void) { return 1; }

static void place_of(const MlLu *lu, int k, int *row, int *col) {
    const int u = k - lu->nlower - lu->n;
    *row = k < lu->nlower ? lu->lower_row[k] : u < 0 ? k - lu->nlower : lu->upper_row[u];
    *col = k < lu->nlower ? lu->lower_col[k] : u < 0 ? k - lu->nlower : lu->upper_col[u];
}

/* Lists the entries of the Jacobian and the diagonal by columns, without what fills in. */
static void list_entries(MlCvode *c, const MlLu *lu, char *used) {
    for (int k = 0; k < lu->nentry; k++) used[lu->slot[k]] = 1;
    for (int i = 0; i < lu->n; i++) used[lu->diagonal[i]] = 1;
    int n = 0;
    for (int j = 0; j < lu->n; j++) {
        for (int k = 0, row, col; k < lu->nnz; k++) {
            place_of(lu, k, &row, &col);
            if (!used[k] || col != j) continue;
            c->index[n] = row;
            c->source[n++] = k;
        }
        c->ptr[j + 1] = n;
    }
}

/* CVODE clears the pattern, too, before each call. */
static int jacobian(realtype t, N_Vector y, N_Vector dydt, SUNMatrix J, void *user, N_Vector w1, N_Vector w2,
                    N_Vector w3) {
    (void)dydt, (void)w1, (void)w2, (void)w3;
    MlCvode *c = user;
    const double *state = N_VGetArrayPointer(y);
    c->problem->rows(c->ctx, t, state, c->row);
    if (ml_jacobian_evaluate(c->jacobian, c->ctx, t, state, c->row, c->scale, c->value) >= 0) return 1;
    const sunindextype n = c->problem->n, count = c->ptr[n];
    memcpy(SUNSparseMatrix_IndexPointers(J), c->ptr, (size_t)(n + 1) * sizeof *c->ptr);
    memcpy(SUNSparseMatrix_IndexValues(J), c->index, (size_t)count * sizeof *c->index);
    for (sunindextype k = 0; k < count; k++) SUNSparseMatrix_Data(J)[k] = c->value[c->source[k]];
    if (c->repivot) SUNLinSol_KLUReInit(c->solver, J, count, SUNKLU_REINIT_PARTIAL);
    return 0;
}

static int create_klu(MlCvode *c) {
    const MlProblem *p = c->problem;
    if (ml_jacobian_create(NULL, p, &c->jacobian, NULL) != MILIEU_OK) return 0;
    const MlLu *lu = ml_jacobian_lu(c->jacobian);
    const size_t n = (size_t)p->n, nnz = (size_t)lu->nnz;
    char *used = calloc(nnz, 1);
    c->value = malloc(nnz * sizeof *c->value);
    c->scale = malloc(n * sizeof *c->scale);
    c->source = malloc(nnz * sizeof *c->source);
    c->index = malloc(nnz * sizeof *c->index);
    c->ptr = calloc(n + 1, sizeof *c->ptr);
    const int ok = used && c->value && c->scale && c->source && c->index && c->ptr;
    if (ok) {
        list_entries(c, lu, used);
        for (int i = 0; i < p->n; i++) c->scale[i] = 1e6 * p->atol[i];
        c->matrix = SUNSparseMatrix(p->n, p->n, c->ptr[n], CSC_MAT, c->context);
        c->solver = c->matrix ? SUNLinSol_KLU(c->state, c->matrix, c->context) : NULL;
    }
    free(used);
    return c->solver && CVodeSetLinearSolver(c->cvode, c->solver, c->matrix) == 0 &&
           CVodeSetJacFn(c->cvode, jacobian) == 0;
}
#else
int ml_cvode_has_klu(void) { return 0; }
static int create_klu(MlCvode *c) { return c == NULL; }
#endif

static int create_dense(MlCvode *c) {
    c->matrix = SUNDenseMatrix(c->problem->n, c->problem->n, c->context);
    c->solver = c->matrix ? SUNLinSol_Dense(c->state, c->matrix, c->context) : NULL;
    return c->solver && CVodeSetLinearSolver(c->cvode, c->solver, c->matrix) == 0;
}

/* ---- the handle ---- */

static int create(MlCvode *c, MlCvodeAlgebra algebra) {
    const MlProblem *p = c->problem;
    c->row = malloc(((size_t)p->nrow + 1) * sizeof *c->row);
    if (!c->row || SUNContext_Create(NULL, &c->context) != 0) return 0;
    c->state = N_VNew_Serial(p->n, c->context);
    c->atol = N_VNew_Serial(p->n, c->context);
    c->cvode = CVodeCreate(CV_BDF, c->context);
    if (!c->state || !c->atol || !c->cvode) return 0;
    N_VConst(0, c->state);
    return CVodeInit(c->cvode, derivative, 0, c->state) == 0 && CVodeSetUserData(c->cvode, c) == 0 &&
           CVodeSetMaxNumSteps(c->cvode, 10000000) == 0 &&
           (algebra == ML_CVODE_KLU && ml_cvode_has_klu() ? create_klu(c) : create_dense(c));
}

MlCvode *ml_cvode_create(const MlProblem *p, MlCvodeAlgebra algebra) {
    MlCvode *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->problem = p;
    if (!create(c, algebra)) ml_cvode_destroy(&c);
    return c;
}

void ml_cvode_destroy(MlCvode **cvode) {
    MlCvode *c = *cvode;
    if (!c) return;
    if (c->cvode) CVodeFree(&c->cvode);
    if (c->solver) SUNLinSolFree(c->solver);
    if (c->matrix) SUNMatDestroy(c->matrix);
    if (c->atol) N_VDestroy(c->atol);
    if (c->state) N_VDestroy(c->state);
    if (c->context) SUNContext_Free(&c->context);
    ml_jacobian_destroy(&c->jacobian);
    free(c->value);
    free(c->scale);
    free(c->source);
    free(c->index);
    free(c->ptr);
    free(c->row);
    free(c);
    *cvode = NULL;
}

static int advance(MlCvode *c, double t0, double t1, const double *y, double rtol, double atol_factor) {
    const int n = c->problem->n;
    memcpy(N_VGetArrayPointer(c->state), y, (size_t)n * sizeof *y);
    for (int i = 0; i < n; i++) N_VGetArrayPointer(c->atol)[i] = atol_factor * c->problem->atol[i];
    int code = CVodeReInit(c->cvode, t0, c->state);
    if (code == 0) code = CVodeSVtolerances(c->cvode, rtol, c->atol);
    if (code == 0) code = CVodeSetStopTime(c->cvode, t1);
    double t = t0;
    long steps = 0;
    if (code == 0) code = CVode(c->cvode, t1, c->state, &t, CV_NORMAL);
    CVodeGetNumSteps(c->cvode, &steps);
    c->steps += steps;
    return code < 0 ? code : 0;
}

int ml_cvode_advance(MlCvode *c, const void *ctx, double t0, double t1, double *y, double rtol,
                     double atol_factor) {
    c->ctx = ctx;
    if (c->jacobian) CVodeSetErrFile(c->cvode, NULL); /* old pivots may fail; the second try may not */
    int code = advance(c, t0, t1, y, rtol, atol_factor);
    CVodeSetErrFile(c->cvode, stderr);
    if (code < 0 && c->jacobian) {
        c->repivot = 1;
        code = advance(c, t0, t1, y, rtol, atol_factor);
        c->repivot = 0;
    }
    memcpy(y, N_VGetArrayPointer(c->state), (size_t)c->problem->n * sizeof *y);
    return code;
}

long ml_cvode_steps(const MlCvode *c) { return c->steps; }

int ml_cvode_run(const MlProblem *p, const void *ctx, double t0, double t1, double *y, double rtol) {
    MlCvode *c = ml_cvode_create(p, ML_CVODE_DENSE);
    const int code = c ? ml_cvode_advance(c, ctx, t0, t1, y, rtol, 1) : CV_MEM_FAIL;
    ml_cvode_destroy(&c);
    return code;
}
