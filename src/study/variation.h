/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_VARIATION_H
#define ML_STUDY_VARIATION_H

#include "body/body.h"
#include "milieu/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The usual variation of quantities, for studies that print no spread: data/variation.csv, compiled in. */

typedef struct MlSpreadOf {
    double sd;     /* in the unit of the quantity, or a share of its size; NaN: none is known */
    bool relative; /* a share */
} MlSpreadOf;

typedef struct MlVariation {
    MlSpreadOf between; /* standard deviation between people */
    MlSpreadOf change;  /* of the difference between two measurements of one person, nothing done */
} MlVariation;

/* By index of ml_outputs; ML_VARIATION_TIME: moments at which something happens. */
enum { ML_VARIATION_TIME = ML_NOUTPUT, ML_NVARIATION };
typedef struct MlVariations {
    MlVariation of[ML_NVARIATION];
} MlVariations;

/* Reads a table of this form; the error names file, line and column. */
milieu_code ml_variations_read(MlVariations *out, const char *file, const char *text, size_t size,
                               milieu_error *err);
/* The shipped table. */
milieu_code ml_variations_load(MlVariations *out, milieu_error *err);

#endif
