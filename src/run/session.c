/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "person/habit.h"
#include "run/settle.h"
#include "timeline/tables.h"

static const double day = 1440.0;
static const double instant = 1e-9;  /* nothing that happens lies closer together, min; more than the rounding of ten years */
enum { RAMP_STEPS = 32 };            /* in which a change that takes time is made, */
static const double ramp_step = 7200; /* each so long at most, min */

/* ---- habits ---- */

/* The first habit at or after t. */
static void find_habit(MlSession *s, double t) {
    double best = INFINITY;
    for (int i = 0; i < ml_nhabit; i++) {
        const double clock = fmod(fmod(s->options.clock + t, day) + day, day);
        double wait = ml_habits[i].clock - clock;
        if (wait < 0) wait += day;
        if (t + wait < best) {
            best = t + wait;
            s->next_habit = i;
        }
    }
    s->next_habit_at = best;
}

static void next_habit(MlSession *s) {
    const int i = (s->next_habit + 1) % ml_nhabit;
    double wait = ml_habits[i].clock - ml_habits[s->next_habit].clock;
    if (wait <= 0) wait += day;
    s->next_habit = i;
    s->next_habit_at += wait;
}

/* ---- beginnings and ends ---- */

static void tell(const MlWatcher *w, int kind, double from, double to, const char *text) {
    if (w && w->happened && text[0]) w->happened(w->self, kind, from, to, text);
}

static void begin_habit(MlSession *s, MlBout *b, const MlWatcher *w) {
    const MlHabit *h = &ml_habits[b->habit];
    const double share = ml_session_able(s);
    const double food = ml_session_fasting(s) ? 0 : h->food * ml_session_appetite(s) * share;
    const double drink = ml_session_drinking(s) == ML_C_DRINKING_HABITUAL ? h->drink * share : 0;
    double input[ML_NINPUT] = {0};
    const MlDiet diet = ml_session_diet(s);
    ml_diet_add(&diet, food, drink, b->off - b->on, input);
    for (int i = 0; i < ML_NINPUT; i++) ml_change_add(&b->changes, i, ML_OP_ADD, input[i]);
    if (food > 0) {
        char text[64];
        ml_meal_words(h->name, share, text, sizeof text);
        tell(w, ML_EVENT_EAT, b->on, b->off, text);
    }
}

/* A loss, heat or exhaustion ends a bout before its time. */
static void end_early(const MlSession *s, const MlWatcher *w, MlBout *b, double t, MlEnding why) {
    char text[ML_DEED_SIZE];
    b->off = t;
    if (w && w->ended) w->ended(w->self, (int)b->event->kind, b->on, t);
    if (why == ML_ENDS_BY_LOSS) ml_loss_words(b->event, text);
    else ml_exhaustion_words(s, b, why, text);
    tell(w, (int)b->event->kind, t, t, text);
}

/* The same has been taken out before: there is nothing left of it. */
static int removed_before(const MlSession *s, const MlBout *b) {
    for (int i = 0; i < s->nbout; i++) {
        const MlBout *other = &s->bout[i];
        if (other == b || !other->event || other->event->kind != ML_EVENT_REMOVE) continue;
        if (other->changes.n > 0 && other->event->value[ML_FIELD_WHAT].v == b->event->value[ML_FIELD_WHAT].v) return 1;
    }
    return 0;
}

static void refuse_removal(MlBout *b, const MlWatcher *w) {
    char note[ML_NOTE_SIZE];
    b->off = b->on;
    snprintf(note, sizeof note, "remove: %s: nothing is left of them, they were removed before",
             ml_choice_row((int)b->event->value[ML_FIELD_WHAT].v)->name);
    if (w && w->note) w->note(w->self, note);
}

static milieu_code begin_event(MlSession *s, MlBout *b, const MlWatcher *w, milieu_error *err) {
    double out[ML_NOUTPUT];
    if (b->event->kind == ML_EVENT_REMOVE && removed_before(s, b)) {
        refuse_removal(b, w);
        return MILIEU_OK;
    }
    ml_session_outputs(s, s->state, out);
    const MlDoseContext c = {&s->person, s->baseline.body_mass, s->house->products, s->house->drugs,
                             out,        s->person.param, b->phase};
    char text[ML_DEED_SIZE];
    MlNotes notes = {0};
    const milieu_code code = ml_fail_at(err, b->event->file, b->event->line, ml_dose(&c, b->event, b->off - b->on, &b->changes, text, &notes, err));
    if (code != MILIEU_OK) {
        b->off = b->on; /* what could not begin has no effect */
        b->changes.n = 0;
        return code;
    }
    if (b->event->loss.output >= 0) b->loss_reference = out[b->event->loss.output];
    tell(w, (int)b->event->kind, b->on, b->off, text);
    if (text[0]) memcpy(s->deed, text, sizeof s->deed), s->deed_at = b->on;
    ml_warn_of_swallowing(b->event, out[ML_O_ability_to_swallow], &notes);
    for (int i = 0; w && w->note && i < notes.n; i++) w->note(w->self, notes.text[i]);
    if (b->event->kind != ML_EVENT_EXERCISE) return MILIEU_OK;
    const MlEnding why = ml_exhausted_before(s, b);
    if (why != ML_ENDS_NOT) end_early(s, w, b, s->t, why);
    return MILIEU_OK;
}

static const MlBout *exercising(const MlSession *s) { return ml_session_latest(s, ML_EVENT_EXERCISE); }

static int same_drug(const MlSession *s, const char *a, const char *b) {
    const MlDrug *drug = ml_drugs_find(s->house->drugs, a);
    return !strcmp(a, b) || (drug && drug == ml_drugs_find(s->house->drugs, b));
}

static int is_dose_of(const MlSession *s, const MlEvent *e, const char *name) {
    return e && e->kind != ML_EVENT_STOP_DRUG && e->at <= s->t && same_drug(s, e->what, name);
}

/* Ends every dose of a drug that is being given, and those still to come of an entry that has begun. */
static void stop_drug(MlSession *s, const char *name) {
    int left = 0;
    for (int i = 0; i < s->nbout; i++)
        if (is_dose_of(s, s->bout[i].event, name)) s->bout[i].off = fmin(s->bout[i].off, s->t);
    for (int i = 0; i < s->nplanned; i++)
        if (is_dose_of(s, s->planned[i].event, name)) ml_session_let_go(s, s->planned[i].event);
        else s->planned[left++] = s->planned[i];
    s->nplanned = left;
}

static milieu_code begin_due(MlSession *s, const MlWatcher *w, milieu_error *err) {
    for (int next; (next = ml_session_due(s)) >= 0;) {
        MlBout *b;
        ML_TRY(ml_session_bout(s, &b, err));
        ml_session_take(s, next, b);
        if (b->event->kind == ML_EVENT_STOP_DRUG) stop_drug(s, b->event->what);
        ML_TRY(begin_event(s, b, w, err));
    }
    /* a meal waits for the end of exercise; habits begin after events of the same moment */
    while (s->next_habit_at <= s->t && !exercising(s)) {
        MlBout *b;
        ML_TRY(ml_session_bout(s, &b, err));
        b->habit = s->next_habit;
        b->on = s->t;
        b->off = s->t + ml_habits[s->next_habit].minutes;
        begin_habit(s, b, w);
        next_habit(s);
    }
    return MILIEU_OK;
}

static void end_due(MlSession *s) {
    for (int i = 0; i < s->nbout;) {
        const MlEvent *event = s->bout[i].event;
        if (s->bout[i].off > s->t) {
            i++;
            continue;
        }
        memmove(&s->bout[i], &s->bout[i + 1], (size_t)(--s->nbout - i) * sizeof s->bout[i]);
        ml_session_let_go(s, event);
    }
}

/* The next moment at which inputs change. */
static double next_instant(const MlSession *s) {
    double t = exercising(s) ? INFINITY : s->next_habit_at;
    if (s->t < 0) t = fmin(t, 0); /* kidneys and insulin are lost at t = 0 */
    if (s->nplanned) t = fmin(t, s->planned[s->nplanned - 1].on);
    for (int i = 0; i < s->nbout; i++) {
        const MlBout *b = &s->bout[i];
        t = fmin(t, b->off);
        if (ml_session_hold(s, b) < 1) {
            const double step = fmin(b->event->value[ML_FIELD_OVER].v / RAMP_STEPS, ramp_step);
            t = fmin(t, b->on + step * (floor((s->t - b->on) / step + 1e-9) + 1));
        }
    }
    return t;
}

/* ---- steps ---- */

/* How far a loss that ends a bout has gone: negative until it is reached. */
typedef struct LossProbe {
    const MlSession *s;
    const MlBout *bout;
} LossProbe;

static void loss_margin(void *ctx, double t, const double *y, double *margin) {
    (void)t;
    const LossProbe *p = ctx;
    double out[ML_NOUTPUT];
    ml_session_outputs(p->s, y, out);
    const MlLoss *loss = &p->bout->event->loss;
    const double change = out[loss->output] - p->bout->loss_reference;
    const double asked = loss->relative ? loss->value * p->bout->loss_reference : loss->value;
    margin[0] = asked < 0 ? asked - change : change - asked;
}

static void heat_margin(void *ctx, double t, const double *y, double *margin) {
    (void)t;
    const LossProbe *p = ctx;
    margin[0] = ml_too_hot(p->s, y);
}

static void reserve_margin(void *ctx, double t, const double *y, double *margin) {
    (void)t;
    const LossProbe *p = ctx;
    margin[0] = ml_spent(p->s, y);
}

static int crosses(const MlSession *s, MlWatch watch, MlBout *b, double *cut) {
    LossProbe probe = {s, b};
    MlCrossing crossing;
    if (!ml_locate(s->locator, s->solver, watch, &probe, s->t, &crossing) || !crossing.rising || crossing.t >= *cut) return 0;
    *cut = crossing.t;
    return 1;
}

/* If a loss or exhaustion is reached within the last step, the earliest such moment; its bout ends there. */
static double cut_at_end(MlSession *s, const MlWatcher *w) {
    double cut = ml_solver_time(s->solver);
    MlBout *ends = NULL;
    MlEnding why = ML_ENDS_NOT;
    for (int i = 0; i < s->nbout; i++) {
        MlBout *b = &s->bout[i];
        if (!b->event) continue;
        if (b->event->loss.output >= 0 && !isnan(b->loss_reference) && crosses(s, loss_margin, b, &cut)) ends = b, why = ML_ENDS_BY_LOSS;
        if (b->event->kind != ML_EVENT_EXERCISE) continue;
        if (crosses(s, heat_margin, b, &cut)) ends = b, why = ML_ENDS_BY_HEAT;
        if (crosses(s, reserve_margin, b, &cut)) ends = b, why = ML_ENDS_SPENT;
    }
    if (ends) end_early(s, w, ends, cut, why);
    return cut;
}

/* What the solver says counts states by number; here they have names, with what acts and what was done last. Which of these is the cause
 * is not known. */
static milieu_code explain_failure(const MlSession *s, milieu_code code, milieu_error *err) {
    const int i = ml_solver_worst(s->solver);
    const char *state = i >= 0 && i < ML_NSTATE ? ml_states[i].name : "state";
    const double t = ml_session_time(s) / 60.0, value = i >= 0 ? s->state[i] : NAN;
    char acting[200] = "", last[ML_DEED_SIZE + 50] = "";
    const int n = ml_session_acting(s, acting, sizeof acting);
    if (*s->deed) snprintf(last, sizeof last, "; last before it, at %.4g h: %s", s->deed_at / 60.0, s->deed);
    return ml_fail(err, code, state, "at %.4g h the equations no longer hold (%s is now %.4g); %s%s%s; %s", t, state, value, n ? "acting: " : "nothing acts", acting, last,
                   n || *last ? "see which of these, or of what came before, is extreme" : "check the person: habitual_diet, labs, parameters");
}

/* One accepted step, cut where a loss ends something. */
static milieu_code step(MlSession *s, double limit, const MlWatcher *w, milieu_error *err) {
    const double from = s->t;
    const milieu_code code = ml_solver_step(s->solver, limit, err);
    if (code != MILIEU_OK) return explain_failure(s, code, err);
    const double to = cut_at_end(s, w);
    s->t = to;
    if (to < ml_solver_time(s->solver))
        ml_solver_dense(s->solver, to, s->state);
    else
        memcpy(s->state, ml_solver_state(s->solver), sizeof s->state);
    if (w && w->step) s->stopped = w->step(w->self, s, from, to);
    return MILIEU_OK;
}

milieu_code ml_session_advance(MlSession *s, double until, const MlWatcher *w, milieu_error *err) {
    s->stopped = 0;
    ml_session_put_in_order(s);
    while (s->t < until && !s->stopped) {
        end_due(s);
        ML_TRY(begin_due(s, w, err));
        end_due(s); /* what was stopped as it began */
        ml_session_refresh(s);
        const double limit = fmin(fmax(next_instant(s), s->t + instant), until); /* time passes */
        int cut = 0;
        while (s->t < limit && !s->stopped && !cut) {
            ML_TRY(step(s, limit, w, err));
            cut = s->t < ml_solver_time(s->solver);
        }
    }
    return MILIEU_OK;
}

/* ---- creation ---- */

/* From the evening before to the beginning, without meals if the person fasts. */
static milieu_code live_until_begin(MlSession *s, milieu_error *err) {
    const double begin_clock = fmod(fmod(s->options.clock + s->options.begin, day) + day, day);
    double span = begin_clock - ml_settled_clock;
    if (span < 0) span += day;
    s->t = s->options.begin - span;
    find_habit(s, s->t);
    ml_solver_start(s->solver, &s->frame->context, s->t, s->state);
    ML_TRY(ml_session_advance(s, s->options.begin, NULL, err));
    ml_session_refresh(s); /* outputs are looked at before the first step */
    return MILIEU_OK;
}

/* How long before the moment of the steady state the last session ended. */
static void place_sessions(const MlSessionOptions *o, MlPerson *person) {
    if (!(person->since_dialysis > 0)) return;
    const double begin_clock = fmod(fmod(o->clock + o->begin, day) + day, day);
    double span = begin_clock - ml_settled_clock;
    if (span < 0) span += day;
    person->dialysis_gap = person->since_dialysis - span;
}

milieu_code ml_session_create(const MlHouse *house, MlPerson *person, const MlSessionOptions *options,
                              MlSession **session, milieu_error *err) {
    const MlMemory *memory = ml_memory_of(house->model);
    MlSession *s = ml_new(memory, 1, sizeof *s);
    *session = s;
    if (!s) return ml_fail(err, MILIEU_NO_MEMORY, "session", "out of memory");
    s->house = house;
    s->options = *options;
    s->frame = ml_frame_create(memory);
    s->seen = ml_new(memory, 1, sizeof *s->seen);
    MlSolverOptions so = ml_solver_options_default();
    so.autonomous = 1;
    so.memory = memory;
    if (options->rtol > 0) so.rtol = options->rtol;
    milieu_code code = s->frame && s->seen ? ml_solver_create(&house->model->problem, &so, &s->solver, err)
                                           : ml_fail(err, MILIEU_NO_MEMORY, "session", "out of memory");
    if (code == MILIEU_OK) code = ml_locator_create(s->solver, 1, &s->locator, err);
    if (code == MILIEU_OK) code = ml_session_make_room(s, err);
    if (code == MILIEU_OK) {
        place_sessions(options, person);
        code = ml_settle(house, person, s->state, err);
    }
    if (code == MILIEU_OK) {
        s->person = *person;
        s->settled_water = ml_water_inside(s->state);
        s->baseline.body_mass = person->mass;
        s->baseline.interstitial_water = s->state[ML_S_interstitial_water];
        s->baseline.plasma_water = s->state[ML_S_plasma_water];
        s->baseline.brain_water = s->state[ML_S_brain_water];
        s->baseline.muscle_water = s->state[ML_S_muscle_water] + s->state[ML_S_glycogen_water];
        code = live_until_begin(s, err);
    }
    if (code == MILIEU_OK) {
        ml_session_zero(s);
        s->baseline.body_mass = person->mass; /* as stated, at the beginning */
    } else {
        ml_session_destroy(session);
    }
    return code;
}

void ml_session_destroy(MlSession **session) {
    if (!*session) return;
    ml_locator_destroy(&(*session)->locator);
    ml_solver_destroy(&(*session)->solver);
    ml_frame_destroy(&(*session)->frame);
    ml_free((*session)->seen);
    ml_session_forget(*session);
    ml_free((*session)->kept);
    ml_free((*session)->planned);
    ml_free((*session)->bout);
    ml_free((*session)->order);
    ml_free(*session);
    *session = NULL;
}

double ml_session_time(const MlSession *s) { return s->t; }

void ml_session_state(const MlSession *s, double t, double *y) {
    if (t >= s->t)
        memcpy(y, s->state, sizeof s->state);
    else
        ml_solver_dense(s->solver, t, y);
}

void ml_session_set_state(MlSession *s, const double *y) { memcpy(s->state, y, sizeof s->state); }

milieu_code ml_session_locator(const MlSession *s, int count, MlLocator **locator, milieu_error *err) {
    return ml_locator_create(s->solver, count, locator, err);
}

int ml_session_locate(const MlSession *s, MlLocator *locator, MlWatch watch, void *user, double from,
                      MlCrossing *crossing) {
    return ml_locate(locator, s->solver, watch, user, from, crossing);
}

const MlContext *ml_session_context(const MlSession *s) { return &s->frame->context; }

void ml_session_zero(MlSession *s) {
    double out[ML_NOUTPUT];
    ml_session_outputs(s, s->state, out);
    s->baseline.body_mass = out[ML_O_body_mass];
    memcpy(s->baseline.state, s->state, sizeof s->state);
    s->seen->n = 0;
}

void ml_session_weigh(MlSession *s) {
    ml_session_zero(s);
    s->baseline.body_mass = s->person.mass;
}

double ml_session_settled_water(const MlSession *s) { return s->settled_water; }
const MlBaseline *ml_session_baseline(const MlSession *s) { return &s->baseline; }
const MlPerson *ml_session_person(const MlSession *s) { return &s->person; }
const MlSolverStats *ml_session_stats(const MlSession *s) { return ml_solver_stats(s->solver); }
