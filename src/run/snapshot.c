/* SPDX-License-Identifier: Apache-2.0 */
/* A session as bytes, and back. */
#include "run/session_inside.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "person/habit.h"

/* What a snapshot begins with; the events, what is planned and the bouts follow. */
typedef struct Head {
    char magic[8];
    uint64_t sum; /* of the bytes behind it */
    uint64_t build;
    size_t size;
    MlPerson person;
    MlSessionOptions options;
    double t, state[ML_NSTATE], input[ML_NINPUT];
    double memory; /* of the solver */
    MlBaseline baseline;
    int nkept, nplanned, nbout, scheduled, next_habit;
    double next_habit_at;
} Head;

/* An address means nothing elsewhere: the event by its place among those that are written. */
typedef struct SavedBout {
    MlBout bout;
    int event; /* -1: none */
} SavedBout;
typedef struct SavedPlanned {
    double on, off;
    int event, phase;
} SavedPlanned;

static const char magic[8] = "milieu3";

/* The hash of Fowler, Noll and Vo (FNV-1a, draft-eastlake-fnv). */
static uint64_t hash(uint64_t sum, const void *bytes, size_t size) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < size; i++) sum = (sum ^ p[i]) * 0x100000001b3;
    return sum;
}

static const uint64_t EMPTY = 0xcbf29ce484222325;

static uint64_t sum_of(const unsigned char *bytes, size_t size) {
    const size_t from = offsetof(Head, build);
    return hash(EMPTY, bytes + from, size - from);
}

/* Tells builds apart whose tables differ. */
static uint64_t build_of(void) {
    uint64_t sum = EMPTY;
    for (int i = 0; i < ML_NSTATE; i++) sum = hash(sum, ml_states[i].name, strlen(ml_states[i].name) + 1);
    for (int i = 0; i < ML_NPARAM; i++) sum = hash(sum, ml_params[i].name, strlen(ml_params[i].name) + 1);
    for (int i = 0; i < ML_NINPUT; i++) sum = hash(sum, ml_inputs[i].name, strlen(ml_inputs[i].name) + 1);
    return sum;
}

static size_t size_of(int nkept, int nplanned, int nbout) {
    return sizeof(Head) + (size_t)nkept * sizeof(MlEvent) + (size_t)nplanned * sizeof(SavedPlanned) + (size_t)nbout * sizeof(SavedBout);
}

size_t ml_session_snapshot_size(const MlSession *s) { return size_of(s->nkept, s->nplanned, s->nbout); }

void ml_session_save(const MlSession *s, void *buffer) {
    Head head;
    memset(&head, 0, sizeof head);
    memcpy(head.magic, magic, sizeof head.magic);
    head.build = build_of();
    head.size = ml_session_snapshot_size(s);
    head.person = s->person;
    head.options = s->options;
    head.t = s->t;
    memcpy(head.state, s->state, sizeof head.state);
    memcpy(head.input, s->frame->input, sizeof head.input);
    head.memory = ml_solver_memory(s->solver);
    head.baseline = s->baseline;
    head.nkept = s->nkept;
    head.nplanned = s->nplanned;
    head.nbout = s->nbout;
    head.scheduled = s->scheduled;
    head.next_habit = s->next_habit;
    head.next_habit_at = s->next_habit_at;
    char *to = (char *)buffer + sizeof head;
    for (int i = 0; i < s->nkept; i++, to += sizeof(MlEvent)) memcpy(to, &s->kept[i]->event, sizeof(MlEvent));
    for (int i = 0; i < s->nplanned; i++, to += sizeof(SavedPlanned)) {
        const MlPlanned *p = &s->planned[i];
        const SavedPlanned saved = {p->on, p->off, ml_session_place(p->event), (int)p->phase};
        memcpy(to, &saved, sizeof saved);
    }
    for (int i = 0; i < s->nbout; i++, to += sizeof(SavedBout)) {
        SavedBout saved;
        memset(&saved, 0, sizeof saved);
        memcpy(&saved.bout, &s->bout[i], sizeof saved.bout);
        saved.event = ml_session_place(saved.bout.event);
        saved.bout.event = NULL;
        memcpy(to, &saved, sizeof saved);
    }
    memcpy(buffer, &head, sizeof head);
    head.sum = sum_of(buffer, head.size);
    memcpy(buffer, &head, sizeof head);
}

/* Whether what the bytes point to is there. */
static int is_sound(const Head *head, const char *from) {
    if (head->next_habit < 0 || head->next_habit >= ml_nhabit) return 0;
    for (int i = 0; i < head->nplanned; i++, from += sizeof(SavedPlanned)) {
        SavedPlanned saved;
        memcpy(&saved, from, sizeof saved);
        if (saved.event < 0 || saved.event >= head->nkept || saved.phase < ML_PHASE_WHOLE || saved.phase > ML_PHASE_DRAIN) return 0;
    }
    for (int i = 0; i < head->nbout; i++, from += sizeof(SavedBout)) {
        SavedBout saved;
        memcpy(&saved, from, sizeof saved);
        const int n = saved.bout.changes.n;
        if (saved.event >= head->nkept || n < 0 || n > ML_MAX_CHANGES) return 0;
        if (saved.event < 0 && (saved.bout.habit < 0 || saved.bout.habit >= ml_nhabit)) return 0;
    }
    return 1;
}

static milieu_code check(const Head *head, const char *bytes, size_t size, milieu_error *err) {
    if (memcmp(head->magic, magic, sizeof head->magic) != 0 || head->build != build_of() ||
        head->size != size || head->nkept < 0 || head->nplanned < 0 || head->nbout < 0 ||
        size != size_of(head->nkept, head->nplanned, head->nbout))
        return ml_fail(err, MILIEU_BAD_INPUT, "snapshot", "this is no snapshot of this build");
    if (head->sum != sum_of((const unsigned char *)bytes, size) ||
        !is_sound(head, bytes + size_of(head->nkept, 0, 0)))
        return ml_fail(err, MILIEU_BAD_INPUT, "snapshot", "this snapshot is damaged");
    return MILIEU_OK;
}

milieu_code ml_session_restore(MlSession *s, const void *buffer, size_t size, milieu_error *err) {
    Head head;
    if (size < sizeof head) return ml_fail(err, MILIEU_BAD_INPUT, "snapshot", "%zu bytes are too few", size);
    memcpy(&head, buffer, sizeof head);
    ML_TRY(check(&head, buffer, size, err));
    const char *from = (const char *)buffer + sizeof head;
    ml_session_forget(s);
    for (int i = 0; i < head.nkept; i++, from += sizeof(MlEvent)) {
        MlEvent e;
        memcpy(&e, from, sizeof e);
        if (!ml_session_keep(s, &e)) return ml_fail(err, MILIEU_NO_MEMORY, "snapshot", "out of memory");
    }
    for (int i = 0; i < head.nplanned; i++, from += sizeof(SavedPlanned)) {
        SavedPlanned saved;
        memcpy(&saved, from, sizeof saved);
        ML_TRY(ml_session_plan(s, &(MlPlanned){saved.on, saved.off, &s->kept[saved.event]->event, (MlPhase)saved.phase}, err));
    }
    for (int i = 0; i < head.nbout; i++, from += sizeof(SavedBout)) {
        SavedBout saved;
        MlBout *b;
        memcpy(&saved, from, sizeof saved);
        ML_TRY(ml_session_bout(s, &b, err));
        memcpy(b, &saved.bout, sizeof *b);
        b->event = saved.event < 0 ? NULL : &s->kept[saved.event]->event;
        ml_session_use(b->event);
    }
    s->person = head.person;
    s->options = head.options;
    s->t = head.t;
    memcpy(s->state, head.state, sizeof head.state);
    s->baseline = head.baseline;
    s->seen->n = 0;
    s->scheduled = head.scheduled;
    s->next_habit = head.next_habit;
    s->next_habit_at = head.next_habit_at;
    ml_frame_set(s->frame, s->person.param, head.input);
    ml_solver_remember(s->solver, head.memory);
    return MILIEU_OK;
}
