/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/malformed is rejected with exactly the errors it expects:
 *
 *     # expect: LINE:COLUMN part of the message
 *     # expect: FILE:LINE:COLUMN part of the message        (in an included file)
 *
 * one line per error at the top of the file, or, where a file cannot hold comments, in FILE.expect without
 * the first two words. The place of a syntax error is the parser's own affair and is not compared. */
#include "names.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_EXPECT = 64 };
static const char FOLDER[] = SOURCE_DIR "/tests/malformed";
static const char MARK[] = "# expect: ";

typedef struct Expect {
    char file[256], text[256];
    int line, column;
    bool met;
} Expect;

/* "12:3 words" or "other.yaml:12:3 words" */
static void parse_expect(const char *text, const char *file, Expect *e) {
    char place[256];
    int used = 0;
    *e = (Expect){.line = -1};
    assert_int_equal(sscanf(text, "%255s %n", place, &used), 1);
    snprintf(e->text, sizeof e->text, "%s", text + used);
    e->text[strcspn(e->text, "\n")] = 0;
    char *colon = strrchr(place, ':');
    assert_non_null(colon);
    e->column = atoi(colon + 1);
    *colon = 0;
    colon = strrchr(place, ':');
    e->line = atoi(colon ? colon + 1 : place);
    if (colon) *colon = 0;
    snprintf(e->file, sizeof e->file, "%s", colon ? place : file);
}

static int read_expects(const char *path, const char *name, bool sidecar, Expect *expect) {
    char line[1024];
    int n = 0;
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    while (fgets(line, sizeof line, file)) {
        bool marked = strncmp(line, MARK, strlen(MARK)) == 0;
        if (!sidecar && !marked) break;
        assert_true(n < MAX_EXPECT);
        parse_expect(sidecar ? line : line + strlen(MARK), name, &expect[n++]);
    }
    fclose(file);
    return n;
}

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool matches(const MlIssue *issue, const Expect *e) {
    if (!ends_with(issue->file, e->file) || !strstr(issue->text, e->text)) return false;
    if (strcmp(e->text, "not valid YAML") == 0) return issue->line > 0;
    return issue->line == e->line && issue->column == e->column;
}

static void check_file(const char *name, const MlNames *names) {
    char path[1024], sidecar[1100];
    Expect expect[MAX_EXPECT];
    MlScenario scenario;
    MlIssues issues;
    snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    snprintf(sidecar, sizeof sidecar, "%s.expect", path);
    int n = read_expects(path, name, false, expect);
    if (n == 0) n = read_expects(sidecar, name, true, expect);
    if (n == 0) fail_msg("%s: expects no error", name);
    ml_issues_init(&issues);
    assert_int_not_equal(ml_scenario_read(path, names, &scenario, &issues), MILIEU_OK);
    for (int i = 0; i < issues.n; i++) {
        bool known = issues.issue[i].note;
        for (int k = 0; k < n && !known; k++)
            if (!expect[k].met && matches(&issues.issue[i], &expect[k])) known = expect[k].met = true;
        if (known) continue;
        ml_issue_print(&issues.issue[i], path, sizeof path);
        fail_msg("not expected: %s", path);
    }
    for (int k = 0; k < n; k++)
        if (!expect[k].met)
            fail_msg("%s:%d:%d: missing: %s", name, expect[k].line, expect[k].column, expect[k].text);
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
}

static void every_malformed_file_is_told_what_is_wrong(void **state) {
    Shipped *shipped = *state;
    int nfile = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!ends_with(entry->d_name, ".yaml") && !ends_with(entry->d_name, ".json")) continue;
        check_file(entry->d_name, &shipped->names);
        nfile++;
    }
    closedir(folder);
    assert_true(nfile >= 60);
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
