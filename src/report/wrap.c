/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wrap.h"

#include "base/text.h"
#include "report/words.h"

#include <ctype.h>

/* Bytes of what parts words at p: a space or a control character; 0 if there is none. */
static size_t gap(const char *p) {
    const unsigned char *s = (const unsigned char *)p;
    if (*s == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0) return 2;
    return (*s > 0 && *s <= ' ') || *s == 0x7f;
}

static size_t word(const char *p) {
    size_t n = 0;
    while (p[n] && !gap(p + n)) n++;
    return n;
}

/* Bytes up to where a line may end: a number stays with its unit and with what it belongs to. */
static size_t unbroken(const char *p) {
    size_t n = word(p);
    while (p[n] == ' ' && p[n + 1]) {
        int number = n > 0 && isdigit((unsigned char)p[n - 1]);
        int sign = (p[n + 1] == '+' || p[n + 1] == '-') && isdigit((unsigned char)p[n + 2]);
        if (!number && !sign) break;
        n += 1 + word(p + n + 1);
    }
    return n;
}

static void print_clean(const char *text, size_t n, int ascii, FILE *out) {
    char piece[5];
    for (const char *p = text; p < text + n;) {
        p = ml_clean_character(p, ascii, piece);
        fputs(piece, out);
    }
}

void ml_wrap(const char *text, int used, int indent, int width, int ascii, FILE *out) {
    int at = used;
    if (at < indent) at += fprintf(out, "%*s", indent - at, "");
    for (const char *p = text; *p;) {
        size_t length = unbroken(p);
        int wide = ml_text_width(p, length);
        if (at > indent && at + 1 + wide > width) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            putc(' ', out);
            at++;
        }
        print_clean(p, length, ascii, out);
        at += wide;
        for (p += length; gap(p);) p += gap(p);
    }
    putc('\n', out);
}
