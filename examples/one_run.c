/* SPDX-License-Identifier: Apache-2.0 */
/* A healthy man drinks 20 mL/kg of water in 20 minutes; plasma sodium and urine flow every half hour. */
#include <stdio.h>

#include "milieu/milieu.h"

static int run(milieu_error *e) {
    milieu_model *model = NULL;
    milieu_scenario *scenario = NULL;
    milieu_event *water = NULL;
    milieu_result *result = NULL;
    int failed =
        milieu_model_create(NULL, &model, e) || milieu_scenario_create(model, &scenario, e) ||
        milieu_scenario_time(scenario, 480, 360, e) || milieu_scenario_habits(scenario, "none", "none", e) ||
        milieu_event_create(model, "drink", &water, e) || milieu_event_word(water, "what", "water", e) ||
        milieu_event_number(water, "amount", 20, "mL/kg", e) ||
        milieu_event_number(water, "over", 20, "min", e) || milieu_scenario_add(scenario, water, e) ||
        milieu_scenario_every(scenario, 30, e) || milieu_run(model, scenario, &result, e);
    if (!failed) {
        const double *t = milieu_result_times(result);
        const double *na = milieu_result_values(result, "plasma_sodium"),
                     *flow = milieu_result_values(result, "urine_flow");
        for (size_t i = 0; i < milieu_result_size(result); i++)
            printf("%3.0f min  sodium %.1f mmol/L  urine %.1f mL/min\n", t[i], na[i], flow[i]);
    }
    milieu_result_destroy(&result);
    milieu_event_destroy(&water);
    milieu_scenario_destroy(&scenario);
    milieu_model_destroy(&model);
    return failed;
}

int main(void) {
    milieu_error e = {0};
    if (run(&e)) return fprintf(stderr, "%s: %s\n", e.where, e.text), 1;
    return 0;
}
