/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_WORDS_H
#define ML_REPORT_WORDS_H

#include "report/moved.h"
#include "report/number.h"
#include "report/report.h"

#include <stddef.h>

/* What a run amounts to, in plain words: shared by the terminal and the page. Texts of the user (title,
 * log) are passed on as they are; the writers clean or escape them. */

/* Room for a sentence, also for one that names all flags: "hyponatremia comes and goes, ..." */
enum {
    ML_SENTENCE = 256
#define FLAG(id, output, when, text) +sizeof #id + sizeof " comes and goes"
#include "signs/flags.def"
};

/* What became of an output. */
typedef struct MlTold {
    int output;
    double from, to; /* in its SI unit */
    double low, high; /* of the cramp threshold: its band at the end; else NaN */
    char why[300]; /* "water drunk and absorbed -1.6, sweat +0.3"; may be empty */
} MlTold;

/* One stretch of a run: an hour, a day, a week, or several quiet hours together. */
typedef struct MlStory {
    double from, to;
    char what[ML_SENTENCE];  /* "exercise at 8 MET (until 5 h); drank 250 mL of water (4 times)"; may be empty */
    char flows[160]; /* "took in 1.02 L of water, sweated 0.62 L"; may be empty */
    char flags[ML_SENTENCE]; /* "hyponatremia begins"; may be empty */
    int ntold;
    MlTold told[ML_MAX_MOVED];
} MlStory;

/* Sets *stories to a new array (free it) and returns its length, 0 for an empty run, -1 without memory. */
int ml_stories(const MlResult *r, const MlReportOptions *o, MlStory **stories);

/* "plasma potassium 4.19 -> 3.91 mmol/L" */
void ml_told_words(const MlReportOptions *o, const MlTold *t, char *text, size_t size);

/* "0-1 h", "day 3", "week 2", "-30-0 min": the name of a stretch. */
void ml_story_name(const MlStory *s, char *text, size_t size);

typedef struct MlLine {
    char s[ML_SENTENCE];
} MlLine;
enum { ML_MAX_FINDINGS = 2 * ML_MAX_MOVED + 21 };

/* The main findings, a sentence each, at most ML_MAX_FINDINGS; returns their number. */
int ml_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines);

MlWord ml_flag_title(int flag);             /* "hyponatremia", "sodium correction too fast" */
const char *ml_severity_text(int severity); /* "mild", "moderate", "severe" */

/* The i-th span of the flags, or all spans as one of a flag that comes and goes three times or more. Returns how many they
 * are, 0 where they were told with an earlier one. */
int ml_flag_whole(const MlResult *r, int i, MlFlagSpan *whole);

/* Adds a later span to what earlier ones are as a whole: on until its end, at the worst of all. */
void ml_flag_join(MlFlagSpan *whole, const MlFlagSpan *later);
/* On which side of a flag an output is worse: 1 the higher, -1 the lower, 0 neither is known to be. */
int ml_flag_side(int flag, int output);

/* "from 2 h 40 min (10:40) to 11 h 5 min (19:05); worst at 5 h 5 min (13:05): plasma sodium 127.9 mmol/L" */
void ml_flag_words(const MlResult *r, const MlReportOptions *o, const MlFlagSpan *f, char *text, size_t size);

/* Effects of each cause on one of the explained outputs between two moments, the largest first; returns their number. */
int ml_causes_between(const MlResult *r, MlWhy why, double from, double to, MlCause *causes);
/* "water drunk and absorbed -1.6, sweat +0.3": the main ones of these; empty if nothing is explained. */
void ml_cause_words(const MlResult *r, const MlReportOptions *o, MlWhy why, double from, double to, char *text,
                    size_t size);

/* A cause or a route of the balance sheet, dialysis by its kind where there is one only: "hemofiltration". */
const char *ml_route_told(const MlResult *r, const char *route);

/* Appends to a string of this size; what does not fit is cut off. */
void ml_append(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The first character of a text, which is not empty, without control characters, invalid UTF-8 replaced; ascii: other
 * characters by "?". Returns where the next begins. */
const char *ml_clean_character(const char *text, int ascii, char piece[5]);
/* The whole text; what does not fit is cut off. */
void ml_clean(const char *text, int ascii, char *clean, size_t size);

#endif
