/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/reader.h"

#include <stdio.h>
#include <string.h>

void ml_read_diet_field(const MlReader *r, const MlNode *value, const char *where, int field,
                        double diet[ML_NDIET]) {
    const MlDietRow *row = ml_diet_row(field);
    char key[80];
    MlMolar molar;
    MlExpect expect = {.key = key, .unit = row->unit, .low = row->low, .high = row->high};
    double v;
    snprintf(key, sizeof key, "%s.%s", where, row->name);
    if (ml_molar_find(row->substance, &molar)) expect.molar = &molar;
    if (ml_read_number(r->issues, value, &expect, &v)) diet[field] = v;
}

void ml_read_diet(const MlReader *r, const MlNode *node, const char *key, double diet[ML_NDIET]) {
    const char *names[ML_NDIET];
    for (int i = 0; i < ML_NDIET; i++) names[i] = ml_diet_row(i)->name;
    if (!ml_expect_mapping(r->issues, node, key)) return;
    for (int i = 0; i < node->n; i++) {
        int field = ml_diet_find(node->key[i]->text);
        if (field < 0)
            ml_unknown_key(r->issues, node->key[i], key, names, ML_NDIET);
        else
            ml_read_diet_field(r, node->item[i], key, field, diet);
    }
}
