/* SPDX-License-Identifier: Apache-2.0 */
/* What the handles of the public API hold. */
#ifndef ML_RUN_HANDLES_H
#define ML_RUN_HANDLES_H

#include "milieu/milieu.h"
#include "run/run.h"

struct milieu_model {
    MlHouse house;
};
struct milieu_event {
    MlEvent event;
};
struct milieu_scenario {
    MlScenario scenario;
};
struct milieu_result {
    MlResult result;
};
struct milieu_person {
    MlSession *session;
};

/* api_event.c: the event as the timeline takes it; MILIEU_BAD_INPUT if it lacks a field that it needs. */
milieu_code ml_event_ready(const milieu_event *event, MlEvent *ready, milieu_error *error);

#endif
