/* SPDX-License-Identifier: Apache-2.0 */
#include "study/curve.h"

#include <math.h>

/* A point of the curve clipped to a window: its ends, and the stored moments between them. */
typedef struct Walk {
    const MlResult *r;
    const double *v;
    int output, next; /* -1: the beginning of the window comes next */
    MlWindow w;
} Walk;

static bool begin(Walk *k, const MlResult *r, int output, MlWindow w) {
    *k = (Walk){r, ml_result_series(r, output), output, -1, w};
    return k->v && r->ntime > 0 && w.to <= r->time[r->ntime - 1] + 1e-9;
}

/* The next point; false behind the last. */
static bool step(Walk *k, double *t, double *v) {
    const MlResult *r = k->r;
    if (k->next < 0) {
        k->next = 0;
        *t = k->w.from;
        *v = ml_curve_at(r, k->output, k->w.from);
        return true;
    }
    while (k->next < r->ntime && r->time[k->next] <= k->w.from) k->next++;
    if (k->next > r->ntime) return false;
    if (k->next < r->ntime && r->time[k->next] < k->w.to) {
        *t = r->time[k->next];
        *v = k->v[k->next++];
        return true;
    }
    k->next = r->ntime + 1;
    *t = k->w.to;
    *v = ml_curve_at(r, k->output, k->w.to);
    return true;
}

double ml_curve_at(const MlResult *r, int output, double t) {
    const double *v = ml_result_series(r, output);
    if (!v || r->ntime == 0) return NAN;
    const double last = r->time[r->ntime - 1];
    if (t <= r->time[0]) return v[0];
    if (t > last && t <= last + 1e-9) return v[r->ntime - 1];
    return ml_result_at(r, output, t);
}

double ml_curve_mean(const MlResult *r, int output, MlWindow w) {
    Walk k;
    double t, v, t0 = NAN, v0 = NAN, area = 0, length = 0;
    if (!begin(&k, r, output, w)) return NAN;
    while (step(&k, &t, &v)) {
        if (!isnan(v) && !isnan(v0)) {
            area += 0.5 * (t - t0) * (v + v0);
            length += t - t0;
        }
        t0 = t;
        v0 = v;
    }
    return length > 0 ? area / length : NAN;
}

double ml_curve_extreme(const MlResult *r, int output, MlWindow w, int sign, double *when) {
    Walk k;
    double t, v, best = NAN, at = NAN;
    if (when) *when = NAN;
    if (!begin(&k, r, output, w)) return NAN;
    while (step(&k, &t, &v)) {
        /* later values of a plateau differ by rounding and the tolerance of the integrator */
        if (isnan(v) || (!isnan(best) && !(sign * (v - best) > 1e-6 * fabs(best)))) continue;
        best = v;
        at = t;
    }
    if (when) *when = at;
    return best;
}

double ml_curve_reach(const MlResult *r, int output, MlWindow w, double level) {
    Walk k;
    double t, v, t0 = NAN, v0 = NAN;
    if (!begin(&k, r, output, w)) return NAN;
    while (step(&k, &t, &v)) {
        if (v == level) return t;
        if ((v0 < level && v > level) || (v0 > level && v < level))
            return t0 + (t - t0) * (level - v0) / (v - v0);
        t0 = t;
        v0 = v;
    }
    return NAN;
}
