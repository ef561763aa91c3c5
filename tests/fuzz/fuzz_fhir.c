/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as FHIR resources: the reader must not crash, leak or run away, and what it accepts must be fit for a person. */
#include "scenario/fhir.h"
#include "timeline/tables.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses a buffer of its own on a run of quotes such as ''''''''''''. */
const char *__lsan_default_suppressions(void) { return "leak:libfyaml\n"; }

static void demand(int truth) {
    if (!truth) abort();
}

static void check_person(const MlPersonSpec *p) {
    for (int i = 0; i < p->nlab; i++) {
        const MlLabRow *row = ml_lab_of(p->lab[i].output);
        const double slack = 1e-6 * row->high;
        demand(row != NULL && p->lab[i].value >= row->low - slack && p->lab[i].value <= row->high + slack);
    }
    demand(isnan(p->age) || (p->age >= 18 && p->age <= 120));
    demand(isnan(p->mass) || (p->mass > 24 && p->mass < 401));
    demand(isnan(p->height) || (p->height > 0.99 && p->height < 2.51));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    MlFhir fhir;
    MlIssues issues;
    MlPersonSpec person;
    ml_issues_init(&issues);
    ml_person_spec_init(&person);
    milieu_code code = ml_fhir_read_text((const char *)data, size, "fuzz", &fhir, &issues);
    demand((code == MILIEU_OK) == (issues.nerror == 0));
    char text[1024];
    for (int i = 0; i < issues.n; i++) ml_issue_print(&issues.issue[i], text, sizeof text);
    if (code == MILIEU_OK) {
        demand(fhir.nlab > 0 && fhir.nlab <= ML_MAX_LABS);
        code = ml_fhir_apply(&fhir, "fuzz", &person, &issues);
        demand((code == MILIEU_OK) == (issues.nerror == 0));
        check_person(&person);
    }
    ml_issues_free(&issues);
    return 0;
}
