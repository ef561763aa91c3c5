/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of safety.def as data. */
#include "signs/safety.h"

#include <math.h>
#include <stddef.h>

enum { ADVICE = 0, HARD = 1, WHOLE = 0, KG = 1, ALWAYS = 0, BEYOND = 1 };

static const struct {
    MlSafetyKind kind;
    const char *unit, *per_kg, *text;
} variables[ML_NSAFE] = {
#define VARIABLE(id, kind, unit, text) {ML_SAFE_##kind, unit, unit "/kg", text},
#include "signs/safety.def"
};

static const char *const people[ML_NWHO] = {
#define WHO(id, text) text,
#include "signs/safety.def"
};

static const struct Row {
    const char *name;
    MlSafetyVariable variable;
    double window;
    int per_kg;
    double bound;
    int hard;
    MlSafetyWho who;
    int beyond_habit;
    const char *protects, *source;
    int flag, measure, severity; /* severity 0: none */
} rows[] = {
#define SAFETY(id, variable, window, per, bound, strength, who, habit, protects, source) \
    {#id, ML_SAFE_##variable, window, per, bound, strength, ML_WHO_##who, habit, protects, source, 0, 0, 0},
#define BY_FLAG(id, variable, flag, measure, severity, strength, who, protects) \
    {#id, ML_SAFE_##variable, 0, WHOLE, 0, strength, ML_WHO_##who, ALWAYS, protects, NULL, ML_FLAG_##flag, ML_MEASURE_##measure, severity},
#include "signs/safety.def"
};

int ml_safety_count(void) { return sizeof rows / sizeof rows[0]; }

static double window_of(int measure) { return measure == ML_MEASURE_RISE_48 ? 2880 : 1440; }

/* The limit of flags.def that a row stands for. */
static int flag_limit_of(const struct Row *row) {
    const MlFlagLimit *limits;
    const int n = ml_flag_limits(&limits);
    for (int i = 0; i < n && row->severity; i++)
        if (limits[i].flag == row->flag && limits[i].measure == row->measure) return i;
    return -1;
}

MlSafetyLimit ml_safety_limit(int i) {
    const struct Row *r = &rows[i];
    MlSafetyLimit l = {.name = r->name,
                       .variable = r->variable,
                       .kind = variables[r->variable].kind,
                       .window = r->window,
                       .bound = r->bound,
                       .per_kg = r->per_kg,
                       .hard = r->hard,
                       .who = r->who,
                       .beyond_habit = r->beyond_habit,
                       .flag_limit = flag_limit_of(r),
                       .unit = r->per_kg ? variables[r->variable].per_kg : variables[r->variable].unit,
                       .text = variables[r->variable].text,
                       .people = people[r->who],
                       .protects = r->protects,
                       .source = r->source};
    if (l.flag_limit < 0) return l;
    const MlFlagLimit *limits;
    ml_flag_limits(&limits);
    l.window = window_of(r->measure);
    l.bound = limits[l.flag_limit].limit[r->severity - 1];
    l.source = limits[l.flag_limit].source;
    return l;
}

int ml_safety_concerns(const MlSafetyLimit *l, const MlSafetyPerson *p) {
    switch (l->who) {
    case ML_WHO_UP_TO_50:
        return p->age < 51;
    case ML_WHO_OVER_50:
        return p->age >= 51;
    case ML_WHO_UP_TO_70:
        return p->age < 71;
    case ML_WHO_OVER_70:
        return p->age >= 71;
    case ML_WHO_WEAK_KIDNEYS:
        return p->gfr < 60;
    case ML_WHO_FAILING_KIDNEYS:
        return p->gfr < 30;
    case ML_WHO_WEAK_KIDNEYS_HIGH_POTASSIUM:
        return p->gfr < 60 && p->potassium > 5;
    case ML_WHO_LOW_SODIUM:
        return p->sodium < 135;
    case ML_WHO_HIGH_RISK_OF_DEMYELINATION:
        return p->sodium <= 105 || p->potassium < 3.5 || p->cirrhosis;
    case ML_WHO_ANYONE:
    case ML_NWHO:
        break;
    }
    return 1;
}
