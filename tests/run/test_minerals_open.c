/* SPDX-License-Identifier: Apache-2.0 */
/* What people show of calcium, magnesium and phosphate and the model does not yet. A test that passes belongs into
 * test_minerals.c. */
#include "minerals.h"

static double magnesium_of_urine(double eaten, int day) {
    Story s = begin("adult-man", 24 * day, NULL, NULL);
    eat(&s, "magnesium", eaten, 0);
    live_every(&s, 60);
    const double x = moved(&s, "urine_magnesium_total", 24 * (day - 1), 24 * day);
    end(&s);
    return x;
}

/* Below 0.6 mmol a day a week after the last magnesium: 0.5 % of what is filtered (Oliveira, Adv Chronic Kidney Dis 2018). */
static void urine_without_magnesium(void **state) {
    (void)state;
    between("on none, after a week", magnesium_of_urine(0.4, 8), 0, 0.6);
}

/* Low potassium, 80 mmol of potassium chloride a day: without magnesium the kidney lets more of it go, and plasma stays lower;
 * when magnesium comes too, it rises. Shils, Am J Clin Nutr 1964;15:133 (much potassium was needed to hold its level); Huang & Kuo,
 * J Am Soc Nephrol 2007;18:2649; sizes assumed. */
static Story low_potassium(int lacking, int repaired) {
    Story s = begin("adult-man", 24 * 5, NULL, NULL);
    if (lacking) {
        ill(&s, "magnesium-deficiency", "severe");
        if (!repaired) eat(&s, "magnesium", 0.4, 0);
    }
    lab(&s, "plasma_potassium", 3.0);
    if (repaired) add(&s, "infuse", "magnesium-sulfate", 0, "amount", 30, "mmol", 12 * 60, 24, 5);
    add(&s, "take", "potassium-chloride", 0, "amount", 27, "mmol", 10, 8, 15);
    live_every(&s, 60);
    return s;
}

static void potassium_needs_magnesium(void **state) {
    (void)state;
    Story well = low_potassium(0, 0), lack = low_potassium(1, 0), repaired = low_potassium(1, 1);
    const double end_h = 24 * 5;
    between("potassium lost in urine beyond that of the replete", at(&lack, "urine_potassium_total", end_h) - at(&well, "urine_potassium_total", end_h), 50, 400);
    between("rise of potassium, lacking magnesium", moved(&lack, "plasma_potassium", 0, end_h), -0.3, 0.6);
    between("rise with magnesium, beyond that", moved(&repaired, "plasma_potassium", 0, end_h) - moved(&lack, "plasma_potassium", 0, end_h), 0.3, 2);
    end(&well);
    end(&lack);
    end(&repaired);
}

/* Measured albumin: a gram holds 0.02 mmol of calcium (Payne, Br Med J 1973;4:643): little albumin, little total calcium, and ionized
 * calcium as ever. */
static void albumin_of_labs(void **state) {
    (void)state;
    Story s = begin("adult-man", 24, NULL, NULL), none = begin("adult-man", 24, NULL, NULL);
    lab(&s, "plasma_albumin", 25);
    live_every(&s, 60);
    live_every(&none, 60);
    const double less = at(&none, "plasma_albumin", 24) - at(&s, "plasma_albumin", 24);
    between("albumin", less, 8, 25);
    between("total calcium for a gram", (at(&none, "plasma_calcium_total", 24) - at(&s, "plasma_calcium_total", 24)) / less, 0.012, 0.028);
    between("ionized calcium", at(&s, "plasma_calcium_ionized", 24) - at(&none, "plasma_calcium_ionized", 24), -0.05, 0.05);
    end(&s);
    end(&none);
}

/* Half an hour of hyperventilation: bone gives no calcium for it (Steurer, Dtsch Med Wochenschr 1997;122:887), phosphate falls
 * by two thirds at pH 7.65 (Mostellar & Tuttle, J Clin Invest 1964;43:138). */
static void hyperventilation(void **state) {
    (void)state;
    Story s = begin("adult-man", 1, "none", "none");
    breathe(&s, 20, 0, 30);
    live_every(&s, 5);
    between("total calcium", ratio(&s, "plasma_calcium_total", 0, 0.5), 0.97, 1.05);
    between("ionized calcium", moved(&s, "plasma_calcium_ionized", 0, 0.5), -0.16, -0.01);
    between("ionized calcium after", moved(&s, "plasma_calcium_ionized", 0, 0.75), -0.05, 0.03);
    between("phosphate", ratio(&s, "plasma_phosphate", 0, 0.5), 0.2, 0.5);
    end(&s);
}

/* Parathyroids of late uremia removed: calcium falls for days and finds a floor; phosphate goes into bone with it. Ho, BMC Nephrol
 * 2017;18:12; Kang, Korean J Intern Med 2015;30:856; below 1.6 mmol/L in one of four though treated (Chou & Chen, doi:10.5772/intechopen.92976);
 * the floor is assumed. */
static void hungry_bone(void **state) {
    (void)state;
    Story s = begin("adult-man", 240, NULL, NULL);
    milieu_event *event;
    milieu_error e = {0};
    ill(&s, "ckd-5", NULL);
    ok(milieu_event_create(model, "remove", &event, &e), &e);
    ok(milieu_event_word(event, "what", "parathyroids", &e), &e);
    ok(milieu_event_when(event, 0, 0, 1, &e), &e);
    ok(milieu_scenario_add(s.scenario, event, &e), &e);
    milieu_event_destroy(&event);
    live_every(&s, 60);
    between("fall of calcium in a day", moved(&s, "plasma_calcium_total", 0, 24), -0.6, -0.15);
    between("least calcium", extreme(&s, "plasma_calcium_total", 0), 1.2, 1.8);
    between("phosphate on the fourth day", moved(&s, "plasma_phosphate", 0, 96), -0.9, 0);
    between("least hormone", extreme(&s, "plasma_pth", 0), 0, 5);
    end(&s);
}

/* 4 g of magnesium sulfate, then 1 to 2 g an hour, in late pregnancy: ionized calcium falls by 12 and 16 %, calcium of urine
 * triples, three quarters of the magnesium leave at once, and the hormone is back at or above the start for it. Cruikshank, Am J
 * Obstet Gynecol 1979;134:243; Obstet Gynecol 1981;58:430. */
static void magnesium_sulfate(void **state) {
    (void)state;
    Story s = begin("adult-woman", 24, NULL, NULL), none = begin("adult-woman", 24, NULL, NULL);
    ill(&s, "pregnancy", NULL);
    ill(&none, "pregnancy", NULL);
    add(&s, "infuse", "magnesium-sulfate", 0, "amount", 4, "g", 20, 0, 1);
    add(&s, "infuse", "magnesium-sulfate", 1.0 / 3, "amount", 1.5 * 23, "g", 23 * 60, 0, 1);
    live_every(&s, 60);
    live_every(&none, 60);
    between("magnesium", at(&s, "plasma_magnesium_total", 12), 1.5, 2.4);
    between("ionized calcium", at(&s, "plasma_calcium_ionized", 12) / at(&none, "plasma_calcium_ionized", 12), 0.78, 0.94);
    between("calcium of urine", at(&s, "urine_calcium_total", 12) / at(&none, "urine_calcium_total", 12), 2, 5);
    between("hormone", at(&s, "plasma_pth", 12) / at(&none, "plasma_pth", 12), 0.8, 1.8);
    end(&s);
    end(&none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urine_without_magnesium), cmocka_unit_test(potassium_needs_magnesium), cmocka_unit_test(albumin_of_labs),
        cmocka_unit_test(hyperventilation),        cmocka_unit_test(hungry_bone),               cmocka_unit_test(magnesium_sulfate),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
