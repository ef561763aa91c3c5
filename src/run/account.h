/* SPDX-License-Identifier: Apache-2.0 */
/* The balance sheet of each substance, and why plasma sodium moved: both from the states alone, since what
 * left the body is a state too. */
#ifndef ML_RUN_ACCOUNT_H
#define ML_RUN_ACCOUNT_H

#include "body/body.h"
#include "run/result.h"

/* One line per substance, for those that the body holds; array of *n, to be freed with ml_free. NULL: no
 * memory. */
MlBalance *ml_balance(const MlMemory *memory, const double *before, const double *after, int *n);

/* Causes of the change of plasma sodium between two states: each fluid that entered or left the
 * extracellular space, by (its sodium - its water times the concentration) / extracellular water. */
void ml_explain_sodium(const double *before, const double *after, double plasma_before, double plasma_after,
                       MlExplanation *explanation);

/* Electroneutrality: charge that a place has gained since the start, largest over places, mmol. */
double ml_charge_gained(const double *start, const double *now);

#endif
