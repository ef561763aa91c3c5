/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Names besides those of the nutrients: the same nutrient counted by another mass. */
static int find_nutrient(const char *key, MlMolar *molar) {
    int i = strcmp(key, "phosphorus") == 0      ? ML_NUTRIENT_PHOSPHATE
            : strcmp(key, "urea-nitrogen") == 0 ? ML_NUTRIENT_UREA
                                                : ml_nutrient_find(key);
    *molar = (MlMolar){0};
    if (i >= 0) ml_molar_find(key, molar);
    return i;
}

bool ml_is_nutrient(const char *key) {
    MlMolar molar;
    return find_nutrient(key, &molar) >= 0;
}

/* The basis that the unit of q speaks of, with the value converted; false if it is none of the three. */
static bool convert(const MlQuantity *q, int nutrient, const MlMolar *molar, MlBasis *basis, double *v) {
    static const char *const below[] = {[ML_PER_LITER] = "/L", [ML_PER_KILOGRAM] = "/kg", [ML_IN_ALL] = ""};
    MlBasis first = *basis; /* tried first: decides what % means */
    for (int i = 0; i < 3; i++) {
        MlBasis b = (MlBasis)((first + i) % 3);
        char unit[32];
        snprintf(unit, sizeof unit, "%s%s", ml_nutrient(nutrient)->unit, below[b]);
        if (!ml_quantity_convert(q, unit, molar, b == ML_IN_ALL ? 0 : ML_CONVERT_SOLUTION, v)) continue;
        *basis = b;
        return true;
    }
    return false;
}

static const char *basis_text(MlBasis basis) {
    return basis == ML_PER_LITER ? "per liter" : basis == ML_PER_KILOGRAM ? "per kilogram" : "in all";
}

/* Water per liter is a share: 0.9 L/L, 90 %. */
static bool convert_water(const MlQuantity *q, MlBasis *basis, double *v) {
    if (q->unit.percent || ml_quantity_convert(q, "L", NULL, 0, v)) {
        *v = q->number * q->unit.factor;
        if (!q->unit.percent) *basis = ML_IN_ALL;
        return true;
    }
    return ml_quantity_convert(q, *basis == ML_PER_KILOGRAM ? "L/kg" : "1", NULL, 0, v);
}

/* A loss from sweat glands or gut can state some ions only; what is taken in, everything. */
static bool carries(const MlReader *r, const MlNode *key, MlEventKind kind, int nutrient) {
    const char *names[ML_NNUTRIENT];
    char allowed[200];
    size_t n = 0;
    const MlKeys keys = ml_event_row(kind)->keys;
    if ((keys != ML_KEYS_SWEAT && keys != ML_KEYS_GUT) || ml_event_loses(kind, nutrient)) return true;
    for (int i = 0; i < ML_NNUTRIENT; i++)
        if (ml_event_loses(kind, i)) names[n++] = ml_nutrient(i)->name;
    ml_join_names(names, n, allowed, sizeof allowed);
    ml_issues_add(r->issues, MILIEU_NOT_AVAILABLE, key->file, key->line, key->column,
                  "%s: losses of '%s' are not computed by this version; allowed: %s",
                  ml_event_row(kind)->name, key->text, allowed);
    return false;
}

void ml_read_nutrient(const MlReader *r, const MlNode *key, const MlNode *value, MlEvent *event) {
    char found[ML_FOUND_SIZE], example[48], range[ML_RANGE_SIZE];
    MlMolar molar;
    MlQuantity q;
    MlBasis basis = event->basis;
    double v;
    int i = find_nutrient(key->text, &molar);
    const char *unit = ml_nutrient(i)->unit;
    if (!carries(r, key, event->kind, i)) return;
    snprintf(example, sizeof example, "10 %s%s", unit, event->kind == ML_EVENT_EAT ? "/kg" : "/L");
    if (!ml_read_raw(r->issues, value, key->text, true, example, &q)) return;
    bool water = i == ML_NUTRIENT_WATER;
    if (*q.rest || !(water ? convert_water(&q, &basis, &v) : convert(&q, i, &molar, &basis, &v))) {
        ml_node_error(r->issues, value, "%s: %s is no content; it is written like %s, or as an amount in all",
                      key->text, ml_node_found(value, found), example);
    } else if (!(v >= 0 && v <= ML_MOST_CONTENT)) {
        ml_node_error(r->issues, value, "%s: %s is %s", key->text, ml_node_found(value, found),
                      ml_range_text(v, false, 0, ML_MOST_CONTENT, unit, range));
    } else if (event->has_composition && basis != event->basis) {
        ml_node_error(r->issues, value, "%s: %s is %s, but what comes before it is %s", key->text,
                      ml_node_found(value, found), basis_text(basis), basis_text(event->basis));
    } else {
        event->has_composition = true;
        event->basis = basis;
        event->composition.value[i] = v;
    }
}

/* Percentages come last, so that the other entries say what they are a share of. */
static bool is_percent(const MlNode *value) {
    MlQuantity q;
    return value->kind == ML_SCALAR && ml_quantity_parse(value->text, &q) == ML_UNIT_OK && q.unit.percent;
}

void ml_read_composition(const MlReader *r, const MlNode *node, const char *key, MlEvent *event) {
    const char *names[ML_NNUTRIENT + 2];
    for (int i = 0; i < ML_NNUTRIENT; i++) names[i] = ml_nutrient(i)->name;
    names[ML_NNUTRIENT] = "phosphorus";
    names[ML_NNUTRIENT + 1] = "urea-nitrogen";
    event->basis = event->kind == ML_EVENT_EAT ? ML_PER_KILOGRAM : ML_PER_LITER;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < node->n; i++) {
            if (is_percent(node->item[i]) != (pass == 1)) continue;
            if (ml_is_nutrient(node->key[i]->text))
                ml_read_nutrient(r, node->key[i], node->item[i], event);
            else
                ml_unknown_key(r->issues, node->key[i], key, names, ML_NNUTRIENT + 2);
        }
    if (node->n == 0)
        ml_node_error(r->issues, node, "%s: the composition is empty; pure water is the product 'water'",
                      key);
}

/* Contents given in all, with an amount they are in, become contents per liter or kilogram. */
void ml_settle_composition(const MlReader *r, const MlNode *node, MlEvent *event) {
    const MlValue *amount = &event->value[ML_FIELD_AMOUNT];
    bool rate = ml_event_has(event, ML_FIELD_RATE);
    MlDimension d = rate ? event->value[ML_FIELD_RATE].dimension : amount->dimension;
    if (!event->has_composition) return;
    if (!rate && !ml_event_has(event, ML_FIELD_AMOUNT)) {
        if (event->kind == ML_EVENT_DRINK && isnan(event->composition.value[ML_NUTRIENT_WATER]))
            ml_node_error(r->issues, node,
                          "drink: contents given in all need their water too, such as water: 500 mL");
        return;
    }
    bool volume = d == ML_DIM_VOLUME || d == ML_DIM_VOLUME_RATE;
    bool mass = d == ML_DIM_MASS || d == ML_DIM_MASS_RATE;
    bool share = !rate && amount->of_output >= 0;
    if (event->basis == ML_IN_ALL) {
        double per = mass ? amount->v / 1000 : amount->v;
        if (rate || share || amount->per_kg || !(volume || mass) || !(per > 0)) {
            ml_node_error(r->issues, node, "contents given in all need an amount in L or g, or none");
            return;
        }
        for (int i = 0; i < ML_NNUTRIENT; i++) event->composition.value[i] /= per;
        event->basis = volume ? ML_PER_LITER : ML_PER_KILOGRAM;
    }
    if (event->basis == ML_PER_LITER && !volume)
        ml_node_error(r->issues, node, "contents per liter need an amount as a volume, such as 500 mL");
    if (event->basis == ML_PER_KILOGRAM && !mass)
        ml_node_error(r->issues, node, "contents per kilogram need an amount as a mass, such as 100 g");
}
