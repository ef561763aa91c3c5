/* SPDX-License-Identifier: Apache-2.0 */
/* Dialysis: both ways through the membrane, balances, limits, the patient between sessions, speed. */
#include "in_house.h"

#include "body/body.h"
#include "person/dialysis.h"
#include "person/person.h"
#include "run/account.h"
#include "run/run.h"
#include "scenario/scenario.h"

typedef struct Told {
    MlScenario scenario;
    MlResult result;
} Told;

static Told tell(const char *text) {
    Told t;
    MlIssues issues;
    milieu_error e = {0};
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    ml_issues_init(&issues);
    if (ml_scenario_read_text(text, strlen(text), "t", &names, &t.scenario, &issues) != MILIEU_OK) fail_msg("%s", issues.issue[0].text);
    ml_issues_free(&issues);
    ok(ml_run(&house, &t.scenario, NULL, &t.result, &e), &e);
    return t;
}

static void forget(Told *t) {
    ml_result_free(&t->result);
    ml_scenario_free(&t->scenario);
}

static double at(const Told *t, int output, double hours) {
    const MlResult *r = &t->result;
    for (int i = 0; i < r->noutput; i++)
        for (int j = 0; r->output[i] == output && j < r->ntime; j++)
            if (fabs(r->time[j] - 60 * hours) < 1e-6) return r->value[(size_t)i * (size_t)r->ntime + (size_t)j];
    fail_msg("%s was not stored at %g h", ml_outputs[output].name, hours);
    return NAN;
}

static double change(const Told *t, int output, double from, double to) { return at(t, output, to) - at(t, output, from); }

#define ASK "report: {every: 1 h, quantities: [plasma_sodium, plasma_potassium, plasma_calcium_ionized, plasma_bicarbonate, plasma_phosphate, " \
            "plasma_urea, plasma_creatinine, plasma_volume, mean_arterial_pressure, ultrafiltration_volume, dialysis_sodium_total, dialysis_potassium_total, " \
            "dialysis_calcium_total, dialysis_urea_total, peritoneal_volume, peritoneal_sodium, body_potassium]}\n"

/* ---- the organ by itself ---- */

typedef struct Bench {
    double state[ML_NSTATE], param[ML_NPARAM], input[ML_NINPUT], row[ML_NROW];
} Bench;

static Bench *bench(void) {
    static Bench b;
    MlPersonSpec spec;
    static MlPerson person;
    milieu_error e = {0};
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    ml_person_guess(&person, b.state);
    ml_person_inputs(&person, b.input);
    memcpy(b.param, person.param, sizeof b.param);
    return &b;
}

static void evaluate(Bench *b) {
    const MlContext c = {b->param, b->input, NULL, NULL};
    ml_body_rows(&c, 0, b->state, b->row);
}

/* What plasma is in balance with: each ion times its Donnan factor, sodium a little less. */
static MlDialysate filtrate(const Bench *b) {
    const double w = b->state[ML_S_plasma_water];
    const MlContext c = {b->param, b->input, NULL, NULL};
    MlSpecies ca, mg;
    ml_body_species(&c, b->state, &ca, &mg);
    const double cations = (b->state[ML_S_plasma_sodium] + b->state[ML_S_plasma_potassium]) / w + 2 * (ca.diffusible[0] + mg.diffusible[0]);
    const double s = sqrt(1 - 0.2 * b->state[ML_S_plasma_protein] / w / cations);
    return (MlDialysate){.sodium = s * b->param[ML_P_dialyzer_sodium] * b->state[ML_S_plasma_sodium] / w,
                         .potassium = s * b->state[ML_S_plasma_potassium] / w,
                         .calcium = s * s * ca.diffusible[0],
                         .magnesium = s * s * mg.diffusible[0],
                         .bicarbonate = b->state[ML_S_plasma_bicarbonate] / w / s,
                         .organic = b->state[ML_S_plasma_organic] / w / s,
                         .lactate = b->state[ML_S_plasma_lactate] / w / s,
                         .phosphate = b->state[ML_S_plasma_phosphate] / w / (s * s),
                         .urea = b->state[ML_S_plasma_urea] / w,
                         .glucose = b->state[ML_S_plasma_glucose] / w};
}

static void nothing_flows_at_donnan_equilibrium(void **state) {
    (void)state;
    Bench *b = bench();
    MlDialyzer d = ml_dialyzer_usual();
    d.fluid = filtrate(b);
    ml_dialyzer_inputs(&d, b->input);
    evaluate(b);
    static const int still[] = {ML_F_dialyze_sodium, ML_F_dialyze_potassium, ML_F_dialyze_bicarbonate, ML_F_dialyze_phosphate,
                                ML_F_dialyze_urea,   ML_F_dialyze_glucose,   ML_F_dialyze_lactate,   ML_F_dialyze_water};
    for (size_t i = 0; i < sizeof still / sizeof still[0]; i++)
        if (fabs(b->row[still[i]]) > 1e-9) fail_msg("%s: %g", ml_flows[still[i]].name, b->row[still[i]]);
    /* citrate complexes, which this fluid lacks, carry a little along */
    assert_true(fabs(b->row[ML_F_dialyze_calcium]) < 0.02 && fabs(b->row[ML_F_dialyze_magnesium]) < 0.002);
}

static void flows_go_down_the_gradient(void **state) {
    (void)state;
    Bench *b = bench();
    MlDialyzer d = ml_dialyzer_usual();
    const MlDialysate even = filtrate(b);
    for (int sign = -1; sign <= 1; sign += 2) {
        d.fluid = even;
        d.fluid.potassium += sign;
        d.fluid.sodium += 5 * sign;
        d.fluid.bicarbonate += 5 * sign;
        d.fluid.calcium += 0.3 * sign;
        ml_dialyzer_inputs(&d, b->input);
        evaluate(b);
        assert_true(-sign * b->row[ML_F_dialyze_potassium] > 0.1);
        assert_true(-sign * b->row[ML_F_dialyze_sodium] > 0.5);
        assert_true(-sign * b->row[ML_F_dialyze_bicarbonate] > 0.4);
        assert_true(-sign * b->row[ML_F_dialyze_calcium] > 0.01);
    }
}

/* Without diffusion what is filtered is plasma water; a tiny dialyzer clears nothing; none clears more than flows through it. */
static void limits_of_clearance(void **state) {
    (void)state;
    Bench *b = bench();
    MlDialyzer d = ml_dialyzer_usual();
    double out[ML_NOUTPUT];
    static MlBaseline base = {.brain_water = 1, .muscle_water = 1, .plasma_water = 1, .interstitial_water = 1};
    const MlContext c = {b->param, b->input, NULL, NULL};
    const double urea = b->state[ML_S_plasma_urea] / b->state[ML_S_plasma_water];
    d.fluid = (MlDialysate){0};
    d.dialysate = 0;
    d.filtration = 0.02;
    ml_dialyzer_inputs(&d, b->input);
    evaluate(b);
    assert_true(fabs(b->row[ML_F_dialyze_urea] / (0.02 * urea) - 1) < 1e-9);
    d.filtration = 0;
    d.dialysate = 0.5;
    d.koa = 1e-6;
    ml_dialyzer_inputs(&d, b->input);
    evaluate(b);
    assert_true(b->row[ML_F_dialyze_urea] < 1e-5 * urea);
    d.koa = 100;
    ml_dialyzer_inputs(&d, b->input);
    ml_body_outputs(&c, &base, b->state, out);
    assert_true(out[ML_O_dialyzer_urea_clearance] < 1000 * d.blood && out[ML_O_dialyzer_urea_clearance] > 700 * d.blood);
    d.blood = 0.02;
    ml_dialyzer_inputs(&d, b->input);
    ml_body_outputs(&c, &base, b->state, out);
    assert_true(out[ML_O_dialyzer_urea_clearance] < 1000 * d.blood);
    d.blood = 0.3;
    d.dialysate = 0.1; /* then the dialysate is what limits */
    ml_dialyzer_inputs(&d, b->input);
    ml_body_outputs(&c, &base, b->state, out);
    assert_true(fabs(out[ML_O_dialyzer_urea_clearance] - 100) < 1);
}

static void both_ways_carry_no_charge(void **state) {
    (void)state;
    Bench *b = bench();
    MlDialyzer d = ml_dialyzer_usual();
    d.filtration = 0.05;
    d.before = 0.03;
    d.citrate = 0.4;
    ml_dialyzer_inputs(&d, b->input);
    b->input[ML_U_peritoneal_fill] = 0.1;
    b->state[ML_S_peritoneum_water] = 1.5;
    b->state[ML_S_peritoneum_sodium] = 200;
    b->state[ML_S_peritoneum_chloride] = 150;
    b->state[ML_S_peritoneum_lactate] = 50;
    evaluate(b);
    double q[3] = {0};
    for (int i = ML_F_dialyze_water; i <= ML_F_drain_glucose; i++) {
        const int way = i < ML_F_peritoneal_water ? 0 : i < ML_F_drain_water ? 1 : 2;
        q[way] += ml_substances[ml_states[ml_flows[i].from].substance].valence * b->row[i];
    }
    for (int k = 0; k < 3; k++) assert_true(fabs(q[k]) < 1e-9);
}

/* To the bit what it is with the dialyzer's own arithmetic at no flow. */
static void without_dialysis_it_is_left_out(void **state) {
    (void)state;
    Bench *b = bench();
    evaluate(b);
    double before[ML_NROW];
    memcpy(before, b->row, sizeof before);
    b->input[ML_U_dialyzing] = 5e-324; /* asks for it, and yields nothing */
    evaluate(b);
    for (int i = 0; i < ML_NROW; i++)
        if (fabs(b->row[i] - before[i]) > 1e-300) fail_msg("row %d: %g, %g", i, b->row[i], before[i]);
}

/* ---- runs ---- */

static void what_leaves_is_what_comes_out(void **state) {
    (void)state;
    static const char *const texts[] = {
        "milieu: 1\nduration: 12 h\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 1 h, dialysis: {for: 4 h}}]\n" ASK,
        "milieu: 1\nduration: 12 h\nperson: {gfr: 8 mL/min}\ntimeline: [{at: 0 h, every: 4 h, times: 2, peritoneal-dialysis: {volume: 2 L, for: 4 h}}]\n" ASK,
        "milieu: 1\nduration: 12 h\nperson: {gfr: 8 mL/min}\ntimeline: [{at: 0 h, hemofiltration: {for: 12 h, citrate: 2 mmol/L, dilution: before, dialysate_flow: 10 mL/min, ultrafiltration: 100 mL/h}}]\n" ASK};
    for (size_t k = 0; k < 3; k++) {
        Told t = tell(texts[k]);
        for (int i = 0; i < t.result.nbalance; i++) {
            const MlBalance *b = &t.result.balance[i];
            if (fabs(b->residual) > 1e-9 * (1 + b->throughput)) fail_msg("%zu, %s: %g of %g", k, b->substance, b->residual, b->throughput);
        }
        assert_true(at(&t, ML_O_ultrafiltration_volume, 12) != 0);
        forget(&t);
    }
}

static void dialysate_gives_potassium_to_who_lacks_it(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nduration: 3 h\nmeals: none\nperson: {labs: {plasma_potassium: 2.7 mmol/L}}\n"
                  "timeline: [{at: 0 h, dialysis: {for: 3 h, dialysate: {potassium: 4 mmol/L}}}]\n" ASK);
    assert_true(at(&t, ML_O_dialysis_potassium_total, 3) < -10);
    assert_true(change(&t, ML_O_plasma_potassium, 0, 3) > 0.2);
    forget(&t);
}

/* Sessions joined on to one another are one session. */
static void joined_sessions(void **state) {
    (void)state;
    Told one = tell("milieu: 1\nduration: 5 h\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 0 h, dialysis: {for: 4 h, ultrafiltration: 2 L}}]\n" ASK);
    Told two = tell("milieu: 1\nduration: 5 h\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 0 h, every: 2 h, times: 2, dialysis: {for: 2 h, ultrafiltration: 1 L}}]\n" ASK);
    assert_true(fabs(at(&one, ML_O_ultrafiltration_volume, 4) - 2) < 1e-6 && fabs(at(&two, ML_O_ultrafiltration_volume, 4) - 2) < 1e-6);
    assert_true(fabs(at(&one, ML_O_plasma_potassium, 4) - at(&two, ML_O_plasma_potassium, 4)) < 1e-3);
    assert_true(fabs(at(&one, ML_O_plasma_urea, 4) - at(&two, ML_O_plasma_urea, 4)) < 1e-3);
    forget(&one);
    forget(&two);
}

/* Most of the potassium comes from cells, phosphate and urea rebound. Of the fall of potassium half is back in two hours
 * (Korean J Nephrol 1999;18:940), two thirds in six (Blumberg, Nephrol Dial Transplant 1997;12:1629). */
static void stores_give_what_is_taken(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nduration: 10 h\nmeals: none\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 0 h, dialysis: {for: 4 h}}]\n" ASK);
    const double removed = at(&t, ML_O_dialysis_potassium_total, 4), fall = -change(&t, ML_O_plasma_potassium, 0, 4), outside = 17 * fall;
    assert_true(outside / removed > 0.2 && outside / removed < 0.5);
    assert_true(change(&t, ML_O_plasma_potassium, 4, 6) > 0.36 * fall && change(&t, ML_O_plasma_potassium, 4, 10) > 0.45 * fall);
    assert_true(change(&t, ML_O_plasma_phosphate, 4, 10) > 0.1 && change(&t, ML_O_plasma_urea, 4, 5) > 0.4);
    forget(&t);
}

/* A week later, after three sessions more, a patient is where he began; at other moments of the week he has gained as much less. */
static void a_patient_between_sessions(void **state) {
    (void)state;
    Told week = tell("milieu: 1\nduration: 168 h\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 0 h, every: 48 h, times: 3, dialysis: {for: 4 h}}]\n" ASK);
    Told mid = tell("milieu: 1\nduration: 1 h\nperson: {conditions: [{hemodialysis: {since_dialysis: 44 h}}]}\n" ASK);
    assert_true(fabs(change(&week, ML_O_plasma_potassium, 0, 168)) < 0.15 && fabs(change(&week, ML_O_plasma_urea, 0, 168)) < 0.5);
    assert_true(fabs(change(&week, ML_O_plasma_phosphate, 0, 168)) < 0.05);
    assert_true(fabs(at(&mid, ML_O_plasma_urea, 0) - at(&week, ML_O_plasma_urea, 48)) < 1);
    assert_true(at(&mid, ML_O_plasma_creatinine, 0) < at(&week, ML_O_plasma_creatinine, 0) - 100);
    assert_true(at(&week, ML_O_plasma_potassium, 0) > 4.6 && at(&week, ML_O_plasma_potassium, 0) < 6);
    assert_true(at(&week, ML_O_plasma_bicarbonate, 0) > 19 && at(&week, ML_O_plasma_bicarbonate, 0) < 23.5);
    forget(&week);
    forget(&mid);
}

/* A week is a matter of steps: few, and as many again once the person is known. */
static void a_week_is_quick(void **state) {
    (void)state;
    static const char text[] = "milieu: 1\nduration: 168 h\nperson: {conditions: [hemodialysis]}\ntimeline: [{at: 0 h, every: 48 h, times: 3, dialysis: {for: 4 h}}]\n";
    Told first = tell(text), again = tell(text);
    assert_true(first.result.steps == again.result.steps && again.result.steps < 3000);
    forget(&first);
    forget(&again);
}

/* The two ways to say an amount of fluid, and which, are one. */
static void said_otherwise(void **state) {
    (void)state;
#define FILTER "milieu: 1\nduration: 10 h\nperson: {gfr: 8 mL/min}\ntimeline: [{at: 0 h, hemofiltration: {for: 10 h, dialysate_flow: 10 mL/min, ultrafiltration: 60 mL/h, "
    Told one = tell(FILTER "effluent: 2.66 L/h, fluid: hemofiltration-fluid-k4}}]\n" ASK);
    Told two = tell(FILTER "volume: 20 L, dialysate: hemofiltration-fluid-k4}}]\n" ASK);
    assert_true(fabs(at(&one, ML_O_ultrafiltration_volume, 10) - 0.6) < 1e-6);
    assert_true(fabs(at(&one, ML_O_dialysis_urea_total, 10) - at(&two, ML_O_dialysis_urea_total, 10)) < 1e-6);
    assert_true(fabs(at(&one, ML_O_plasma_potassium, 10) - at(&two, ML_O_plasma_potassium, 10)) < 1e-6);
    Told three = tell(FILTER "volume: 0.5 L/kg}}]\n" ASK); /* 35 L */
    assert_true(at(&three, ML_O_dialysis_urea_total, 10) > 1.2 * at(&two, ML_O_dialysis_urea_total, 10));
    forget(&one);
    forget(&two);
    forget(&three);
}

/* The cavity fills, draws water while glucose lasts, is left almost empty; water alone goes first, so that sodium dips. */
static void an_exchange(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nduration: 6 h\nperson: {gfr: 8 mL/min}\ntimeline: [{at: 0 h, peritoneal-dialysis: {fluid: peritoneal-fluid-3.86%, volume: 2 L, for: 5 h}}]\n" ASK);
    assert_true(at(&t, ML_O_peritoneal_volume, 0) == 0);
    assert_true(at(&t, ML_O_peritoneal_volume, 3) > 2.2 && at(&t, ML_O_peritoneal_volume, 3) < 3.4);
    assert_true(at(&t, ML_O_peritoneal_sodium, 1) < 128 && at(&t, ML_O_peritoneal_sodium, 4) > at(&t, ML_O_peritoneal_sodium, 2));
    assert_true(at(&t, ML_O_peritoneal_volume, 5) < 0.25);
    assert_true(at(&t, ML_O_dialysis_potassium_total, 5) > 5 && at(&t, ML_O_ultrafiltration_volume, 5) > 0.2);
    forget(&t);
}

/* Who is drained empties: pressure in capillaries falls and protein thickens until less is drawn, so that four strong bags a day, for
 * weeks, are lived with. */
static void ultrafiltration_falls_with_blood_volume(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nduration: 30 d\nperson: {age: 52 y, gfr: 4 mL/min, habitual_diet: {sodium: 110 mmol/d, water: 1.6 L/d}}\ntimeline:\n"
                  "  - {at: 0 h, every: 6 h, until: 30 d, peritoneal-dialysis: {fluid: peritoneal-fluid-2.27%, volume: 2 L, for: 6 h}}\n" ASK);
    assert_true(at(&t, ML_O_mean_arterial_pressure, 720) > 70);
    assert_true(change(&t, ML_O_ultrafiltration_volume, 480, 720) < 14 && change(&t, ML_O_ultrafiltration_volume, 480, 720) > 5);
    forget(&t);
}

/* A volume per kilogram is that of the body. */
static void an_exchange_by_mass(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nduration: 3 h\nperson: {mass: 60 kg}\ntimeline: [{at: 0 h, peritoneal-dialysis: {volume: 30 mL/kg}}]\n" ASK);
    assert_true(at(&t, ML_O_peritoneal_volume, 1) > 1.7 && at(&t, ML_O_peritoneal_volume, 1) < 2.1);
    forget(&t);
}

/* A second beginning is refused before anything runs; so are blood that would clot and 13 L in the belly. */
static void what_cannot_be(void **state) {
    (void)state;
    static const char clot[] = "milieu: 1\nduration: 5 h\ntimeline: [{at: 0 h, dialysis: {for: 1 h, blood_flow: 100 mL/min, ultrafiltration: 4 L}}]\n";
    static const char anions[] = "milieu: 1\nduration: 5 h\ntimeline: [{at: 0 h, dialysis: {dialysate: {sodium: 100 mmol/L, bicarbonate: 60 mmol/L, lactate: 60 mmol/L}}}]\n";
    static const char flood[] = "milieu: 1\nduration: 5 h\ntimeline: [{at: 0 h, peritoneal-dialysis: {volume: 190 mL/kg}}]\n";
    static const char filter[] = "milieu: 1\nduration: 5 h\ntimeline: [{at: 0 h, hemofiltration: {for: 1 h, volume: 50 L}}]\n";
    const char *const texts[] = {clot, anions, flood, filter}, *const where[] = {"ultrafiltration", "dialysate", "volume", "volume"};
    const MlNames names = {.products = house.products, .drugs = house.drugs, .mass_follows = true}; /* so that the run finds it */
    for (int i = 0; i < 4; i++) {
        MlScenario s;
        MlIssues issues;
        MlResult r;
        milieu_error e = {0};
        ml_issues_init(&issues);
        assert_int_equal(ml_scenario_read_text(texts[i], strlen(texts[i]), "t", &names, &s, &issues), MILIEU_OK);
        assert_int_equal(ml_run(&house, &s, NULL, &r, &e), MILIEU_BAD_INPUT);
        assert_true(strlen(e.text) > 20 && strstr(e.where, "t:3: ") == e.where && strstr(e.where, where[i]));
        ml_scenario_free(&s);
        ml_issues_free(&issues);
    }
}

/* Creatinine that climbs back after a session is no acute injury. */
/* What a session takes of phosphate is back within hours: Agar, Clin J Am Soc Nephrol 2011;6:2854. */
static void phosphate_of_a_session_is_no_lack(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nperson: {conditions: [hemodialysis]}\nduration: 24 h\ntimeline: [{at: 0 h, dialysis: {for: 4 h}}]\n" ASK);
    for (int i = 0; i < t.result.nflag; i++) assert_int_not_equal(t.result.flag[i].flag, ML_FLAG_hypophosphatemia);
    assert_true(at(&t, ML_O_plasma_phosphate, 4) < 0.8 && at(&t, ML_O_plasma_phosphate, 8) > 0.8);
    forget(&t);
}

static void no_acute_injury_between_sessions(void **state) {
    (void)state;
    Told t = tell("milieu: 1\nperson: {conditions: [hemodialysis]}\nduration: 3 d\n"
                  "timeline:\n  - {at: 2 h, dialysis: {for: 4 h}}\n" ASK);
    assert_true(at(&t, ML_O_plasma_creatinine, 72) > 1.5 * at(&t, ML_O_plasma_creatinine, 6));
    for (int i = 0; i < t.result.nflag; i++) assert_true(t.result.flag[i].flag != ML_FLAG_acute_kidney_injury);
    forget(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_flows_at_donnan_equilibrium),
        cmocka_unit_test(flows_go_down_the_gradient),
        cmocka_unit_test(limits_of_clearance),
        cmocka_unit_test(both_ways_carry_no_charge),
        cmocka_unit_test(without_dialysis_it_is_left_out),
        cmocka_unit_test(what_leaves_is_what_comes_out),
        cmocka_unit_test(dialysate_gives_potassium_to_who_lacks_it),
        cmocka_unit_test(joined_sessions),
        cmocka_unit_test(stores_give_what_is_taken),
        cmocka_unit_test(a_patient_between_sessions),
        cmocka_unit_test(phosphate_of_a_session_is_no_lack),
        cmocka_unit_test(no_acute_injury_between_sessions),
        cmocka_unit_test(a_week_is_quick),
        cmocka_unit_test(said_otherwise),
        cmocka_unit_test(an_exchange),
        cmocka_unit_test(ultrafiltration_falls_with_blood_volume),
        cmocka_unit_test(an_exchange_by_mass),
        cmocka_unit_test(what_cannot_be),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
