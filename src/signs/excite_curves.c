/* SPDX-License-Identifier: Apache-2.0 */
/* What nerve, muscle and cramp look like from near. */
#include <stddef.h>

#include "signs/excite_inside.h"
#include "signs/heart.h"

/* A curve of y over x = i step, or over x. */
static void put(MlExciteCurve *c, const char *group, const char *title, const char *x_unit, const char *y_unit, int n, double step,
                const double *x, const double *y) {
    *c = (MlExciteCurve){.group = group, .title = title, .x_unit = x_unit, .y_unit = y_unit, .n = n};
    for (int i = 0; i < n; i++) {
        c->x[i] = x ? x[i] : i * step;
        c->y[i] = y[i];
    }
}

static int axon_curves(const MlAxonFull *f, const char *group, MlExciteCurve *c) {
    put(&c[0], group, "action potential", "ms", "mV", ML_AXON_TRACE, ml_axon_trace_step, NULL, f->trace);
    put(&c[1], group, "recovery cycle: threshold after an impulse", "ms", "%", ML_AXON_RECOVERY, 0, ml_axon_recovery_delay, f->recovery);
    put(&c[2], group, "threshold reduced by a depolarizing current", "ms", "%", ML_AXON_ELECTROTONUS, 0, ml_axon_electrotonus_delay,
        f->electrotonus[0]);
    put(&c[3], group, "threshold reduced by a hyperpolarizing current", "ms", "%", ML_AXON_ELECTROTONUS, 0,
        ml_axon_electrotonus_delay, f->electrotonus[ML_AXON_POLARIZATIONS - 1]);
    return 4;
}

static int fiber_curves(const MlFiberFull *f, const char *group, MlExciteCurve *c) {
    put(&c[0], group, "action potential", "ms", "mV", ML_FIBER_TRACE, f->action_step, NULL, f->action);
    put(&c[1], group, "M-wave in a train of 30 a second", "s", "ratio", ML_FIBER_PULSES, f->pulse_step, NULL, f->wave);
    put(&c[2], group, "force of the same train", "s", "ratio", ML_FIBER_FORCE, f->force_step, NULL, f->force);
    return 3;
}

static int cramp_curve(const MlPoolTrace *trace, MlExciteCurve *c) {
    put(c, "cramp", "discharge of motoneurons in a train and after it", "s", "Hz", trace->bins, trace->bin, NULL, trace->rate);
    return 1;
}

enum { HEART_STEP = 2, HEART_POINTS = ML_HEART_TRACE / HEART_STEP };

/* The wall as an electrode sees it, its R wave in health 1 mV high. */
static void ecg_curve(const MlHeartWall *wall, MlExciteCurve *c) {
    static const double normal_r_wave = 24; /* in the unit of the electrode */
    double ecg[HEART_POINTS];
    for (int i = 0; i < HEART_POINTS; i++) ecg[i] = (wall->ecg[i * HEART_STEP] - wall->ecg[0]) / normal_r_wave;
    put(c, "heart", "electrocardiogram of the ventricle, from the stimulus of its inner face", "ms", "mV", HEART_POINTS, HEART_STEP, NULL, ecg);
}

/* That, and potentials of its cells. */
static int heart_curves(const MlExciteWhole *w, MlExciteCurve *c) {
    double cell[HEART_POINTS];
    for (int i = 0; i < HEART_POINTS; i++) cell[i] = w->wall.trace[ML_HEART_ENDO][i * HEART_STEP];
    ecg_curve(&w->wall, &c[0]);
    put(&c[1], "heart", "action potential, inner layer of the ventricle", "ms", "mV", HEART_POINTS, HEART_STEP, NULL, cell);
    return 2;
}

void ml_excite_heart(const MlExcite *x, MlExciteCurve *ecg) {
    const MlHeartInput in = ml_heart_of(x);
    MlHeartRead read;
    MlHeartWall wall;
    ml_heart_wall(&in, &read, &wall);
    ecg_curve(&wall, ecg);
}

int ml_excite_draw(const MlExciteWhole *w, MlExciteCurve curve[ML_EXCITE_CURVES]) {
    int n = axon_curves(&w->axon[ML_AXON_MOTOR], "motor axon", curve);
    n += axon_curves(&w->axon[ML_AXON_SENSORY], "sensory axon", curve + n);
    n += fiber_curves(&w->fiber[ML_FIBER_SLOW], "muscle, slow fiber", curve + n);
    n += fiber_curves(&w->fiber[ML_FIBER_FAST], "muscle, fast fiber", curve + n);
    n += cramp_curve(&w->cramp, curve + n);
    return n + heart_curves(w, curve + n);
}

int ml_excite_look(const MlExcite *x, double *out, MlExciteCurve curve[ML_EXCITE_CURVES]) {
    MlExciteWhole whole;
    ml_excite_whole(x, &whole, out);
    return ml_excite_draw(&whole, curve);
}
