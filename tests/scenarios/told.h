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

/* Runs a story (the lines below the title); of the first so many that are expected, up to one without bounds, how many are off, each told.
 * *r is the caller's to free. */
static inline int off_by(const char *name, const char *story, const Expected *expected, int most, MlResult *r) {
    char text[1500];
    MlScenario sc;
    milieu_error e = {0};
    int off = 0;
    snprintf(text, sizeof text, "milieu: 1\ntitle: %s\n%s", name, story);
    read_text(text, &sc);
    for (int k = 0; k < most; k++) ml_scenario_ask(&sc, expected[k].output, NULL);
    if (ml_run(&house, &sc, NULL, r, &e) != MILIEU_OK) fail_msg("%s: %s: %s", name, e.where, e.text);
    for (const Expected *x = expected; x < expected + most && !(x->low == 0 && x->high == 0); x++) {
        const double value = ml_result_at(r, x->output, 60 * x->hours);
        if (value >= x->low && value <= x->high) continue;
        print_error("%s: %s at %g h is %.4g, expected %g to %g\n", name, ml_outputs[x->output].name, x->hours, value, x->low, x->high);
        off++;
    }
    ml_scenario_free(&sc);
    return off;
}

#endif
