/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_CRAMP_WORDS_H
#define ML_REPORT_CRAMP_WORDS_H

#include "report/words.h"
#include "signs/cramp.h"

/* A cramp threshold and a rate of cramps, never without their uncertainty; and a risk of cramps, explained. */

typedef struct MlCrampTold {
    double at;                   /* min; NaN: no moment */
    double threshold, low, high; /* Hz; four of five people between low and high */
    double rate, rate_low, rate_high; /* per hour, for the threshold and for its high and low end */
} MlCrampTold;

/* A threshold (not NaN) and a rate with the band of both. */
MlCrampTold ml_cramp_told(const MlExcite *x, double threshold, double rate);

/* The rates for the ends of the band where a run has this rate at that moment; 0 where that cannot be told. */
int ml_cramp_rate_band(const MlResult *r, double at, double rate, double *low, double *high);

/* 1 where a run holds a risk of cramps: the flag, or a rate that at least doubles to what is worth telling. *told: the
 * moment of the highest rate. */
int ml_cramp_risk(const MlResult *r, MlCrampTold *told);

/* 1 where two moments are no farther apart than stored ones: one worst moment, kept and stored. */
int ml_same_moment(const MlResult *r, double a, double b);

/* "0.02 per hour (0.001 to 0.4)" */
void ml_cramp_rate_words(double rate, double low, double high, char *text, size_t size);
/* "ionized calcium -10.5, potassium +0.9": what moved the threshold, in Hz; empty where nothing did. */
void ml_cramp_moved_words(const MlExcite *before, const MlExcite *after, char *text, size_t size);
/* By how many Hz the threshold of this person differs by disposition from that of people without a history. */
double ml_cramp_disposition(const MlExcite *x);

/* Explains the risk of a run, a sentence each; returns their number, 0 where there is none. */
enum { ML_CRAMP_FINDINGS = 5 };
int ml_cramp_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines);

/* What is true of every cramp, and of potassium. */
extern const char ml_cramp_remedies[], ml_potassium_words[];
/* 1 where that of potassium is to be told. */
int ml_potassium_is_unusual(double plasma_potassium);

/* Force is that of muscle whose endplates are reached; where few axons conduct, this is said. */
extern const char ml_block_words[];
int ml_force_without_nerve(double conducting, double force);

#endif
