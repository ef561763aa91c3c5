/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "body/tables.h"
#include "report/report.h"
#include "report/sample.h"

#include <math.h>

static char *csv_of(const MlResult *r, MlUnits units) {
    MlReportOptions o = ml_report_options();
    o.units = units;
    milieu_error err;
    assert_int_equal(ml_report_csv(r, &o, SCRATCH("run.csv"), &err), MILIEU_OK);
    return contents(SCRATCH("run.csv"));
}

static void header_names_and_units(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    char *text = csv_of(&r, ML_UNITS_SI);
    assert_memory_equal(text, "time[min],plasma_sodium[mmol/L],plasma_chloride[mmol/L],", 56);
    assert_holds(text, ",brain_water[ratio],");
    free(text);
    text = csv_of(&r, ML_UNITS_US);
    assert_holds(text, ",plasma_sodium[mEq/L],");
    assert_holds(text, ",body_mass[lb],");
    free(text);
    ml_result_free(&r);
}

/* Every value comes back to ten digits, and NaN as an empty field. */
static void values_come_back(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    char *text = csv_of(&r, ML_UNITS_SI), *p = strstr(text, "\r\n") + 2;
    int empty = 0;
    for (int j = 0; j < r.ntime; j++) {
        assert_true(strtod(p, &p) == r.time[j]);
        for (int i = 0; i < r.noutput; i++) {
            double v = r.value[i * r.ntime + j];
            assert_int_equal(*p++, ',');
            if (isnan(v)) {
                empty++;
                assert_true(*p == ',' || *p == '\r');
            } else {
                double read = strtod(p, &p);
                assert_true(fabs(read - v) <= 1e-9 * fabs(v));
            }
        }
        assert_memory_equal(p, "\r\n", 2);
        p += 2;
    }
    assert_int_equal(*p, 0);
    assert_true(empty > 100);
    free(text);
    ml_result_free(&r);
}

static void units_of_temperature_and_mass(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_core_temperature, 1, 37);
    char *text = csv_of(&r, ML_UNITS_US);
    assert_string_equal(text, "time[min],core_temperature[degF]\r\n0,98.6\r\n");
    free(text);
    ml_result_free(&r);
    r = sample_constant(ML_O_body_mass, 1, 100);
    text = csv_of(&r, ML_UNITS_US);
    assert_string_equal(text, "time[min],body_mass[lb]\r\n0,220.462\r\n");
    free(text);
    ml_result_free(&r);
}

static void nothing_to_write(void **state) {
    (void)state;
    MlResult r = {0};
    char *text = csv_of(&r, ML_UNITS_SI);
    assert_string_equal(text, "time[min]\r\n");
    free(text);
}

static void infinite_is_empty(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 1, (double)INFINITY);
    char *text = csv_of(&r, ML_UNITS_SI);
    assert_string_equal(text, "time[min],plasma_sodium[mmol/L]\r\n0,\r\n");
    free(text);
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_names_and_units),
        cmocka_unit_test(values_come_back),
        cmocka_unit_test(units_of_temperature_and_mass),
        cmocka_unit_test(nothing_to_write),
        cmocka_unit_test(infinite_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
