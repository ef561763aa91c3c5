/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_INTAKE_H
#define ML_PRODUCTS_INTAKE_H

#include "base/units.h"
#include "products/product.h"

/* What an amount of a product brings. Electroneutral: the valences of composition.def times the amounts,
 * minus organic_anions, minus protein_charge, plus acid, is 0. Nothing is NaN. */
typedef struct MlIntake {
    double amount[ML_NNUTRIENT]; /* in the units of composition.def: mmol, g, mg, kcal, L of water */
    double organic_anions;       /* mEq of metabolizable anions without a name: each becomes a bicarbonate */
    double acid;                 /* mEq of protons: each uses up a bicarbonate */
    double protein_charge;       /* mEq carried by the protein of blood products */
    double undissolved;          /* share of its calcium and magnesium, with two of base each, that passes the gut as it is */
    double red_cells;            /* L, of blood products; their contents are not in amount */
    double mass;                 /* g, NaN where it is not known */
    double volume;               /* L, NaN where it is not known */
} MlIntake;

/* What had to be assumed, in sentences for the user. */
enum { ML_MAX_NOTES = 32, ML_NOTE_SIZE = 300 };
typedef struct MlNotes {
    int n;
    char text[ML_MAX_NOTES][ML_NOTE_SIZE];
} MlNotes;

typedef enum MlAmountUnit {
    ML_AMOUNT_LITER,
    ML_AMOUNT_GRAM,
    ML_AMOUNT_MMOL,
    ML_AMOUNT_MEQ,
    ML_AMOUNT_SERVING
} MlAmountUnit;

/* The unit of an amount of that dimension, or of one per time, kept in the unit of fields.def; 0: none. */
int ml_amount_unit(MlDimension d, MlAmountUnit *unit);

/* How charge that is left over is closed. Fluids and supplements: chloride, or sodium where anions exceed.
 * Foods: metabolizable organic anions; where phosphate is in excess, acid; else sodium. */
typedef enum MlClosing { ML_CLOSE_AS_FLUID, ML_CLOSE_AS_FOOD } MlClosing;

/* What an amount of a product brings. elemental: a mass is that of the element (or substance) that a mmol of
 * the product counts. Notes go to *notes (may be NULL). MILIEU_BAD_INPUT if the amount cannot be converted: a
 * volume of a solid without density, mmol of a food, no serving known. */
milieu_code ml_product_intake(const MlProduct *p, double amount, MlAmountUnit unit, int elemental,
                              MlIntake *out, MlNotes *notes, milieu_error *err);

/* The same for an inline composition of `amount` liters (per_volume) or kilograms. name is used in notes. NaN
 * is not given and counts as none; water that is not given fills what the solutes of a liter leave. */
void ml_composition_intake(const MlComposition *c, double amount, int per_volume, MlClosing closing,
                           const char *name, MlIntake *out, MlNotes *notes);

/* Charge that is left over, mEq. */
double ml_intake_charge(const MlIntake *x);

/* Closes the charge; every choice is noted. */
void ml_intake_close(MlIntake *x, MlClosing closing, const char *name, MlNotes *notes);

void ml_notes_add(MlNotes *notes, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
