/* SPDX-License-Identifier: Apache-2.0 */
/* Safety limits along a run. */
#ifndef ML_RUN_GUARD_H
#define ML_RUN_GUARD_H

#include "run/result.h"
#include "run/session.h"

typedef struct MlGuard {
    MlSafety *safety; /* ml_safety_destroy */
    double drunk;     /* water by mouth so far, L */
} MlGuard;

milieu_code ml_guard_begin(const MlMemory *memory, const MlSession *s, MlGuard *guard, milieu_error *err);
/* What was given within a step, in which rates are even; whether there is exercise. */
milieu_code ml_guard_step(MlGuard *guard, const MlSession *s, double from, double to);
/* Whom limits are for; start: the outputs at t = 0. */
MlSafetyPerson ml_guard_person(const MlSession *s, const MlPersonSpec *spec, const double *start);
/* At r->end_time: what was broken goes to the result. */
milieu_code ml_guard_end(MlGuard *guard, const MlSession *s, const MlSafetyPerson *who, MlResult *r, milieu_error *err);

#endif
