/* SPDX-License-Identifier: Apache-2.0 */
/* Safety limits as data, and which of them a person's treatment breaks. The table is for runs, lists and for whoever looks for
 * a treatment: a limit bounds a variable over every window, for some people. */
#ifndef ML_SIGNS_SAFETY_H
#define ML_SIGNS_SAFETY_H

#include "signs/signs.h"

/* ---- the table ---- */

typedef enum MlSafetyVariable {
#define VARIABLE(id, kind, unit, text) ML_SAFE_##id,
#include "signs/safety.def"
    ML_NSAFE
} MlSafetyVariable;

typedef enum MlSafetyKind { ML_SAFE_SUM, ML_SAFE_RATIO, ML_SAFE_SIGN, ML_SAFE_END } MlSafetyKind;

typedef enum MlSafetyWho {
#define WHO(id, text) ML_WHO_##id,
#include "signs/safety.def"
    ML_NWHO
} MlSafetyWho;

typedef struct MlSafetyLimit {
    const char *name;
    MlSafetyVariable variable;
    MlSafetyKind kind;
    double window; /* min; 0: at each moment */
    double bound;  /* in the unit of the variable, per kilogram of body mass where per_kg; a fall is negative */
    int per_kg, hard;
    MlSafetyWho who;
    int beyond_habit; /* broken only where it is more than what the person ate and drank by habit */
    int flag_limit;   /* of ml_flag_limits, whose bound this is; -1: none */
    const char *unit, *text, *people, *protects, *source;
} MlSafetyLimit;

int ml_safety_count(void);
MlSafetyLimit ml_safety_limit(int i);

/* Above the bound, or below that of a fall, by more than 0.5 %: as a dose is measured and told. */
static inline int ml_safety_broken(const MlSafetyLimit *l, double x) {
    const double slack = 5e-3 * (l->bound < 0 ? -l->bound : l->bound);
    return l->bound < 0 ? x < l->bound - slack : x > l->bound + slack;
}

/* ---- one person ---- */

/* Who they are at t = 0. habit: what they take of each variable in a day. */
typedef struct MlSafetyPerson {
    double age, mass, gfr; /* y, kg, mL/min */
    double sodium, potassium; /* of plasma, mmol/L */
    int cirrhosis;
    double habit[ML_NSAFE];
} MlSafetyPerson;

int ml_safety_concerns(const MlSafetyLimit *l, const MlSafetyPerson *p);

/* One stretch of time for which a limit was broken. */
typedef struct MlBreach {
    int limit;
    double on, off;           /* min; off = NaN: still at the end */
    double worst, worst_time; /* INFINITY: a strength of what has no fluid */
} MlBreach;

typedef struct MlSafety MlSafety;

/* From `begin` on, min; a person of that mass, kg. */
milieu_code ml_safety_create(const MlMemory *memory, double begin, double mass, MlSafety **safety, milieu_error *err);
void ml_safety_destroy(MlSafety **safety);

/* What was given at an even rate over [from, to], amounts by variable (of kind SUM). */
milieu_code ml_safety_given(MlSafety *s, double from, double to, const double *amount);

/* Outputs at t, as the flags measure them. */
milieu_code ml_safety_observe(MlSafety *s, const MlSigns *signs, double t, const double *out);
/* From t on the person exercises, or no more. */
milieu_code ml_safety_exercise(MlSafety *s, double t, double body_mass, int exercising);

/* The breaches that concern the person, in order of their beginning and until `end`; *list is of `memory`. */
milieu_code ml_safety_breaches(const MlSafety *s, const MlSafetyPerson *person, double end, const MlMemory *memory, MlBreach **list,
                               int *n);

#endif
