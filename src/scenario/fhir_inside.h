/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the FHIR reader. */
#ifndef ML_SCENARIO_FHIR_INSIDE_H
#define ML_SCENARIO_FHIR_INSIDE_H

#include "scenario/fhir.h"
#include "scenario/values.h"

typedef struct MlFhirReader {
    MlFhir *out;
    MlIssues *issues;
    char subject[120];              /* of the observations so far */
    double birth, birth_first, birth_last; /* y since 1970 of the birth date, and its range */
    int patients, unread;           /* Patient resources; observations of other codes */
    char unread_codes[120];
    double first, last;             /* times of the labs in use */
} MlFhirReader;

/* A resource and where it stands: "Bundle.entry[3].resource", "Observation/abc". */
typedef struct MlFhirPlace {
    char path[ML_FHIR_PLACE], name[90];
} MlFhirPlace;

/* An error or note at a node: "Bundle.entry[3].resource.valueQuantity.unit (Observation/abc): ...". */
#define ml_fhir_error(r, place, node, element, ...) ml_fhir_say(r, place, node, element, false, __VA_ARGS__)
#define ml_fhir_note(r, place, node, element, ...) ml_fhir_say(r, place, node, element, true, __VA_ARGS__)
void ml_fhir_say(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *node, const char *element, bool note, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* fhir_value.c: false after an error. */

/* A Quantity in `unit`; of a substance (NULL: none) mass becomes amount. element: where it stands, "valueQuantity". */
bool ml_fhir_quantity(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *quantity, const char *element, const char *unit,
                      const MlMolar *molar, double low, double high, double *value);
/* A date or dateTime as minutes since 1970-01-01 UTC, the beginning of what it names. */
bool ml_fhir_time(const char *text, double *minutes);
/* Whether that is a LOINC code, by its form and check digit; right: the check digit it would have. */
bool ml_loinc_is_code(const char *code, char *right);

#endif
