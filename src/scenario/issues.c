/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/issues.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ISSUES = 200 };

void ml_issues_init(MlIssues *list) { memset(list, 0, sizeof *list); }

void ml_issues_free(MlIssues *list) {
    for (int i = 0; i < list->nfile; i++) free(list->file[i]);
    free(list->file);
    free(list->issue);
    ml_issues_init(list);
}

/* The list's own copy of a file name. */
static const char *keep_name(MlIssues *list, const char *file) {
    if (!file) file = "";
    for (int i = 0; i < list->nfile; i++)
        if (strcmp(list->file[i], file) == 0) return list->file[i];
    char **grown = realloc(list->file, ((size_t)list->nfile + 1) * sizeof *grown);
    if (!grown) return "";
    list->file = grown;
    size_t size = strlen(file) + 1;
    char *copy = malloc(size);
    if (!copy) return "";
    memcpy(copy, file, size);
    return list->file[list->nfile++] = copy;
}

static bool same(const MlIssue *a, const MlIssue *b) {
    return a->file == b->file && a->line == b->line && a->column == b->column &&
           strcmp(a->text, b->text) == 0;
}

static void add(MlIssues *list, MlIssue *issue, const char *format, va_list args) {
    vsnprintf(issue->text, sizeof issue->text, format, args);
    for (int i = 0; i < list->n; i++)
        if (same(&list->issue[i], issue)) return;
    if (!issue->note) list->nerror++;
    if (list->n == MAX_ISSUES) {
        list->dropped++;
        return;
    }
    if (!list->issue) list->issue = malloc(MAX_ISSUES * sizeof *list->issue);
    if (list->issue)
        list->issue[list->n++] = *issue;
    else if (!issue->note)
        list->dropped++;
}

void ml_issues_add(MlIssues *list, milieu_code code, const char *file, int line, int column,
                   const char *format, ...) {
    MlIssue issue = {.code = code, .file = keep_name(list, file), .line = line, .column = column};
    va_list args;
    va_start(args, format);
    add(list, &issue, format, args);
    va_end(args);
}

void ml_issues_note(MlIssues *list, const char *file, int line, int column, const char *format, ...) {
    MlIssue issue = {.note = true, .file = keep_name(list, file), .line = line, .column = column};
    va_list args;
    va_start(args, format);
    add(list, &issue, format, args);
    va_end(args);
}

void ml_issues_append(MlIssues *list, const MlIssues *more) {
    int left = more->nerror; /* those that more could not keep count too */
    for (int i = 0; i < more->n; i++) {
        const MlIssue *x = &more->issue[i];
        left -= !x->note;
        if (x->note)
            ml_issues_note(list, x->file, x->line, x->column, "%s", x->text);
        else
            ml_issues_add(list, x->code, x->file, x->line, x->column, "%s", x->text);
    }
    list->nerror += left;
    list->dropped += more->dropped;
}

static bool after(const MlIssues *list, const MlIssue *a, const MlIssue *b) {
    if (a->file != b->file) {
        for (int i = 0; i < list->nfile; i++) {
            if (list->file[i] == a->file) return false;
            if (list->file[i] == b->file) return true;
        }
    }
    if (a->line != b->line) return a->line > b->line;
    return a->column > b->column;
}

void ml_issues_sort(MlIssues *list) {
    for (int i = 1; i < list->n; i++) {
        MlIssue issue = list->issue[i];
        int j = i;
        for (; j > 0 && after(list, &list->issue[j - 1], &issue); j--) list->issue[j] = list->issue[j - 1];
        list->issue[j] = issue;
    }
}

int ml_issue_print(const MlIssue *issue, char *buffer, size_t size) {
    const char *kind = issue->note ? "note: " : "";
    if (issue->line == 0) return snprintf(buffer, size, "%s: %s%s", issue->file, kind, issue->text);
    return snprintf(buffer, size, "%s:%d:%d: %s%s", issue->file, issue->line, issue->column, kind,
                    issue->text);
}

milieu_code ml_issues_code(const MlIssues *list) {
    if (list->nerror == 0) return MILIEU_OK;
    if (list->n == 0) return MILIEU_NO_MEMORY; /* not even for the list */
    if (list->dropped) return MILIEU_BAD_INPUT;
    for (int i = 0; i < list->n; i++)
        if (!list->issue[i].note && list->issue[i].code != MILIEU_NOT_AVAILABLE) return list->issue[i].code;
    return MILIEU_NOT_AVAILABLE;
}
