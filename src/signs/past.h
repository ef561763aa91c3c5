/* SPDX-License-Identifier: Apache-2.0 */
/* What flags need of the last days: extremes of sodium, urine, filtration and creatinine. */
#ifndef ML_SIGNS_PAST_H
#define ML_SIGNS_PAST_H

/* Marks every ten minutes since the first observation; values there are interpolated. */
enum { ML_PAST_MARKS = 48 * 6 + 2 };
/* Of creatinine every hour for a week. */
enum { ML_PAST_HOURS = 7 * 24 + 2 };

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
    double creatinine;        /* at the last observation, umol/L */
    double reference, acute;  /* creatinine before the kidneys were injured, NaN: they are not; when that began */
    double dialyzed;          /* last moment of a dialysis, NaN: none */
    double least_hour;        /* creatinine since the last hour */
    long hour;                /* number of the last hour */
    double hourly[ML_PAST_HOURS]; /* least creatinine of the hour before each */
} MlPast;

void ml_past_begin(MlPast *p, double mass, double gfr);

/* Takes note of a dialysis that goes on: what creatinine falls to within a week of it is no minimum. */
void ml_past_dialysis(MlPast *p, double t);

/* Takes note; NaN leaves a value as it was. */
void ml_past_note(MlPast *p, double t, double sodium, double urine, double gfr, double creatinine);

/* Rise of sodium over its lowest of the last `window` minutes, 0 unless that was in chronic hyponatremia and
 * below 130 mmol/L. The fall (negative) likewise, below the highest, in chronic hypernatremia and above 150
 * mmol/L. */
double ml_past_rise(const MlPast *p, double t, double sodium, double window);
double ml_past_fall(const MlPast *p, double t, double sodium, double window);

/* Creatinine as KDIGO 2012 looks at it: an injury has begun when it is 26.5 umol/L over its lowest of 48 h or 1.5 times its lowest of
 * a week. That lowest is then the reference until both have passed, or three months, when it is no acute disorder any more.
 * NaN for one who hardly filtered at the start: KDIGO's criteria are not for people on dialysis. */
typedef struct MlCreatinine {
    double rise, ratio; /* over the lowest of 48 h and of a week, or over the reference */
    double acute;       /* creatinine itself in an injury, else 0 */
} MlCreatinine;
MlCreatinine ml_past_creatinine(const MlPast *p, double t, double creatinine);

/* Urine of the last `window` minutes, mL per kg of mass at the start and hour; or, where that is more, two
 * thirds of the mean filtration as a share of that at the start: a kidney that filters well and saves water
 * is not ill. NaN before so many minutes have passed, and for one who hardly filtered at the start. */
double ml_past_urine(const MlPast *p, double t, double urine, double gfr, double window);

#endif
