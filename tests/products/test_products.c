/* SPDX-License-Identifier: Apache-2.0 */
/* The data files that come with the library: every row loads, and says what it should. */
#include "base/text.h"
#include "products/intake.h"
#include "products/product.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"

static int load(void **state) {
    MlProducts *t;
    milieu_error err = {0};
    if (ml_products_create(NULL, &t, &err)) {
        print_error("%s: %s\n", err.where, err.text);
        return 1;
    }
    *state = t;
    return 0;
}

static int unload(void **state) {
    ml_products_free(*state);
    return 0;
}

static const MlProduct *find(void **state, const char *name) {
    const MlProduct *p = ml_products_find(*state, name);
    if (!p) fail_msg("no product %s", name);
    return p;
}

static double value(void **state, const char *name, MlNutrient i) {
    return find(state, name)->composition.value[i];
}

static void nutrients_match_their_table(void **state) {
    (void)state;
    static const struct {
        MlNutrient i;
        const char *name;
    } some[] = {{ML_NUTRIENT_SODIUM, "sodium"},       {ML_NUTRIENT_CHLORIDE, "chloride"},
                {ML_NUTRIENT_PHOSPHATE, "phosphate"}, {ML_NUTRIENT_GLUCONATE, "gluconate"},
                {ML_NUTRIENT_GLUCOSE, "glucose"},     {ML_NUTRIENT_MALTODEXTRIN, "maltodextrin"},
                {ML_NUTRIENT_UREA, "urea"},           {ML_NUTRIENT_AMINO_ACIDS, "amino-acids"},
                {ML_NUTRIENT_ALCOHOL, "alcohol"},     {ML_NUTRIENT_WATER, "water"}};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        assert_string_equal(ml_nutrient(some[k].i)->name, some[k].name);
        assert_int_equal(ml_nutrient_find(some[k].name), some[k].i);
    }
    assert_int_equal(ml_nutrient_find("gold"), -1);
}

static void every_row_is_sound(void **state) {
    const MlProducts *t = *state;
    assert_true(ml_products_count(t) >= 498);
    for (size_t k = 0; k < ml_products_count(t); k++) {
        const MlProduct *p = ml_products_at(t, k);
        const double *v = p->composition.value;
        assert_true(ml_text_is_name(p->name));
        assert_ptr_equal(ml_products_find(t, p->name), p);
        for (int i = 0; i < p->nalias; i++) {
            assert_true(ml_text_is_name(ml_product_alias(p, i)));
            assert_ptr_equal(ml_products_find(t, ml_product_alias(p, i)), p);
        }
        assert_true(strlen(p->source) > 3);
        assert_true(strlen(p->title) > 3);
        double whole = !p->per_volume ? 1000 : isnan(p->density) ? 1500 : 1000 * p->density;
        double mass = ml_composition_mass(&p->composition);
        if (p->kind == ML_SUPPLEMENT &&
            !isnan(v[ML_NUTRIENT_BICARBONATE])) /* its carbon dioxide is the body's */
            mass -= v[ML_NUTRIENT_BICARBONATE] * ml_nutrient_grams(ML_NUTRIENT_BICARBONATE);
        if (mass > 1.01 * whole) fail_msg("%s: too much in it", p->name);
        for (int i = 0; i < ML_NNUTRIENT; i++) assert_true(isnan(v[i]) || v[i] >= 0);
        if (p->kind == ML_DRINK && isnan(p->density) && !p->per_volume) fail_msg("%s: no density", p->name);
        if (isnan(v[ML_NUTRIENT_WATER]) && p->kind != ML_SUPPLEMENT) fail_msg("%s: no water", p->name);
    }
}

/* Energy of the macronutrients (fat mostly not stated) must not exceed what the source says. */
static void energies_hold_their_macronutrients(void **state) {
    for (size_t k = 0; k < ml_products_count(*state); k++) {
        const MlProduct *p = ml_products_at(*state, k);
        if (p->kind != ML_FOOD && p->kind != ML_DRINK) continue;
        if (p->computed & (1U << ML_NUTRIENT_ENERGY)) continue;
        double stated = p->composition.value[ML_NUTRIENT_ENERGY],
               sum = ml_composition_energy(&p->composition);
        /* fiber, acids and polyols of carbohydrate by difference count less than 4 kcal/g */
        if (!isnan(stated) && !isnan(sum) && sum > 2.2 * stated + 150)
            fail_msg("%s: %g, %g", p->name, stated, sum);
    }
}

static void known_compositions(void **state) {
    assert_near(value(state, "saline-0.9%", ML_NUTRIENT_SODIUM), 154, 0);
    assert_near(value(state, "saline-0.9%", ML_NUTRIENT_CHLORIDE), 154, 0);
    assert_near(value(state, "saline-0.9%", ML_NUTRIENT_WATER), 0.9974, 3e-4);
    assert_near(value(state, "saline-3%", ML_NUTRIENT_SODIUM), 513, 0);
    assert_near(value(state, "banana", ML_NUTRIENT_POTASSIUM), 3580 / 39.098, 1e-9);
    assert_near(value(state, "banana", ML_NUTRIENT_WATER), 0.7491, 1e-12);
    assert_near(value(state, "dextrose-5%", ML_NUTRIENT_GLUCOSE), 277.5, 0.1);
    assert_near(value(state, "dextrose-5%", ML_NUTRIENT_WATER), 0.969, 1e-3);
    assert_near(value(state, "mannitol-20%", ML_NUTRIENT_MANNITOL), 1097.9, 0.1);
    assert_near(value(state, "salt", ML_NUTRIENT_SODIUM), 16858.6, 1);
    assert_near(value(state, "milk-whole", ML_NUTRIENT_SUCROSE), 48 / 0.34230, 1e-6); /* lactose */
    assert_near(value(state, "cola", ML_NUTRIENT_MALTODEXTRIN), 0, 0.2);
    assert_near(value(state, "beer", ML_NUTRIENT_ALCOHOL), 39, 1e-9);
    /* plain water holds nothing but water, and that is measured */
    for (int i = 0; i < ML_NUTRIENT_BICARBONATE; i++)
        if (i != ML_NUTRIENT_AMMONIUM) assert_near(value(state, "water", (MlNutrient)i), 0, 0);
    assert_near(value(state, "water", ML_NUTRIENT_WATER), 1, 0);
}

/* Fat is what the other parts of a food leave. */
static void fat_is_computed(void **state) {
    static const struct {
        const char *name;
        double fat; /* g/kg, USDA SR27 */
    } food[] = {{"banana", 3.3},    {"milk-whole", 32.7}, {"cheese-cheddar", 331}, {"bread-white", 33},
                {"olive-oil", 985}, {"almonds", 499},     {"chicken-breast", 36},  {"salt", 0}};
    for (size_t i = 0; i < sizeof food / sizeof *food; i++) {
        assert_near(value(state, food[i].name, ML_NUTRIENT_FAT), food[i].fat, 12);
        assert_true(find(state, food[i].name)->computed & (1U << ML_NUTRIENT_FAT));
    }
    assert_true(isnan(value(state, "pickle-juice", ML_NUTRIENT_FAT)));
}

static double cations(const MlProduct *p) {
    double sum = 0;
    for (int i = 0; i < ML_NUTRIENT_CHLORIDE; i++)
        if (!isnan(p->composition.value[i])) sum += p->composition.value[i] * ml_nutrient(i)->valence;
    return sum;
}

static double anions(const MlProduct *p) {
    double sum = 0;
    for (int i = ML_NUTRIENT_CHLORIDE; i < ML_NUTRIENT_GLUCOSE; i++)
        if (!isnan(p->composition.value[i])) sum -= p->composition.value[i] * ml_nutrient(i)->valence;
    return sum;
}

static void formulas_are_neutral(void **state) {
    static const struct {
        const char *name;
        double charge;
    } fluid[] = {{"lactated-ringer", 137}, {"hartmann", 140},      {"ringer-acetate", 139},
                 {"plasma-lyte-148", 148}, {"ringer", 155.5},      {"plasma-lyte-56-dextrose-5%", 56},
                 {"ors-who", 95},          {"ors-who-1975", 110},  {"resomal", 91},
                 {"dhaka-solution", 146},  {"pocari-sweat", 27.5}, {"ors-maintenance", 65}};
    for (size_t k = 0; k < sizeof fluid / sizeof *fluid; k++) {
        const MlProduct *p = find(state, fluid[k].name);
        assert_near(cations(p), fluid[k].charge, 0.01);
        assert_near(anions(p), fluid[k].charge, 0.01);
    }
    for (size_t k = 0; k < ml_products_count(*state); k++) {
        const MlProduct *p = ml_products_at(*state, k);
        if (p->kind != ML_IV_FLUID && p->kind != ML_SUPPLEMENT) continue;
        double acid = isnan(p->acid) ? 0 : p->acid,
               organic = isnan(p->organic_anions) ? 0 : p->organic_anions;
        double left = cations(p) + acid - anions(p) - organic;
        if (fabs(left) > 1e-9 * (1 + cations(p))) fail_msg("%s: %g mEq are left", p->name, left);
    }
}

/* Osmolarity as stated against the sum of the particles. */
static void osmolarities_agree(void **state) {
    assert_near(ml_composition_osmoles(&find(state, "ors-who")->composition), 245, 0.5);
    assert_near(ml_composition_osmoles(&find(state, "ors-who-1975")->composition), 331, 0.5);
    for (size_t k = 0; k < ml_products_count(*state); k++) {
        const MlProduct *p = ml_products_at(*state, k);
        if (p->kind != ML_IV_FLUID || isnan(p->osmolarity)) continue;
        double sum = ml_composition_osmoles(&p->composition);
        if (fabs(sum - p->osmolarity) > 0.02 * p->osmolarity)
            fail_msg("%s: %g, %g", p->name, sum, p->osmolarity);
    }
}

static void missing_is_never_zero(void **state) {
    assert_true(isnan(value(state, "banana", ML_NUTRIENT_CHLORIDE)));
    assert_true(isnan(value(state, "banana", ML_NUTRIENT_UREA)));
    assert_true(isnan(value(state, "pickle-juice", ML_NUTRIENT_POTASSIUM)));
    assert_true(isnan(value(state, "lucozade-sport", ML_NUTRIENT_POTASSIUM)));
    assert_true(isnan(value(state, "lmnt", ML_NUTRIENT_CHLORIDE)));
    assert_true(value(state, "olive-oil", ML_NUTRIENT_WATER) == 0); /* measured zero */
    assert_true(isnan(find(state, "banana")->density));
}

static void blood_holds_cells_and_plasma(void **state) {
    assert_near(find(state, "whole-blood")->hematocrit, 0.368, 1e-9);
    assert_near(find(state, "red-cells")->hematocrit, 0.6, 1e-9);
    assert_in_range((long)value(state, "plasma", ML_NUTRIENT_SODIUM), 160, 175);
    assert_near(value(state, "albumin-20%", ML_NUTRIENT_PROTEIN), 200, 0);
    assert_true(value(state, "albumin-20%", ML_NUTRIENT_WATER) < 0.9);
}

static void names_of_the_file_format_exist(void **state) {
    static const char *const names[] = {"saline-0.9%",
                                        "saline-3%",
                                        "hartmann",
                                        "lactated-ringer",
                                        "plasma-lyte-148",
                                        "dextrose-5%",
                                        "potassium-chloride",
                                        "calcium-gluconate",
                                        "magnesium-sulfate",
                                        "sodium-bicarbonate",
                                        "ors-who",
                                        "water",
                                        "banana",
                                        "potassium-citrate",
                                        "whole-blood",
                                        "red-cells",
                                        "plasma",
                                        "albumin-20%",
                                        "salt",
                                        "sports-drink",
                                        "salt-tablet",
                                        "gatorade",
                                        "milk-skim",
                                        "saline-5%",
                                        "saline-5.85%",
                                        "coffee",
                                        "tea",
                                        "bouillon",
                                        "urea",
                                        "glucose",
                                        "table-salt",
                                        "beer",
                                        "coconut-water"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) find(state, names[i]);
}

static void the_nearest_name(void **state) {
    assert_string_equal(ml_products_nearest(*state, "bananna"), "banana");
    assert_string_equal(ml_products_nearest(*state, "saline-0.9"), "saline-0.9%");
    assert_string_equal(ml_products_nearest(*state, "hartman"), "hartmann");
    assert_null(ml_products_nearest(*state, "xyzzyxyzzy"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nutrients_match_their_table),
        cmocka_unit_test(every_row_is_sound),
        cmocka_unit_test(energies_hold_their_macronutrients),
        cmocka_unit_test(known_compositions),
        cmocka_unit_test(fat_is_computed),
        cmocka_unit_test(formulas_are_neutral),
        cmocka_unit_test(osmolarities_agree),
        cmocka_unit_test(missing_is_never_zero),
        cmocka_unit_test(blood_holds_cells_and_plasma),
        cmocka_unit_test(names_of_the_file_format_exist),
        cmocka_unit_test(the_nearest_name),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
