/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a scenario file: the reader must not crash, leak or run away, and what it accepts must be fit
 * for a run. */
#include "scenario/scenario.h"
#include "timeline/tables.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses a buffer of its own on a run of quotes such as ''''''''''''. */
const char *__lsan_default_suppressions(void) { return "leak:libfyaml\n"; }

static MlProducts *products;
static MlDrugs *drugs;

static void demand(int truth) {
    if (!truth) abort();
}

static void check_event(const MlEvent *e, double duration) {
    demand(isfinite(e->at) && e->kind < ML_NEVENT);
    int n = ml_event_count(e, duration);
    demand(n >= 0 && (n == 0 || ml_event_time(e, n - 1) < duration));
    demand(n <= 1 || e->every > 0);
    demand(ml_event_length(e) >= 0);
    for (int f = 0; f < ML_NFIELD; f++)
        if (ml_event_has(e, (MlField)f) && ml_field_row((MlField)f)->type != ML_TYPE_NAME && f != ML_FIELD_UNTIL)
            demand(isfinite(e->value[f].v));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    MlScenario scenario;
    MlIssues issues;
    if (!products)
        demand(ml_products_create(NULL, &products, NULL) == MILIEU_OK &&
               ml_drugs_create(NULL, &drugs, NULL) == MILIEU_OK);
    const MlNames names = {.products = products, .drugs = drugs};
    ml_issues_init(&issues);
    milieu_code code = ml_scenario_read_text((const char *)data, size, "fuzz", &names, &scenario, &issues);
    demand((code == MILIEU_OK) == (issues.nerror == 0));
    char text[1024];
    for (int i = 0; i < issues.n; i++) ml_issue_print(&issues.issue[i], text, sizeof text);
    if (code == MILIEU_OK) {
        demand(isfinite(scenario.duration) && scenario.duration > 0);
        for (int i = 0; i < scenario.nevent; i++) check_event(&scenario.event[i], scenario.duration);
    }
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    return 0;
}
