/* SPDX-License-Identifier: Apache-2.0 */
/* One life, integrated again: the stretches between its events are recorded from a run, then handed to our
 * integrator and to CVODE with the same equations, parameters, inputs and absolute tolerances. Both start anew
 * at every event. The error is the root mean square over all states at the end of every stretch, relative to
 * |y| + 1000 atol, against CVODE at rtol 1e-11. */
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
            const double e = (found[k][i] - reference[k][i]) / (fabs(reference[k][i]) + 1e3 * life->problem->atol[i]);
            sum += e * e;
        }
    return sqrt(sum / ((double)life->n * ML_NSTATE));
}

/* CPU milliseconds, or a negative number after a failure. */
static double by_cvode(Life *life, double rtol, State *found, long *steps) {
    const double start = now();
    return life_by_cvode(life, rtol, 1, found, steps) < 0 ? -1 : now() - start;
}

static double by_ours(Life *life, double rtol, State *found, long *steps) {
    MlSolverOptions options = ml_solver_options_default();
    options.rtol = rtol;
    options.autonomous = 1;
    MlSolver *solver;
    if (ml_solver_create(life->problem, &options, &solver, NULL) != MILIEU_OK) return -1;
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        const double start = now();
        const double *y = life->start;
        for (int k = 0; k < life->n; k++) {
            const Stretch *s = &life->stretch[k];
            life_enter(life, k);
            if (k == 0)
                ml_solver_start(solver, &life->frame->context, s->from, y);
            else
                ml_solver_restart(solver, s->from, y);
            while (ml_solver_time(solver) < s->to)
                if (ml_solver_step(solver, s->to, NULL) != MILIEU_OK) {
                    ml_solver_destroy(&solver);
                    return -1;
                }
            y = memcpy(found[k], ml_solver_state(solver), sizeof found[k]);
        }
        best = fmin(best, now() - start);
        if (round == 0) *steps = ml_solver_stats(solver)->steps;
    }
    ml_solver_destroy(&solver);
    return best;
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

static milieu_code compare(Life *life, State *reference, State *found, milieu_error *err) {
    double error[NTOLERANCE], ms[NTOLERANCE];
    long steps = 0;
    if (life_by_cvode(life, 1e-11, 1e-3, reference, &steps) < 0)
        return ml_fail(err, MILIEU_STEP_TOO_SMALL, "CVODE", "failed on the reference");
    printf("  %-10s %8s %10s %8s %10s\n", "integrator", "rtol", "CPU ms", "steps", "error");
    for (int i = 0; i < NTOLERANCE; i++) {
        ms[i] = by_cvode(life, TOLERANCES[i], found, &steps);
        if (ms[i] < 0) return ml_fail(err, MILIEU_STEP_TOO_SMALL, "CVODE", "failed at %g", TOLERANCES[i]);
        error[i] = error_of(life, found, reference);
        printf("  %-10s %8.0e %10.1f %8ld %10.1e\n", "CVODE", TOLERANCES[i], ms[i], steps, error[i]);
        if (i > 0) error[i] = fmin(error[i], error[i - 1]);
    }
    for (int i = 0; i < NTOLERANCE; i++) {
        const double mine = by_ours(life, TOLERANCES[i], found, &steps);
        if (mine < 0) return ml_fail(err, MILIEU_STEP_TOO_SMALL, "milieu", "failed at %g", TOLERANCES[i]);
        const double e = error_of(life, found, reference);
        printf("  %-10s %8.0e %10.1f %8ld %10.1e   %.0f times faster than CVODE at equal error\n", "milieu",
               TOLERANCES[i], mine, steps, e, time_at(error, ms, e) / mine);
    }
    return MILIEU_OK;
}

milieu_code bench_against_cvode(const MlHouse *house, const MlScenario *scenario, milieu_error *err) {
    Life life;
    milieu_code code = life_record(&life, house, scenario, INFINITY, err);
    State *reference = calloc((size_t)life.n + 1, sizeof *reference), *found = calloc((size_t)life.n + 1, sizeof *found);
    if (code == MILIEU_OK && !(reference && found)) code = ml_fail(err, MILIEU_NO_MEMORY, "bench", "out of memory");
    if (code == MILIEU_OK) code = compare(&life, reference, found, err);
    free(found);
    free(reference);
    life_free(&life);
    return code;
}
