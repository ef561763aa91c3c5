/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "command.h"
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

/* Whether a quote is open behind so many characters more. */
static int still_open(int open, char quote, const char *text, size_t n) {
    for (size_t i = 0; i < n; i++) open ^= text[i] == quote;
    return open;
}

/* Room for that many bytes; false: out of memory. */
static int make_room(TableFile *t, size_t needed) {
    if (needed <= t->room) return 1;
    const size_t room = needed > 2 * t->room ? needed : 2 * t->room;
    char *grown = realloc(t->text, room);
    if (!grown) return 0;
    t->text = grown;
    t->room = room;
    return 1;
}

/* Lines behind the first n characters until no quote is open; the length, -1 after an error. */
static ssize_t read_on(TableFile *t, ssize_t n, milieu_error *error) {
    enum { LONGEST = 1 << 20 };
    char *more = NULL;
    size_t room = 0;
    milieu_code code = MILIEU_OK;
    int open = still_open(0, t->quote, t->text, (size_t)n);
    while (open && code == MILIEU_OK) {
        const ssize_t m = getline(&more, &room, t->stream);
        if (interrupted) {
            code = ml_fail(error, MILIEU_INTERRUPTED, t->path, "interrupted; nothing was written");
        } else if (m <= 0 && ferror(t->stream)) {
            code = ml_fail(error, MILIEU_FILE_IO, t->path, "%s", strerror(errno));
        } else if (m <= 0 && !feof(t->stream)) {
            code = ml_fail(error, MILIEU_NO_MEMORY, t->path, "out of memory");
        } else if (m <= 0 || n + m >= LONGEST) {
            code = table_fail(t, error, "a quote is not closed");
        } else if (!make_room(t, (size_t)(n + m) + 1)) {
            code = ml_fail(error, MILIEU_NO_MEMORY, t->path, "out of memory");
        } else {
            memcpy(t->text + n, more, (size_t)m + 1);
            open = still_open(open, t->quote, more, (size_t)m);
            n += m;
            t->next++;
        }
    }
    free(more);
    return code == MILIEU_OK ? n : -1;
}

/* The next row into text; its length, 0 at the end, -1 after an error. */
static ssize_t read_text(TableFile *t, milieu_error *error) {
    ssize_t n = getline(&t->text, &t->room, t->stream);
    t->line = t->next + 1;
    t->next = t->line;
    if (n <= 0) {
        if (feof(t->stream) && !ferror(t->stream)) return 0;
        if (ferror(t->stream)) return ml_fail(error, MILIEU_FILE_IO, t->path, "%s", strerror(errno)), -1;
        return ml_fail(error, MILIEU_NO_MEMORY, t->path, "out of memory"), -1;
    }
    n = read_on(t, n, error);
    if (n < 0) return -1;
    t->done += n;
    if (memchr(t->text, 0, (size_t)n)) return table_fail(t, error, "a NUL byte: this is no text"), -1;
    return n;
}

/* Cuts the text into cells, quotes undone. */
static int cut(TableFile *t) {
    char *p = t->text + (t->line <= 1 && !strncmp(t->text, "\xEF\xBB\xBF", 3) ? 3 : 0);
    for (t->ncell = 0; t->ncell < TABLE_CELLS;) {
        char *to = t->cell[t->ncell++] = p;
        int quoted = *p == t->quote;
        if (quoted) p++;
        for (; *p && (quoted || (*p != t->separator && *p != '\n' && *p != '\r')); p++) {
            if (quoted && *p == t->quote && *++p != t->quote) {
                quoted = 0;
                p--;
                continue;
            }
            *to++ = *p;
        }
        const char end = *p;
        *to = 0;
        p += end != 0;
        if (end != t->separator) return 1;
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

static milieu_code open_file(TableFile *t, const char *folder, const char *name, int needed, milieu_error *error) {
    struct stat info;
    snprintf(t->path, sizeof t->path, "%s/%s", folder, name);
    t->stream = fopen(t->path, "rb");
    if (!t->stream && !needed && errno == ENOENT) return MILIEU_OK;
    if (!t->stream) return ml_fail(error, MILIEU_BAD_INPUT, t->path, "%s; give the folder into which the download was unpacked", strerror(errno));
    if (fstat(fileno(t->stream), &info) == 0) t->size = info.st_size;
    return MILIEU_OK;
}

milieu_code table_open_carets(TableFile *t, const char *folder, const char *name, int needed, milieu_error *error) {
    *t = (TableFile){.separator = '^', .quote = '~'};
    return open_file(t, folder, name, needed, error);
}

milieu_code table_open(TableFile *t, const char *folder, const char *name, int needed, const char *const *column, int *place,
                       milieu_error *error) {
    *t = (TableFile){.separator = ',', .quote = '"'};
    ML_TRY(open_file(t, folder, name, needed, error));
    if (!t->stream) return MILIEU_OK;
    const int got = table_row(t, error);
    milieu_code code = got > 0 ? MILIEU_OK : got < 0 ? error->code : table_fail(t, error, "the file is empty");
    for (int i = 0; code == MILIEU_OK && column[i]; i++) {
        place[i] = -1;
        for (int k = 0; k < t->ncell; k++)
            if (!strcmp(t->cell[k], column[i])) place[i] = k;
        if (place[i] < 0) code = table_fail(t, error, "there is no column %s; is this the table of FoodData Central?", column[i]);
    }
    if (code != MILIEU_OK) table_close(t);
    return code;
}
