/* SPDX-License-Identifier: Apache-2.0 */
/* The steady state of a person: kept with the library, remembered, or found; and the water that is normal for them. */
#ifndef ML_RUN_SETTLE_H
#define ML_RUN_SETTLE_H

#include "run/session.h"

/* At ml_settled_clock; completes the person by what is read off it. */
milieu_code ml_settle(const MlHouse *house, MlPerson *person, double *state, milieu_error *err);

/* How much more body water the person of a session has in the steady state than is normal for them, L: than without the disorders that
 * are described, or, on hemodialysis, than at dry weight. */
milieu_code ml_settled_excess(const MlHouse *house, const MlPersonSpec *spec, const MlSession *session, double *excess, milieu_error *err);

#endif
