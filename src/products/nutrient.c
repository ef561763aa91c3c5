/* SPDX-License-Identifier: Apache-2.0 */
#include "products/nutrient.h"

#include <math.h>
#include <string.h>

static const MlNutrientRow rows[] = {
#define NUTRIENT(name, unit, molar_mass, valence, text) {#name, unit, molar_mass, valence, text},
#include "products/composition.def"
#undef NUTRIENT
};

_Static_assert(sizeof rows / sizeof *rows == ML_NNUTRIENT, "MlNutrient and composition.def differ");

/* Volume that solutes take up: mL/mmol for amounts, mL/g for masses. */
static const double volume[ML_NNUTRIENT] = {
    [ML_NUTRIENT_SODIUM] = -1.21e-3,     [ML_NUTRIENT_POTASSIUM] = 9.02e-3,
    [ML_NUTRIENT_CALCIUM] = -17.85e-3,   [ML_NUTRIENT_MAGNESIUM] = -21.17e-3,
    [ML_NUTRIENT_AMMONIUM] = 17.86e-3,   [ML_NUTRIENT_CHLORIDE] = 17.83e-3,
    [ML_NUTRIENT_BICARBONATE] = 23.4e-3, [ML_NUTRIENT_PHOSPHATE] = 12e-3,
    [ML_NUTRIENT_SULFATE] = 13.98e-3,    [ML_NUTRIENT_CITRATE] = 72e-3,
    [ML_NUTRIENT_LACTATE] = 52e-3,       [ML_NUTRIENT_ACETATE] = 40.5e-3,
    [ML_NUTRIENT_GLUCONATE] = 112e-3,    [ML_NUTRIENT_GLUCOSE] = 112e-3,
    [ML_NUTRIENT_FRUCTOSE] = 111e-3,     [ML_NUTRIENT_SUCROSE] = 211e-3,
    [ML_NUTRIENT_UREA] = 44.2e-3,        [ML_NUTRIENT_MANNITOL] = 119e-3,
    [ML_NUTRIENT_MALTODEXTRIN] = 0.62,   [ML_NUTRIENT_PROTEIN] = 0.73,
    [ML_NUTRIENT_AMINO_ACIDS] = 0.70,    [ML_NUTRIENT_FAT] = 1.09,
    [ML_NUTRIENT_ALCOHOL] = 1.18,        [ML_NUTRIENT_GELATIN] = 0.69,
    [ML_NUTRIENT_HYDROXYETHYL_STARCH] = 0.62,
};

const MlNutrientRow *ml_nutrient(int i) { return &rows[i]; }

int ml_nutrient_find(const char *name) {
    for (int i = 0; i < ML_NNUTRIENT; i++)
        if (!strcmp(rows[i].name, name)) return i;
    return -1;
}

MlComposition ml_composition_unknown(void) {
    MlComposition c;
    for (int i = 0; i < ML_NNUTRIENT; i++) c.value[i] = NAN;
    return c;
}

static double known(const MlComposition *c, int i) { return isnan(c->value[i]) ? 0 : c->value[i]; }

double ml_composition_water(const MlComposition *c) {
    double taken = 0, charge = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        taken += known(c, i) * volume[i];
        charge += known(c, i) * rows[i].valence;
    }
    if (charge > 0) taken += charge * volume[ML_NUTRIENT_CHLORIDE];
    return fmin(1, fmax(0, 1 - taken / 1000));
}

static int in_mmol(int i) { return rows[i].unit[0] == 'm' && rows[i].unit[1] == 'm'; }

double ml_composition_osmoles(const MlComposition *c) {
    double sum = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++)
        if (in_mmol(i)) sum += known(c, i);
    return sum + known(c, ML_NUTRIENT_ALCOHOL) / 46.069 * 1000;
}

double ml_nutrient_grams(int i) {
    switch (i) {
    case ML_NUTRIENT_PHOSPHATE:
        return 30.974e-3;
    case ML_NUTRIENT_CAFFEINE:
        return 1e-3;
    case ML_NUTRIENT_ENERGY:
        return 0;
    case ML_NUTRIENT_WATER:
        return 1000;
    default:
        return in_mmol(i) ? rows[i].molar_mass / 1000 : 1;
    }
}

double ml_composition_mass(const MlComposition *c) {
    double sum = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++) sum += known(c, i) * ml_nutrient_grams(i);
    return sum;
}

double ml_composition_energy(const MlComposition *c) {
    static const struct {
        int nutrient;
        double kcal; /* per unit of composition.def */
    } part[] = {
        {ML_NUTRIENT_GLUCOSE, 4 * 0.180156},
        {ML_NUTRIENT_FRUCTOSE, 4 * 0.180156},
        {ML_NUTRIENT_SUCROSE, 4 * 0.34230},
        {ML_NUTRIENT_MALTODEXTRIN, 4},
        {ML_NUTRIENT_PROTEIN, 4},
        {ML_NUTRIENT_AMINO_ACIDS, 4},
        {ML_NUTRIENT_FAT, 9},
        {ML_NUTRIENT_ALCOHOL, 7},
    };
    double sum = 0;
    int any = 0;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (isnan(c->value[part[i].nutrient])) continue;
        sum += c->value[part[i].nutrient] * part[i].kcal;
        any = 1;
    }
    return any ? sum : (double)NAN;
}
