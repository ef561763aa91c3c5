/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve, motoneurons and muscle asked for what they do in a person's fluids. */
#include <math.h>

#include "signs/cramp.h"
#include "signs/excite_inside.h"
#include "tissue/force.h"
#include "tissue/lookup/fiber_lookup.h"
#include "tissue/terminal.h"

#define OUT(name) out[ML_O_##name]

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "signs/excite_close.def"
#undef PARAM

/* The tissues by their surrogates, or by their models. */
typedef struct Tissues {
    void (*axon)(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast);
    void (*fiber)(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *fast);
    double (*threshold)(const MlPoolInput *in);
    double (*reflex)(const MlPoolInput *in);
} Tissues;

static const Tissues quick = {ml_axon_lookup, ml_fiber_lookup, ml_pool_threshold_fast, ml_pool_reflex_fast};
static const Tissues models = {ml_axon_fast, ml_fiber_fast, ml_pool_threshold, ml_pool_reflex};

/* ---- nerve ---- */

MlAxonDrive ml_excite_axon_at_rest(void) {
    const MlBath normal = ml_bath_normal();
    return (MlAxonDrive){normal.potassium, normal.sodium, 0, normal.temperature};
}

#define AXON_OUTPUTS(name, KIND)                                                                             \
    do {                                                                                                     \
        MlAxonFast now, normal;                                                                              \
        tissues->axon(KIND, &drive, &now);                                                                   \
        tissues->axon(KIND, &rest, &normal);                                                                 \
        OUT(name##_axon_resting_potential) = now.resting_potential;                                          \
        OUT(name##_axon_threshold) = now.threshold / normal.threshold;                                       \
        OUT(name##_axon_conduction_velocity) = now.velocity;                                                 \
        OUT(name##_axon_spontaneous_rate) = now.spontaneous_rate;                                            \
        OUT(name##_axon_margin) = now.margin;                                                                \
    } while (0)

static void nerve_outputs(const Tissues *tissues, const MlExcite *x, double *out) {
    const MlBath nerve = ml_excite_nerve(x), muscle = ml_excite_muscle(x);
    const MlAxonDrive drive = ml_axon_drive(&nerve), rest = ml_excite_axon_at_rest();
    AXON_OUTPUTS(motor, ML_AXON_MOTOR);
    AXON_OUTPUTS(sensory, ML_AXON_SENSORY);
    OUT(terminal_release) = ml_terminal_release(&muscle);
    OUT(endplate_transmission) = ml_terminal_transmission(&muscle);
}

#define AXON_BATTERY(name, full)                                                                             \
    do {                                                                                                     \
        OUT(name##_axon_strength_duration) = (full).time_constant;                                           \
        OUT(name##_axon_refractory_period) = (full).refractory_period;                                       \
        OUT(name##_axon_superexcitability) = (full).superexcitability;                                       \
        OUT(name##_axon_subexcitability) = (full).subexcitability;                                           \
        OUT(name##_axon_te_depolarizing) = (full).depolarized_late;                                          \
        OUT(name##_axon_te_hyperpolarizing) = (full).hyperpolarized_late;                                    \
    } while (0)

static void battery(const MlExcite *x, double *out) {
    const MlBath nerve = ml_excite_nerve(x);
    const MlAxonDrive drive = ml_axon_drive(&nerve);
    MlAxonFull motor, sensory;
    ml_axon_full(ML_AXON_MOTOR, &drive, &motor);
    ml_axon_full(ML_AXON_SENSORY, &drive, &sensory);
    AXON_BATTERY(motor, motor);
    AXON_BATTERY(sensory, sensory);
}

/* ---- muscle ---- */

MlFiberInput ml_excite_fiber(const MlExcite *x) {
    const double *v = x->value;
    const MlExcite rest = ml_excite_normal();
    MlFiberInput in = ml_fiber_normal();
    in.bath = ml_excite_muscle(x);
    in.cell_sodium += fmax(v[ML_X_cell_sodium] - rest.value[ML_X_cell_sodium], 0); /* less lets the fiber's pump run dry */
    in.cell_potassium += v[ML_X_cell_potassium] - rest.value[ML_X_cell_potassium];
    in.pump = v[ML_X_pump];
    in.volume = v[ML_X_muscle_volume];
    in.fatigue = v[ML_X_fatigue];
    return in;
}

/* The same for work of will, whose own potassium adds to that of the fluid at large; the potassium of work that is going on
 * is not counted twice. */
static MlFiberInput worked(const MlExcite *x) {
    MlFiberInput in = ml_excite_fiber(x);
    in.bath.potassium = fmax(x->value[ML_X_potassium], x->value[ML_X_muscle_potassium] - ml_force_normal(ML_FIBER_SLOW).work_potassium);
    return in;
}

/* Of a muscle of slow and fast fibers. */
static double mixed(const MlExcite *x, double slow, double fast) {
    const double share = x->value[ML_X_slow_fibers];
    return share * slow + (1 - share) * fast;
}

/* Share of impulses that travel: none where the axon is blocked, all of them where it is but slow. */
static double travels(double velocity) {
    return fmin(velocity / slowest_axon, 1);
}

static double rest_of(const MlFiberFast *f) { return f->polarized * f->rest + (1 - f->polarized) * depolarized_rest; }

static void muscle_outputs(const Tissues *tissues, const MlExcite *x, double *out) {
    const MlFiberInput in = ml_excite_fiber(x), work = worked(x);
    const double isolated = x->value[ML_X_isolated];
    MlFiberFast slow, fast, slow_work, fast_work;
    tissues->fiber(ML_FIBER_SLOW, &in, &slow);
    tissues->fiber(ML_FIBER_FAST, &in, &fast);
    tissues->fiber(ML_FIBER_SLOW, &work, &slow_work);
    tissues->fiber(ML_FIBER_FAST, &work, &fast_work);
    OUT(muscle_resting_potential) = mixed(x, rest_of(&slow), rest_of(&fast));
    OUT(muscle_action_potential_peak) = mixed(x, slow.peak, fast.peak);
    OUT(muscle_excitable_fraction) = mixed(x, slow.excitable, fast.excitable);
    OUT(muscle_depolarized_fraction) = 1 - mixed(x, slow.polarized, fast.polarized);
    OUT(muscle_force) = (isolated * mixed(x, slow.tetanus, fast.tetanus) + (1 - isolated) * mixed(x, slow_work.force, fast_work.force)) *
                        OUT(endplate_transmission);
    OUT(m_wave) = mixed(x, slow.wave, fast.wave) * OUT(endplate_transmission);
    OUT(muscle_twitch) = mixed(x, slow.twitch, fast.twitch) * OUT(endplate_transmission);
    OUT(muscle_rise_rate) = mixed(x, slow.rise, fast.rise);
    /* a tendon jerk: axons of spindles, motoneurons, endplates, fibers that answer */
    MlPoolInput pool = ml_pool_normal();
    pool.csf_potassium = x->value[ML_X_csf_potassium];
    pool.csf_calcium = x->value[ML_X_csf_calcium];
    pool.temperature = x->value[ML_X_temperature];
    pool.drive = 1 / OUT(sensory_axon_threshold);
    OUT(reflex_gain) = tissues->reflex(&pool) * OUT(muscle_excitable_fraction) * OUT(endplate_transmission) *
                       travels(OUT(sensory_axon_conduction_velocity));
}

static void rheobase(const MlExcite *x, double *out) {
    const MlExcite rest = ml_excite_normal();
    const MlFiberInput in = ml_excite_fiber(x), normal = ml_excite_fiber(&rest);
    MlFiberFull slow[2], fast[2];
    ml_fiber_full(ML_FIBER_SLOW, &in, &slow[0]);
    ml_fiber_full(ML_FIBER_SLOW, &normal, &slow[1]);
    ml_fiber_full(ML_FIBER_FAST, &in, &fast[0]);
    ml_fiber_full(ML_FIBER_FAST, &normal, &fast[1]);
    OUT(muscle_rheobase) = mixed(x, slow[0].rheobase / slow[1].rheobase, fast[0].rheobase / fast[1].rheobase);
}

/* ---- cramp ---- */

static void cramp_outputs(const Tissues *tissues, const MlExcite *x, double *out) {
    const MlPoolInput pool = ml_cramp_pool(x);
    const MlCramp c = ml_cramp(x, tissues->threshold(&pool));
    OUT(cramp_threshold_frequency) = c.threshold;
    OUT(cramp_threshold_low) = c.low;
    OUT(cramp_threshold_high) = c.high;
    OUT(cramp_rate) = c.rate * travels(OUT(motor_axon_conduction_velocity)) * OUT(muscle_excitable_fraction) * OUT(endplate_transmission);
}

void ml_excite_elicited(const MlExcite *x, double threshold, MlPoolTrace *trace) {
    const MlPoolInput pool = ml_cramp_pool(x);
    *trace = (MlPoolTrace){0};
    ml_pool_cramp(&pool, threshold + above_threshold, trace);
}

static void cramp_course(const MlExcite *x, double *out) {
    MlPoolTrace trace;
    double sum = 0;
    int units = 0;
    ml_excite_elicited(x, OUT(cramp_threshold_frequency), &trace);
    for (int i = 0; i < ML_CELLS; i++) {
        sum += trace.unit_rate[i];
        units += trace.unit_rate[i] > 0;
    }
    OUT(cramp_duration) = trace.duration;
    OUT(cramp_unit_rate) = units ? sum / units : NAN;
}

/* ---- both levels ---- */

void ml_excite_quick(const MlExcite *x, double *out) {
    nerve_outputs(&quick, x, out);
    muscle_outputs(&quick, x, out);
    cramp_outputs(&quick, x, out);
}

/* Whether one of the outputs from first to last, in the order of their table, is asked for. */
static int asked(const int *which, int n, int first, int last) {
    for (int i = 0; which && i < n; i++)
        if (which[i] >= first && which[i] <= last) return 1;
    return !which;
}

void ml_excite_close(const MlExcite *x, const int *which, int n, double *out) {
    const int cramp = asked(which, n, ML_O_cramp_threshold_frequency, ML_O_cramp_unit_rate);
    nerve_outputs(&models, x, out);
    if (asked(which, n, ML_O_motor_axon_strength_duration, ML_O_motor_axon_te_hyperpolarizing) ||
        asked(which, n, ML_O_sensory_axon_strength_duration, ML_O_sensory_axon_te_hyperpolarizing))
        battery(x, out);
    muscle_outputs(&models, x, out);
    if (asked(which, n, ML_O_muscle_rheobase, ML_O_muscle_rheobase)) rheobase(x, out);
    if (cramp) cramp_outputs(&models, x, out);
    if (asked(which, n, ML_O_cramp_duration, ML_O_cramp_unit_rate)) cramp_course(x, out);
}
