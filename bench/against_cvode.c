/* SPDX-License-Identifier: Apache-2.0 */
/* One life, integrated again: the stretches between its events are recorded from a run, then handed to our
 * integrator and to CVODE with the same equations, parameters, inputs and tolerances. Both start
 * anew at every event. "x dense" is how many times faster ours is than dense CVODE at the same error. The
 * error is the root mean square over all states at the end of every stretch, relative to |y| + 1000 atol,
 * against CVODE at rtol 1e-11. */
#include "against_cvode.h"

#include "base/fail.h"
#include "life.h"
#include "solve/rosenbrock.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 3 };

/* The relative tolerance of every run, to which the absolute ones of the problem belong; they are scaled with it. */
static const double USUAL = 1e-6;

typedef double State[ML_NSTATE];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

/* ---- integrating ---- */

static double error_of(const Life *life, State *found, State *reference) {
    double sum = 0;
    for (int k = 0; k < life->n; k++)
        for (int i = 0; i < ML_NSTATE; i++) {
            const double e =
                (found[k][i] - reference[k][i]) / (fabs(reference[k][i]) + 1e3 * life->problem->atol[i]);
            sum += e * e;
        }
    return sqrt(sum / ((double)life->n * ML_NSTATE));
}

/* Once through all stretches; 0, or a negative number after a failure. */
typedef int Pass(void *integrator, Life *life, double rtol, State *found);

static int pass_cvode(void *cvode, Life *life, double rtol, State *found) {
    return life_by_cvode(life, cvode, rtol, rtol / USUAL, found);
}

static int pass_ours(void *integrator, Life *life, double rtol, State *found) {
    (void)rtol;
    MlSolver *solver = integrator;
    const double *y = life->start;
    for (int k = 0; k < life->n; k++) {
        const Stretch *s = &life->stretch[k];
        life_enter(life, k);
        if (k == 0)
            ml_solver_start(solver, &life->frame->context, s->from, y);
        else
            ml_solver_restart(solver, s->from, y);
        while (ml_solver_time(solver) < s->to)
            if (ml_solver_step(solver, s->to, NULL) != MILIEU_OK) return -1;
        y = memcpy(found[k], ml_solver_state(solver), sizeof found[k]);
    }
    return 0;
}

/* Least CPU milliseconds of several passes, or a negative number after a failure. */
static double time_passes(Pass *pass, void *integrator, Life *life, double rtol, State *found) {
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        const double start = now();
        if (pass(integrator, life, rtol, found) < 0) return -1;
        best = fmin(best, now() - start);
    }
    return best;
}

static double by_cvode(Life *life, MlCvode *cvode, double rtol, State *found, long *steps) {
    const long before = ml_cvode_steps(cvode);
    const double ms = time_passes(pass_cvode, cvode, life, rtol, found);
    *steps = (ml_cvode_steps(cvode) - before) / ROUNDS;
    return ms;
}

static double by_ours(Life *life, double rtol, State *found, long *steps) {
    double atol[ML_NSTATE];
    for (int i = 0; i < ML_NSTATE; i++) atol[i] = life->problem->atol[i] * rtol / USUAL;
    MlProblem problem = *life->problem;
    problem.atol = atol;
    MlSolverOptions options = ml_solver_options_default();
    options.rtol = rtol;
    options.autonomous = 1;
    MlSolver *solver;
    if (ml_solver_create(&problem, &options, &solver, NULL) != MILIEU_OK) return -1;
    const double ms = time_passes(pass_ours, solver, life, rtol, found);
    *steps = ml_solver_stats(solver)->steps / ROUNDS;
    ml_solver_destroy(&solver);
    return ms;
}

/* ---- comparing ---- */

static const double TOLERANCES[] = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
enum { NTOLERANCE = sizeof TOLERANCES / sizeof *TOLERANCES };

/* Time of a table at an error, straight between its points in logarithms, level beyond the ends. */
static double time_at(const double *error, const double *ms, double wanted) {
    if (wanted >= error[0]) return ms[0];
    for (int i = 1; i < NTOLERANCE; i++)
        if (wanted >= error[i]) {
            const double part = log(wanted / error[i - 1]) / log(error[i] / error[i - 1]);
            return ms[i - 1] * pow(ms[i] / ms[i - 1], part);
        }
    return ms[NTOLERANCE - 1];
}

typedef struct Curve {
    double error[NTOLERANCE], ms[NTOLERANCE];
} Curve;

static milieu_code measure_cvode(Life *life, MlCvodeAlgebra algebra, const char *name, State *reference,
                                 State *found, Curve *curve, milieu_error *err) {
    MlCvode *cvode = ml_cvode_create(life->problem, algebra);
    if (!cvode) return ml_fail(err, MILIEU_NO_MEMORY, name, "out of memory");
    milieu_code code = MILIEU_OK;
    for (int i = 0; i < NTOLERANCE && code == MILIEU_OK; i++) {
        long steps;
        const double ms = curve->ms[i] = by_cvode(life, cvode, TOLERANCES[i], found, &steps);
        if (ms < 0) code = ml_fail(err, MILIEU_STEP_TOO_SMALL, name, "failed at %g", TOLERANCES[i]);
        const double e = error_of(life, found, reference);
        printf("  %-12s %8.0e %10.1f %8ld %10.1e\n", name, TOLERANCES[i], ms, steps, e);
        curve->error[i] = i > 0 ? fmin(e, curve->error[i - 1]) : e;
    }
    ml_cvode_destroy(&cvode);
    return code;
}

static milieu_code measure_ours(Life *life, State *reference, State *found, const Curve *dense,
                                const Curve *klu, milieu_error *err) {
    for (int i = 0; i < NTOLERANCE; i++) {
        long steps;
        const double ms = by_ours(life, TOLERANCES[i], found, &steps);
        if (ms < 0) return ml_fail(err, MILIEU_STEP_TOO_SMALL, "milieu", "failed at %g", TOLERANCES[i]);
        const double e = error_of(life, found, reference);
        printf("  %-12s %8.0e %10.1f %8ld %10.1e %12.1f", "milieu", TOLERANCES[i], ms, steps, e,
               time_at(dense->error, dense->ms, e) / ms);
        if (klu) printf(" %12.1f", time_at(klu->error, klu->ms, e) / ms);
        printf("%s\n", TOLERANCES[i] == USUAL ? "  as it runs" : "");
    }
    return MILIEU_OK;
}

static milieu_code compare(Life *life, State *reference, State *found, milieu_error *err) {
    MlCvode *tight = ml_cvode_create(life->problem, ML_CVODE_KLU);
    const int failed = !tight || life_by_cvode(life, tight, 1e-11, 1e-3, reference) < 0;
    ml_cvode_destroy(&tight);
    if (failed) return ml_fail(err, MILIEU_STEP_TOO_SMALL, "CVODE", "failed on the reference");
    Curve dense, klu;
    const int sparse = ml_cvode_has_klu();
    printf("  %-12s %8s %10s %8s %10s %12s%s\n", "integrator", "rtol", "CPU ms", "steps", "error", "x dense",
           sparse ? "        x KLU" : "");
    ML_TRY(measure_cvode(life, ML_CVODE_DENSE, "CVODE dense", reference, found, &dense, err));
    if (sparse) ML_TRY(measure_cvode(life, ML_CVODE_KLU, "CVODE KLU", reference, found, &klu, err));
    return measure_ours(life, reference, found, &dense, sparse ? &klu : NULL, err);
}

milieu_code bench_against_cvode(const MlHouse *house, const MlScenario *scenario, milieu_error *err) {
    Life life;
    milieu_code code = life_record(&life, house, scenario, INFINITY, err);
    State *reference = calloc((size_t)life.n + 1, sizeof *reference),
          *found = calloc((size_t)life.n + 1, sizeof *found);
    if (code == MILIEU_OK && !(reference && found))
        code = ml_fail(err, MILIEU_NO_MEMORY, "bench", "out of memory");
    if (code == MILIEU_OK) code = compare(&life, reference, found, err);
    free(found);
    free(reference);
    life_free(&life);
    return code;
}
