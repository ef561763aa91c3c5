/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of flags: complete, ordered, with sources, and as docs/signs.md tells them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body/body.h"
#include "signs/signs.h"

/* The names of the file format, in its order. */
static const char *const names[] = {
    "hyponatremia",
    "hypernatremia",
    "hypokalemia",
    "hyperkalemia",
    "hypocalcemia",
    "hypercalcemia",
    "hypomagnesemia",
    "hypermagnesemia",
    "hypophosphatemia",
    "hyperphosphatemia",
    "metabolic_acidosis",
    "metabolic_alkalosis",
    "dehydration",
    "overhydration",
    "hypovolemia",
    "brain_swelling",
    "sodium_correction_too_fast",
    "paresthesia",
    "tetany",
    "muscle_cramp",
    "muscle_weakness",
    "hyperreflexia",
    "hyporeflexia",
    "arrhythmia_risk",
    "hypoglycemia",
    "hyperglycemia",
    "respiratory_acidosis",
    "respiratory_alkalosis",
    "hypotension",
    "acute_kidney_injury",
    "hyperthermia",
    "lethal",
};

static void test_all_names_of_the_format(void **state) {
    (void)state;
    const int n = sizeof names / sizeof names[0];
    assert_int_equal(ml_flag_count(), n);
    for (int f = 0; f < n; f++) {
        assert_string_equal(ml_flag_info(f).name, names[f]);
        assert_true(strlen(ml_flag_info(f).text) > 5);
    }
}

static int limits_of(int flag) {
    const MlFlagLimit *l;
    int count = 0;
    for (int i = ml_flag_limits(&l) - 1; i >= 0; i--) count += l[i].flag == flag;
    return count;
}

static void test_available_flags_alone_have_limits_and_signs(void **state) {
    (void)state;
    for (int f = 0; f < ml_flag_count(); f++) {
        const MlFlagInfo info = ml_flag_info(f);
        assert_int_equal(limits_of(f) > 0, info.available);
        if (!info.available || f == ML_FLAG_lethal) continue;
        assert_non_null(info.source);
        for (int k = 0; k < 3; k++) assert_true(strlen(info.sign[k]) > 5);
    }
}

static void test_limits_are_ordered_and_have_sources(void **state) {
    (void)state;
    const MlFlagLimit *l;
    for (int i = ml_flag_limits(&l) - 1; i >= 0; i--) {
        double before = NAN;
        int given = 0;
        for (int k = 0; k < 3; k++) {
            if (isnan(l[i].limit[k])) continue;
            assert_false(l[i].side * (l[i].limit[k] - before) <= 0);
            before = l[i].limit[k];
            given++;
        }
        assert_true(given > 0);
        assert_true(l[i].side == 1 || l[i].side == -1);
        assert_true(l[i].hysteresis >= 0 && l[i].hold >= 0);
        assert_true(strlen(l[i].source) > 10);
        assert_int_equal(l[i].cause != NULL, l[i].flag == ML_FLAG_lethal);
        assert_true(ml_outputs[l[i].output].available);
    }
}

static char *read_page(void) {
    FILE *f = fopen(SOURCE_DIR "/docs/signs.md", "rb");
    assert_non_null(f);
    char *text = calloc(1, 100000);
    assert_true(fread(text, 1, 99999, f) > 0);
    fclose(f);
    return text;
}

static int put(char *at, double x) { return isnan(x) ? sprintf(at, " |") : sprintf(at, " %g |", x); }

/* A row of the tables in docs/signs.md. */
static void write_row(const MlFlagLimit *l, char *row) {
    const MlFlagMeasureInfo m = ml_flag_measure(l->measure);
    const char *unit = *m.unit ? m.unit : ml_outputs[l->output].unit;
    const char *output = ml_outputs[l->output].name, *side = l->side > 0 ? "above" : "below";
    if (l->cause) {
        const char *shown = strcmp(unit, "1") ? unit : "";
        sprintf(row, "| %s %s %s %g%s%s | %g min | %s | %s |", m.name, output, side, l->limit[2], *shown ? " " : "", shown,
                l->hold, l->cause, l->source);
        return;
    }
    row += sprintf(row, "| `%s` | %s %s | %s | %s |", ml_flag_info(l->flag).name, m.name, output, unit, side);
    for (int k = 0; k < 3; k++) row += put(row, l->limit[k]);
    row += put(row, l->hysteresis);
    row += put(row, l->hold);
    sprintf(row, " %s |", l->source);
}

static void test_the_page_has_every_limit_and_sign(void **state) {
    (void)state;
    char *page = read_page(), row[2000];
    const MlFlagLimit *l;
    const int n = ml_flag_limits(&l);
    for (int i = 0; i < n; i++) {
        write_row(&l[i], row);
        if (!strstr(page, row)) fail_msg("docs/signs.md lacks: %s", row);
    }
    for (int f = 0; f < ml_flag_count(); f++) {
        const MlFlagInfo info = ml_flag_info(f);
        sprintf(row, "`%s`", info.name);
        assert_non_null(strstr(page, row));
        if (!info.sign[0]) continue;
        sprintf(row, "| `%s` | %s | %s | %s | %s |", info.name, info.sign[0], info.sign[1], info.sign[2],
                info.source);
        if (!strstr(page, row)) fail_msg("docs/signs.md lacks: %s", row);
    }
    free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_names_of_the_format),
        cmocka_unit_test(test_available_flags_alone_have_limits_and_signs),
        cmocka_unit_test(test_limits_are_ordered_and_have_sources),
        cmocka_unit_test(test_the_page_has_every_limit_and_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
