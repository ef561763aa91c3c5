/* SPDX-License-Identifier: Apache-2.0 */
/* Which limits are broken, as it happens. What is given at even rates has sums over a window that are straight between the
 * moments at which a rate changes and those one window later: looking at these finds every crossing and every peak. */
#include "signs/safety.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"

/* Sums since the beginning at the end of a stretch of even rates. */
typedef struct Mark {
    double t, sum[ML_NSAFE];
} Mark;

typedef struct Standing {
    double t, x;  /* as last looked at */
    int open;     /* its breach; -1: none */
    int tail;     /* the first mark that is still to leave the window */
    double begin; /* body mass when exercise began; NaN: at rest */
} Standing;

struct MlSafety {
    int nlimit;
    MlSafetyLimit *limit;
    Standing *standing;
    double mass;
    int nmark, mark_room, nbreach, breach_room;
    Mark *mark;
    MlBreach *breach;
};

enum { LONGEST = 2880 }; /* window, min */

milieu_code ml_safety_create(const MlMemory *memory, double begin, double mass, MlSafety **safety, milieu_error *err) {
    const int n = ml_safety_count();
    MlSafety *s = *safety = ml_new(memory, 1, sizeof *s);
    if (s) s->limit = ml_new(memory, (size_t)n, sizeof *s->limit);
    if (s) s->standing = ml_new(memory, (size_t)n, sizeof *s->standing);
    if (s) s->mark = ml_new(memory, 256, sizeof *s->mark);
    if (!s || !s->limit || !s->standing || !s->mark) {
        ml_safety_destroy(safety);
        return ml_fail(err, MILIEU_NO_MEMORY, "safety", "out of memory");
    }
    s->mark_room = 256;
    s->mass = mass;
    s->nmark = 1;
    s->mark[0] = (Mark){.t = begin};
    s->nlimit = n;
    for (int i = 0; i < n; i++) {
        s->limit[i] = ml_safety_limit(i);
        s->standing[i] = (Standing){begin, 0, -1, 0, NAN};
    }
    return MILIEU_OK;
}

void ml_safety_destroy(MlSafety **safety) {
    if (!*safety) return;
    ml_free((*safety)->limit);
    ml_free((*safety)->standing);
    ml_free((*safety)->mark);
    ml_free((*safety)->breach);
    ml_free(*safety);
    *safety = NULL;
}

/* ---- breaches ---- */

static double share(double from, double to, double at) { return to != from ? fmin(fmax((at - from) / (to - from), 0), 1) : 1; }

/* The limit stands at x at t; in between since it was looked at last, on a straight line or (jumps) at x all along. */
static milieu_code look(MlSafety *s, int i, double t, double x, int jumps) {
    Standing *st = &s->standing[i];
    const MlSafetyLimit *l = &s->limit[i];
    const int broken = ml_safety_broken(l, x);
    const double crossed = jumps || isinf(x) || isinf(st->x) ? st->t : st->t + (t - st->t) * share(st->x, x, l->bound);
    if (broken && st->open < 0) {
        if (s->nbreach == s->breach_room) {
            const int room = s->breach_room ? 2 * s->breach_room : 16;
            MlBreach *grown = ml_grow(ml_memory_of(s), s->breach, (size_t)room, sizeof *grown);
            if (!grown) return MILIEU_NO_MEMORY;
            s->breach = grown;
            s->breach_room = room;
        }
        st->open = s->nbreach;
        s->breach[s->nbreach++] = (MlBreach){i, crossed, NAN, x, t};
    }
    if (st->open >= 0) {
        MlBreach *b = &s->breach[st->open];
        if (broken && fabs(x) > fabs(b->worst)) b->worst = x, b->worst_time = t;
        if (!broken) b->off = crossed, st->open = -1;
    }
    st->t = t;
    st->x = x;
    return MILIEU_OK;
}

/* ---- sums ---- */

/* Those no window reaches any more make room. */
static void drop_old(MlSafety *s) {
    const double edge = s->mark[s->nmark - 1].t - LONGEST;
    int gone = 0;
    while (gone + 2 < s->nmark && s->mark[gone + 1].t < edge) gone++;
    memmove(s->mark, s->mark + gone, (size_t)(s->nmark - gone) * sizeof *s->mark);
    s->nmark -= gone;
    for (int i = 0; i < s->nlimit; i++) s->standing[i].tail = s->standing[i].tail > gone ? s->standing[i].tail - gone : 0;
}

static milieu_code room_for_mark(MlSafety *s) {
    if (s->nmark < s->mark_room) return MILIEU_OK;
    drop_old(s);
    if (2 * s->nmark < s->mark_room) return MILIEU_OK;
    Mark *grown = ml_grow(ml_memory_of(s), s->mark, (size_t)(2 * s->mark_room), sizeof *grown);
    if (!grown) return MILIEU_NO_MEMORY;
    s->mark = grown;
    s->mark_room *= 2;
    return MILIEU_OK;
}

/* Sum at t, which lies between the marks before `next` and at it. */
static double sum_at(const MlSafety *s, int next, int v, double t) {
    if (next == 0) return s->mark[0].sum[v];
    const Mark *a = &s->mark[next - 1], *b = &s->mark[next];
    return a->sum[v] + share(a->t, b->t, t) * (b->sum[v] - a->sum[v]);
}

/* A sum over a window, at each moment of the last stretch at which its slope may change. */
static milieu_code look_at_sums(MlSafety *s, int i) {
    const MlSafetyLimit *l = &s->limit[i];
    Standing *st = &s->standing[i];
    const int last = s->nmark - 1, v = l->variable;
    const double to = s->mark[last].t, unit = l->per_kg ? s->mass : 1;
    for (; st->tail < last && s->mark[st->tail].t + l->window <= to; st->tail++) {
        const double t = s->mark[st->tail].t + l->window;
        if (t <= st->t) continue;
        ML_TRY(look(s, i, t, (sum_at(s, last, v, t) - s->mark[st->tail].sum[v]) / unit, 0));
    }
    if (to <= st->t) return MILIEU_OK;
    return look(s, i, to, (s->mark[last].sum[v] - sum_at(s, st->tail, v, to - l->window)) / unit, 0);
}

/* Of the fluid that runs: how strong it is. Its water and about the volume of its solutes: 10 mL of an osmole, 110 mL of a mole
 * of sugar. Without water potassium is undiluted; of osmoles nothing can be said. */
static double strength(MlSafetyVariable v, const double *amount) {
    const double water = amount[ML_SAFE_VEIN_VOLUME], osmoles = amount[ML_SAFE_VEIN_OSMOLES];
    const double volume = water + 1e-5 * osmoles + 1e-4 * amount[ML_SAFE_VEIN_GLUCOSE];
    const double solute = v == ML_SAFE_OSMOLARITY ? osmoles : amount[ML_SAFE_VEIN_POTASSIUM];
    if (!(solute > 0)) return 0;
    if (water > 0) return solute / volume;
    return v == ML_SAFE_OSMOLARITY ? 0 : INFINITY;
}

milieu_code ml_safety_given(MlSafety *s, double from, double to, const double *amount) {
    if (to <= from) return MILIEU_OK;
    ML_TRY(room_for_mark(s));
    Mark *m = &s->mark[s->nmark];
    *m = s->mark[s->nmark - 1];
    m->t = to;
    for (int v = 0; v < ML_NSAFE; v++) m->sum[v] += amount[v];
    s->nmark++;
    for (int i = 0; i < s->nlimit; i++) {
        const MlSafetyLimit *l = &s->limit[i];
        if (l->kind == ML_SAFE_SUM) ML_TRY(look_at_sums(s, i));
        if (l->kind == ML_SAFE_RATIO) {
            s->standing[i].t = from;
            ML_TRY(look(s, i, to, strength(l->variable, amount), 1));
        }
    }
    return MILIEU_OK;
}

/* ---- outputs ---- */

/* Gain of mass when exercise ends, % of that at its beginning; a breach of that moment. */
static milieu_code look_at_exercise(MlSafety *s, int i, double t, double mass, int exercising) {
    Standing *st = &s->standing[i];
    if (exercising) {
        if (isnan(st->begin)) st->begin = mass;
        return MILIEU_OK;
    }
    if (isnan(st->begin)) return MILIEU_OK;
    const double gain = 100 * (mass / st->begin - 1);
    st->begin = NAN;
    st->t = t;
    ML_TRY(look(s, i, t, gain, 1));
    return look(s, i, t, -INFINITY, 1);
}

milieu_code ml_safety_exercise(MlSafety *s, double t, double body_mass, int exercising) {
    for (int i = 0; i < s->nlimit; i++)
        if (s->limit[i].kind == ML_SAFE_END) ML_TRY(look_at_exercise(s, i, t, body_mass, exercising));
    return MILIEU_OK;
}

milieu_code ml_safety_observe(MlSafety *s, const MlSigns *signs, double t, const double *out) {
    for (int i = 0; i < s->nlimit; i++) {
        const MlSafetyLimit *l = &s->limit[i];
        const double x = l->kind == ML_SAFE_SIGN ? ml_signs_measured(signs, l->flag_limit, t, out) : NAN;
        if (!isnan(x) && t >= s->standing[i].t) ML_TRY(look(s, i, t, x, 0));
    }
    return MILIEU_OK;
}

/* ---- what came of it ---- */

milieu_code ml_safety_breaches(const MlSafety *s, const MlSafetyPerson *person, double end, const MlMemory *memory, MlBreach **list,
                               int *n) {
    MlBreach *b = *list = ml_new(memory, (size_t)s->nbreach + 1, sizeof *b);
    *n = 0;
    if (!b) return MILIEU_NO_MEMORY;
    for (int i = 0; i < s->nbreach; i++) {
        const MlBreach *x = &s->breach[i];
        const MlSafetyLimit *l = &s->limit[x->limit];
        if (x->on >= end || !ml_safety_concerns(l, person)) continue;
        if (l->beyond_habit && x->worst <= 1.001 * person->habit[l->variable]) continue;
        int k = (*n)++;
        for (; k > 0 && b[k - 1].on > x->on; k--) b[k] = b[k - 1];
        b[k] = *x;
        if (b[k].off >= end) b[k].off = NAN;
    }
    return MILIEU_OK;
}
