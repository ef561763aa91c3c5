/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between scenarios: facts of person and day by name, entries of the timeline by their words. */
#include "report/compare.h"
#include "report/event_words.h"
#include "report/words.h"
#include "person/person.h"
#include "timeline/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Fact {
    char name[80], value[ML_DIFFERENCE_TEXT];
} Fact;
typedef struct Facts {
    int n, room, lost; /* lost: no memory */
    Fact *fact;
} Facts;

static char *add(Facts *f, const char *prefix, const char *name) {
    static char nowhere[sizeof f->fact->value];
    if (f->n == f->room) {
        const int room = f->room ? 2 * f->room : 32;
        Fact *grown = realloc(f->fact, (size_t)room * sizeof *grown);
        if (!grown) {
            f->lost = 1;
            return nowhere;
        }
        f->fact = grown, f->room = room;
    }
    Fact *fact = &f->fact[f->n++];
    *fact = (Fact){.value = ""};
    ml_append(fact->name, sizeof fact->name, "%s%s", prefix, name);
    return fact->value;
}

enum { VALUE = sizeof(((Fact *)0)->value) };

static void add_number(Facts *f, const char *prefix, const char *name, double v, const char *unit) {
    if (!isnan(v)) ml_value_told(v, unit, add(f, prefix, name), VALUE);
}

static void add_choice(Facts *f, const char *name, MlChoice choice) {
    const MlChoiceRow *row = choice == ML_CHOICE_NONE ? NULL : ml_choice_row(choice);
    if (row) ml_append(add(f, "", name), VALUE, "%s", row->name);
}

static void add_condition(const MlConditionSpec *c, char *text) {
    static const char *const severity[] = {"", "mild", "moderate", "severe"};
    ml_append(text, VALUE, "%s%s", *text ? ", " : "", c->name);
    for (int i = 0; i < c->nmeasure; i++) {
        const MlMeasure *m = &c->measure[i];
        if (m->output < 0 && m->value >= 1 && m->value <= 3 && strcmp(m->name, "severity") == 0)
            ml_append(text, VALUE, " (%s)", severity[(int)m->value]);
        else
            ml_append(text, VALUE, " (%s %s %s)", m->name, ml_plain(m->value, 4).s, m->output >= 0 ? ml_outputs[m->output].unit : ml_dimension_unit(m->dimension));
    }
}

static void add_person(Facts *f, const MlPersonSpec *p) {
    const int preset = ml_preset_of(p); /* also where it is not told */
    if (preset >= 0) ml_append(add(f, "", "preset"), VALUE, "%s", ml_preset_info(preset).name);
    add_choice(f, "sex", p->sex == ML_CHOICE_NONE && preset >= 0 ? ml_preset_info(preset).sex : p->sex);
#define PERSON(field, unit, low, high) add_number(f, "", #field, p->field, unit);
#include "timeline/person.def"
    add_choice(f, "ckd_stage", p->ckd_stage);
    if (p->anuric > 0) ml_append(add(f, "", "anuric"), VALUE, "yes");
    if (p->cramp_history > 0) ml_append(add(f, "", "cramp_history"), VALUE, "yes");
    char *conditions = p->ncondition ? add(f, "", "conditions") : NULL;
    for (int i = 0; i < p->ncondition; i++) add_condition(&p->condition[i], conditions);
    for (int i = 0; i < ML_NDIET; i++) {
        if (isnan(p->diet.value[i])) continue;
        MlDietSpec one = p->diet;
        char both[VALUE] = "";
        for (int k = 0; k < ML_NDIET; k++)
            if (k != i) one.value[k] = NAN;
        ml_diet_told(&one, both, sizeof both);
        ml_append(add(f, "habitual ", ml_diet_row(i)->name), VALUE, "%s", both + strlen(ml_diet_row(i)->name) + 1);
    }
    for (int i = 0; i < p->nlab; i++)
        add_number(f, "measured ", ml_outputs[p->lab[i].output].name, p->lab[i].value, ml_outputs[p->lab[i].output].unit);
    for (int i = 0; i < p->nparameter; i++) {
        const int k = ml_param_find(p->parameter[i].name);
        add_number(f, "parameter ", p->parameter[i].name, p->parameter[i].value, k >= 0 ? ml_params[k].unit : "1");
    }
}

static void add_day(Facts *f, const MlScenario *s) {
    ml_append(add(f, "", "start"), VALUE, "%s", ml_clock(s->start, 0).s);
    add_choice(f, "meals", s->meals);
    add_choice(f, "drinking", s->drinking);
    add_number(f, "", "duration", s->duration, "min");
}

/* ---- what differs ---- */

static MlDifference *next(MlComparison *c) {
    if (c->ndifference == ML_DIFFERENCES_TOLD) {
        c->nuntold++;
        return NULL;
    }
    MlDifference *d = &c->difference[c->ndifference++];
    memset(d, 0, sizeof *d);
    return d;
}

static const char *value_of(const Facts *f, const char *name) {
    for (int i = 0; i < f->n; i++)
        if (strcmp(f->fact[i].name, name) == 0) return f->fact[i].value;
    return "";
}

static void compare_fact(MlComparison *c, const Facts *f, const char *name) {
    int same = 1;
    for (int i = 1; i < c->n; i++) same &= strcmp(value_of(&f[i], name), value_of(&f[0], name)) == 0;
    MlDifference *d = same ? NULL : next(c);
    if (!d) return;
    ml_append(d->name, sizeof d->name, "%s", name);
    for (int i = 0; i < c->n; i++) ml_append(d->value[i], sizeof d->value[i], "%s", value_of(&f[i], name));
}

static int was_met(const Facts *f, int side, const char *name) {
    for (int i = 0; i < side; i++)
        for (int k = 0; k < f[i].n; k++)
            if (strcmp(f[i].fact[k].name, name) == 0) return 1;
    return 0;
}

static milieu_code compare_facts(MlComparison *c) {
    Facts f[ML_MOST_COMPARED] = {{0}};
    int lost = 0;
    for (int i = 0; i < c->n; i++) {
        add_person(&f[i], &c->side[i].scenario->person);
        add_day(&f[i], c->side[i].scenario);
        lost |= f[i].lost;
    }
    for (int i = 0; i < c->n && !lost; i++)
        for (int k = 0; k < f[i].n; k++)
            if (!was_met(f, i, f[i].fact[k].name)) compare_fact(c, f, f[i].fact[k].name);
    for (int i = 0; i < c->n; i++) free(f[i].fact);
    return lost ? MILIEU_NO_MEMORY : MILIEU_OK;
}

/* ---- entries of the timeline ---- */

typedef struct Entry {
    int side;
    double at;
    char text[ML_DIFFERENCE_TEXT];
} Entry;

static int by_text(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    const int order = strcmp(x->text, y->text);
    return order ? order : x->side - y->side;
}

/* n entries of one text: the k-th of each side stand for one another. */
static void compare_entries(MlComparison *c, const Entry *e, int n) {
    int count[ML_MOST_COMPARED] = {0};
    const unsigned all = (1u << c->n) - 1;
    for (int i = 0; i < n; i++) count[e[i].side]++;
    for (int k = 0;; k++) {
        unsigned in = 0;
        for (int i = 0; i < c->n; i++)
            if (count[i] > k) in |= 1u << i;
        if (!in) return;
        MlDifference *d = in == all ? NULL : next(c);
        if (!d) continue;
        d->is_event = 1, d->in = in, d->at = e->at;
        ml_append(d->name, sizeof d->name, "%s", e->text);
    }
}

static int by_time(const void *a, const void *b) {
    const MlDifference *x = a, *y = b;
    if (x->is_event != y->is_event) return x->is_event - y->is_event;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (x->in > y->in) - (x->in < y->in);
}

static milieu_code compare_events(MlComparison *c) {
    size_t n = 0, k = 0;
    for (int i = 0; i < c->n; i++) n += (size_t)c->side[i].scenario->nevent;
    Entry *entry = malloc((n + 1) * sizeof *entry);
    if (!entry) return MILIEU_NO_MEMORY;
    for (int i = 0; i < c->n; i++)
        for (int j = 0; j < c->side[i].scenario->nevent; j++) {
            const MlEvent *e = &c->side[i].scenario->event[j];
            char when[80];
            Entry *to = &entry[k++];
            to->side = i, to->at = e->at;
            ml_event_told(e, to->text, sizeof to->text);
            ml_event_when(e, when, sizeof when);
            ml_append(to->text, sizeof to->text, ", %s", when);
        }
    qsort(entry, n, sizeof *entry, by_text);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && strcmp(entry[to].text, entry[from].text) == 0;) to++;
        compare_entries(c, entry + from, (int)(to - from));
    }
    free(entry);
    qsort(c->difference, (size_t)c->ndifference, sizeof *c->difference, by_time);
    return MILIEU_OK;
}

milieu_code ml_comparison_facts(MlComparison *c) {
    c->difference = malloc(ML_DIFFERENCES_TOLD * sizeof *c->difference);
    if (!c->difference) return MILIEU_NO_MEMORY;
    const milieu_code code = compare_facts(c);
    return code == MILIEU_OK ? compare_events(c) : code;
}
