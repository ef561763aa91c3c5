/* SPDX-License-Identifier: Apache-2.0 */
/* What a session is made of: for session.c, session_*.c, given.c and snapshot.c. */
#ifndef ML_RUN_SESSION_INSIDE_H
#define ML_RUN_SESSION_INSIDE_H

#include "run/session.h"

static const double ML_SHORTEST = 1e-3; /* what happens at once, min */

/* One stretch of something: an occurrence of an event, or a meal. */
typedef struct MlBout {
    double on, off;       /* min */
    const MlEvent *event; /* NULL: a habit */
    int habit;            /* index of ml_habits, else -1 */
    int begun;
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
    int nevent, event_space, scheduled; /* scheduled: how many were in all, which gives each its order */
    MlEvent **event;                    /* owned copies of those that have bouts, no order */
    int nbout, bout_space;
    MlBout *bout;         /* pending and active; the last to begin first, where planned: the next are near the end, from where they are taken out */
    int planned;          /* in that order */
    const MlBout **order; /* scratch for as many */
    int next_habit;       /* index of ml_habits */
    double next_habit_at; /* t */
    double given[ML_NSAFE]; /* per minute at the moment, by variable of safety limits */
    int exercising;
    int stopped;
    char deed[ML_DEED_SIZE]; /* what was last given or lost, and when: told where the equations fail */
    double deed_at;
};

/* A new bout, empty. */
milieu_code ml_session_bout(MlSession *s, MlBout **bout, milieu_error *err);
/* By the moment of beginning; at one moment events in their order behind habits in theirs. */
int ml_bout_compare(const MlBout *x, const MlBout *y);
/* Puts bouts in the order in which they lie, where some are new. */
void ml_session_put_in_order(MlSession *s);
/* What is to begin by now, events in their order; NULL: nothing more. */
MlBout *ml_session_next_due(MlSession *s);
/* Keeps a copy of an event, with its order; NULL without memory. */
const MlEvent *ml_session_keep(MlSession *s, const MlEvent *e);
/* The active bout of a kind that began last; NULL: none. */
const MlBout *ml_session_latest(const MlSession *s, MlEventKind kind);
/* What acts, in words, each kind of event once; how many kinds. */
int ml_session_acting(const MlSession *s, char *list, size_t size);
/* Ends every dose of a drug that is being given, and those still to come of an entry that has begun. */
void ml_session_stop_drug(MlSession *s, const char *name);
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
/* Forgets all of them. */
void ml_session_forget(MlSession *s);

#endif
