/* SPDX-License-Identifier: Apache-2.0 */
/* Flags: from the outputs of a run to signs with the times they are on. */
#ifndef ML_SIGNS_SIGNS_H
#define ML_SIGNS_SIGNS_H

#include "base/memory.h"
#include "body/tables.h"
#include "milieu/error.h"

/* ---- the tables ---- */

typedef enum MlFlag {
#define FLAG(id, output, when, text) ML_FLAG_##id,
#include "signs/flags.def"
    ML_NFLAG
} MlFlag;

typedef enum MlFlagMeasure {
#define MEASURE(id, unit, text) ML_MEASURE_##id,
#include "signs/flags.def"
    ML_NMEASURE
} MlFlagMeasure;

typedef struct MlFlagInfo {
    const char *name, *text;
    int output;    /* told of it where none of its limits on a value was passed by more, -1: none */
    int available; /* 0: of a quantity that is not computed yet */
    const char
        *sign[3]; /* what the person may notice when it is mild, moderate, severe; NULL: nothing known */
    const char *source; /* of the signs */
} MlFlagInfo;
int ml_flag_count(void);
MlFlagInfo ml_flag_info(int flag);

typedef struct MlFlagMeasureInfo {
    const char *name, *unit, *text; /* unit "": that of the output */
} MlFlagMeasureInfo;
MlFlagMeasureInfo ml_flag_measure(int measure);

/* Beyond limit[k] on that side a flag has severity k + 1; NaN: not by this measure. The limits of
 * ML_FLAG_lethal come with the cause of death. */
typedef struct MlFlagLimit {
    int flag, measure, output;
    int side; /* 1 above, -1 below */
    double limit[3];
    double hysteresis;
    double hold; /* min beyond the first limit before it counts */
    const char *cause, *source;
} MlFlagLimit;
int ml_flag_limits(const MlFlagLimit **list); /* their number */

/* ---- one person ---- */

/* One stretch of time that a flag is on. */
typedef struct MlFlagSpan {
    int flag;
    int severity;                 /* worst reached: 1 mild, 2 moderate, 3 severe */
    double on, off;               /* min; off = NaN: still on at the end */
    int output;                   /* by which it was at its worst, -1: none is told */
    double peak_time, peak_value; /* of this output, when it was */
} MlFlagSpan;

typedef struct MlSigns MlSigns;

/* start: the outputs at t = 0 (ML_NOUTPUT), against which changes are counted. */
milieu_code ml_signs_create(const MlMemory *memory, const double *start, MlSigns **signs, milieu_error *err);
void ml_signs_destroy(MlSigns **signs);
/* Bicarbonate (mmol/L) and carbon dioxide tension (mmHg) that are normal for this person, less what is normal for others: disorders
 * of acid and base count from there. */
void ml_signs_own_acid(MlSigns *signs, double bicarbonate, double pco2);

/* Body water that is normal for this person, L, where it is not that of the start: lack and excess of water count from there. */
void ml_signs_own_water(MlSigns *signs, double water);

/* ml_signs_margin_count numbers for outputs at t, not before the last observation, each becoming negative
 * where a flag would go on, off or become more severe or where the person would die, as things stood when
 * last observed; NaN where there is nothing to wait for. Observing just after each such moment gives times
 * that do not depend on when else is observed; between observations the tracker takes measures for straight
 * lines. */
int ml_signs_margin_count(void);
void ml_signs_margins(const MlSigns *s, double t, const double *out, double *margin);

/* What the i-th limit of ml_flag_limits looks at, for outputs at t; NaN: not known. */
double ml_signs_measured(const MlSigns *s, int limit, double t, const double *out);

/* Takes note of the outputs at t (min, ascending). An output that is NaN changes nothing. Death ends every wait: flags whose limits
 * are passed then are on. It allocates only where a flag goes on. Returns MILIEU_OK or MILIEU_NO_MEMORY. */
milieu_code ml_signs_observe(MlSigns *s, double t, const double *out, milieu_error *err);

/* The outputs against which changes are counted (ML_NOUTPUT), owned by the signs. */
const double *ml_signs_start(const MlSigns *s);

/* Why the person died, with the time; NULL while alive. The limit that was passed. */
const char *ml_signs_death(const MlSigns *s, double *time);
const MlFlagLimit *ml_signs_deadly(const MlSigns *s);

/* The spans so far, in the order they were noticed; owned by signs. */
const MlFlagSpan *ml_signs_spans(const MlSigns *s, int *n);

#endif
