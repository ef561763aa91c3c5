/* SPDX-License-Identifier: Apache-2.0 */
/* From released calcium to force. Action potentials that rise steeply enough propagate; each adds its
 * calcium, which is taken back at a rate; force follows the sites that calcium fills.
 *
 *     propagates = r^n / (r^n + half^n)         filled = c^3 / (c^3 + 1)
 *     dc/dt = release - c / calcium_time        df/dt = (filled - f) / force_time
 *
 * Calcium is in units of that which half fills the sites. Sources: force.def. */
#ifndef ML_TISSUE_FORCE_H
#define ML_TISSUE_FORCE_H

#include "tissue/fiber.h"

typedef struct MlForce {
    double calcium, force;
} MlForce;

/* What the normal fiber does, to which others are related. */
typedef struct MlForceNormal {
    double twitch, tetanus, work, wave; /* wave: mean height of action potentials, mV */
    double work_potassium;              /* what work adds to the bath */
} MlForceNormal;
MlForceNormal ml_force_normal(MlFiberKind kind);

/* Share of fibers in which an action potential of this rise, V/s, propagates. */
double ml_force_propagates(MlFiberKind kind, double rise);

double ml_force_filled(double calcium);

/* How much faster than at 37 degC all of this runs. */
double ml_force_pace(double temperature);

/* Mean calcium at the kind's rate of action potentials, each of which releases so much. */
double ml_force_mean(MlFiberKind kind, double temperature, double released);

/* Greatest force, of that of the fresh fiber at normal pH. */
double ml_force_greatest(const MlFiberInput *in);

void ml_force_step(MlForce *f, MlFiberKind kind, double temperature, double ms);

#endif
