/* SPDX-License-Identifier: Apache-2.0 */
/* Malformed files and the errors they are to give, for tests of readers. A file says it at its top, one line
 * per error,
 *
 *     # expect: LINE:COLUMN part of the message
 *     # expect: FILE:LINE:COLUMN part of the message        (in an included file)
 *
 * or, where it cannot hold comments, in FILE.expect without the first two words. The place of a syntax error
 * is the parser's own affair and is not compared. Include after cmocka.h. */
#ifndef TEST_SCENARIO_EXPECT_H
#define TEST_SCENARIO_EXPECT_H

#include "scenario/names.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { MAX_EXPECT = 64 };
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
    if (strcmp(e->text, "not valid YAML") == 0 || strcmp(e->text, "not valid JSON") == 0) return issue->line > 0;
    return issue->line == e->line && issue->column == e->column;
}

/* Reads a file and frees what it read; MILIEU_OK without errors. */
typedef milieu_code TryToRead(const char *path, const MlNames *names, MlIssues *issues);

static void check_file(const char *folder, const char *name, const MlNames *names, TryToRead *read) {
    char path[1024], sidecar[1100];
    Expect expect[MAX_EXPECT];
    MlIssues issues;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(sidecar, sizeof sidecar, "%s.expect", path);
    int n = read_expects(path, name, false, expect);
    if (n == 0) n = read_expects(sidecar, name, true, expect);
    if (n == 0) fail_msg("%s: expects no error", name);
    ml_issues_init(&issues);
    if (read(path, names, &issues) == MILIEU_OK) fail_msg("%s: is accepted", name);
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
    ml_issues_free(&issues);
}

/* Every file of a folder gives exactly the errors it expects; the number of files. */
static int check_folder(const char *path, const MlNames *names, TryToRead *read) {
    int nfile = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!ends_with(entry->d_name, ".yaml") && !ends_with(entry->d_name, ".json")) continue;
        check_file(path, entry->d_name, names, read);
        nfile++;
    }
    closedir(folder);
    return nfile;
}

#endif
