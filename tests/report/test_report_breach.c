/* SPDX-License-Identifier: Apache-2.0 */
/* Broken safety limits in every report: when, by how much, and from what they protect. */
#include "report/check.h"
#include "report/sample.h"

#include "report/breach_words.h"

#include <jansson.h>
#include <math.h>

static const milieu_breach rate = {.limit = "potassium_vein_hour_most", .variable = "potassium by vein", .unit = "mmol", .hard = 1,
                                   .bound = 40, .window = 60, .on = 100, .off = 140, .worst = 60, .worst_time = 120, .people = "anyone",
                                   .protects = "standstill of the heart", .source = "a label"};
static const milieu_breach strength = {.limit = "potassium_strength", .variable = "potassium of the fluid by vein", .unit = "mmol/L",
                                       .bound = 40, .on = 60, .off = NAN, .worst = INFINITY, .worst_time = 60, .people = "anyone",
                                       .protects = "pain <here>", .source = "a guideline"};

static MlResult broken(void) {
    MlResult r = sample_marathon();
    r.breach = ml_new(NULL, 3, sizeof *r.breach);
    assert_non_null(r.breach);
    r.nbreach = 3;
    r.breach[0] = strength;
    r.breach[1] = r.breach[2] = rate;
    r.breach[2].on = 300, r.breach[2].off = 330, r.breach[2].worst = 1234;
    return r;
}

static void words_say_when_and_by_how_much(void **state) {
    (void)state;
    MlResult r = broken();
    char text[300];
    milieu_breach whole;
    assert_int_equal(ml_breach_whole(&r, 0, &whole), 1);
    ml_breach_words(&r, &whole, 1, text, sizeof text);
    assert_non_null(strstr(text, "potassium of the fluid by vein: no fluid is told, advised at most 40 mmol/L; from 1 h"));
    assert_non_null(strstr(text, " to the end"));
    assert_int_equal(ml_breach_whole(&r, 1, &whole), 2);
    assert_int_equal(ml_breach_whole(&r, 2, &whole), 0);
    ml_breach_whole(&r, 1, &whole);
    ml_breach_words(&r, &whole, 2, text, sizeof text);
    assert_non_null(strstr(text, "potassium by vein: 1234 mmol within 1 h, at most 40 mmol; 2 times from 1 h 40 min"));
    MlLine line = {0};
    assert_true(ml_breach_finding(&r, &line));
    assert_string_equal(line.s, "Beyond safety limits that are not to be passed: potassium by vein (within 1 h).");
    r.breach[0] = rate, r.breach[0].limit = "another_limit_of_the_same_words";
    r.breach[2].limit = "of_another_time", r.breach[2].window = 120;
    line = (MlLine){0};
    assert_true(ml_breach_finding(&r, &line));
    assert_string_equal(line.s, "Beyond safety limits that are not to be passed: potassium by vein (within 1 h), potassium by vein (within 2 h).");
    r.breach[0] = strength;
    r.nbreach = 1; /* advice alone is no finding */
    line = (MlLine){0};
    assert_false(ml_breach_finding(&r, &line));
    ml_result_free(&r);
}

static void every_report_tells_them(void **state) {
    (void)state;
    MlResult r = broken();
    const MlReportOptions o = ml_report_options();
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(ml_report_terminal(&r, &o, out), MILIEU_OK);
    fclose(out);
    const char *at = strstr(text, "\nSafety limits\n  advice    potassium of the fluid by vein: no fluid is told");
    assert_non_null(at);
    assert_non_null(strstr(at, "\n  broken    potassium by vein: 1234 mmol"));
    assert_non_null(strstr(at, "standstill"));
    free(text);
    milieu_error e;
    assert_int_equal(ml_report_write(&r, &o, SCRATCH("breach.html"), &e), MILIEU_OK);
    text = contents(SCRATCH("breach.html"));
    assert_non_null(strstr(text, ">Safety limits</h2>"));
    assert_non_null(strstr(text, "pain &lt;here&gt;"));
    assert_non_null(strstr(text, "a label"));
    free(text);
    assert_int_equal(ml_report_write(&r, &o, SCRATCH("breach.json"), &e), MILIEU_OK);
    json_t *root = json_load_file(SCRATCH("breach.json"), 0, NULL), *list = json_object_get(root, "safety_limits");
    assert_int_equal(json_array_size(list), 3);
    const json_t *b = json_array_get(list, 1);
    assert_string_equal(json_string_value(json_object_get(b, "limit")), "potassium_vein_hour_most");
    assert_string_equal(json_string_value(json_object_get(b, "strength")), "hard");
    assert_true(json_number_value(json_object_get(b, "worst")) == 60);
    assert_true(json_is_null(json_object_get(json_array_get(list, 0), "worst"))); /* no number */
    json_decref(root);
    ml_result_free(&r);
}

static void nothing_is_said_where_none_is_broken(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    const MlReportOptions o = ml_report_options();
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(ml_report_terminal(&r, &o, out), MILIEU_OK);
    fclose(out);
    assert_null(strstr(text, "Safety limits"));
    free(text);
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_say_when_and_by_how_much),
        cmocka_unit_test(every_report_tells_them),
        cmocka_unit_test(nothing_is_said_where_none_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
