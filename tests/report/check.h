/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_TESTS_REPORT_CHECK_H
#define ML_TESTS_REPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name for a file of this test, below the build folder. */
#define SCRATCH(name) BINARY_DIR "/report-" name

/* The whole file as a string; free it. */
static inline char *contents(const char *path) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t size = 0, space = 1 << 16;
    char *text = malloc(space + 1);
    assert_non_null(text);
    for (size_t n; (n = fread(text + size, 1, space - size, f)) > 0;) {
        size += n;
        if (size == space) text = realloc(text, (space *= 2) + 1);
        assert_non_null(text);
    }
    fclose(f);
    text[size] = 0;
    return text;
}

static inline void assert_holds(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("'%s' is missing", part);
}

static inline void assert_lacks(const char *text, const char *part) {
    const char *found = strstr(text, part);
    if (found) fail_msg("'%s' should not be there: %.60s", part, found);
}

#endif
