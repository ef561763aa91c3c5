/* SPDX-License-Identifier: Apache-2.0 */
#include "person/steady.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "person/dialysis.h"
#include "person/habit.h"
#include "solve/rosenbrock.h"
#include "timeline/tables.h"

enum { BALANCE_DAYS = 150, SETTLING_DAYS = 20, SESSIONS = 9, MOST_STEPS = 100000 /* twenty times the usual */ };
const double ml_settled_clock = 20.0 * 60.0;
static const double day = 1440.0;
/* Potassium excretion is greatest at about 13:00: assumed; plasma potassium is highest at noon, and excretion least
 * in the evening (Solomon, J Cardiovasc Pharmacol 1991;17:854). */
static const double kaliuretic_crest = 13.0 * 60.0;

static void forget_outside(double *state) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (!ml_places[ml_states[i].place].inside) state[i] = 0;
}

static milieu_code name_the_state(const MlSolver *solver, milieu_code code, milieu_error *err) {
    const int i = ml_solver_worst(solver);
    if (code == MILIEU_NO_MEMORY || !err) return code;
    return ml_fail(err, code, "person",
                   "no steady state: %s leaves what the equations hold for after %.3g days; such a body cannot live "
                   "on like this: check diet, size, conditions and parameters",
                   i >= 0 && i < ML_NSTATE ? ml_states[i].name : "a state", ml_solver_time(solver) / day);
}

/* What a person is settled with. */
typedef struct Settler {
    MlSolver *solver;
    MlFrame *frame;
    int (*stopped)(void);
} Settler;

/* Integrates to t1 under constant inputs. */
static milieu_code advance(const Settler *w, double t1, milieu_error *err) {
    MlSolver *solver = w->solver;
    while (ml_solver_time(solver) < t1) {
        if (w->stopped && w->stopped()) return ml_fail(err, MILIEU_INTERRUPTED, "run", "interrupted before its start, while the person was settled");
        milieu_code code = ml_solver_step(solver, t1, err);
        if (ml_solver_stats(solver)->steps > MOST_STEPS) code = MILIEU_STEP_TOO_SMALL; /* no end in sight */
        if (code != MILIEU_OK) return name_the_state(solver, code, err);
    }
    return MILIEU_OK;
}

/* Inputs at a clock time, and the time until they change. */
static double habit_inputs(const MlPerson *person, const MlDialyzer *dialyzer, double clock, double *input) {
    ml_person_inputs(person, input);
    if (dialyzer) ml_dialyzer_inputs(dialyzer, input);
    double next = day;
    for (int i = 0; i < ml_nhabit; i++) {
        const MlHabit *h = &ml_habits[i];
        if (clock >= h->clock && clock < h->clock + h->minutes) {
            ml_diet_add(&person->diet, h->food, h->drink, h->minutes, input);
            next = fmin(next, h->clock + h->minutes - clock);
        }
        next = fmin(next, h->clock > clock ? h->clock - clock : h->clock + day - clock);
    }
    return next;
}

static milieu_code live(const Settler *w, const MlPerson *person, const MlDialyzer *dialyzer, double clock,
                        double minutes, double *state, milieu_error *err) {
    double input[ML_NINPUT], t = 0;
    while (t < minutes) {
        const double now = fmod(clock + t, day);
        const double span = fmin(habit_inputs(person, dialyzer, now, input), minutes - t);
        ml_frame_set(w->frame, NULL, input);
        ml_solver_restart(w->solver, t, state);
        t += span;
        ML_TRY(advance(w, t, err));
        memcpy(state, ml_solver_state(w->solver), sizeof(double) * ML_NSTATE);
    }
    return MILIEU_OK;
}

/* What the brain and the sweat glands take for normal is this person's own tonicity. */
static void read_off(MlPerson *person, const MlFrame *frame, const double *state) {
    MlBaseline base = {.brain_water = 1, .muscle_water = 1};
    double out[ML_NOUTPUT];
    ml_body_outputs(&frame->context, &base, state, out);
    person->param[ML_P_tonicity_normal] = out[ML_O_plasma_tonicity];
}

/* ---- hemodialysis ---- */

/* One long session of so small a share that solutes are as in the mean of a week, taking off what blood volume has beyond
 * normal: so much water is dry weight. */
static const double mean_session = 0.05, drying = 0.4; /* calibrated: phosphate of the weeks that follow stays; 1/min */

static void dialyze_evenly(double *input) {
    const MlDialyzer usual = ml_dialyzer_usual();
    ml_dialyzer_inputs(&usual, input);
    input[ML_U_dialyzing] = mean_session;
    input[ML_U_dialyzer_drying] = drying;
}

double ml_water_inside(const double *state) {
    double sum = 0;
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].substance == ML_water && ml_places[ml_states[i].place].inside) sum += state[i];
    return sum;
}

/* The balance under a day's mean intake. */
static milieu_code balance(const Settler *w, MlPerson *person, double *state,
                           milieu_error *err) {
    double input[ML_NINPUT];
    ml_person_inputs(person, input);
    ml_diet_add(&person->diet, 1, 1, day, input);
    input[ML_U_clock_running] = 0;
    if (person->since_dialysis > 0) dialyze_evenly(input);
    const int stated = person->param[ML_P_tonicity_normal] != ml_params[ML_P_tonicity_normal].normal;
    for (int pass = 0; pass < 2; pass++) {
        ml_frame_set(w->frame, person->param, input);
        ml_solver_start(w->solver, &w->frame->context, 0, state);
        ML_TRY(advance(w, BALANCE_DAYS * day, err));
        memcpy(state, ml_solver_state(w->solver), sizeof(double) * ML_NSTATE);
        forget_outside(state);
        if (!stated) read_off(person, w->frame, state);
    }
    if (person->since_dialysis > 0) person->dry_water = ml_water_inside(state);
    return MILIEU_OK;
}

/* Three weeks of sessions, of which the last ended as long ago as is asked for. */
static milieu_code live_sessions(const Settler *w, const MlPerson *person, double clock, double *state, milieu_error *err) {
    double t = ml_past_session(person->dialysis_gap, person->since_dialysis, SESSIONS);
    for (int k = SESSIONS - 1; k >= -1; k--) {
        const double start = k < 0 ? 0 : ml_past_session(person->dialysis_gap, person->since_dialysis, k);
        ML_TRY(live(w, person, NULL, fmod(fmod(clock + t, day) + day, day), start - t, state, err));
        t = start;
        if (k < 0) break;
        MlDialyzer d = ml_dialyzer_usual();
        d.filtration = ml_spared_water(person, ml_water_inside(state), ml_session_minutes) / ml_session_minutes;
        ML_TRY(live(w, person, &d, fmod(fmod(clock + t, day) + day, day), ml_session_minutes, state, err));
        t += ml_session_minutes;
    }
    forget_outside(state);
    return MILIEU_OK;
}

static milieu_code settle(const Settler *w, MlPerson *person, double clock, double *state,
                          milieu_error *err) {
    ml_person_guess(person, state);
    ML_TRY(balance(w, person, state, err));
    ml_frame_set(w->frame, person->param, NULL);
    const double ahead = person->since_dialysis > 0 ? ml_past_session(person->dialysis_gap, person->since_dialysis, SESSIONS) : 0;
    const double angle = person->param[ML_P_clock_speed] * (clock + ahead - kaliuretic_crest);
    state[ML_S_clock_cosine] = cos(angle);
    state[ML_S_clock_sine] = sin(angle);
    if (person->since_dialysis > 0) return live_sessions(w, person, clock, state, err);
    for (int i = 0; i < SETTLING_DAYS; i++) {
        ML_TRY(live(w, person, NULL, clock, day, state, err));
        forget_outside(state);
    }
    return MILIEU_OK;
}

/* The field of the habitual diet that is farthest from the preset's, in proportion to the energy. */
static int strangest_field(const MlPerson *person, double *apart) {
    const MlPresetInfo preset = ml_preset_info(ml_preset_find(person->preset));
    int strangest = 0;
    double most = 0;
    for (int k = 0; k < ML_NDIET; k++) {
        const double far = fabs(log(fmax(person->diet.value[k], 1e-3) / preset.diet[k] * preset.diet[ML_DIET_ENERGY] / person->diet.value[ML_DIET_ENERGY]));
        if (far > most) most = far, strangest = k;
    }
    *apart = most;
    return strangest;
}

/* ---- who can live ---- */

/* Balance is found in states that no one lives in: beyond these, told with what would help. Narrower than what kills within the hour
 * (signs/flags.def), as one who lives on like this has no margin left; sources there. */
static const struct {
    int output;
    double low, high;
} livable[] = {{ML_O_plasma_sodium, 115, 165},       {ML_O_plasma_potassium, 1.5, 8.2},       {ML_O_plasma_bicarbonate, 8, 60}, {ML_O_plasma_ph, 7.0, 7.75},
               {ML_O_plasma_calcium_ionized, 0.5, 3}, {ML_O_plasma_magnesium_total, 0.15, 5},  {ML_O_plasma_glucose, 2.5, 60},   {ML_O_mean_arterial_pressure, 55, 180},
               {ML_O_core_temperature, 34, 40}};

/* Fluid between the cells, to normal, that one without a disease of heart or liver lives with. */
static const double most_filled = 2;

/* what: what it would come to. Told with what would help. */
static milieu_code cannot_live(const MlPerson *person, const char *what, milieu_code code, milieu_error *err) {
    static const char *const less = "less sodium, potassium, phosphorus, protein and water in habitual_diet";
    double apart;
    const int strangest = strangest_field(person, &apart);
    const double gfr = 1000 * person->param[ML_P_gfr_rest];
    if (person->since_dialysis > 0)
        return ml_fail(err, code, "person", "three sessions of hemodialysis a week cannot keep up with this diet (a day: sodium %.4g, potassium %.4g, phosphorus %.4g mmol, water %.3g L, protein "
                       "%.3g g): %s; give %s (left out, it is that of patients), or milder conditions and parameters", person->diet.value[ML_DIET_SODIUM], person->diet.value[ML_DIET_POTASSIUM],
                       person->diet.value[ML_DIET_PHOSPHORUS], person->diet.value[ML_DIET_WATER], person->diet.value[ML_DIET_PROTEIN], what, less);
    if (gfr < 15)
        return ml_fail(err, code, "person", "kidneys that filter %.3g mL/min cannot keep up with this diet: %s; this person needs a renal diet (%s) or dialysis (condition hemodialysis)", gfr, what, less);
    if (apart < log(3))
        return ml_fail(err, code, "person", "this person could not live on like this: %s; conditions or parameters ask too much: give milder ones, or the treatment that keeps such a person alive before t = 0", what);
    return ml_fail(err, code, "person", "this person could not live on like this: %s; habitual_diet.%s is %.4g %s: give what was eaten for months there, and days of "
                   "less or more as a diet event of the timeline", what, ml_diet_row(strangest)->name, person->diet.value[strangest], ml_diet_row(strangest)->unit);
}

static milieu_code check_livable(const MlPerson *person, const MlFrame *frame, const double *state, milieu_error *err) {
    const double filled = state[ML_S_interstitial_water] / person->param[ML_P_interstitial_water_normal];
    MlBaseline base = {.brain_water = 1, .muscle_water = 1};
    double out[ML_NOUTPUT];
    char what[160];
    ml_body_outputs(&frame->context, &base, state, out);
    for (size_t i = 0; i < sizeof livable / sizeof livable[0]; i++) {
        const double x = out[livable[i].output];
        if (x >= livable[i].low && x <= livable[i].high) continue;
        snprintf(what, sizeof what, "%s would come to %.4g %s", ml_outputs[livable[i].output].name, x, ml_outputs[livable[i].output].unit);
        return cannot_live(person, what, MILIEU_NO_STEADY_STATE, err);
    }
    if (filled < most_filled || person->param[ML_P_underfilling] > 0) return MILIEU_OK;
    snprintf(what, sizeof what, "%.3g times the normal fluid between cells would be kept", filled);
    return cannot_live(person, what, MILIEU_NO_STEADY_STATE, err);
}

milieu_code ml_person_settle(const MlModel *model, MlPerson *person, double clock, int (*stopped)(void), double *state,
                             milieu_error *err) {
    MlSolverOptions options = ml_solver_options_default();
    options.autonomous = 1;
    options.memory = ml_memory_of(model);
    MlSolver *solver = NULL;
    MlFrame *frame = ml_frame_create(options.memory);
    milieu_code code = frame ? ml_solver_create(&model->problem, &options, &solver, err)
                             : ml_fail(err, MILIEU_NO_MEMORY, "steady state", "out of memory");
    if (code == MILIEU_OK) {
        code = settle(&(Settler){solver, frame, stopped}, person, clock, state, err);
        if (code == MILIEU_OUT_OF_DOMAIN || code == MILIEU_STEP_TOO_SMALL) code = cannot_live(person, "no steady state is reached", code, err);
        if (code == MILIEU_OK) code = check_livable(person, frame, state, err);
    }
    ml_solver_destroy(&solver);
    ml_frame_destroy(&frame);
    return code;
}
