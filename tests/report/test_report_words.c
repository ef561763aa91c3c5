/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "body/tables.h"
#include "report/curve.h"
#include "report/moved.h"
#include "report/sample.h"
#include "report/values.h"
#include "report/words.h"

#include <math.h>

static void clean_text(void **state) {
    (void)state;
    char clean[64];
    ml_clean("plain", 0, clean, sizeof clean);
    assert_string_equal(clean, "plain");
    ml_clean("a\tb\nc\x7f", 0, clean, sizeof clean);
    assert_string_equal(clean, "a b c ");
    ml_clean("\xc3\xa9\xe2\x82\xac\xf0\x9f\x92\xa7", 0, clean, sizeof clean);
    assert_string_equal(clean, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x92\xa7");
    ml_clean("\xc3\xa9x", 1, clean, sizeof clean);
    assert_string_equal(clean, "?x");
    ml_clean("\xc0\xaf\xed\xa0\x80\xe2\x82", 0, clean, sizeof clean);
    for (const char *p = clean; *p; p += 3) assert_memory_equal(p, "\xef\xbf\xbd", 3);
    ml_clean("\xe2\x82\xac\xe2\x82\xac", 0, clean, 5);
    assert_string_equal(clean, "\xe2\x82\xac");
}

static void stories_of_a_day(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    MlStory *s;
    int n = ml_stories(&r, &o, &s);
    assert_in_range(n, 10, 24);
    assert_true(s[0].from == 0 && s[n - 1].to == 1440);
    for (int i = 1; i < n; i++) assert_true(s[i].from == s[i - 1].to);
    assert_string_equal(s[0].what, "exercise at 8 MET in 20 degC, 50 % humidity (until 5 h); "
                                   "drank 250 mL of water (4 times)");
    assert_string_equal(s[1].what, "drank 250 mL of water (4 times)");
    assert_string_equal(s[2].flags, "hyponatremia begins");
    assert_int_equal(s[1].ntold, 1);
    assert_memory_equal(s[1].told[0].why, "water drunk and absorbed -4.", 28);
    assert_memory_equal(s[1].flows, "took in 1.00 L of water, sweated 0.62 L, passed 0.", 50);
    MlLine lines[ML_MAX_FINDINGS];
    const int found = ml_findings(&r, &o, lines);
    int water = 0;
    for (int i = 0; i < found; i++)
        water |= strncmp(lines[i].s, "Took in ", 8) == 0 && strstr(lines[i].s, " L as sweat, ") &&
                 strstr(lines[i].s, " L as urine, ") && strstr(lines[i].s, " L by skin and breath.");
    assert_true(water);
    char name[48];
    ml_story_name(&s[0], name, sizeof name);
    assert_string_equal(name, "0-1 h");
    free(s);
    ml_result_free(&r);
}

/* In widths of the normal range: bicarbonate 7 of 7, potassium 1.3 of 1.7, pH 0.06 of 0.1, sodium 0.3 of 10. */
static void what_moved_most_comes_first(void **state) {
    (void)state;
    MlResult r = sample_hypokalemia();
    MlReportOptions o = ml_report_options();
    MlStory *s;
    const MlMoved moved = ml_moved(&r);
    assert_int_equal(moved.n, 3);
    assert_true(moved.output[0] == ML_O_plasma_bicarbonate && moved.output[1] == ML_O_plasma_potassium && moved.output[2] == ML_O_plasma_sodium);
    MlLine lines[ML_MAX_FINDINGS];
    assert_true(ml_findings(&r, &o, lines) >= 5);
    assert_string_equal(lines[0].s, "Plasma bicarbonate rose from 24.0 to 31.0 mmol/L at 12 h (20:00), the end.");
    assert_string_equal(lines[2].s, "Plasma potassium fell from 4.20 to 2.90 mmol/L at 12 h (20:00), the end.");
    assert_string_equal(lines[3].s, "What moved it until then, in mmol/L: urine -4.00, cells, by plasma potassium +2.70.");
    assert_string_equal(lines[4].s, "Plasma sodium stayed between 140.0 and 140.3 mmol/L.");
    const int n = ml_stories(&r, &o, &s);
    assert_int_equal(n, 12);
    assert_int_equal(s[0].ntold, 1);
    char words[120];
    ml_told_words(&o, &s[0].told[0], words, sizeof words);
    assert_string_equal(words, "plasma bicarbonate 24.0 -> 24.6 mmol/L");
    assert_string_equal(s[0].told[0].why, "vomit and suction +0.6");
    free(s);
    ml_result_free(&r);
    /* alone it is told however little it moves */
    r = sample_constant(ML_O_plasma_potassium, 4, 4);
    assert_int_equal(ml_moved(&r).n, 1);
    ml_result_free(&r);
}

static void intake_and_losses_that_nearly_cancel(void **state) {
    (void)state;
    MlResult r = sample_hypokalemia();
    MlReportOptions o = ml_report_options();
    char text[300];
    for (int k = 0; k < 2; k++) {
        r.explanation[ML_WHY_POTASSIUM][0] = (MlExplanation){.from = 0, .to = 2 * 1440, .ncause = 3};
        MlCause *cause = r.explanation[ML_WHY_POTASSIUM][0].cause;
        cause[0] = (MlCause){"food and drink absorbed", 5};
        cause[1] = (MlCause){"urine", k ? -3.9 : -5.5};
        cause[2] = (MlCause){"cells, by plasma potassium", 0.4};
        r.nexplanation = 1;
        ml_cause_words(&r, &o, ML_WHY_POTASSIUM, 0, 2 * 1440, text, sizeof text);
        assert_string_equal(text, k ? "food and drink absorbed +5.00, urine -3.90, cells, by plasma potassium +0.40" : "intake less losses -0.50, cells, by plasma potassium +0.40");
    }
    ml_result_free(&r);
}

static void give_causes(MlExplanation *e, double from, double to, const MlCause *cause, int n) {
    *e = (MlExplanation){.from = from, .to = to, .ncause = n};
    memcpy(e->cause, cause, (size_t)n * sizeof *cause);
}

/* Phosphate of the second week of refeeding: four large turnovers say the opposite of what happened; what is told adds up. */
static void what_is_told_adds_up(void **state) {
    (void)state;
    static const MlCause week[] = {{"urine", -5.41}, {"food and drink absorbed", 3.97}, {"bone resorbed", 2.26}, {"cells broken down", 1.70},
                                   {"bone formed", -1.25}, {"cells", 0.18}, {"stool and diarrhea", -1.64}};
    static const MlCause rebuilt[] = {{"cells broken down", -3.58}, {"food and drink absorbed", 3.9}};
    MlResult r = sample_hypokalemia();
    MlReportOptions o = ml_report_options();
    char text[300];
    r.nexplanation = 1;
    give_causes(&r.explanation[ML_WHY_PHOSPHATE][0], 0, 7 * 1440, week, 7);
    ml_cause_words(&r, &o, ML_WHY_PHOSPHATE, 0, 7 * 1440, text, sizeof text);
    assert_string_equal(text, "intake less losses -3.08, bone resorbed +2.26, cells +1.88, bone formed -1.25");
    static const MlCause weeks[] = {{"food and drink absorbed", -60.1}, {"urine", 61.5}, {"water of oxidation", -9.1}, {"breath and dry skin", 10.2}, {"cells, by plasma potassium", -2.03},
                                    {"cells, by aldosterone", 0.2}, {"water between cells and fluid outside", 0.16}, {"cells, by insulin", -0.1}};
    give_causes(&r.explanation[ML_WHY_POTASSIUM][0], 0, 28 * 1440, weeks, 8);
    ml_cause_words(&r, &o, ML_WHY_POTASSIUM, 0, 28 * 1440, text, sizeof text);
    assert_string_equal(text, "intake less losses +2.50, cells -1.93, water between cells and fluid outside +0.16");
    give_causes(&r.explanation[ML_WHY_PHOSPHATE][0], 0, 600, rebuilt, 2);
    ml_cause_words(&r, &o, ML_WHY_PHOSPHATE, 0, 600, text, sizeof text);
    assert_string_equal(text, "food and drink absorbed +3.90, cells rebuilt -3.58");
    ml_result_free(&r);
}

/* What peaks within a stretch is explained until then. */
static void a_peak_within_a_stretch(void **state) {
    (void)state;
    static const MlCause given = {"infusion", 1.2}, lost = {"urine", -0.3};
    MlResult r = sample_hypokalemia();
    MlReportOptions o = ml_report_options();
    char text[300];
    r.nexplanation = 1;
    give_causes(&r.explanation[ML_WHY_MAGNESIUM][0], 0, 40, (MlCause[]){given, lost}, 2);
    give_causes(&r.extreme[ML_WHY_MAGNESIUM][1], 0, 20, &given, 1);
    ml_cause_words(&r, &o, ML_WHY_MAGNESIUM, 0, 20, text, sizeof text);
    assert_string_equal(text, "infusion +1.20");
    ml_cause_words(&r, &o, ML_WHY_MAGNESIUM, 0, 40, text, sizeof text);
    assert_string_equal(text, "infusion +1.20, urine -0.30");
    ml_result_free(&r);
}

/* Plasma that is exchanged is no blood. */
static void plasma_is_no_blood(void **state) {
    (void)state;
    static const MlCause taken = {"blood loss", -0.4};
    MlResult r = sample_hypokalemia();
    MlReportOptions o = ml_report_options();
    char text[300];
    r.nexplanation = 1;
    give_causes(&r.explanation[ML_WHY_CALCIUM][0], 0, 60, &taken, 1);
    ml_cause_words(&r, &o, ML_WHY_CALCIUM, 0, 60, text, sizeof text);
    assert_string_equal(text, "blood loss -0.40");
    MlLogEntry exchange = {.kind = ML_EVENT_PLASMA_EXCHANGE}, *log = r.log;
    const int nlog = r.nlog;
    r.log = &exchange, r.nlog = 1;
    ml_cause_words(&r, &o, ML_WHY_CALCIUM, 0, 60, text, sizeof text);
    assert_string_equal(text, "plasma removed -0.40");
    r.log = log, r.nlog = nlog;
    ml_result_free(&r);
}

/* A flag that goes off and on again within a stretch is told once. */
static void flags_that_flicker(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    MlStory *s;
    r.flag[0] = (MlFlagSpan){ML_FLAG_hypokalemia, 1, 70, 130, ML_O_plasma_potassium, 75, 3.4};
    r.flag[1] = (MlFlagSpan){ML_FLAG_hypokalemia, 1, 140, NAN, ML_O_plasma_potassium, 150, 3.3};
    r.flag[2] = (MlFlagSpan){ML_FLAG_hyperglycemia, 1, 65, 80, ML_O_plasma_glucose, 70, 12};
    assert_true(ml_stories(&r, &o, &s) > 3);
    assert_string_equal(s[1].flags, "hypokalemia begins, hyperglycemia begins and ends");
    assert_string_equal(s[2].flags, "hypokalemia comes and goes");
    assert_string_equal(s[3].flags, "");
    free(s);
    /* twice is two spans, more are one */
    MlFlagSpan whole;
    assert_int_equal(ml_flag_whole(&r, 1, &whole), 1);
    assert_true(whole.on == 140);
    r.flag[2] = (MlFlagSpan){ML_FLAG_hypokalemia, 2, 200, 220, ML_O_plasma_potassium, 210, 2.9};
    assert_int_equal(ml_flag_whole(&r, 0, &whole), 3);
    assert_true(whole.on == 70 && whole.off == 220 && whole.severity == 2 && whole.peak_value == 2.9);
    assert_int_equal(ml_flag_whole(&r, 1, &whole), 0);
    ml_result_free(&r);
}

static void names_of_stretches(void **state) {
    (void)state;
    static const struct {
        double from, to;
        const char *name;
    } cases[] = {{0, 60, "0-1 h"},      {-60, 0, "-1 to 0 h"},    {60, 95, "1 h to 1 h 35 min"}, {40, 90, "40-90 min"},
                 {1440, 2880, "day 2"}, {10080, 20160, "week 2"}, {43200, 86400, "d 31-60"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MlStory s = {.from = cases[i].from, .to = cases[i].to};
        char name[48];
        ml_story_name(&s, name, sizeof name);
        assert_string_equal(name, cases[i].name);
    }
}

static void causes_add_up(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlCause causes[ML_MAX_CAUSE];
    int n = ml_causes_between(&r, ML_WHY_SODIUM, 0, 1440, causes);
    double sum = 0,
           change = ml_result_at(&r, ML_O_plasma_sodium, 1440) - ml_result_at(&r, ML_O_plasma_sodium, 0);
    for (int i = 0; i < n; i++) {
        sum += causes[i].effect;
        if (i) assert_true(fabs(causes[i].effect) <= fabs(causes[i - 1].effect));
    }
    assert_true(fabs(sum - change) < 1e-9);
    assert_int_equal(ml_causes_between(&r, ML_WHY_SODIUM, 2000, 3000, causes), 0);
    ml_result_free(&r);
}

static void extremes_and_limits(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 4, 140);
    r.value[1] = 147, r.value[2] = 130, r.value[3] = NAN;
    MlExtremes x = ml_extremes(&r, ML_O_plasma_sodium);
    assert_int_equal(x.n, 3);
    assert_true(x.low == 130 && x.low_at == 10 && x.high == 147 && x.end == 130);
    assert_true(x.worst == 130);
    r.value[2] = 134.5;
    assert_true(ml_extremes(&r, ML_O_plasma_sodium).worst == 147);
    /* from low sodium back to normal: what it became, not what it was */
    r.value[0] = 128, r.value[1] = 127.5, r.value[2] = 138, r.value[3] = 137;
    assert_true(ml_extremes(&r, ML_O_plasma_sodium).worst == 138);
    assert_int_equal(ml_extremes(&r, ML_O_plasma_urea).n, 0);
    ml_result_free(&r);
}

/* Each range is one of the table, in order, with a source; units convert both ends. */
static void reference_ranges(void **state) {
    (void)state;
    for (int output = 0; output < ML_NOUTPUT; output++) {
        double low, high, us_low, us_high;
        const char *source;
        if (!ml_reference(output, ML_UNITS_SI, &low, &high, &source)) continue;
        assert_true(low < high);
        assert_true(strlen(source) > 20);
        assert_true(ml_reference(output, ML_UNITS_US, &us_low, &us_high, NULL));
        assert_true(us_low < us_high);
    }
    double low, high;
    assert_true(ml_reference(ML_O_core_temperature, ML_UNITS_US, &low, &high, NULL));
    assert_true(fabs(low - 97.34) < 1e-9);
    assert_false(ml_reference(ML_O_urine_flow, ML_UNITS_SI, &low, &high, NULL));
}

static void flag_texts(void **state) {
    (void)state;
    assert_string_equal(ml_flag_title(ML_FLAG_sodium_correction_too_fast).s, "sodium correction too fast");
    assert_string_equal(ml_severity_text(3), "severe");
}

static void curves_are_thinned(void **state) {
    (void)state;
    enum { N = 20000 };
    static double x[N], y[N];
    static int keep[N];
    for (int j = 0; j < N; j++) x[j] = j, y[j] = sin(j * 1e-3);
    y[777] = 9;
    y[5000] = NAN;
    int n = ml_curve_thin(N, x, y, 500, 0.002, keep), spike = 0, gap = 0;
    assert_in_range(n, 50, 600);
    for (int k = 0; k < n; k++) {
        spike |= keep[k] == 777;
        gap |= keep[k] == 5000;
        if (k) assert_true(keep[k] > keep[k - 1]);
    }
    assert_true(spike && gap && keep[0] == 0 && keep[n - 1] == N - 1);
    for (int j = 0; j < N; j++) y[j] = 2.0 * j;
    assert_int_equal(ml_curve_thin(N, x, y, 500, 0.002, keep), 2);
    assert_int_equal(ml_curve_thin(0, x, y, 500, 0.002, keep), 0);
    assert_int_equal(ml_curve_thin(1, x, y, 500, 0.002, keep), 1);
}

/* Every moment of a flag comes with the clock. */
static void the_worst_has_its_clock(void **state) {
    (void)state;
    char text[300];
    MlResult r = sample_marathon();
    const MlReportOptions o = ml_report_options();
    const MlFlagSpan f = {.flag = ML_FLAG_hyponatremia, .severity = 2, .on = 175, .off = 660, .output = ML_O_plasma_sodium, .peak_time = 305, .peak_value = 127.9};
    ml_flag_words(&r, &o, &f, text, sizeof text);
    assert_string_equal(text, "from 2 h 55 min (10:55) to 11 h (19:00); worst at 5 h 5 min (13:05): plasma sodium 127.9 mmol/L");
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_has_its_clock),
        cmocka_unit_test(clean_text),          cmocka_unit_test(stories_of_a_day),
        cmocka_unit_test(what_moved_most_comes_first), cmocka_unit_test(flags_that_flicker), cmocka_unit_test(intake_and_losses_that_nearly_cancel), cmocka_unit_test(what_is_told_adds_up), cmocka_unit_test(a_peak_within_a_stretch), cmocka_unit_test(plasma_is_no_blood),
        cmocka_unit_test(names_of_stretches),  cmocka_unit_test(causes_add_up),
        cmocka_unit_test(extremes_and_limits), cmocka_unit_test(reference_ranges),
        cmocka_unit_test(flag_texts),          cmocka_unit_test(curves_are_thinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
