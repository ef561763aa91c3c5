/* SPDX-License-Identifier: Apache-2.0 */
/* docs/format.md names everything that the tables of the format hold. */
#include "timeline/tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int read_page(void **state) {
    FILE *file = fopen(SOURCE_DIR "/docs/format.md", "rb");
    char *text = calloc(1, 1 << 20);
    if (!file || !text) return -1;
    size_t n = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    *state = text;
    return n > 0 ? 0 : -1;
}

static int free_page(void **state) {
    free(*state);
    return 0;
}

static void assert_named(void **state, const char *name) {
    char quoted[128];
    snprintf(quoted, sizeof quoted, "`%s`", name);
    if (!strstr(*state, quoted)) fail_msg("docs/format.md does not name %s", quoted);
}

static void everything_is_named(void **state) {
    for (int i = 0; ml_event_row(i); i++) assert_named(state, ml_event_row(i)->name);
    for (int i = 0; ml_field_row(i); i++) assert_named(state, ml_field_row(i)->name);
    for (int i = 0; ml_choice_row(i); i++) assert_named(state, ml_choice_row(i)->name);
    for (int i = 0; ml_diet_row(i); i++) assert_named(state, ml_diet_row(i)->name);
    for (int i = 0; ml_condition_row(i); i++) assert_named(state, ml_condition_row(i)->name);
    for (int i = 0; i < ML_NNUTRIENT; i++) assert_named(state, ml_nutrient(i)->name);
}

/* Units stand in one list, by name. */
static void every_unit_is_named(void **state) {
    const char *list = strstr(*state, "`milieu list units` prints");
    assert_non_null(list);
    const char *end = strstr(list, "\n\n");
    for (int i = 0; ml_unit_row(i); i++) {
        const char *name = ml_unit_row(i)->name, *p = list;
        size_t n = strlen(name);
        bool found = false;
        while (!found && (p = strstr(p, name)) && p < end) {
            found = strchr(" `\n", p[-1]) && strchr(" `\n", p[n]);
            p += n;
        }
        if (!found) fail_msg("docs/format.md does not list the unit %s", name);
    }
}

/* The place of a name, whole or with S for its substance, or that of the motor axon, behind `from`. */
static const char *find_quantity(const char *from, const char *name) {
    char quoted[128], other[128];
    snprintf(quoted, sizeof quoted, "`%s`", name);
    const char *found = strstr(from, quoted);
    if (!found && strncmp(name, "sensory_axon_", 13) == 0) snprintf(quoted, sizeof quoted, "`motor_axon_%s`", name + 13), found = strstr(from, quoted);
    for (int i = 0; i < ML_NNUTRIENT && !found; i++) {
        const char *of = ml_nutrient(i)->name, *p = strstr(name, of);
        if (!p) continue;
        snprintf(other, sizeof other, "`%.*sS%s`", (int)(p - name), name, p + strlen(of));
        found = strstr(from, other);
    }
    return found;
}

/* Each with its unit, the next in parentheses. */
static void every_quantity_is_named(void **state) {
    const char *section = strstr(*state, "\n## Quantities\n");
    assert_non_null(section);
    for (int i = 0; i < ML_NOUTPUT; i++) {
        const char *found = find_quantity(section, ml_outputs[i].name);
        char unit[64];
        if (!found) fail_msg("docs/format.md does not list the quantity %s", ml_outputs[i].name);
        found = strchr(found, '(');
        assert_non_null(found);
        snprintf(unit, sizeof unit, "(%s)", ml_outputs[i].unit);
        if (strncmp(found, unit, strlen(unit)) != 0) fail_msg("docs/format.md: %s is in %s", ml_outputs[i].name, unit);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_named),
        cmocka_unit_test(every_unit_is_named),
        cmocka_unit_test(every_quantity_is_named),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
