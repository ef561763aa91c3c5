/* SPDX-License-Identifier: Apache-2.0 */
/* What docs/format.md promises of events, persons and labs, lived through from a file's text. */
#include "in_house.h"

#include "products/menu.h"
#include "run/run.h"
#include "scenario/scenario.h"

/* Runs a scenario without its first line; every quantity of this version is kept but those of a close look, seconds for each moment. */
static MlResult live(const char *body) {
    char text[2000];
    MlScenario sc;
    MlIssues issues;
    MlResult r;
    milieu_error e = {0};
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    snprintf(text, sizeof text, "milieu: 1\n%s", body);
    ml_issues_init(&issues);
    if (ml_scenario_read_text(text, strlen(text), "test", &names, &sc, &issues) != MILIEU_OK)
        fail_msg("%s\n%s", body, issues.issue[0].text);
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (ml_outputs[i].available && ml_outputs[i].available != ML_CLOSE) assert_int_equal(ml_scenario_ask(&sc, i, NULL), MILIEU_OK);
    if (ml_run(&house, &sc, NULL, &r, &e) != MILIEU_OK) fail_msg("%s\n%s: %s", body, e.where, e.text);
    for (int i = 0; i < r.nbalance; i++)
        if (!(fabs(r.balance[i].residual) <= fmax(1e-9 * r.balance[i].throughput, 1e-11)))
            fail_msg("%s\n%s: %g is left over", body, r.balance[i].substance, r.balance[i].residual);
    assert_true(r.charge_residual < 1e-6);
    ml_scenario_free(&sc);
    ml_issues_free(&issues);
    return r;
}

/* The cramp threshold brings its band, asked for or not; once. */
static void the_band_comes_with_the_threshold(void **state) {
    (void)state;
    static const int asked[][2] = {{ML_O_plasma_sodium, ML_O_cramp_threshold_frequency},
                                   {ML_O_cramp_threshold_high, ML_O_cramp_threshold_frequency},
                                   {ML_O_plasma_sodium, ML_O_cramp_rate}};
    static const int kept[] = {4, 3, 2};
    for (int k = 0; k < 3; k++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 30;
        for (int i = 0; i < 2; i++) ok(ml_scenario_ask(&sc, asked[k][i], &e), &e);
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        assert_int_equal(r.noutput, kept[k]);
        const double low = ml_result_at(&r, ML_O_cramp_threshold_low, 30), high = ml_result_at(&r, ML_O_cramp_threshold_high, 30);
        if (k < 2) assert_true(low > 0 && low < ml_result_at(&r, ML_O_cramp_threshold_frequency, 30) && high > low);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

static double at(const char *body, int output, double hours) {
    MlResult r = live(body);
    const double x = ml_result_at(&r, output, 60 * hours);
    ml_result_free(&r);
    return x;
}

static int says(const MlResult *r, const char *words) {
    for (int i = 0; i < r->nlog; i++)
        if (strstr(r->log[i].text, words)) return 1;
    for (int i = 0; i < r->nnote; i++)
        if (strstr(r->note[i], words)) return 1;
    return 0;
}

static void everything_has_a_value_at_every_hour_of_the_day(void **state) {
    (void)state;
    for (int hour = 0; hour < 24; hour++) {
        char body[200];
        snprintf(body, sizeof body, "start: %02d:00\nduration: 1 h\nreport: {every: 30 min}\n", hour);
        MlResult r = live(body);
        for (int j = 0; j < r.ntime; j++) {
            const double na = ml_result_at(&r, ML_O_plasma_sodium, r.time[j]);
            const double hct = ml_result_at(&r, ML_O_hematocrit, r.time[j]);
            if (!(na > 137 && na < 144 && hct > 0.35 && hct < 0.52))
                fail_msg("%02d:00 and %g min: sodium %g, hematocrit %g", hour, r.time[j], na, hct);
        }
        ml_result_free(&r);
    }
}

/* Contents given in all bring the water they name and no other. */
static void contents_in_all(void **state) {
    (void)state;
    MlResult r = live("drinking: none\nmeals: none\nduration: 3 h\ntimeline:\n"
                      "  - {at: 1 h, take: {what: {sodium: 23 mmol, glucose: 60 g}}}\n"
                      "  - {at: 2 h, eat: {what: {sodium: 10 mmol, water: 200 mL}}}\n");
    assert_true(fabs(ml_result_at(&r, ML_O_intake_water, 110) - 0.0) < 1e-6);
    assert_true(fabs(ml_result_at(&r, ML_O_intake_water, 180) - 0.2) < 1e-6);
    assert_true(fabs(ml_result_at(&r, ML_O_intake_sodium_total, 180) - 33) < 1e-6);
    assert_true(says(&r, "took a mixture of sodium and glucose"));
    ml_result_free(&r);
}

/* Given base, chloride closes the charge of a gut loss. */
static void gut_losses_state_their_ions(void **state) {
    (void)state;
    const char *loss = "drinking: none\nmeals: none\nduration: 3 h\ntimeline:\n"
                       "  - {at: 0 h, diarrhea: {amount: 1 L, over: 2 h, sodium: 100 mmol/L, potassium: 20 mmol/L, "
                       "bicarbonate: 40 mmol/L}}\n";
    MlResult r = live(loss);
    assert_true(fabs(ml_result_at(&r, ML_O_stool_sodium_total, 180) - 100) < 3);
    /* chloride closes the charge, that of the minerals of its kind too */
    const double minerals = 2 * ml_result_at(&r, ML_O_stool_calcium_total, 180) + 2 * ml_result_at(&r, ML_O_stool_magnesium_total, 180) -
                            1.8 * ml_result_at(&r, ML_O_stool_phosphate_total, 180);
    assert_true(minerals > 1 && minerals < 12);
    assert_true(fabs(ml_result_at(&r, ML_O_stool_chloride_total, 180) - 80 - minerals) < 1);
    ml_result_free(&r);
}

static void a_second_illness_replaces_the_first(void **state) {
    (void)state;
    const double once = at("duration: 6 h\ntimeline: [{at: 1 h, infection: severe}]\n", ML_O_gfr, 5);
    const double twice = at("duration: 6 h\ntimeline: [{at: 1 h, infection: severe}, {at: 1 h, infection: severe}]\n",
                            ML_O_gfr, 5);
    assert_true(fabs(once - twice) < 1e-6 * once);
}

/* An illness that began before the kidneys failed still counts, whatever the order. */
static void illness_and_kidney_in_any_order(void **state) {
    (void)state;
    const double a = at("duration: 6 h\ntimeline: [{at: 1 h, infection: severe}, {at: 2 h, kidney: 50 %}]\n",
                        ML_O_gfr, 2.2);
    const double b = at("duration: 6 h\ntimeline: [{at: 1 h, kidney: 50 %}, {at: 2 h, infection: severe}]\n",
                        ML_O_gfr, 2.2);
    assert_true(a < 60 && b < 60);
}

static void what_ends_by_itself_gives_back_what_was(void **state) {
    (void)state;
    MlResult r = live("duration: 8 h\ntimeline:\n  - {at: 1 h, kidney: 60 %}\n"
                      "  - {at: 2 h, kidney: {gfr: 20 %, for: 1 h}}\n");
    const double before = ml_result_at(&r, ML_O_gfr, 115), during = ml_result_at(&r, ML_O_gfr, 170);
    const double after = ml_result_at(&r, ML_O_gfr, 200);
    assert_true(during < 0.5 * before);
    assert_true(fabs(after - before) < 0.15 * before);
    ml_result_free(&r);
}

static void both_kidneys_removed(void **state) {
    (void)state;
    MlResult r = live("duration: 12 h\ntimeline:\n  - {at: 2 h, remove: both-kidneys}\n  - {at: 4 h, kidney: 100 %}\n");
    const double then = ml_result_at(&r, ML_O_urine_volume, 121), end = ml_result_at(&r, ML_O_urine_volume, 720);
    assert_true(then > 0.01);
    assert_true(fabs(end - then) < 1e-6);
    ml_result_free(&r);
}

static void a_loss_ends_exercise_and_is_told(void **state) {
    (void)state;
    MlResult r = live("drinking: none\nduration: 6 h\ntimeline:\n"
                      "  - {at: 0 h, exercise: {met: 9, for: 6 h, temperature: 32 degC, until: {body_mass: -1.5 %}}}\n");
    assert_true(says(&r, "exercise ended: body mass -1.5 %"));
    for (int i = 0; i < r.nlog; i++) {
        if (!strstr(r.log[i].text, "exercised")) continue;
        const double lost = 1 - ml_result_at(&r, ML_O_body_mass, r.log[i].until) / ml_result_at(&r, ML_O_body_mass, 0);
        assert_true(fabs(lost - 0.015) < 1e-4);
    }
    ml_result_free(&r);
}

/* The drinking mode holds from the beginning of the run, not only from t = 0. */
static void drinking_none_before_zero(void **state) {
    (void)state;
    MlResult r = live("start: 12:00\ndrinking: none\nmeals: none\nduration: 1 h\n"
                      "timeline: [{at: -4 h, posture: supine}]\n");
    assert_true(fabs(ml_result_at(&r, ML_O_body_mass, 0) - ml_result_at(&r, ML_O_body_mass, -239)) > 0.1);
    assert_true(ml_result_at(&r, ML_O_water_balance, -239) > ml_result_at(&r, ML_O_water_balance, 0));
    ml_result_free(&r);
}

/* 300 g of salt: the run goes on to the moment of death and says so. */
static void a_fatal_amount_of_salt(void **state) {
    (void)state;
    MlResult r = live("drinking: none\nduration: 24 h\n"
                      "timeline: [{at: 1 h, take: {what: sodium-chloride, amount: 300 g}}]\n");
    assert_true(r.lethal);
    assert_true(r.lethal_cause[0] != 0);
    assert_non_null(r.lethal_limit);
    assert_true(r.lethal_limit->side * (r.lethal_value - r.lethal_limit->limit[2]) > 0);
    assert_true(r.end_time > 60 && r.end_time < 24 * 60);
    assert_true(r.time[r.ntime - 1] == r.end_time);
    ml_result_free(&r);
}

/* Per kilogram of body mass means the mass stated, wherever it stands. */
static void a_diet_per_kilogram(void **state) {
    (void)state;
    const double per_kg = at("person: {habitual_diet: {protein: 1.5 g/kg/d, sodium: 2 mmol/kg/d}, mass: 80 kg}\n"
                             "duration: 24 h\nreport: {every: 1 h}\n", ML_O_intake_sodium_total, 24);
    const double whole = at("person: {habitual_diet: {protein: 120 g/d, sodium: 160 mmol/d}, mass: 80 kg}\n"
                            "duration: 24 h\nreport: {every: 1 h}\n", ML_O_intake_sodium_total, 24);
    assert_true(fabs(per_kg - whole) < 1e-6);
    assert_true(fabs(whole - 160) < 1e-6);
}

/* A dose of a salt, and what it was taken for. */
static void conversions_are_told(void **state) {
    (void)state;
    MlResult r = live("duration: 1 h\ntimeline:\n  - {at: 0 h, take: {what: potassium-chloride, amount: 40 mmol}}\n"
                      "  - {at: 0 h, take: {what: magnesium-citrate, amount: 300 mg, elemental: true}}\n"
                      "  - {at: 0 h, drink: {what: {sodium: 30 mmol/L}, amount: 1 L}}\n");
    assert_true(says(&r, "40 mmol = 2.982 g, 40 mmol of potassium"));
    assert_true(says(&r, "12.34 mmol of magnesium"));
    assert_true(says(&r, "30 mEq of charge without a named partner closed with chloride"));
    ml_result_free(&r);
}

/* A menu brings what its foods hold, scaled to the energy that is told; what is told besides counts. Its potassium comes with
 * anions that are burned, other potassium with chloride. */
static void menus_are_diets(void **state) {
    (void)state;
    const MlMenuDay day = ml_menu_day(ml_menu_find(house.products, "high-potassium"), house.products);
    MlResult r = live("duration: 72 h\nperson: {habitual_diet: {menu: usual-western}}\ntimeline: [{at: 0 h, diet: {menu: high-potassium}}]");
    const double potassium = ml_result_at(&r, ML_O_intake_potassium_total, 72 * 60) - ml_result_at(&r, ML_O_intake_potassium_total, 48 * 60);
    assert_true(fabs(potassium / day.potassium - 1) < 1e-3);
    int told = 0;
    for (int i = 0; i < r.nlog; i++) told |= strstr(r.log[i].text, "new diet, menu high-potassium: sodium") != NULL;
    assert_true(told);
    const double food = ml_result_at(&r, ML_O_plasma_bicarbonate, 72 * 60);
    ml_result_free(&r);
    char text[400];
    snprintf(text, sizeof text, "duration: 72 h\nperson: {habitual_diet: {menu: usual-western}}\ntimeline: [{at: 0 h, diet: {potassium: %.6g mmol/d}}]", day.potassium);
    r = live(text);
    assert_true(ml_result_at(&r, ML_O_plasma_bicarbonate, 72 * 60) < food - 0.5);
    ml_result_free(&r);
    r = live("duration: 48 h\ntimeline: [{at: 0 h, diet: {sodium: 50 mmol/d, menu: high-potassium, energy: 3000 kcal/d}}]");
    const double more = ml_result_at(&r, ML_O_intake_potassium_total, 48 * 60) - ml_result_at(&r, ML_O_intake_potassium_total, 24 * 60);
    const double sodium = ml_result_at(&r, ML_O_intake_sodium_total, 48 * 60) - ml_result_at(&r, ML_O_intake_sodium_total, 24 * 60);
    assert_true(fabs(more / (day.potassium * 3000 / day.energy) - 1) < 1e-3);
    assert_true(fabs(sodium - 50) < 0.5);
    ml_result_free(&r);
}

/* A tablet that lets go slowly raises potassium later and less. */
static void slow_tablets_are_slow(void **state) {
    (void)state;
    MlResult fast = live("meals: none\nduration: 8 h\ntimeline: [{at: 0 h, take: {what: potassium-chloride, amount: 40 mmol}}]");
    MlResult slow = live("meals: none\nduration: 8 h\ntimeline: [{at: 0 h, take: {what: potassium-chloride-slow-release, amount: 40 mmol}}]");
    assert_true(ml_result_at(&slow, ML_O_plasma_potassium, 60) < ml_result_at(&fast, ML_O_plasma_potassium, 60) - 0.2);
    assert_true(fabs(ml_result_at(&slow, ML_O_intake_potassium_total, 480) - 40) < 0.05);
    assert_true(fabs(ml_result_at(&slow, ML_O_intake_potassium_total, 180) - 20) < 0.05);
    ml_result_free(&fast);
    ml_result_free(&slow);
}

static void one_kidney_removed(void **state) {
    (void)state;
    MlResult r = live("duration: 15 d\nreport: {every: 1 h}\ntimeline: [{at: 1 h, remove: one-kidney}]\n");
    const double before = ml_result_at(&r, ML_O_gfr, 0), then = ml_result_at(&r, ML_O_gfr, 24 * 60), later = ml_result_at(&r, ML_O_gfr, 15 * 24 * 60);
    assert_true(then > 0.45 * before && then < 0.62 * before);
    assert_true(later > 0.6 * before && later < 0.72 * before);
    assert_true(fabs(ml_result_at(&r, ML_O_body_mass, 15 * 24 * 60) - ml_result_at(&r, ML_O_body_mass, 0)) < 0.8);
    ml_result_free(&r);
}

/* What a loss of nephrons over months ends in is the person with as many. */
static void slow_loss_of_nephrons(void **state) {
    (void)state;
    const int outputs[] = {ML_O_plasma_potassium, ML_O_plasma_bicarbonate, ML_O_plasma_sodium, ML_O_plasma_creatinine, ML_O_ecf_volume};
    const double within[] = {0.2, 1, 1.5, 15, 0.7};
    MlResult lost = live("person: {gfr: 80 mL/min}\nduration: 150 d\nreport: {every: 1 d}\ntimeline: [{at: 0 h, kidney: {gfr: 30 mL/min, over: 30 d}}]\n");
    MlResult born = live("person: {gfr: 30 mL/min}\nduration: 1 d\nreport: {every: 1 d}\n");
    for (int i = 0; i < 5; i++) {
        const double a = ml_result_at(&lost, outputs[i], 150 * 1440), b = ml_result_at(&born, outputs[i], 1440);
        if (!(fabs(a - b) < within[i])) fail_msg("%s: %g after the loss, %g with so few", ml_outputs[outputs[i]].name, a, b);
    }
    ml_result_free(&lost);
    ml_result_free(&born);
}

/* Creatinine tells filtration by CKD-EPI 2021: 400 umol/L in a man of 60 is 14 mL/min/1.73 m2. The run shows it. */
static void creatinine_tells_filtration(void **state) {
    (void)state;
    MlResult r = live("person: {age: 60 y, labs: {plasma_creatinine: 400 umol/L}}\nduration: 2 d\nreport: {every: 1 h}\n");
    const double x = 400 / 88.4 / 0.9, epi = 142 * pow(x, -1.2) * pow(0.9938, 60) * 1.85 / 1.73;
    assert_true(fabs(ml_result_at(&r, ML_O_gfr, 0) / epi - 1) < 0.12);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_creatinine, 2 * 1440) - 400) < 30);
    ml_result_free(&r);
    r = live("person: {age: 60 y, gfr: 25 mL/min, labs: {plasma_creatinine: 300 umol/L}}\nduration: 2 d\nreport: {every: 1 h}\n");
    assert_true(fabs(ml_result_at(&r, ML_O_gfr, 0) / 25 - 1) < 0.12);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_creatinine, 2 * 1440) - 300) < 30);
    ml_result_free(&r);
}

/* Nothing is lost or charged by an injury, whose fluid and calcium come back. */
static void injuries_conserve(void **state) {
    (void)state;
    MlResult r = live("duration: 20 d\nreport: {every: 1 h}\ntimeline: [{at: 0 h, injury: {kind: rhabdomyolysis, severity: moderate}}, {at: 1 h, injury: {kind: burn, area: 12 %}}]\n");
    const double k = ml_result_at(&r, ML_O_plasma_potassium, 0), ca = ml_result_at(&r, ML_O_plasma_calcium_total, 0);
    assert_true(ml_result_at(&r, ML_O_plasma_potassium, 6 * 60) > k + 0.15);
    assert_true(ml_result_at(&r, ML_O_plasma_calcium_total, 24 * 60) < ca - 0.05);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_calcium_total, 20 * 1440) - ca) < 0.2);
    assert_true(ml_result_at(&r, ML_O_interstitial_volume, 12 * 60) > ml_result_at(&r, ML_O_interstitial_volume, 0) + 0.5);
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menus_are_diets),
        cmocka_unit_test(slow_tablets_are_slow),
        cmocka_unit_test(everything_has_a_value_at_every_hour_of_the_day),
        cmocka_unit_test(the_band_comes_with_the_threshold),
        cmocka_unit_test(contents_in_all),
        cmocka_unit_test(gut_losses_state_their_ions),
        cmocka_unit_test(a_second_illness_replaces_the_first),
        cmocka_unit_test(illness_and_kidney_in_any_order),
        cmocka_unit_test(what_ends_by_itself_gives_back_what_was),
        cmocka_unit_test(both_kidneys_removed),
        cmocka_unit_test(a_loss_ends_exercise_and_is_told),
        cmocka_unit_test(drinking_none_before_zero),
        cmocka_unit_test(a_fatal_amount_of_salt),
        cmocka_unit_test(a_diet_per_kilogram),
        cmocka_unit_test(conversions_are_told),
        cmocka_unit_test(one_kidney_removed),
        cmocka_unit_test(slow_loss_of_nephrons),
        cmocka_unit_test(creatinine_tells_filtration),
        cmocka_unit_test(injuries_conserve),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
