/* SPDX-License-Identifier: Apache-2.0 */
/* Urine is never more concentrated than the medulla can make it, nor holds more potassium than a lumen does: in every condition,
 * at any filtration, with hurt tubules, without water, under salts and drugs. */
#include "told.h"

#include "timeline/tables.h"

/* People: 1200-1400 mOsm/kg at most (Tryding, Scand J Urol Nephrol 1988;22:141: 1100 in the young); potassium seldom above 200 mmol/L. */
static const double most_osmolality = 1400, most_potassium = 260;

static int lived, wrong;

static double highest(const MlResult *r, int output, double hours) {
    double most = 0;
    for (double t = 0; t <= 60 * hours; t += 30) {
        const double x = ml_result_at(r, output, t);
        if (x > most) most = x; /* no number where there is no urine */
    }
    return most;
}

static void run(const char *name, const char *story, double hours, MlResult *r) {
    static const int asked[] = {ML_O_urine_osmolality, ML_O_urine_potassium, ML_O_gfr};
    char text[1200];
    MlScenario sc;
    milieu_error e = {0};
    snprintf(text, sizeof text, "milieu: 1\ntitle: urine\nduration: %g h\nreport: {every: 30 min}\n%s", hours, story);
    read_text(text, &sc);
    for (int i = 0; i < 3; i++) ml_scenario_ask(&sc, asked[i], NULL);
    if (ml_run(&house, &sc, NULL, r, &e) != MILIEU_OK) fail_msg("%s: %s: %s", name, e.where, e.text);
    ml_scenario_free(&sc);
    lived++;
}

/* Lives it, and notes urine that nobody has. */
static void bounded(const char *name, const char *story, double hours) {
    MlResult r;
    run(name, story, hours, &r);
    const double osmolality = highest(&r, ML_O_urine_osmolality, hours), potassium = highest(&r, ML_O_urine_potassium, hours);
    if (osmolality > most_osmolality || potassium > most_potassium || osmolality < 50) {
        print_error("%s: urine of %.0f mOsm/kg, potassium %.0f mmol/L\n", name, osmolality, potassium);
        wrong++;
    }
    ml_result_free(&r);
}

static void in_every_condition(void **state) {
    (void)state;
    char story[600];
    lived = wrong = 0;
    for (int i = 0; ml_condition_row(i); i++) {
        const char *name = ml_condition_row(i)->name;
        if (!strcmp(name, "anuria")) continue;
        snprintf(story, sizeof story, "person: {%sconditions: [%s]}\nmeals: none\ndrinking: none\n", strcmp(name, "pregnancy") ? "" : "sex: female, ", name);
        bounded(name, story, 36);
    }
    assert_true(lived > 15);
    assert_int_equal(wrong, 0);
}

static void at_any_filtration(void **state) {
    (void)state;
    char story[600], name[80];
    lived = wrong = 0;
    for (int gfr = 5; gfr <= 120; gfr += gfr < 20 ? 5 : 25) {
        snprintf(name, sizeof name, "GFR %d without water", gfr);
        snprintf(story, sizeof story, "person: {gfr: %d mL/min}\nmeals: none\ndrinking: none\n", gfr);
        bounded(name, story, 36);
        snprintf(name, sizeof name, "GFR %d, 60 mmol of potassium without water", gfr);
        snprintf(story, sizeof story, "person: {gfr: %d mL/min}\nmeals: none\ndrinking: none\ntimeline: [{at: 6 h, take: {what: potassium-chloride, amount: 60 mmol}}]\n", gfr);
        bounded(name, story, 24);
    }
    assert_true(lived > 10);
    assert_int_equal(wrong, 0);
}

static void with_hurt_and_lost_kidneys(void **state) {
    (void)state;
    static const char *const lives[] = {"", "meals: none\ndrinking: none\n"};
    static const char *const tubules[] = {"injured", "intact"};
    static const double filtration[] = {0.5, 2, 10, 50, 100};
    char story[600], name[80];
    lived = wrong = 0;
    for (int l = 0; l < 2; l++)
        for (int t = 0; t < 2; t++)
            for (int f = 0; f < 5; f++) {
                if (l == 1 && t == 0 && filtration[f] > 10) continue; /* they lose liters: such a person dies */
                snprintf(name, sizeof name, "filtration of %g %%, tubules %s%s", filtration[f], tubules[t], l ? ", no water" : "");
                snprintf(story, sizeof story, "%stimeline: [{at: 0 h, kidney: {gfr: %g %%, tubule: %s, over: 12 h}}]\n", lives[l], filtration[f], tubules[t]);
                bounded(name, story, 120);
            }
    bounded("crushed", "person: {mass: 80 kg}\nmeals: none\ndrinking: none\ntimeline: [{at: 0 h, injury: {kind: rhabdomyolysis, severity: severe, over: 8 h}}]\n", 24);
    bounded("bled", "timeline: [{at: 0 h, bleed: {amount: 2 L, over: 30 min}}]\n", 48);
    bounded("vomiting", "meals: none\ndrinking: none\ntimeline: [{at: 0 h, every: 3 h, times: 10, vomit: {amount: 300 mL, over: 30 min}}]\n", 36);
    assert_true(lived > 15);
    assert_int_equal(wrong, 0);
}

static void under_drugs_and_salts(void **state) {
    (void)state;
    static const char *const doses[] = {
        "drug: {what: furosemide, dose: 40 mg, route: oral}", "drug: {what: hydrochlorothiazide, dose: 50 mg, route: oral}", "drug: {what: spironolactone, dose: 100 mg, route: oral}",
        "drug: {what: amiloride, dose: 10 mg, route: oral}", "drug: {what: acetazolamide, dose: 250 mg, route: oral}", "drug: {what: desmopressin, dose: 4 ug, route: iv}",
        "drug: {what: tolvaptan, dose: 30 mg, route: oral}", "drug: {what: fludrocortisone, dose: 0.5 mg, route: oral}", "drug: {what: empagliflozin, dose: 25 mg, route: oral}",
        "drug: {what: indomethacin, dose: 50 mg, route: oral}", "drug: {what: enalapril, dose: 20 mg, route: oral}", "infuse: {what: mannitol-20%, amount: 250 mL, over: 30 min}",
        "take: {what: urea, amount: 30 g}", "take: {what: sodium-chloride, amount: 100 mmol}", "take: {what: potassium-chloride, amount: 60 mmol}"};
    char story[700];
    lived = wrong = 0;
    for (size_t i = 0; i < sizeof doses / sizeof *doses; i++) {
        snprintf(story, sizeof story, "meals: none\ndrinking: none\ntimeline: [{at: 2 h, every: 12 h, times: 2, %s}]\n", doses[i]);
        bounded(doses[i], story, 30);
    }
    assert_true(lived == sizeof doses / sizeof *doses);
    assert_int_equal(wrong, 0);
}

/* Hurt tubules leave the osmolality as it comes. */
static void hurt_tubules_do_not_concentrate(void **state) {
    (void)state;
    static const double filtration[] = {1, 5, 20};
    char story[600];
    for (int f = 0; f < 3; f++)
        for (int dry = 0; dry < 2; dry++) {
            MlResult r;
            snprintf(story, sizeof story, "%stimeline: [{at: 0 h, kidney: {gfr: %g %%, tubule: injured, over: 12 h}}]\n", dry ? "meals: none\ndrinking: none\n" : "", filtration[f]);
            run("hurt", story, 60, &r);
            for (int h = 36; h <= 60; h += 6) {
                const double u = ml_result_at(&r, ML_O_urine_osmolality, 60.0 * h);
                if (!(u > 270 && u < 350)) fail_msg("filtration of %g %%: urine of %.0f mOsm/kg at %d h", filtration[f], u, h);
            }
            ml_result_free(&r);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_every_condition),
        cmocka_unit_test(at_any_filtration),
        cmocka_unit_test(with_hurt_and_lost_kidneys),
        cmocka_unit_test(under_drugs_and_salts),
        cmocka_unit_test(hurt_tubules_do_not_concentrate),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
