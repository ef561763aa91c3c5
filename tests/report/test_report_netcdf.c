/* SPDX-License-Identifier: Apache-2.0 */
/* A run as NetCDF, read back with the library that reads such files everywhere; without it, the error. */
#include "report/check.h"

#include "body/body.h"
#include "report/report.h"
#include "report/sample.h"

#include <math.h>

#define FILE_NAME SCRATCH("run.nc")

#ifdef ML_WITH_NETCDF
#include <netcdf.h>
#include <unistd.h>

static int opened(const MlResult *r, MlUnits units) {
    MlReportOptions o = ml_report_options();
    milieu_error err;
    int id;
    o.units = units;
    o.version = "milieu test";
    assert_int_equal(ml_report_write(r, &o, FILE_NAME, &err), MILIEU_OK);
    assert_int_equal(nc_open(FILE_NAME, NC_NOWRITE, &id), NC_NOERR);
    return id;
}

static void assert_text(int id, int var, const char *name, const char *wanted) {
    char text[2048] = "";
    size_t length;
    assert_int_equal(nc_inq_attlen(id, var, name, &length), NC_NOERR);
    assert_true(length < sizeof text);
    assert_int_equal(nc_get_att_text(id, var, name, text), NC_NOERR);
    assert_string_equal(text, wanted);
}

static int variable(int id, const char *name) {
    int var;
    assert_int_equal(nc_inq_varid(id, name, &var), NC_NOERR);
    return var;
}

static void values_and_units_come_back(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    const int id = opened(&r, ML_UNITS_SI);
    double *v = malloc((size_t)r.ntime * sizeof *v);
    size_t n;
    int gaps = 0;
    assert_non_null(v);
    assert_int_equal(nc_inq_dimlen(id, 0, &n), NC_NOERR);
    assert_int_equal(n, r.ntime);
    assert_int_equal(nc_get_var_double(id, variable(id, "time"), v), NC_NOERR);
    assert_memory_equal(v, r.time, n * sizeof *v);
    for (int i = 0; i < r.noutput; i++) {
        const MlOutputInfo *row = &ml_outputs[r.output[i]];
        const int var = variable(id, row->name);
        assert_int_equal(nc_get_var_double(id, var, v), NC_NOERR);
        assert_text(id, var, "long_name", row->text);
        assert_text(id, var, "units", strcmp(row->unit, "ratio") ? row->unit : "1");
        for (size_t j = 0; j < n; j++) {
            const double kept = r.value[(size_t)i * n + j];
            gaps += isnan(kept) != 0;
            assert_true(isnan(kept) ? isnan(v[j]) : v[j] == kept);
        }
    }
    assert_true(gaps > 100);
    free(v);
    nc_close(id);
    ml_result_free(&r);
}

static void time_and_sources_are_told(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    const int id = opened(&r, ML_UNITS_US), sodium = variable(id, "plasma_sodium");
    char since[64], source[300];
    double low;
    snprintf(since, sizeof since, "minutes since 2000-01-01 %02d:%02d:00", (int)r.start_clock / 60, (int)r.start_clock % 60);
    assert_text(id, variable(id, "time"), "units", since);
    assert_text(id, variable(id, "time"), "standard_name", "time");
    assert_int_not_equal(nc_inq_attid(id, NC_GLOBAL, "Conventions", NULL), NC_NOERR); /* units such as mEq/L */
    assert_text(id, NC_GLOBAL, "source", "milieu test");
    assert_text(id, NC_GLOBAL, "title", r.title);
    assert_text(id, sodium, "units", "mEq/L");
    assert_int_equal(nc_get_att_double(id, sodium, "reference_low", &low), NC_NOERR);
    assert_true(low > 130 && low < 140);
    assert_int_equal(nc_get_att_text(id, sodium, "reference_source", source), NC_NOERR);
    nc_close(id);
    ml_result_free(&r);
}

static void flags_are_levels_over_time(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    assert_true(r.nflag > 0);
    const MlFlagSpan *f = &r.flag[0];
    const int id = opened(&r, ML_UNITS_SI);
    char name[80];
    snprintf(name, sizeof name, "flag_%s", ml_flag_info(f->flag).name);
    const int var = variable(id, name);
    signed char *level = malloc((size_t)r.ntime);
    assert_non_null(level);
    assert_int_equal(nc_get_var_schar(id, var, level), NC_NOERR);
    assert_text(id, var, "flag_meanings", "none mild moderate severe");
    for (int j = 0; j < r.ntime; j++) {
        if (r.time[j] == f->on) assert_int_equal(level[j], f->severity);
        if (r.time[j] < r.flag[0].on) assert_int_equal(level[j], 0);
    }
    free(level);
    nc_close(id);
    ml_result_free(&r);
}

static void of_nothing(void **state) {
    (void)state;
    MlResult r = {0};
    const int id = opened(&r, ML_UNITS_SI);
    int n;
    assert_int_equal(nc_inq_nvars(id, &n), NC_NOERR);
    assert_int_equal(n, 1);
    nc_close(id);
}

static void a_folder_that_is_not_there(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 2, 140);
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_write(&r, &o, BINARY_DIR "/no/such/run.nc", &err), MILIEU_FILE_IO);
    ml_result_free(&r);
}

/* All of it goes out at once: what went wrong is known only then. */
static void a_full_disk(void **state) {
    (void)state;
    if (access("/dev/full", W_OK) != 0) skip();
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_netcdf(&r, &o, "/dev/full", &err), MILIEU_FILE_IO);
    assert_holds(err.text, "No space left on device");
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_units_come_back), cmocka_unit_test(time_and_sources_are_told),
        cmocka_unit_test(flags_are_levels_over_time), cmocka_unit_test(of_nothing),
        cmocka_unit_test(a_folder_that_is_not_there), cmocka_unit_test(a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void without_it_the_error_says_so(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_plasma_sodium, 2, 140);
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_has_netcdf(), 0);
    assert_int_equal(ml_report_write(&r, &o, FILE_NAME, &err), MILIEU_NOT_AVAILABLE);
    assert_holds(err.text, "libnetcdf");
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_it_the_error_says_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
