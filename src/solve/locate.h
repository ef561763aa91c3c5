/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SOLVE_LOCATE_H
#define ML_SOLVE_LOCATE_H

#include "solve/rosenbrock.h"

/* Finds the instant within a step at which a watched value changes side (below zero, or zero and above).
 * Works on the dense output of whole steps, so that it does not depend on when results are reported. A
 * value that crosses twice between two of the five instants looked at is not noticed. */
typedef struct MlLocator MlLocator;

/* Fills value[0..count) at time t and states y. A NaN is on neither side. */
typedef void (*MlWatch)(void *user, double t, const double *y, double *value);

typedef struct MlCrossing {
    double t;   /* just after the change */
    int which;  /* index of the value */
    int rising; /* it was below zero and is no longer */
} MlCrossing;

/* For count watched values. It allocates; searching does not. */
milieu_code ml_locator_create(const MlSolver *solver, int count, MlLocator **locator, milieu_error *err);
void ml_locator_destroy(MlLocator **locator);

/* The first change of side of any value in the last step of the solver after time from (the start of the
 * step, or an instant within it). Returns 1 and fills *crossing, or returns 0. Going on from crossing->t
 * does not find the same change again. */
int ml_locate(MlLocator *locator, const MlSolver *solver, MlWatch watch, void *user, double from,
              MlCrossing *crossing);

#endif
