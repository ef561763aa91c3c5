/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/reader.h"

#include "products/menu.h"

#include <stdio.h>
#include <string.h>

/* Written per kilogram of body mass: 1.2 g/kg/d. */
static bool is_per_kg(const MlNode *value) {
    MlQuantity q;
    return value->kind == ML_SCALAR && ml_quantity_parse(value->text, &q) == ML_UNIT_OK &&
           q.unit.power[ML_BASE_PER_KG] == -1;
}

void ml_read_diet_field(const MlReader *r, const MlNode *value, const char *where, int field, MlDietSpec *diet) {
    const MlDietRow *row = ml_diet_row(field);
    char key[80], per_kg[32];
    MlMolar molar;
    MlExpect expect = {.key = key, .unit = row->unit, .low = row->low, .high = row->high};
    const bool relative = is_per_kg(value);
    double v;
    snprintf(key, sizeof key, "%s.%s", where, row->name);
    snprintf(per_kg, sizeof per_kg, "%s/kg", row->unit);
    if (ml_molar_find(row->substance, &molar)) expect.molar = &molar;
    if (relative) expect.unit = per_kg;
    if (relative) expect.high /= ML_LEAST_MASS;
    if (!ml_read_number(r->issues, value, &expect, &v)) return;
    diet->value[field] = v;
    diet->per_kg[field] = relative;
}

void ml_read_menu(const MlReader *r, const MlNode *node, const char *where, MlDietSpec *diet) {
    const MlNode *name = ml_node_get(node, "menu"), *energy = ml_node_get(node, ml_diet_row(ML_DIET_ENERGY)->name);
    const MlProducts *products = r->names->products;
    char found[ML_FOUND_SIZE];
    if (!name || name->broken || !products) return;
    const MlMenu *menu = name->kind == ML_SCALAR ? ml_menu_find(products, name->text) : NULL;
    const char *near = !menu && name->kind == ML_SCALAR ? ml_menu_nearest(products, name->text) : NULL;
    if (name->kind != ML_SCALAR)
        ml_node_error(r->issues, name, "%s.menu: found %s, but a name belongs here", where, ml_node_found(name, found));
    else if (!menu)
        ml_node_error(r->issues, name, "%s: unknown menu %s%s%s%s; see milieu list menus", where, ml_node_found(name, found),
                      near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
    else if (energy && is_per_kg(energy))
        ml_node_error(r->issues, energy, "%s: with a menu energy is that of a day, such as 2400 kcal/d", where);
    else if (energy && diet->value[ML_DIET_ENERGY] < ML_LEAST_MENU)
        ml_node_error(r->issues, energy, "%s: all of a menu is scaled to its energy, %d kcal/d at least", where, ML_LEAST_MENU);
    else
        ml_diet_take_menu(diet, menu, products);
}

void ml_read_diet(const MlReader *r, const MlNode *node, const char *key, MlDietSpec *diet) {
    const char *names[ML_NDIET + 1];
    for (int i = 0; i < ML_NDIET; i++) names[i] = ml_diet_row(i)->name;
    names[ML_NDIET] = "menu";
    if (!ml_expect_mapping(r->issues, node, key)) return;
    for (int i = 0; i < node->n; i++) {
        int field = ml_diet_find(node->key[i]->text);
        if (strcmp(node->key[i]->text, "menu") == 0) continue;
        if (field < 0)
            ml_unknown_key(r->issues, node->key[i], key, names, ML_NDIET + 1);
        else
            ml_read_diet_field(r, node->item[i], key, field, diet);
    }
    ml_read_menu(r, node, key, diet);
}
