/* SPDX-License-Identifier: Apache-2.0 */
/* Flags: from the outputs of a run to signs with the times they are on. */
#ifndef ML_SIGNS_SIGNS_H
#define ML_SIGNS_SIGNS_H

#include "body/tables.h"
#include "milieu/error.h"

typedef struct MlFlagInfo {
    const char *name, *text;
    int output;    /* of its worst value, -1: none */
    int available; /* 0: of a quantity that is not computed yet */
} MlFlagInfo;
int ml_flag_count(void);
MlFlagInfo ml_flag_info(int flag);

/* One stretch of time that a flag is on. */
typedef struct MlFlagSpan {
    int flag;
    int severity;                 /* worst reached: 1 mild, 2 moderate, 3 severe */
    double on, off;               /* min; off = NaN: still on at the end */
    double peak_time, peak_value; /* of the flag's output, at its worst */
} MlFlagSpan;

typedef struct MlSigns MlSigns;

/* start: the outputs at t = 0 (ML_NOUTPUT), against which changes are counted. */
milieu_code ml_signs_create(const double *start, MlSigns **signs, milieu_error *err);
void ml_signs_destroy(MlSigns **signs);

/* Distances to the limits, each changing sign where a flag would go on, off or change its severity: for the
 * location of those moments. ml_signs_margin_count numbers; NaN where a limit does not apply. */
int ml_signs_margin_count(void);
void ml_signs_margins(const MlSigns *s, const double *out, double *margin);

/* Takes note of the outputs at t (min, ascending). Returns MILIEU_OK or MILIEU_NO_MEMORY. */
milieu_code ml_signs_observe(MlSigns *s, double t, const double *out, milieu_error *err);

/* Why the person died, with the time; NULL while alive. */
const char *ml_signs_death(const MlSigns *s, double *time);

/* The spans so far, in order of their beginning; owned by signs. */
const MlFlagSpan *ml_signs_spans(const MlSigns *s, int *n);

#endif
