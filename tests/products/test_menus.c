/* SPDX-License-Identifier: Apache-2.0 */
/* Menus: each is what it is called, and a file of them that is wrong is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "products/menu.h"

static MlProducts *products;

static int setup(void **state) {
    (void)state;
    return ml_products_create(NULL, &products, NULL) != MILIEU_OK;
}

static int teardown(void **state) {
    (void)state;
    ml_products_free(products);
    return 0;
}

/* What a day may bring, mg and g, by the definition of each diet (sources in data/menus.csv). */
static const struct {
    const char *name;
    double sodium[2], potassium[2], calcium[2], magnesium[2], phosphorus[2], protein[2];
} allowed[] = {
    {"usual-western", {2900, 3900}, {2200, 3000}, {800, 1100}, {250, 350}, {1150, 1600}, {65, 95}},
    {"low-sodium", {500, 2000}, {2500, 4700}, {800, 1300}, {300, 450}, {1000, 1700}, {60, 100}},
    {"dash", {1700, 2300}, {4700, 5200}, {1250, 1600}, {500, 700}, {1200, 2100}, {85, 110}},
    {"dash-low-sodium", {1000, 1500}, {4700, 5200}, {1250, 1600}, {500, 700}, {1200, 2100}, {85, 110}},
    {"mediterranean", {1000, 2300}, {2800, 4700}, {800, 1300}, {320, 500}, {1100, 1800}, {60, 100}},
    {"high-potassium", {1500, 2300}, {5500, 6500}, {1000, 1600}, {450, 750}, {1300, 2100}, {70, 110}},
    {"renal", {500, 2000}, {1200, 2400}, {300, 1000}, {120, 300}, {500, 1000}, {38, 56}},
};

static void within(const char *menu, const char *what, double x, const double *range) {
    if (!(x >= range[0] && x <= range[1])) fail_msg("%s: %s is %g, allowed: %g to %g", menu, what, x, range[0], range[1]);
}

static void menus_are_what_they_are_called(void **state) {
    (void)state;
    assert_int_equal(ml_menu_count(products), sizeof allowed / sizeof allowed[0]);
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        const char *name = allowed[i].name;
        const MlMenu *m = ml_menu_find(products, name);
        assert_non_null(m);
        assert_true(*m->title && *m->source && m->nitem > 10);
        const MlMenuDay d = ml_menu_day(m, products);
        within(name, "sodium", 22.99 * d.sodium, allowed[i].sodium);
        within(name, "potassium", 39.098 * d.potassium, allowed[i].potassium);
        within(name, "calcium", 40.078 * d.calcium, allowed[i].calcium);
        within(name, "magnesium", 24.305 * d.magnesium, allowed[i].magnesium);
        within(name, "phosphorus", 30.974 * d.phosphorus, allowed[i].phosphorus);
        within(name, "protein", d.protein, allowed[i].protein);
        within(name, "energy", d.energy, (const double[]){1900, 2250});
        within(name, "water", d.water, (const double[]){1.8, 3.5});
        assert_true(d.food_water > 0.4 && d.food_water < d.water);
    }
    assert_null(ml_menu_find(products, "dahs"));
    assert_string_equal(ml_menu_nearest(products, "dahs"), "dash");
}

/* By hand: 118 g of banana (1 mg sodium, 358 mg potassium in 100 g) and 200 g of tap water. */
static void a_day_is_the_sum_of_its_foods(void **state) {
    (void)state;
    static const char text[] = "menu,title,meal,product,amount_g,source\nm,A menu,breakfast,banana,118,me\nm,,lunch,water,200,\n";
    MlCsvErrors errors = {0};
    MlMenus *menus;
    assert_int_equal(ml_menus_read(NULL, products, "m.csv", text, sizeof text - 1, &menus, &errors, NULL), MILIEU_OK);
    ml_menus_free(menus);
    const MlProduct *banana = ml_products_find(products, "banana");
    const MlMenuItem item[] = {{"breakfast", "banana", 118}, {"lunch", "water", 200}};
    const MlMenu menu = {"m", "A menu", "me", item, 2};
    const MlMenuDay d = ml_menu_day(&menu, products);
    assert_true(fabs(d.potassium - 0.118 * banana->composition.value[ML_NUTRIENT_POTASSIUM]) < 1e-12);
    assert_true(fabs(d.potassium - 1.18 * 358 / 39.0983) < 0.05);
    assert_true(fabs(d.food_water - 0.118 * banana->composition.value[ML_NUTRIENT_WATER]) < 1e-12);
    assert_true(fabs(d.water - d.food_water - 0.2) < 0.002);
}

static void wrong_menus_are_refused(void **state) {
    (void)state;
    static const char *const wrong[][2] = {
        {"", "no header"},
        {"menu,title,meal,product\n", "there is no column amount_g"},
        {"menu,title,meal,product,amount_g,source\nm,,x,banana,100,\n", "states its title"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,bananna,100,me\n", "no product 'bananna'"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,banana,-3,me\n", "at most 5000 g"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,banana,much,me\n", "at most 5000 g"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,banana,3,\n", "needs its source"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,banana,3,me\nm,U,x,apple,3,me\n", "is there already"},
        {"menu,title,meal,product,amount_g,source\nm,T,x,banana,3,me\nn,,x,apple,3,\n", "states its title"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        MlCsvErrors errors = {0};
        milieu_error e = {0};
        MlMenus *menus;
        assert_int_equal(ml_menus_read(NULL, products, "m.csv", wrong[i][0], strlen(wrong[i][0]), &menus, &errors, &e), MILIEU_BAD_INPUT);
        assert_null(menus);
        if (!strstr(e.text, wrong[i][1])) fail_msg("%s: '%s' is not in '%s'", wrong[i][0], wrong[i][1], e.text);
        assert_true(!strncmp(e.where, "m.csv:", 6));
        ml_csv_errors_free(&errors);
    }
}

/* What a salt in slow tablets holds is that of the salt; it lasts hours. */
static void slow_tablets_hold_the_same_salt(void **state) {
    (void)state;
    static const char *const names[][2] = {{"potassium-chloride-slow-release", "potassium-chloride"}, {"sodium-chloride-slow-release", "sodium-chloride"}};
    for (int i = 0; i < 2; i++) {
        const MlProduct *slow = ml_products_find(products, names[i][0]), *fast = ml_products_find(products, names[i][1]);
        assert_non_null(slow);
        assert_true(slow->release == 360 && isnan(fast->release));
        assert_true(slow->molar_mass == fast->molar_mass && slow->counts == fast->counts);
        assert_true(slow->composition.value[ML_NUTRIENT_CHLORIDE] == fast->composition.value[ML_NUTRIENT_CHLORIDE]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menus_are_what_they_are_called),
        cmocka_unit_test(a_day_is_the_sum_of_its_foods),
        cmocka_unit_test(wrong_menus_are_refused),
        cmocka_unit_test(slow_tablets_hold_the_same_salt),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
