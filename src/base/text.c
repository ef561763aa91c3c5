/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_WORD = 63 }; /* longer words are compared by prefix only */

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c; }

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static int least(int a, int b) { return a < b ? a : b; }

/* Optimal string alignment, three rows of its table at a time. */
int ml_text_distance(const char *a, const char *b, int limit) {
    size_t na = strlen(a), nb = strlen(b);
    if (na > LONGEST_WORD || nb > LONGEST_WORD) return limit + 1;
    if ((na > nb ? na - nb : nb - na) > (size_t)limit) return limit + 1;
    int rows[3][LONGEST_WORD + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= nb; j++) last[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = least(last[j - 1] + !same, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
        int *oldest = before;
        before = last, last = now, now = oldest;
    }
    return least(last[nb], limit + 1);
}

static int begins_with(const char *text, const char *start) {
    for (; *start; text++, start++)
        if (lower(*text) != lower(*start)) return 0;
    return 1;
}

const char *ml_nearest(const char *word, const char *const *candidates, size_t n) {
    size_t length = strlen(word);
    int limit = length < 3 ? 1 : 1 + (int)length / 4;
    const char *best = NULL, *longer = NULL;
    int fewest = limit + 1;
    for (size_t i = 0; i < n; i++) {
        if (!candidates[i]) continue;
        int slips = ml_text_distance(word, candidates[i], fewest - 1);
        if (slips < fewest) fewest = slips, best = candidates[i];
        if (length >= 3 && begins_with(candidates[i], word) &&
            (!longer || strlen(candidates[i]) < strlen(longer)))
            longer = candidates[i];
    }
    return longer && fewest > 1 ? longer : best;
}

int ml_text_contains(const char *text, const char *part) {
    do
        if (begins_with(text, part)) return 1;
    while (*text++);
    return 0;
}

/* digits * 10^exponent: exact products and quotients where they exist, else by extended precision. */
static double scaled(uint64_t digits, int exponent) {
    static const double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (digits <= (UINT64_C(1) << 53) && exponent >= -22 && exponent <= 22)
        return exponent < 0 ? (double)digits / ten[-exponent] : (double)digits * ten[exponent];
    long double value = (long double)digits, power = 1, base = 10;
    for (int e = exponent < 0 ? -exponent : exponent; e; e >>= 1, base *= base)
        if (e & 1) power *= base;
    return (double)(exponent < 0 ? value / power : value * power);
}

/* Reads an exponent such as e-3; leaves *text alone where there is none. */
static int exponent_at(const char **text) {
    const char *p = *text;
    if (*p != 'e' && *p != 'E') return 0;
    p++;
    int negative = *p == '-', exponent = 0;
    if (*p == '-' || *p == '+') p++;
    if (!is_digit(*p)) return 0;
    for (; is_digit(*p); p++)
        if (exponent < 10000) exponent = 10 * exponent + (*p - '0');
    *text = p;
    return negative ? -exponent : exponent;
}

int ml_text_number(const char *text, const char **end, double *value) {
    const char *p = text;
    int negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    uint64_t digits = 0;
    int exponent = 0, seen = 0, point = 0;
    for (;; p++) {
        if (*p == '.' && !point) {
            point = 1;
        } else if (is_digit(*p)) {
            seen = 1;
            int room = digits < UINT64_MAX / 10 - 1;
            if (room) digits = 10 * digits + (uint64_t)(*p - '0');
            exponent += room ? -point : !point;
        } else {
            break;
        }
    }
    if (!seen) return 0;
    exponent += exponent_at(&p);
    if (exponent > 400 && digits) return 0;
    double result = digits == 0 || exponent < -400 ? 0 : scaled(digits, exponent);
    if (result > DBL_MAX) return 0;
    *value = negative ? -result : result;
    if (end) *end = p;
    return 1;
}

const char *ml_text_beyond(double value, double low, double high, char buffer[ML_BEYOND_SIZE]) {
    for (int digits = 4; digits <= 17; digits++) {
        const char *end;
        double shown;
        snprintf(buffer, ML_BEYOND_SIZE, "%.*g", digits, value);
        if (!ml_text_number(buffer, &end, &shown) || !(shown >= low && shown <= high)) break;
    }
    return buffer;
}

int ml_text_is_name(const char *text) {
    for (const char *p = text; *p; p++) {
        int word = (*p >= 'a' && *p <= 'z') || is_digit(*p) || *p == '.' || *p == '%';
        int hyphen = *p == '-' && p > text && p[-1] != '-' && p[1];
        if (!word && !hyphen) return 0;
    }
    return *text != 0;
}

size_t ml_text_character(const char *text, size_t left) {
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) return 1;
    size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90)) return 0; /* longer than need be */
    if ((p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f)) return 0; /* no characters */
    return n;
}

int ml_text_width(const char *text, size_t n) {
    int width = 0;
    for (size_t i = 0; i < n; i++) width += ((unsigned char)text[i] & 0xc0) != 0x80;
    return width;
}
