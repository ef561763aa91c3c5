/* SPDX-License-Identifier: Apache-2.0 */
#include "products/intake.h"

#include <math.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"

static int load(void **state) {
    milieu_error err;
    MlProducts *t;
    if (ml_products_create(NULL, &t, &err)) return 1;
    *state = t;
    return 0;
}

static int unload(void **state) {
    ml_products_free(*state);
    return 0;
}

static MlIntake take(void **state, const char *name, double amount, MlAmountUnit unit, int elemental,
                     MlNotes *notes) {
    const MlProduct *p = ml_products_find(*state, name);
    if (!p) fail_msg("no product %s", name);
    MlIntake x;
    milieu_error err = {0};
    if (notes) *notes = (MlNotes){0};
    if (ml_product_intake(p, amount, unit, elemental, &x, notes, &err))
        fail_msg("%s: %s", err.where, err.text);
    return x;
}

static int noted(const MlNotes *notes, const char *part) {
    for (int i = 0; i < notes->n; i++)
        if (strstr(notes->text[i], part)) return 1;
    return 0;
}

static void everything_is_neutral_and_finite(void **state) {
    for (size_t k = 0; k < ml_products_count(*state); k++) {
        const MlProduct *p = ml_products_at(*state, k);
        MlIntake x;
        MlNotes notes = {0};
        milieu_error err;
        MlAmountUnit unit = p->per_volume ? ML_AMOUNT_LITER : ML_AMOUNT_GRAM;
        assert_int_equal(ml_product_intake(p, p->per_volume ? 1 : 100, unit, 0, &x, &notes, &err), MILIEU_OK);
        double all = 1;
        for (int i = 0; i < ML_NNUTRIENT; i++) {
            assert_true(isfinite(x.amount[i]) && x.amount[i] >= 0);
            all += x.amount[i] * fabs(ml_nutrient(i)->valence);
        }
        assert_true(x.organic_anions >= 0 && x.acid >= 0 && x.protein_charge >= 0);
        assert_true(fabs(ml_intake_charge(&x)) < 1e-13 * all);
        assert_near(x.amount[ML_NUTRIENT_SODIUM] > 0 || isnan(p->composition.value[ML_NUTRIENT_SODIUM]) ||
                        p->composition.value[ML_NUTRIENT_SODIUM] == 0,
                    1, 0);
    }
}

/* The sodium of a food is what was measured, whatever its charge. */
static void foods_keep_their_sodium(void **state) {
    for (size_t k = 0; k < ml_products_count(*state); k++) {
        const MlProduct *p = ml_products_at(*state, k);
        if (p->kind != ML_FOOD && p->kind != ML_DRINK) continue;
        MlIntake x = take(state, p->name, 1000, ML_AMOUNT_GRAM + (p->per_volume ? -1 : 0), 0, NULL);
        double scale = p->per_volume ? 1000 : 1, sodium = p->composition.value[ML_NUTRIENT_SODIUM] * scale;
        if (fabs(x.amount[ML_NUTRIENT_SODIUM] - sodium) > 1e-5 * sodium)
            fail_msg("%s: sodium changed", p->name);
    }
}

static void salts_count_their_cation(void **state) {
    MlNotes notes;
    MlIntake x = take(state, "potassium-citrate", 30, ML_AMOUNT_MMOL, 0, &notes);
    assert_near(x.amount[ML_NUTRIENT_POTASSIUM], 30, 1e-9);
    assert_near(x.amount[ML_NUTRIENT_CITRATE], 10, 1e-9);
    assert_near(x.mass, 3.2441, 1e-4);
    assert_true(noted(&notes, "30 mmol of potassium"));
    x = take(state, "potassium-citrate", 1.08, ML_AMOUNT_GRAM, 0, NULL);
    assert_near(x.amount[ML_NUTRIENT_POTASSIUM], 10, 0.02);
    x = take(state, "magnesium-oxide", 0.241, ML_AMOUNT_GRAM, 1, &notes);
    assert_near(x.amount[ML_NUTRIENT_MAGNESIUM], 0.241 / 24.305 * 1000, 1e-9);
    assert_near(x.amount[ML_NUTRIENT_BICARBONATE], 2 * x.amount[ML_NUTRIENT_MAGNESIUM], 1e-9);
    assert_near(x.mass, 0.3996, 1e-3);
    x = take(state, "calcium-carbonate", 20, ML_AMOUNT_MEQ, 0, NULL);
    assert_near(x.amount[ML_NUTRIENT_CALCIUM], 10, 1e-9);
    x = take(state, "sodium-chloride", 1, ML_AMOUNT_SERVING, 0, NULL);
    assert_near(x.amount[ML_NUTRIENT_SODIUM], 17.11, 0.01);
    x = take(state, "magnesium-sulfate", 1, ML_AMOUNT_GRAM, 0, NULL); /* the heptahydrate */
    assert_near(x.amount[ML_NUTRIENT_MAGNESIUM], 4.057, 1e-3);
    assert_near(x.amount[ML_NUTRIENT_WATER], 0.512e-3, 1e-6);
    x = take(state, "magnesium-sulfate-50%", 4, ML_AMOUNT_GRAM, 0, &notes); /* what is dissolved: 8 mL */
    assert_near(x.amount[ML_NUTRIENT_MAGNESIUM], 8 * 2.03, 1e-9);
    assert_near(x.volume, 0.008, 1e-12);
    assert_true(noted(&notes, "4 g = 16.24 mmol of magnesium"));
    x = take(state, "dextrose-50%", 25, ML_AMOUNT_GRAM, 0, NULL);
    assert_near(x.volume, 0.05, 1e-12);
    x = take(state, "potassium-chloride-15%", 20, ML_AMOUNT_MMOL, 0, NULL);
    assert_near(x.volume, 0.01, 1e-12);
    x = take(state, "urea", 500, ML_AMOUNT_MMOL, 0, NULL);
    assert_near(x.mass, 30.028, 1e-3);
}

static void volumes_and_masses(void **state) {
    MlIntake a = take(state, "orange-juice", 0.25, ML_AMOUNT_LITER, 0, NULL);
    MlIntake b = take(state, "orange-juice", a.mass, ML_AMOUNT_GRAM, 0, NULL);
    assert_near(a.amount[ML_NUTRIENT_POTASSIUM], b.amount[ML_NUTRIENT_POTASSIUM], 1e-12);
    assert_near(b.volume, 0.25, 1e-12);
    a = take(state, "banana", 1, ML_AMOUNT_SERVING, 0, NULL);
    assert_near(a.mass, 225, 1e-9);
    a = take(state, "ors-who", 1, ML_AMOUNT_SERVING, 0, NULL);
    assert_near(a.amount[ML_NUTRIENT_SODIUM], 75, 1e-9);
    a = take(state, "water", 0.5, ML_AMOUNT_LITER, 0, NULL);
    assert_near(a.amount[ML_NUTRIENT_WATER], 0.5, 1e-12);
    a = take(state, "whole-blood", 1, ML_AMOUNT_LITER, 0, NULL);
    assert_near(a.red_cells, 0.368, 1e-12);
}

static void foods_close_with_organic_anions(void **state) {
    MlNotes notes;
    MlIntake x = take(state, "banana", 100, ML_AMOUNT_GRAM, 0, &notes);
    assert_true(x.organic_anions > 5 && x.acid == 0);
    assert_true(noted(&notes, "organic anions"));
    x = take(state, "bread-white", 100, ML_AMOUNT_GRAM, 0, &notes);
    assert_near(x.amount[ML_NUTRIENT_CHLORIDE], 490 / 22.990, 1e-9);
    assert_true(noted(&notes, "chloride not measured"));
    x = take(state, "egg-boiled", 100, ML_AMOUNT_GRAM, 0, &notes);
    assert_true(x.acid > 0 && x.organic_anions == 0);
    x = take(state, "baking-soda", 10, ML_AMOUNT_GRAM, 0, &notes);
    assert_near(x.amount[ML_NUTRIENT_CHLORIDE], 0, 0);
    assert_near(x.amount[ML_NUTRIENT_BICARBONATE], x.amount[ML_NUTRIENT_SODIUM], 1e-3);
}

static void fluids_close_with_chloride(void **state) {
    MlNotes notes;
    MlIntake x = take(state, "lmnt", 0.5, ML_AMOUNT_LITER, 0, &notes);
    assert_true(x.amount[ML_NUTRIENT_CHLORIDE] > 40);
    assert_true(noted(&notes, "closed with chloride"));
    x = take(state, "saline-0.9%", 1, ML_AMOUNT_LITER, 0, &notes);
    assert_int_equal(notes.n, 0);
    x = take(state, "albumin-4%", 1, ML_AMOUNT_LITER, 0, NULL);
    assert_near(x.protein_charge, 140 - 128 - 6.4, 1e-9);
    x = take(state, "albumin-25%", 1, ML_AMOUNT_LITER, 0, NULL);
    assert_near(x.protein_charge, 0.279 * 250, 1e-9);
}

static void missing_figures_are_told(void **state) {
    MlNotes notes;
    take(state, "pickle-juice", 0.079, ML_AMOUNT_LITER, 0, &notes);
    assert_true(noted(&notes, "not measured, counted as none: potassium, calcium, magnesium"));
    take(state, "lucozade-sport", 0.5, ML_AMOUNT_LITER, 0, &notes);
    assert_true(noted(&notes, "potassium"));
}

static void inline_compositions(void **state) {
    (void)state;
    MlComposition c = ml_composition_unknown();
    c.value[ML_NUTRIENT_SODIUM] = 23;
    c.value[ML_NUTRIENT_GLUCOSE] = 60 / 0.180156;
    MlIntake x;
    MlNotes notes = {0};
    ml_composition_intake(&c, 0.5, 1, ML_CLOSE_AS_FLUID, "drink", &x, &notes);
    assert_near(x.amount[ML_NUTRIENT_CHLORIDE], 11.5, 1e-12);
    assert_near(x.amount[ML_NUTRIENT_WATER], 0.481, 1e-3);
    assert_near(x.amount[ML_NUTRIENT_ENERGY], 120, 1e-9);
    assert_true(noted(&notes, "drink: 11.5 mEq"));
    c = ml_composition_unknown();
    c.value[ML_NUTRIENT_CHLORIDE] = 50;
    c.value[ML_NUTRIENT_SODIUM] = 20;
    notes.n = 0;
    ml_composition_intake(&c, 1, 1, ML_CLOSE_AS_FLUID, "drink", &x, &notes);
    assert_near(x.amount[ML_NUTRIENT_SODIUM], 50, 1e-12);
    assert_true(noted(&notes, "closed with sodium"));
    ml_composition_intake(&c, 1, 0, ML_CLOSE_AS_FOOD, "food", &x, NULL);
    assert_near(x.amount[ML_NUTRIENT_SODIUM], 50, 1e-12);
    assert_near(x.amount[ML_NUTRIENT_WATER], 0, 0);
}

static void refuses(void **state, const char *name, double amount, MlAmountUnit unit, int elemental,
                    const char *part) {
    MlIntake x;
    milieu_error err = {0};
    assert_int_equal(
        ml_product_intake(ml_products_find(*state, name), amount, unit, elemental, &x, NULL, &err),
        MILIEU_BAD_INPUT);
    assert_string_equal(err.where, name);
    if (!strstr(err.text, part)) fail_msg("%s: %s", err.text, part);
}

static void impossible_amounts(void **state) {
    refuses(state, "banana", 1, ML_AMOUNT_LITER, 0, "solid without density");
    refuses(state, "banana", 1, ML_AMOUNT_MMOL, 0, "counts no substance");
    refuses(state, "banana", 1, ML_AMOUNT_GRAM, 1, "no named element");
    refuses(state, "potassium-chloride", 0.01, ML_AMOUNT_LITER, 0, "solid");
    refuses(state, "saline-0.9%", 100, ML_AMOUNT_GRAM, 0, "no density");
    refuses(state, "glucose", 1, ML_AMOUNT_MEQ, 0, "counts no ion");
    refuses(state, "banana", -1, ML_AMOUNT_GRAM, 0, "0 or more");
    refuses(state, "banana", NAN, ML_AMOUNT_GRAM, 0, "0 or more");
    refuses(state, "banana", INFINITY, ML_AMOUNT_GRAM, 0, "0 or more");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_neutral_and_finite),
        cmocka_unit_test(foods_keep_their_sodium),
        cmocka_unit_test(salts_count_their_cation),
        cmocka_unit_test(volumes_and_masses),
        cmocka_unit_test(foods_close_with_organic_anions),
        cmocka_unit_test(fluids_close_with_chloride),
        cmocka_unit_test(missing_figures_are_told),
        cmocka_unit_test(inline_compositions),
        cmocka_unit_test(impossible_amounts),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
