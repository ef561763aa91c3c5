/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "report/outfile.h"
#include "report/report.h"
#include "report/sample.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER SCRATCH("outfile")

/* Number of files in the folder: nothing temporary may be left. */
static int files_in_folder(void) {
    int n = 0;
    DIR *d = opendir(FOLDER);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static int fresh_folder(void **state) {
    (void)state;
    mkdir(FOLDER, 0777);
    chmod(FOLDER, 0777);
    remove(FOLDER "/a.txt");
    return files_in_folder() == 0 ? 0 : -1;
}

static void write_word(const char *word) {
    MlOutfile f;
    milieu_error err;
    assert_int_equal(ml_outfile_open(&f, FOLDER "/a.txt", &err), MILIEU_OK);
    fputs(word, f.stream);
    assert_int_equal(ml_outfile_commit(&f, &err), MILIEU_OK);
}

static void commit_makes_and_replaces(void **state) {
    (void)state;
    write_word("first");
    write_word("second");
    char *text = contents(FOLDER "/a.txt");
    assert_string_equal(text, "second");
    free(text);
    assert_int_equal(files_in_folder(), 1);
}

/* What a link leads to is replaced, not the link. */
static void a_link_stays(void **state) {
    (void)state;
    struct stat link;
    MlOutfile f;
    milieu_error err;
    write_word("old");
    unlink(SCRATCH("link.txt"));
    assert_int_equal(symlink("report-outfile/a.txt", SCRATCH("link.txt")), 0);
    assert_int_equal(ml_outfile_open(&f, SCRATCH("link.txt"), &err), MILIEU_OK);
    fputs("new", f.stream);
    assert_int_equal(ml_outfile_commit(&f, &err), MILIEU_OK);
    assert_int_equal(lstat(SCRATCH("link.txt"), &link), 0);
    assert_true(S_ISLNK(link.st_mode));
    char *text = contents(FOLDER "/a.txt");
    assert_string_equal(text, "new");
    free(text);
    assert_int_equal(files_in_folder(), 1);
    unlink(SCRATCH("link.txt"));
}

static void nothing_appears_before_the_end(void **state) {
    (void)state;
    MlOutfile f;
    milieu_error err;
    assert_int_equal(ml_outfile_open(&f, FOLDER "/a.txt", &err), MILIEU_OK);
    fputs("half", f.stream);
    fflush(f.stream);
    assert_int_not_equal(access(FOLDER "/a.txt", F_OK), 0);
    assert_int_equal(access(ml_outfile_unfinished, F_OK), 0);
    ml_outfile_discard(&f);
    assert_null(ml_outfile_unfinished);
    assert_int_equal(files_in_folder(), 0);
}

static void discard_keeps_the_old_file(void **state) {
    (void)state;
    write_word("old");
    MlOutfile f;
    milieu_error err;
    assert_int_equal(ml_outfile_open(&f, FOLDER "/a.txt", &err), MILIEU_OK);
    fputs("new", f.stream);
    ml_outfile_discard(&f);
    char *text = contents(FOLDER "/a.txt");
    assert_string_equal(text, "old");
    free(text);
}

static void missing_folder(void **state) {
    (void)state;
    MlOutfile f;
    milieu_error err;
    assert_int_equal(ml_outfile_open(&f, FOLDER "/none/a.txt", &err), MILIEU_FILE_IO);
    assert_null(ml_outfile_unfinished);
    assert_string_equal(err.where, FOLDER "/none/a.txt");
    assert_holds(err.text, "No such file or directory");
}

static void a_folder_is_no_file(void **state) {
    (void)state;
    MlOutfile f;
    milieu_error err;
    assert_int_equal(ml_outfile_open(&f, FOLDER, &err), MILIEU_FILE_IO);
    assert_holds(err.text, "Is a directory");
}

static void read_only_file_and_folder(void **state) {
    (void)state;
    if (geteuid() == 0) skip(); /* root may write anywhere */
    MlOutfile f;
    milieu_error err;
    write_word("kept");
    chmod(FOLDER "/a.txt", 0444);
    assert_int_equal(ml_outfile_open(&f, FOLDER "/a.txt", &err), MILIEU_FILE_IO);
    assert_holds(err.text, "Permission denied");
    chmod(FOLDER, 0555);
    assert_int_equal(ml_outfile_open(&f, FOLDER "/b.txt", &err), MILIEU_FILE_IO);
    assert_holds(err.text, "Permission denied");
    chmod(FOLDER, 0777);
}

static void full_disk(void **state) {
    (void)state;
    if (access("/dev/full", W_OK) != 0) skip();
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_csv(&r, &o, "/dev/full", &err), MILIEU_FILE_IO);
    assert_holds(err.text, "No space left on device");
    assert_int_equal(ml_report_json(&r, &o, "/dev/full", &err), MILIEU_FILE_IO);
    assert_int_equal(ml_report_html(&r, &o, "/dev/full", &err), MILIEU_FILE_IO);
    assert_int_equal(ml_report_csv(&r, &o, "/dev/full", NULL), MILIEU_FILE_IO);
    FILE *full = fopen("/dev/full", "w");
    assert_int_equal(ml_report_terminal(&r, &o, full), MILIEU_FILE_IO);
    fclose(full);
    ml_result_free(&r);
}

static void device_is_written_directly(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_csv(&r, &o, "/dev/null", &err), MILIEU_OK);
    assert_int_not_equal(access("/dev/null.tmp", F_OK), 0);
    ml_result_free(&r);
}

static void extensions(void **state) {
    (void)state;
    assert_int_equal(ml_report_kind("a.csv"), ML_REPORT_CSV);
    assert_int_equal(ml_report_kind("-"), ML_REPORT_CSV);
    assert_int_equal(ml_report_kind("x/b.HTML"), ML_REPORT_HTML);
    assert_int_equal(ml_report_kind("c.json"), ML_REPORT_JSON);
    assert_int_equal(ml_report_kind("d.nc"), ML_REPORT_NETCDF);
    static const char *const unknown[] = {"a.txt", "csv", "a.csv/b"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) assert_int_equal(ml_report_kind(unknown[i]), ML_REPORT_UNKNOWN);
    MlResult r = {0};
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_report_write(&r, &o, FOLDER "/a.pdf", &err), MILIEU_BAD_INPUT);
    assert_holds(err.text, ".csv, .json, .html or .nc");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(commit_makes_and_replaces, fresh_folder),
        cmocka_unit_test_setup(a_link_stays, fresh_folder),
        cmocka_unit_test_setup(nothing_appears_before_the_end, fresh_folder),
        cmocka_unit_test_setup(discard_keeps_the_old_file, fresh_folder),
        cmocka_unit_test_setup(missing_folder, fresh_folder),
        cmocka_unit_test_setup(a_folder_is_no_file, fresh_folder),
        cmocka_unit_test_setup(read_only_file_and_folder, fresh_folder),
        cmocka_unit_test_setup(full_disk, fresh_folder),
        cmocka_unit_test_setup(device_is_written_directly, fresh_folder),
        cmocka_unit_test_setup(extensions, fresh_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
