/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "import.h"

#include "base/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

milieu_code table_fail(const TableFile *t, milieu_error *error, const char *format, ...) {
    char text[sizeof error->text], where[sizeof error->where];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const size_t length = strlen(t->path), most = sizeof where - 16;
    snprintf(where, sizeof where, "%.112s:%d", length > most ? t->path + length - most : t->path, t->line);
    return ml_fail(error, MILIEU_BAD_INPUT, where, "%s", text);
}

void table_close(TableFile *t) {
    if (t->stream) fclose(t->stream);
    free(t->text);
    t->stream = NULL;
    t->text = NULL;
}

/* Quotes that are still open at the end of so many characters. */
static int is_open(const char *text, size_t n) {
    int open = 0;
    for (size_t i = 0; i < n; i++) open ^= text[i] == '"';
    return open;
}

/* The next row into text; its length, 0 at the end, -1 after an error. */
static ssize_t read_text(TableFile *t, milieu_error *error) {
    enum { LONGEST = 1 << 20 };
    char *more = NULL;
    size_t room = 0;
    ssize_t n = getline(&t->text, &t->room, t->stream);
    t->line = t->next + 1;
    t->next = t->line;
    while (n > 0 && is_open(t->text, (size_t)n)) {
        const ssize_t m = getline(&more, &room, t->stream);
        char *grown = m > 0 && n + m < LONGEST ? realloc(t->text, (size_t)(n + m) + 1) : NULL;
        if (!grown) {
            free(more);
            return table_fail(t, error, "a quote is not closed"), -1;
        }
        t->text = grown;
        t->room = (size_t)(n + m) + 1;
        memcpy(t->text + n, more, (size_t)m + 1);
        n += m;
        t->next++;
    }
    free(more);
    if (n <= 0) return ferror(t->stream) ? (ml_fail(error, MILIEU_FILE_IO, t->path, "%s", strerror(errno)), -1) : 0;
    t->done += n;
    if (memchr(t->text, 0, (size_t)n)) return table_fail(t, error, "a NUL byte: this is no text"), -1;
    return n;
}

/* Cuts the text into cells, quotes undone. */
static int cut(TableFile *t) {
    char *p = t->text + (t->line <= 1 && !strncmp(t->text, "\xEF\xBB\xBF", 3) ? 3 : 0);
    for (t->ncell = 0; t->ncell < TABLE_CELLS;) {
        char *to = t->cell[t->ncell++] = p;
        int quoted = *p == '"';
        if (quoted) p++;
        for (; *p && (quoted || (*p != ',' && *p != '\n' && *p != '\r')); p++) {
            if (quoted && *p == '"' && *++p != '"') {
                quoted = 0;
                p--;
                continue;
            }
            *to++ = *p;
        }
        const char end = *p;
        *to = 0;
        p += end != 0;
        if (end != ',') return 1;
    }
    return 0;
}

int table_row(TableFile *t, milieu_error *error) {
    for (;;) {
        const ssize_t n = read_text(t, error);
        if (n <= 0) return (int)n;
        if (t->text[strspn(t->text, " \t\r\n")] == 0) continue;
        if (cut(t)) return 1;
        return table_fail(t, error, "more than %d cells", TABLE_CELLS), -1;
    }
}

const char *table_cell(const TableFile *t, int place) { return place >= 0 && place < t->ncell ? t->cell[place] : ""; }

milieu_code table_open(TableFile *t, const char *folder, const char *name, int needed, const char *const *column, int *place,
                       milieu_error *error) {
    struct stat info;
    *t = (TableFile){0};
    snprintf(t->path, sizeof t->path, "%s/%s", folder, name);
    t->stream = fopen(t->path, "rb");
    if (!t->stream && !needed && errno == ENOENT) return MILIEU_OK;
    if (!t->stream) return ml_fail(error, MILIEU_BAD_INPUT, t->path, "%s; give the folder into which the download was unpacked", strerror(errno));
    if (fstat(fileno(t->stream), &info) == 0) t->size = info.st_size;
    const int got = table_row(t, error);
    milieu_code code = got > 0 ? MILIEU_OK : got < 0 ? MILIEU_BAD_INPUT : table_fail(t, error, "the file is empty");
    for (int i = 0; code == MILIEU_OK && column[i]; i++) {
        place[i] = -1;
        for (int k = 0; k < t->ncell; k++)
            if (!strcmp(t->cell[k], column[i])) place[i] = k;
        if (place[i] < 0) code = table_fail(t, error, "there is no column %s; is this the table of FoodData Central?", column[i]);
    }
    if (code != MILIEU_OK) table_close(t);
    return code;
}
