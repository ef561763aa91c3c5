/* SPDX-License-Identifier: Apache-2.0 */
/* A life on record: the stretches between the events of a run, each with its constant parameters and inputs,
 * so that another integrator can live it again. */
#ifndef BENCH_LIFE_H
#define BENCH_LIFE_H

#include "cvode_ref.h"
#include "run/session.h"
#include "scenario/scenario.h"

typedef struct Stretch {
    double from, to; /* min */
    double param[ML_NPARAM], input[ML_NINPUT];
    double state[ML_NSTATE]; /* at its end, as our integrator found it */
} Stretch;

typedef struct Life {
    const MlProblem *problem;
    MlBaseline baseline;
    double start[ML_NSTATE];
    MlFrame *frame; /* for life_enter */
    int n, room;
    Stretch *stretch;
} Life;

/* Runs the scenario until `until` (min) at most; *life is to be freed, also after an error. */
milieu_code life_record(Life *life, const MlHouse *house, const MlScenario *scenario, double until,
                        milieu_error *err);
void life_free(Life *life);

/* Sets the frame to the parameters and inputs of stretch k. */
void life_enter(Life *life, int k);

/* CVODE through all stretches, anew at each; the state at the end of each goes to y. Absolute tolerances are
 * those of the problem times atol_factor. Returns a negative number after a failure. */
int life_by_cvode(Life *life, MlCvode *cvode, double rtol, double atol_factor, double (*y)[ML_NSTATE]);

#endif
