/* SPDX-License-Identifier: Apache-2.0 */
/* The steady state of a person: kept with the library, remembered, or found; and the water that is normal for them. */
#ifndef ML_RUN_SETTLE_H
#define ML_RUN_SETTLE_H

#include "run/session.h"

/* At ml_settled_clock; completes the person by what is read off it. */
milieu_code ml_settle(const MlHouse *house, MlPerson *person, double *state, milieu_error *err);

/* Body water that is normal for the person of a session, L: what there was when life began to be followed, before measured values moved it, less
 * what the disorders that are described have added to the steady state; on hemodialysis the dry weight. Whatever a run does before t = 0 is no
 * new normal. */
milieu_code ml_own_water(const MlHouse *house, const MlPersonSpec *spec, const MlSession *session, double begin, double *water, milieu_error *err);

#endif
