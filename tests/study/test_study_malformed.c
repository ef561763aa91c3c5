/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/study/malformed is rejected with exactly the errors it expects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/expect.h"
#include "study/study.h"

static milieu_code try_to_read(const char *path, const MlNames *names, MlIssues *issues) {
    MlStudy study;
    const milieu_code code = ml_study_read(path, names, &study, issues);
    ml_study_free(&study);
    return code;
}

static void every_malformed_study_is_told_what_is_wrong(void **state) {
    const Shipped *shipped = *state;
    assert_true(check_folder(SOURCE_DIR "/tests/study/malformed", &shipped->names, try_to_read) >= 68);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_malformed_study_is_told_what_is_wrong)};
    return cmocka_run_group_tests(tests, shipped_setup, shipped_teardown);
}
