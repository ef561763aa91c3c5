/* SPDX-License-Identifier: Apache-2.0 */
/* Times the integrator on the synthetic body of 180 states: its pieces, and a day with a drink every two
 * hours against CVODE with dense differences, for several methods and tolerances. */
#include "synthetic.h"
#include "cvode_ref.h"
#include "problems.h"
#include "solve/jacobian.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double DAY = 1440, BETWEEN = 120;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Least microseconds of several repetitions of a statement. */
#define TIME_US(result, statement)                                                                           \
    do {                                                                                                     \
        result = 1e9;                                                                                        \
        for (int round_ = 0; round_ < 20; round_++) {                                                        \
            double start_ = now();                                                                           \
            for (int k_ = 0; k_ < 100; k_++) statement;                                                      \
            result = fmin(result, (now() - start_) * 1e4);                                                   \
        }                                                                                                    \
    } while (0)

static void time_pieces(const SyntheticProblem *s) {
    static double row[SYN_NROW], scale[SYN_N], b[SYN_N], work[2 * SYN_N];
    static MlReal8 y8[SYN_N], row8[SYN_NROW];
    const MlProblem *p = &s->problem;
    MlJacobian *jac;
    if (ml_jacobian_create(NULL, p, &jac, NULL) != MILIEU_OK) return;
    const MlLu *lu = ml_jacobian_lu(jac);
    double *value = malloc((size_t)lu->nnz * sizeof *value), *copy = malloc((size_t)lu->nvalue * sizeof *value);
    for (int i = 0; i < SYN_N; i++) {
        y8[i] = s->y0[i] - (MlReal8){0};
        scale[i] = 1e6 * s->atol[i];
    }
    double rows, rows8, jacobian, factor, solve;
    TIME_US(rows, p->rows(&s->ctx, 0, s->y0, row));
    TIME_US(rows8, p->rows8(&s->ctx, 0, y8, row8));
    TIME_US(jacobian, ml_jacobian_evaluate(jac, &s->ctx, 0, s->y0, row, scale, value));
    for (int k = 0; k < lu->nnz; k++) value[k] = -value[k];
    for (int i = 0; i < SYN_N; i++) value[lu->diagonal[i]] += 1;
    TIME_US(factor, (memcpy(copy, value, (size_t)lu->nnz * sizeof *value), ml_lu_factor(lu, copy, work)));
    TIME_US(solve, (memset(b, 0, sizeof b), b[0] = 1, ml_lu_solve(lu, copy, b)));
    printf("%d states, %d rows, %d colors, %d entries with fill\n", p->n, p->nrow, ml_jacobian_colors(jac),
           lu->nnz);
    printf("us: rows %.2f, rows8 %.2f, Jacobian %.2f (%d rows8), factorization %.2f, solution %.2f\n", rows,
           rows8, jacobian, ml_jacobian_calls(jac), factor, solve);
    free(value);
    free(copy);
    ml_jacobian_destroy(&jac);
}

static double rms_error(const double *y, const double *reference, const double *atol) {
    double sum = 0;
    for (int i = 0; i < SYN_N; i++) {
        double e = (y[i] - reference[i]) / (fabs(reference[i]) + 1e3 * atol[i]);
        sum += e * e;
    }
    return sqrt(sum / SYN_N);
}

/* A day; returns milliseconds, or a negative number after a failure. */
static double ours(const SyntheticProblem *s, const MlTableau *method, double rtol, double *y,
                   MlSolverStats *stats) {
    MlSolverOptions options = ml_solver_options_default();
    options.method = method;
    options.rtol = rtol;
    options.autonomous = 1;
    MlSolver *solver;
    if (ml_solver_create(&s->problem, &options, &solver, NULL) != MILIEU_OK) return -1;
    double best = 1e9;
    for (int round = 0; round < 3; round++) {
        double start = now();
        memcpy(y, s->y0, sizeof s->y0);
        ml_solver_start(solver, &s->ctx, 0, y);
        for (double t = 0; t < DAY; t += BETWEEN) {
            syn_drink(y, 0.25);
            ml_solver_restart(solver, t, y);
            milieu_error err;
            while (ml_solver_time(solver) < t + BETWEEN)
                if (ml_solver_step(solver, t + BETWEEN, &err) != MILIEU_OK) {
                    printf("%s\n", err.text);
                    ml_solver_destroy(&solver);
                    return -1;
                }
            memcpy(y, ml_solver_state(solver), sizeof s->y0);
        }
        best = fmin(best, 1e3 * (now() - start));
        if (round == 0) *stats = *ml_solver_stats(solver);
    }
    ml_solver_destroy(&solver);
    return best;
}

static double cvode(const SyntheticProblem *s, double rtol, double atol_factor, double *y, long *steps) {
    double start = now();
    MlCvode *c = ml_cvode_create(&s->problem, ML_CVODE_DENSE);
    int code = c ? 0 : -1;
    memcpy(y, s->y0, sizeof s->y0);
    for (double t = 0; t < DAY && code == 0; t += BETWEEN) {
        syn_drink(y, 0.25);
        code = ml_cvode_advance(c, &s->ctx, t, t + BETWEEN, y, rtol, atol_factor);
    }
    if (c) *steps = ml_cvode_steps(c);
    ml_cvode_destroy(&c);
    return code < 0 ? -1 : 1e3 * (now() - start);
}

int main(int argc, char **argv) {
    static SyntheticProblem s;
    static double y[SYN_N], reference[SYN_N], check[SYN_N];
    double fast = argc > 1 ? atof(argv[1]) : 1;
    if (syn_create(&s, fast)) return 1;
    time_pieces(&s);
    MlSolverStats st;
    long steps = 0;
    ours(&s, &ml_rodas5p, 1e-11, reference, &st);
    cvode(&s, 1e-11, 1e-5, check, &steps);
    printf("two references differ by %.2g\n", rms_error(check, reference, s.atol));
    const MlTableau *method[] = {&ml_rodas4, &ml_rodas4p, &ml_rodas5p};
    static const double rtol[] = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
    printf("method    rtol     ms     steps rejected   rms error   us/step\n");
    for (size_t m = 0; m < sizeof method / sizeof method[0]; m++) {
        for (size_t k = 0; k < sizeof rtol / sizeof rtol[0]; k++) {
            double ms = ours(&s, method[m], rtol[k], y, &st);
            printf("%-8s %6.0e %8.2f %6ld %6ld    %10.2e %8.1f\n", method[m]->name, rtol[k], ms, st.steps,
                   st.rejected, rms_error(y, reference, s.atol), 1e3 * ms / (double)(st.steps + st.rejected));
        }
    }
    for (size_t k = 0; k < sizeof rtol / sizeof rtol[0]; k++) {
        double ms = cvode(&s, rtol[k], 1, y, &steps);
        printf("%-8s %6.0e %8.2f %6ld           %10.2e\n", "CVODE", rtol[k], ms, steps,
               rms_error(y, reference, s.atol));
    }
    syn_free(&s);
    return 0;
}
