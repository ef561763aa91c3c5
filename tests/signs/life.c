/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

static double along(const Life *life, double t) {
    const Point *p = life->point;
    if (t <= p[0].t) return p[0].x;
    for (int i = 1; i < life->n; i++)
        if (t <= p[i].t) return p[i - 1].x + (p[i].x - p[i - 1].x) * (t - p[i - 1].t) / (p[i].t - p[i - 1].t);
    return p[life->n - 1].x;
}

void life_outputs(const Life *life, double t, double *out) {
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    out[ML_O_body_mass] = 70;
    out[ML_O_body_water] = 42;
    out[ML_O_water_balance] = 0;
    out[ML_O_blood_volume] = 5;
    out[ML_O_brain_water] = 1;
    out[ML_O_core_temperature] = 37;
    out[ML_O_mean_arterial_pressure] = 90;
    out[ML_O_gfr] = 100;
    out[ML_O_plasma_sodium] = 140;
    out[ML_O_plasma_glucose] = 5;
    out[ML_O_plasma_potassium] = 4;
    out[ML_O_plasma_bicarbonate] = 24;
    out[ML_O_arterial_pco2] = 40;
    out[ML_O_plasma_ph] = 7.4;
    out[ML_O_plasma_creatinine] = 80;
    out[ML_O_urine_volume] = 0.001 * t;
    if (life->n) out[life->output] = along(life, t);
    out[ML_O_water_balance] = out[ML_O_body_water] - 42;
}

static void observe(MlSigns *s, const Life *life, double t) {
    double out[ML_NOUTPUT];
    life_outputs(life, t, out);
    assert_int_equal(ml_signs_observe(s, t, out, NULL), MILIEU_OK);
}

enum { MANY = 400 };

static void margins(const MlSigns *s, const Life *life, double t, double *margin) {
    double out[ML_NOUTPUT];
    life_outputs(life, t, out);
    ml_signs_margins(s, t, out, margin);
}

static int any_due(const MlSigns *s, const Life *life, const double *before, double t) {
    double now[MANY];
    margins(s, life, t, now);
    for (int i = 0; i < ml_signs_margin_count(); i++)
        if (before[i] >= 0 && now[i] < 0) return 1;
    return 0;
}

/* Just after the first change of sign between a and b; b where there is none. */
static double first_change(const MlSigns *s, const Life *life, double a, double b) {
    double before[MANY];
    assert_true(ml_signs_margin_count() <= MANY);
    margins(s, life, a, before);
    if (!any_due(s, life, before, b)) return b;
    while (b - a > 1e-9) {
        const double middle = 0.5 * (a + b);
        if (any_due(s, life, before, middle))
            b = middle;
        else
            a = middle;
    }
    return b;
}

MlSigns *live(const Life *life, double end, double every, int located) {
    double out[ML_NOUTPUT];
    MlSigns *s;
    life_outputs(life, 0, out);
    assert_int_equal(ml_signs_create(NULL, out, &s, NULL), MILIEU_OK);
    observe(s, life, 0);
    for (double k = 1, t = 0; k * every <= end + 1e-9 && !ml_signs_death(s, NULL); k++) {
        const double next = k * every;
        while (located && t < next) {
            t = first_change(s, life, t, next);
            observe(s, life, t);
        }
        if (!located) observe(s, life, next);
        t = next;
    }
    return s;
}

int count_spans(const MlSigns *s, int flag) {
    int n, count = 0;
    const MlFlagSpan *span = ml_signs_spans(s, &n);
    for (int i = 0; i < n; i++) count += span[i].flag == flag;
    return count;
}

const MlFlagSpan *only_span(const MlSigns *s, int flag) {
    int n;
    const MlFlagSpan *span = ml_signs_spans(s, &n);
    assert_true(count_spans(s, flag) <= 1);
    for (int i = 0; i < n; i++)
        if (span[i].flag == flag) return &span[i];
    return NULL;
}
