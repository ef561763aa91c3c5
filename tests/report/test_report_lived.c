/* SPDX-License-Identifier: Apache-2.0 */
/* What reports tell of whole runs. */
#include "scenarios/told.h"

#include "report/check.h"
#include "report/values.h"
#include "report/words.h"
#include "run/explain.h"

#include <math.h>

typedef struct Lived {
    MlResult r;
    char in_short[ML_MAX_FINDINGS * ML_SENTENCE];
} Lived;

static void live(const char *story, Lived *l) {
    char text[2000];
    MlScenario sc;
    milieu_error e = {0};
    MlLine lines[ML_MAX_FINDINGS];
    const MlReportOptions o = ml_report_options();
    snprintf(text, sizeof text, "milieu: 1\n%s", story);
    read_text(text, &sc);
    if (ml_run(&house, &sc, NULL, &l->r, &e) != MILIEU_OK) fail_msg("%s: %s: %s", story, e.where, e.text);
    ml_scenario_free(&sc);
    l->in_short[0] = 0;
    const int n = ml_findings(&l->r, &o, lines);
    for (int i = 0; i < n; i++) ml_append(l->in_short, sizeof l->in_short, "%s\n", lines[i].s);
}

/* What moved an output until its extreme adds up to how far it moved, also where the extreme lies within an hour, late in a day or long. */
static void causes_until_an_extreme(void **state) {
    (void)state;
    static const char *const story[] = {
        "meals: none\nduration: 8 h\ntimeline: [{at: 325 min, exercise: {intensity: 110 %, for: 3 min}}]\n",
        "duration: 24 h\ntimeline: [{at: 17 h 20 min, infuse: {what: potassium-chloride, amount: 20 mmol, over: 15 min}}, {at: 20 h 7 min, breathe: {pco2: 25 mmHg, for: 9 min}}]\n",
        "duration: 4 d\ntimeline: [{at: -50 min, drink: {what: water, amount: 1 L}}, {at: 2 d, infuse: {what: saline-3%, amount: 100 mL, over: 10 min}}]\n",
        "duration: 3 h\ntimeline: [{at: 0 h, inject: {what: potassium-chloride, amount: 100 mmol}}]\n", /* dies */
    };
    for (size_t i = 0; i < sizeof story / sizeof *story; i++) {
        Lived l;
        live(story[i], &l);
        const double first = ml_first_time(&l.r);
        for (int k = 0; k < ML_NWHY; k++) {
            const MlExtremes x = ml_extremes(&l.r, ml_why_output[k]);
            for (int high = 0; x.n && high < 2; high++) {
                MlCause cause[ML_MAX_CAUSE];
                const double at = high ? x.high_at : x.low_at, moved = (high ? x.high : x.low) - x.start;
                double sum = 0;
                const int n = ml_causes_between(&l.r, (MlWhy)k, first, at, cause);
                for (int c = 0; c < n; c++) sum += cause[c].effect;
                if (!(fabs(sum - moved) < 1e-6)) fail_msg("%s: %s moved by %g, causes add up to %g", story[i], ml_outputs[ml_why_output[k]].name, moved, sum);
            }
        }
        ml_result_free(&l.r);
    }
}

static void a_short_event_late(void **state) {
    (void)state;
    Lived l;
    live("meals: none\nduration: 8 h\ntimeline: [{at: 325 min, exercise: {intensity: 110 %, for: 3 min}}]\n", &l);
    assert_holds(l.in_short, "What moved it until then: lactic acid -0.");
    ml_result_free(&l.r);
}

/* What is in the way of the story is left out, what is at its heart is named. */
static void what_is_told_in_short(void **state) {
    (void)state;
    static const struct {
        const char *story, *holds[2], *lacks;
    } rows[] = {
        {"person: {mass: 60 kg}\nmeals: none\nduration: 12 h\ntimeline: [{at: 0 h, diarrhea: {kind: cholera, amount: 6 L, over: 12 h}}, {at: 0.5 h, every: 0.5 h, until: 11.5 h, drink: {what: water, amount: 250 mL}}]\n",
         {"Plasma bicarbonate fell", "stool and diarrhea -1"}, NULL},
        {"person: {age: 60 y}\nmeals: none\ndrinking: none\nduration: 48 h\ntimeline: [{at: 0 h, infection: {severity: septic-shock}}]\n", {"Died at", "Plasma lactate rose"}, "ramp"},
        {"person: {conditions: [type-1-diabetes]}\nduration: 12 h\n", {"Plasma glucose rose", "Plasma ketones rose"}, NULL},
        {"person: {conditions: [ckd-5]}\nduration: 12 h\ntimeline: [{at: 1 h, hemofiltration: {fluid: hemofiltration-fluid-k2, effluent: 2 L/h, for: 8 h, ultrafiltration: 500 mL}}]\n",
         {"hemofiltration -", "L by hemofiltration."}, "dialysis"},
        {"meals: none\nduration: 2 h\ntimeline: [{at: 10 min, exercise: {met: 13, for: 100 min}}]\n", {"Exercise ended after ", " min, of 1 h 40 min, exhausted, "}, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Lived l;
        live(rows[i].story, &l);
        for (int k = 0; k < 2; k++) assert_holds(l.in_short, rows[i].holds[k]);
        if (rows[i].lacks) assert_lacks(l.in_short, rows[i].lacks);
        ml_result_free(&l.r);
    }
}

/* A fuel that moved most is told once among the key findings. */
static void a_fuel_is_told_once(void **state) {
    (void)state;
    Lived l;
    milieu_error e = {0};
    const MlReportOptions o = ml_report_options();
    live("meals: none\nduration: 2 h\ntimeline: [{at: 10 min, exercise: {met: 13, for: 100 min}}]\n", &l);
    ok(ml_report_html(&l.r, &o, SCRATCH("once.html"), &e), &e);
    char *page = contents(SCRATCH("once.html"));
    const char *first = strstr(page, "Plasma lactate, highest");
    assert_non_null(first);
    assert_null(strstr(first + 1, "Plasma lactate, highest"));
    free(page);
    ml_result_free(&l.r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(causes_until_an_extreme), cmocka_unit_test(a_short_event_late), cmocka_unit_test(what_is_told_in_short), cmocka_unit_test(a_fuel_is_told_once)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
