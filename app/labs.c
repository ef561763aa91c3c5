/* SPDX-License-Identifier: Apache-2.0 */
/* Measured values from FHIR resources into scenarios: run, compare and check. */
#include "command.h"

#include "scenario/fhir.h"

#include <stdlib.h>

int labs_read(const char *path, MlScenario *scenario, int n, LabsTold *told) {
    MlFhir fhir;
    ml_issues_init(&told->issues);
    milieu_code code = ml_fhir_read(path, &fhir, &told->issues);
    for (int i = 0; i < n && code == MILIEU_OK; i++) code = ml_fhir_apply(&fhir, path, &scenario[i].person, &told->issues);
    print_issues(&told->issues, stderr);
    if (code != MILIEU_OK) return EXIT_BAD_INPUT;
    told->note = calloc((size_t)told->issues.n + 1, sizeof *told->note);
    if (!told->note) return complain("out of memory"), EXIT_FAILED;
    for (int i = 0; i < told->issues.n; i++) told->note[i] = told->issues.issue[i].text;
    return EXIT_DONE;
}

void labs_free(LabsTold *told) {
    free(told->note);
    ml_issues_free(&told->issues);
}
