/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_COMPARE_H
#define ML_REPORT_COMPARE_H

#include "report/report.h"
#include "report/values.h"

/* Several runs side by side: what differs between their scenarios, and what came of it. */

enum { ML_MOST_COMPARED = 8, ML_NAME_OF_SIDE = 120, ML_DIFFERENCES_TOLD = 60, ML_DIFFERENCE_TEXT = 1024 };

typedef struct MlSide {
    char letter;                /* A, B, ... */
    char name[ML_NAME_OF_SIDE]; /* its title, or its file where titles do not tell the sides apart */
    const char *file;
    const MlScenario *scenario;
    const MlResult *r;
} MlSide;

/* A fact of person or scenario with its value on each side, or an entry of the timeline that not all have. */
typedef struct MlDifference {
    int is_event;
    unsigned in; /* of an event: bit i: side i has it */
    double at;   /* of an event: when, for their order */
    char name[ML_DIFFERENCE_TEXT];                    /* "age"; "drink 333 mL of water at 10 min, ..." */
    char value[ML_MOST_COMPARED][ML_DIFFERENCE_TEXT]; /* of a fact */
} MlDifference;

/* One output on every side. */
typedef struct MlContrast {
    int output;
    double apart; /* the farthest that start, extremes, ends or values of one moment lie apart, in widths of the normal range or of what a drawing spans */
    double gap, gap_at; /* the farthest that values of one moment lie apart, and when; NaN: they share no moment */
    double then[ML_MOST_COMPARED]; /* these values */
    int gap_tells;      /* 1 where that is clearly farther than start, extremes and ends are apart */
    int moved;    /* 1 where the report of one of the runs tells it */
    int rank;      /* -3 to -1: what a severe to mild flag of one of the runs is told by, 1: what reports explain, 2: other main values, 3: hormones and what is stored besides */
    MlExtremes x[ML_MOST_COMPARED];
} MlContrast;

/* A flag that is on in one of the runs, as a whole on each side. */
typedef struct MlFlagContrast {
    int flag, severity; /* the worst of all sides */
    int times[ML_MOST_COMPARED]; /* spans; 0: not on */
    MlFlagSpan whole[ML_MOST_COMPARED];
} MlFlagContrast;

typedef struct MlComparison {
    int n;
    MlSide side[ML_MOST_COMPARED];
    int ndifference, nuntold; /* told, and left out */
    MlDifference *difference;
    int ncontrast;
    MlContrast *contrast; /* of what all sides store; by rank as far as they are apart enough, then farthest apart first */
    int nflag;
    MlFlagContrast *flag; /* the worst first */
} MlComparison;

/* Below this a contrast is no difference to speak of. */
extern const double ml_apart_enough;
/* How much farther than these a gap is clearly farther. */
extern const double ml_gap_enough;

/* Fills *c for sides whose file, scenario and r are set (2 to ML_MOST_COMPARED); free with ml_comparison_free. */
milieu_code ml_comparison_make(MlComparison *c, milieu_error *err);
void ml_comparison_free(MlComparison *c);

/* compare_facts.c: fills the differences of the scenarios. */
milieu_code ml_comparison_facts(MlComparison *c);

/* "A", "A and C", "all but B": the sides of a set of bits. */
void ml_sides_words(const MlComparison *c, unsigned in, char *text, size_t size);
/* One safety limit that one of the runs broke, on every side. */
typedef struct MlBreachContrast {
    milieu_breach first; /* of the first side that broke it */
    int times[ML_MOST_COMPARED]; /* 0: kept */
    milieu_breach whole[ML_MOST_COMPARED];
} MlBreachContrast;
/* The k-th of those, hard ones first; 0: there are no more. */
int ml_breach_contrast(const MlComparison *c, int k, MlBreachContrast *row);

/* The sides that have this note. */
unsigned ml_noted_by(const MlComparison *c, const char *note);
/* The balance of a substance (its row of substances.def) of one side; NULL: none. */
const MlBalance *ml_balance_of(const MlResult *r, int substance);
/* Substances whose totals are told, water first; -1 ends the list. */
extern const int ml_totals_told[];

/* Main sentences, at most ML_COMPARE_SENTENCES; returns their number. */
enum { ML_COMPARE_SENTENCES = 16, ML_COMPARE_SENTENCE = 600 };
typedef struct MlCompareLine {
    char s[ML_COMPARE_SENTENCE];
} MlCompareLine;
int ml_comparison_words(const MlComparison *c, const MlReportOptions *o, MlCompareLine *lines);

milieu_code ml_compare_terminal(const MlComparison *c, const MlReportOptions *o, FILE *out);
milieu_code ml_compare_html(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err);
milieu_code ml_compare_json(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err);
milieu_code ml_compare_csv(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err);
/* One of these by the extension of path. */
milieu_code ml_compare_write(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err);

#endif
