/* SPDX-License-Identifier: Apache-2.0 */
#include "features.h"

#include "timeline/tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* FNV-1a. */
static uint64_t hash_of(const char *text) {
    uint64_t sum = 0xcbf29ce484222325;
    for (; *text; text++) sum = (sum ^ (unsigned char)*text) * 0x100000001b3;
    return sum;
}

static int add(Features *f, const char *text) {
    const uint64_t hash = hash_of(text);
    for (int i = 0; i < f->n; i++)
        if (f->hash[i] == hash) return 0;
    if (f->n == f->space) {
        f->space = f->space ? 2 * f->space : 256;
        f->hash = realloc(f->hash, (size_t)f->space * sizeof *f->hash);
        if (!f->hash) abort();
    }
    f->hash[f->n++] = hash;
    return 1;
}

static int add_two(Features *f, const char *kind, const char *name) {
    char text[300];
    snprintf(text, sizeof text, "%s %s", kind, name);
    return add(f, text);
}

/* Food and fluid by what of it there is, drugs by name. */
static int add_what(Features *f, const MlHouse *house, const MlEvent *e, const char *kind) {
    const MlDrug *drug = *e->what ? ml_drugs_find(house->drugs, e->what) : NULL;
    const MlProduct *product = *e->what ? ml_products_find(house->products, e->what) : NULL;
    if (drug && !product) return add_two(f, ml_event_route(e) == ML_ROUTE_IV ? "drug by vein" : "drug", drug->name);
    const MlComposition *c = e->has_composition ? &e->composition : product ? &product->composition : NULL;
    int new = 0;
    for (int i = 0; c && i < ML_NNUTRIENT; i++)
        if (c->value[i] > 0) new += add_two(f, kind, ml_nutrient(i)->name);
    return new;
}

static int add_event(Features *f, const MlHouse *house, const MlEvent *e) {
    const char *kind = ml_event_row(e->kind)->name;
    int new = add(f, kind) + add_what(f, house, e, kind);
    for (int k = 0; k < ML_NFIELD; k++) {
        if (!ml_event_has(e, (MlField)k)) continue;
        const MlEventField *row = ml_event_field(e->kind, (MlField)k);
        const int chosen = row && row->list != ML_LIST_NONE;
        char text[200];
        snprintf(text, sizeof text, "%s %s", ml_field_row((MlField)k)->name, chosen ? ml_choice_row((int)e->value[k].v)->name : "");
        new += add_two(f, kind, text);
    }
    for (int i = 0; i < ML_NDIET; i++)
        if (e->kind == ML_EVENT_DIET && !isnan(e->diet.value[i])) new += add_two(f, kind, ml_diet_row(i)->name);
    if (e->loss.output >= 0) new += add_two(f, "until", ml_outputs[e->loss.output].name);
    if (e->kind == ML_EVENT_SET) new += add_two(f, kind, e->parameter);
    return new;
}

static int add_person(Features *f, const MlPersonSpec *p) {
    int new = add_two(f, "sex", p->sex == ML_C_FEMALE ? "female" : "male") + add_two(f, "age", p->age > 65 ? "over 65" : "up to 65");
    if (p->anuric) new += add(f, "anuric");
    if (p->gfr < 60) new += add(f, p->gfr < 15 ? "gfr below 15" : "gfr below 60");
    for (int i = 0; i < p->ncondition; i++) {
        const MlConditionSpec *c = &p->condition[i];
        new += add_two(f, "condition", c->name);
        for (int k = 0; k < c->nmeasure; k++) {
            char text[200];
            snprintf(text, sizeof text, "%s %.0f", c->measure[k].name, c->measure[k].output < 0 ? c->measure[k].value : 0.0);
            new += add_two(f, c->name, text);
        }
    }
    for (int i = 0; i < p->nlab; i++) new += add_two(f, "lab", ml_outputs[p->lab[i].output].name);
    for (int i = 0; i < p->nparameter; i++) new += add_two(f, "parameter", p->parameter[i].name);
    return new;
}

/* What acts beside what: each kind of event beside each other and beside each condition. */
static int add_pairs(Features *f, const MlScenario *sc, const int *acts) {
    int new = 0;
    for (int a = 0; a < ML_NEVENT; a++) {
        if (!acts[a]) continue;
        const char *kind = ml_event_row((MlEventKind)a)->name;
        for (int b = a + 1; b < ML_NEVENT; b++)
            if (acts[b]) new += add_two(f, kind, ml_event_row((MlEventKind)b)->name);
        for (int i = 0; i < sc->person.ncondition; i++) new += add_two(f, kind, sc->person.condition[i].name);
    }
    return new;
}

int features_add(Features *f, const MlHouse *house, const MlScenario *sc, double minutes) {
    int new = add_person(f, &sc->person), acts[ML_NEVENT] = {0};
    for (int i = 0; i < sc->nevent; i++) {
        if (sc->event[i].at > ml_scenario_begin(sc) + minutes) continue;
        new += add_event(f, house, &sc->event[i]);
        acts[sc->event[i].kind] = 1;
    }
    return new + add_pairs(f, sc, acts);
}
