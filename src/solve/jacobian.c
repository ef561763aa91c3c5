/* SPDX-License-Identifier: Apache-2.0 */
#include "solve/jacobian.h"

#include "base/fail.h"

#include <math.h>
#include <string.h>

enum { LANES = sizeof(MlReal8) / sizeof(double) };

/* Square root of the rounding unit: balances rounding and curvature in a one-sided difference. */
static const double RELATIVE_MOVE = 0x1p-26;

struct MlJacobian {
    const MlProblem *problem;
    MlLu *lu, *brief; /* brief: without the states that are seldom there and that rows read; NULL: all are */
    int ncolor, nmoved; /* states that some row reads, and their colors */
    int nalways;        /* colors of states that are not seldom there, in whole calls */
    int ncalled, absent; /* absent: whether all seldom states are, as last looked at */

    /* Moved states sorted by color: color c is [color_ptr[c], color_ptr[c+1]). */
    int *color_ptr, *moved;
    /* Derivatives, one for each moved state and row that reads it, sorted as the moved states are: those of
     * the states of call k of rows8 are [call_ptr[k], call_ptr[k+1]). */
    int nslope, *call_ptr;
    int *slope_move, *slope_row, *slope_lane; /* index into moved, row, row * LANES + lane */
    double *slope;
    /* Entry slot gains coef times a derivative. */
    int nfeed, *feed_slot, *feed_brief, *feed_slope; /* brief: behind the entries where it has none */
    double *feed_coef;

    double *delta, *inverse; /* nmoved: moves and their inverses */
    MlReal8 *state;          /* n: eight trial states */
    MlReal8 *row;            /* nrow */
};

/* A in compressed columns and the readers of each state: the transposes of the problem's tables. */
typedef struct Transpose {
    int *ptr, *index;
    double *value;
} Transpose;

static int transpose(const MlMemory *memory, int nrow, int ncol, const int *ptr, const int *col,
                     const double *value, Transpose *t) {
    int count = ptr[nrow];
    t->ptr = ml_new(memory, (size_t)ncol + 2, sizeof(int));
    t->index = ml_new(memory, (size_t)count + 1, sizeof(int));
    t->value = ml_new(memory, (size_t)count + 1, sizeof(double));
    if (!t->ptr || !t->index || !t->value) return 0;
    for (int k = 0; k < count; k++) t->ptr[col[k] + 2]++;
    for (int j = 0; j < ncol; j++) t->ptr[j + 2] += t->ptr[j + 1];
    for (int i = 0; i < nrow; i++) {
        for (int k = ptr[i]; k < ptr[i + 1]; k++) {
            int place = t->ptr[col[k] + 1]++;
            t->index[place] = i;
            if (value) t->value[place] = value[k];
        }
    }
    return 1;
}

static void transpose_free(Transpose *t) {
    ml_free(t->ptr);
    ml_free(t->index);
    ml_free(t->value);
}

static int is_seldom(const MlProblem *p, int state) { return p->seldom && p->seldom[state]; }

/* Of these, those that some row reads. */
static int is_dropped(const MlProblem *p, const Transpose *readers, int state) {
    return is_seldom(p, state) && readers->ptr[state + 1] > readers->ptr[state];
}

/* Colors the states that are seldom there, or the others, greedily, those read by the most rows first, from color
 * `first` on. Two states clash when a row reads both. Returns one past the last color; `taken` is scratch:
 * taken[c] = last state that may not have c. */
static int color_some(const MlProblem *p, const Transpose *readers, int seldom, int first, int *color, int *taken) {
    int ncolor = first;
    for (;;) {
        int best = -1, most = 0;
        for (int j = 0; j < p->n; j++) {
            int degree = readers->ptr[j + 1] - readers->ptr[j];
            if (color[j] < 0 && is_seldom(p, j) == seldom && degree > most) best = j, most = degree;
        }
        if (best < 0) return ncolor;
        for (int k = readers->ptr[best]; k < readers->ptr[best + 1]; k++) {
            int r = readers->index[k];
            for (int m = p->read_ptr[r]; m < p->read_ptr[r + 1]; m++) {
                int other = color[p->read_col[m]];
                if (other >= 0) taken[other] = best;
            }
        }
        int c = first;
        while (taken[c] == best) c++;
        color[best] = c;
        if (c >= ncolor) ncolor = c + 1;
    }
}

/* -1 for a state that nobody reads. Returns 0 without memory. */
static int color_states(MlJacobian *jac, const Transpose *readers, int *color) {
    const int most = jac->problem->n + LANES; /* colors, those of calls that are not full included */
    int *taken = ml_new(ml_memory_of(jac), (size_t)most + 1, sizeof(int));
    if (!taken) return 0;
    for (int c = 0; c <= most; c++) taken[c] = -1;
    for (int j = 0; j < jac->problem->n; j++) color[j] = -1;
    jac->ncolor = color_some(jac->problem, readers, 0, 0, color, taken);
    jac->nalways = (jac->ncolor + LANES - 1) / LANES * LANES;
    const int all = color_some(jac->problem, readers, 1, jac->nalways, color, taken);
    if (all > jac->nalways) jac->ncolor = all;
    ml_free(taken);
    return 1;
}

static int sort_by_color(MlJacobian *jac, const int *color) {
    const MlMemory *memory = ml_memory_of(jac);
    int n = jac->problem->n;
    jac->color_ptr = ml_new(memory, (size_t)jac->ncolor + 1, sizeof(int));
    jac->moved = ml_new(memory, (size_t)n + 1, sizeof(int));
    if (!jac->color_ptr || !jac->moved) return 0;
    jac->nmoved = 0;
    for (int c = 0; c < jac->ncolor; c++) {
        for (int j = 0; j < n; j++)
            if (color[j] == c) jac->moved[jac->nmoved++] = j;
        jac->color_ptr[c + 1] = jac->nmoved;
    }
    return 1;
}

/* The pattern of A d(row)/dy in compressed rows. */
static int product_pattern(const MlMemory *memory, const MlProblem *p, int **ptr_out, int **col_out) {
    size_t room = 0;
    for (int i = 0; i < p->n; i++)
        for (int k = p->A_ptr[i]; k < p->A_ptr[i + 1]; k++)
            room += (size_t)(p->read_ptr[p->A_col[k] + 1] - p->read_ptr[p->A_col[k]]);
    int *ptr = ml_new(memory, (size_t)p->n + 1, sizeof(int)), *col = ml_new(memory, room + 1, sizeof(int));
    int *seen = ml_new(memory, (size_t)p->n + 1, sizeof(int));
    *ptr_out = ptr;
    *col_out = col;
    if (!ptr || !col || !seen) {
        ml_free(seen);
        return 0;
    }
    for (int j = 0; j < p->n; j++) seen[j] = -1;
    int count = 0;
    for (int i = 0; i < p->n; i++) {
        ptr[i] = count;
        for (int k = p->A_ptr[i]; k < p->A_ptr[i + 1]; k++) {
            int r = p->A_col[k];
            for (int m = p->read_ptr[r]; m < p->read_ptr[r + 1]; m++) {
                int j = p->read_col[m];
                if (seen[j] == i) continue;
                seen[j] = i;
                col[count++] = j;
            }
        }
    }
    ptr[p->n] = count;
    ml_free(seen);
    return 1;
}

/* The same without the entries of states that are seldom there and that rows read, in place. */
static void drop_seldom(const MlProblem *p, const Transpose *readers, int *ptr, int *col) {
    int kept = 0;
    for (int i = 0, from = 0; i < p->n; i++) {
        const int to = ptr[i + 1], drop = is_dropped(p, readers, i);
        for (int k = from; k < to; k++)
            if (!drop && !is_dropped(p, readers, col[k])) col[kept++] = col[k];
        ptr[i + 1] = kept;
        from = to;
    }
}

static int find_slot(const MlLu *lu, const int *ptr, const int *col, int i, int j) {
    for (int k = ptr[i]; k < ptr[i + 1]; k++)
        if (col[k] == j) return lu->slot[k];
    return -1;
}

/* How many derivatives there are and how many entries they feed. */
static void count_slopes(MlJacobian *jac, const Transpose *readers, const Transpose *donors) {
    jac->nslope = jac->nfeed = 0;
    for (int m = 0; m < jac->nmoved; m++) {
        int j = jac->moved[m];
        for (int k = readers->ptr[j]; k < readers->ptr[j + 1]; k++) {
            int r = readers->index[k];
            jac->nslope++;
            jac->nfeed += donors->ptr[r + 1] - donors->ptr[r];
        }
    }
}

static int allocate_slopes(MlJacobian *jac) {
    const MlMemory *memory = ml_memory_of(jac);
    size_t nslope = (size_t)jac->nslope + 1, nfeed = (size_t)jac->nfeed + 1;
    jac->call_ptr = ml_new(memory, (size_t)(jac->ncolor / LANES) + 2, sizeof(int));
    jac->slope_move = ml_new(memory, nslope, sizeof(int));
    jac->slope_row = ml_new(memory, nslope, sizeof(int));
    jac->slope_lane = ml_new(memory, nslope, sizeof(int));
    jac->slope = ml_new(memory, nslope, sizeof(double));
    jac->feed_slot = ml_new(memory, nfeed, sizeof(int));
    jac->feed_brief = ml_new(memory, nfeed, sizeof(int));
    jac->feed_slope = ml_new(memory, nfeed, sizeof(int));
    jac->feed_coef = ml_new(memory, nfeed, sizeof(double));
    return jac->call_ptr && jac->slope_move && jac->slope_row && jac->slope_lane && jac->slope &&
           jac->feed_slot && jac->feed_brief && jac->feed_slope && jac->feed_coef;
}

/* Lists the derivatives and the entries that they feed. */
static int list_slopes(MlJacobian *jac, const Transpose *readers, const Transpose *donors, const int *ptr,
                       const int *col) {
    count_slopes(jac, readers, donors);
    if (!allocate_slopes(jac)) return 0;
    int slope = 0, feed = 0;
    for (int c = 0; c < jac->ncolor; c++) {
        for (int m = jac->color_ptr[c]; m < jac->color_ptr[c + 1]; m++) {
            int j = jac->moved[m];
            for (int k = readers->ptr[j]; k < readers->ptr[j + 1]; k++) {
                int r = readers->index[k];
                for (int q = donors->ptr[r]; q < donors->ptr[r + 1]; q++) {
                    jac->feed_slot[feed] = find_slot(jac->lu, ptr, col, donors->index[q], j);
                    jac->feed_slope[feed] = slope;
                    jac->feed_coef[feed++] = donors->value[q];
                }
                jac->slope_move[slope] = m;
                jac->slope_row[slope] = r;
                jac->slope_lane[slope++] = r * LANES + c % LANES;
            }
        }
        jac->call_ptr[c / LANES + 1] = slope;
    }
    return 1;
}

static int allocate_lanes(MlJacobian *jac) {
    const MlMemory *memory = ml_memory_of(jac);
    size_t n = (size_t)jac->problem->n, nrow = (size_t)jac->problem->nrow;
    jac->delta = ml_new(memory, 2 * n + 1, sizeof(double));
    jac->inverse = jac->delta ? jac->delta + n : NULL;
    jac->state = ml_new(memory, n + 1, sizeof(MlReal8));
    jac->row = ml_new(memory, nrow + 1, sizeof(MlReal8));
    return jac->delta && jac->state && jac->row;
}

/* Most people have none of the states that are seldom there: half of the factors. */
static milieu_code build_brief(MlJacobian *jac, const Transpose *readers, const Transpose *donors, int *ptr, int *col, milieu_error *err) {
    const MlProblem *p = jac->problem;
    drop_seldom(p, readers, ptr, col);
    ML_TRY(ml_lu_create(ml_memory_of(jac), p->n, ptr, col, &jac->brief, err));
    for (int feed = 0, m = 0; m < jac->nmoved; m++) {
        const int j = jac->moved[m];
        for (int k = readers->ptr[j]; k < readers->ptr[j + 1]; k++)
            for (int q = donors->ptr[readers->index[k]]; q < donors->ptr[readers->index[k] + 1]; q++, feed++) {
                const int slot = find_slot(jac->brief, ptr, col, donors->index[q], j);
                jac->feed_brief[feed] = slot < 0 ? jac->brief->nnz : slot;
            }
    }
    return MILIEU_OK;
}

/* Everything that may run out of memory; MILIEU_OK or MILIEU_NO_MEMORY. */
static milieu_code build(MlJacobian *jac, Transpose *readers, Transpose *donors, int *color, int **ptr,
                         int **col, milieu_error *err) {
    const MlMemory *memory = ml_memory_of(jac);
    const MlProblem *p = jac->problem;
    int ok = transpose(memory, p->nrow, p->n, p->read_ptr, p->read_col, NULL, readers) &&
             transpose(memory, p->n, p->nrow, p->A_ptr, p->A_col, p->A_val, donors) &&
             product_pattern(memory, p, ptr, col);
    if (!ok || !color_states(jac, readers, color) || !sort_by_color(jac, color) || !allocate_lanes(jac))
        return ml_fail(err, MILIEU_NO_MEMORY, "Jacobian", "no memory for %d states", p->n);
    ML_TRY(ml_lu_create(memory, p->n, *ptr, *col, &jac->lu, err));
    if (!list_slopes(jac, readers, donors, *ptr, *col))
        return ml_fail(err, MILIEU_NO_MEMORY, "Jacobian", "no memory for %d states", p->n);
    return p->seldom ? build_brief(jac, readers, donors, *ptr, *col, err) : MILIEU_OK;
}

milieu_code ml_jacobian_create(const MlMemory *memory, const MlProblem *problem, MlJacobian **jacobian,
                               milieu_error *err) {
    MlJacobian *jac = ml_new(memory, 1, sizeof *jac);
    int *color = ml_new(memory, (size_t)problem->n + 1, sizeof(int)), *ptr = NULL, *col = NULL;
    Transpose readers = {0}, donors = {0};
    milieu_code code = MILIEU_NO_MEMORY;
    if (jac && color) {
        jac->problem = problem;
        code = build(jac, &readers, &donors, color, &ptr, &col, err);
    } else {
        ml_fail(err, MILIEU_NO_MEMORY, "Jacobian", "no memory for %d states", problem->n);
    }
    transpose_free(&readers);
    transpose_free(&donors);
    ml_free(color);
    ml_free(ptr);
    ml_free(col);
    if (code != MILIEU_OK) ml_jacobian_destroy(&jac);
    *jacobian = jac;
    return code;
}

void ml_jacobian_destroy(MlJacobian **jacobian) {
    MlJacobian *jac = jacobian ? *jacobian : NULL;
    if (!jac) return;
    ml_lu_destroy(&jac->lu);
    ml_lu_destroy(&jac->brief);
    ml_free(jac->color_ptr);
    ml_free(jac->moved);
    ml_free(jac->call_ptr);
    ml_free(jac->slope_move);
    ml_free(jac->slope_row);
    ml_free(jac->slope_lane);
    ml_free(jac->slope);
    ml_free(jac->feed_slot);
    ml_free(jac->feed_brief);
    ml_free(jac->feed_slope);
    ml_free(jac->feed_coef);
    ml_free(jac->delta);
    ml_free(jac->state);
    ml_free(jac->row);
    ml_free(jac);
    *jacobian = NULL;
}

const MlLu *ml_jacobian_lu(const MlJacobian *jac) { return jac->lu; }

int ml_jacobian_colors(const MlJacobian *jac) { return jac->ncolor; }

int ml_jacobian_calls(const MlJacobian *jac) { return jac->ncalled; }

/* Moves color first + k in lane k; or puts the states back. */
static void move_states(MlJacobian *jac, const double *y, int first, int count, int back) {
    for (int lane = 0; lane < count; lane++) {
        for (int m = jac->color_ptr[first + lane]; m < jac->color_ptr[first + lane + 1]; m++) {
            int j = jac->moved[m];
            jac->state[j][lane] = back ? y[j] : y[j] + jac->delta[m];
        }
    }
}

/* Takes the derivatives of one call of rows8. Their sum tells whether all are finite. */
static double take_slopes(const MlJacobian *jac, const double *row, int call) {
    const double *moved_row = (const double *)jac->row;
    double *restrict slope = jac->slope, sum = 0;
    for (int k = jac->call_ptr[call]; k < jac->call_ptr[call + 1]; k++) {
        slope[k] =
            (moved_row[jac->slope_lane[k]] - row[jac->slope_row[k]]) * jac->inverse[jac->slope_move[k]];
        sum += fabs(slope[k]);
    }
    return sum;
}

/* 1 where every state of a call is zero and no row brings any. */
static int is_absent(const MlJacobian *jac, const double *y, const double *row, int first, int count) {
    const MlProblem *p = jac->problem;
    for (int m = jac->color_ptr[first]; m < jac->color_ptr[first + count]; m++) {
        int j = jac->moved[m];
        if (y[j] != 0) return 0;
        for (int k = p->A_ptr[j]; k < p->A_ptr[j + 1]; k++)
            if (row[p->A_col[k]] != 0) return 0;
    }
    return 1;
}

static void clear_slopes(MlJacobian *jac, int call) {
    for (int k = jac->call_ptr[call]; k < jac->call_ptr[call + 1]; k++) jac->slope[k] = 0;
}

/* The first moved state with a derivative that is not finite, or -1. */
static int find_bad_slope(const MlJacobian *jac) {
    for (int k = 0; k < jac->nslope; k++)
        if (!isfinite(jac->slope[k])) return jac->moved[jac->slope_move[k]];
    return -1;
}

static int take_side(MlJacobian *jac, const void *ctx, double t, const double *y, const double *row,
                     const double *scale, double side) {
    const MlProblem *p = jac->problem;
    for (int m = 0; m < jac->nmoved; m++) {
        int j = jac->moved[m];
        /* the difference of the two states as they are stored */
        double size = fabs(y[j]) > scale[j] ? fabs(y[j]) : scale[j];
        double target = y[j] + side * RELATIVE_MOVE * size;
        jac->delta[m] = target - y[j];
        jac->inverse[m] = 1 / jac->delta[m];
    }
    for (int i = 0; i < p->n; i++) jac->state[i] = y[i] - (MlReal8){0};
    double sum = 0;
    for (int first = 0; first < jac->ncolor; first += LANES) {
        int count = jac->ncolor - first < LANES ? jac->ncolor - first : LANES;
        if (first >= jac->nalways && is_absent(jac, y, row, first, count)) {
            clear_slopes(jac, first / LANES);
            continue;
        }
        jac->absent &= first < jac->nalways;
        move_states(jac, y, first, count, 0);
        p->rows8(ctx, t, jac->state, jac->row);
        sum += take_slopes(jac, row, first / LANES);
        move_states(jac, y, first, count, 1);
        jac->ncalled++;
    }
    return isfinite(sum) ? -1 : find_bad_slope(jac);
}

static int take(MlJacobian *jac, const void *ctx, double t, const double *y, const double *row, const double *scale) {
    jac->ncalled = 0;
    jac->absent = 1;
    int bad = take_side(jac, ctx, t, y, row, scale, 1);
    return bad >= 0 ? take_side(jac, ctx, t, y, row, scale, -1) : bad;
}

static void feed_all(const MlJacobian *jac, double *restrict value) {
    memset(value, 0, (size_t)jac->lu->nnz * sizeof(double));
    for (int k = 0; k < jac->nfeed; k++)
        value[jac->feed_slot[k]] += jac->feed_coef[k] * jac->slope[jac->feed_slope[k]];
}

int ml_jacobian_evaluate(MlJacobian *jac, const void *ctx, double t, const double *y, const double *row,
                         const double *scale, double *restrict value) {
    int bad = take(jac, ctx, t, y, row, scale);
    feed_all(jac, value);
    return bad;
}

/* Feeds the brief factors; 0 where an entry that these leave out is not zero. */
static int feed_brief(const MlJacobian *jac, double *restrict value) {
    const int nnz = jac->brief->nnz;
    double left_out = 0;
    memset(value, 0, (size_t)nnz * sizeof(double));
    for (int k = 0; k < jac->nfeed; k++) {
        const double part = jac->feed_coef[k] * jac->slope[jac->feed_slope[k]];
        if (jac->feed_brief[k] < nnz) value[jac->feed_brief[k]] += part;
        else left_out += fabs(part);
    }
    return left_out == 0;
}

int ml_jacobian_brief(MlJacobian *jac, const void *ctx, double t, const double *y, const double *row,
                      const double *scale, double *restrict value, const MlLu **lu) {
    int bad = take(jac, ctx, t, y, row, scale);
    *lu = jac->brief;
    if (jac->brief && jac->absent && feed_brief(jac, value)) return bad;
    *lu = jac->lu;
    feed_all(jac, value);
    return bad;
}
