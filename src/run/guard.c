/* SPDX-License-Identifier: Apache-2.0 */
#include "run/guard.h"

#include <math.h>

#include "base/fail.h"

/* Water by mouth is what food and drink have lost of it, thirst included. */
static double drunk_at(const MlSession *s, double t) {
    double y[ML_NSTATE];
    ml_session_state(s, t, y);
    return -y[ml_pool(ML_AT_food, ML_water)];
}

static double mass_at(const MlSession *s, double t) {
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, t, y);
    ml_session_outputs(s, y, out);
    return out[ML_O_body_mass];
}

milieu_code ml_guard_begin(const MlMemory *memory, const MlSession *s, MlGuard *guard, milieu_error *err) {
    guard->drunk = drunk_at(s, ml_session_time(s));
    return ml_safety_create(memory, ml_session_time(s), ml_session_person(s)->mass, &guard->safety, err);
}

milieu_code ml_guard_step(MlGuard *guard, const MlSession *s, double from, double to) {
    double amount[ML_NSAFE];
    const double *rate = ml_session_given(s), drunk = drunk_at(s, to);
    for (int v = 0; v < ML_NSAFE; v++) amount[v] = rate[v] * (to - from);
    amount[ML_SAFE_MOUTH_WATER] = fmax(drunk - guard->drunk, 0);
    guard->drunk = drunk;
    ML_TRY(ml_safety_exercise(guard->safety, from, mass_at(s, from), ml_session_exercising(s)));
    return ml_safety_given(guard->safety, from, to, amount);
}

MlSafetyPerson ml_guard_person(const MlSession *s, const MlPersonSpec *spec, const double *start) {
    const MlPerson *p = ml_session_person(s);
    MlSafetyPerson who = {.age = p->age,
                          .mass = p->mass,
                          .gfr = p->anuric ? 0 : start[ML_O_gfr],
                          .sodium = start[ML_O_plasma_sodium],
                          .potassium = start[ML_O_plasma_potassium],
                          .cirrhosis = ml_person_has_condition(spec, "cirrhosis")};
    const double *d = p->diet.value;
    who.habit[ML_SAFE_FOOD_SODIUM] = d[ML_DIET_SODIUM];
    who.habit[ML_SAFE_MOUTH_POTASSIUM] = d[ML_DIET_POTASSIUM];
    who.habit[ML_SAFE_MOUTH_CALCIUM] = d[ML_DIET_CALCIUM];
    who.habit[ML_SAFE_MOUTH_PHOSPHORUS] = d[ML_DIET_PHOSPHORUS];
    return who;
}

static milieu_breach told(const MlBreach *b) {
    const MlSafetyLimit l = ml_safety_limit(b->limit);
    return (milieu_breach){.limit = l.name,
                           .variable = l.text,
                           .unit = l.unit,
                           .hard = l.hard,
                           .bound = l.bound,
                           .window = l.window,
                           .on = b->on,
                           .off = b->off,
                           .worst = b->worst,
                           .worst_time = b->worst_time,
                           .people = l.people,
                           .protects = l.protects,
                           .source = l.source};
}

/* Exercise that goes on to the end of the run ends there. */
milieu_code ml_guard_end(MlGuard *guard, const MlSession *s, const MlSafetyPerson *who, MlResult *r, milieu_error *err) {
    const MlMemory *memory = ml_memory_of(guard->safety);
    MlBreach *list = NULL;
    int n = 0;
    milieu_code code = ml_safety_exercise(guard->safety, r->end_time, mass_at(s, r->end_time), 0);
    if (code == MILIEU_OK) code = ml_safety_breaches(guard->safety, who, r->end_time, memory, &list, &n);
    if (code == MILIEU_OK) r->breach = ml_new(memory, (size_t)n + 1, sizeof *r->breach);
    for (; r->breach && r->nbreach < n; r->nbreach++) r->breach[r->nbreach] = told(&list[r->nbreach]);
    ml_free(list);
    return r->breach ? MILIEU_OK : ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
}
