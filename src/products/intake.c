/* SPDX-License-Identifier: Apache-2.0 */
/* From an amount of a product to what enters the body.
 *
 * Chloride of foods is seldom measured. Salt brings one chloride with each sodium, and in unprocessed foods
 * chloride follows sodium too: over 216 foods their means differ by less than 20 % (r = 0.84; Al-Bander SY et
 * al., J Am Diet Assoc 1988;88:472-475). So chloride that is not known is set to sodium, as far as the
 * cations go. Single foods differ: plants rich in potassium hold some more, by up to a few mmol in 100 g.
 *
 * Organic phosphorus (esters, phospholipids, phytate) carries less charge in a food than phosphate does at pH
 * 7.4; the difference is set free as acid when the food is metabolized (Remer T, Manz F, Am J Clin Nutr 1994;
 * 59:1356-1361), so a food's phosphate beyond its cations comes with acid, not with sodium it does not hold.
 *
 * Albumin carries up to 0.279 mEq/g at pH 7.4 (Figge J et al., J Lab Clin Med 1991;117:453-467). */
#include "products/intake.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double PROTEIN_CHARGE = 0.279; /* mEq/g */

void ml_notes_add(MlNotes *notes, const char *format, ...) {
    if (!notes || notes->n >= ML_MAX_NOTES) return;
    va_list args;
    va_start(args, format);
    vsnprintf(notes->text[notes->n++], ML_NOTE_SIZE, format, args);
    va_end(args);
}

int ml_amount_unit(MlDimension d, MlAmountUnit *unit) {
    switch (d) {
    case ML_DIM_VOLUME:
    case ML_DIM_VOLUME_RATE:
        *unit = ML_AMOUNT_LITER;
        return 1;
    case ML_DIM_MASS:
    case ML_DIM_MASS_RATE:
        *unit = ML_AMOUNT_GRAM;
        return 1;
    case ML_DIM_AMOUNT:
    case ML_DIM_AMOUNT_RATE:
        *unit = ML_AMOUNT_MMOL;
        return 1;
    case ML_DIM_CHARGE:
    case ML_DIM_CHARGE_RATE:
        *unit = ML_AMOUNT_MEQ;
        return 1;
    case ML_DIM_SERVING:
        *unit = ML_AMOUNT_SERVING;
        return 1;
    default:
        return 0;
    }
}

/* Charge of the amounts alone, without nutrient `skip` (-1: none). */
static double ionic_charge(const MlIntake *x, int skip) {
    double sum = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++)
        if (i != skip) sum += ml_nutrient(i)->valence * x->amount[i];
    return sum;
}

double ml_intake_charge(const MlIntake *x) {
    return ionic_charge(x, -1) - x->organic_anions - x->protein_charge + x->acid;
}

/* Charge below this share of all charges is rounding of the figures, closed without a word. */
static int worth_a_note(const MlIntake *x, double charge) {
    double all = x->organic_anions + x->protein_charge + x->acid;
    for (int i = 0; i < ML_NNUTRIENT; i++) all += fabs(ml_nutrient(i)->valence) * x->amount[i];
    return fabs(charge) > 0.01 * all;
}

static void note_closing(const MlIntake *x, double charge, const char *name, const char *with,
                         MlNotes *notes) {
    if (worth_a_note(x, charge))
        ml_notes_add(notes, "%s: %.4g mEq of charge without a named partner closed with %s", name,
                     fabs(charge), with);
}

static void close_with_sodium(MlIntake *x, double excess, const char *name, MlNotes *notes) {
    note_closing(x, excess, name, "sodium", notes);
    x->amount[ML_NUTRIENT_SODIUM] += excess;
}

static void close_food(MlIntake *x, double charge, const char *name, MlNotes *notes) {
    if (charge >= 0) {
        note_closing(x, charge, name, "metabolizable organic anions", notes);
        x->organic_anions += charge;
        return;
    }
    double phosphate = -ml_nutrient(ML_NUTRIENT_PHOSPHATE)->valence * x->amount[ML_NUTRIENT_PHOSPHATE];
    double acid = fmin(-charge, phosphate);
    if (acid > 0) note_closing(x, acid, name, "acid (organic phosphorus)", notes);
    x->acid += acid;
    if (-charge > phosphate) close_with_sodium(x, -charge - phosphate, name, notes);
}

void ml_intake_close(MlIntake *x, MlClosing closing, const char *name, MlNotes *notes) {
    double charge = ml_intake_charge(x);
    if (closing == ML_CLOSE_AS_FOOD) {
        close_food(x, charge, name, notes);
    } else if (charge >= 0) {
        note_closing(x, charge, name, "chloride", notes);
        x->amount[ML_NUTRIENT_CHLORIDE] += charge;
    } else {
        close_with_sodium(x, -charge, name, notes);
    }
}

/* Chloride of a food that does not state it. */
static void assume_chloride(MlIntake *x, const char *name, MlNotes *notes) {
    double room = ionic_charge(x, ML_NUTRIENT_PHOSPHATE) - x->organic_anions + x->acid;
    double chloride = fmin(x->amount[ML_NUTRIENT_SODIUM], fmax(0, room));
    x->amount[ML_NUTRIENT_CHLORIDE] = chloride;
    if (chloride > 0.5)
        ml_notes_add(notes,
                     "%s: chloride not measured, taken as equal to sodium (%.4g mmol), good to about 20 %%",
                     name, chloride);
}

/* The figures a kind of product should state. */
static int needed(MlProductKind kind, int nutrient) {
    switch (nutrient) {
    case ML_NUTRIENT_SODIUM:
    case ML_NUTRIENT_POTASSIUM:
    case ML_NUTRIENT_CALCIUM:
    case ML_NUTRIENT_MAGNESIUM:
        return 1;
    case ML_NUTRIENT_PHOSPHATE:
    case ML_NUTRIENT_PROTEIN:
    case ML_NUTRIENT_ENERGY:
    case ML_NUTRIENT_WATER:
        return kind == ML_FOOD || kind == ML_DRINK;
    default:
        return 0;
    }
}

static void note_missing(const MlProduct *p, MlNotes *notes) {
    char list[ML_NOTE_SIZE] = "";
    size_t used = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        if (!isnan(p->composition.value[i]) || !needed(p->kind, i)) continue;
        int written =
            snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", ml_nutrient(i)->name);
        if (written > 0 && (size_t)written < sizeof list - used) used += (size_t)written;
    }
    if (used) ml_notes_add(notes, "%s: not measured, counted as none: %.200s", p->name, list);
}

static double or_zero(double x) { return isnan(x) ? 0 : x; }

static milieu_code no_conversion(const MlProduct *p, const char *why, milieu_error *err) {
    return ml_fail(err, MILIEU_BAD_INPUT, p->name, "%s %s", p->name, why);
}

/* Liters or kilograms of the product that hold `amount` of what it counts (in the unit of composition.def).
 */
static milieu_code by_content(const MlProduct *p, double amount, double *size, milieu_error *err) {
    if (p->counts < 0)
        return no_conversion(p,
                             p->per_volume ? "counts no substance: give its amount in mL or g"
                                           : "counts no substance: give its amount in g",
                             err);
    *size = amount / p->composition.value[p->counts];
    return MILIEU_OK;
}

/* Grams in 100 mL that the name of a solution of one substance ends with, "magnesium-sulfate-50%": of such, grams are what is dissolved; NaN:
 * it is none, or saline, of which grams may be meant as fluid. */
static double solution_percent(const MlProduct *p) {
    const char *sign = strchr(p->name, '%'), *dash = strrchr(p->name, '-');
    const int is_one = p->counts >= 0 && strncmp(p->name, "saline", 6) != 0 && sign && !sign[1] && dash && strspn(dash + 1, "0123456789.") == strlen(dash) - 2;
    return is_one ? strtod(dash + 1, NULL) : NAN;
}

/* The amount in liters or kilograms, whichever the composition refers to. */
static milieu_code product_size(const MlProduct *p, double amount, MlAmountUnit unit, int elemental,
                                double *size, milieu_error *err) {
    const MlNutrientRow *row = p->counts >= 0 ? ml_nutrient(p->counts) : NULL;
    switch (unit) {
    case ML_AMOUNT_SERVING:
        if (!isnan(p->serving_volume))
            return product_size(p, amount * p->serving_volume, ML_AMOUNT_LITER, 0, size, err);
        if (!isnan(p->serving_mass))
            return product_size(p, amount * p->serving_mass, ML_AMOUNT_GRAM, 0, size, err);
        return no_conversion(p, "has no stated serving: give its amount in g or mL", err);
    case ML_AMOUNT_MEQ:
        if (!row || row->valence == 0)
            return no_conversion(p, "counts no ion: give its amount in mmol, g or mL", err);
        return by_content(p, amount / fabs(row->valence), size, err);
    case ML_AMOUNT_MMOL:
        return by_content(p, amount, size, err);
    case ML_AMOUNT_GRAM:
        if (elemental && (!row || row->molar_mass == 0))
            return no_conversion(p, "has no named element: leave out elemental", err);
        if (elemental) return by_content(p, 1000 * amount / row->molar_mass, size, err);
        if (p->per_volume && isnan(p->density)) {
            const double percent = solution_percent(p);
            if (isnan(percent)) return no_conversion(p, "has no density in its file: give its amount in mL", err);
            *size = amount / (10 * percent);
            return MILIEU_OK;
        }
        *size = amount / 1000 / (p->per_volume ? p->density : 1);
        return MILIEU_OK;
    case ML_AMOUNT_LITER:
        break;
    }
    if (!p->per_volume && isnan(p->density))
        return no_conversion(p, "is a solid without density: give its amount in g", err);
    *size = amount * (p->per_volume ? 1 : p->density);
    return MILIEU_OK;
}

/* Protein of blood products takes up charge as far as it can. */
static void charge_protein(MlIntake *x) {
    double left = ml_intake_charge(x);
    x->protein_charge = fmax(0, fmin(left, PROTEIN_CHARGE * x->amount[ML_NUTRIENT_PROTEIN]));
}

static void note_conversion(const MlProduct *p, double amount, MlAmountUnit unit, int elemental,
                            const MlIntake *x, MlNotes *notes) {
    const int dissolved = unit == ML_AMOUNT_GRAM && p->per_volume && isnan(p->density);
    if ((p->kind != ML_SUPPLEMENT && !dissolved) || p->counts < 0) return;
    double mmol = x->amount[p->counts];
    const char *units[] = {"L", "g", "mmol", "mEq", "servings"};
    const char *counted = ml_nutrient(p->counts)->name;
    char given[64], mass[64] = "";
    snprintf(given, sizeof given, "%.4g %s%s%s", amount, units[unit], elemental ? " of " : "",
             elemental ? counted : "");
    if (unit != ML_AMOUNT_GRAM || elemental) snprintf(mass, sizeof mass, "%.4g g, ", x->mass);
    ml_notes_add(notes, "%s (%s): %s = %s%.4g mmol of %s", p->name, p->title, given, mass, mmol, counted);
}

milieu_code ml_product_intake(const MlProduct *p, double amount, MlAmountUnit unit, int elemental,
                              MlIntake *out, MlNotes *notes, milieu_error *err) {
    double size = 0;
    if (!(amount >= 0) || isinf(amount))
        return ml_fail(err, MILIEU_BAD_INPUT, p->name, "an amount of %g: it must be 0 or more", amount);
    ML_TRY(product_size(p, amount, unit, elemental, &size, err));
    *out = (MlIntake){0};
    for (int i = 0; i < ML_NNUTRIENT; i++) out->amount[i] = size * or_zero(p->composition.value[i]);
    out->organic_anions = size * or_zero(p->organic_anions);
    out->acid = size * or_zero(p->acid);
    out->undissolved = or_zero(p->undissolved);
    out->red_cells = size * or_zero(p->hematocrit);
    out->mass = p->per_volume ? 1000 * size * p->density : 1000 * size;
    out->volume = p->per_volume ? size : size / p->density;
    note_conversion(p, amount, unit, elemental, out, notes);
    note_missing(p, notes);
    int food = p->kind == ML_FOOD || p->kind == ML_DRINK;
    if (food && isnan(p->composition.value[ML_NUTRIENT_CHLORIDE])) assume_chloride(out, p->name, notes);
    if (p->kind == ML_BLOOD) charge_protein(out);
    ml_intake_close(out, food ? ML_CLOSE_AS_FOOD : ML_CLOSE_AS_FLUID, p->name, notes);
    return MILIEU_OK;
}

void ml_composition_intake(const MlComposition *c, double amount, int per_volume, MlClosing closing,
                           const char *name, MlIntake *out, MlNotes *notes) {
    *out = (MlIntake){.mass = NAN, .volume = NAN};
    if (per_volume)
        out->volume = amount;
    else
        out->mass = 1000 * amount;
    for (int i = 0; i < ML_NNUTRIENT; i++) out->amount[i] = amount * or_zero(c->value[i]);
    if (isnan(c->value[ML_NUTRIENT_WATER]) && per_volume)
        out->amount[ML_NUTRIENT_WATER] = amount * ml_composition_water(c);
    if (isnan(c->value[ML_NUTRIENT_ENERGY]))
        out->amount[ML_NUTRIENT_ENERGY] = amount * or_zero(ml_composition_energy(c));
    if (closing == ML_CLOSE_AS_FOOD && isnan(c->value[ML_NUTRIENT_CHLORIDE]))
        assume_chloride(out, name, notes);
    ml_intake_close(out, closing, name, notes);
}
