/* SPDX-License-Identifier: Apache-2.0 */
/* Measured values of a person from FHIR R4: a Bundle, an Observation or a list of resources, in JSON. */
#ifndef ML_SCENARIO_FHIR_H
#define ML_SCENARIO_FHIR_H

#include "scenario/issues.h"
#include "timeline/timeline.h"

enum { ML_FHIR_PLACE = 160 };

/* What was found, the newest of each; values in the units of MlPersonSpec. NaN, ML_CHOICE_NONE: not told. */
typedef struct MlFhir {
    int nlab;
    struct MlFhirLab {
        int output;
        double value, time; /* min since 1970-01-01 UTC; -INFINITY: no time */
        int times;          /* how often it was found */
        int line, column;
        char place[ML_FHIR_PLACE], from[ML_NAME_SIZE]; /* "Bundle.entry[3].resource (Observation/k)"; "Observation/k" */
    } lab[ML_MAX_LABS];
    double mass, height;    /* kg, m */
    double mass_time, height_time;
    double age;             /* y, at the newest time of a lab */
    MlChoice sex;
} MlFhir;

/* Every error is added to issues with file, line, column and FHIRPath; notes tell what was left out and why. MILIEU_OK if there is no
 * error. */
milieu_code ml_fhir_read(const char *path, MlFhir *out, MlIssues *issues);
milieu_code ml_fhir_read_text(const char *text, size_t size, const char *file, MlFhir *out, MlIssues *issues);

/* Whether a file holds FHIR resources: JSON whose root, or whose first entry, has a resourceType. */
bool ml_fhir_is(const char *path);

/* Into a person: labs replace those given, one by one; age, sex, mass and height count where the person does not give them. What
 * replaces, contradicts or excludes is told; what the person cannot be together is an error. */
milieu_code ml_fhir_apply(const MlFhir *fhir, const char *file, MlPersonSpec *person, MlIssues *issues);

#endif
