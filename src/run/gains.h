/* SPDX-License-Identifier: Apache-2.0 */
/* What entered and left the fluid outside cells between two moments, by where it came from. */
#ifndef ML_RUN_GAINS_H
#define ML_RUN_GAINS_H

#include "run/result.h"

/* What one cause brought into the fluid outside cells. */
typedef struct MlGain {
    const char *name;
    double amount, water;
    double ahead; /* its effect on plasma beyond that, mmol/L */
} MlGain;

typedef struct MlGains {
    const double *before, *after;
    int substance, n;
    MlGain gain[ML_MAX_CAUSE];
} MlGains;

extern const char ml_juices[]; /* a way out that states alone do not tell */

void ml_gain_add(MlGains *g, const char *name, double amount, double water);
/* Change of a state; of what a place holds; 0 where there is no such pool. */
double ml_gain_change(const MlGains *g, int state);
double ml_gain_at(const MlGains *g, int place, int substance);
/* The ways into the body and out of it, "food and drink absorbed" and "stool and diarrhea" first. */
void ml_gain_routes(MlGains *g);
/* What left all cells; of water, beside what oxidation sets free in them, which is a way in. */
double ml_gain_out_of_cells(const MlGains *g, int substance);
double ml_gain_water_of_cells(const MlGains *g);

#endif
