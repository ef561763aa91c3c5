/* SPDX-License-Identifier: Apache-2.0 */
#include "solve/locate.h"

#include "base/fail.h"

#include <math.h>

enum { PARTS = 2 }; /* of the step, at whose ends the sides are compared */

/* An instant is found to this part of the step. */
static const double RESOLUTION = 1e-10;

struct MlLocator {
    int count;
    double *y;                    /* states at an instant */
    double *before, *after, *now; /* values at both ends of the bracket and at a new instant */
};

milieu_code ml_locator_create(const MlSolver *solver, int count, MlLocator **locator, milieu_error *err) {
    size_t n = (size_t)ml_solver_size(solver), m = (size_t)count;
    MlLocator *l = ml_new(ml_memory_of(solver), 1, sizeof *l + (n + 3 * m) * sizeof(double));
    *locator = l;
    if (!l) return ml_fail(err, MILIEU_NO_MEMORY, "locator", "no memory for %d values", count);
    double *memory = (double *)(l + 1);
    *l = (MlLocator){count, memory, memory + n, memory + n + m, memory + n + 2 * m};
    return MILIEU_OK;
}

void ml_locator_destroy(MlLocator **locator) {
    if (!locator) return;
    ml_free(*locator);
    *locator = NULL;
}

typedef struct Search {
    MlLocator *l;
    const MlSolver *solver;
    MlWatch watch;
    void *user;
} Search;

static void look(const Search *s, double t, double *value) {
    ml_solver_dense(s->solver, t, s->l->y);
    s->watch(s->user, t, s->l->y, value);
}

static int changed(double a, double b) { return !isnan(a) && !isnan(b) && (a >= 0) != (b >= 0); }

/* Of the values that change side within the bracket, the one whose chord crosses zero first; -1: none. */
static int first_change(const MlLocator *l, double *share) {
    int first = -1;
    *share = 1;
    for (int k = 0; k < l->count; k++) {
        if (!changed(l->before[k], l->after[k])) continue;
        double part = l->before[k] / (l->before[k] - l->after[k]);
        if (first >= 0 && !(part < *share)) continue;
        first = k;
        *share = part;
    }
    return first;
}

static void swap(double **a, double **b) {
    double *c = *a;
    *a = *b;
    *b = c;
}

/* Narrows [a, b], at whose ends some value has different sides, to the first change that the probes show.
 * The probe is the zero of the chord, moved toward the middle and kept so near to it that no more
 * probes are needed than one over those of bisection: Oliveira and Takahashi, ACM Trans. Math. Softw. 47
 * (2021) 5, doi:10.1145/3423597. */
static void narrow(const Search *s, double a, double b, double resolution, MlCrossing *crossing) {
    MlLocator *l = s->l;
    double share, width = b - a, reach = width;
    int which = first_change(l, &share);
    while (b - a > resolution) {
        double middle = a + 0.5 * (b - a), chord = a + share * (b - a);
        double push = 0.2 * (b - a) * (b - a) / width, side = middle >= chord ? 1 : -1;
        double probe = push <= fabs(middle - chord) ? chord + side * push : middle;
        double allowed = reach - 0.5 * (b - a);
        if (fabs(probe - middle) > allowed) probe = middle - side * allowed;
        if (!(probe > a && probe < b)) probe = middle;
        if (!(probe > a && probe < b)) break;
        look(s, probe, l->now);
        swap(&l->after, &l->now);
        int k = first_change(l, &share);
        if (k >= 0) {
            b = probe;
            which = k;
        } else {
            swap(&l->after, &l->now);
            swap(&l->before, &l->now);
            a = probe;
            int left = first_change(l, &share);
            if (left < 0) break; /* no value there: the bracket is as narrow as it gets */
            which = left;
        }
        reach *= 0.5;
    }
    crossing->t = b;
    crossing->which = which;
    crossing->rising = l->after[which] >= 0;
}

int ml_locate(MlLocator *l, const MlSolver *solver, MlWatch watch, void *user, double from,
              MlCrossing *crossing) {
    double end = ml_solver_time(solver), a = fmax(from, ml_solver_time_old(solver)), span = end - a, share;
    if (!(span > 0)) return 0;
    Search s = {l, solver, watch, user};
    double resolution = fmax(RESOLUTION * span, 0x1p-50 * fabs(end));
    look(&s, a, l->before);
    for (int k = 1; k <= PARTS; k++) {
        double b = k < PARTS ? end - span * (PARTS - k) / PARTS : end;
        look(&s, b, l->after);
        if (first_change(l, &share) >= 0) {
            narrow(&s, a, b, resolution, crossing);
            return 1;
        }
        swap(&l->before, &l->after);
        a = b;
    }
    return 0;
}
