/* SPDX-License-Identifier: Apache-2.0 */
/* Why what is explained moved: the causes add up, and the one that acts is named. */
#define STORY_OUTPUTS                                                                                                  \
    "plasma_sodium", "plasma_potassium", "plasma_bicarbonate", "plasma_ph", "plasma_calcium_total",                    \
        "plasma_calcium_ionized", "plasma_magnesium_total", "plasma_magnesium_ionized", "plasma_phosphate"
#include "story.h"

static const char *const explained[] = {STORY_OUTPUTS};
enum { NEXPLAINED = sizeof explained / sizeof explained[0] };

/* What a cause did between two hours; NULL: all causes. */
static double effect(const Story *s, const char *output, const char *cause, double from_h, double to_h) {
    double sum = 0;
    for (size_t i = 0; i < milieu_result_stretches(s->result); i++) {
        double from, to;
        const milieu_cause *causes;
        const size_t n = milieu_result_causes(s->result, output, i, &from, &to, &causes);
        for (size_t k = 0; k < n && from >= 60 * from_h - 1e-9 && to <= 60 * to_h + 1e-9; k++)
            if (!cause || !strcmp(causes[k].name, cause)) sum += causes[k].effect;
    }
    return sum;
}

/* In every stretch, and so over the whole. Of minerals no cause is told as what is left, so that a wrong one shows. */
static void add_up(const Story *s, double hours) {
    for (int k = 0; k < NEXPLAINED; k++)
        for (double h = 1; h <= hours; h++) {
            const double change = at(s, explained[k], h) - at(s, explained[k], h - 1);
            between(explained[k], effect(s, explained[k], NULL, h - 1, h) - change, -1e-8, 1e-8);
        }
}

/* What is left between plasma and interstitium is little where a body had time to mix. */
static void unexplained(const Story *s, const char *output, double from_h, double to_h, double most) {
    between("left", effect(s, output, "plasma not yet mixed with interstitium", from_h, to_h), -most, most);
}

static void the_interface(void **state) {
    (void)state;
    Story s = begin("adult-man", 3, "none", "none");
    live(&s);
    const milieu_cause *causes;
    double from = -1, to = -1;
    assert_int_equal(milieu_result_stretches(s.result), 18);
    assert_true(milieu_result_causes(s.result, "plasma_ph", 17, &from, &to, &causes) > 0);
    assert_true(causes != NULL && from == 170 && to == 180);
    assert_int_equal(milieu_result_causes(s.result, "plasma_ph", 18, NULL, NULL, &causes), 0);
    assert_null(causes);
    assert_int_equal(milieu_result_causes(s.result, "plasma_urea", 0, NULL, NULL, NULL), 0);
    assert_int_equal(milieu_result_causes(s.result, "nothing", 0, NULL, NULL, NULL), 0);
    assert_true(milieu_result_causes(s.result, "plasma_sodium", 0, NULL, NULL, NULL) > 0);
    end(&s);
}

/* Each drives potassium into cells while it acts and gives it back afterwards. */
static void into_cells_and_out(void **state) {
    (void)state;
    Story s = begin("adult-man", 24, "none", "none");
    add(&s, "infuse", "dextrose-20%", 1, "amount", 0.25, "L", 60, 0, 0);
    add(&s, "inject", "insulin", 1, "amount", 10, "U", 0, 0, 0);
    add(&s, "infuse", "salbutamol", 10, "amount", 0.5, "mg", 15, 0, 0);
    live(&s);
    add_up(&s, 24);
    between("insulin", effect(&s, "plasma_potassium", "cells, by insulin", 1, 2), -1.5, -0.3);
    between("insulin later", effect(&s, "plasma_potassium", "cells, by insulin", 2, 9), 0.2, 1.5);
    const char *beta2 = "cells, by adrenaline and beta-2 drugs";
    between("hardly any beta-2 drive before", effect(&s, "plasma_potassium", beta2, 0, 10), -0.05, 0.05);
    between("beta-2 drive", effect(&s, "plasma_potassium", beta2, 10, 11), -1.5, -0.2);
    between("and after it", effect(&s, "plasma_potassium", beta2, 11, 24), 0.1, 1.5);
    end(&s);
}

/* Carbon dioxide moves pH, not so much bicarbonate. */
static void breathing(void **state) {
    (void)state;
    Story s = begin("adult-man", 4, "none", NULL);
    add(&s, "breathe", NULL, 1, "ventilation", 2, "1", 60, 0, 1);
    live(&s);
    add_up(&s, 4);
    between("pH by breathing", effect(&s, "plasma_ph", "breathing", 1, 2), 0.2, 0.32);
    between("by all else", effect(&s, "plasma_ph", NULL, 1, 2) - effect(&s, "plasma_ph", "breathing", 1, 2), -0.15, 0);
    between("bicarbonate knows no breathing", effect(&s, "plasma_bicarbonate", "breathing", 0, 4), -0.0, 0.0);
    end(&s);
}

/* Acid of muscle at work, burned afterwards; potassium of its cells. */
static void working_muscle(void **state) {
    (void)state;
    Story s = begin("athlete-man", 2, "none", "none");
    add(&s, "exercise", NULL, 0, "intensity", 100, "%", 6, 0, 1);
    live(&s);
    add_up(&s, 2);
    between("lactic acid", effect(&s, "plasma_bicarbonate", "lactic acid", 0, 0.2), -30, -4);
    unexplained(&s, "plasma_bicarbonate", 1, 2, 0.25);
    between("burned", effect(&s, "plasma_bicarbonate", "lactic acid", 0.5, 2), 2, 30);
    between("out of working cells", effect(&s, "plasma_potassium", "cells, by exercise", 0, 0.1), 0.8, 4);
    end(&s);
}

/* Vomiting takes acid and thereby gives base; kidneys lose potassium. */
static void vomiting(void **state) {
    (void)state;
    Story s = begin("adult-man", 48, "none", "to-thirst");
    add(&s, "vomit", NULL, 0, "amount", 0.5, "L", 10, 6, 8);
    live(&s);
    add_up(&s, 48);
    between("base by vomiting", effect(&s, "plasma_bicarbonate", "vomit and suction", 0, 48), 10, 60);
    between("potassium by urine", effect(&s, "plasma_potassium", "urine", 0, 48), -12, -1);
    between("no infusion", effect(&s, "plasma_potassium", "infusion", 0, 48), -0.0, 0.0);
    end(&s);
}

/* Magnesium by vein leaves with urine and moves calcium; calcium carbonate is absorbed. */
static void minerals(void **state) {
    (void)state;
    Story s = begin("adult-woman", 24, NULL, NULL);
    add(&s, "infuse", "magnesium-sulfate", 2, "amount", 4, "g", 20, 0, 0);
    add(&s, "take", "calcium-carbonate", 12, "amount", 2.5, "g", 0, 0, 0);
    live(&s);
    add_up(&s, 24);
    between("infusion", effect(&s, "plasma_magnesium_total", "infusion", 2, 3), 0.5, 2);
    between("of which ionized", effect(&s, "plasma_magnesium_ionized", "infusion", 2, 3), 0.3, 1.4);
    between("urine", effect(&s, "plasma_magnesium_total", "urine", 2, 8), -1.5, -0.2);
    between("calcium in urine", effect(&s, "plasma_calcium_total", "urine", 2, 8), -0.5, -0.02);
    const char *absorbed = "food and drink absorbed";
    between("calcium absorbed", effect(&s, "plasma_calcium_total", absorbed, 12, 16), 0.05, 0.6);
    between("no magnesium of that salt", effect(&s, "plasma_magnesium_total", "infusion", 12, 16), -0.0, 0.0);
    end(&s);
}

/* Citrate binds calcium, and base comes of it when it is burned. */
static void citrate(void **state) {
    (void)state;
    Story s = begin("adult-man", 8, "none", "none");
    add(&s, "infuse", "sodium-citrate", 1, "amount", 15, "g", 60, 0, 0);
    live(&s);
    add_up(&s, 8);
    between("bound", effect(&s, "plasma_calcium_ionized", "citrate", 1, 2), -0.5, -0.05);
    between("free again", effect(&s, "plasma_calcium_ionized", "citrate", 2, 8), 0.05, 0.5);
    between("base", effect(&s, "plasma_bicarbonate", "citrate burned, less that made", 1, 8), 3, 15);
    unexplained(&s, "plasma_bicarbonate", 1, 8, 0.5);
    end(&s);
}

/* A long run is told in longer stretches that add up too. */
static void a_month(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 30, NULL, NULL);
    live(&s);
    assert_int_equal(milieu_result_stretches(s.result), 30);
    for (int k = 0; k < NEXPLAINED; k++)
        between(explained[k], effect(&s, explained[k], NULL, 0, 720) - at(&s, explained[k], 720) + at(&s, explained[k], 0), -1e-8, 1e-8);
    /* a third of a liter a day is made by burning: a way in, not water of cells */
    between("water of oxidation", effect(&s, "plasma_sodium", "water of oxidation", 0, 720), -130, -50);
    between("water of cells", effect(&s, "plasma_sodium", "water between cells and fluid outside", 0, 720), -2, 2);
    between("shift by insulin of a month", effect(&s, "plasma_potassium", "cells, by insulin", 0, 720), -0.2, 0.2);
    end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interface),  cmocka_unit_test(into_cells_and_out), cmocka_unit_test(breathing),
        cmocka_unit_test(working_muscle), cmocka_unit_test(vomiting),           cmocka_unit_test(minerals),
        cmocka_unit_test(citrate),        cmocka_unit_test(a_month),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
