/* SPDX-License-Identifier: Apache-2.0 */
/* A person living through time: habits, events as they come, integration from instant to instant. */
#ifndef ML_RUN_SESSION_H
#define ML_RUN_SESSION_H

#include "person/steady.h"
#include "run/dose.h"
#include "run/house.h"
#include "signs/excite.h"
#include "signs/safety.h"
#include "solve/locate.h"

typedef struct MlSession MlSession;

/* Told after each step, and at each beginning and end. The step spans [from, to]; ml_session_state gives the
 * state anywhere in it. Return 0 to go on; another value stops the session at `to`. */
typedef struct MlWatcher {
    void *self;
    int (*step)(void *self, MlSession *s, double from, double to);
    void (*happened)(void *self, int kind, double from, double to, const char *text);
    /* What began at `from` ends at `to`, before its time. */
    void (*ended)(void *self, int kind, double from, double to);
    void (*note)(void *self, const char *text);
} MlWatcher;

typedef struct MlSessionOptions {
    double clock;   /* clock time of t = 0, min after midnight */
    double begin;   /* t at which life begins to be followed, <= 0 */
    MlChoice meals; /* ML_C_MEALS_HABITUAL, ML_C_MEALS_NONE */
    MlChoice drinking;
    double rtol; /* 0: default */
} MlSessionOptions;

milieu_code ml_session_create(const MlHouse *house, MlPerson *person, const MlSessionOptions *options,
                              MlSession **session, milieu_error *err);
void ml_session_destroy(MlSession **session);

/* Schedules all occurrences of an event that begin before `end`; the event is copied. */
milieu_code ml_session_schedule(MlSession *s, const MlEvent *e, double end, milieu_error *err);

/* Lives until t. Returns MILIEU_OK also when the watcher stopped it; see ml_session_time. */
milieu_code ml_session_advance(MlSession *s, double until, const MlWatcher *watcher, milieu_error *err);

/* A snapshot of everything, for the same build: bytes needed, writing them, going on from them. */
size_t ml_session_snapshot_size(const MlSession *s);
void ml_session_save(const MlSession *s, void *buffer);
milieu_code ml_session_restore(MlSession *s, const void *buffer, size_t size, milieu_error *err);

double ml_session_time(const MlSession *s);
/* The states at a time within the last step, or now. */
void ml_session_state(const MlSession *s, double t, double *y);
/* Overwrites the present state (labs, restored snapshots). */
void ml_session_set_state(MlSession *s, const double *y);
/* From here on a parameter of the person has this value. */
void ml_session_own(MlSession *s, int param, double value);
/* From here on the ducts of the person give way to vasopressin at a tonicity that is so much higher. */
void ml_session_adapt_to_water(MlSession *s, double shift);
/* From here on the person breathes so much of what the body asks, where no event says otherwise. */
void ml_session_breathe(MlSession *s, double ventilation);
/* From here on the beta cells make so much of what healthy ones do. */
void ml_session_secrete(MlSession *s, double share);
/* Location of crossings within the last step: a locator for so many values, and the search (solve/locate.h).
 */
milieu_code ml_session_locator(const MlSession *s, int count, MlLocator **locator, milieu_error *err);
int ml_session_locate(const MlSession *s, MlLocator *locator, MlWatch watch, void *user, double from,
                      MlCrossing *crossing);
/* Outputs of a state; MlBaseline of the session: cumulative ones count from the last ml_session_zero. */
void ml_session_outputs(const MlSession *s, const double *y, double *out);
/* The same, and those of n outputs that only whole models of nerve and muscle give: up to two seconds. What every run has
 * comes from the surrogates here too, as flags do. */
void ml_session_close(const MlSession *s, const double *y, const int *which, int n, double *out);
/* What nerve and muscle are told of that state. */
MlExcite ml_session_excite(const MlSession *s, const double *y);
const MlContext *ml_session_context(const MlSession *s); /* parameters and inputs of the moment */
/* What is given per minute at the moment, by variable of safety limits (given.c). */
const double *ml_session_given(const MlSession *s);
int ml_session_exercising(const MlSession *s);
void ml_session_zero(MlSession *s);                      /* from here totals count */
void ml_session_weigh(MlSession *s);                     /* the same, and the body has the mass stated */
double ml_session_settled_water(const MlSession *s);     /* body water of the steady state, L */
const MlBaseline *ml_session_baseline(const MlSession *s);
const MlPerson *ml_session_person(const MlSession *s);
const MlSolverStats *ml_session_stats(const MlSession *s);

#endif
