/* SPDX-License-Identifier: Apache-2.0 */
/* Files of users: what is read, what is refused, and where the error is said to be. */
#include "products/product.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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

#define HEADER "name,aliases,kind,basis,sodium_mg,potassium_mg,source\n"

static milieu_code add(void **state, const char *text, MlCsvErrors *errors, int *replaced) {
    milieu_error err = {0};
    return ml_products_add_text(*state, "my.csv", text, strlen(text), replaced, errors, &err);
}

static void adds(void **state, const char *text) {
    MlCsvErrors errors = {0};
    if (add(state, text, &errors, NULL)) fail_msg("%s: %s", errors.item[0].where, errors.item[0].text);
    ml_csv_errors_free(&errors);
}

static void reads_what_spreadsheets_write(void **state) {
    adds(state,
         "\xEF\xBB\xBF# comment\r\n\r\nname,aliases,title,kind,basis,sodium_mg,source\r\n"
         "my-drink , my-alias|other-alias,\"Big, \"\"sour\"\" drink\r\nof mine\",drink,mL,12.5,label\r\n"
         "\r\nmy-food,,,food,g,,my kitchen");
    const MlProduct *p = ml_products_find(*state, "my-drink");
    assert_non_null(p);
    assert_string_equal(p->title, "Big, \"sour\" drink\r\nof mine");
    assert_near(p->composition.value[ML_NUTRIENT_SODIUM], 125 / 22.990, 1e-12);
    assert_int_equal(p->nalias, 2);
    assert_ptr_equal(ml_products_find(*state, "other-alias"), p);
    assert_string_equal(p->file, "my.csv");
    assert_int_equal(p->line, 4);
    p = ml_products_find(*state, "my-food");
    assert_non_null(p);
    assert_true(isnan(p->composition.value[ML_NUTRIENT_SODIUM]));
    assert_string_equal(p->title, "my-food");
    assert_int_equal(p->line, 7);
}

static void units_of_columns(void **state) {
    adds(
        state,
        "name,kind,basis,sodium_mmol_per_L,potassium_mEq_per_L,calcium_mg,glucose_g_per_L,water_mL,energy_kJ,"
        "caffeine_mg,magnesium_umol,density_g_per_mL,source\n"
        "all-units,drink,mL,20,5,4.0078,18.0156,98,41.84,10,500,1.01,here\n");
    const double *v = ml_products_find(*state, "all-units")->composition.value;
    assert_near(v[ML_NUTRIENT_SODIUM], 20, 1e-12);
    assert_near(v[ML_NUTRIENT_POTASSIUM], 5, 1e-12);
    assert_near(v[ML_NUTRIENT_CALCIUM], 1, 1e-12);
    assert_near(v[ML_NUTRIENT_GLUCOSE], 100, 1e-9);
    assert_near(v[ML_NUTRIENT_WATER], 0.98, 1e-12);
    assert_near(v[ML_NUTRIENT_ENERGY], 100, 1e-9);
    assert_near(v[ML_NUTRIENT_CAFFEINE], 100, 1e-12);
    assert_near(v[ML_NUTRIENT_MAGNESIUM], 5, 1e-12);
    adds(state,
         "name,kind,basis,molar_mass_g_per_mol,counts,magnesium_mol_per_mol,chloride_mol_per_mol,source\n"
         "my-salt,supplement,g,95.211,magnesium,1,2,stoichiometry\n");
    v = ml_products_find(*state, "my-salt")->composition.value;
    assert_near(v[ML_NUTRIENT_CHLORIDE], 2 * v[ML_NUTRIENT_MAGNESIUM], 1e-9);
    assert_near(v[ML_NUTRIENT_MAGNESIUM], 1e6 / 95.211, 1e-6);
}

static void users_rows_replace(void **state) {
    size_t before = ml_products_count(*state);
    MlCsvErrors errors = {0};
    int replaced = 0;
    assert_int_equal(add(state, HEADER "banana,,food,g,3,400,my lab\n", &errors, &replaced), MILIEU_OK);
    assert_int_equal(replaced, 1);
    assert_int_equal(ml_products_count(*state), before);
    assert_string_equal(ml_products_find(*state, "banana")->source, "my lab");
    assert_null(ml_products_find(*state, "bananas")); /* its alias went with it */
    /* an alias that came with the library may become a product */
    assert_int_equal(add(state, HEADER "sports-drink,,sports-drink,mL,50,10,label\n", &errors, &replaced),
                     MILIEU_OK);
    assert_string_equal(ml_products_find(*state, "sports-drink")->name, "sports-drink");
    assert_non_null(ml_products_find(*state, "gatorade"));
    assert_int_equal(errors.n, 0);
}

/* Each text must fail, with an error at the place, whose sentence holds the words. */
static const struct {
    const char *text, *where, *words;
} bad[] = {
    {"", "my.csv:1:1", "no header"},
    {"# only a comment\n", "my.csv:1:1", "no header"},
    {"name,kind,basis\nx,food,g\n", "my.csv:1:1", "no column source"},
    {HEADER "x,,food,g,abc,,s\n", "my.csv:2:11", "'abc' is no number"},
    {HEADER "x,,food,g,1.5e,,s\n", "my.csv:2:11", "is no number"},
    {HEADER "x,,food,g,nan,,s\n", "my.csv:2:11", "is no number"},
    {HEADER "x,,food,g,\"1,5\",,s\n", "my.csv:2:11", "is no number"},
    {HEADER "x,,food,g,1e999,,s\n", "my.csv:2:11", "is no number"},
    {HEADER "x,,food,g,0x10,,s\n", "my.csv:2:11", "is no number"},
    {HEADER "x,,food,g,-1,,s\n", "my.csv:2:11", "negative"},
    {HEADER "x,,food,g,70000,50000,s\n", "my.csv:2:11", "adds up to 120 g"},
    {HEADER "X,,food,g,1,,s\n", "my.csv:2:1", "lower-case"},
    {HEADER "two words,,food,g,1,,s\n", "my.csv:2:1", "lower-case"},
    {HEADER ",,food,g,1,,s\n", "my.csv:2:1", "no name"},
    {HEADER "x,a||b,food,g,1,,s\n", "my.csv:2:3", "alias ''"},
    {HEADER "x,A,food,g,1,,s\n", "my.csv:2:3", "alias 'A'"},
    {HEADER "x,x,food,g,1,,s\n", "my.csv:2:1", "already taken by x"},
    {HEADER "x,,foot,g,1,,s\n", "my.csv:2:4", "nearest is food"},
    {HEADER "x,,,g,1,,s\n", "my.csv:2:1", "kind must be"},
    {HEADER "x,,food,kg,1,,s\n", "my.csv:2:9", "basis must be g or mL"},
    {HEADER "x,,food,,1,,s\n", "my.csv:2:1", "basis must be g or mL"},
    {HEADER "x,,food,g,1,,\n", "my.csv:2:1", "no source"},
    {HEADER "x,,food,g,1,s\n", "my.csv:2:1", "6 cells, the header has 7"},
    {HEADER "x,,food,g,1,,s,t\n", "my.csv:2:1", "8 cells"},
    {HEADER "x,,food,g,1,,s\ny,,food,g,1,,s\nx,,food,g,2,,s\n", "my.csv:4:1",
     "already taken by x (my.csv:2)"},
    {HEADER "x,banana,food,g,1,,s\n", "my.csv:2:1", "already taken by banana"},
    {HEADER "x,,food,g,1,,\"s\n", "my.csv:2:14", "not closed"},
    {HEADER "x,,food,g,1,,\"s\"t\n", "my.csv:2:17", "after the closing quote"},
    {"name,kind,basis,soduim_mg,source\nx,food,g,1,s\n", "my.csv:1:17", "nearest is sodium"},
    {"name,kind,basis,sodium,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column sodium"},
    {"name,kind,basis,sodium_stone,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column"},
    {"name,kind,basis,sodium_mol,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column"},
    {"name,kind,basis,sodium_mg_for_L,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column"},
    {"name,kind,basis,protein_mmol,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column"},
    {"name,kind,basis,glucose_mEq,source\nx,food,g,1,s\n", "my.csv:1:17", "unknown column"},
    {"name,kind,basis,densty_g_per_mL,source\nx,food,g,1,s\n", "my.csv:1:17", "nearest is density_g_per_mL"},
    {"name,kind,basis,sodium_mg,sodium_mg,source\nx,food,g,1,1,s\n", "my.csv:1:27", "twice"},
    {"name,kind,basis,sodium_mg,sodium_mmol,source\nx,food,g,1,1,s\n", "my.csv:2:12", "also in column 10"},
    {"name,kind,basis,sodium_mmol_per_L,source\nx,food,g,1,s\n", "my.csv:2:10", "per L in a row of basis g"},
    {"name,kind,basis,sodium_mmol_per_kg,source\nx,food,mL,1,s\n", "my.csv:2:11",
     "per kg in a row of basis mL"},
    {"name,kind,basis,sodium_mol_per_mol,source\nx,supplement,g,1,s\n", "my.csv:2:16", "needs molar_mass"},
    {"name,kind,basis,sodium_mg,counts,source\nx,supplement,g,1,gold,s\n", "my.csv:2:18", "counts must name"},
    {"name,kind,basis,sodium_mg,counts,source\nx,supplement,g,1,calcium,s\n", "my.csv:2:18", "holds none"},
    {"name,kind,basis,energy_kcal,source\nx,food,g,2000,s\n", "my.csv:2:10", "930 kcal"},
    {"name,kind,basis,water_g,source\nx,food,g,120,s\n", "my.csv:2:10", "adds up to 120 g"},
    {"name,kind,basis,water_g,density_g_per_mL,source\nx,drink,mL,110,1,s\n", "my.csv:2:12",
     "adds up to 110 g"},
    {"name,kind,basis,density_g_per_mL,source\nx,drink,mL,9,s\n", "my.csv:2:12", "density outside"},
    {"name,kind,basis,hematocrit,source\nx,blood,mL,45,s\n", "my.csv:2:12", "hematocrit above 1"},
};

static void bad_files_are_told_where(void **state) {
    size_t before = ml_products_count(*state);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        MlCsvErrors errors = {0};
        if (add(state, bad[i].text, &errors, NULL) != MILIEU_BAD_INPUT) fail_msg("accepted: %s", bad[i].text);
        int found = 0;
        for (size_t k = 0; k < errors.n; k++)
            if (!strcmp(errors.item[k].where, bad[i].where) && strstr(errors.item[k].text, bad[i].words))
                found = 1;
        if (!found)
            fail_msg("%s%s: %s\nfor %s", bad[i].text, errors.item[0].where, errors.item[0].text,
                     bad[i].words);
        ml_csv_errors_free(&errors);
    }
    assert_int_equal(ml_products_count(*state), before);
}

static void all_errors_of_a_file_are_told(void **state) {
    MlCsvErrors errors = {0};
    assert_int_equal(add(state, HEADER "X,,food,g,a,b,s\ny,,fod,g,-1,,\nz,,food,l,1,1,s\n", &errors, NULL),
                     MILIEU_BAD_INPUT);
    assert_int_equal(errors.n, 7);
    ml_csv_errors_free(&errors);
}

static void strange_bytes_do_no_harm(void **state) {
    milieu_error err;
    MlCsvErrors errors = {0};
    static const char nul[] = HEADER "x,,food,g,1,\0,s\n";
    assert_int_equal(ml_products_add_text(*state, "my.csv", nul, sizeof nul - 1, NULL, &errors, &err),
                     MILIEU_BAD_INPUT);
    ml_csv_errors_free(&errors);
    /* every cut and every changed byte of a sound file is read or refused */
    static const char sound[] = HEADER "x1,a1|b1,food,g,1.5,2e1,\"s, \"\"t\"\"\"\r\ny1,,drink,mL,,,u\n";
    for (size_t n = 0; n < sizeof sound; n++) {
        ml_products_add_text(*state, "my.csv", sound, n, NULL, &errors, &err);
        for (int byte = 1; byte < 256; byte += 7) {
            char copy[sizeof sound];
            memcpy(copy, sound, sizeof sound);
            copy[n] = (char)byte;
            ml_products_add_text(*state, "my.csv", copy, sizeof sound - 1, NULL, &errors, &err);
        }
        ml_csv_errors_free(&errors);
    }
}

static void wide_rows_are_refused(void **state) {
    char text[1000] = "name";
    for (int i = 0; i < 200; i++) strcat(text, ",a");
    MlCsvErrors errors = {0};
    assert_int_equal(add(state, text, &errors, NULL), MILIEU_BAD_INPUT);
    ml_csv_errors_free(&errors);
}

static void files_from_disk(void **state) {
    milieu_error err = {0};
    MlCsvErrors errors = {0};
    const char *path = BINARY_DIR "/test_product_files.csv";
    assert_int_equal(ml_products_add_file(*state, BINARY_DIR "/no-such.csv", NULL, &errors, &err),
                     MILIEU_FILE_IO);
    assert_int_equal(ml_products_add_file(*state, BINARY_DIR, NULL, &errors, &err), MILIEU_FILE_IO);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(HEADER "from-disk,,food,g,1,2,s\n", f);
    fclose(f);
    assert_int_equal(ml_products_add_file(*state, path, NULL, &errors, &err), MILIEU_OK);
    assert_non_null(ml_products_find(*state, "from-disk"));
    remove(path);
    assert_int_equal(errors.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_spreadsheets_write, load, unload),
        cmocka_unit_test_setup_teardown(units_of_columns, load, unload),
        cmocka_unit_test_setup_teardown(users_rows_replace, load, unload),
        cmocka_unit_test_setup_teardown(bad_files_are_told_where, load, unload),
        cmocka_unit_test_setup_teardown(all_errors_of_a_file_are_told, load, unload),
        cmocka_unit_test_setup_teardown(strange_bytes_do_no_harm, load, unload),
        cmocka_unit_test_setup_teardown(wide_rows_are_refused, load, unload),
        cmocka_unit_test_setup_teardown(files_from_disk, load, unload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
