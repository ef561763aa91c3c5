/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a study file: the reader must not crash, leak or run away, and what it accepts must be fit for
 * comparison. */
#include "study/study.h"

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

static void check_observation(const MlStudy *s, const MlObservation *o) {
    char text[160];
    demand(o->arm >= 0 && o->arm < s->narm && o->output >= 0 && o->output < ML_NOUTPUT);
    demand(isfinite(o->when.from) && o->when.from <= o->when.to);
    demand(!o->than || (o->than_arm >= 0 && o->than_arm < s->narm && o->than_when.from <= o->than_when.to));
    demand(o->measured == ML_MEASURED_DIRECTION || isfinite(o->value));
    demand(isnan(o->sd) || o->sd > 0);
    ml_observation_when(s, o, text, sizeof text);
    ml_observation_unit(o, text, sizeof text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    MlStudy study;
    MlIssues issues;
    if (!products)
        demand(ml_products_create(NULL, &products, NULL) == MILIEU_OK &&
               ml_drugs_create(NULL, &drugs, NULL) == MILIEU_OK);
    const MlNames names = {.products = products, .drugs = drugs};
    ml_issues_init(&issues);
    const milieu_code code = ml_study_read_text((const char *)data, size, "fuzz", &names, &study, &issues);
    demand((code == MILIEU_OK) == (issues.nerror == 0));
    if (code == MILIEU_OK) {
        demand(study.narm > 0 && study.nobserved > 0 && study.topic >= 0);
        for (int i = 0; i < study.nobserved; i++) check_observation(&study, &study.observed[i]);
    }
    ml_study_free(&study);
    ml_issues_free(&issues);
    return 0;
}
