/* SPDX-License-Identifier: Apache-2.0 */
/* The cramp: at which rate of stimulation it comes, and how often by itself. */
#ifndef ML_SIGNS_CRAMP_H
#define ML_SIGNS_CRAMP_H

#include "signs/excite.h"
#include "tissue/axon.h"
#include "tissue/pool.h"

/* What an axon feels in the normal bath. */
MlAxonDrive ml_excite_axon_at_rest(void);

/* What the motoneuron pool is told: axons, terminals, volumes and length as the drive through the spinal loop. */
MlPoolInput ml_cramp_pool(const MlExcite *x);

typedef struct MlCramp {
    double threshold;  /* frequency of a train that brings a cramp on, Hz; 0: none is needed; NaN: no train does */
    double low, high;  /* four of five people like this one lie between, Hz; as threshold where that is 0 or NaN */
    double rate;       /* cramps to be expected per hour, were the moment to last */
} MlCramp;

/* threshold: what the pool gives for ml_cramp_pool(x). */
MlCramp ml_cramp(const MlExcite *x, double threshold);

/* What moved threshold and rate. */
typedef enum MlCrampCause {
#define CAUSE(id, text) ML_CRAMP_##id,
#include "signs/cramp_causes.def"
    ML_NCRAMP_CAUSE
} MlCrampCause;
extern const char *const ml_cramp_causes[ML_NCRAMP_CAUSE]; /* "potassium" ... */

/* By how many Hz each cause moved the threshold between two moments of one person; they add up to the whole. Each is
 * moved alone after those before it and after those behind it; the mean of both counts. No cramp by any train counts as
 * ML_POOL_NONE. */
void ml_cramp_explain(const MlExcite *before, const MlExcite *after, double moved[ML_NCRAMP_CAUSE]);

/* By which factor each changed the rate of cramps (output cramp_rate of a run); the product of all is the change of the
 * whole. Rates of less than one in a thousand years count as that. */
void ml_cramp_explain_rate(const MlExcite *before, const MlExcite *after, double factor[ML_NCRAMP_CAUSE]);

#endif
