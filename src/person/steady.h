/* SPDX-License-Identifier: Apache-2.0 */
/* The person before t = 0: the steady state of their days. */
#ifndef ML_PERSON_STEADY_H
#define ML_PERSON_STEADY_H

#include "person/model.h"
#include "person/person.h"

/* After supper: the clock time at which steady states are kept. */
extern const double ml_settled_clock;

/* Finds the state at the given clock time (min after midnight) of a person whose days repeat: first the
 * balance of a day's mean intake, then days with meals until they repeat. Sets the parameter that is read off the steady
 * state (tonicity_normal), unless the person states it. Outside pools are zero on return. Where `stopped` says so it
 * ends: MILIEU_INTERRUPTED; NULL: nothing is asked. */
milieu_code ml_person_settle(const MlModel *model, MlPerson *person, double clock, int (*stopped)(void), double *state,
                             milieu_error *err);

/* Water inside the body, L. */
double ml_water_inside(const double *state);

#endif
