/* SPDX-License-Identifier: Apache-2.0 */
#include "products/near.h"
#include "timeline/tables.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static MlEvent drink(double at) {
    MlEvent e;
    ml_event_init(&e, ML_EVENT_DRINK);
    e.at = at;
    return e;
}

static void repeats(void **state) {
    (void)state;
    MlEvent e = drink(10);
    assert_int_equal(ml_event_count(&e, 1440), 1);
    assert_int_equal(ml_event_count(&e, 10), 0);
    e.every = 20;
    e.until = 250;
    assert_int_equal(ml_event_count(&e, 1440), 13);
    assert_int_equal(ml_event_count(&e, 50), 2); /* at 10 and 30; at 50 the run is over */
    e.times = 4;
    assert_int_equal(ml_event_count(&e, 1440), 4);
    assert_near(ml_event_time(&e, 3), 70, 0);
    e.until = NAN;
    e.times = 100000;
    assert_int_equal(ml_event_count(&e, 1440), 72);
    e.at = -60;
    assert_int_equal(ml_event_count(&e, 0.5), 4);
}

static void thirds_of_an_hour_do_not_get_lost(void **state) {
    (void)state;
    MlEvent e = drink(0);
    e.every = 0.1;
    e.until = 0.3;
    assert_int_equal(ml_event_count(&e, 10), 4);
}

static void lengths(void **state) {
    (void)state;
    MlEvent e = drink(0);
    assert_near(ml_event_length(&e), 0, 0);
    ml_event_complete(&e);
    assert_near(ml_event_length(&e), 5, 0);
    ml_event_set(&e, ML_FIELD_OVER, 30, ML_DIM_TIME);
    ml_event_complete(&e);
    assert_near(ml_event_length(&e), 30, 0);
    MlEvent kidney;
    ml_event_init(&kidney, ML_EVENT_KIDNEY);
    ml_event_set(&kidney, ML_FIELD_OVER, 60, ML_DIM_TIME);
    assert_true(isinf(ml_event_length(&kidney)));
    ml_event_set(&kidney, ML_FIELD_FOR, 600, ML_DIM_TIME);
    assert_near(ml_event_length(&kidney), 600, 0);
    MlEvent sweat;
    ml_event_init(&sweat, ML_EVENT_SWEAT);
    ml_event_set(&sweat, ML_FIELD_OVER, 45, ML_DIM_TIME);
    ml_event_complete(&sweat);
    assert_near(sweat.value[ML_FIELD_FOR].v, 45, 0);
}

static void a_scenario_keeps_and_sorts(void **state) {
    (void)state;
    MlScenario s;
    ml_scenario_init(&s);
    for (int i = 0; i < 100; i++) {
        MlEvent e = drink((double)((i * 37) % 10));
        assert_int_equal(ml_scenario_add(&s, &e, NULL), MILIEU_OK);
    }
    ml_scenario_sort(&s);
    assert_int_equal(s.nevent, 100);
    for (int i = 1; i < 100; i++) {
        assert_true(s.event[i - 1].at <= s.event[i].at);
        if (s.event[i - 1].at == s.event[i].at) assert_true(s.event[i - 1].order < s.event[i].order);
    }
    assert_near(ml_scenario_begin(&s), 0, 0);
    MlEvent early = drink(-90);
    ml_scenario_add(&s, &early, NULL);
    assert_near(ml_scenario_begin(&s), -90, 0);
    ml_scenario_ask(&s, 3, NULL);
    ml_scenario_ask(&s, 3, NULL);
    assert_int_equal(s.nquantity, 1);
    ml_scenario_free(&s);
    assert_int_equal(s.nevent, 0);
}

static void names_are_found(void **state) {
    (void)state;
    for (int i = 0; ml_event_row(i); i++) assert_int_equal(ml_event_find(ml_event_row(i)->name), i);
    for (int i = 0; ml_field_row(i); i++) assert_int_equal(ml_field_find(ml_field_row(i)->name), i);
    for (int i = 0; ml_condition_row(i); i++)
        assert_int_equal(ml_condition_find(ml_condition_row(i)->name), i);
    for (int i = 0; ml_diet_row(i); i++) assert_int_equal(ml_diet_find(ml_diet_row(i)->name), i);
    for (int i = 0; ml_choice_row(i); i++)
        assert_int_equal(ml_choice_find(ml_choice_row(i)->list, ml_choice_row(i)->name), i);
    assert_int_equal(ml_event_find("drin"), -1);
    assert_null(ml_event_row(ML_NEVENT));
    assert_null(ml_field_row(-1));
}

static void assert_unit(const char *text) {
    MlUnit unit;
    if (ml_unit_parse(text, strlen(text), &unit, NULL) != ML_UNIT_OK) fail_msg("no unit: %s", text);
}

static void every_unit_of_the_tables_is_one(void **state) {
    (void)state;
    for (int i = 0; ml_field_unit(i); i++) {
        const MlFieldUnit *row = ml_field_unit(i);
        MlUnit a, b;
        const char *own = ml_dimension_unit(row->dimension);
        assert_int_equal(ml_unit_parse(row->unit, strlen(row->unit), &a, NULL), ML_UNIT_OK);
        assert_int_equal(ml_unit_parse(own, strlen(own), &b, NULL), ML_UNIT_OK);
        assert_true(ml_unit_same(&a, &b));
        assert_true(row->low < row->high);
    }
    for (int i = 0; ml_diet_row(i); i++) assert_unit(ml_diet_row(i)->unit);
    for (int i = 0; i < ML_NOUTPUT; i++) assert_unit(ml_outputs[i].unit);
    for (int i = 0; i < ML_NPARAM; i++) assert_unit(ml_params[i].unit);
}

static void every_event_can_be_written(void **state) {
    (void)state;
    for (int i = 0; ml_event_row(i); i++) {
        const MlEventRow *row = ml_event_row(i);
        int nfield = 0;
        for (int f = 0; f < ML_NFIELD; f++) nfield += ml_event_field((MlEventKind)i, (MlField)f) != NULL;
        assert_true(nfield > 0 || row->keys != ML_KEYS_NONE);
        if (row->main != ML_FIELD_NONE) assert_non_null(ml_event_field((MlEventKind)i, row->main));
    }
    assert_true(ml_event_takes(ML_EVENT_DRINK, ML_FIELD_AMOUNT, ML_DIM_MASS));
    assert_false(ml_event_takes(ML_EVENT_BLEED, ML_FIELD_AMOUNT, ML_DIM_MASS));
}

static void substances_of_quantities(void **state) {
    (void)state;
    MlMolar molar;
    assert_true(ml_molar_of_quantity(ml_output_find("plasma_calcium_ionized"), &molar));
    assert_near(molar.molar_mass, 40.078, 1e-9);
    assert_true(ml_molar_of_quantity(ml_output_find("plasma_phosphate"), &molar));
    assert_near(molar.molar_mass, 94.971, 1e-9);
    assert_true(ml_molar_of_quantity(ml_output_find("plasma_aldosterone"), &molar));
    assert_true(ml_molar_of_quantity(ml_output_find("plasma_calcidiol"), &molar));
    assert_near(molar.molar_mass, 400.64, 1e-9);
    assert_false(ml_molar_of_quantity(ml_output_find("urine_flow"), &molar));
    assert_true(ml_molar_find("urea-nitrogen", &molar));
    assert_near(molar.molar_mass, 28.014, 1e-9);
    assert_false(ml_molar_find("protein", &molar));
}

/* The way in: the word of the format and the column of the table of drugs are one. */
static void routes_of_drugs(void **state) {
    (void)state;
    MlEvent e;
    for (int r = 0; r < ML_NDRUG_ROUTE; r++) {
        const char *name = ml_drug_route_name((MlDrugRoute)r);
        const MlChoice word = ml_choice_find(ML_LIST_ROUTE, name);
        if (word == ML_CHOICE_NONE) fail_msg("%s is no word of the format", name);
        ml_event_init(&e, ML_EVENT_DRUG);
        ml_event_set(&e, ML_FIELD_ROUTE, word, ML_DIM_NUMBER);
        assert_string_equal(ml_drug_route_name(ml_event_route(&e)), name);
    }
    assert_int_equal(ml_choice_find(ML_LIST_ROUTE, "by-magic"), ML_CHOICE_NONE);
    assert_int_equal(ml_choice_find(ML_LIST_ROUTE, "supine"), ML_CHOICE_NONE);
    static const struct {
        MlEventKind kind;
        MlDrugRoute route;
    } usual[] = {{ML_EVENT_DRUG, ML_ROUTE_ORAL}, {ML_EVENT_TAKE, ML_ROUTE_ORAL}, {ML_EVENT_INFUSE, ML_ROUTE_IV}, {ML_EVENT_INJECT, ML_ROUTE_IV}};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        ml_event_init(&e, usual[i].kind);
        assert_int_equal(ml_event_route(&e), usual[i].route);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats),
        cmocka_unit_test(thirds_of_an_hour_do_not_get_lost),
        cmocka_unit_test(lengths),
        cmocka_unit_test(a_scenario_keeps_and_sorts),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(every_unit_of_the_tables_is_one),
        cmocka_unit_test(every_event_can_be_written),
        cmocka_unit_test(substances_of_quantities),
        cmocka_unit_test(routes_of_drugs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
