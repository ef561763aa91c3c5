/* SPDX-License-Identifier: Apache-2.0 */
#include "solve/rosenbrock.h"

#include "base/fail.h"
#include "lanes/real.h"
#include "solve/jacobian.h"
#include "solve/stoichiometry.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LANES = sizeof(MlReal8) / sizeof(double) };

/* Two numbers: what every 64-bit processor holds in a register. */
typedef double Pair __attribute__((vector_size(16), may_alias));

/* Step control: part of the step that the error estimate allows, limits of growth and shrinkage. */
static const double SAFETY = 0.9, GROW_MOST = 6, SHRINK_MOST = 0.1;
/* What a value that is not finite does to the step. */
static const double SHRINK_FAILED = 0.25;
/* How much too short the guess of a first step is taken to be before one was made. */
static const double GUESS_FACTOR = 4;
/* A state is moved for differences as if it had at least this many absolute tolerances. */
static const double SCALE_ATOL = 1e6;

/* As fmax and fmin, but inlined; a NaN in b comes through. */
static double larger(double a, double b) { return a > b ? a : b; }
static double smaller(double a, double b) { return a < b ? a : b; }

struct MlSolver {
    const MlProblem *problem;
    const void *ctx;
    MlSolverOptions options;
    MlSolverStats stats;
    MlStoichiometry *stoichiometry;
    MlJacobian *jacobian;
    const MlLu *lu; /* of the last Jacobian */
    int n, nblock; /* states, and blocks of eight that hold them */

    double t, t_old, h;  /* h: the last accepted step */
    double h_next;       /* the step to try, before it is cut to a limit */
    double error_old;    /* of the last accepted step; 0: none yet */
    double guess;        /* of a first step, until one is made; else 0 */
    double guess_factor; /* by how much the last guess was too short */
    int fresh;           /* the rows, the Jacobian and df/dt belong to (t, y) */
    int worst;

    /* Blocks: y, y_old, u of every stage, dy/dt at t and its derivative by t, scratch. */
    MlReal8 *y, *y_old, *y_new, *stage, *f, *f_stage, *f_t, *u[ML_STAGES_MAX];
    double *row, *row_t;            /* nrow */
    double *scale, *work;           /* n, 2 n */
    double *jacobian_value, *value; /* nnz: the Jacobian; nvalue: the factors */
    void *memory;
};

MlSolverOptions ml_solver_options_default(void) {
    return (MlSolverOptions){.method = &ml_rodas5p, .rtol = 1e-5};
}

/* Hands out parts of one block, each on a boundary of 64 bytes; with NULL it only counts. */
static void *carve(char *memory, size_t *used, size_t size) {
    void *part = memory ? memory + *used : NULL;
    *used += (size + 63) / 64 * 64;
    return part;
}

static size_t lay_out(MlSolver *s, char *memory) {
    size_t used = 0, block = (size_t)s->nblock * sizeof(MlReal8);
    MlReal8 **blocks[] = {&s->y, &s->y_old, &s->y_new, &s->stage, &s->f, &s->f_stage, &s->f_t};
    for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++) *blocks[k] = carve(memory, &used, block);
    for (int k = 0; k < ML_STAGES_MAX; k++) s->u[k] = carve(memory, &used, block);
    s->row = carve(memory, &used, (size_t)s->problem->nrow * sizeof(double));
    s->row_t = carve(memory, &used, (size_t)s->problem->nrow * sizeof(double));
    s->scale = carve(memory, &used, block);
    s->work = carve(memory, &used, 2 * block);
    s->jacobian_value = carve(memory, &used, (size_t)s->lu->nnz * sizeof(double));
    s->value = carve(memory, &used, (size_t)s->lu->nvalue * sizeof(double));
    return used;
}

milieu_code ml_solver_create(const MlProblem *problem, const MlSolverOptions *options, MlSolver **solver,
                             milieu_error *err) {
    *solver = NULL;
    MlSolver *s = ml_new(options->memory, 1, sizeof *s);
    if (!s) return ml_fail(err, MILIEU_NO_MEMORY, "solver", "no memory for %d states", problem->n);
    s->problem = problem;
    s->options = *options;
    s->options.memory = NULL; /* may not live as long */
    s->n = problem->n;
    s->nblock = (problem->n + LANES - 1) / LANES;
    milieu_code code = ml_stoichiometry_create(options->memory, problem, &s->stoichiometry, err);
    if (code == MILIEU_OK) code = ml_jacobian_create(options->memory, problem, &s->jacobian, err);
    if (code != MILIEU_OK) {
        ml_solver_destroy(&s);
        return code;
    }
    s->lu = ml_jacobian_lu(s->jacobian);
    size_t size = lay_out(s, NULL);
    s->memory = ml_new(options->memory, 1, size);
    if (!s->memory) {
        ml_solver_destroy(&s);
        return ml_fail(err, MILIEU_NO_MEMORY, "solver", "no memory for %d states", problem->n);
    }
    lay_out(s, s->memory);
    for (int i = 0; i < s->n; i++) s->scale[i] = SCALE_ATOL * problem->atol[i];
    *solver = s;
    return MILIEU_OK;
}

void ml_solver_destroy(MlSolver **solver) {
    MlSolver *s = solver ? *solver : NULL;
    if (!s) return;
    ml_stoichiometry_destroy(&s->stoichiometry);
    ml_jacobian_destroy(&s->jacobian);
    ml_free(s->memory);
    ml_free(s);
    *solver = NULL;
}

void ml_solver_start(MlSolver *s, const void *ctx, double t, const double *y) {
    s->ctx = ctx;
    s->guess_factor = GUESS_FACTOR;
    ml_solver_restart(s, t, y);
    s->h_next = s->options.h_first;
}

void ml_solver_restart(MlSolver *s, double t, const double *y) {
    s->t = s->t_old = t;
    s->h = s->h_next = 0;
    s->error_old = s->guess = 0;
    s->fresh = 0;
    memmove(s->y, y, (size_t)s->n * sizeof(double));
}

double ml_solver_memory(const MlSolver *s) { return s->guess_factor; }
void ml_solver_remember(MlSolver *s, double memory) { s->guess_factor = memory; }

static void evaluate(MlSolver *s, double t, const MlReal8 *y, double *row) {
    s->problem->rows(s->ctx, t, (const double *)y, row);
    s->stats.rows++;
}

/* out = base + sum over count of coef[j] u[j] */
static void combine(int nblock, const MlReal8 *base, int count, const double *coef, MlReal8 *const *u,
                    MlReal8 *out) {
    const Pair *from = (const Pair *)base;
    Pair *to = (Pair *)out;
    for (int k = 0; k < 4 * nblock; k += 4) {
        Pair s0 = from[k], s1 = from[k + 1], s2 = from[k + 2], s3 = from[k + 3];
        for (int j = 0; j < count; j++) {
            const Pair *v = (const Pair *)u[j] + k;
            double c = coef[j];
            s0 += c * v[0], s1 += c * v[1], s2 += c * v[2], s3 += c * v[3];
        }
        to[k] = s0, to[k + 1] = s1, to[k + 2] = s2, to[k + 3] = s3;
    }
}

/* The first of n numbers that is not finite, or -1. Zero times such a number is not zero. */
static int find_bad(int n, int nblock, const MlReal8 *x) {
    const Pair *v = (const Pair *)x;
    Pair s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    for (int k = 0; k < 4 * nblock; k += 4) {
        s0 += 0.0 * v[k], s1 += 0.0 * v[k + 1], s2 += 0.0 * v[k + 2], s3 += 0.0 * v[k + 3];
    }
    s0 += s1 + s2 + s3;
    if (s0[0] == 0 && s0[1] == 0) return -1;
    const double *number = (const double *)x;
    for (int i = 0; i < n; i++)
        if (!isfinite(number[i])) return i;
    return -1;
}

static milieu_code out_of_domain(MlSolver *s, int state, milieu_error *err) {
    s->worst = state;
    char where[32];
    snprintf(where, sizeof where, "state %d", state);
    return ml_fail(err, MILIEU_OUT_OF_DOMAIN, where, "state %d or its rate is not finite at t = %.10g", state,
                   s->t);
}

/* df/dt at (t, y) by a difference short against the step. */
static void differ_by_time(MlSolver *s, double h) {
    double later = s->t + larger(0x1p-22 * h, 0x1p-40 * fabs(s->t));
    double inverse = 1 / (later - s->t);
    evaluate(s, later, s->y, s->row_t);
    for (int r = 0; r < s->problem->nrow; r++) s->row_t[r] = (s->row_t[r] - s->row[r]) * inverse;
    ml_stoichiometry_apply(s->stoichiometry, s->row_t, (double *)s->f_t);
}

static milieu_code refresh_rates(MlSolver *s, milieu_error *err) {
    evaluate(s, s->t, s->y, s->row);
    ml_stoichiometry_apply(s->stoichiometry, s->row, (double *)s->f);
    int bad = find_bad(s->n, s->nblock, s->y);
    if (bad < 0) bad = find_bad(s->n, s->nblock, s->f);
    return bad < 0 ? MILIEU_OK : out_of_domain(s, bad, err);
}

static milieu_code refresh_slopes(MlSolver *s, double h, milieu_error *err) {
    int bad = ml_jacobian_brief(s->jacobian, s->ctx, s->t, (const double *)s->y, s->row, s->scale,
                                s->jacobian_value, &s->lu);
    s->stats.jacobians++;
    s->stats.rows8 += ml_jacobian_calls(s->jacobian);
    if (bad >= 0) return out_of_domain(s, bad, err);
    if (!s->options.autonomous) differ_by_time(s, h);
    s->fresh = 1;
    return MILIEU_OK;
}

static double tolerance(const MlSolver *s, double a, double b, int i) {
    return s->problem->atol[i] + s->options.rtol * larger(fabs(a), fabs(b));
}

/* A first step from dy/dt and the second derivative along the solution: the rate lambda at which dy/dt
 * changes gives the scale of time, and an error of (h lambda)^q speed/lambda is held to a part of the
 * tolerance. */
static double guess_first_step(MlSolver *s, double span) {
    const double *y = (const double *)s->y, *f = (const double *)s->f;
    double speed = 0, bend = 0;
    for (int i = 0; i < s->n; i++) speed = larger(speed, fabs(f[i]) / tolerance(s, y[i], y[i], i));
    if (speed == 0) return span;
    double delta = smaller(0.01 / speed, 0.01 * span);
    double *moved = (double *)s->f_stage;
    combine(s->nblock, s->y, 1, &delta, (MlReal8 *[]){s->f}, s->stage);
    evaluate(s, s->t + delta, s->stage, s->row_t);
    ml_stoichiometry_apply(s->stoichiometry, s->row_t, moved);
    for (int i = 0; i < s->n; i++) {
        double slope = fabs(moved[i] - f[i]) / delta / tolerance(s, y[i], y[i], i);
        if (slope > bend) bend = slope;
    }
    double lambda = bend / speed;
    if (!(lambda * span > 1e-3)) return span;
    double h = 0.5 / lambda * smaller(10, r_pow(lambda / speed, 1.0 / s->options.method->order));
    return smaller(h, span);
}

/* The largest error relative to its tolerance, of the last u; NaN counts as the largest. */
static double measure_error(MlSolver *s) {
    const double *y = (const double *)s->y, *y_new = (const double *)s->y_new;
    const double *e = (const double *)s->u[s->options.method->stages - 1];
    double error = 0;
    for (int i = 0; i < s->n; i++) {
        double part = fabs(e[i]) / tolerance(s, y[i], y_new[i], i);
        if (part <= error) continue;
        error = part;
        s->worst = i;
        if (isnan(part)) break;
    }
    return error;
}

/* Factors I/(h gamma) - J; 0 if a pivot is lost. */
static int factor(MlSolver *s, double diagonal) {
    double *restrict value = s->value;
    const double *restrict slope = s->jacobian_value;
    for (int k = 0; k < s->lu->nnz; k++) value[k] = -slope[k];
    for (int i = 0; i < s->n; i++) value[s->lu->diagonal[i]] += diagonal;
    int lost = ml_lu_factor(s->lu, value, s->work);
    s->stats.factorizations++;
    if (lost >= 0) s->worst = lost;
    return lost < 0;
}

/* Computes all stages and y_new with step h. Returns the error, NaN when something is not finite. */
static double attempt(MlSolver *s, double h) {
    const MlTableau *m = s->options.method;
    if (!factor(s, 1 / (h * m->gamma))) return (double)NAN;
    for (int i = 0; i < m->stages; i++) {
        const MlReal8 *f = s->f;
        if (i > 0) {
            MlReal8 *y = i == m->stages - 1 ? s->y_new : s->stage;
            combine(s->nblock, s->y, i, m->a[i], s->u, y);
            evaluate(s, s->t + m->alpha[i] * h, y, s->row_t);
            ml_stoichiometry_apply(s->stoichiometry, s->row_t, (double *)s->f_stage);
            f = s->f_stage;
            int bad = find_bad(s->n, s->nblock, f);
            if (bad >= 0) {
                s->worst = bad;
                return (double)NAN;
            }
        }
        double coef[ML_STAGES_MAX + 1];
        MlReal8 *term[ML_STAGES_MAX + 1];
        int count = 0;
        for (; count < i; count++) {
            coef[count] = m->c[i][count] / h;
            term[count] = s->u[count];
        }
        if (!s->options.autonomous && m->gamma_sum[i] != 0) {
            coef[count] = h * m->gamma_sum[i];
            term[count++] = s->f_t;
        }
        combine(s->nblock, f, count, coef, term, s->u[i]);
        ml_lu_solve(s->lu, s->value, (double *)s->u[i]);
        s->stats.solutions++;
    }
    combine(s->nblock, s->y_new, 1, (double[]){1}, &s->u[m->stages - 1], s->y_new);
    return measure_error(s);
}

/* The factor by which the step may change after an accepted step of this error: the smaller of what the
 * error allows and what its trend does (Gustafsson, ACM Trans. Math. Softw. 20 (1994) 496). */
static double growth(const MlSolver *s, double h, double error) {
    double q = s->options.method->order;
    double factor = SAFETY * r_pow(larger(error, 1e-10), -1 / q);
    if (s->error_old > 0 && s->h > 0) {
        double trend =
            SAFETY * h / s->h * r_pow(s->error_old / (larger(error, 1e-10) * larger(error, 1e-10)), 1 / q);
        factor = smaller(factor, trend);
    }
    return smaller(larger(factor, 1 / GROW_MOST), GROW_MOST);
}

static void accept(MlSolver *s, double h, double t_new, double error, int rejected) {
    double cut = s->h_next > h ? s->h_next : 0; /* what a limit cut off is still good */
    double factor = growth(s, h, error);
    if (s->guess > 0) s->guess_factor = smaller(larger(larger(h * factor, cut) / s->guess, 0.1), 100);
    s->guess = 0;
    if (rejected) factor = smaller(factor, 1);
    s->h_next = rejected ? h * factor : larger(h * factor, cut);
    s->error_old = larger(error, 1e-2);
    s->h = h;
    s->t_old = s->t;
    s->t = t_new;
    MlReal8 *old = s->y_old;
    s->y_old = s->y;
    s->y = s->y_new;
    s->y_new = old;
    s->fresh = 0;
    s->stats.steps++;
}

static milieu_code step_too_small(MlSolver *s, double h, double error, milieu_error *err) {
    if (isnan(error)) return out_of_domain(s, s->worst, err);
    char where[32];
    snprintf(where, sizeof where, "state %d", s->worst);
    return ml_fail(err, MILIEU_STEP_TOO_SMALL, where,
                   "the step fell to %.3g at t = %.10g, where state %d has %.3g times its tolerance", h, s->t,
                   s->worst, error);
}

milieu_code ml_solver_step(MlSolver *s, double t_limit, milieu_error *err) {
    double span = t_limit - s->t;
    if (!(span > 0)) return MILIEU_OK;
    if (!s->fresh) {
        ML_TRY(refresh_rates(s, err));
        if (!(s->h_next > 0)) {
            s->guess = guess_first_step(s, span);
            s->h_next = s->guess * s->guess_factor;
        }
    }
    if (s->options.h_max > 0) s->h_next = smaller(s->h_next, s->options.h_max);
    double least = larger(0x1p-50 * larger(fabs(s->t), smaller(span, 1)), DBL_MIN);
    int rejected = 0;
    for (;;) {
        /* end at the limit, or leave a whole step before it */
        double h = s->h_next, t_new = s->t + h;
        if (h > 0.999 * span) {
            h = span;
            t_new = t_limit;
        } else if (h > 0.5 * span) {
            h = 0.5 * span;
            t_new = s->t + h;
        }
        if (!s->fresh) ML_TRY(refresh_slopes(s, h, err));
        double error = attempt(s, h);
        if (error <= 1) {
            accept(s, h, t_new, error, rejected);
            return MILIEU_OK;
        }
        rejected = 1;
        if (isfinite(error)) {
            s->stats.rejected++;
            s->h_next = h * larger(SHRINK_MOST, SAFETY * r_pow(error, -1.0 / s->options.method->order));
        } else {
            s->stats.failed++;
            s->h_next = h * SHRINK_FAILED;
        }
        if (s->h_next < least) return step_too_small(s, s->h_next, error, err);
    }
}

double ml_solver_time(const MlSolver *s) { return s->t; }

double ml_solver_time_old(const MlSolver *s) { return s->t_old; }

const double *ml_solver_state(const MlSolver *s) { return (const double *)s->y; }

int ml_solver_worst(const MlSolver *s) { return s->worst; }

const MlSolverStats *ml_solver_stats(const MlSolver *s) { return &s->stats; }

int ml_solver_size(const MlSolver *s) { return s->n; }

/* The weight of each u in the interpolation at theta. */
static void dense_weights(const MlTableau *m, double theta, double *weight) {
    for (int j = 0; j < m->stages; j++) {
        double sum = 0;
        for (int k = m->dense - 1; k >= 0; k--) sum = sum * theta + m->d[k][j];
        weight[j] = theta * (1 - theta) * sum;
    }
}

void ml_solver_dense(const MlSolver *s, double t, double *y) {
    const double *now = (const double *)s->y, *old = (const double *)s->y_old;
    if (!(s->h > 0) || t >= s->t) {
        memcpy(y, now, (size_t)s->n * sizeof(double));
        return;
    }
    double theta = (t - s->t_old) / s->h, weight[ML_STAGES_MAX];
    dense_weights(s->options.method, theta, weight);
    for (int i = 0; i < s->n; i++) y[i] = (1 - theta) * old[i] + theta * now[i];
    for (int j = 0; j < s->options.method->stages; j++) {
        const double *u = (const double *)s->u[j];
        for (int i = 0; i < s->n; i++) y[i] += weight[j] * u[i];
    }
}
