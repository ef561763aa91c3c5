/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of motoneurons of a muscle, in which cramps are sustained: trains of afferent volleys, the discharge that goes
 * on after them, and the frequency at which it begins to. It lies behind the blood-brain barrier: its bath is
 * cerebrospinal fluid. Axon and terminals, which plasma reaches, act on it by drive and terminal_excitability. */
#ifndef ML_TISSUE_POOL_H
#define ML_TISSUE_POOL_H

#include "tissue/motoneuron.h"

typedef struct MlPoolInput {
#define INPUT(id, unit, normal, low, high, text) double id;
#include "tissue/tables/pool_input.def"
#undef INPUT
} MlPoolInput;

/* Healthy, at rest, with a muscle shortened as in cramp studies. */
MlPoolInput ml_pool_normal(void);

/* A train, and what else happens. */
typedef struct MlPoolTrial {
    double frequency;         /* 1/s */
    double burst;             /* s, from the start */
    double watch;             /* s, at most, after it; ends earlier once the pool is silent */
    double command;           /* current into all somata during the burst instead of afferents, uA/cm2 */
    double relief_time;       /* s after the burst at which relief begins; 0: none */
    double relief_inhibition; /* then inhibition, to normal */
} MlPoolTrial;

/* A burst of 2 s, watched to its end. */
MlPoolTrial ml_pool_trial(double frequency);

enum { ML_POOL_BINS = 400 };

typedef struct MlPoolSpike {
    double time; /* s from the start of the burst */
    int cell;    /* 0 smallest */
} MlPoolSpike;

typedef struct MlPoolTrace {
    MlPoolSpike *spikes; /* the caller's, for capacity of them; may be NULL */
    int capacity;
    int count;                 /* of all spikes, those without room included */
    double rate[ML_POOL_BINS]; /* of the mean cell, 1/s, in bins */
    int bins;
    double bin;             /* their width, s */
    int before;             /* spikes in the half second before the burst */
    double duration;        /* s after the burst for which the pool went on */
    int units;              /* cells that went on for longer than the criterion */
    double unit_rate[ML_CELLS];      /* of each cell after the burst: mean rate, 1/s, */
    double unit_variation[ML_CELLS]; /* coefficient of variation of its intervals, */
    double unit_time[ML_CELLS];      /* s of activity; all 0 if it stopped with the burst */
    double terminal_share;           /* of the motor terminals that discharge by themselves */
    double terminal_time;            /* s for which they do after the burst, mean of all */
} MlPoolTrace;

/* What the trial does. Fields spikes and capacity of the trace are the caller's to set; all others are written. */
void ml_pool_run(const MlPoolInput *input, const MlPoolTrial *trial, MlPoolTrace *trace);

/* The same with ml_pool_trial(frequency). */
void ml_pool_cramp(const MlPoolInput *input, double frequency, MlPoolTrace *trace);

/* Cramp threshold frequency, 1/s: the lowest at which enough of the pool goes on after a burst of 2 s. ML_POOL_NONE where
 * even the highest frequency tried leaves no discharge, 0 where the pool discharges without any. */
double ml_pool_threshold(const MlPoolInput *input);
#define ML_POOL_NONE 100.0

/* The same by a formula fitted to it, in about a microsecond; never 0. */
double ml_pool_threshold_fast(const MlPoolInput *input);

/* With the nerve blocked: frequency at which half of the motor terminals go on by themselves. */
double ml_pool_threshold_blocked(const MlPoolInput *input);

/* Response to single volleys from small to large, to that of the normal pool. */
double ml_pool_reflex(const MlPoolInput *input);

/* The same by a curve through it, over drive and spinal fluid. */
double ml_pool_reflex_fast(const MlPoolInput *input);

#endif
