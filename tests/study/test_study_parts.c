/* SPDX-License-Identifier: Apache-2.0 */
/* Spreads from what papers print, usual variation, counts, and curves that begin late, end early or have
 * gaps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "study/count.h"
#include "study/curve.h"
#include "study/spread.h"
#include "study/variation.h"

static void near(double x, double expected) {
    if (!(fabs(x - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.15g, expected %.15g", x, expected);
}

static void spreads(void **state) {
    (void)state;
    near(ml_normal_quantile(0.5), 0);
    near(ml_normal_quantile(0.975), 1.959963984540054);
    near(ml_normal_quantile(0.025), -1.959963984540054);
    near(ml_normal_quantile(1e-12), -7.034483825301131);
    near(ml_sd_of_sem(0.5, 16), 2);
    near(ml_sd_of_quartiles(1, 2.35), 1);
    near(ml_sd_of_range(0, 12, 9), 4.015647885892877);
}

/* ---- usual variation ---- */

#define HEAD "quantity,between_sd,between_kind,change_sd,change_kind,source\n"

static void expect_error(const char *text, const char *where) {
    MlVariations v;
    milieu_error e;
    assert_int_equal(ml_variations_read(&v, "v.csv", text, strlen(text), &e), MILIEU_BAD_INPUT);
    if (!strstr(e.where, where)) fail_msg("%s: %s, expected at %s", e.where, e.text, where);
}

static void variations(void **state) {
    (void)state;
    MlVariations v;
    static const char good[] =
        HEAD "plasma_sodium,2,absolute,0.01,relative,here\nurine_volume,,,0.5,absolute,there\n";
    assert_int_equal(ml_variations_read(&v, "v.csv", good, strlen(good), NULL), MILIEU_OK);
    assert_true(v.of[ML_O_plasma_sodium].between.sd == 2 && !v.of[ML_O_plasma_sodium].between.relative);
    assert_true(v.of[ML_O_plasma_sodium].change.sd == 0.01 && v.of[ML_O_plasma_sodium].change.relative);
    assert_true(isnan(v.of[ML_O_urine_volume].between.sd) && isnan(v.of[ML_VARIATION_TIME].change.sd));
    expect_error("quantity,sd\n", "1");
    expect_error(HEAD "plasma_sodum,2,absolute,1,absolute,here\n", "2:1");
    expect_error(HEAD "plasma_sodium,two,absolute,1,absolute,here\n", "2:15");
    expect_error(HEAD "plasma_sodium,2,about,1,absolute,here\n", "2:17");
    expect_error(HEAD "plasma_sodium,2,absolute,-1,absolute,here\n", "2:26");
    expect_error(HEAD "plasma_sodium,2,absolute,1,absolute,\n", "2");
    expect_error(HEAD "plasma_sodium,2,absolute\n", "2:1");
    assert_int_equal(ml_variations_load(&v, NULL), MILIEU_OK);
    assert_true(v.of[ML_O_plasma_sodium].between.sd > 0);
}

/* ---- curves ---- */

/* 1, 3, none, 5, 5, 2 at 0, 10, 20, 30, 40, 50 min. */
static void curves(void **state) {
    (void)state;
    static double time[] = {0, 10, 20, 30, 40, 50}, value[] = {1, 3, NAN, 5, 5, 2};
    static int output[] = {ML_O_urine_osmolality};
    const MlResult r = {.noutput = 1, .output = output, .ntime = 6, .time = time, .value = value};
    const int o = output[0];
    double when;
    near(ml_curve_at(&r, o, 5), 2);
    near(ml_curve_at(&r, o, -60), 1); /* before the run: as at its beginning */
    assert_true(isnan(ml_curve_at(&r, o, 51)) && isnan(ml_curve_at(&r, ML_O_plasma_sodium, 5)));
    near(ml_curve_mean(&r, o, (MlWindow){0, 10}), 2);
    near(ml_curve_mean(&r, o, (MlWindow){5, 10}), 2.5);
    near(ml_curve_mean(&r, o, (MlWindow){-10, 10}), 1.5);
    near(ml_curve_mean(&r, o, (MlWindow){0, 50}), (20 + 50 + 35) / 30.0); /* the gap counts for nothing */
    assert_true(isnan(ml_curve_mean(&r, o, (MlWindow){40, 60})));
    near(ml_curve_extreme(&r, o, (MlWindow){0, 50}, 1, &when), 5);
    near(when, 30);
    near(ml_curve_extreme(&r, o, (MlWindow){30, 50}, -1, &when), 2);
    near(when, 50);
    near(ml_curve_reach(&r, o, (MlWindow){0, 50}, 2), 5);
    near(ml_curve_reach(&r, o, (MlWindow){40, 50}, 3.5), 45);
    assert_true(isnan(ml_curve_reach(&r, o, (MlWindow){0, 10}, 4)));
}

/* ---- counts ---- */

static void counts(void **state) {
    (void)state;
    MlObservation o[] = {
        {.quality = ML_QUALITY_TABLE, .found = {.verdict = ML_WITHIN_1SD, .deviation = 0.5, .still = true}},
        {.quality = ML_QUALITY_TABLE, .found = {.verdict = ML_BEYOND_2SD, .deviation = -2.5}},
        {.quality = ML_QUALITY_MEMORY, .found = {.verdict = ML_WITHIN_2SD, .deviation = NAN}},
        {.quality = ML_QUALITY_NONE, .found = {.verdict = ML_NOT_RUN, .deviation = NAN}},
        {.quality = ML_QUALITY_TABLE, .contested = true, .found = {.verdict = ML_BEYOND_2SD, .deviation = 9}},
    };
    MlStudy study = {.topic = 1, .nobserved = 5, .observed = o};
    const MlStudySet set = {1, &study};
    MlCounted which = ml_counted_default();
    MlCount c = ml_count_set(&set, &which);
    assert_true(c.points == 3 && c.within_1sd == 1 && c.within_2sd == 1 && c.beyond_2sd == 1 &&
                c.not_run == 1);
    near(ml_count_share_1sd(&c), 1 / 3.0);
    near(ml_count_share_2sd(&c), 2 / 3.0);
    near(ml_count_share_still(&c), 1 / 3.0);
    near(ml_count_bias(&c), -1);
    near(ml_count_rms(&c), sqrt(3.25));
    which.qualities = 1u << ML_QUALITY_TABLE;
    c = ml_count_set(&set, &which);
    assert_true(c.points == 2 && c.not_run == 0);
    which.contested = true;
    c = ml_count_set(&set, &which);
    assert_true(c.points == 1 && c.beyond_2sd == 1);
    which.topic = 0;
    c = ml_count_set(&set, &which);
    assert_true(c.points == 0 && isnan(ml_count_share_1sd(&c)) && isnan(ml_count_rms(&c)));
}

/* The longest that can be said of when something was observed has room. */
static void the_longest_when(void **state) {
    (void)state;
    MlArm arm[2] = {0};
    memset(arm[0].name, 'a', ML_STUDY_NAME - 1);
    memset(arm[1].name, 'b', ML_STUDY_NAME - 1);
    const MlStudy s = {.narm = 2, .arm = arm};
    const MlWindow w = {-123456.7, 765432.1}, earlier = {-234567.8, -123456.7};
    const MlObservation o = {.arm = 0, .take = ML_TAKE_TIME_TO_REACH, .level = -1.234e-105, .when = w, .per_day = true,
                             .from = earlier, .than = true, .than_arm = 1, .than_when = earlier};
    char text[ML_WHEN_TEXT];
    ml_observation_when(&s, &o, text, sizeof text);
    static const char start[] = "time to reach -1.234e-105 in -85.73 to 531.6 d per day from -162.9 to -85.73 d vs bbb";
    assert_memory_equal(text, start, strlen(start));
    const char *end = strstr(text, " at ");
    assert_non_null(end);
    assert_string_equal(end, " at -162.9 to -85.73 d");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spreads),
        cmocka_unit_test(variations),
        cmocka_unit_test(curves),
        cmocka_unit_test(counts),
        cmocka_unit_test(the_longest_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
