/* SPDX-License-Identifier: Apache-2.0 */
/* What nerve, muscle and cramp look like from near. */
#include <stddef.h>

#include "signs/cramp.h"
#include "signs/excite_inside.h"

/* Steps of the traces of fiber.h and pool.h. */
static const double fiber_step = 0.05, train_period = 1.0 / 30, force_step = 1.0 / 90; /* ms, s, s */
static const double pool_step = 0.5;                                                    /* s */

/* A curve of y over x = i step, or over x. */
static void put(MlExciteCurve *c, const char *group, const char *title, const char *x_unit, const char *y_unit, int n, double step,
                const double *x, const double *y) {
    *c = (MlExciteCurve){.group = group, .title = title, .x_unit = x_unit, .y_unit = y_unit, .n = n};
    for (int i = 0; i < n; i++) {
        c->x[i] = x ? x[i] : i * step;
        c->y[i] = y[i];
    }
}

static int axon_curves(MlAxonKind kind, const char *group, const MlExcite *x, MlExciteCurve *c) {
    const MlBath nerve = ml_excite_nerve(x);
    const MlAxonDrive drive = ml_axon_drive(&nerve);
    MlAxonFull f;
    ml_axon_full(kind, &drive, &f);
    put(&c[0], group, "action potential", "ms", "mV", ML_AXON_TRACE, ml_axon_trace_step, NULL, f.trace);
    put(&c[1], group, "recovery cycle: threshold after an impulse", "ms", "%", ML_AXON_RECOVERY, 0, ml_axon_recovery_delay, f.recovery);
    put(&c[2], group, "threshold reduced by a depolarizing current", "ms", "%", ML_AXON_ELECTROTONUS, 0, ml_axon_electrotonus_delay,
        f.electrotonus[0]);
    put(&c[3], group, "threshold reduced by a hyperpolarizing current", "ms", "%", ML_AXON_ELECTROTONUS, 0,
        ml_axon_electrotonus_delay, f.electrotonus[ML_AXON_POLARIZATIONS - 1]);
    return 4;
}

static int fiber_curves(MlFiberKind kind, const char *group, const MlExcite *x, MlExciteCurve *c) {
    const MlFiberInput in = ml_excite_fiber(x);
    MlFiberFull f;
    ml_fiber_full(kind, &in, &f);
    put(&c[0], group, "action potential", "ms", "mV", ML_FIBER_TRACE, fiber_step, NULL, f.action);
    put(&c[1], group, "M-wave in a train of 30 a second", "s", "ratio", ML_FIBER_PULSES, train_period, NULL, f.wave);
    put(&c[2], group, "force of the same train", "s", "ratio", ML_FIBER_FORCE, force_step, NULL, f.force);
    return 3;
}

static int cramp_curve(const MlExcite *x, MlExciteCurve *c) {
    MlPoolTrace trace;
    const MlPoolInput pool = ml_cramp_pool(x);
    ml_excite_elicited(x, ml_pool_threshold(&pool), &trace);
    put(c, "cramp", "discharge of motoneurons in a train and after it", "s", "Hz", trace.bins, pool_step, NULL, trace.rate);
    return 1;
}

int ml_excite_curves(const MlExcite *x, MlExciteCurve curve[ML_EXCITE_CURVES]) {
    int n = axon_curves(ML_AXON_MOTOR, "motor axon", x, curve);
    n += axon_curves(ML_AXON_SENSORY, "sensory axon", x, curve + n);
    n += fiber_curves(ML_FIBER_SLOW, "muscle, slow fiber", x, curve + n);
    n += fiber_curves(ML_FIBER_FAST, "muscle, fast fiber", x, curve + n);
    return n + cramp_curve(x, curve + n);
}
