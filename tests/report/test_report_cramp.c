/* SPDX-License-Identifier: Apache-2.0 */
/* A cramp threshold and a rate of cramps never stand without their uncertainty, and a risk of cramps is explained. */
#include "report/check.h"
#include "report/sample.h"

#include "body/body.h"
#include "report/cramp_words.h"
#include "report/panels.h"

#include <math.h>

enum { HOURS = 12, END = HOURS * 60 };

static void set(MlResult *r, int output, int j, double value) {
    for (int i = 0; i < r->noutput; i++)
        if (r->output[i] == output) r->value[(size_t)i * (size_t)r->ntime + (size_t)j] = value;
}

/* A person whose threshold moves; the rates are those of the model at this fatigue. */
static MlResult moving(double from, double to, double fatigue, double prone) {
    const SampleCourse course[] = {{ML_O_cramp_threshold_frequency, from, to}, {ML_O_cramp_rate, 0, 0}, {ML_O_plasma_potassium, 4.3, 3.9}};
    MlResult r = sample_courses(3, course);
    MlExcite x = ml_excite_normal();
    x.value[ML_X_cramp_prone] = prone;
    for (int i = 0; i < ML_NEXCITE_MOMENT; i++) r.excite[i] = (MlExciteAt){.t = NAN};
    r.excite[ML_EXCITE_START] = (MlExciteAt){0, 0, x, 0};
    x.value[ML_X_fatigue] = fatigue;
    for (int j = 0; j < r.ntime; j++) set(&r, ML_O_cramp_rate, j, ml_cramp(&x, ml_result_at(&r, ML_O_cramp_threshold_frequency, r.time[j])).rate);
    x.value[ML_X_calcium] = 0.9;
    r.excite[ML_EXCITE_CRAMP] = (MlExciteAt){END, 0, x, 0};
    return r;
}

static void add_flag(MlResult *r, double at) {
    r->flag = ml_new(NULL, 1, sizeof *r->flag);
    assert_non_null(r->flag);
    r->nflag = 1;
    r->flag[0] = (MlFlagSpan){ML_FLAG_muscle_cramp, 1, 0, NAN, ML_O_cramp_rate, at, ml_result_at(r, ML_O_cramp_rate, at)};
}

static void rates_at_the_ends_of_the_band(void **state) {
    (void)state;
    static const double fatigue[] = {0, 0.2};
    for (int k = 0; k < 2; k++) {
        MlResult r = moving(24, 16, fatigue[k], 0);
        MlExcite x = ml_excite_normal();
        double low, high;
        x.value[ML_X_fatigue] = fatigue[k];
        const MlCramp c = ml_cramp(&x, 16);
        assert_true(ml_cramp_rate_band(&r, END, c.rate, &low, &high));
        assert_true(low < c.rate && c.rate < high);
        assert_true(fabs(low / ml_cramp(&x, c.high).rate - 1) < 1e-6);
        assert_true(fabs(high / ml_cramp(&x, c.low).rate - 1) < 1e-6);
        const double tenth = c.rate / 10; /* of which nine in ten do not get through */
        assert_true(ml_cramp_rate_band(&r, END, tenth, &low, &high));
        assert_true(fabs(low / ml_cramp(&x, c.high).rate - 0.1) < 1e-6);
        ml_result_free(&r);
    }
    MlResult r = moving(24, 16, 0, 0);
    double low, high;
    for (int i = 0; i < ML_NEXCITE_MOMENT; i++) r.excite[i].t = NAN;
    assert_false(ml_cramp_rate_band(&r, END, 0.01, &low, &high)); /* of nobody known */
    ml_result_free(&r);
}

static void a_risk_is_explained(void **state) {
    (void)state;
    const MlReportOptions o = ml_report_options();
    MlResult r = moving(24, 14, 0, 0);
    MlLine lines[ML_MAX_FINDINGS], risk[ML_CRAMP_FINDINGS] = {0};
    assert_int_equal(ml_cramp_findings(&r, &o, risk), 3); /* the rate doubled */
    assert_holds(risk[0].s, "Risk of cramps: at 12 h (20:00) the cramp threshold was 14.0 Hz (four of five such people: ");
    assert_holds(risk[0].s, " per hour (");
    assert_holds(risk[1].s, "until then, in Hz: ionized calcium -");
    assert_lacks(risk[1].s, "disposition");
    assert_string_equal(risk[2].s, ml_cramp_remedies);
    ml_result_free(&r);

    r = moving(14, 14.5, 0, 1); /* hardly moves, and down goes the rate */
    assert_false(ml_cramp_risk(&r, &(MlCrampTold){0}));
    add_flag(&r, 0);
    const int n = ml_findings(&r, &o, lines);
    char all[4000] = "";
    for (int i = 0; i < n; i++) ml_append(all, sizeof all, "%s\n", lines[i].s);
    assert_holds(all, "Cramp threshold frequency stayed between 14.0 and 14.5 Hz.");
    assert_holds(all, "hardly anything has moved the threshold. Besides, the person's own disposition lowers it by ");
    assert_holds(all, "while plasma potassium fell from 4.30 to 3.90 mmol/L.");
    assert_holds(all, ml_cramp_remedies);
    assert_lacks(all, "inverted U"); /* potassium is ordinary */
    char words[300];
    ml_flag_words(&r, &o, &r.flag[0], words, sizeof words);
    assert_holds(words, " per hour (");
    milieu_error err;
    assert_int_equal(ml_report_json(&r, &o, SCRATCH("cramp.json"), &err), MILIEU_OK);
    char *text = contents(SCRATCH("cramp.json"));
    assert_holds(text, "\"peak_low\": 0.0");
    assert_holds(text, "\"rate_high\": 0.");
    free(text);
    ml_result_free(&r);
}

static void a_flag_has_the_threshold_drawn(void **state) {
    (void)state;
    MlResult r = moving(14, 14.1, 0, 1);
    for (int flagged = 0; flagged < 2; flagged++) {
        int n, seen = 0;
        if (flagged) add_flag(&r, 0);
        MlPanel *panels = ml_panels(&r, &n);
        assert_non_null(panels);
        for (int i = 0; i < n; i++) {
            if (panels[i].series[0].output != ML_O_cramp_threshold_frequency) continue;
            assert_int_equal(ml_panel_is_ordinary(&r, &panels[i]), !flagged);
            seen++;
        }
        assert_int_equal(seen, 1);
        free(panels);
    }
    ml_result_free(&r);
}

static void in_words(void **state) {
    (void)state;
    char text[120];
    ml_cramp_rate_words(0.02, 0.001, 0.4, text, sizeof text);
    assert_string_equal(text, "0.02 per hour (0.001 to 0.4)");
    ml_cramp_rate_words(0.00002, 1e-7, 0.003, text, sizeof text);
    assert_string_equal(text, "under 0.0001 per hour (under 0.0001 to 0.003)");
    ml_cramp_rate_words(0.00002, 1e-7, 3e-5, text, sizeof text);
    assert_string_equal(text, "under 0.0001 per hour over the whole band");
    assert_true(ml_potassium_is_unusual(3.4) && ml_potassium_is_unusual(5.1) && !ml_potassium_is_unusual(4.2));
    assert_true(ml_force_without_nerve(0.1, 1) && !ml_force_without_nerve(0.1, 0.2) && !ml_force_without_nerve(1, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_at_the_ends_of_the_band),
        cmocka_unit_test(a_risk_is_explained),
        cmocka_unit_test(a_flag_has_the_threshold_drawn),
        cmocka_unit_test(in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
