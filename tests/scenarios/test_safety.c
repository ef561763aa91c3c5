/* SPDX-License-Identifier: Apache-2.0 */
/* Every safety limit, broken by one run and kept by another that is nearly the same. */
#include "in_house.h"

#include "run/run.h"
#include "scenario/scenario.h"

static MlResult live(const char *body) {
    char text[2000];
    MlScenario sc;
    MlIssues issues;
    MlResult r;
    milieu_error e = {0};
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    snprintf(text, sizeof text, "milieu: 1\n%s\nreport: {every: 1 h, quantities: [plasma_sodium]}\n", body);
    ml_issues_init(&issues);
    if (ml_scenario_read_text(text, strlen(text), "test", &names, &sc, &issues) != MILIEU_OK)
        fail_msg("%s\n%s", body, issues.issue[0].text);
    if (ml_run(&house, &sc, NULL, &r, &e) != MILIEU_OK) fail_msg("%s\n%s: %s", body, e.where, e.text);
    ml_scenario_free(&sc);
    ml_issues_free(&issues);
    return r;
}

static const milieu_breach *broken(const MlResult *r, const char *limit) {
    for (int i = 0; i < r->nbreach; i++)
        if (!strcmp(r->breach[i].limit, limit)) return &r->breach[i];
    return NULL;
}

#define FED "meals: none\ndrinking: none\nduration: 5 h\ntimeline: "
#define INFUSE(what) FED "[{at: 1 h, infuse: {" what "}}]"
#define TAKE(what) FED "[{at: 1 h, take: {" what "}}]"
#define DAY(person, diet) "person: {" person "}\nduration: 30 h\ntimeline: [{at: 0 h, diet: {" diet "}}]"
#define LOW(sodium, more) "person: {preset: older-woman, labs: {plasma_sodium: " sodium " mmol/L}" more "}\ndrinking: none\nmeals: none\n"
#define CORRECT(rate) "duration: 30 h\ntimeline: [{at: 0 h, infuse: {what: saline-3%, rate: " rate " mL/h, for: 30 h}}]"

static const struct {
    const char *limit, *breaks, *keeps;
} rows[] = {
    {"sodium_rise_24_high_risk", LOW("100", "") CORRECT("60"),
     "person: {preset: older-woman, labs: {plasma_sodium: 112 mmol/L, plasma_potassium: 4.3 mmol/L}}\ndrinking: none\nmeals: none\n" CORRECT("60")},
    {"sodium_rise_24", LOW("112", "") CORRECT("60"), LOW("112", "") "duration: 4 h"},
    {"sodium_rise_24_most", LOW("112", "") CORRECT("80"), LOW("112", "") "duration: 4 h"},
    {"sodium_rise_48", LOW("110", "") "duration: 48 h\ntimeline: [{at: 0 h, infuse: {what: saline-3%, rate: 60 mL/h, for: 40 h}}]",
     LOW("110", "") "duration: 4 h"},
    {"sodium_fall_24", "person: {labs: {plasma_sodium: 165 mmol/L}}\nduration: 24 h\ntimeline: [{at: 0 h, infuse: {what: dextrose-5%, rate: 400 mL/h, for: 20 h}}]",
     "person: {labs: {plasma_sodium: 165 mmol/L}}\ndrinking: none\nmeals: none\nduration: 4 h"},
    {"potassium_vein_hour", INFUSE("what: potassium-chloride, amount: 11 mmol, over: 60 min"), INFUSE("what: potassium-chloride, amount: 40 mmol, over: 4 h")},
    {"potassium_vein_hour_watched", INFUSE("what: potassium-chloride, amount: 21 mmol, over: 50 min"), INFUSE("what: potassium-chloride, amount: 20 mmol, over: 1 h")},
    {"potassium_vein_hour_most", INFUSE("what: potassium-chloride, amount: 42 mmol, over: 1 h"), INFUSE("what: potassium-chloride, amount: 40 mmol, over: 1 h")},
    {"potassium_vein_bolus", INFUSE("what: potassium-chloride, amount: 11 mmol, over: 3 min"), INFUSE("what: potassium-chloride, amount: 11 mmol, over: 6 min")},
    {"potassium_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: potassium-chloride, rate: 9 mmol/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: potassium-chloride, rate: 8 mmol/h, for: 24 h}}]"},
    {"potassium_vein_day_most", "person: {labs: {plasma_potassium: 2.2 mmol/L}}\nduration: 24 h\ntimeline: [{at: 0 h, infuse: {what: potassium-chloride, rate: 17 mmol/h, for: 24 h}}]",
     "person: {labs: {plasma_potassium: 2.2 mmol/L}}\nduration: 24 h\ntimeline: [{at: 0 h, infuse: {what: potassium-chloride, rate: 16 mmol/h, for: 24 h}}]"},
    {"potassium_strength", INFUSE("what: potassium-chloride, amount: 5 mmol, over: 1 h"), INFUSE("what: saline-0.9%-kcl-40, amount: 250 mL, over: 1 h")},
    {"potassium_dose", TAKE("what: potassium-chloride, amount: 42 mmol"), TAKE("what: potassium-chloride, amount: 40 mmol")},
    {"potassium_taken_day", "duration: 24 h\ntimeline: [{at: 0 h, every: 4 h, times: 6, take: {what: potassium-chloride, amount: 35 mmol}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, every: 4 h, times: 5, take: {what: potassium-chloride, amount: 35 mmol}}]"},
    {"osmolarity", INFUSE("what: saline-3%, amount: 50 mL, over: 1 h"), INFUSE("what: dextrose-10%, amount: 50 mL, over: 1 h")},
    {"magnesium_vein_rate", INFUSE("what: magnesium-sulfate, amount: 8 mmol, over: 10 min"), INFUSE("what: magnesium-sulfate, amount: 8 mmol, over: 15 min")},
    {"magnesium_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: magnesium-sulfate, rate: 7 mmol/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: magnesium-sulfate, rate: 6 mmol/h, for: 24 h}}]"},
    {"magnesium_vein_weak_kidneys", "person: {gfr: 25 mL/min}\nduration: 12 h\ntimeline: [{at: 0 h, infuse: {what: magnesium-sulfate, rate: 7 mmol/h, for: 12 h}}]",
     "duration: 12 h\ntimeline: [{at: 0 h, infuse: {what: magnesium-sulfate, rate: 7 mmol/h, for: 12 h}}]"},
    {"calcium_vein_rate", INFUSE("what: calcium-gluconate-10%, amount: 30 mL, over: 10 min"), INFUSE("what: calcium-gluconate-10%, amount: 20 mL, over: 10 min")},
    {"calcium_vein_rate_most", INFUSE("what: calcium-gluconate-10%, amount: 40 mL, over: 10 min"), INFUSE("what: calcium-gluconate-10%, amount: 30 mL, over: 10 min")},
    {"calcium_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: calcium-gluconate, rate: 4 mmol/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: calcium-gluconate, rate: 3 mmol/h, for: 24 h}}]"},
    {"phosphate_vein_hour", INFUSE("what: sodium-phosphate-iv, amount: 8 mmol, over: 1 h"), INFUSE("what: sodium-phosphate-iv, amount: 6 mmol, over: 1 h")},
    {"phosphate_vein_hour_most", INFUSE("what: sodium-phosphate-iv, amount: 16 mmol, over: 1 h"), INFUSE("what: sodium-phosphate-iv, amount: 15 mmol, over: 1 h")},
    {"phosphate_vein_dose", INFUSE("what: sodium-phosphate-iv, amount: 46 mmol, over: 4 h"), INFUSE("what: sodium-phosphate-iv, amount: 44 mmol, over: 4 h")},
    {"phosphate_vein_dose_mass", "person: {mass: 50 kg}\n" INFUSE("what: sodium-phosphate-iv, amount: 40 mmol, over: 4 h"), INFUSE("what: sodium-phosphate-iv, amount: 40 mmol, over: 4 h")},
    {"bicarbonate_vein_dose", INFUSE("what: sodium-bicarbonate-8.4%, amount: 360 mL, over: 3 h"), INFUSE("what: sodium-bicarbonate-8.4%, amount: 340 mL, over: 3 h")},
    {"bicarbonate_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: sodium-bicarbonate-1.4%, rate: 130 mL/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: sodium-bicarbonate-1.4%, rate: 120 mL/h, for: 24 h}}]"},
    {"glucose_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: dextrose-20%, rate: 110 mL/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: dextrose-20%, rate: 100 mL/h, for: 24 h}}]"},
    {"fluid_vein_hours", INFUSE("what: saline-0.9%, amount: 2.1 L, over: 4 h"), INFUSE("what: saline-0.9%, amount: 1.9 L, over: 4 h")},
    {"fluid_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: saline-0.9%, rate: 270 mL/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: saline-0.9%, rate: 245 mL/h, for: 24 h}}]"},
    {"hypotonic_vein_day", "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: saline-0.45%, rate: 115 mL/h, for: 24 h}}]",
     "duration: 24 h\ntimeline: [{at: 0 h, infuse: {what: hartmann, rate: 115 mL/h, for: 24 h}}]"},
    {"hypotonic_vein_low_sodium", "person: {conditions: [siadh], labs: {plasma_sodium: 122 mmol/L}}\n" INFUSE("what: dextrose-5%, amount: 500 mL, over: 4 h"),
     INFUSE("what: dextrose-5%, amount: 500 mL, over: 4 h")},
    {"water_hour", FED "[{at: 1 h, drink: {what: water, amount: 1.1 L, over: 30 min}}]", FED "[{at: 1 h, drink: {what: water, amount: 1 L, over: 20 min}}]"},
    {"water_hour_most", FED "[{at: 1 h, drink: {what: water, amount: 1.6 L, over: 30 min}}]", FED "[{at: 1 h, drink: {what: water, amount: 1.6 L, over: 90 min}}]"},
    {"water_day", "meals: none\ndrinking: none\nduration: 24 h\ntimeline: [{at: 0 h, drink: {what: water, amount: 11.8 L, over: 24 h}}]",
     "meals: none\ndrinking: none\nduration: 24 h\ntimeline: [{at: 0 h, drink: {what: water, amount: 11 L, over: 24 h}}]"},
    {"exercise_gain", FED "[{at: 1 h, exercise: {met: 5, for: 1 h}}, {at: 1 h, drink: {what: water, amount: 900 mL, over: 50 min}}]",
     FED "[{at: 1 h, exercise: {met: 5, for: 1 h}}, {at: 1 h, drink: {what: water, amount: 200 mL, over: 50 min}}]"},
    {"exercise_gain_most", FED "[{at: 1 h, exercise: {met: 5, for: 3 h}}, {at: 1 h, drink: {what: water, amount: 3.4 L, over: 3 h}}]",
     FED "[{at: 1 h, exercise: {met: 5, for: 3 h}}, {at: 1 h, drink: {what: water, amount: 2 L, over: 3 h}}]"},
    {"sodium_day", DAY("preset: adult-man", "sodium: 250 mmol/d"), DAY("preset: adult-man", "sodium: 90 mmol/d")},
    {"calcium_day", DAY("preset: adult-man", "calcium: 2700 mg/d"), DAY("preset: adult-man", "calcium: 2400 mg/d")},
    {"calcium_day_older", DAY("preset: older-man", "calcium: 2200 mg/d"), DAY("preset: adult-man", "calcium: 2200 mg/d")},
    {"phosphorus_day", DAY("preset: adult-man", "phosphorus: 4.02 g/d"), DAY("preset: adult-man", "phosphorus: 3.8 g/d")},
    {"phosphorus_day_older", DAY("preset: older-man, age: 75 y", "phosphorus: 3.2 g/d"), DAY("preset: adult-man", "phosphorus: 3.2 g/d")},
    {"magnesium_taken_day", TAKE("what: magnesium-citrate, amount: 400 mg, elemental: true"), TAKE("what: magnesium-citrate, amount: 340 mg, elemental: true")},
    {"sodium_day_weak_kidneys", DAY("gfr: 40 mL/min", "sodium: 130 mmol/d"), DAY("gfr: 40 mL/min, habitual_diet: {sodium: 90 mmol/d}", "sodium: 90 mmol/d")},
    {"potassium_day_weak_kidneys", DAY("gfr: 15 mL/min, labs: {plasma_potassium: 5.6 mmol/L}", "potassium: 80 mmol/d"),
     DAY("gfr: 15 mL/min, labs: {plasma_potassium: 5.6 mmol/L}, habitual_diet: {potassium: 50 mmol/d}", "potassium: 50 mmol/d")},
    {"phosphorus_day_weak_kidneys", DAY("gfr: 20 mL/min", "phosphorus: 1300 mg/d"), DAY("gfr: 20 mL/min, habitual_diet: {phosphorus: 900 mg/d}", "phosphorus: 900 mg/d")},
    {"protein_day_failing_kidneys", DAY("gfr: 20 mL/min", "protein: 80 g/d"), DAY("gfr: 20 mL/min, habitual_diet: {protein: 50 g/d}", "protein: 50 g/d")},
};
enum { N = sizeof rows / sizeof rows[0] };

static void every_limit_has_a_run_that_breaks_it_and_one_that_keeps_it(void **state) {
    (void)state;
    assert_int_equal(ml_safety_count(), N);
    for (int i = 0; i < ml_safety_count(); i++) {
        const MlSafetyLimit l = ml_safety_limit(i);
        int k = 0;
        while (k < N && strcmp(rows[k].limit, l.name) != 0) k++;
        if (k == N) fail_msg("%s has no test", l.name);
        MlResult r = live(rows[k].breaks);
        const milieu_breach *b = broken(&r, l.name);
        if (!b) fail_msg("%s is not broken by\n%s", l.name, rows[k].breaks);
        assert_int_equal(b->hard, l.hard);
        assert_true(b->bound == l.bound && b->window == l.window);
        assert_true(l.bound < 0 ? b->worst < l.bound : b->worst > l.bound);
        assert_true(b->on >= 0 && (isnan(b->off) || b->off >= b->on) && b->worst_time >= b->on);
        ml_result_free(&r);
        r = live(rows[k].keeps);
        if (broken(&r, l.name)) fail_msg("%s is broken by\n%s", l.name, rows[k].keeps);
        ml_result_free(&r);
    }
}

/* 60 mmol in an hour from 1 h on: beyond 20 in an hour from 1 h 20 min to 2 h 40 min, and 60 at most, whatever the steps. */
static void times_are_those_of_the_rates(void **state) {
    (void)state;
    MlResult r = live(INFUSE("what: potassium-chloride, amount: 60 mmol, over: 1 h"));
    const milieu_breach *b = broken(&r, "potassium_vein_hour_watched");
    assert_non_null(b);
    assert_true(fabs(b->on - 80) < 1e-3 && fabs(b->off - 160) < 1e-3);
    assert_true(fabs(b->worst - 60) < 1e-6 && fabs(b->worst_time - 120) < 1e-3);
    b = broken(&r, "potassium_strength");
    assert_true(b && isinf(b->worst) && b->on == 60 && fabs(b->off - 120) < 1e-6);
    ml_result_free(&r);
    /* two that do not meet within an hour are no 21 mmol, two that do are */
    r = live(FED "[{at: 1 h, times: 2, every: 70 min, infuse: {what: potassium-chloride, amount: 10.5 mmol, over: 5 min}}]");
    assert_null(broken(&r, "potassium_vein_hour_watched"));
    ml_result_free(&r);
    r = live(FED "[{at: 1 h, times: 2, every: 50 min, infuse: {what: potassium-chloride, amount: 10.5 mmol, over: 5 min}}]");
    assert_non_null(b = broken(&r, "potassium_vein_hour_watched"));
    assert_true(fabs(b->worst - 21) < 1e-6);
    ml_result_free(&r);
}

static void nothing_is_broken_by_an_ordinary_day(void **state) {
    (void)state;
    MlResult r = live("duration: 72 h");
    if (r.nbreach) fail_msg("%s: %g", r.breach[0].limit, r.breach[0].worst);
    ml_result_free(&r);
}

static void bounds_of_sodium_are_those_of_its_flag(void **state) {
    (void)state;
    const MlFlagLimit *flags;
    const int n = ml_flag_limits(&flags);
    int seen = 0;
    for (int i = 0; i < ml_safety_count(); i++) {
        const MlSafetyLimit l = ml_safety_limit(i);
        assert_true(l.source && *l.source && l.protects && *l.protects && l.people && *l.people);
        if (l.kind != ML_SAFE_SIGN) continue;
        seen++;
        assert_true(l.flag_limit >= 0 && l.flag_limit < n && flags[l.flag_limit].flag == ML_FLAG_sodium_correction_too_fast);
        assert_true(l.bound == flags[l.flag_limit].limit[0] || l.bound == flags[l.flag_limit].limit[1] || l.bound == flags[l.flag_limit].limit[2]);
    }
    assert_int_equal(seen, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_of_sodium_are_those_of_its_flag),
        cmocka_unit_test(nothing_is_broken_by_an_ordinary_day),
        cmocka_unit_test(times_are_those_of_the_rates),
        cmocka_unit_test(every_limit_has_a_run_that_breaks_it_and_one_that_keeps_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
