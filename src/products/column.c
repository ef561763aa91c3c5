/* SPDX-License-Identifier: Apache-2.0 */
#include "products/column.h"

#include "base/text.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Columns of one fixed spelling. */
static const struct {
    const char *name;
    int target;
    double factor;
} fixed[] = {
    {"name", ML_TARGET_NAME, 0},
    {"aliases", ML_TARGET_ALIASES, 0},
    {"title", ML_TARGET_TITLE, 0},
    {"kind", ML_TARGET_KIND, 0},
    {"basis", ML_TARGET_BASIS, 0},
    {"counts", ML_TARGET_COUNTS, 0},
    {"source", ML_TARGET_SOURCE, 0},
    {"density_g_per_mL", ML_TARGET_DENSITY, 1},
    {"serving_g", ML_TARGET_SERVING_G, 1},
    {"serving_mL", ML_TARGET_SERVING_ML, 1e-3},
    {"molar_mass_g_per_mol", ML_TARGET_MOLAR_MASS, 1},
    {"undissolved", ML_TARGET_UNDISSOLVED, 1},
    {"release_h", ML_TARGET_RELEASE, 60},
    {"hematocrit", ML_TARGET_HEMATOCRIT, 1},
    {"osmolarity_mOsm_per_L", ML_TARGET_OSMOLARITY, 1},
    {"osmolality_mOsm_per_kg", ML_TARGET_OSMOLALITY, 1},
};

/* Substances that are no row of composition.def, or are one under another name: SUBSTANCE_UNIT[_per_X]. */
static const struct {
    const char *name;
    int target;
    const char *unit;
    double molar_mass, valence;
} other[] = {
    {"phosphorus", ML_NUTRIENT_PHOSPHATE, "mmol", 30.974, 0},
    {"carbohydrate", ML_TARGET_CARBOHYDRATE, "g", 0, 0},
    {"lactose", ML_TARGET_LACTOSE, "mmol", 342.30, 0},
    {"organic-anions", ML_TARGET_ORGANIC_ANIONS, "mmol", 0, 1},
    {"acid", ML_TARGET_ACID, "mmol", 0, 1},
    {"base", ML_TARGET_BASE, "mmol", 0, 1},
};

enum { FIXED = sizeof fixed / sizeof *fixed, OTHER = sizeof other / sizeof *other, LONGEST = 40 };

/* How many of the nutrient's own unit one of `unit` is; 0 if the units do not fit. */
static double unit_factor(const char *unit, const char *own, double molar_mass, double valence) {
    static const struct {
        const char *unit, *own;
        double factor;
    } same[] = {
        {"mmol", "mmol", 1},       {"umol", "mmol", 1e-3}, {"mol", "mmol", 1e3}, {"g", "g", 1},
        {"mg", "g", 1e-3},         {"mg", "mg", 1},        {"g", "mg", 1e3},     {"kcal", "kcal", 1},
        {"kJ", "kcal", 1 / 4.184}, {"g", "L", 1e-3},       {"mL", "L", 1e-3},    {"L", "L", 1},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!strcmp(unit, same[i].unit) && !strcmp(own, same[i].own)) return same[i].factor;
    if (strcmp(own, "mmol")) return 0;
    if (!strcmp(unit, "mEq") && valence != 0) return 1 / fabs(valence);
    if (molar_mass == 0) return 0;
    if (!strcmp(unit, "g")) return 1000 / molar_mass;
    if (!strcmp(unit, "mg")) return 1 / molar_mass;
    return 0;
}

/* Cuts text at the first '_' into at most 4 parts: substance, unit, "per", per what. */
static int cut(const char *text, char part[4][LONGEST]) {
    int n = 0;
    while (n < 4) {
        size_t length = strcspn(text, "_");
        if (length >= LONGEST) return 0;
        memcpy(part[n], text, length);
        part[n++][length] = 0;
        if (!text[length]) return n;
        text += length + 1;
    }
    return 0;
}

static int per_what(const char *text, MlColumnPer *per) {
    if (!strcmp(text, "L"))
        *per = ML_COLUMN_PER_L;
    else if (!strcmp(text, "kg"))
        *per = ML_COLUMN_PER_KG;
    else if (!strcmp(text, "mol"))
        *per = ML_COLUMN_PER_MOL;
    else
        return 0;
    return 1;
}

static int substance(char part[4][LONGEST], MlColumn *c) {
    const char *own = NULL;
    double molar_mass = 0, valence = 0;
    c->target = ml_nutrient_find(part[0]);
    if (c->target >= 0) {
        const MlNutrientRow *row = ml_nutrient(c->target);
        own = row->unit, molar_mass = row->molar_mass, valence = row->valence;
    }
    for (int i = 0; i < OTHER && !own; i++) {
        if (strcmp(part[0], other[i].name)) continue;
        c->target = other[i].target;
        own = other[i].unit, molar_mass = other[i].molar_mass, valence = other[i].valence;
    }
    if (!own) return 0;
    /* 1 mol of water is 18.015 mL */
    if (c->per == ML_COLUMN_PER_MOL && c->target == ML_NUTRIENT_WATER && !strcmp(part[1], "mol"))
        c->factor = 0.018015;
    else
        c->factor = unit_factor(part[1], own, molar_mass, valence);
    return c->factor != 0 && (c->per == ML_COLUMN_PER_MOL) == !strcmp(part[1], "mol");
}

static const char *guess(const char *name, const char *first) {
    const char *names[FIXED + OTHER + ML_NNUTRIENT];
    int n = 0;
    for (int i = 0; i < FIXED; i++) names[n++] = fixed[i].name;
    const char *best = ml_nearest(name, names, (size_t)n);
    if (best) return best;
    for (int i = 0; i < OTHER; i++) names[n++] = other[i].name;
    for (int i = 0; i < ML_NNUTRIENT; i++) names[n++] = ml_nutrient(i)->name;
    return ml_nearest(first, names, (size_t)n);
}

int ml_column_parse(const char *name, MlColumn *column, const char **nearest) {
    for (int i = 0; i < FIXED; i++) {
        if (strcmp(name, fixed[i].name)) continue;
        *column = (MlColumn){fixed[i].target, ML_COLUMN_PLAIN, fixed[i].factor};
        return 1;
    }
    char part[4][LONGEST] = {{0}};
    int n = cut(name, part);
    MlColumn c = {-1, ML_COLUMN_PER_100, 0};
    int form = n == 2 || (n == 4 && !strcmp(part[2], "per") && per_what(part[3], &c.per));
    if (form && substance(part, &c)) {
        *column = c;
        return 1;
    }
    *nearest = guess(name, n ? part[0] : name);
    return 0;
}
