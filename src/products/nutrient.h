/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_NUTRIENT_H
#define ML_PRODUCTS_NUTRIENT_H

/* The rows of composition.def by position. */
typedef enum MlNutrient {
    ML_NUTRIENT_SODIUM,
    ML_NUTRIENT_POTASSIUM,
    ML_NUTRIENT_CALCIUM,
    ML_NUTRIENT_MAGNESIUM,
    ML_NUTRIENT_AMMONIUM,
    ML_NUTRIENT_CHLORIDE,
    ML_NUTRIENT_BICARBONATE,
    ML_NUTRIENT_PHOSPHATE,
    ML_NUTRIENT_SULFATE,
    ML_NUTRIENT_CITRATE,
    ML_NUTRIENT_LACTATE,
    ML_NUTRIENT_ACETATE,
    ML_NUTRIENT_GLUCONATE,
    ML_NUTRIENT_GLUCOSE,
    ML_NUTRIENT_FRUCTOSE,
    ML_NUTRIENT_SUCROSE,
    ML_NUTRIENT_MALTODEXTRIN,
    ML_NUTRIENT_UREA,
    ML_NUTRIENT_MANNITOL,
    ML_NUTRIENT_PROTEIN,
    ML_NUTRIENT_AMINO_ACIDS,
    ML_NUTRIENT_GELATIN,
    ML_NUTRIENT_HYDROXYETHYL_STARCH,
    ML_NUTRIENT_FAT,
    ML_NUTRIENT_ALCOHOL,
    ML_NUTRIENT_CAFFEINE,
    ML_NUTRIENT_ENERGY,
    ML_NUTRIENT_WATER,
    ML_NNUTRIENT
} MlNutrient;

typedef struct MlNutrientRow {
    const char *name, *unit;
    double molar_mass; /* g/mol, 0: none */
    double valence;
    const char *text;
} MlNutrientRow;

/* Row i of composition.def, 0 <= i < ML_NNUTRIENT. */
const MlNutrientRow *ml_nutrient(int i);

/* Position of a nutrient by its name in the file format, -1 if there is none. */
int ml_nutrient_find(const char *name);

/* What a liter or a kilogram holds, each in its unit of composition.def. NaN: not measured. */
typedef struct MlComposition {
    double value[ML_NNUTRIENT];
} MlComposition;

/* Everything NaN. */
MlComposition ml_composition_unknown(void);

/* Liters of water in a liter of solution, from the volume its solutes take up: those not known take none,
 * cations without anions count with chloride. Partial volumes: Millero FJ, Chem Rev 1971;71:147-176 (ions,
 * infinite dilution, 25 degC); sugars and polyols 0.62 mL/g, protein 0.73, urea 0.73, amino acids 0.70,
 * fat 1.09, alcohol 1.18 mL/g. */
double ml_composition_water(const MlComposition *c);

/* Osmoles per liter or kilogram: every dissolved particle counts one, as labels do. */
double ml_composition_osmoles(const MlComposition *c);

/* Grams of one unit of nutrient i; phosphate counts as phosphorus, energy as nothing. */
double ml_nutrient_grams(int i);

/* Grams of all that is known, water included. */
double ml_composition_mass(const MlComposition *c);

/* Energy of the macronutrients that are known, in kcal: carbohydrate and protein 4, fat 9, alcohol 7 kcal/g
 * (Merrill AL, Watt BK. Energy value of foods. USDA Agriculture Handbook 74, 1973); NaN if none is known. */
double ml_composition_energy(const MlComposition *c);

#endif
