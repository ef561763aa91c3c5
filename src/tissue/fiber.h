/* SPDX-License-Identifier: Apache-2.0 */
/* Skeletal muscle, slow and fast fibers of man: what the fluid around them and their own ions do to
 * excitation and force.
 *
 *     MlFiberInput in = ml_fiber_normal();
 *     in.bath.potassium = 8.5;
 *     MlFiberFast f;
 *     ml_fiber_fast(ML_FIBER_SLOW, &in, &f);      f.force: ratio to normal
 *
 * Fibers differ: leak and sodium channels of a population are lognormal, and eight fibers stand for it. */
#ifndef ML_TISSUE_FIBER_H
#define ML_TISSUE_FIBER_H

#include "tissue/bath.h"

typedef enum MlFiberKind { ML_FIBER_SLOW, ML_FIBER_FAST, ML_NFIBER } MlFiberKind;

typedef struct MlFiberInput {
    MlBath bath; /* the fiber's own interstitium at rest */
#define INPUT(id, unit, normal, low, high, text) double id;
#include "tissue/tables/fiber_input.def"
#undef INPUT
} MlFiberInput;

MlFiberInput ml_fiber_normal(void);

/* How far the cell's pH is below normal. */
double ml_fiber_acidity(const MlFiberInput *in);

typedef struct MlFiberFast {
#define FAST(id, unit, text) double id;
#include "tissue/tables/fiber_fast.def"
#undef FAST
} MlFiberFast;

/* Rest, one action potential and force of the population: a few ms. */
void ml_fiber_fast(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *out);

enum { ML_FIBER_TRACE = 121, ML_FIBER_PULSES = 30, ML_FIBER_FORCE = 121 };

typedef struct MlFiberFull {
    MlFiberFast fast;
    double rheobase; /* uA/cm2 of surface, pulse of 25 ms, median fiber */
    /* the median fiber, from the stimulus, mV */
    double action[ML_FIBER_TRACE], tubule[ML_FIBER_TRACE];
    /* a train: peak, mV; potassium of the tubules before each pulse, mmol/L; share of all fibers; M-wave,
     * ratio to normal */
    double peak[ML_FIBER_PULSES], potassium[ML_FIBER_PULSES], propagated[ML_FIBER_PULSES],
        wave[ML_FIBER_PULSES];
    double force[ML_FIBER_FORCE];               /* from the start of the train, ratio to normal tetanus */
    double action_step, pulse_step, force_step; /* from one point to the next: ms; s; s */
} MlFiberFull;

/* The same, with the traces of one action potential and of a train of 30 pulses at 30 Hz: some 0.1 s. */
void ml_fiber_full(MlFiberKind kind, const MlFiberInput *in, MlFiberFull *out);

/* The rheobase alone. */
double ml_fiber_rheobase(MlFiberKind kind, const MlFiberInput *in);

#endif
