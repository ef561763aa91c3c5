/* SPDX-License-Identifier: Apache-2.0 */
/* People at rest stay as they are; every run conserves and stays neutral. */
#include "in_house.h"

#include "run/run.h"

static MlResult run(MlScenario *sc) {
    MlResult r;
    milieu_error e = {0};
    ok(ml_run(&house, sc, NULL, &r, &e), &e);
    return r;
}

static void conserved(const MlResult *r) {
    milieu_error e = {0};
    ok(ml_result_accounted(r, &e), &e);
}

/* Less than 0.1 % in 30 days, the same time of day compared. */
static void presets_do_not_drift(void **state) {
    (void)state;
    static const int watched[] = {ML_O_body_mass, ML_O_plasma_sodium, ML_O_plasma_osmolality, ML_O_body_sodium,
                                  ML_O_body_water,    ML_O_plasma_volume,     ML_O_brain_water,
                                  ML_O_plasma_urea,   ML_O_plasma_protein,    ML_O_mean_arterial_pressure,
                                  ML_O_plasma_potassium, ML_O_body_potassium, ML_O_plasma_bicarbonate,
                                  ML_O_plasma_ph};
    for (int p = 0; p < ml_preset_count(); p++) {
        MlScenario sc;
        ml_scenario_init(&sc);
        snprintf(sc.person.preset, sizeof sc.person.preset, "%s", ml_preset_info(p).name);
        sc.duration = 30 * 1440;
        sc.every = 1440;
        for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++)
            ml_scenario_ask(&sc, watched[i], NULL);
        MlResult r = run(&sc);
        for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
            const double first = ml_result_at(&r, watched[i], 0),
                         last = ml_result_at(&r, watched[i], 30 * 1440);
            if (fabs(last / first - 1) > 1e-3)
                fail_msg("%s: %s drifts from %.6g to %.6g", ml_preset_info(p).name,
                         ml_outputs[watched[i]].name, first, last);
        }
        conserved(&r);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

/* A person with own measures has a steady state, too. */
static void custom_people_settle(void **state) {
    (void)state;
    const struct {
        MlChoice sex;
        double age, height, mass, gfr, sodium;
    } people[] = {{ML_C_MALE, 25, 1.95, 110, NAN, 300},
                  {ML_C_FEMALE, 85, 1.50, 45, NAN, 60},
                  {ML_C_FEMALE, 120, 1.55, 50, NAN, NAN},
                  {ML_C_MALE, 60, 1.70, 80, 35, NAN},
                  {ML_C_FEMALE, 50, 1.65, 120, NAN, NAN}};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        MlScenario sc;
        ml_scenario_init(&sc);
        sc.person.sex = people[i].sex;
        sc.person.age = people[i].age;
        sc.person.height = people[i].height;
        sc.person.mass = people[i].mass;
        sc.person.gfr = people[i].gfr;
        sc.person.diet.value[ML_DIET_SODIUM] = people[i].sodium;
        sc.duration = 3 * 1440;
        sc.every = 1440;
        ml_scenario_ask(&sc, ML_O_plasma_sodium, NULL);
        MlResult r = run(&sc);
        const double first = ml_result_at(&r, ML_O_plasma_sodium, 0),
                     last = ml_result_at(&r, ML_O_plasma_sodium, 3 * 1440);
        if (!(first > 136 && first < 145)) fail_msg("person %zu: plasma sodium %.1f", i, first);
        if (fabs(last - first) > 0.3)
            fail_msg("person %zu: plasma sodium moves from %.2f to %.2f", i, first, last);
        conserved(&r);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

static void add(MlScenario *sc, MlEventKind kind, const char *what, double at, double amount, MlDimension d,
                double minutes) {
    MlEvent e;
    ml_event_init(&e, kind);
    snprintf(e.what, sizeof e.what, "%s", what);
    e.given |= (uint64_t)(what[0] != 0) << ML_FIELD_WHAT;
    e.at = at;
    ml_event_set(&e, ML_FIELD_AMOUNT, amount, d);
    ml_event_set(&e, ML_FIELD_OVER, minutes, ML_DIM_TIME);
    ml_event_complete(&e);
    assert_int_equal(ml_scenario_add(sc, &e, NULL), MILIEU_OK);
    ml_scenario_sort(sc);
}

/* Values do not depend on how often they are reported; the same run gives the same bytes. */
static void reporting_changes_nothing(void **state) {
    (void)state;
    MlResult r[3];
    const double every[] = {1, 60, 1};
    for (int i = 0; i < 3; i++) {
        MlScenario sc;
        ml_scenario_init(&sc);
        sc.every = every[i];
        add(&sc, ML_EVENT_DRINK, "water", 100, 1.5, ML_DIM_VOLUME, 20);
        add(&sc, ML_EVENT_BLEED, "", 300, 0.5, ML_DIM_VOLUME, 15);
        r[i] = run(&sc);
        ml_scenario_free(&sc);
    }
    for (int k = 0; k < r[0].noutput; k++)
        for (int j = 0; j < r[1].ntime; j++) {
            const double a = ml_result_at(&r[0], r[0].output[k], r[1].time[j]),
                         b = ml_result_at(&r[1], r[0].output[k], r[1].time[j]);
            if (!(isnan(a) && isnan(b))) assert_true(a == b);
        }
    assert_memory_equal(r[0].value, r[2].value, sizeof(double) * (size_t)r[0].noutput * (size_t)r[0].ntime);
    for (int i = 0; i < 3; i++) ml_result_free(&r[i]);
}

/* Each hour of two days is explained by itself, those before t = 0 too, and nothing is left out between. */
static void hours_are_explained(void **state) {
    (void)state;
    MlScenario sc;
    ml_scenario_init(&sc);
    sc.duration = 46.5 * 60;
    add(&sc, ML_EVENT_DRINK, "water", -90, 0.5, ML_DIM_VOLUME, 10);
    add(&sc, ML_EVENT_VOMIT, "", 60, 0.4, ML_DIM_VOLUME, 5);
    MlResult r = run(&sc);
    assert_int_equal(r.nexplanation, 2 + 47);
    assert_true(r.explanation[0][0].from == -90 && r.explanation[0][1].from == -60);
    assert_true(r.explanation[0][r.nexplanation - 1].to == 46.5 * 60);
    for (int i = 0; i < r.nexplanation; i++) {
        const MlExplanation *e = &r.explanation[ML_WHY_SODIUM][i];
        double sum = 0, vomit = 0;
        for (int k = 0; k < e->ncause; k++) {
            sum += e->cause[k].effect;
            if (!strcmp(e->cause[k].name, "vomit and suction")) vomit = e->cause[k].effect;
        }
        assert_true(fabs(sum - e->change) < 1e-9);
        assert_true(e->to <= 60 ? vomit == 0 : e->from == 60 ? vomit > 0.5 : 1);
        if (i) assert_true(e->from == r.explanation[ML_WHY_SODIUM][i - 1].to);
    }
    ml_result_free(&r);
    ml_scenario_free(&sc);
    /* a long run that death shortens is told by the hour, too */
    ml_scenario_init(&sc);
    sc.duration = 20 * 1440;
    add(&sc, ML_EVENT_BLEED, "", 205, 4, ML_DIM_VOLUME, 20);
    r = run(&sc);
    assert_true(r.lethal && r.end_time < 240);
    assert_int_equal(r.nexplanation, 4);
    assert_true(r.explanation[0][3].from == 180 && r.explanation[0][3].to == r.end_time);
    ml_result_free(&r);
    ml_scenario_free(&sc);
}

/* What comes and goes in a stormy day is accounted for, and so is its charge. */
static void storms_are_conserved(void **state) {
    (void)state;
    MlScenario sc;
    ml_scenario_init(&sc);
    add(&sc, ML_EVENT_DRINK, "water", 30, 2, ML_DIM_VOLUME, 10);
    add(&sc, ML_EVENT_EAT, "salt", 60, 20, ML_DIM_MASS, 5);
    add(&sc, ML_EVENT_VOMIT, "", 120, 0.6, ML_DIM_VOLUME, 5);
    add(&sc, ML_EVENT_DIARRHEA, "", 180, 1.5, ML_DIM_VOLUME, 60);
    add(&sc, ML_EVENT_BLEED, "", 240, 0.8, ML_DIM_VOLUME, 20);
    add(&sc, ML_EVENT_TRANSFUSE, "red-cells", 400, 0.5, ML_DIM_VOLUME, 60);
    add(&sc, ML_EVENT_INFUSE, "hartmann", 300, 1, ML_DIM_VOLUME, 30);
    add(&sc, ML_EVENT_INFUSE, "albumin-20%", 500, 0.1, ML_DIM_VOLUME, 30);
    add(&sc, ML_EVENT_INFUSE, "mannitol-20%", 600, 0.25, ML_DIM_VOLUME, 30);
    add(&sc, ML_EVENT_INFUSE, "dextrose-50%", 700, 0.1, ML_DIM_VOLUME, 10);
    MlResult r = run(&sc);
    conserved(&r);
    ml_result_free(&r);
    ml_scenario_free(&sc);
}

/* Halving the tolerance does not change what is seen. */
static void tolerance_converges(void **state) {
    (void)state;
    double sodium[2];
    const double rtol[] = {1e-5, 1e-8};
    for (int i = 0; i < 2; i++) {
        MlScenario sc;
        ml_scenario_init(&sc);
        add(&sc, ML_EVENT_DRINK, "water", 30, 1.4, ML_DIM_VOLUME, 20);
        MlRunOptions o = ml_run_options_default();
        o.rtol = rtol[i];
        MlResult r;
        assert_int_equal(ml_run(&house, &sc, &o, &r, NULL), MILIEU_OK);
        sodium[i] = ml_result_at(&r, ML_O_plasma_sodium, 120);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
    assert_true(fabs(sodium[0] - sodium[1]) < 0.01);
}

/* A balance that no one could live in is refused whatever the kidneys, and the error says what to change. */
static void who_cannot_live_is_refused(void **state) {
    (void)state;
    static const struct {
        int diet;
        double amount;
        bool lives;
        const char *says;
    } rows[] = {{ML_DIET_POTASSIUM, 0, false, "plasma_potassium would come to"}, {ML_DIET_SODIUM, 2, false, "plasma_sodium would come to"}, {ML_DIET_SODIUM, 0, false, "habitual_diet.sodium"},
                {ML_DIET_POTASSIUM, 15, true, NULL},                             {ML_DIET_SODIUM, 10, true, NULL},                             {ML_DIET_WATER, 8, true, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 1;
        sc.person.diet.value[rows[i].diet] = rows[i].amount;
        const milieu_code code = ml_run(&house, &sc, NULL, &r, &e);
        if ((code == MILIEU_OK) != rows[i].lives) fail_msg("row %zu: code %d: %s", i, (int)code, e.text);
        if (rows[i].says) assert_non_null(strstr(e.text, rows[i].says));
        if (code == MILIEU_OK) ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

/* Of who is on hemodialysis it is told what would help, and dialysis is no news; one who keeps the diet of patients lives. */
static void who_is_dialyzed_and_cannot_live(void **state) {
    (void)state;
    static const struct {
        int diet;
        double amount;
    } rows[] = {{ML_DIET_POTASSIUM, 120}, {ML_DIET_WATER, 9}, {ML_DIET_SODIUM, 130}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 1;
        sc.person.diet.value[rows[i].diet] = rows[i].amount;
        snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "hemodialysis");
        const milieu_code code = ml_run(&house, &sc, NULL, &r, &e);
        if ((code == MILIEU_OK) != (i == 2)) fail_msg("row %zu: code %d: %s", i, (int)code, e.text);
        if (code == MILIEU_OK) ml_result_free(&r);
        else assert_true(strstr(e.text, "three sessions of hemodialysis a week cannot keep up") && strstr(e.text, "give less sodium") && !strstr(e.text, "or dialysis"));
        ml_scenario_free(&sc);
    }
}

static int at_once(void) { return 1; }

static void settling_can_be_stopped(void **state) {
    (void)state;
    MlHouse hurried = house;
    MlScenario sc;
    MlResult r;
    milieu_error e = {0};
    hurried.stopped = at_once;
    ml_scenario_init(&sc);
    sc.person.age = 43;
    assert_int_equal(ml_run(&hurried, &sc, NULL, &r, &e), MILIEU_INTERRUPTED);
    ml_scenario_free(&sc);
}

/* Someone met before, and someone else between, run as a stranger does, to the bit. */
static void people_met_again(void **state) {
    (void)state;
    const double age[] = {41, 42, 41};
    double sodium[3];
    for (int i = 0; i < 3; i++) {
        MlScenario sc;
        ml_scenario_init(&sc);
        sc.person.age = age[i];
        sc.duration = 360;
        ml_scenario_ask(&sc, ML_O_plasma_sodium, NULL);
        MlResult r = run(&sc);
        sodium[i] = ml_result_at(&r, ML_O_plasma_sodium, 360);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
    assert_memory_equal(&sodium[0], &sodium[2], sizeof sodium[0]);
    assert_memory_not_equal(&sodium[0], &sodium[1], sizeof sodium[0]);
}

/* Any parameter may be stated, also one that is otherwise computed from the person, the table of drugs or the steady
 * state; it stays. */
static void what_is_stated_stays(void **state) {
    (void)state;
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    for (int k = 0; k < ML_NPARAM; k++) {
        const double value = 0.3 * ml_params[k].low + 0.7 * ml_params[k].high;
        ml_person_spec_init(&spec);
        assert_true(ml_person_set_parameter(&spec, ml_params[k].name, value));
        if (ml_person_build(&spec, &person, &e) != MILIEU_OK) fail_msg("%s: %s", ml_params[k].name, e.text);
        ml_drug_parameters(house.drugs, person.param);
        if (person.param[k] != value) fail_msg("%s: %g became %g", ml_params[k].name, value, person.param[k]);
    }
    static const struct {
        const char *name;
        double value;
    } stated[] = {{"tonicity_normal", 286}, {"brain_water_normal", 1.3}, {"capillary_pressure_normal", 11.5}};
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_HABITUAL, .drinking = ML_C_DRINKING_HABITUAL};
    MlSession *s;
    ml_person_spec_init(&spec);
    for (int i = 0; i < 3; i++) assert_true(ml_person_set_parameter(&spec, stated[i].name, stated[i].value));
    assert_int_equal(ml_person_build(&spec, &person, &e), MILIEU_OK);
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    for (int i = 0; i < 3; i++) {
        const double now = ml_session_person(s)->param[ml_param_find(stated[i].name)];
        if (now != stated[i].value) fail_msg("%s: %g became %g", stated[i].name, stated[i].value, now);
    }
    ml_session_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presets_do_not_drift),      cmocka_unit_test(custom_people_settle),
        cmocka_unit_test(reporting_changes_nothing), cmocka_unit_test(storms_are_conserved),
        cmocka_unit_test(tolerance_converges),       cmocka_unit_test(hours_are_explained),
        cmocka_unit_test(who_cannot_live_is_refused), cmocka_unit_test(who_is_dialyzed_and_cannot_live),
        cmocka_unit_test(settling_can_be_stopped),
        cmocka_unit_test(people_met_again),          cmocka_unit_test(what_is_stated_stays),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
