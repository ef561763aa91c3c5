/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve, motoneurons and muscle asked for what they do in a person's fluids. */
#include <math.h>

#include "signs/cramp.h"
#include "signs/excite_inside.h"
#include "signs/heart.h"
#include "tissue/force.h"
#include "tissue/lookup/fiber_lookup.h"
#include "tissue/lookup/heart_lookup.h"
#include "tissue/terminal.h"

#define OUT(name) out[ML_O_##name]

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "signs/excite_close.def"
#undef PARAM

/* The tissues by their surrogates, or by their models. */
typedef struct Tissues {
    void (*axon)(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast);
    void (*fiber)(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *fast);
    double (*reflex)(const MlPoolInput *in);
} Tissues;

static const Tissues quick = {ml_axon_lookup, ml_fiber_lookup, ml_pool_reflex_fast};
static const Tissues models = {ml_axon_fast, ml_fiber_fast, ml_pool_reflex};

/* What axons and fibers answer, and what they do in the normal bath and at work. */
typedef struct Answers {
    MlAxonFast axon[ML_NAXON], usual[ML_NAXON];
    MlFiberFast fiber[ML_NFIBER], work[ML_NFIBER];
} Answers;

/* ---- what they are told ---- */

MlAxonDrive ml_excite_axon_at_rest(void) {
    const MlBath normal = ml_bath_normal();
    return (MlAxonDrive){normal.potassium, normal.sodium, 0, normal.temperature};
}

static MlAxonDrive drive_of(const MlExcite *x) {
    const MlBath nerve = ml_excite_nerve(x);
    return ml_axon_drive(&nerve);
}

static MlFiberInput fiber_of(const MlExcite *x) {
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
    MlFiberInput in = fiber_of(x);
    in.bath.potassium = fmax(x->value[ML_X_potassium], x->value[ML_X_muscle_potassium] - ml_force_normal(ML_FIBER_SLOW).work_potassium);
    return in;
}

static void ask_normal(const Tissues *tissues, const MlExcite *x, Answers *a) {
    const MlAxonDrive rest = ml_excite_axon_at_rest();
    const MlFiberInput work = worked(x);
    for (int k = 0; k < ML_NAXON; k++) tissues->axon((MlAxonKind)k, &rest, &a->usual[k]);
    for (int k = 0; k < ML_NFIBER; k++) tissues->fiber((MlFiberKind)k, &work, &a->work[k]);
}

static void ask(const Tissues *tissues, const MlExcite *x, Answers *a) {
    const MlAxonDrive drive = drive_of(x);
    const MlFiberInput in = fiber_of(x);
    for (int k = 0; k < ML_NAXON; k++) tissues->axon((MlAxonKind)k, &drive, &a->axon[k]);
    for (int k = 0; k < ML_NFIBER; k++) tissues->fiber((MlFiberKind)k, &in, &a->fiber[k]);
    ask_normal(tissues, x, a);
}

/* ---- nerve ---- */

#define AXON_OUTPUTS(name, now, normal)                                                                      \
    do {                                                                                                     \
        OUT(name##_axon_resting_potential) = (now).resting_potential;                                        \
        OUT(name##_axon_threshold) = (now).threshold / (normal).threshold;                                   \
        OUT(name##_axon_conduction_velocity) = (now).velocity;                                               \
        OUT(name##_axon_conducting) = (now).conducting;                                                      \
        OUT(name##_axon_spontaneous_rate) = (now).spontaneous_rate;                                          \
        OUT(name##_axon_margin) = (now).margin;                                                              \
    } while (0)

static void nerve_outputs(const Answers *a, const MlExcite *x, double *out) {
    const MlBath muscle = ml_excite_muscle(x);
    AXON_OUTPUTS(motor, a->axon[ML_AXON_MOTOR], a->usual[ML_AXON_MOTOR]);
    AXON_OUTPUTS(sensory, a->axon[ML_AXON_SENSORY], a->usual[ML_AXON_SENSORY]);
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

/* ---- muscle ---- */

/* Of a muscle of slow and fast fibers. */
static double mixed(const MlExcite *x, double slow, double fast) {
    const double share = x->value[ML_X_slow_fibers];
    return share * slow + (1 - share) * fast;
}

static double rest_of(const MlFiberFast *f) { return f->polarized * f->rest + (1 - f->polarized) * depolarized_rest; }

static void muscle_outputs(const Tissues *tissues, const Answers *a, const MlExcite *x, double *out) {
    const MlFiberFast *slow = &a->fiber[ML_FIBER_SLOW], *fast = &a->fiber[ML_FIBER_FAST];
    const double isolated = x->value[ML_X_isolated];
    const double worked_force = mixed(x, a->work[ML_FIBER_SLOW].force, a->work[ML_FIBER_FAST].force);
    OUT(muscle_resting_potential) = mixed(x, rest_of(slow), rest_of(fast));
    OUT(muscle_action_potential_peak) = mixed(x, slow->peak, fast->peak);
    OUT(muscle_excitable_fraction) = mixed(x, slow->excitable, fast->excitable);
    OUT(muscle_depolarized_fraction) = 1 - mixed(x, slow->polarized, fast->polarized);
    OUT(muscle_force) = (isolated * mixed(x, slow->tetanus, fast->tetanus) + (1 - isolated) * worked_force) *
                        OUT(endplate_transmission) * x->value[ML_X_energy];
    OUT(m_wave) = mixed(x, slow->wave, fast->wave) * OUT(endplate_transmission);
    OUT(muscle_twitch) = mixed(x, slow->twitch, fast->twitch) * OUT(endplate_transmission) * x->value[ML_X_energy];
    OUT(muscle_rise_rate) = mixed(x, slow->rise, fast->rise);
    /* a tendon jerk: axons of spindles, motoneurons and their axons, endplates, fibers that answer */
    MlPoolInput pool = ml_pool_normal();
    pool.csf_potassium = x->value[ML_X_csf_potassium];
    pool.csf_calcium = x->value[ML_X_csf_calcium];
    pool.temperature = x->value[ML_X_temperature];
    pool.drive = 1 / OUT(sensory_axon_threshold);
    OUT(reflex_gain) = tissues->reflex(&pool) * OUT(muscle_excitable_fraction) * OUT(endplate_transmission) *
                       OUT(sensory_axon_conducting) * OUT(motor_axon_conducting);
}

/* Of slow and fast fibers. */
static void rheobase_output(const MlExcite *x, const double rheobase[ML_NFIBER], double *out) {
    const MlExcite rest = ml_excite_normal();
    const MlFiberInput normal = fiber_of(&rest);
    double ratio[ML_NFIBER];
    for (int k = 0; k < ML_NFIBER; k++) ratio[k] = rheobase[k] / ml_fiber_rheobase((MlFiberKind)k, &normal);
    OUT(muscle_rheobase) = mixed(x, ratio[ML_FIBER_SLOW], ratio[ML_FIBER_FAST]);
}

/* ---- cramp ---- */

static double threshold_of(const MlExcite *x, double (*threshold)(const MlPoolInput *in)) {
    const MlPoolInput pool = ml_cramp_pool(x);
    return threshold(&pool);
}

static void cramp_outputs(const MlExcite *x, double threshold, double *out) {
    const MlCramp c = ml_cramp(x, threshold);
    OUT(cramp_threshold_frequency) = c.threshold;
    OUT(cramp_threshold_low) = c.low;
    OUT(cramp_threshold_high) = c.high;
    OUT(cramp_rate) = c.rate * OUT(motor_axon_conducting) * OUT(muscle_excitable_fraction) * OUT(endplate_transmission);
}

/* A cramp brought on by a train somewhat above the threshold. */
static void elicit(const MlExcite *x, double threshold, MlPoolTrace *trace) {
    const MlPoolInput pool = ml_cramp_pool(x);
    *trace = (MlPoolTrace){0};
    ml_pool_cramp(&pool, threshold + above_threshold, trace);
}

static void course_outputs(const MlPoolTrace *trace, double *out) {
    double sum = 0;
    int units = 0;
    for (int i = 0; i < ML_CELLS; i++) {
        sum += trace->unit_rate[i];
        units += trace->unit_rate[i] > 0;
    }
    OUT(cramp_duration) = trace->duration;
    OUT(cramp_unit_rate) = units ? sum / units : NAN;
}

/* ---- heart ---- */

/* In health, by the table. */
static void usual_heart(MlHeartRead *usual) {
    const MlExcite healthy = ml_excite_normal();
    const MlHeartInput in = ml_heart_of(&healthy);
    ml_heart_lookup(&in, usual);
}

static void heart_by_table(const MlExcite *x, double *out) {
    const MlHeartInput in = ml_heart_of(x);
    MlHeartRead now, usual;
    ml_heart_lookup(&in, &now);
    usual_heart(&usual);
    ml_heart_outputs(x, &usual, &now, out);
}

/* ---- both levels ---- */

void ml_excite_quick(const MlExcite *x, double *out) {
    Answers a;
    ask(&quick, x, &a);
    nerve_outputs(&a, x, out);
    muscle_outputs(&quick, &a, x, out);
    cramp_outputs(x, threshold_of(x, ml_pool_threshold_fast), out);
    heart_by_table(x, out);
}

/* Parts of the models that take long. */
enum { BATTERY = 1, RHEOBASE = 2, THRESHOLD = 4, COURSE = 8, TRAIN = 16, WALL = 32, EVERYTHING = 63 };

/* Whether one of the outputs from first to last, in the order of their table, is asked for. */
static int asked(const int *which, int n, int first, int last) {
    for (int i = 0; which && i < n; i++)
        if (which[i] >= first && which[i] <= last) return 1;
    return !which;
}

static int parts_for(const int *which, int n) {
    const int battery = asked(which, n, ML_O_motor_axon_strength_duration, ML_O_motor_axon_te_hyperpolarizing) ||
                        asked(which, n, ML_O_sensory_axon_strength_duration, ML_O_sensory_axon_te_hyperpolarizing);
    const int course = asked(which, n, ML_O_cramp_duration, ML_O_cramp_unit_rate);
    const int threshold = course || asked(which, n, ML_O_cramp_threshold_frequency, ML_O_cramp_rate);
    return (battery ? BATTERY : 0) | (asked(which, n, ML_O_muscle_rheobase, ML_O_muscle_rheobase) ? RHEOBASE : 0) |
           (threshold ? THRESHOLD : 0) | (course ? COURSE : 0) |
           (asked(which, n, ML_O_heart_rate, ML_O_early_afterdepolarization) ? WALL : 0);
}

static void run_models(const MlExcite *x, int parts, MlExciteWhole *w) {
    const MlAxonDrive drive = drive_of(x);
    const MlFiberInput in = fiber_of(x);
    for (int k = 0; k < ML_NAXON; k++) {
        if (parts & BATTERY) ml_axon_full((MlAxonKind)k, &drive, &w->axon[k]);
        else ml_axon_fast((MlAxonKind)k, &drive, &w->axon[k].fast);
    }
    for (int k = 0; k < ML_NFIBER; k++) {
        if (parts & TRAIN) {
            ml_fiber_full((MlFiberKind)k, &in, &w->fiber[k]);
            continue;
        }
        ml_fiber_fast((MlFiberKind)k, &in, &w->fiber[k].fast);
        if (parts & RHEOBASE) w->fiber[k].rheobase = ml_fiber_rheobase((MlFiberKind)k, &in);
    }
    if (parts & THRESHOLD) w->threshold = threshold_of(x, ml_pool_threshold);
    if (parts & COURSE) elicit(x, w->threshold, &w->cramp);
    if (parts & WALL) {
        const MlHeartInput beat = ml_heart_of(x);
        ml_heart_wall(&beat, &w->heart, &w->wall);
        usual_heart(&w->usual_heart);
    }
}

static void tell(const MlExcite *x, int parts, const MlExciteWhole *w, double *out) {
    Answers a;
    for (int k = 0; k < ML_NAXON; k++) a.axon[k] = w->axon[k].fast;
    for (int k = 0; k < ML_NFIBER; k++) a.fiber[k] = w->fiber[k].fast;
    ask_normal(&models, x, &a);
    nerve_outputs(&a, x, out);
    muscle_outputs(&models, &a, x, out);
    if (parts & BATTERY) {
        AXON_BATTERY(motor, w->axon[ML_AXON_MOTOR]);
        AXON_BATTERY(sensory, w->axon[ML_AXON_SENSORY]);
    }
    if (parts & RHEOBASE) {
        const double rheobase[] = {w->fiber[ML_FIBER_SLOW].rheobase, w->fiber[ML_FIBER_FAST].rheobase};
        rheobase_output(x, rheobase, out);
    }
    if (parts & THRESHOLD) cramp_outputs(x, w->threshold, out);
    if (parts & COURSE) course_outputs(&w->cramp, out);
    if (parts & WALL) ml_heart_outputs(x, &w->usual_heart, &w->heart, out);
}

void ml_excite_close(const MlExcite *x, const int *which, int n, double *out) {
    MlExciteWhole w;
    const int parts = parts_for(which, n);
    run_models(x, parts, &w);
    tell(x, parts, &w, out);
}

void ml_excite_whole(const MlExcite *x, MlExciteWhole *w, double *out) {
    run_models(x, EVERYTHING, w);
    if (out) tell(x, EVERYTHING, w, out);
}
