/* SPDX-License-Identifier: Apache-2.0 */
/* What a session is made of: for session.c, session_*.c, given.c and snapshot.c. */
#ifndef ML_RUN_SESSION_INSIDE_H
#define ML_RUN_SESSION_INSIDE_H

#include "person/habit.h"
#include "run/session.h"

/* An event that is kept as long as something of it goes on or is still to come. */
typedef struct MlKept {
    MlEvent event;
    int uses, place; /* place: in MlSession.kept */
} MlKept;

/* An occurrence of an event, or a part of one, that is still to come: little, as there may be a hundred thousand. */
typedef struct MlPlanned {
    double on, off; /* min */
    const MlEvent *event;
    MlPhase phase;
} MlPlanned;

/* One stretch of something that goes on: an occurrence of an event, or a meal. */
typedef struct MlBout {
    double on, off;       /* min */
    const MlEvent *event; /* NULL: a habit */
    int habit;            /* index of ml_habits, else -1 */
    MlPhase phase;
    double loss_reference; /* value of the quantity whose loss ends it, at its beginning */
    MlChanges changes;
} MlBout;

/* Outputs for states looked at lately, which hold until inputs or the baseline change: flags ask for the ends of a step
 * again. */
enum { ML_SEEN = 2 };
typedef struct MlSeen {
    int n, latest;
    double y[ML_SEEN][ML_NSTATE], out[ML_SEEN][ML_NOUTPUT];
} MlSeen;

struct MlSession {
    const MlHouse *house;
    MlPerson person; /* parameters may change by `set` */
    MlSessionOptions options;
    MlFrame *frame;
    MlSolver *solver;
    MlLocator *locator;
    double t;
    double state[ML_NSTATE];
    MlBaseline baseline;
    MlSeen *seen;
    int nkept, kept_space, scheduled; /* scheduled: how many were in all, which gives each its order */
    MlKept **kept;                    /* owned, no order */
    int nplanned, planned_space, in_order;
    MlPlanned *planned; /* the last to begin first, where in_order: the next is taken off the end */
    int nbout, bout_space;
    MlBout *bout;
    const MlBout **order; /* scratch for as many */
    int next_habit;       /* index of ml_habits */
    double next_habit_at; /* t */
    double settled_water;   /* of the body, in the steady state, L */
    double given[ML_NSAFE]; /* per minute at the moment, by variable of safety limits */
    int exercising;
    int stopped;
    char deed[ML_DEED_SIZE]; /* what was last given or lost, and when: told where the equations fail */
    double deed_at;
};

/* session_plan.c. A new bout, empty; room for more of them. */
milieu_code ml_session_bout(MlSession *s, MlBout **bout, milieu_error *err);
milieu_code ml_session_make_room(MlSession *s, milieu_error *err);
/* By the moment of beginning; at one moment events in their order behind habits in theirs. */
int ml_bout_compare(const MlBout *x, const MlBout *y);
/* One more to come, of an event that is kept. */
milieu_code ml_session_plan(MlSession *s, const MlPlanned *p, milieu_error *err);
/* Puts what is to come in its order, where some of it is new. */
void ml_session_put_in_order(MlSession *s);
/* What is to begin by now, events in their order: index of `planned`; -1: nothing more. */
int ml_session_due(const MlSession *s);
/* That goes over into a bout. */
void ml_session_take(MlSession *s, int planned, MlBout *b);
/* Keeps a copy of an event, with its order; NULL without memory. One more, one less makes use of it; the last lets it go. */
const MlEvent *ml_session_keep(MlSession *s, const MlEvent *e);
void ml_session_use(const MlEvent *e);
void ml_session_let_go(MlSession *s, const MlEvent *e);
int ml_session_place(const MlEvent *e); /* in `kept`; -1: of NULL */
/* The active bout of a kind that began last; NULL: none. */
const MlBout *ml_session_latest(const MlSession *s, MlEventKind kind);
/* What acts, in words, each kind of event once; how many kinds. */
int ml_session_acting(const MlSession *s, char *list, size_t size);
MlChoice ml_session_drinking(const MlSession *s);
/* Eaten share of the ordinary. */
double ml_session_appetite(const MlSession *s);
int ml_session_fasting(const MlSession *s);
/* How able the person is to eat and drink, 0 to 1: body/strength.inc. */
double ml_session_able(const MlSession *s);
/* What is told of a meal of which the person was able to have a share. */
void ml_meal_words(const char *meal, double share, char *text, size_t size);
/* A remark where something by mouth is taken as stated, though the person could hardly have. */
void ml_warn_of_swallowing(const MlEvent *e, double able, MlNotes *notes);
/* Habitual, then each diet event over it. */
MlDiet ml_session_diet(const MlSession *s);
/* How far a bout whose event takes time has taken hold, 0 to 1. */
double ml_session_hold(const MlSession *s, const MlBout *b);
/* Inputs anew from all that is active. */
void ml_session_refresh(MlSession *s);
/* Counts what the active bouts give: the first so many of `order`. */
void ml_session_count_given(MlSession *s, int nactive);
/* Forgets all that goes on and is to come. */
void ml_session_forget(MlSession *s);

/* exhaustion.c. How far a state is beyond the core temperature, or the least reserve, at which exercise ends: negative until then. */
typedef enum MlEnding { ML_ENDS_NOT, ML_ENDS_BY_LOSS, ML_ENDS_BY_HEAT, ML_ENDS_SPENT } MlEnding;
double ml_too_hot(const MlSession *s, const double *y);
double ml_spent(const MlSession *s, const double *y);
MlEnding ml_exhausted_before(const MlSession *s, const MlBout *b); /* as it begins */
void ml_exhaustion_words(const MlSession *s, const MlBout *b, MlEnding why, char text[ML_DEED_SIZE]);

#endif
