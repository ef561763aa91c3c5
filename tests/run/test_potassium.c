/* SPDX-License-Identifier: Apache-2.0 */
/* What must come out of the mechanisms of potassium, acid and base, with no code for it. */
#define STORY_OUTPUTS                                                                                        \
    "plasma_potassium", "plasma_bicarbonate", "plasma_ph", "plasma_sodium", "plasma_chloride",               \
        "body_potassium", "urine_potassium_total", "intake_potassium_total", "urine_ammonium_rate",          \
        "plasma_ketones", "plasma_glucose", "urine_chloride_rate"
#include "story.h"

static double moved(const Story *s, const char *output, double from, double to) {
    return at(s, output, to) - at(s, output, from);
}

static void eat(Story *s, const char *ion, double per_day, double at_h) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "diet", &event, &e), &e);
    ok(milieu_event_number(event, ion, per_day, "mmol/d", &e), &e);
    ok(milieu_event_when(event, 60 * at_h, 0, 1, &e), &e);
    ok(milieu_scenario_add(s->scenario, event, &e), &e);
    milieu_event_destroy(&event);
}

/* Of what a lasting lack takes from the body, plasma shows 0.3 mmol/L per 100 mmol (Sterns, Medicine 1981;60:339). */
static void deficit_shows_in_plasma(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 14, NULL, NULL);
    eat(&s, "potassium", 8, 0);
    live(&s);
    const double lost = moved(&s, "body_potassium", 0, 24 * 14), fall = moved(&s, "plasma_potassium", 0, 24 * 14);
    between("potassium lost in two weeks", lost, -450, -150);
    between("fall per 100 mmol lost", 100 * fall / lost, 0.2, 0.45);
    end(&s);
}

/* 400 mmol a day: out as it comes in within days, at a plasma level one can live with (Rabelink 1990). */
static void balance_on_much(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 12, NULL, NULL);
    eat(&s, "potassium", 400, 0);
    live(&s);
    const double taken = moved(&s, "intake_potassium_total", 24 * 5, 24 * 6);
    between("share excreted on the sixth day", moved(&s, "urine_potassium_total", 24 * 5, 24 * 6) / taken, 0.82, 1.0);
    between("plasma potassium on the twelfth day", at(&s, "plasma_potassium", 24 * 12), 4.0, 5.2);
    end(&s);
}

/* Gastric juice takes little potassium; the kidney loses it, to alkalosis. Then chloride decides: saline with potassium
 * chloride corrects, as much sodium with bicarbonate does not. Kassirer & Schwartz, Am J Med 1966;40:10, 19. */
static Story suction(const char *remedy, double amount, const char *unit) {
    Story s = begin("adult-man", 24 * 12, NULL, NULL);
    eat(&s, "sodium", 30, 0);
    add(&s, "gastric-suction", NULL, 6, "amount", 500, "mL", 120, 8, 12);
    add(&s, "infuse", "dextrose-5%", 6, "amount", 400, "mL", 120, 8, 12);
    if (remedy) add(&s, remedy[0] == 's' ? "infuse" : "take", remedy, 24 * 6, "amount", amount, unit, 120, 12, 8);
    return s;
}

static void alkalosis_of_vomiting(void **state) {
    (void)state;
    Story alone = suction(NULL, 0, NULL);
    live(&alone);
    const double juice = 12 * 0.5 * 10; /* mmol of potassium */
    between("bicarbonate", moved(&alone, "plasma_bicarbonate", 0, 24 * 5), 6, 20);
    between("potassium in urine beyond the juice", moved(&alone, "urine_potassium_total", 0, 24 * 5) / juice, 2, 10);
    between("fall of potassium", moved(&alone, "plasma_potassium", 0, 24 * 5), -2, -0.4);
    end(&alone);

    Story cured = suction("saline-0.9%", 1, "L"), not_cured = suction("sodium-bicarbonate", 154, "mmol");
    add(&cured, "take", "potassium-chloride", 24 * 6, "amount", 60, "mmol", 10, 12, 8);
    live(&cured);
    live(&not_cured);
    between("bicarbonate after chloride", at(&cured, "plasma_bicarbonate", 24 * 12), 20, 29);
    between("bicarbonate without chloride, more than with it", at(&not_cured, "plasma_bicarbonate", 24 * 12) - at(&cured, "plasma_bicarbonate", 24 * 12), 5, 30);
    end(&cured);
    end(&not_cured);
}

/* Cells that shrink push potassium out. */
static void hypertonicity_raises_potassium(void **state) {
    (void)state;
    Story s = begin("adult-man", 4, "none", "none"), control = begin("adult-man", 4, "none", "none");
    add(&s, "infuse", "saline-5%", 0, "amount", 0.6, "L", 60, 0, 0);
    live(&s);
    live(&control);
    between("plasma potassium beyond the control", at(&s, "plasma_potassium", 1.5) - at(&control, "plasma_potassium", 1.5), 0.1, 1.2);
    end(&s);
    end(&control);
}

/* Mineral acid: bicarbonate falls as chloride rises; after days ammonium carries the acid off. */
static void ammonium_chloride(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 5, NULL, NULL);
    add(&s, "take", "ammonium-chloride", 0, "amount", 50, "mmol", 10, 8, 15);
    live(&s);
    const double fall = moved(&s, "plasma_bicarbonate", 0, 24 * 2);
    between("bicarbonate", fall, -10, -2.5);
    between("chloride against bicarbonate", -moved(&s, "plasma_chloride", 0, 24 * 2) / fall, 0.6, 1.6);
    between("ammonium on the fifth day against the first", at(&s, "urine_ammonium_rate", 24 * 5) / at(&s, "urine_ammonium_rate", 0), 2.5, 12);
    end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deficit_shows_in_plasma), cmocka_unit_test(balance_on_much),
        cmocka_unit_test(alkalosis_of_vomiting),   cmocka_unit_test(hypertonicity_raises_potassium),
        cmocka_unit_test(ammonium_chloride),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
