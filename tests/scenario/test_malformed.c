/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/malformed is rejected with exactly the errors it expects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/expect.h"

static const char FOLDER[] = SOURCE_DIR "/tests/malformed";

static milieu_code try_to_read(const char *path, const MlNames *names, MlIssues *issues) {
    MlScenario scenario;
    const milieu_code code = ml_scenario_read(path, names, &scenario, issues);
    ml_scenario_free(&scenario);
    return code;
}

static void every_malformed_file_is_told_what_is_wrong(void **state) {
    const Shipped *shipped = *state;
    assert_true(check_folder(FOLDER, &shipped->names, try_to_read) >= 60);
}

static void no_such_file_and_folders(void **state) {
    Shipped *shipped = *state;
    static const struct {
        const char *path, *text;
    } bad[] = {{SOURCE_DIR "/tests/no-such-file.yaml", "cannot be opened"},
               {FOLDER, "is a folder"},
               {"", "cannot be opened"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        MlScenario scenario;
        MlIssues issues;
        ml_issues_init(&issues);
        assert_int_equal(ml_scenario_read(bad[i].path, &shipped->names, &scenario, &issues), MILIEU_FILE_IO);
        assert_int_equal(issues.n, 1);
        assert_non_null(strstr(issues.issue[0].text, bad[i].text));
        ml_scenario_free(&scenario);
        ml_issues_free(&issues);
    }
}

static void large_files_are_refused(void **state) {
    Shipped *shipped = *state;
    char path[] = "/tmp/milieu-large-XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    FILE *file = fdopen(handle, "wb");
    for (int i = 0; i < 17 << 10; i++) fprintf(file, "# %1020d\n", i);
    fclose(file);
    MlScenario scenario;
    MlIssues issues;
    ml_issues_init(&issues);
    assert_int_equal(ml_scenario_read(path, &shipped->names, &scenario, &issues), MILIEU_BAD_INPUT);
    assert_non_null(strstr(issues.issue[0].text, "16 MiB"));
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_malformed_file_is_told_what_is_wrong),
        cmocka_unit_test(no_such_file_and_folders),
        cmocka_unit_test(large_files_are_refused),
    };
    return cmocka_run_group_tests(tests, shipped_setup, shipped_teardown);
}
