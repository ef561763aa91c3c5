/* SPDX-License-Identifier: Apache-2.0 */
/* A beat of the ventricular cell (src/tissue/heart_cell.inc) against SUNDIALS CVODE (BDF, a dense matrix of its own differences) on
 * the same equations: CPU time at equal error. The error is the root mean square of the potential at each ms of the beat, against
 * CVODE at a relative tolerance of 1e-10. Then what a person waits for: the snapshot from tables, the wall of the ventricle. */
#define ML_LANES 1
#include "tissue/heart_cell.inc"

#include "report/ecg.h"
#include "signs/excite.h"
#include "tissue/heart.h"

#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <time.h>

enum { CYCLE = 1000, ROUNDS = 5, N = ML_HEART_NSTATE };
static const double struck = 1; /* ms */

typedef struct Trace {
    double v[CYCLE + 1];
} Trace;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static double error_of(const Trace *found, const Trace *truth) {
    double sum = 0;
    for (int i = 0; i <= CYCLE; i++) sum += (found->v[i] - truth->v[i]) * (found->v[i] - truth->v[i]);
    return sqrt(sum / (CYCLE + 1));
}

/* ---- CVODE ---- */

typedef struct Slope {
    Cell e;
    double stimulus;
    long calls;
} Slope;

/* The equations as they stand in the step: what it does in a time so short that it is a slope. */
ML_WIDE static void slope_of(Cell *e, double stimulus, const double *y, double *dydt) {
    static const double dt = 0x1p-24; /* ms; the fastest gates take 0.005 */
    double after[N];
    memcpy(after, y, sizeof after);
    e->slope = 0; /* nothing is carried ahead */
    step(e, dt, dt, stimulus, after);
    for (int i = 0; i < N; i++) dydt[i] = (after[i] - y[i]) / dt;
}

static int derivative(realtype t, N_Vector y, N_Vector dydt, void *user) {
    Slope *s = user;
    (void)t;
    s->calls++;
    slope_of(&s->e, s->stimulus, N_VGetArrayPointer(y), N_VGetArrayPointer(dydt));
    for (int i = 0; i < N; i++)
        if (!isfinite(N_VGetArrayPointer(dydt)[i])) return 1;
    return 0;
}

typedef struct Cvode {
    SUNContext context;
    N_Vector y, atol;
    SUNMatrix matrix;
    SUNLinearSolver solver;
    void *cvode;
    Slope slope;
    long steps;
} Cvode;

static int cvode_open(Cvode *c, const double *scale, double rtol) {
    if (SUNContext_Create(NULL, &c->context) != 0) return -1;
    c->y = N_VNew_Serial(N, c->context), c->atol = N_VNew_Serial(N, c->context);
    N_VConst(0, c->y);
    for (int i = 0; i < N; i++) N_VGetArrayPointer(c->atol)[i] = 1e-2 * rtol * scale[i];
    c->cvode = CVodeCreate(CV_BDF, c->context);
    c->matrix = SUNDenseMatrix(N, N, c->context);
    c->solver = SUNLinSol_Dense(c->y, c->matrix, c->context);
    return CVodeInit(c->cvode, derivative, 0, c->y) | CVodeSetUserData(c->cvode, &c->slope) | CVodeSVtolerances(c->cvode, rtol, c->atol) |
           CVodeSetMaxNumSteps(c->cvode, 1000000) | CVodeSetLinearSolver(c->cvode, c->solver, c->matrix);
}

static void cvode_close(Cvode *c) {
    CVodeFree(&c->cvode);
    SUNLinSolFree(c->solver);
    SUNMatDestroy(c->matrix);
    N_VDestroy(c->y), N_VDestroy(c->atol);
    SUNContext_Free(&c->context);
}

/* From t = a to b, ms. */
static int cvode_part(Cvode *c, int a, int b, double stimulus, Trace *trace, double *scale) {
    double t = a;
    long steps = 0;
    c->slope.stimulus = stimulus;
    if (CVodeReInit(c->cvode, a, c->y) != 0 || CVodeSetStopTime(c->cvode, b) != 0) return -1;
    for (int ms = a + 1; ms <= b; ms++) {
        if (CVode(c->cvode, ms, c->y, &t, CV_NORMAL) < 0) return -1;
        const double *y = N_VGetArrayPointer(c->y);
        trace->v[ms] = y[ML_HEART_v];
        for (int i = 0; scale && i < N; i++) scale[i] = fmax(scale[i], fabs(y[i]));
    }
    CVodeGetNumSteps(c->cvode, &steps);
    c->steps += steps;
    return 0;
}

static int cvode_beat(Cvode *c, const MlHeartCell *cell, const double *start, Trace *trace, double *scale) {
    c->slope.e = cell_of(cell);
    c->slope.calls = c->steps = 0;
    prepare(&c->slope.e, start);
    memcpy(N_VGetArrayPointer(c->y), start, N * sizeof *start);
    trace->v[0] = start[ML_HEART_v];
    return cvode_part(c, 0, (int)struck, cell->stimulus, trace, scale) | cvode_part(c, (int)struck, CYCLE, 0, trace, scale);
}

/* ---- ours ---- */

static double ours(const MlHeartCell *cell, const double *start, double fine, int lanes, Trace *trace) {
    MlHeartCell same[8];
    MlReal8 state[N], seen8[ML_HEART_NSEEN], trace8[CYCLE + 1];
    double one[N], seen[ML_HEART_NSEEN], best = INFINITY;
    const MlHeartBeat beat = {CYCLE, struck, 0, fine, 1};
    for (int i = 0; i < 8; i++) same[i] = *cell;
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(one, start, sizeof one);
        for (int j = 0; j < N; j++) state[j] = start[j] - (MlReal8){0};
        const double began = now();
        if (lanes == 1) ml_heart_beat1(cell, &beat, one, seen, trace->v);
        else ml_heart_beat8(same, &beat, state, seen8, trace8);
        best = fmin(best, (now() - began) / lanes);
    }
    for (int i = 0; lanes > 1 && i <= CYCLE; i++) trace->v[i] = trace8[i][0];
    return best;
}

/* ---- comparing ---- */

enum { MOST = 6 };
typedef struct Curve {
    int n;
    double error[MOST], ms[MOST];
} Curve;

/* Time of a curve at an error, straight in logarithms between its points; where it does not get as exact, its most exact run. */
static double time_at(const Curve *c, double wanted) {
    if (wanted >= c->error[0]) return c->ms[0];
    for (int i = 1; i < c->n; i++)
        if (wanted >= c->error[i]) {
            const double part = log(wanted / c->error[i - 1]) / log(c->error[i] / c->error[i - 1]);
            return c->ms[i - 1] * pow(c->ms[i] / c->ms[i - 1], part);
        }
    return c->ms[c->n - 1];
}

static int measure_cvode(const MlHeartCell *cell, const double *start, Trace *truth, Curve *curve) {
    static const double rtol[MOST] = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
    double scale[N];
    for (int i = 0; i < N; i++) scale[i] = fmax(fabs(start[i]), 1e-6);
    Cvode c = {0};
    if (cvode_open(&c, scale, 1e-10) != 0 || cvode_beat(&c, cell, start, truth, scale) != 0) return -1;
    cvode_close(&c);
    printf("  %-14s %8s %10s %8s %12s\n", "", "rtol", "CPU ms", "steps", "error mV");
    for (int i = 0; i < MOST; i++) {
        Trace trace;
        double best = INFINITY;
        c = (Cvode){0};
        if (cvode_open(&c, scale, rtol[i]) != 0) return -1;
        for (int round = 0; round < ROUNDS; round++) {
            const double began = now();
            if (cvode_beat(&c, cell, start, &trace, NULL) != 0) return -1;
            best = fmin(best, now() - began);
        }
        const double e = error_of(&trace, truth);
        printf("  %-14s %8.0e %10.2f %8ld %12.4f\n", "CVODE", rtol[i], best, c.steps, e);
        curve->error[i] = i > 0 ? fmin(e, curve->error[i - 1]) : e, curve->ms[i] = best, curve->n = i + 1;
        cvode_close(&c);
    }
    return 0;
}

static void measure_ours(const MlHeartCell *cell, const double *start, const Trace *truth, const Curve *cvode) {
    static const double fine[] = {4, 2, 1, 0.5, 0.25};
    for (int lanes = 1; lanes <= 8; lanes += 7)
        for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
            Trace trace;
            const double ms = ours(cell, start, fine[i], lanes, &trace), e = error_of(&trace, truth);
            printf("  %-14s %8g %10.2f %8s %12.4f   CVODE takes %.1f times as long%s\n", lanes == 1 ? "milieu" : "milieu, by 8", fine[i], ms, "", e,
                   time_at(cvode, e) / ms, fine[i] == 1 ? "  as it runs" : "");
        }
}

/* The state before a beat, after others. */
static void settle(const MlHeartCell *cell, double *state) {
    const MlHeartBeat beat = {CYCLE, struck, 0, 1, 1};
    double seen[ML_HEART_NSEEN];
    ml_heart_start(ML_HEART_ENDO, state);
    for (int i = 0; i < 30; i++) ml_heart_beat1(cell, &beat, state, seen, NULL);
}

static double waited(const MlExcite *x, int whole) {
    MlEcg ecg;
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        const double began = now();
        ml_ecg_of(x, whole, &ecg);
        best = fmin(best, now() - began);
    }
    return best;
}

int main(void) {
    const MlBath normal = ml_bath_normal();
    for (int published = 1; published >= 0; published--) {
        const MlHeartCell cell = published ? ml_heart_published(ML_HEART_ENDO, 5, 1.8) : ml_heart_cell(ML_HEART_ENDO, &normal);
        double start[N];
        Trace truth;
        Curve cvode = {0};
        settle(&cell, start);
        printf("a beat of the %s, %d ms\n", published ? "published cell" : "cell of the body", CYCLE);
        if (measure_cvode(&cell, start, &truth, &cvode) != 0) return fprintf(stderr, "CVODE failed\n"), 1;
        measure_ours(&cell, start, &truth, &cvode);
    }
    const MlExcite x = ml_excite_normal();
    printf("an electrocardiogram from tables %.3f ms (5 wanted), from the wall %.0f ms (10000 wanted)\n", waited(&x, 0), waited(&x, 1));
    return 0;
}
