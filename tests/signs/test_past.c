/* SPDX-License-Identifier: Apache-2.0 */
/* Sliding windows and kinetics behind flags, against what can be worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "signs/past.h"

static const double HOUR = 60, DAY = 1440;

static MlPast *past(void) {
    static MlPast p;
    ml_past_begin(&p, 70, 100);
    return &p;
}

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

/* Sodium falls to 115 within the first hour, stays there, rises by 1 mmol/L an hour from hour `rises` on. */
static double course(double t, double rises) {
    const double low = t < HOUR ? 140 - 25 * t / HOUR : 115;
    return t > rises * HOUR ? low + (t / HOUR - rises) : low;
}

static MlPast *through(double (*sodium)(double, double), double rises, double end, double every) {
    MlPast *p = past();
    for (double k = 0; k * every <= end; k++) ml_past_note(p, k * every, sodium(k * every, rises), 0, 100, 80);
    return p;
}

static void test_a_rise_counts_after_two_days_of_hyponatremia(void **state) {
    (void)state;
    const MlPast *p = through(course, 60, 70 * HOUR, 7);
    assert_near(ml_past_rise(p, 70 * HOUR, course(70 * HOUR, 60), DAY), 10, 0.2);
    p = through(course, 20, 30 * HOUR, 7);
    assert_true(ml_past_rise(p, 30 * HOUR, course(30 * HOUR, 20), DAY) == 0);
}

static void test_the_window_slides(void **state) {
    (void)state;
    const double end = 95 * HOUR; /* 35 h of rise, of which a day is 24 mmol/L */
    const MlPast *p = through(course, 60, end, 7);
    assert_near(ml_past_rise(p, end, course(end, 60), DAY), 24, 1e-9);
    assert_near(ml_past_rise(p, end, course(end, 60), 2 * DAY), 35, 1e-9);
}

static double from_the_start(double t, double rises) { return course(t + HOUR, rises); }

static void test_low_at_the_start_counts_as_chronic(void **state) {
    (void)state;
    const MlPast *p = through(from_the_start, 11, 20 * HOUR, 5);
    assert_near(ml_past_rise(p, 20 * HOUR, from_the_start(20 * HOUR, 11), DAY), 10, 0.2);
}

static double slightly_low(double t, double rises) { return from_the_start(t, rises) + 16; }

static void test_mild_hyponatremia_may_be_corrected_fast(void **state) {
    (void)state;
    const MlPast *p = through(slightly_low, 11, 20 * HOUR, 5);
    assert_true(ml_past_rise(p, 20 * HOUR, slightly_low(20 * HOUR, 11), DAY) == 0);
}

static double high(double t, double falls) { return 280 - from_the_start(t, falls); }

static void test_hypernatremia_mirrors(void **state) {
    (void)state;
    const MlPast *p = through(high, 11, 20 * HOUR, 5);
    assert_near(ml_past_fall(p, 20 * HOUR, high(20 * HOUR, 11), DAY), -10, 0.2);
    assert_true(ml_past_rise(p, 20 * HOUR, high(20 * HOUR, 11), DAY) == 0);
}

static void test_two_days_back_end_it(void **state) {
    (void)state;
    MlPast *p = past();
    ml_past_note(p, 0, 120, 0, 100, 80);
    ml_past_note(p, DAY, 120, 0, 100, 80);
    ml_past_note(p, DAY + 1, 138, 0, 100, 80);
    assert_false(isnan(p->low.from));
    ml_past_note(p, 3 * DAY + 2, 138, 0, 100, 80);
    assert_true(isnan(p->low.from));
}

static void test_urine_of_a_window(void **state) {
    (void)state;
    MlPast *p = past();
    double t = 0, volume = 0;
    /* 70 mL/h for six hours, then 14 mL/h, in a kidney that filters a tenth */
    for (int k = 1; k <= 12 * 20; k++) {
        ml_past_note(p, t, 140, volume, 10, 80);
        t += 3;
        volume += (t <= 6 * HOUR ? 0.070 : 0.014) / 20;
    }
    assert_near(ml_past_urine(p, t, volume, 10, 6 * HOUR), 0.2, 1e-6);
    assert_near(ml_past_urine(p, t, volume, 10, 12 * HOUR), 0.6, 1e-6);
    assert_true(isnan(ml_past_urine(p, t, volume, 10, 12 * HOUR + 1)));
}

static void test_little_urine_with_good_filtration_is_healthy(void **state) {
    (void)state;
    MlPast *p = past();
    for (double t = 0; t < 13 * HOUR; t += 3) ml_past_note(p, t, 140, 0.0004 * t, 95, 80);
    const double urine = ml_past_urine(p, 13 * HOUR, 0.0004 * 13 * HOUR, 95, 12 * HOUR);
    assert_near(urine, 2.0 / 3 * 0.95, 1e-9);
}

static void test_no_kidneys_at_the_start_are_no_injury(void **state) {
    (void)state;
    MlPast p;
    ml_past_begin(&p, 70, 0);
    ml_past_note(&p, 0, 140, 0, 0, 80);
    ml_past_note(&p, DAY, 140, 0, 0, 80);
    assert_true(isnan(ml_past_urine(&p, DAY, 0, 0, 6 * HOUR)));
}

static void test_long_silence(void **state) {
    (void)state;
    MlPast *p = past();
    ml_past_note(p, 0, 120, 0, 10, 80);
    assert_near(ml_past_urine(p, 9 * DAY, 0.9, 10, DAY), 1000 * 0.1 / 70 / 24, 1e-2);
    ml_past_note(p, 9 * DAY, 129, 0.9, 10, 80);
    assert_near(ml_past_rise(p, 9 * DAY, 129, DAY), 1, 0.01);
    assert_near(ml_past_urine(p, 9 * DAY, 0.9, 10, DAY), 2.0 / 3 * 0.1, 1e-6);
}

static void test_creatinine_against_its_lowest(void **state) {
    (void)state;
    MlPast *p = past();
    /* 80, from the second day on 12 a day more: no rise of two days is 26.5, and after nine days it is 1.5 times that of a week ago */
    double t = 0;
    for (; t <= DAY; t += 20) ml_past_note(p, t, 140, 0, 90, 80);
    assert_near(ml_past_creatinine(p, t, 100).rise, 20, 1e-9);
    assert_near(ml_past_creatinine(p, t, 100).ratio, 1.25, 1e-9);
    assert_near(ml_past_creatinine(p, t, 100).acute, 0, 1e-9);
    for (; t <= 4 * DAY; t += 20) ml_past_note(p, t, 140, 0, 90, 80 + 12 * (t / DAY - 1));
    const MlCreatinine slow = ml_past_creatinine(p, 4 * DAY, 80 + 36);
    assert_true(slow.rise > 24 && slow.rise < 25.5);
    assert_near(slow.ratio, 116.0 / 80, 1e-2);
    assert_near(slow.acute, 0, 1e-9);
    for (; t <= 5 * DAY; t += 20) ml_past_note(p, t, 140, 0, 90, 80 + 12 * (t / DAY - 1));
    assert_near(ml_past_creatinine(p, 5 * DAY, 128).acute, 128, 1e-9);
}

/* Once begun, an injury counts from the creatinine before it, for three months and until it is back. */
static void test_creatinine_of_an_injury(void **state) {
    (void)state;
    MlPast *p = past();
    for (double t = 0; t <= 20 * DAY; t += 60) ml_past_note(p, t, 140, 0, 20, t < DAY ? 80 : 300);
    const MlCreatinine c = ml_past_creatinine(p, 20 * DAY, 300);
    assert_near(c.rise, 220, 1e-9);
    assert_near(c.ratio, 3.75, 1e-9);
    assert_near(c.acute, 300, 1e-9);
    for (double t = 20 * DAY; t <= 21 * DAY; t += 60) ml_past_note(p, t, 140, 0, 90, 90);
    assert_near(ml_past_creatinine(p, 21 * DAY, 90).acute, 0, 1e-9);
    p = past();
    for (double t = 0; t <= 110 * DAY; t += 600) ml_past_note(p, t, 140, 0, 20, t < DAY ? 80 : 300);
    assert_near(ml_past_creatinine(p, 110 * DAY, 300).ratio, 1, 1e-9);
}

/* What a dialysis has washed down and comes back is no injury; one that was there before it goes on. */
static void test_creatinine_after_a_dialysis(void **state) {
    (void)state;
    MlPast *p = past();
    for (double t = 0; t <= 3 * DAY; t += 20) {
        const int session = t >= 6 * HOUR && t < 10 * HOUR;
        if (session) ml_past_dialysis(p, t);
        const double creatinine = t < 6 * HOUR ? 600 : session ? 300 : fmin(300 + 5 * (t / HOUR - 10), 600);
        ml_past_note(p, t, 140, 0, 20, creatinine);
        assert_near(ml_past_creatinine(p, t, creatinine).acute, 0, 1e-9);
    }
    p = past();
    for (double t = 0; t <= 3 * DAY; t += 20) {
        if (t >= DAY && t < DAY + 4 * HOUR) ml_past_dialysis(p, t);
        ml_past_note(p, t, 140, 0, 20, t < 6 * HOUR ? 80 : t < DAY ? 300 : t < 2 * DAY ? 85 : 300);
    }
    assert_near(ml_past_creatinine(p, 3 * DAY, 300).ratio, 300.0 / 80, 1e-9);
    MlPast on_dialysis;
    ml_past_begin(&on_dialysis, 70, 9);
    ml_past_note(&on_dialysis, 0, 140, 0, 9, 300);
    ml_past_note(&on_dialysis, DAY, 140, 0, 9, 700);
    assert_true(isnan(ml_past_creatinine(&on_dialysis, DAY, 700).ratio));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_rise_counts_after_two_days_of_hyponatremia),
        cmocka_unit_test(test_the_window_slides),
        cmocka_unit_test(test_low_at_the_start_counts_as_chronic),
        cmocka_unit_test(test_mild_hyponatremia_may_be_corrected_fast),
        cmocka_unit_test(test_hypernatremia_mirrors),
        cmocka_unit_test(test_two_days_back_end_it),
        cmocka_unit_test(test_urine_of_a_window),
        cmocka_unit_test(test_little_urine_with_good_filtration_is_healthy),
        cmocka_unit_test(test_no_kidneys_at_the_start_are_no_injury),
        cmocka_unit_test(test_long_silence),
        cmocka_unit_test(test_creatinine_against_its_lowest),
        cmocka_unit_test(test_creatinine_after_a_dialysis),
        cmocka_unit_test(test_creatinine_of_an_injury),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
