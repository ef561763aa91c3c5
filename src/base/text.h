/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_BASE_TEXT_H
#define ML_BASE_TEXT_H

#include <stddef.h>

/* The candidate a user may have meant by word: the one with the fewest typing slips (a letter missing,
 * added, wrong, or two swapped), else the shortest that begins with word. Case does not count. NULL if
 * none is near; candidates may hold NULL. The answer is one of candidates. */
const char *ml_nearest(const char *word, const char *const *candidates, size_t n);

/* Number of typing slips between two words, at most limit + 1. Case does not count. */
int ml_text_distance(const char *a, const char *b, int limit);

/* 1 if part occurs in text. ASCII letters match in either case; an empty part occurs everywhere. */
int ml_text_contains(const char *text, const char *part);

/* Reads a decimal number (12, -0.5, .5, 1e3) at text, in any locale. Returns 1 and sets *value and, if end
 * is not NULL, *end behind it; 0 if there is no number or it does not fit a double. */
int ml_text_number(const char *text, const char **end, double *value);

/* A number beyond a range, in as few digits, but four, as show that it is. Returns buffer. */
enum { ML_BEYOND_SIZE = 32 };
const char *ml_text_beyond(double value, double low, double high, char buffer[ML_BEYOND_SIZE]);

/* 1 if text is a name of the file formats: lower-case words of letters, digits, '.', '%' joined by single
 * hyphens, such as banana or saline-0.9%. */
int ml_text_is_name(const char *text);

/* Bytes of the UTF-8 character at text, of which so many are left; 0 if there is none. */
size_t ml_text_character(const char *text, size_t left);

/* Characters of the first n bytes of a UTF-8 text: the columns it takes. */
int ml_text_width(const char *text, size_t n);

#endif
