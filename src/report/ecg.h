/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_ECG_H
#define ML_REPORT_ECG_H

#include "run/result.h"
#include "signs/excite.h"

#include <stddef.h>

/* An electrocardiogram as a lead before the left ventricle (V5, or II) shows it, from what the models tell: intervals, rate and
 * heights are their outputs; the T wave and what lies between QRS and T have the shape that the wall of the ventricle gives
 * them; how P wave and QRS complex are rounded is drawn by convention. So is the U wave, whose origin is contested (Purkinje fibers,
 * the middle of the wall, stretch): it has the height that is seen at such a resting potential.
 *
 *   beat(t) = P(t + PR) + QRS(t / QRS) + T(t) + U(t)      t: from the onset of QRS
 *   trace   = sum of beats, one every 60000 / rate ms; P waves go their own way where not all are conducted
 *
 * Nothing of it is ever NaN: where the impulse does not come or does not pass, the line is flat. */
enum { ML_ECG_SHAPE = 400 };

typedef struct MlEcg {
    double rate, atria;      /* 1/min, of the ventricles and of the P waves; 0: no beats */
    double pr, qrs, qt, qtc; /* ms; NaN: none */
    double p, r, u;          /* heights of P, R and U wave, mV; 0: none */
    int n;
    double shape[ML_ECG_SHAPE]; /* from the end of QRS, ml_ecg_step apart, mV */
} MlEcg;

extern const double ml_ecg_step; /* ms */

/* From the outputs of a moment and the wall of that moment as an electrode sees it (ml_excite_heart); NULL: the wall of a healthy
 * adult, with its T wave moved to the interval and scaled to the height of the outputs: microseconds. */
void ml_ecg_make(const double *out, const MlExciteCurve *wall, MlEcg *ecg);
/* Of a person at a moment, by the wall itself (half a second) or that of a healthy adult. */
void ml_ecg_of(const MlExcite *x, int whole, MlEcg *ecg);
/* Of a healthy adult at rest. */
void ml_ecg_usual(MlEcg *ecg);
/* Whether that of a run came so far from normal that it is shown. */
int ml_ecg_is_notable(const MlResult *r);
/* Whether the run ended in death by standstill, of the heart or what it drives: the last electrocardiogram is followed by a flat line. */
int ml_ecg_stands_still(const MlResult *r);
/* That line. */
void ml_ecg_still(MlEcg *ecg);
/* What it is shown beside: 1, that of the start, where it was normal and came before; else 0, that of a healthy adult. */
int ml_ecg_own(const MlResult *r, int whole, MlEcg *ecg);

/* mV at a time after the onset of the first QRS, ms. */
double ml_ecg_beat(const MlEcg *ecg, double t);  /* one beat by itself */
double ml_ecg_trace(const MlEcg *ecg, double t); /* the rhythm */

/* The electrocardiogram of a curve of a probe; NULL where there is none. */
const MlExciteCurve *ml_ecg_wall(const MlExciteCurve *curve, int ncurve);

/* What is drawn and what is not; plain text. */
extern const char ml_ecg_notice[];

/* "65 a minute, PR 160, QRS 90, QT 381, QTc 392 ms", and what is missing. */
void ml_ecg_words(const MlEcg *ecg, char *text, size_t size);

#endif
