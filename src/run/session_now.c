/* SPDX-License-Identifier: Apache-2.0 */
/* What holds at a moment of a session, of all that is going on: drinking, appetite, the diet, the inputs of the body. */
#include "run/session_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timeline/tables.h"

/* The active bout of a kind that began last. */
const MlBout *ml_session_latest(const MlSession *s, MlEventKind kind) {
    const MlBout *found = NULL;
    for (int i = 0; i < s->nbout; i++) {
        const MlBout *b = &s->bout[i];
        if (b->event && b->event->kind == kind && (!found || ml_bout_compare(b, found) >= 0)) found = b;
    }
    return found;
}

int ml_session_acting(const MlSession *s, char *list, size_t size) {
    int seen[ML_NEVENT] = {0}, n = 0;
    for (int i = 0; i < s->nbout; i++) {
        const MlBout *b = &s->bout[i];
        if (!b->event || b->off <= s->t || seen[b->event->kind]++) continue;
        const char *what = b->event->what;
        const size_t used = strlen(list);
        snprintf(list + used, size - used, "%s%s%s%s since %.4g h", n++ ? ", " : "", ml_event_row(b->event->kind)->name, *what ? " " : "", what, b->on / 60.0);
    }
    return n;
}

MlChoice ml_session_drinking(const MlSession *s) {
    const MlBout *b = ml_session_latest(s, ML_EVENT_DRINKING);
    if (b) return (MlChoice)b->event->value[ML_FIELD_MODE].v;
    return s->t < s->options.begin ? ML_C_DRINKING_HABITUAL : s->options.drinking;
}

/* Appetite in illness: eaten share of the ordinary. */
double ml_session_appetite(const MlSession *s) {
    const MlBout *b = ml_session_latest(s, ML_EVENT_INFECTION);
    return b ? ml_infection_appetite(b->event) : 1;
}

static const double hardly = 0.5; /* able, below which it is told */
static const double hale = 0.98;  /* able, above which all is eaten */

double ml_session_able(const MlSession *s) {
    double out[ML_NOUTPUT];
    ml_session_outputs(s, s->state, out);
    return fmin(out[ML_O_ability_to_swallow] / hale, 1);
}

void ml_meal_words(const char *meal, double share, char *text, size_t size) {
    if (share < hardly) snprintf(text, size, "too ill for more than %.0f %% of %s", 100 * share, meal);
    else snprintf(text, size, "had %s", meal);
}

void ml_warn_of_swallowing(const MlEvent *e, double able, MlNotes *notes) {
    const int by_mouth = e->kind == ML_EVENT_DRINK || e->kind == ML_EVENT_EAT || e->kind == ML_EVENT_TAKE;
    if (by_mouth && able < hardly)
        ml_notes_add(notes, "%s: in shock, drowsy or weak, the person could hardly swallow it; it is taken as stated", ml_event_row(e->kind)->name);
}

int ml_session_fasting(const MlSession *s) {
    return s->options.meals == ML_C_MEALS_NONE || ml_session_latest(s, ML_EVENT_FAST) != NULL;
}

static int by_start(const void *a, const void *b) { return ml_bout_compare(*(const MlBout *const *)a, *(const MlBout *const *)b); }

/* Puts what is active in order; returns how many. */
static int sort_active(const MlSession *s) {
    for (int i = 0; i < s->nbout; i++) s->order[i] = &s->bout[i];
    qsort(s->order, (size_t)s->nbout, sizeof *s->order, by_start);
    return s->nbout;
}

/* The diet of the moment: habitual, then each diet event over it, those with `over` in proportion. */
MlDiet ml_session_diet(const MlSession *s) {
    MlDiet diet = s->person.diet;
    const int n = sort_active(s);
    for (int i = 0; i < n; i++) {
        const MlBout *b = s->order[i];
        if (!b->event || b->event->kind != ML_EVENT_DIET) continue;
        const double over = ml_event_has(b->event, ML_FIELD_OVER) ? b->event->value[ML_FIELD_OVER].v : 0;
        const double share = over > 0 ? fmin((s->t - b->on) / over, 1) : 1;
        for (int k = 0; k < ML_NDIET; k++) {
            const double new = ml_diet_value(&b->event->diet, k, s->baseline.body_mass);
            if (!isnan(new)) diet.value[k] += share * (new - diet.value[k]);
        }
        if (!isnan(b->event->diet.value[ML_DIET_SODIUM])) diet.salted *= 1 - share;
        const double food = b->event->diet.food_potassium;
        if (!isnan(food)) diet.food_potassium += share * (food - diet.food_potassium);
    }
    return diet;
}

/* A kidney event with `over` takes hold in proportion. */
double ml_session_hold(const MlSession *s, const MlBout *b) {
    if (!b->event || b->event->kind != ML_EVENT_KIDNEY || !ml_event_has(b->event, ML_FIELD_OVER)) return 1;
    const double over = b->event->value[ML_FIELD_OVER].v;
    return over > ML_SHORTEST ? fmin((s->t - b->on) / over, 1) : 1;
}

static void apply(const MlSession *s, const MlBout *b, MlOp op, double *input) {
    const double share = ml_session_hold(s, b);
    for (int k = 0; k < b->changes.n; k++) {
        const MlChange *c = &b->changes.change[k];
        double *u = &input[c->input];
        if (c->op != (short)op) continue;
        if (op == ML_OP_ADD)
            *u += c->value;
        else if (op == ML_OP_SET)
            *u += share * (c->value - *u);
        else
            *u *= c->value;
    }
}

/* A second illness replaces the first. */
static int is_replaced(const MlSession *s, const MlBout *b) {
    return b->event && b->event->kind == ML_EVENT_INFECTION && b != ml_session_latest(s, ML_EVENT_INFECTION);
}

/* Inputs anew from all that is active, in the order in which it began, so that nothing is left over by
 * rounding: first what sets them, then what multiplies and adds. */
void ml_session_refresh(MlSession *s) {
    double input[ML_NINPUT];
    ml_person_inputs(&s->person, input);
    if (s->t >= 0) {
        if (s->person.anuric) input[ML_U_gfr_factor] = 0;
        input[ML_U_magnesium_wasting] = 0;
        input[ML_U_insulin_secretion] -= s->person.insulin_lack;
    }
    const int drinking = ml_session_drinking(s);
    input[ML_U_drink_to_thirst] = drinking == ML_C_DRINKING_NONE       ? 0
                                  : drinking == ML_C_DRINKING_HABITUAL ? 0.5
                                                                       : 1;
    const int n = sort_active(s);
    ml_session_count_given(s, n);
    static const MlOp ops[] = {ML_OP_SET, ML_OP_MULTIPLY, ML_OP_ADD};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < n; i++)
            if (!is_replaced(s, s->order[i])) apply(s, s->order[i], ops[k], input);
    ml_frame_set(s->frame, s->person.param, input);
    s->seen->n = 0;
    ml_solver_restart(s->solver, s->t, s->state);
}

/* ---- the person changes ---- */

void ml_session_own(MlSession *s, int param, double value) {
    s->person.param[param] = fmin(fmax(value, ml_params[param].low), ml_params[param].high);
    ml_session_refresh(s);
}

void ml_session_adapt_to_water(MlSession *s, double shift) {
    ml_session_own(s, ML_P_escape_tonicity, s->person.param[ML_P_escape_tonicity] + shift);
}

void ml_session_secrete(MlSession *s, double share) {
    s->person.insulin_lack = 1 - share;
    ml_session_refresh(s);
}

void ml_session_breathe(MlSession *s, double ventilation) {
    s->person.ventilation = ventilation;
    ml_session_refresh(s);
}
