/* SPDX-License-Identifier: Apache-2.0 */
/* The steady states of the presets at ml_settled_clock and what each row reads, computed when the library is built. */
#ifndef ML_RUN_SETTLED_H
#define ML_RUN_SETTLED_H

#include "person/model.h"

typedef struct MlSettled {
    double tonicity_normal; /* a parameter read off the steady state */
    double state[ML_NSTATE];
} MlSettled;

extern const MlSettled ml_settled[]; /* one for each preset, in order */
extern const MlReads ml_settled_reads;

#endif
