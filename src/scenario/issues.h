/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_ISSUES_H
#define ML_SCENARIO_ISSUES_H

#include "milieu/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with a file: every error with its place, and notes that are no errors. */

typedef struct MlIssue {
    bool note;        /* worth saying, no error */
    milieu_code code; /* MILIEU_BAD_INPUT, MILIEU_NOT_AVAILABLE, MILIEU_FILE_IO, MILIEU_NO_MEMORY */
    const char *file; /* owned by the list */
    int line, column; /* from 1; 0: the file as a whole */
    char text[400];
} MlIssue;

typedef struct MlIssues {
    int n, nerror, dropped; /* all issues, errors among them, issues beyond the limit of the list */
    MlIssue *issue;
    int nfile;
    char **file;
} MlIssues;

void ml_issues_init(MlIssues *list);
void ml_issues_free(MlIssues *list);

/* Adds an error or a note; the same issue at the same place is kept once. */
void ml_issues_add(MlIssues *list, milieu_code code, const char *file, int line, int column,
                   const char *format, ...) __attribute__((format(printf, 6, 7)));
void ml_issues_note(MlIssues *list, const char *file, int line, int column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds those of another list. */
void ml_issues_append(MlIssues *list, const MlIssues *more);

void ml_issues_sort(MlIssues *list); /* by file as first met, line, column */

/* "marathon.yaml:12:9: mass: ..."; a note says so. Returns what snprintf returns. */
int ml_issue_print(const MlIssue *issue, char *buffer, size_t size);

/* MILIEU_OK without errors; MILIEU_NOT_AVAILABLE if all errors are of that kind; else the first of the
 * others. */
milieu_code ml_issues_code(const MlIssues *list);

#endif
