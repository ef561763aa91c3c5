/* SPDX-License-Identifier: Apache-2.0 */
#include "base/units.h"
#include "products/near.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const MlMolar SODIUM = {22.990, 1, 0}, PHOSPHATE = {94.971, -1.8, 0}, PHOSPHORUS = {30.974, -1.8, 0},
                     UREA = {60.056, 0, 0}, UREA_NITROGEN = {28.014, 0, 0}, GLUCOSE = {180.156, 0, 0},
                     INSULIN = {5808, 0, 3.47e-5};

static double in(const char *text, const char *unit, const MlMolar *s, unsigned flags) {
    MlQuantity q;
    double v;
    if (ml_quantity_parse(text, &q) != ML_UNIT_OK) fail_msg("cannot read %s", text);
    if (!ml_quantity_convert(&q, unit, s, flags, &v)) fail_msg("no %s in %s", unit, text);
    return v;
}

#define SAME(text, unit, expected)                                                                           \
    assert_near(in(text, unit, NULL, 0), expected, 1e-9 * (1 + fabs((double)(expected))))
#define SAME_OF(text, unit, s, expected)                                                                     \
    assert_near(in(text, unit, &s, 0), expected, 1e-9 * (1 + fabs((double)(expected))))

static void plain_units(void **state) {
    (void)state;
    SAME("500 mL", "L", 0.5);
    SAME("500ml", "L", 0.5);
    SAME("0.5 L", "mL", 500);
    SAME("1e3 mL", "L", 1);
    SAME("4.5 h", "min", 270);
    SAME("1 mo", "d", 30.4375);
    SAME("2 wk", "d", 14);
    SAME("1 y", "d", 365.25);
    SAME("90 s", "min", 1.5);
    SAME("12 km/h", "m/s", 12 / 3.6);
    SAME("50 %", "1", 0.5);
    SAME("-2 %", "1", -0.02);
    SAME("\xe2\x88\x92"
         "2 %",
         "1", -0.02);
    SAME("340 mosmol/kg", "mOsm/kg", 340);
    SAME("340 mmol/kg", "mOsm/kg", 340);
    SAME("40 \xc2\xb5mol/L", "mmol/L", 0.04);
    SAME("60 /min", "1/min", 60);
    SAME("5 ft 6 in", "cm", 167.64);
    SAME("12.5 pg/mL", "ng/L", 12.5);
}

static void sums(void **state) {
    (void)state;
    SAME("4 h 30 min", "min", 270);
    SAME("4h30min", "min", 270);
    SAME("4h5min", "min", 245);
    SAME("-1 h 30 min", "min", -90);
    SAME("1 d 2 h 3 min", "min", 1563);
    SAME("16 fl oz", "mL", 473.176473);
    SAME("1 pint", "floz", 16);
    SAME("1 cup", "tbsp", 16);
    SAME("1 tbsp", "tsp", 3);
    SAME("20 fl oz/h", "floz/h", 20);
    SAME("2 fl", "L", 2e-15);
}

static void compound_units(void **state) {
    (void)state;
    SAME("5 pg/kg/min", "ug/kg/h", 5 * 60 / 1e6);
    SAME("2 mL/kg/h", "L/kg/min", 2 / 60e3);
    SAME("2 mL kg-1 h-1", "L/kg/min", 2 / 60e3);
    SAME("2 mL\xc2\xb7kg^-1\xc2\xb7h^-1", "L/kg/min", 2 / 60e3);
    SAME("100 mL per h", "L/min", 1.0 / 600);
    SAME("43 mg/100 g", "g/kg", 0.43);
    SAME("90 mL/min/1.73m2", "mL/min/m2", 90 / 1.73);
    SAME("300 mg/24 h", "g/d", 0.3);
    SAME("5 mL/(kg h)", "mL/kg/h", 5);
    SAME("5 mL/kg·h", "mL/kg/h", 5);
    SAME("2 degC kg/(W min)", "degC kg/(W min)", 2);
}

static void substances(void **state) {
    (void)state;
    SAME_OF("140 mEq/L", "mmol/L", SODIUM, 140);
    SAME_OF("2.299 g", "mmol", SODIUM, 100);
    SAME_OF("9.4971 mg/dL", "mmol/L", PHOSPHATE, 1);
    SAME_OF("3.0974 mg/dL", "mmol/L", PHOSPHORUS, 1);
    SAME_OF("1.8 mEq", "mmol", PHOSPHATE, 1);
    SAME_OF("6.0056 mg/dL", "mmol/L", UREA, 1);
    SAME_OF("2.8014 mg/dL", "mmol/L", UREA_NITROGEN, 1);
    SAME_OF("1 IU", "ug", INSULIN, 34.7);
    SAME_OF("1 mIU/L", "pmol/L", INSULIN, 3.47e-5 / 5808 * 1e9);
    assert_near(in("6 %", "mmol/L", &GLUCOSE, ML_CONVERT_SOLUTION), 60 / 0.180156, 1e-9);
    assert_near(in("6 %", "g/kg", NULL, ML_CONVERT_SOLUTION), 60, 1e-12);
}

static void temperatures(void **state) {
    (void)state;
    SAME("86 degF", "degC", 30);
    SAME("300.15 K", "degC", 27);
    SAME("30 \xc2\xb0"
         "C",
         "degC", 30);
    assert_near(in("9 degF", "degC", NULL, ML_CONVERT_DIFFERENCE), 5, 1e-12);
    SAME("30 degC", "degF", 86);
}

static void wrong_dimensions(void **state) {
    (void)state;
    static const char *const pair[][2] = {{"5 mL", "g"}, {"5 mmol", "mL"},  {"5 mEq", "mmol"},
                                          {"5", "L"},    {"5 %", "mmol/L"}, {"5 mOsm/L", "mOsm/kg"},
                                          {"5 h", "L/h"}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        MlQuantity q;
        double v;
        assert_int_equal(ml_quantity_parse(pair[i][0], &q), ML_UNIT_OK);
        assert_false(ml_quantity_convert(&q, pair[i][1], NULL, 0, &v));
    }
    MlQuantity glucose;
    double v;
    ml_quantity_parse("5 mEq/L", &glucose);
    assert_false(ml_quantity_convert(&glucose, "mmol/L", &GLUCOSE, 0, &v));
}

static void bad_texts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        MlUnitStatus status;
    } bad[] = {
        {"", ML_UNIT_NO_NUMBER},         {"abc", ML_UNIT_NO_NUMBER},      {"mL 5", ML_UNIT_NO_NUMBER},
        {".nan", ML_UNIT_BAD_NUMBER},    {"nan", ML_UNIT_NO_NUMBER},      {"inf L", ML_UNIT_NO_NUMBER},
        {"1e999 L", ML_UNIT_BAD_NUMBER}, {"1.2.3 L", ML_UNIT_BAD_NUMBER}, {"0,5 L", ML_UNIT_COMMA},
        {"5 apples", ML_UNIT_UNKNOWN},   {"5 ML", ML_UNIT_UNKNOWN},       {"5 mL/", ML_UNIT_UNKNOWN},
        {"4 h 30 mL", ML_UNIT_MIXED},    {"5 /", ML_UNIT_UNKNOWN},        {"5 mL/(kg h", ML_UNIT_UNKNOWN},
        {"5 g/0 L", ML_UNIT_UNKNOWN},    {"4 h 30", ML_UNIT_UNKNOWN},     {"0x10 L", ML_UNIT_UNKNOWN}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        MlQuantity q;
        MlUnitStatus status = ml_quantity_parse(bad[i].text, &q);
        if (status != bad[i].status) fail_msg("%s: status %d", bad[i].text, status);
    }
}

static void words_after_the_unit(void **state) {
    (void)state;
    MlQuantity q;
    assert_int_equal(ml_quantity_parse("150 % of sweat_volume", &q), ML_UNIT_OK);
    assert_true(q.unit.percent);
    assert_string_equal(q.rest, "of sweat_volume");
    assert_string_equal(q.unit_text, "%");
    assert_int_equal(ml_quantity_parse("5 mL", &q), ML_UNIT_OK);
    assert_string_equal(q.rest, "");
    assert_int_equal(ml_quantity_parse("5", &q), ML_UNIT_OK);
    assert_false(q.has_unit);
}

static void the_table_is_sound(void **state) {
    (void)state;
    for (int i = 0; ml_unit_row(i); i++) {
        const MlUnitRow *row = ml_unit_row(i);
        MlUnit unit;
        assert_int_equal(ml_unit_parse(row->name, strlen(row->name), &unit, NULL), ML_UNIT_OK);
        assert_near(unit.factor, row->factor, 0);
        for (int j = 0; j < i; j++) assert_string_not_equal(row->name, ml_unit_row(j)->name);
    }
    for (int d = 0; d < ML_NDIM; d++) {
        MlUnit unit;
        const char *text = ml_dimension_unit((MlDimension)d);
        assert_int_equal(ml_unit_parse(text, strlen(text), &unit, NULL), ML_UNIT_OK);
    }
}

static void any_locale(void **state) {
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) skip();
    SAME("0.5 L", "mL", 500);
    setlocale(LC_NUMERIC, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_units),        cmocka_unit_test(sums),
        cmocka_unit_test(compound_units),     cmocka_unit_test(substances),
        cmocka_unit_test(temperatures),       cmocka_unit_test(wrong_dimensions),
        cmocka_unit_test(bad_texts),          cmocka_unit_test(words_after_the_unit),
        cmocka_unit_test(the_table_is_sound), cmocka_unit_test(any_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
