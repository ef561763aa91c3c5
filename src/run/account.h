/* SPDX-License-Identifier: Apache-2.0 */
/* The balance sheet of each substance, from the states alone, since what left the body is a state too. */
#ifndef ML_RUN_ACCOUNT_H
#define ML_RUN_ACCOUNT_H

#include "body/body.h"
#include "run/result.h"

/* One line per substance, for those that the body holds; array of *n, to be freed with ml_free. NULL: no
 * memory. */
MlBalance *ml_balance(const MlMemory *memory, const double *before, const double *after, int *n);

/* Electroneutrality: charge that a place has gained since the start, largest over places, mmol. */
double ml_charge_gained(const double *start, const double *now);

#endif
