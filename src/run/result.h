/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_RUN_RESULT_H
#define ML_RUN_RESULT_H

#include "milieu/milieu.h"
#include "signs/excite.h"
#include "signs/signs.h"
#include "timeline/timeline.h"

#include <stddef.h>

/* What one run gives: read by reports, studies and comparisons. All arrays are owned by the result.
 * Times are minutes since t = 0; values are in the units of tables/outputs.def (SI column). */

/* Something that happened: an entry of the timeline as it took place, a meal, a state-dependent end. */
typedef struct MlLogEntry {
    double at, until; /* until = at for an instant */
    int kind;         /* event kind (tables of src/scenario), -1 for a note */
    char text[ML_DEED_SIZE];   /* plain words: "drank 250 mL of water" */
    double planned;            /* until then, where it was not ended early */
} MlLogEntry;

/* One line of the balance sheet of one substance: a route with what came in and what went out. */
typedef struct MlRoute {
    const char *name; /* "urine", "sweat", "food and drink", "metabolism" ... */
    double in, out;   /* mmol, L or g; since t = 0 */
} MlRoute;

typedef struct MlBalance {
    const char *substance, *unit;
    double before, after; /* in the body */
    double residual;      /* after - before - in + out: rounding */
    double throughput;    /* in + out + turnover, the scale of the residual */
    int nroute;
    MlRoute route[16];
} MlBalance;

/* Why an output moved in one stretch of time: its change by each cause, the largest first. */
typedef enum MlWhy {
    ML_WHY_SODIUM,
    ML_WHY_POTASSIUM,
    ML_WHY_BICARBONATE,
    ML_WHY_PH,
    ML_WHY_CALCIUM,
    ML_WHY_CALCIUM_IONIZED,
    ML_WHY_MAGNESIUM,
    ML_WHY_MAGNESIUM_IONIZED,
    ML_WHY_PHOSPHATE,
    ML_NWHY
} MlWhy;
extern const int ml_why_output[ML_NWHY];
int ml_why_of(int output); /* -1: not explained */

enum { ML_MAX_CAUSE = 26 };
typedef milieu_cause MlCause;
typedef struct MlExplanation {
    double from, to; /* min */
    double change;   /* of the output over the stretch, in its unit */
    int ncause;
    MlCause cause[ML_MAX_CAUSE];
} MlExplanation;

/* Nerve and muscle at moments from t = 0 on: then, when they were farthest from normal, at the end, when the cramp
 * threshold was farthest from that of the start, and when the electrocardiogram was farthest from normal. */
typedef enum MlExciteMoment {
    ML_EXCITE_START,
    ML_EXCITE_FARTHEST,
    ML_EXCITE_END,
    ML_EXCITE_CRAMP,
    ML_EXCITE_HEART,
    ML_NEXCITE_MOMENT
} MlExciteMoment;
typedef struct MlExciteAt {
    double t;        /* min; NaN: not kept */
    double distance; /* ml_excite_distance */
    MlExcite x;
    double heart; /* ml_heart_distance */
} MlExciteAt;

typedef struct MlResult {
    char title[200];
    char person[400];   /* one paragraph: sex, age, size, kidney function, conditions */
    MlChoice sex;       /* for reference ranges: ML_C_FEMALE, ML_C_MALE */
    double start_clock; /* clock time of t = 0, min after midnight */
    double duration;    /* asked for, min */
    int noutput;
    int *output; /* indexes of tables/outputs.def */
    int ntime;
    double *time;  /* ntime */
    double *value; /* value[i*ntime + j]: output i at time j; NaN where it has no meaning (no urine) */
    int nflag;
    MlFlagSpan *flag;
    int nbreach;
    milieu_breach *breach; /* safety limits that were broken, in order of time */
    MlExciteAt excite[ML_NEXCITE_MOMENT];
    int nlog;
    MlLogEntry *log;
    int nbalance;
    MlBalance *balance;
    int nexplanation;
    MlExplanation *explanation[ML_NWHY]; /* one per hour, or per longer stretch in long runs */
    MlExplanation extreme[ML_NWHY][2]; /* of the stored series the lowest and the highest: from where the stretch it lies in begins */
    int nnote;
    char (*note)[300]; /* assumptions made: charge closed with chloride, a salt's conversion ... */
    int lethal;        /* the run ended in death */
    char lethal_cause[200];
    const MlFlagLimit *lethal_limit;           /* that was passed; NULL: alive, or not known */
    double lethal_value, lethal_start;         /* of its output, then and at t = 0 */
    double end_time;        /* min; < duration after death */
    double charge_residual; /* largest violation of electroneutrality in any compartment, mmol */
    long steps, rejected, evaluations;
} MlResult;

/* Series of one output by index into tables/outputs.def, or NULL if it was not asked for. */
const double *ml_result_series(const MlResult *r, int output);
/* Value of an output at time t by interpolation between the stored points; NaN outside or not stored. */
double ml_result_at(const MlResult *r, int output, double t);
/* An error that names the substance or the charge that is not accounted for: more than 1e-9 of throughput (or 1e-11, what
 * rounding leaves of a pool that ran empty), more than 1e-6 mmol of charge. */
milieu_code ml_result_accounted(const MlResult *r, milieu_error *err);
void ml_result_free(MlResult *r);

#endif
