/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "body/tables.h"
#include "report/report.h"
#include "report/sample.h"

#include <math.h>

static char *terminal_of(const MlResult *r, const MlReportOptions *o) {
    FILE *f = fopen(SCRATCH("terminal.txt"), "w");
    assert_non_null(f);
    assert_int_equal(ml_report_terminal(r, o, f), MILIEU_OK);
    fclose(f);
    return contents(SCRATCH("terminal.txt"));
}

static void assert_lines_within(const char *text, int width) {
    int column = 0;
    const char *line = text;
    for (const char *p = text; *p; p++) {
        if (*p == '\n') {
            column = 0, line = p + 1;
            continue;
        }
        column += ((unsigned char)*p & 0xc0) != 0x80;
        if (column > width) fail_msg("wider than %d: %.100s", width, line);
    }
}

static void assert_ascii(const char *text) {
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p > 126 || ((unsigned char)*p < 32 && *p != '\n'))
            fail_msg("byte %d: %.20s", (unsigned char)*p, p);
}

static void marathon(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    o.version = "milieu 0.0.0";
    char *text = terminal_of(&r, &o);
    assert_lines_within(text, 80);
    assert_holds(text, "Marathon on plain water\n");
    assert_holds(text, "24 h from 08:00; milieu 0.0.0\n");
    assert_holds(text, "Plasma sodium fell from 140.4 to");
    assert_holds(
        text, "\nHour by hour\n   0-1 h    exercise at 8 MET in 20 degC, 50 % humidity (until 5 h); drank\n"
              "            250 mL of water (4 times);");
    assert_holds(text, "(mostly:\n            water drunk and absorbed -2.4,");
    assert_holds(text, "hyponatremia begins");
    assert_holds(text, "\nFlags\n  moderate  hyponatremia from 2 h 55 min (10:55) to");
    assert_holds(text, "\n  mild      sodium correction too fast from 9 h (17:00) to the end\n");
    assert_holds(text, "Plasma sodium, mmol/L\n");
    assert_holds(text, "\nexercise  ====");
    assert_holds(text, "\n  plasma_sodium, mmol/L               140.4");
    assert_holds(text, "\n  Water, L                      31.20");
    assert_holds(text, "none at any time: Mannitol");
    assert_holds(text, "\nFor research and teaching; not a medical device.\n");
    assert_lacks(text, "\033");
    free(text);
    ml_result_free(&r);
}

static void ascii_and_narrow(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    snprintf(r.title, sizeof r.title, "Caf\xc3\xa9 \033[2Jrun\a");
    MlReportOptions o = ml_report_options();
    o.ascii = 1;
    char *text = terminal_of(&r, &o);
    assert_ascii(text);
    assert_lines_within(text, 80);
    assert_memory_equal(text, "Caf?", 4);
    assert_holds(text, "        +");
    free(text);
    o.width = 200;
    text = terminal_of(&r, &o);
    assert_holds(text, "135-145");
    free(text);
    ml_result_free(&r);
}

static void color_only_when_asked(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    o.color = 1;
    char *text = terminal_of(&r, &o);
    assert_holds(text, "\033[1mMarathon on plain water\n");
    assert_holds(text, "\033[33m  moderate\033[0m  hyponatremia");
    free(text);
    ml_result_free(&r);
}

static void escape_sequences_of_texts_do_nothing(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 3, 140);
    snprintf(r.title, sizeof r.title,
             "a\033]0;b\x07 \xc2\x9b"
             "c");
    MlReportOptions o = ml_report_options();
    char *text = terminal_of(&r, &o);
    assert_memory_equal(text, "a ]0;b c\n", 9);
    free(text);
    ml_result_free(&r);
}

/* What moved is drawn, and a long name has a line of its own. */
static void other_ions(void **state) {
    (void)state;
    MlReportOptions o = ml_report_options();
    MlResult r = sample_hypokalemia();
    char *text = terminal_of(&r, &o);
    assert_lines_within(text, 80);
    const char *drawing = strstr(text, "\nDrawing\n         Plasma bicarbonate, mmol/L\n");
    assert_non_null(drawing);
    assert_holds(drawing, "\n         Plasma potassium, mmol/L\n");
    assert_holds(text, "\n  plasma_potassium, mmol/L             4.20     2.90");
    free(text);
    ml_result_free(&r);
    r = sample_constant(ML_O_muscle_interstitial_potassium, 4, 5);
    text = terminal_of(&r, &o);
    assert_holds(text, "\n         Interstitial potassium of working muscle, mmol/L\n");
    assert_holds(text, "\n  muscle_interstitial_potassium, mmol/L\n                                       5.00");
    free(text);
    ml_result_free(&r);
}

static void us_units(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    o.units = ML_UNITS_US;
    char *text = terminal_of(&r, &o);
    assert_holds(text, "mEq/L");
    assert_holds(text, "body_mass, lb                       127.9");
    assert_holds(text, "core_temperature, degF               98.4");
    assert_lacks(text, "plasma_sodium, mmol/L");
    free(text);
    ml_result_free(&r);
}

static void a_death(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 5, 190);
    r.lethal = 1, r.end_time = 20;
    snprintf(r.lethal_cause, sizeof r.lethal_cause, "plasma sodium above 185 mmol/L");
    MlReportOptions o = ml_report_options();
    char *text = terminal_of(&r, &o);
    assert_holds(text, "In short\n  Died at 20 min (08:20): plasma sodium above 185 mmol/L.\n");
    free(text);
    ml_result_free(&r);
}

/* Whatever kills is told with its value, where it began, and what guards against it. */
static void every_death(void **state) {
    (void)state;
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    int deaths = 0;
    for (int i = 0; i < n; i++) {
        if (limit[i].flag != ML_FLAG_lethal) continue;
        MlResult r = sample_constant(limit[i].output, 5, 3);
        MlFlagSpan flags[] = {{.flag = ML_FLAG_hyperkalemia, .severity = 3, .on = 8, .off = NAN, .output = ML_O_plasma_potassium, .peak_time = 20, .peak_value = 9},
                              {.flag = ML_FLAG_lethal, .severity = 3, .on = 20, .off = NAN, .output = -1, .peak_time = 20, .peak_value = NAN}};
        const int kept = r.nflag;
        MlFlagSpan *own = r.flag;
        r.flag = flags, r.nflag = 2;
        r.lethal = 1, r.end_time = 20, r.lethal_limit = &limit[i], r.lethal_value = 7, r.lethal_start = 5;
        snprintf(r.lethal_cause, sizeof r.lethal_cause, "%s", limit[i].cause);
        MlReportOptions o = ml_report_options();
        o.width = 1000;
        char *text = terminal_of(&r, &o), words[300];
        snprintf(words, sizeof words, "Died at 20 min (08:20): %s.", limit[i].cause);
        assert_holds(text, words);
        assert_holds(text, " then, ");
        assert_holds(text, " at the start.");
        assert_holds(text, "What warned of it: hyperkalemia at 8 min.");
        assert_holds(text, "No safety limit that guards against it was passed");
        snprintf(words, sizeof words, "lethal at 20 min (08:20): %s", limit[i].cause);
        assert_holds(text, words);
        snprintf(words, sizeof words, "died: %s", limit[i].cause);
        assert_holds(text, words);
        free(text);
        r.flag = own, r.nflag = kept;
        ml_result_free(&r);
        deaths++;
    }
    assert_true(deaths > 20);
}

/* Of what was given beyond the limits, what guards against this death is told, and nothing else. */
static void a_death_that_limits_guard_against(void **state) {
    (void)state;
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    int i = 0;
    while (i < n && !(limit[i].flag == ML_FLAG_lethal && limit[i].output == ML_O_plasma_potassium && limit[i].side > 0)) i++;
    assert_true(i < n);
    MlResult r = sample_constant(ML_O_plasma_potassium, 5, 10.4);
    milieu_breach breaches[] = {
        {.limit = "a", .variable = "potassium by vein", .unit = "mmol", .hard = 1, .bound = 40, .window = 60, .on = 12, .off = NAN, .worst = 200},
        {.limit = "b", .variable = "potassium by vein", .unit = "mmol", .hard = 0, .bound = 10, .window = 60, .on = 3, .off = NAN, .worst = 200},
        {.limit = "c", .variable = "sodium of food", .unit = "mmol", .hard = 1, .bound = 100, .window = 1440, .on = 3, .off = NAN, .worst = 200}};
    milieu_breach *own = r.breach;
    const int kept = r.nbreach;
    r.breach = breaches, r.nbreach = 3;
    r.lethal = 1, r.end_time = 20, r.lethal_limit = &limit[i], r.lethal_value = 10.4, r.lethal_start = 4.1;
    snprintf(r.lethal_cause, sizeof r.lethal_cause, "%s", limit[i].cause);
    MlReportOptions o = ml_report_options();
    o.width = 1000;
    char *text = terminal_of(&r, &o);
    assert_holds(text, "Plasma potassium was 10.40 mmol/L then, 4.10 at the start.");
    assert_holds(text, "Limits that guard against it were passed before: potassium by vein: 200 mmol within 1 h, at most 40 mmol; from 12 min (08:12) to the end.\n");
    free(text);
    r.breach = own, r.nbreach = kept;
    ml_result_free(&r);
}

/* Drugs have no limits of safety: the doses beyond any usual one are told, and that is not left undone or illness. */
static void a_death_by_an_overdose(void **state) {
    (void)state;
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    int i = 0;
    while (i < n && !(limit[i].flag == ML_FLAG_lethal && limit[i].output == ML_O_plasma_glucose)) i++;
    assert_true(i < n);
    MlResult r = sample_constant(ML_O_plasma_glucose, 5, 0.9);
    char notes[][300] = {"the infection is fever and its company", "insulin: 300 U is 30 times the largest usual dose (sc 4 to 10 U)"};
    char(*own)[300] = r.note;
    const int kept = r.nnote;
    r.note = notes, r.nnote = 2;
    r.lethal = 1, r.end_time = 20, r.lethal_limit = &limit[i], r.lethal_value = 0.9, r.lethal_start = 5;
    MlReportOptions o = ml_report_options();
    o.width = 1000;
    char *text = terminal_of(&r, &o);
    assert_holds(text, "No safety limit that guards against it was passed, but given were: insulin: 300 U is 30 times the largest usual dose.\n");
    assert_null(strstr(text, "left undone"));
    free(text);
    r.note = own, r.nnote = kept;
    ml_result_free(&r);
}

static void hardly_anything(void **state) {
    (void)state;
    MlReportOptions o = ml_report_options();
    MlResult empty = {0};
    char *text = terminal_of(&empty, &o);
    assert_holds(text, "No flag came on.");
    free(text);
    static const double values[] = {140, 0, NAN, 1e300, -1e300};
    for (int n = 1; n <= 3; n++)
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            MlResult r = sample_constant(ML_O_plasma_sodium, n, values[i]);
            text = terminal_of(&r, &o);
            assert_holds(text, "not a medical device");
            free(text);
            ml_result_free(&r);
        }
}

static void long_runs_are_condensed(void **state) {
    (void)state;
    MlReportOptions o = ml_report_options();
    MlResult r = sample_days(5);
    char *text = terminal_of(&r, &o);
    assert_holds(text, "\nWhat happened\n   day 1    lunch: 35 % of the habitual diet;");
    assert_holds(text, "   day 5    ");
    free(text);
    ml_result_free(&r);
    r = sample_days(60);
    text = terminal_of(&r, &o);
    assert_lines_within(text, 80);
    assert_holds(text, "  week 1    lunch: 35 % of the habitual diet (7 times);");
    assert_holds(text, "  week 9    ");
    free(text);
    ml_result_free(&r);
}

static void options_for_a_stream(void **state) {
    (void)state;
    FILE *f = fopen("/dev/null", "w");
    setenv("LC_ALL", "C", 1);
    assert_true(ml_report_options_for(f).ascii);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    MlReportOptions o = ml_report_options_for(f);
    assert_false(o.ascii || o.color);
    assert_int_equal(o.width, 80);
    fclose(f);
}

/* Where the electrocardiogram was farthest from normal, and what became of it. */
static void the_heart(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    const MlReportOptions o = ml_report_options();
    for (int k = 0; k < ML_NEXCITE_MOMENT; k++) r.excite[k] = (MlExciteAt){.t = NAN, .x = ml_excite_normal()};
    r.excite[ML_EXCITE_START].t = 0;
    r.excite[ML_EXCITE_HEART].t = 90, r.excite[ML_EXCITE_HEART].heart = 1, r.excite[ML_EXCITE_HEART].x.value[ML_X_potassium] = 8;
    r.excite[ML_EXCITE_END].t = r.end_time;
    char *text = terminal_of(&r, &o);
    assert_holds(text, "\nHeart\n  Electrocardiogram at 1 h 30 min (09:30), farthest from normal, mV (dotted: at");
    assert_holds(text, "\n  Electrocardiogram at 24 h (day 2, 08:00), the end, mV");
    free(text);
    r.excite[ML_EXCITE_HEART].t = r.end_time;
    text = terminal_of(&r, &o);
    assert_lacks(text, ", the end, mV");
    free(text);
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marathon),
        cmocka_unit_test(ascii_and_narrow),
        cmocka_unit_test(color_only_when_asked),
        cmocka_unit_test(escape_sequences_of_texts_do_nothing),
        cmocka_unit_test(other_ions),
        cmocka_unit_test(us_units),
        cmocka_unit_test(a_death),
        cmocka_unit_test(every_death),
        cmocka_unit_test(a_death_by_an_overdose),
        cmocka_unit_test(a_death_that_limits_guard_against),
        cmocka_unit_test(the_heart),
        cmocka_unit_test(hardly_anything),
        cmocka_unit_test(long_runs_are_condensed),
        cmocka_unit_test(options_for_a_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
