/* SPDX-License-Identifier: Apache-2.0 */
/* What flags need of the last two days: extremes of sodium, urine and filtration. */
#ifndef ML_SIGNS_PAST_H
#define ML_SIGNS_PAST_H

/* Marks every ten minutes since the first observation; values there are interpolated. */
enum { ML_PAST_MARKS = 48 * 6 + 2 };

typedef struct MlPastMark {
    double sodium;
    double low, high; /* of sodium since the mark before, while the disorder is chronic; else +-infinity */
    double urine;     /* L since the beginning */
    double filtrate;  /* L since the beginning */
} MlPastMark;

/* A disorder of sodium counts as chronic when sodium has been beyond its limit for 48 h, or when it already
 * was at the first observation; it ends when sodium has been back for 48 h. */
typedef struct MlChronic {
    double limit;
    int side;
    double beyond_since, back_since; /* NaN: not */
    double from;                     /* NaN: not chronic */
} MlChronic;

typedef struct MlPast {
    double mass, gfr_start;              /* kg, mL/min; NaN: hardly any */
    double begin, t;                     /* first and last observation; NaN: none */
    double sodium, urine, gfr, filtrate; /* at the last observation */
    MlChronic low, high;
    double least, most; /* of sodium since the last mark, while chronic */
    long last;          /* number of the last mark */
    MlPastMark mark[ML_PAST_MARKS];
} MlPast;

void ml_past_begin(MlPast *p, double mass, double gfr);

/* Takes note; NaN leaves a value as it was. */
void ml_past_note(MlPast *p, double t, double sodium, double urine, double gfr);

/* Rise of sodium over its lowest of the last `window` minutes, 0 unless that was in chronic hyponatremia and
 * below 130 mmol/L. The fall (negative) likewise, below the highest, in chronic hypernatremia and above 150
 * mmol/L. */
double ml_past_rise(const MlPast *p, double t, double sodium, double window);
double ml_past_fall(const MlPast *p, double t, double sodium, double window);

/* Urine of the last `window` minutes, mL per kg of mass at the start and hour; or, where that is more, two
 * thirds of the mean filtration as a share of that at the start: a kidney that filters well and saves water
 * is not ill. NaN before so many minutes have passed, and for one who hardly filtered at the start. */
double ml_past_urine(const MlPast *p, double t, double urine, double gfr, double window);

#endif
