/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing that a report tells is cut off, however much there is to tell. */
#include "report/check.h"

#include "body/body.h"
#include "report/html.h"
#include "report/panels.h"
#include "report/sample.h"
#include "report/svg.h"
#include "report/words.h"
#include "run/explain.h"

#include <math.h>

enum { HOUR = 60, HOURS = 12, LOGS = 8 };

static const char *const causes[] = {"the first of four causes with a long name", "the second of four causes with a long name",
                                     "the third of four causes with a long name", "the fourth of four causes with a long name"};

static void *zeroed(size_t n, size_t size) {
    void *p = ml_new(NULL, n, size);
    assert_non_null(p);
    return p;
}

/* All flags come and go in the first hour, all quantities move, each by four causes; what happened takes all its room. */
static MlResult everything(void) {
    static const int others[] = {ML_O_plasma_pth,          ML_O_plasma_calcidiol, ML_O_plasma_calcitriol, ML_O_qtc_interval, ML_O_qrs_duration,
                                 ML_O_sensory_axon_margin, ML_O_muscle_force,     ML_O_reflex_gain,
                                 ML_O_cramp_threshold_frequency, ML_O_plasma_glucose, ML_O_plasma_lactate, ML_O_plasma_ketones, ML_O_plasma_urea};
    SampleCourse course[ML_MAX_MOVED];
    for (int k = 0; k < ML_MAX_MOVED; k++)
        course[k] = (SampleCourse){k < ML_NWHY ? ml_why_output[k] : others[k - ML_NWHY], 1, 1000.0 + k};
    MlResult r = sample_courses(ML_MAX_MOVED, course);
    r.nflag = 2 * ML_NFLAG;
    r.flag = zeroed((size_t)r.nflag, sizeof *r.flag);
    for (int i = 0; i < r.nflag; i++) {
        const double on = i < ML_NFLAG ? 1 : 30;
        r.flag[i] = (MlFlagSpan){.flag = i % ML_NFLAG, .severity = 2, .on = on, .off = on + 10, .output = -1, .peak_time = on, .peak_value = NAN};
    }
    r.nlog = LOGS;
    r.log = zeroed(LOGS, sizeof *r.log);
    for (int i = 0; i < LOGS; i++) {
        r.log[i] = (MlLogEntry){.at = 5 + i, .until = 5 + i, .kind = ML_EVENT_DRUG};
        memset(r.log[i].text, 'a' + i, ML_DEED_SIZE - 1);
    }
    r.nexplanation = HOURS;
    for (int k = 0; k < ML_NWHY; k++) {
        r.explanation[k] = zeroed(HOURS, sizeof *r.explanation[k]);
        for (int i = 0; i < HOURS; i++) {
            MlExplanation *e = &r.explanation[k][i];
            *e = (MlExplanation){.from = i * HOUR, .to = (i + 1) * HOUR, .change = 26000, .ncause = 4};
            for (int j = 0; j < 4; j++) e->cause[j] = (MlCause){causes[j], 8000 - 1000 * j};
        }
    }
    r.nbalance = ML_NSUBSTANCE;
    r.balance = zeroed(ML_NSUBSTANCE, sizeof *r.balance);
    for (int i = 0; i < ML_NSUBSTANCE; i++)
        r.balance[i] = (MlBalance){.substance = ml_substances[i].text, .unit = ml_substances[i].unit};
    r.nnote = 1;
    r.note = zeroed(1, sizeof *r.note);
    memset(r.note[0], 'n', sizeof r.note[0] - 1);
    return r;
}

/* The text with line breaks and indents as single spaces. */
static char *in_one_line(char *text) {
    char *to = text;
    for (const char *from = text; *from; from++) {
        const int space = *from == ' ' || *from == '\n';
        if (!space || (to > text && to[-1] != ' ')) *to++ = (char)(space ? ' ' : *from);
    }
    *to = 0;
    return text;
}

static void all_flags_are_named(void **state) {
    (void)state;
    MlResult r = everything();
    MlReportOptions o = ml_report_options();
    MlLine lines[ML_MAX_FINDINGS];
    MlStory *s;
    const int n = ml_findings(&r, &o, lines);
    const char *finding = lines[n - 1].s;
    assert_int_equal(ml_stories(&r, &o, &s), HOURS);
    for (int i = 0; i < ML_NFLAG; i++) {
        char words[80];
        snprintf(words, sizeof words, "%s (moderate)%s", ml_flag_title(i).s, i == ML_NFLAG - 1 ? "." : ", ");
        assert_holds(finding, words);
        snprintf(words, sizeof words, "%s comes and goes", ml_flag_title(i).s);
        assert_holds(s[0].flags, words);
    }
    free(s);
    ml_result_free(&r);
}

/* What has no room any more is counted. */
static void what_happened_is_told_or_counted(void **state) {
    (void)state;
    MlResult r = everything();
    MlReportOptions o = ml_report_options();
    MlStory *s;
    assert_int_equal(ml_stories(&r, &o, &s), HOURS);
    int told = 0;
    for (int i = 0; i < LOGS; i++) told += strstr(s[0].what, r.log[i].text) != NULL;
    assert_in_range(told, 2, LOGS - 1);
    char rest[40];
    snprintf(rest, sizeof rest, "; and %d more", LOGS - told);
    assert_string_equal(s[0].what + strlen(s[0].what) - strlen(rest), rest);
    free(s);
    ml_result_free(&r);
}

static void all_causes_are_named(void **state) {
    (void)state;
    MlResult r = everything();
    MlReportOptions o = ml_report_options();
    for (int k = 0; k < ML_NWHY; k++) {
        MlTold t;
        ml_cause_words(&r, &o, (MlWhy)k, 0, HOUR, t.why, sizeof t.why);
        for (int j = 0; j < 4; j++) assert_holds(t.why, causes[j]);
        assert_holds(t.why, ml_signed(5000, ml_effect_decimals((MlWhy)k)).s);
    }
    ml_result_free(&r);
}

static void the_terminal_tells_all(void **state) {
    (void)state;
    MlResult r = everything();
    MlReportOptions o = ml_report_options();
    FILE *f = fopen(SCRATCH("whole.txt"), "w");
    assert_non_null(f);
    assert_int_equal(ml_report_terminal(&r, &o, f), MILIEU_OK);
    fclose(f);
    char *text = in_one_line(contents(SCRATCH("whole.txt")));
    MlStory *s;
    assert_int_equal(ml_stories(&r, &o, &s), HOURS);
    size_t length = strlen(s[0].what) + strlen(s[0].flags);
    for (int i = 0; i < HOURS; i++) {
        if (i == 0) assert_holds(text, s[0].what);
        for (int k = 0; k < s[i].ntold; k++) {
            char words[600];
            ml_told_words(&o, &s[i].told[k], words, sizeof words);
            if (*s[i].told[k].why) ml_append(words, sizeof words, " (mostly: %s)", s[i].told[k].why);
            assert_holds(text, words);
            if (i == 0) length += strlen(words);
        }
    }
    assert_true(length > 3000); /* in one paragraph */
    for (int i = 0; i < ML_NSUBSTANCE; i++) assert_holds(text, ml_substances[i].text);
    assert_holds(text, r.note[0]);
    free(s);
    free(text);
    ml_result_free(&r);
}

static void the_page_tells_all(void **state) {
    (void)state;
    MlResult r = everything();
    MlReportOptions o = ml_report_options();
    assert_int_equal(ml_report_html(&r, &o, SCRATCH("whole.html"), NULL), MILIEU_OK);
    char *text = contents(SCRATCH("whole.html"));
    for (int i = 0; i < ML_NFLAG; i++) {
        char words[80];
        snprintf(words, sizeof words, "%s (moderate)", ml_flag_title(i).s);
        assert_holds(text, words);
        snprintf(words, sizeof words, "%s comes and goes", ml_flag_title(i).s + (i == 0)); /* the first with a capital */
        assert_holds(text, words);
    }
    assert_holds(text, r.log[0].text);
    for (int j = 0; j < 4; j++) assert_holds(text, causes[j]);
    for (int i = 0; i < ML_NSUBSTANCE; i++) assert_holds(text, ml_substances[i].text);
    assert_holds(text, r.note[0]);
    free(text);
    ml_result_free(&r);
}

/* Of a run that stores all quantities and in which all of them are zero, every panel is named. */
static void all_that_is_not_drawn_is_named(void **state) {
    (void)state;
    SampleCourse course[ML_NOUTPUT];
    for (int i = 0; i < ML_NOUTPUT; i++) course[i] = (SampleCourse){i, 0, 0};
    MlResult r = sample_courses(ML_NOUTPUT, course);
    MlReportOptions o = ml_report_options();
    int n;
    MlPanel *panels = ml_panels(&r, &n);
    assert_int_equal(ml_report_html(&r, &o, SCRATCH("zero.html"), NULL), MILIEU_OK);
    char *text = contents(SCRATCH("zero.html"));
    char *list = strstr(text, "Zero throughout and not drawn: ");
    assert_non_null(list);
    *strstr(list, "</p>") = 0;
    assert_true(strlen(list) > 1000);
    for (int i = 0; i < n; i++) assert_holds(list, panels[i].title);
    assert_true(list[strlen(list) - 1] == '.');
    free(panels);
    free(text);
    ml_result_free(&r);
}

/* Notes of studies have no limit of length. */
static void texts_of_any_length(void **state) {
    (void)state;
    enum { LONG = 100000 };
    static char text[LONG + 1];
    for (int i = 0; i < LONG; i++) text[i] = (char)(i % 10 == 9 ? ' ' : 'a' + i % 26);
    text[LONG - 1] = '<';
    FILE *f = fopen(SCRATCH("long.txt"), "w");
    assert_non_null(f);
    const MlPage page = {.out = f};
    ml_svg_text(text, f);
    ml_html_words(&page, text);
    fclose(f);
    char *written = contents(SCRATCH("long.txt"));
    assert_int_equal(strlen(written), 2 * (LONG - 1 + strlen("&lt;")));
    assert_memory_equal(written, text, LONG - 1);
    assert_memory_equal(written + LONG + 3, text, LONG - 1);
    free(written);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_flags_are_named),
        cmocka_unit_test(what_happened_is_told_or_counted),
        cmocka_unit_test(all_causes_are_named),
        cmocka_unit_test(the_terminal_tells_all),
        cmocka_unit_test(the_page_tells_all),
        cmocka_unit_test(all_that_is_not_drawn_is_named),
        cmocka_unit_test(texts_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
