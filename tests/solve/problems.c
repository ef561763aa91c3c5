/* SPDX-License-Identifier: Apache-2.0 */
#include "problems.h"

#include <math.h>
#include <string.h>

/* Defines NAME and NAME8 from one text, for numbers and for lanes. */
#define ROWS(name, ...)                                                                                      \
    static void name(const void *ctx, double t, const double *y, double *row) {                              \
        (void)ctx, (void)t;                                                                                  \
        __VA_ARGS__                                                                                          \
    }                                                                                                        \
    static void name##8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row) {                         \
        (void)ctx, (void)t;                                                                                  \
        __VA_ARGS__                                                                                          \
    }

ROWS(robertson_rows, {
    row[0] = 0.04 * y[0];
    row[1] = 1e4 * y[1] * y[2];
    row[2] = 3e7 * y[1] * y[1];
})

const MlProblem robertson = {.n = 3,
                             .nrow = 3,
                             .rows = robertson_rows,
                             .rows8 = robertson_rows8,
                             .A_ptr = (const int[]){0, 2, 5, 6},
                             .A_col = (const int[]){0, 1, 0, 1, 2, 2},
                             .A_val = (const double[]){-1, 1, 1, -1, -1, 1},
                             .read_ptr = (const int[]){0, 1, 3, 4},
                             .read_col = (const int[]){0, 1, 2, 1},
                             .atol = (const double[]){1e-8, 1e-14, 1e-8}};

/* The rates are the rows and each reads all states. */
#define TWO_STATES(name)                                                                                     \
    {                                                                                                        \
        .n = 2, .nrow = 2, .rows = name, .rows8 = name##8, .A_ptr = (const int[]){0, 1, 2},                  \
        .A_col = (const int[]){0, 1}, .A_val = (const double[]){1, 1}, .read_ptr = (const int[]){0, 2, 4},   \
        .read_col = (const int[]){0, 1, 0, 1}, .atol = (const double[]) {                                    \
            1e-9, 1e-9                                                                                       \
        }                                                                                                    \
    }

ROWS(van_der_pol_rows, {
    double mu = *(const double *)ctx;
    row[0] = 1.0 * y[1];
    row[1] = mu * ((1.0 - y[0] * y[0]) * y[1]) - y[0];
})
const MlProblem van_der_pol = TWO_STATES(van_der_pol_rows);

ROWS(oscillator_rows, {
    row[0] = 1.0 * y[1];
    row[1] = -y[0];
})
const MlProblem oscillator = TWO_STATES(oscillator_rows);

ROWS(smooth_rows, {
    row[0] = y[1] * cos(t);
    row[1] = -y[0] * y[1] * y[1] + t / 4;
})
const MlProblem smooth = TWO_STATES(smooth_rows);

ROWS(prothero_robinson_rows, {
    double lambda = *(const double *)ctx;
    row[0] = -lambda * (y[0] - cos(t)) - sin(t);
})
const MlProblem prothero_robinson = {.n = 1,
                                     .nrow = 1,
                                     .rows = prothero_robinson_rows,
                                     .rows8 = prothero_robinson_rows8,
                                     .A_ptr = (const int[]){0, 1},
                                     .A_col = (const int[]){0},
                                     .A_val = (const double[]){1},
                                     .read_ptr = (const int[]){0, 1},
                                     .read_col = (const int[]){0},
                                     .atol = (const double[]){1e-9}};

ROWS(emptying_rows, {
    row[0] = 0.5 * y[0];
    row[1] = 0.5 * y[0] * (y[1] * y[0] / (y[0] * y[0] + 1e-8));
    row[2] = 0.01 * y[2];
    row[3] = 0.01 * y[2] * (y[3] * y[2] / (y[2] * y[2] + 1e-8));
})
const MlProblem emptying = {.n = 4,
                            .nrow = 4,
                            .rows = emptying_rows,
                            .rows8 = emptying_rows8,
                            .A_ptr = (const int[]){0, 1, 2, 4, 6},
                            .A_col = (const int[]){0, 1, 0, 2, 1, 3},
                            .A_val = (const double[]){-1, -1, 1, -1, 1, -1},
                            .read_ptr = (const int[]){0, 1, 3, 4, 6},
                            .read_col = (const int[]){0, 0, 1, 2, 2, 3},
                            .atol = (const double[]){1e-8, 1e-6, 1e-8, 1e-6}};

milieu_code run_to(MlSolver *solver, double t1) {
    milieu_code code = MILIEU_OK;
    while (code == MILIEU_OK && ml_solver_time(solver) < t1) code = ml_solver_step(solver, t1, NULL);
    return code;
}

milieu_code solve_problem(const MlProblem *problem, const void *ctx, const MlTableau *method, double rtol,
                          double t0, double t1, double *y, MlSolverStats *stats) {
    MlSolverOptions options = ml_solver_options_default();
    options.method = method;
    options.rtol = rtol;
    MlSolver *solver;
    milieu_code code = ml_solver_create(problem, &options, &solver, NULL);
    if (code != MILIEU_OK) return code;
    ml_solver_start(solver, ctx, t0, y);
    code = run_to(solver, t1);
    memcpy(y, ml_solver_state(solver), (size_t)problem->n * sizeof *y);
    if (stats) *stats = *ml_solver_stats(solver);
    ml_solver_destroy(&solver);
    return code;
}

milieu_code solve_fixed(const MlProblem *problem, const void *ctx, const MlTableau *method, double t0,
                        double h, int count, double *y) {
    MlSolverOptions options = {.method = method, .rtol = 1e6, .h_first = h, .h_max = h};
    MlSolver *solver;
    milieu_code code = ml_solver_create(problem, &options, &solver, NULL);
    if (code != MILIEU_OK) return code;
    ml_solver_start(solver, ctx, t0, y);
    for (int k = 1; k <= count && code == MILIEU_OK; k++) code = run_to(solver, t0 + k * h);
    memcpy(y, ml_solver_state(solver), (size_t)problem->n * sizeof *y);
    ml_solver_destroy(&solver);
    return code;
}
