/* SPDX-License-Identifier: Apache-2.0 */
#include "products/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void ml_csv_fail(MlCsvErrors *errors, const char *file, int line, int column, const char *format, ...) {
    if (errors->n == errors->capacity) {
        size_t capacity = errors->capacity ? 2 * errors->capacity : 16;
        milieu_error *item = ml_grow(errors->memory, errors->item, capacity, sizeof *item);
        if (!item) {
            errors->lost = 1;
            return;
        }
        errors->item = item;
        errors->capacity = capacity;
    }
    char text[sizeof errors->item->text], where[sizeof errors->item->where];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    snprintf(where, sizeof where, "%s:%d:%d", file, line, column);
    ml_fail(&errors->item[errors->n++], MILIEU_BAD_INPUT, where, "%s", text);
}

void ml_csv_errors_free(MlCsvErrors *errors) {
    ml_free(errors->item);
    *errors = (MlCsvErrors){.memory = errors->memory};
}

void ml_csv_open(MlCsv *csv, const char *file, char *text, MlCsvErrors *errors) {
    *csv = (MlCsv){.file = file, .next = text, .line_start = text, .line = 1, .errors = errors};
    if (!strncmp(text, "\xEF\xBB\xBF", 3)) csv->next = csv->line_start = text + 3;
}

static int column(const MlCsv *csv, const char *p) { return (int)(p - csv->line_start) + 1; }

static int at_line_end(const char *p) { return *p == '\n' || *p == 0 || (*p == '\r' && p[1] == '\n'); }

static char *line_end(char *p) {
    while (!at_line_end(p)) p++;
    return p;
}

/* Steps over the line break at p. */
static char *next_line(MlCsv *csv, char *p) {
    if (*p == '\r') p++;
    if (*p == '\n') {
        p++;
        csv->line++;
        csv->line_start = p;
    }
    return p;
}

static int is_blank(char c) { return c == ' ' || c == '\t'; }

/* Reads a cell in quotes, p behind the opening one; returns where it ends. Halves doubled quotes in place. */
static char *quoted(MlCsv *csv, char *p, char **end) {
    char *to = p;
    for (;; p++) {
        if (*p == 0) {
            MlCsvCell *c = &csv->cell[csv->ncell];
            ml_csv_fail(csv->errors, csv->file, c->line, c->column, "a quote is not closed");
            break;
        }
        if (*p == '"') {
            if (p[1] != '"') break;
            p++;
        } else if (*p == '\n') {
            csv->line++;
            csv->line_start = p + 1;
        }
        *to++ = *p;
    }
    *end = to;
    if (*p == '"') p++;
    while (is_blank(*p)) p++;
    if (*p != ',' && !at_line_end(p)) {
        ml_csv_fail(csv->errors, csv->file, csv->line, column(csv, p), "text after the closing quote");
        while (*p != ',' && !at_line_end(p)) p++;
    }
    return p;
}

static char *plain(char *p, char **end) {
    char *to = p;
    for (; *p != ',' && !at_line_end(p); p++)
        if (!is_blank(*p)) to = p + 1;
    *end = to;
    return p;
}

/* Skips blank lines and comments. */
static char *row_start(MlCsv *csv) {
    char *p = csv->next;
    while (*p) {
        char *q = p;
        while (is_blank(*q)) q++;
        if (*q != '#' && !at_line_end(q)) return p;
        p = next_line(csv, line_end(q));
    }
    return p;
}

int ml_csv_row(MlCsv *csv) {
    char *p = row_start(csv);
    csv->ncell = 0;
    csv->next = p;
    if (!*p) return 0;
    for (;;) {
        while (is_blank(*p)) p++;
        MlCsvCell *cell = &csv->cell[csv->ncell];
        *cell = (MlCsvCell){p, csv->line, column(csv, p)};
        char *end;
        if (*p == '"')
            cell->text = p + 1, p = quoted(csv, p + 1, &end);
        else
            p = plain(p, &end);
        int more = *p == ',';
        if (csv->ncell < ML_CSV_CELLS - 1)
            csv->ncell++;
        else if (more) {
            ml_csv_fail(csv->errors, csv->file, csv->line, column(csv, p), "more than %d cells",
                        ML_CSV_CELLS - 1);
            p = line_end(p);
            more = 0;
        }
        char *after = more ? p + 1 : next_line(csv, p);
        *end = 0;
        p = after;
        if (!more) break;
    }
    csv->next = p;
    return 1;
}
