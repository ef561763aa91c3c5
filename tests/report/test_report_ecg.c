/* SPDX-License-Identifier: Apache-2.0 */
/* The drawn electrocardiogram: its waves lie where the intervals say, and nothing is ever NaN. */
#include "report/check.h"

#include "body/body.h"
#include "report/ecg_paper.h"
#include "report/ecg_plot.h"
#include "report/probe.h"

#include <math.h>

/* The outputs of a healthy adult, to be changed. */
static const double *usual(void) {
    static double out[ML_NOUTPUT];
    memcpy(out, ml_probe_usual.out, sizeof out);
    return out;
}

static MlEcg made(double rate, double pr, double qrs, double qt, double t_wave) {
    double out[ML_NOUTPUT];
    MlEcg e;
    memcpy(out, usual(), sizeof out);
    out[ML_O_heart_rate] = rate, out[ML_O_pr_interval] = pr, out[ML_O_qrs_duration] = qrs, out[ML_O_qt_interval] = qt;
    out[ML_O_qtc_interval] = qt, out[ML_O_t_wave_amplitude] = t_wave;
    ml_ecg_make(out, NULL, &e);
    return e;
}

/* Greatest and least of a beat between two times. */
static double highest(const MlEcg *e, double from, double to) {
    double most = -INFINITY;
    for (double t = from; t <= to; t += 1) most = fmax(most, ml_ecg_beat(e, t));
    return most;
}

static double farthest(const MlEcg *e, double from, double to) {
    double most = 0;
    for (double t = from; t <= to; t += 1) most = fmax(most, fabs(ml_ecg_beat(e, t)));
    return most;
}

static void waves_lie_where_intervals_say(void **state) {
    (void)state;
    const MlEcg e = made(65, 160, 90, 380, 1);
    assert_true(highest(&e, 0, 90) > 0.9 && highest(&e, 0, 90) < 1.2);     /* R */
    assert_true(highest(&e, -160, -60) > 0.08 && highest(&e, -160, 0) < 0.25); /* P */
    assert_true(farthest(&e, -600, -161) < 1e-9);
    assert_true(farthest(&e, -50, 0) < 0.01);     /* PR segment */
    assert_true(farthest(&e, 120, 200) < 0.1);    /* ST segment */
    assert_true(highest(&e, 220, 380) > 0.15);    /* T */
    assert_true(farthest(&e, 430, 800) < 0.03);
    const MlEcg longer = made(65, 220, 140, 500, 1.5);
    assert_true(highest(&longer, -220, -180) > 0.04);
    assert_true(highest(&longer, 90, 140) < 0.7 && highest(&longer, 0, 140) < highest(&e, 0, 90)); /* broader and lower */
    assert_true(highest(&longer, 400, 500) > 1.3 * highest(&e, 280, 380));                            /* taller, later T */
    assert_true(farthest(&longer, 220, 330) < 0.1);
}

static void a_beat_comes_every_cycle(void **state) {
    (void)state;
    const MlEcg slow = made(30, 160, 90, 500, 1), fast = made(180, 120, 90, 250, 1);
    for (double t = 0; t < 90; t += 5) {
        assert_true(fabs(ml_ecg_trace(&slow, t) - ml_ecg_trace(&slow, t + 2000)) < 1e-9);
        assert_true(fabs(ml_ecg_trace(&fast, t) - ml_ecg_trace(&fast, t + 3 * 60000 / 180.0)) < 1e-9);
    }
    assert_true(fabs(ml_ecg_trace(&slow, 1000)) < 0.01);
}

/* T waves may be turned over, flat or missing. */
static void t_waves_of_any_height(void **state) {
    (void)state;
    const MlEcg up = made(65, 160, 90, 380, 1), down = made(65, 160, 90, 380, -1), flat = made(65, 160, 90, 380, 0), none = made(65, 160, 90, NAN, NAN);
    assert_true(highest(&up, 220, 380) > 0.15 && highest(&down, 220, 380) < 0.02);
    assert_true(fabs(farthest(&down, 220, 380) - highest(&up, 220, 380)) < 0.02);
    assert_true(farthest(&flat, 220, 380) < 0.02 && farthest(&none, 220, 380) < 0.02);
}

static char *drawn(const MlEcg *here, const MlEcg *own) {
    const MlEcgStrip strip[] = {{"here & <now>", "here", here}, {"own", "own", own}};
    FILE *f = fopen(SCRATCH("ecg.svg"), "w");
    assert_non_null(f);
    ml_ecg_paper(strip, 2, "ecg", "An electrocardiogram", f);
    ml_ecg_plot(here, own, 60, 1, f);
    fclose(f);
    return contents(SCRATCH("ecg.svg"));
}

static void on_its_paper(void **state) {
    (void)state;
    const MlEcg e = made(65, 160, 90, 380, 1);
    char *text = drawn(&e, &e);
    assert_holds(text, "width=\"182mm\" height=\"40mm\" viewBox=\"0 0 182 40\"");
    assert_holds(text, "role=\"img\" aria-labelledby=\"ecg-t ecg-d\"");
    assert_holds(text, "<title id=\"ecg-t\">An electrocardiogram</title>");
    assert_holds(text, "here &amp; &lt;now&gt;: 65 a minute, PR 160, QRS 90, QT 380, QTc 380 ms");
    assert_holds(text, "25 mm/s, 10 mm/mV");
    assert_holds(text, "h2.0v-10.0h2.5v10.0"); /* a calibration pulse of 1 mV */
    assert_holds(text, ">PR 160</text>");
    assert_holds(text, ">QT 380</text>");
    free(text);
}

/* Whatever comes, something sensible is drawn. */
static void nothing_is_ever_nan(void **state) {
    (void)state;
    static const double odd[] = {NAN, INFINITY, -INFINITY, 0, -50, 1e-9, 1, 90, 400, 1e9};
    enum { N = sizeof odd / sizeof *odd };
    const MlEcg healthy = made(65, 160, 90, 380, 1);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            const MlEcg e = made(i % 2 ? 65 : odd[i], odd[j], odd[(i + j) % N], odd[(i + 3 * j) % N], odd[(j + 5) % N]);
            for (double t = -1000; t < 4000; t += 7) assert_true(isfinite(ml_ecg_trace(&e, t)) && isfinite(ml_ecg_beat(&e, t)));
            char *text = drawn(&e, &healthy);
            assert_lacks(text, "nan");
            assert_lacks(text, "inf");
            free(text);
        }
}

/* What the impulse does not reach draws nothing: standstill of the ventricles with P waves that march on, of the whole heart with none. */
static void where_nothing_passes_nothing_is_drawn(void **state) {
    (void)state;
    double out[ML_NOUTPUT];
    const MlEcg ventricles = made(65, NAN, NAN, NAN, NAN), still = made(0, 160, 90, 380, 1), healthy = made(65, 160, 90, 380, 1);
    memcpy(out, usual(), sizeof out);
    out[ML_O_pr_interval] = out[ML_O_qrs_duration] = out[ML_O_qt_interval] = out[ML_O_t_wave_amplitude] = NAN;
    out[ML_O_p_wave_amplitude] = 0;
    MlEcg all;
    ml_ecg_make(out, NULL, &all);
    double most = 0;
    for (double t = -500; t < 3000; t += 11) {
        assert_true(ml_ecg_trace(&all, t) == 0 && ml_ecg_trace(&still, t) == 0);
        most = fmax(most, ml_ecg_trace(&ventricles, t));
    }
    assert_true(most > 0.08 && most < 0.25); /* P waves only */
    char *text = drawn(&ventricles, &healthy);
    assert_holds(text, "no QRS complex: the impulse does not pass through the ventricles");
    assert_lacks(text, ">QRS ");
    free(text);
    text = drawn(&all, &healthy);
    assert_holds(text, "here &amp; &lt;now&gt;: standstill: no impulse passes through the heart");
    assert_lacks(text, ">QRS ");
    free(text);
}

/* At a potassium of 2.7 mmol/L about as high as the T wave (Weaver & Burchell 1960), hardly to be seen in health. */
static void low_potassium_draws_a_u_wave(void **state) {
    (void)state;
    static const double potassium[] = {4.2, 2.7, 2.2};
    double ratio[3];
    char words[200];
    for (int i = 0; i < 3; i++) {
        MlExcite x = ml_excite_normal();
        MlEcg e;
        x.value[ML_X_potassium] = potassium[i];
        ml_ecg_of(&x, 0, &e);
        ratio[i] = highest(&e, e.qt + 50, e.qt + 110) / highest(&e, e.qt - 120, e.qt);
        ml_ecg_words(&e, words, sizeof words);
        assert_true((strstr(words, "U wave") != NULL) == (i > 0));
    }
    if (!(ratio[0] < 0.15 && ratio[1] > 0.7 && ratio[1] < 1.3 && ratio[2] > 1.2)) fail_msg("U to T: %g, %g, %g", ratio[0], ratio[1], ratio[2]);
}

static void death_by_standstill_is_a_flat_line(void **state) {
    (void)state;
    MlResult r = {.lethal = 1, .lethal_cause = "standstill of the heart: plasma potassium above 10 mmol/L"};
    MlEcg e;
    char words[200];
    assert_true(ml_ecg_stands_still(&r));
    r.lethal = 0;
    assert_false(ml_ecg_stands_still(&r));
    ml_ecg_still(&e);
    ml_ecg_words(&e, words, sizeof words);
    assert_non_null(strstr(words, "standstill"));
    for (double t = -500; t < 3000; t += 11) assert_true(ml_ecg_trace(&e, t) == 0 && ml_ecg_beat(&e, t) == 0);
}

/* From the wall itself: a plasma in which it does not conduct, and one in which it does. */
static void from_the_wall(void **state) {
    (void)state;
    MlExcite x = ml_excite_normal();
    MlEcg whole, quick, usual_one;
    ml_ecg_of(&x, 1, &whole);
    ml_ecg_of(&x, 0, &quick);
    ml_ecg_usual(&usual_one);
    for (double t = -200; t < 500; t += 3) {
        assert_true(fabs(ml_ecg_beat(&whole, t) - ml_ecg_beat(&quick, t)) < 0.05);
        assert_true(fabs(ml_ecg_beat(&whole, t) - ml_ecg_beat(&usual_one, t)) < 0.1);
    }
    x.value[ML_X_potassium] = 12;
    ml_ecg_of(&x, 1, &whole);
    for (double t = -500; t < 3000; t += 11) assert_true(isfinite(ml_ecg_trace(&whole, t)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waves_lie_where_intervals_say), cmocka_unit_test(a_beat_comes_every_cycle),
        cmocka_unit_test(t_waves_of_any_height),         cmocka_unit_test(on_its_paper),
        cmocka_unit_test(nothing_is_ever_nan),           cmocka_unit_test(where_nothing_passes_nothing_is_drawn),
        cmocka_unit_test(low_potassium_draws_a_u_wave),  cmocka_unit_test(death_by_standstill_is_a_flat_line),
        cmocka_unit_test(from_the_wall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
