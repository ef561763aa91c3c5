/* SPDX-License-Identifier: Apache-2.0 */
/* What drives potassium of cells: each driver by itself, its direction and its level; together they are what cells gave
 * and took. */
#include "in_house.h"

#include "run/session.h"
#include "run/shift.h"

static MlSession *someone(void) {
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_NONE, .drinking = ML_C_DRINKING_HABITUAL};
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    return s;
}

/* A driver, what more of it does to the potassium outside cells, and the states that drive; of cell water there is less. */
static const struct {
    const char *name;
    MlState state[2];
    double factor, more; /* the state becomes so much of itself, and so much more */
    int direction;
} drivers[] = {
    [ML_SHIFT_INSULIN] = {"insulin", {ML_S_pump_insulin, ML_S_pump_insulin}, 2, 0, -1},
    [ML_SHIFT_BETA2] = {"beta-2", {ML_S_adrenergic, ML_S_adrenergic}, 1, 0.3, -1},
    [ML_SHIFT_ALDOSTERONE] = {"aldosterone", {ML_S_aldosterone, ML_S_aldosterone}, 2, 0, -1},
    [ML_SHIFT_ACID] = {"acid", {ML_S_acid_memory, ML_S_acid_memory}, 1, -0.3, 1},
    [ML_SHIFT_WATER] = {"shrinking", {ML_S_muscle_water, ML_S_other_water}, 0.97, 0, 1},
    [ML_SHIFT_EXERCISE] = {"exercise", {ML_S_pump_drive, ML_S_pump_drive}, 1, 1, -1}, /* worked pumps take up more */
    [ML_SHIFT_DIGOXIN] = {"digoxin", {ML_S_digoxin_body, ML_S_digoxin_body}, 1, 1, 1},
    [ML_SHIFT_CLOCK] = {"clock", {ML_S_clock_cosine, ML_S_clock_cosine}, 1, 1, 1},
};
enum { NDRIVER = sizeof drivers / sizeof drivers[0] };

/* Someone on whom nothing acts: shifts that begin here are those of buffers, of working muscle at rest and of wasting. */
static void quiet_state(const MlSession *s, double *y, MlShifts *quiet) {
    ml_session_state(s, ml_session_time(s), y);
    ml_shifts_begin(ml_session_context(s), y, quiet);
    for (int k = 0; k < NDRIVER; k++)
        for (int i = 0; i < 2; i++) y[drivers[k].state[i]] = quiet->rest[drivers[k].state[i]];
    ml_shifts_begin(ml_session_context(s), y, quiet);
}

static void drive(int k, double *y) {
    for (int i = 0; i < 2; i++) {
        const MlState driver = drivers[k].state[i];
        if (i && driver == drivers[k].state[0]) break;
        y[driver] = drivers[k].factor * y[driver] + drivers[k].more;
    }
}

static int is_driven_by_nothing_else(int k) {
    return k != ML_SHIFT_ACID && k != ML_SHIFT_EXERCISE && k != ML_SHIFT_WASTING;
}

static void at_rest_nothing_drives(void **state) {
    (void)state;
    MlSession *s = someone();
    double y[ML_NSTATE];
    MlShifts quiet;
    quiet_state(s, y, &quiet);
    for (int k = 0; k < ML_NSHIFT; k++) {
        const double out = ml_shifts_out(&quiet, (MlShift)k);
        if (is_driven_by_nothing_else(k) && out != 0) fail_msg("shift %d at rest: %g mmol", k, out);
    }
    ml_session_destroy(&s);
}

/* One driver in turn: it alone moves, the way it should, and not by nothing. */
static void each_moves_alone(void **state) {
    (void)state;
    MlSession *s = someone();
    double calm[ML_NSTATE], y[ML_NSTATE];
    MlShifts quiet, with, without;
    quiet_state(s, calm, &quiet);
    quiet.age = 1; /* slopes stay */
    for (int k = 0; k < NDRIVER; k++) {
        memcpy(y, calm, sizeof y);
        drive(k, y);
        with = without = quiet;
        ml_shifts_follow(ml_session_context(s), y, 10, &with);
        ml_shifts_follow(ml_session_context(s), calm, 10, &without);
        for (int j = 0; j < ML_NSHIFT; j++) {
            const double moved = ml_shifts_out(&with, (MlShift)j) - ml_shifts_out(&without, (MlShift)j);
            if (j != k && moved != 0) fail_msg("%s moves shift %d by %g mmol", drivers[k].name, j, moved);
            if (j == k && !(drivers[k].direction * moved > 0.1)) fail_msg("%s moves %g mmol", drivers[k].name, moved);
        }
    }
    ml_session_destroy(&s);
}

/* A driver that lasts comes to a level, the same whatever the steps; one that ends is forgotten. */
static void what_lasts_comes_to_a_level(void **state) {
    (void)state;
    enum { HOURS = 60 * 24 };
    MlSession *s = someone();
    const MlContext *context = ml_session_context(s);
    double calm[ML_NSTATE], y[ML_NSTATE], before = 0;
    MlShifts quiet, once, often;
    quiet_state(s, calm, &quiet);
    memcpy(y, calm, sizeof y);
    drive(ML_SHIFT_BETA2, y);
    once = often = quiet;
    ml_shifts_follow(context, y, 1e9, &once);
    const double level = ml_shifts_out(&once, ML_SHIFT_BETA2);
    for (int i = 0; i < HOURS; i++) {
        ml_shifts_follow(context, y, 60, &often);
        const double out = ml_shifts_out(&often, ML_SHIFT_BETA2);
        if (!(out <= before + 1e-9)) fail_msg("hour %d: %g mmol after %g", i, out, before);
        before = out;
    }
    if (!(level < -20)) fail_msg("level: %g mmol", level);
    if (!(fabs(before / level - 1) < 0.01)) fail_msg("after %d h %g mmol, the level is %g", HOURS, before, level);
    for (int i = 0; i < HOURS; i++) ml_shifts_follow(context, calm, 60, &often);
    const double left = ml_shifts_out(&often, ML_SHIFT_BETA2);
    if (!(fabs(left) < 0.01 * fabs(level))) fail_msg("%g mmol of %g are left", left, level);
    ml_session_destroy(&s);
}

/* ---- in a life ---- */

static double in_cells(const double *y) {
    return y[ML_S_muscle_potassium] + y[ML_S_other_potassium] + y[ML_S_active_potassium];
}

typedef struct Act {
    MlEventKind kind;
    const char *what;
    MlField field;
    double value;
    MlDimension dimension;
    MlField time; /* the field that says how long it takes */
    double minutes;
} Act;

static const Act insulin = {ML_EVENT_INFUSE, "insulin", ML_FIELD_DOSE, 5, ML_DIM_IU, ML_FIELD_OVER, 10};
static const Act salbutamol = {ML_EVENT_INFUSE, "salbutamol", ML_FIELD_DOSE, 5e-4, ML_DIM_MASS, ML_FIELD_OVER, 10};
static const Act digoxin = {ML_EVENT_INFUSE, "digoxin", ML_FIELD_DOSE, 1e-3, ML_DIM_MASS, ML_FIELD_OVER, 10};
static const Act running = {ML_EVENT_EXERCISE, "", ML_FIELD_MET, 8, ML_DIM_NUMBER, ML_FIELD_FOR, 25};

static void do_now(MlSession *s, const Act *act) {
    MlEvent event;
    milieu_error e = {0};
    ml_event_init(&event, act->kind);
    snprintf(event.what, sizeof event.what, "%s", act->what);
    event.given |= (uint64_t)(*act->what != 0) << ML_FIELD_WHAT;
    ml_event_set(&event, act->field, act->value, act->dimension);
    ml_event_set(&event, act->time, act->minutes, ML_DIM_TIME);
    event.at = 0;
    ml_event_complete(&event);
    ok(ml_session_schedule(s, &event, 1e5, &e), &e);
}

/* Lives until t: what the drivers keep out of cells, and what cells have given since 0. */
static double live(MlSession *s, int t, MlShifts *shifts) {
    double y[ML_NSTATE];
    milieu_error e = {0};
    ml_session_state(s, 0, y);
    ml_shifts_begin(ml_session_context(s), y, shifts);
    const double before = in_cells(y);
    for (int i = 1; i <= t; i++) {
        ok(ml_session_advance(s, i, NULL, &e), &e);
        ml_session_state(s, i, y);
        ml_shifts_follow(ml_session_context(s), y, 1, shifts);
    }
    return before - in_cells(y);
}

/* In twenty minutes, before kidneys matter: drivers are counted with the answer of cells to each, so that together they
 * make up what left cells, and what was done to the person makes up most of it. */
static void drivers_add_up_to_what_left_cells(void **state) {
    (void)state;
    enum { UNTIL = 20 };
    static const struct {
        const char *name;
        const Act *act[2];
        MlShift by[2];
        double within;
    } lives[] = {{"insulin", {&insulin}, {ML_SHIFT_INSULIN, ML_SHIFT_BETA2}, 0.07}, /* as glucose falls, adrenaline answers */
                 {"salbutamol", {&salbutamol}, {ML_SHIFT_BETA2, ML_SHIFT_BETA2}, 0.07},
                 {"digoxin", {&digoxin}, {ML_SHIFT_DIGOXIN, ML_SHIFT_DIGOXIN}, 0.07},
                 {"running", {&running}, {ML_SHIFT_EXERCISE, ML_SHIFT_BETA2}, 0.25}, /* plasma and interstitium mix for a while, 0.1 mmol/L */
                 {"insulin and salbutamol", {&insulin, &salbutamol}, {ML_SHIFT_INSULIN, ML_SHIFT_BETA2}, 0.07},
                 {"salbutamol and digoxin", {&salbutamol, &digoxin}, {ML_SHIFT_BETA2, ML_SHIFT_DIGOXIN}, 0.07}};
    MlSession *s = someone();
    MlShifts usual, with;
    const double gave_usually = live(s, UNTIL, &usual);
    ml_session_destroy(&s);
    for (size_t i = 0; i < sizeof lives / sizeof lives[0]; i++) {
        double sum = 0, main = 0;
        s = someone();
        for (int k = 0; k < 2 && lives[i].act[k]; k++) do_now(s, lives[i].act[k]);
        const double gave = live(s, UNTIL, &with) - gave_usually;
        for (int k = 0; k < ML_NSHIFT; k++) {
            const double moved = ml_shifts_out(&with, (MlShift)k) - ml_shifts_out(&usual, (MlShift)k);
            sum += moved;
            if (lives[i].by[0] == (MlShift)k || lives[i].by[1] == (MlShift)k) main += moved;
        }
        if (!(fabs(sum - gave) < lives[i].within * fabs(gave)))
            fail_msg("%s: cells gave %g mmol, drivers moved %g", lives[i].name, gave, sum);
        if (!(fabs(main - sum) < 0.1 * fabs(sum))) fail_msg("%s: its own %g of %g mmol", lives[i].name, main, sum);
        ml_session_destroy(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_rest_nothing_drives),
        cmocka_unit_test(each_moves_alone),
        cmocka_unit_test(what_lasts_comes_to_a_level),
        cmocka_unit_test(drivers_add_up_to_what_left_cells),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
