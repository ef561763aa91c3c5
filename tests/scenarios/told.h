/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario from its text, and what is expected of it. */
#ifndef ML_TESTS_SCENARIOS_TOLD_H
#define ML_TESTS_SCENARIOS_TOLD_H

#include "in_house.h"

#include "run/run.h"
#include "scenario/scenario.h"

static void read_text(const char *text, MlScenario *sc) {
    MlIssues issues;
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    ml_issues_init(&issues);
    if (ml_scenario_read_text(text, strlen(text), "test", &names, sc, &issues) != MILIEU_OK)
        fail_msg("%s\n%s", text, issues.issue[0].text);
    ml_issues_free(&issues);
}

typedef struct Expected {
    int output;
    double hours, low, high;
} Expected;

#endif
