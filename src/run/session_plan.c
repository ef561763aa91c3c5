/* SPDX-License-Identifier: Apache-2.0 */
/* What is going on in a session and what is still to come: bouts, planned occurrences, the events they belong to. */
#include "run/session_inside.h"

#include <stdlib.h>

#include "base/fail.h"

/* ---- bouts ---- */

/* For more bouts; there from the beginning for those of an ordinary day. */
milieu_code ml_session_make_room(MlSession *s, milieu_error *err) {
    const int space = s->bout_space ? 2 * s->bout_space : 64;
    MlBout *bout = ml_grow(ml_memory_of(s), s->bout, (size_t)space, sizeof *bout);
    if (bout) s->bout = bout;
    const MlBout **order = bout ? ml_grow(ml_memory_of(s), s->order, (size_t)space, sizeof *order) : NULL;
    if (!order) return ml_fail(err, MILIEU_NO_MEMORY, "timeline", "out of memory");
    s->order = order;
    s->bout_space = space;
    return MILIEU_OK;
}

milieu_code ml_session_bout(MlSession *s, MlBout **bout, milieu_error *err) {
    *bout = NULL;
    if (s->nbout == s->bout_space) ML_TRY(ml_session_make_room(s, err));
    *bout = &s->bout[s->nbout++];
    **bout = (MlBout){.habit = -1, .loss_reference = NAN};
    return MILIEU_OK;
}

static int rank(const MlBout *b) { return b->event ? b->event->order : b->habit - ml_nhabit; }

int ml_bout_compare(const MlBout *x, const MlBout *y) {
    if (x->on != y->on) return x->on < y->on ? -1 : 1;
    return (rank(x) > rank(y)) - (rank(x) < rank(y));
}

/* ---- events ---- */

const MlEvent *ml_session_keep(MlSession *s, const MlEvent *e) {
    if (s->nkept == s->kept_space) {
        const int space = s->kept_space ? 2 * s->kept_space : 16;
        MlKept **grown = ml_grow(ml_memory_of(s), s->kept, (size_t)space, sizeof *grown);
        if (!grown) return NULL;
        s->kept = grown;
        s->kept_space = space;
    }
    MlKept *copy = ml_new(ml_memory_of(s), 1, sizeof *copy);
    if (!copy) return NULL;
    *copy = (MlKept){.event = *e, .place = s->nkept};
    s->kept[s->nkept++] = copy;
    return &copy->event;
}

/* The event is its first member. */
static MlKept *kept_of(const MlEvent *e) { return (MlKept *)e; }

int ml_session_place(const MlEvent *e) { return e ? kept_of(e)->place : -1; }

void ml_session_use(const MlEvent *e) {
    if (e) kept_of(e)->uses++;
}

void ml_session_let_go(MlSession *s, const MlEvent *e) {
    if (!e || --kept_of(e)->uses > 0) return;
    MlKept *last = s->kept[--s->nkept];
    last->place = kept_of(e)->place;
    s->kept[last->place] = last;
    ml_free(kept_of(e));
}

void ml_session_forget(MlSession *s) {
    s->nbout = s->nplanned = 0;
    while (s->nkept > 0) ml_free(s->kept[--s->nkept]);
}

/* ---- what is to come ---- */

static int last_first(const void *a, const void *b) {
    const MlPlanned *x = a, *y = b;
    if (x->on != y->on) return x->on > y->on ? -1 : 1;
    return (x->event->order < y->event->order) - (x->event->order > y->event->order);
}

void ml_session_put_in_order(MlSession *s) {
    if (!s->in_order && s->nplanned > 1) qsort(s->planned, (size_t)s->nplanned, sizeof *s->planned, last_first);
    s->in_order = 1;
}

int ml_session_due(const MlSession *s) {
    int next = -1;
    for (int i = s->nplanned - 1; i >= 0 && s->planned[i].on <= s->t; i--)
        if (next < 0 || s->planned[i].event->order < s->planned[next].event->order) next = i;
    return next;
}

void ml_session_take(MlSession *s, int i, MlBout *b) {
    const MlPlanned p = s->planned[i];
    for (s->nplanned--; i < s->nplanned; i++) s->planned[i] = s->planned[i + 1];
    b->event = p.event;
    b->phase = p.phase;
    b->on = p.on;
    b->off = p.off;
}

milieu_code ml_session_plan(MlSession *s, const MlPlanned *p, milieu_error *err) {
    if (s->nplanned == s->planned_space) {
        const int space = s->planned_space ? 2 * s->planned_space : 64;
        MlPlanned *grown = ml_grow(ml_memory_of(s), s->planned, (size_t)space, sizeof *grown);
        if (!grown) return ml_fail(err, MILIEU_NO_MEMORY, "timeline", "out of memory");
        s->planned = grown;
        s->planned_space = space;
    }
    s->planned[s->nplanned++] = *p;
    ml_session_use(p->event);
    s->in_order = 0;
    return MILIEU_OK;
}

/* The k-th occurrence of an event that is kept. */
static milieu_code plan_phase(MlSession *s, const MlEvent *e, int k, MlPhase phase, milieu_error *err) {
    MlPlanned p = {.on = ml_event_time(e, k), .event = e, .phase = phase};
    p.off = p.on + ml_dose_lasts(s->house->products, e);
    ml_exchange_phase(e, phase, &p.on, &p.off);
    return ml_session_plan(s, &p, err);
}

static milieu_code plan(MlSession *s, const MlEvent *e, int k, milieu_error *err) {
    if (e->kind != ML_EVENT_PERITONEAL_DIALYSIS) return plan_phase(s, e, k, ML_PHASE_WHOLE, err);
    ML_TRY(plan_phase(s, e, k, ML_PHASE_FILL, err));
    return plan_phase(s, e, k, ML_PHASE_DRAIN, err);
}

milieu_code ml_session_schedule(MlSession *s, const MlEvent *e, double end, milieu_error *err) {
    MlEvent ordered = *e;
    ordered.order = s->scheduled++;
    const MlEvent *kept = ml_session_keep(s, &ordered);
    if (!kept) return ml_fail(err, MILIEU_NO_MEMORY, "timeline", "out of memory");
    ml_session_use(kept); /* until all is planned */
    const int before = s->nplanned;
    milieu_code code = MILIEU_OK;
    for (int k = 0, n = ml_event_count(e, end); k < n && code == MILIEU_OK; k++)
        if (ml_event_time(e, k) >= s->t) code = plan(s, kept, k, err);
    for (; code != MILIEU_OK && s->nplanned > before; s->nplanned--) ml_session_let_go(s, kept);
    ml_session_let_go(s, kept);
    return code;
}
