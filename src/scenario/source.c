/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/source.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_SIZE = 16 << 20, FIRST_SIZE = 64 << 10 };

static char *read_all(FILE *file, size_t *size) {
    size_t room = FIRST_SIZE, n = 0;
    char *text = malloc(room + 1);
    while (text) {
        n += fread(text + n, 1, room - n, file);
        if (n < room || room > MAX_SIZE) break;
        room *= 2;
        char *grown = realloc(text, room + 1);
        if (!grown) free(text);
        text = grown;
    }
    if (text) text[n] = 0;
    *size = n;
    return text;
}

char *ml_source_read(const char *path, size_t *size, MlIssues *issues) {
    FILE *file = fopen(path, "rb");
    struct stat info;
    if (!file || fstat(fileno(file), &info) != 0) {
        ml_issues_add(issues, MILIEU_FILE_IO, path, 0, 0, "cannot be opened: %s", strerror(errno));
        if (file) fclose(file);
        return NULL;
    }
    if (S_ISDIR(info.st_mode)) {
        ml_issues_add(issues, MILIEU_FILE_IO, path, 0, 0, "is a folder, not a file");
        fclose(file);
        return NULL;
    }
    char *text = read_all(file, size);
    const int error = ferror(file) ? errno : 0;
    fclose(file);
    if (!text) {
        ml_issues_add(issues, MILIEU_NO_MEMORY, path, 0, 0, "no memory to read it");
    } else if (error) {
        ml_issues_add(issues, MILIEU_FILE_IO, path, 0, 0, "cannot be read: %s", strerror(error));
    } else if (*size > MAX_SIZE) {
        ml_issues_add(issues, MILIEU_BAD_INPUT, path, 0, 0, "is larger than 16 MiB");
    } else {
        return text;
    }
    free(text);
    return NULL;
}

bool ml_source_is_text(const char *text, size_t size, const char *file, MlIssues *issues) {
    const unsigned char *p = (const unsigned char *)text;
    int line = 1, column = 1;
    for (size_t i = 0; i < size; column++) {
        const size_t n = ml_text_character(text + i, size - i);
        bool control = (p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r') || p[i] == 0x7f;
        if (n == 0 || control) {
            const char *what = control ? "a control character: the file is not text" : "not UTF-8";
            ml_issues_add(issues, MILIEU_BAD_INPUT, file, line, column, "byte 0x%02x is %s", p[i], what);
            return false;
        }
        if (p[i] == '\n') {
            line++;
            column = 0;
        }
        i += n;
    }
    return true;
}
