/* SPDX-License-Identifier: Apache-2.0 */
/* One person through one scenario. */
#ifndef ML_RUN_RUN_H
#define ML_RUN_RUN_H

#include "run/result.h"
#include "run/session.h"

typedef struct MlRunOptions {
    double rtol;              /* relative tolerance of the integrator; 0: default (1e-5) */
    const double *extra_time; /* moments to be stored besides the report interval, min; any order */
    int nextra;
    const char *const *note; /* what was assumed before the run; the first of its notes */
    int nnote;
    /* Called now and then with the share done (0 to 1); returning 0 stops the run (MILIEU_INTERRUPTED). */
    int (*progress)(void *self, double done);
    void *self;
} MlRunOptions;

MlRunOptions ml_run_options_default(void);

/* Runs the scenario. *result is filled and owned by the caller (ml_result_free), also when a person dies. */
milieu_code ml_run(const MlHouse *house, const MlScenario *scenario, const MlRunOptions *options,
                   MlResult *result, milieu_error *err);

#endif
