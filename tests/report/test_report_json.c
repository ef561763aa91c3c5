/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "body/tables.h"
#include "report/report.h"
#include "report/sample.h"

#include <jansson.h>
#include <math.h>

static json_t *json_of(const MlResult *r, MlUnits units) {
    MlReportOptions o = ml_report_options();
    o.units = units;
    o.version = "milieu 0.0.0";
    milieu_error err;
    json_error_t where;
    assert_int_equal(ml_report_json(r, &o, SCRATCH("run.json"), &err), MILIEU_OK);
    json_t *root = json_load_file(SCRATCH("run.json"), 0, &where);
    if (!root) fail_msg("line %d: %s", where.line, where.text);
    return root;
}

static double number_at(json_t *list, size_t i) {
    json_t *v = json_array_get(list, i);
    return json_is_null(v) ? (double)NAN : json_number_value(v);
}

static const char *string_of(json_t *o, const char *key) {
    return json_string_value(json_object_get(o, key));
}

static void everything_is_there(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    json_t *root = json_of(&r, ML_UNITS_SI);
    assert_string_equal(string_of(root, "title"), r.title);
    assert_string_equal(string_of(root, "program"), "milieu 0.0.0");
    assert_int_equal(json_array_size(json_object_get(root, "time")), r.ntime);
    assert_int_equal(json_object_size(json_object_get(root, "quantities")), r.noutput);
    assert_int_equal(json_array_size(json_object_get(root, "flags")), r.nflag);
    assert_int_equal(json_array_size(json_object_get(root, "log")), r.nlog);
    assert_string_equal(string_of(json_array_get(json_object_get(root, "log"), 0), "event"), "exercise");
    assert_int_equal(json_array_size(json_object_get(root, "balance")), r.nbalance);
    assert_int_equal(json_array_size(json_object_get(root, "plasma_sodium_causes")), r.nexplanation);
    assert_int_equal(json_array_size(json_object_get(root, "plasma_ph_causes")), r.nexplanation);
    assert_string_equal(string_of(root, "plasma_potassium_unit"), "mmol/L");
    assert_string_equal(string_of(root, "plasma_ph_unit"), "");
    assert_int_equal(json_array_size(json_object_get(root, "notes")), r.nnote);
    json_t *flag = json_array_get(json_object_get(root, "flags"), 2);
    assert_string_equal(string_of(flag, "flag"), "sodium_correction_too_fast");
    assert_string_equal(string_of(flag, "severity"), "mild");
    assert_true(json_is_null(json_object_get(flag, "off")));
    json_decref(root);
    ml_result_free(&r);
}

static void values_come_back(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    json_t *root = json_of(&r, ML_UNITS_SI), *all = json_object_get(root, "quantities");
    json_t *sodium = json_object_get(all, "plasma_sodium"), *list = json_object_get(sodium, "values");
    const double *v = ml_result_series(&r, ML_O_plasma_sodium);
    assert_string_equal(string_of(sodium, "unit"), "mmol/L");
    for (int j = 0; j < r.ntime; j++) assert_true(fabs(number_at(list, (size_t)j) - v[j]) < 1e-12 * v[j]);
    list = json_object_get(json_object_get(all, "sweat_sodium"), "values");
    assert_true(json_is_null(json_array_get(list, (size_t)r.ntime - 1)));
    json_decref(root);
    ml_result_free(&r);
}

static void us_units(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    json_t *root = json_of(&r, ML_UNITS_US), *all = json_object_get(root, "quantities");
    json_t *mass = json_object_get(all, "body_mass");
    assert_string_equal(string_of(root, "units"), "us");
    assert_string_equal(string_of(mass, "unit"), "lb");
    assert_true(fabs(number_at(json_object_get(mass, "values"), 0) - 58 * 2.20462) < 1e-9);
    json_decref(root);
    ml_result_free(&r);
}

/* Bytes that are no UTF-8, quotes, control characters, an infinite value. */
static void difficult_texts(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 1, (double)INFINITY);
    snprintf(r.title, sizeof r.title, "a \"b\" \\ \xff\xfe \x01 </script> \xc3\xa9");
    r.lethal = 1;
    snprintf(r.lethal_cause, sizeof r.lethal_cause, "no\nbreath");
    json_t *root = json_of(&r, ML_UNITS_SI);
    assert_string_equal(string_of(root, "title"), "a \"b\" \\ \xef\xbf\xbd\xef\xbf\xbd   </script> \xc3\xa9");
    assert_string_equal(string_of(root, "lethal_cause"), "no breath");
    json_decref(root);
    ml_result_free(&r);
}

static void empty_result(void **state) {
    (void)state;
    MlResult r = {0};
    json_t *root = json_of(&r, ML_UNITS_SI);
    assert_int_equal(json_array_size(json_object_get(root, "time")), 0);
    json_decref(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_there), cmocka_unit_test(values_come_back), cmocka_unit_test(us_units),
        cmocka_unit_test(difficult_texts),     cmocka_unit_test(empty_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
