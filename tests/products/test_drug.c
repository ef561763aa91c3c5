/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "products/drug.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"

static int load(void **state) {
    MlDrugs *t;
    milieu_error err;
    if (ml_drugs_create(NULL, &t, &err)) {
        print_error("%s: %s\n", err.where, err.text);
        return 1;
    }
    *state = t;
    return 0;
}

static int unload(void **state) {
    ml_drugs_free(*state);
    return 0;
}

static void the_drugs_are_there(void **state) {
    static const char *const names[] = {
        "vasopressin", "desmopressin",   "furosemide", "hydrochlorothiazide", "salbutamol", "adrenaline",
        "propranolol", "spironolactone", "amiloride",  "enalapril",           "losartan",   "acetazolamide",
        "digoxin",     "bisacodyl",      "insulin",    "mannitol",            "urea"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(ml_drugs_find(*state, names[i]));
    assert_string_equal(ml_drugs_find(*state, "ddavp")->name, "desmopressin");
    assert_null(ml_drugs_find(*state, "nothing"));
    assert_string_equal(ml_drugs_nearest(*state, "furosemid"), "furosemide");
}

static void every_drug_is_sound(void **state) {
    for (size_t k = 0; k < ml_drugs_count(*state); k++) {
        const MlDrug *d = ml_drugs_at(*state, k);
        assert_true(ml_text_is_name(d->name));
        assert_true(strlen(d->source) > 20);
        assert_true(d->half_life > 0);
        /* one law, x / (1 + x), serves all but furosemide */
        assert_true(isnan(d->hill) || d->hill == 1 || !strcmp(d->name, "furosemide"));
        for (int i = 0; i < ML_NDRUG_ROUTE; i++)
            assert_true(isnan(d->bioavailability[i]) || d->bioavailability[i] <= 1);
        if (!isnan(d->bioavailability[ML_ROUTE_IV])) assert_near(d->bioavailability[ML_ROUTE_IV], 1, 0);
    }
}

static void figures_agree_with_one_another(void **state) {
    /* EC50 of furosemide is its half effect by excretion at 70 kg */
    const MlDrug *d = ml_drugs_find(*state, "furosemide");
    double renal = d->renal_share * log(2) / d->half_life * d->volume * 70; /* L/min */
    assert_near(d->ec50, d->er50 / renal, 0.01 * d->ec50);
    assert_near(d->er50 * pow(d->hill - 1, 1 / d->hill), 21.5, 1.5); /* most efficient excretion */
    assert_int_equal(d->effect, ML_EFFECT_NKCC2_BLOCK);
    /* 2 ug of desmopressin into a vein: area under the curve of 281 pg h/mL measured */
    d = ml_drugs_find(*state, "desmopressin");
    assert_near(2e6 / (d->volume * 75 * 1000) * d->half_life / 60 / log(2), 281, 40);
    /* 25 mg of hydrochlorothiazide: the peak */
    d = ml_drugs_find(*state, "hydrochlorothiazide");
    assert_near(25e3 * 0.7 / (d->volume * 70) * exp(-log(2) * 96 / d->half_life), 131, 6);
    d = ml_drugs_find(*state, "vasopressin");
    assert_true(d->by_unit && d->by_mass);
    assert_true(isnan(d->ec50)); /* that of the body's own */
}

static void routes(void **state) {
    (void)state;
    assert_string_equal(ml_drug_route_name(ML_ROUTE_SUBCUTANEOUS), "subcutaneous");
    assert_string_equal(ml_drug_effect_name(ML_EFFECT_V2_AGONIST), "v2-agonist");
}

#define HEADER                                                                                               \
    "name,units,volume_L_per_kg,half_life_min,iv_bioavailability,iv_absorption_half_time_min,effect,"        \
    "source\n"

#define TWO                                                                                                  \
    "name,units,volume_L_per_kg,half_life_min,central_volume_L_per_kg,distribution_half_life_min,"             \
    "iv_bioavailability,iv_absorption_half_time_min,effect,source\n"
#define ALIAS "name,aliases,units,half_life_min,iv_bioavailability,iv_absorption_half_time_min,effect,source\n"

static const struct {
    const char *text, *where, *words;
} bad[] = {
    {"", "d.csv:1:1", "no header"},
    {"name,units\n", "d.csv:1:1", "no column effect"},
    {HEADER "x,mg,1,1,1,0,osmole,\n", "d.csv:2:1", "no source"},
    {HEADER "x,stone,1,1,1,0,osmole,s\n", "d.csv:2:3", "unit 'stone'"},
    {HEADER "x,,1,1,1,0,osmole,s\n", "d.csv:2:1", "no units"},
    {HEADER "x,mg,0,1,1,0,osmole,s\n", "d.csv:2:6", "outside"},
    {"name,units,half_life_min,iv_bioavailability,iv_absorption_half_time_min,effect,ec50_ug_per_L,source\nx,mg,1,1,0,osmole,1,s\n",
     "d.csv:2:1", "ec50_ug_per_L needs a volume"},
    {"name,units,half_life_min,iv_bioavailability,iv_absorption_half_time_min,effect,er50_ug_per_min,source\nx,mg,1,1,0,osmole,1,s\n",
     "d.csv:2:1", "er50_ug_per_min needs a renal_share"},
    {TWO "x,mg,1,2,0.5,,1,0,osmole,s\n", "d.csv:2:1", "two compartments need"},
    {TWO "x,mg,1,2,,1,1,0,osmole,s\n", "d.csv:2:1", "two compartments need"},
    {TWO "x,mg,1,2,1.5,1,1,0,osmole,s\n", "d.csv:2:1", "two compartments need"},
    {TWO "x,mg,1,2,0.5,3,1,0,osmole,s\n", "d.csv:2:1", "two compartments need"},
    {TWO "x,mg,,2,0.5,1,1,0,osmole,s\n", "d.csv:2:1", "two compartments need"},
    {HEADER ",mg,1,1,1,0,osmole,s\n", "d.csv:2:1", "no name"},
    {HEADER "x,mg,1,1,1,0,,s\n", "d.csv:2:1", "no effect"},
    {HEADER "x,U,1,1,1,0,osmole,s\n", "d.csv:2:1", "doses in U need ug_per_U"},
    {HEADER "x,mg,1,1,,0,osmole,s\n", "d.csv:2:1", "route iv needs both"},
    {HEADER "x,mg,1,1,1,-1,osmole,s\n", "d.csv:2:12", "outside 0 to 1e+06"},
    {HEADER "x,mg,1,1,1,0,osmole,s,more\n", "d.csv:2:1", "9 cells, the header has 8"},
    {ALIAS "x,a b,mg,1,1,0,osmole,s\n", "d.csv:2:3", "alias 'a b' is no name"},
    {ALIAS "x,y|z|,mg,1,1,0,osmole,s\n", "d.csv:2:3", "alias '' is no name"},
    {ALIAS "x,z,mg,1,1,0,osmole,s\ny,w|z,mg,1,1,0,osmole,s\n", "d.csv:3:1", "the name z is already taken by x"},
    {ALIAS "x,z,mg,1,1,0,osmole,s\nz,,mg,1,1,0,osmole,s\n", "d.csv:3:1", "the name z is already taken by x"},
    {"units,half_life_min,effect,source\n", "d.csv:1:1", "no column name"},
    {"name,half_life_min,effect,source\n", "d.csv:1:1", "no column units"},
    {"name,units,half_life_min,effect\n", "d.csv:1:1", "no column source"},
    {HEADER "x,mg,1,,1,0,osmole,s\n", "d.csv:2:1", "half-life"},
    {HEADER "x,mg,1,1,1.5,0,osmole,s\n", "d.csv:2:10", "outside 0 to 1"},
    {HEADER "x,mg,1,1,1,,osmole,s\n", "d.csv:2:1", "route iv needs both"},
    {HEADER "x,mg,1,1,,,osmole,s\n", "d.csv:2:1", "no route"},
    {HEADER "x,mg,1,1,1,0,magic,s\n", "d.csv:2:14", "unknown effect"},
    {HEADER "x,mg,1,1,one,0,osmole,s\n", "d.csv:2:10", "no number"},
    {HEADER "X,mg,1,1,1,0,osmole,s\n", "d.csv:2:1", "lower-case"},
    {HEADER "x,mg,1,1,1,0,osmole,s\nx,mg,1,1,1,0,osmole,s\n", "d.csv:3:1", "already taken"},
    {HEADER "x,mg,1,1,1,0,osmole\n", "d.csv:2:1", "7 cells"},
    {"name,units,effect,source,luck\n", "d.csv:1:26", "unknown column luck"},
    {"name,units,effect,source,hill,hill\n", "d.csv:1:31", "twice"},
};

static void bad_files_are_told_where(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        MlCsvErrors errors = {0};
        milieu_error err;
        MlDrugs *t;
        milieu_code code = ml_drugs_read(NULL, &t, "d.csv", bad[i].text, strlen(bad[i].text), &errors, &err);
        if (code != MILIEU_BAD_INPUT) fail_msg("accepted: %s", bad[i].text);
        assert_null(t);
        int found = 0;
        for (size_t k = 0; k < errors.n; k++)
            if (!strcmp(errors.item[k].where, bad[i].where) && strstr(errors.item[k].text, bad[i].words))
                found = 1;
        if (!found)
            fail_msg("%s%s: %s\nfor %s", bad[i].text, errors.item[0].where, errors.item[0].text,
                     bad[i].words);
        ml_csv_errors_free(&errors);
    }
}

/* Every number of the table has a range: beyond either end it is refused at its place. */
static void numbers_have_ranges(void **state) {
    (void)state;
    static const struct {
        const char *column;
        double low, high;
    } numbers[] = {{"ug_per_U", 0, 1e9},
                   {"molar_mass_g_per_mol", 1, 1e7},
                   {"volume_L_per_kg", 1e-3, 1e4},
                   {"half_life_min", 1e-3, 1e7},
                   {"central_volume_L_per_kg", 1e-3, 1e4},
                   {"distribution_half_life_min", 1e-3, 1e7},
                   {"renal_share", 0, 1},
                   {"ec50_ug_per_L", 0, 1e12},
                   {"er50_ug_per_min", 0, 1e12},
                   {"ed50_ug", 0, 1e12},
                   {"hill", 0.1, 50},
                   {"capacity_mmol_per_g", 1e-3, 100},
                   {"rectal_bioavailability", 0, 1},
                   {"rectal_absorption_half_time_min", 0, 1e6}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const double step = 1e-4 + 1e-3 * numbers[i].high;
        const double tried[] = {numbers[i].low - step, numbers[i].high + step};
        for (int k = 0; k < 2; k++) {
            char text[200];
            MlCsvErrors errors = {0};
            milieu_error err;
            MlDrugs *t;
            snprintf(text, sizeof text, "%s,name\n%.17g,x\n", numbers[i].column, tried[k]);
            assert_int_equal(ml_drugs_read(NULL, &t, "d.csv", text, strlen(text), &errors, &err), MILIEU_BAD_INPUT);
            int found = 0;
            for (size_t j = 0; j < errors.n; j++)
                found |= !strcmp(errors.item[j].where, "d.csv:2:1") && strstr(errors.item[j].text, "is outside ") != NULL;
            if (!found) fail_msg("%s: %g is accepted", numbers[i].column, tried[k]);
            ml_csv_errors_free(&errors);
        }
    }
}

static void a_nul_is_no_text(void **state) {
    (void)state;
    static const char text[] = HEADER "x,mg,1,1,1,0,osmole,s\n\0";
    MlCsvErrors errors = {0};
    milieu_error err;
    MlDrugs *t;
    assert_int_equal(ml_drugs_read(NULL, &t, "d.csv", text, sizeof text - 2, &errors, &err), MILIEU_OK);
    ml_drugs_free(t);
    assert_int_equal(ml_drugs_read(NULL, &t, "d.csv", text, sizeof text - 1, &errors, &err), MILIEU_BAD_INPUT);
    assert_string_equal(err.where, "d.csv:1:1");
    assert_non_null(strstr(err.text, "NUL byte"));
    ml_csv_errors_free(&errors);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_drugs_are_there),
        cmocka_unit_test(every_drug_is_sound),
        cmocka_unit_test(figures_agree_with_one_another),
        cmocka_unit_test(routes),
        cmocka_unit_test(bad_files_are_told_where),
        cmocka_unit_test(numbers_have_ranges),
        cmocka_unit_test(a_nul_is_no_text),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
