/* SPDX-License-Identifier: Apache-2.0 */
/* Observations of every form, read from good/every-row.yaml and compared with runs that are straight lines;
 * the file holds what is to come out, worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/names.h"
#include "study/evaluate.h"

enum { BEFORE = 60, LENGTH = 600, STEP = 5, NTIME = (BEFORE + LENGTH) / STEP + 1 };

static const char VARIATIONS[] = "quantity,between_sd,between_kind,change_sd,change_kind,source\n"
                                 "plasma_sodium,2,absolute,1,absolute,here\n"
                                 "urine_volume,0.3,relative,0.2,relative,here\n"
                                 "time,30,absolute,30,absolute,here\n";

/* ---- runs ---- */

static const int outputs[] = {ML_O_plasma_sodium, ML_O_urine_volume, ML_O_fractional_excretion_sodium,
                              ML_O_hematocrit};
enum { NLINE = sizeof outputs / sizeof *outputs };

/* Of arm a, arm b, and where nothing happens; h: hours since t = 0. */
static double line_of(int who, int output, double h) {
    const double later = fmax(0, h);
    switch (output) {
    case ML_O_plasma_sodium:
        return who == 0 ? (h < 4 ? 140 + later : 144 - 0.5 * (h - 4)) : who == 1 ? 140 - 0.2 * later : 140;
    case ML_O_urine_volume:
        return who == 1 ? 0.2 * h : 0.1 * h;
    case ML_O_fractional_excretion_sodium:
        return who == 0 ? 1 + 0.1 * later : 1;
    default:
        return who == 0 ? 0.40 + 0.01 * later : 0.40;
    }
}

static MlResult draw(int who) {
    MlResult r = {.noutput = NLINE, .ntime = NTIME, .duration = LENGTH, .end_time = LENGTH};
    r.output = ml_new(NULL, 1, sizeof outputs);
    r.time = ml_new(NULL, NTIME, sizeof *r.time);
    r.value = ml_new(NULL, NTIME * NLINE, sizeof *r.value);
    memcpy(r.output, outputs, sizeof outputs);
    for (int k = 0; k < NTIME; k++) {
        r.time[k] = STEP * k - BEFORE;
        for (int i = 0; i < NLINE; i++) r.value[i * NTIME + k] = line_of(who, outputs[i], r.time[k] / 60);
    }
    return r;
}

static void read_study(const char *file, const MlNames *names, MlStudy *study) {
    char path[512], text[1024];
    MlIssues issues;
    ml_issues_init(&issues);
    snprintf(path, sizeof path, "%s/tests/study/good/%s", SOURCE_DIR, file);
    const milieu_code code = ml_study_read(path, names, study, &issues);
    for (int i = 0; i < issues.n && code != MILIEU_OK; i++) {
        ml_issue_print(&issues.issue[i], text, sizeof text);
        print_error("%s\n", text);
    }
    ml_issues_free(&issues);
    assert_int_equal(code, MILIEU_OK);
}

/* ---- what comes out ---- */

static bool agree(double x, double expected) {
    if (isnan(expected)) return isnan(x);
    return fabs(x - expected) <= 1e-5 * fmax(1, fabs(expected));
}

static void check(const MlObservation *o) {
    double simulated, sd, deviation;
    char verdict[20], still[8] = "";
    const MlFinding *f = &o->found;
    assert_true(sscanf(o->note, "%lf %lf %lf %19s %7s", &simulated, &sd, &deviation, verdict, still) >= 4);
    if (!agree(f->simulated, simulated) || !agree(f->sd, sd) || !agree(f->deviation, deviation) ||
        strcmp(ml_verdict_words[f->verdict], verdict) != 0 || f->still != (strcmp(still, "still") == 0))
        fail_msg("line %d: expected %s\nbut found %.8g %.8g %.8g %s%s (%s)", o->line, o->note, f->simulated,
                 f->sd, f->deviation, ml_verdict_words[f->verdict], f->still ? " still" : "", f->why);
}

static void every_row_is_compared_as_by_hand(void **state) {
    const Shipped *shipped = *state;
    MlVariations variations;
    MlStudy s;
    read_study("every-row.yaml", &shipped->names, &s);
    assert_int_equal(ml_variations_read(&variations, "test", VARIATIONS, sizeof VARIATIONS - 1, NULL),
                     MILIEU_OK);
    for (int i = 0; i < s.narm; i++) {
        s.arm[i].ran = true;
        s.arm[i].result = draw(i);
        s.arm[i].still = draw(2);
    }
    ml_study_evaluate(&s, &variations);
    assert_true(s.nobserved > 70);
    for (int i = 0; i < s.nobserved; i++) check(&s.observed[i]);
    ml_study_free(&s);
}

/* ---- the rest of the file ---- */

static void arms_are_scenarios(void **state) {
    const Shipped *shipped = *state;
    MlStudy s;
    read_study("every-row.yaml", &shipped->names, &s);
    assert_string_equal(s.name, "every-row");
    assert_string_equal(s.citation, "Nobody. J Nothing 2000;1:1-2");
    assert_string_equal(ml_topic_words[s.topic], "water-sodium");
    assert_int_equal(s.people, 9);
    assert_int_equal(s.narm, 2);
    const MlScenario *a = &s.arm[0].scenario, *b = &s.arm[1].scenario;
    assert_string_equal(s.arm[1].name, "b");
    assert_int_equal(a->nevent, 2);
    assert_true(ml_scenario_begin(a) == -60 && a->duration == 600);
    assert_int_equal(b->nevent, 1); /* from the file included */
    assert_true(b->duration == 600 && b->meals == ML_C_MEALS_NONE);
    assert_true(a->person.mass == 60 && b->person.mass == 70); /* its own, field by field */
    assert_true(a->person.age == 40 && b->person.age == 40 && b->person.diet.value[ML_DIET_SODIUM] == 100);
    const MlObservation *last = &s.observed[s.nobserved - 1], *contested = last - 3;
    assert_true(contested->contested && !last->contested);
    assert_int_equal(contested->quality, ML_QUALITY_TABLE);
    assert_string_equal(contested->source, "figure 2");
    assert_int_equal(last[-1].people, 1000);
    ml_study_free(&s);
}

static void one_arm_need_not_be_named(void **state) {
    const Shipped *shipped = *state;
    MlStudy s;
    read_study("plain.json", &shipped->names, &s);
    assert_int_equal(s.observed[0].arm, 0);
    assert_int_equal(s.observed[0].quality, ML_QUALITY_NONE);
    ml_study_free(&s);
}

/* An arm runs whatever its report asks for. */
static void what_is_not_computed_keeps_no_arm_from_running(void **state) {
    const Shipped *shipped = *state;
    MlStudy s;
    read_study("not-yet.yaml", &shipped->names, &s);
    assert_int_equal(s.arm[0].error.code, MILIEU_OK);
    assert_string_equal(s.error, "");
    ml_study_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_compared_as_by_hand),
        cmocka_unit_test(arms_are_scenarios),
        cmocka_unit_test(one_arm_need_not_be_named),
        cmocka_unit_test(what_is_not_computed_keeps_no_arm_from_running),
    };
    return cmocka_run_group_tests(tests, shipped_setup, shipped_teardown);
}
