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

static void nebulize(Story *s, const char *drug, double at_h, double mg) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "drug", &event, &e), &e);
    ok(milieu_event_word(event, "what", drug, &e), &e);
    ok(milieu_event_word(event, "route", "nebulized", &e), &e);
    ok(milieu_event_number(event, "dose", mg, "mg", &e), &e);
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
static Story suction(double juice_ml, const char *remedy, double amount, const char *unit) {
    Story s = begin("adult-man", 24 * 12, NULL, NULL);
    eat(&s, "sodium", 30, 0);
    if (juice_ml > 0) add(&s, "gastric-suction", NULL, 6, "amount", juice_ml, "mL", 120, 8, 12);
    add(&s, "infuse", "dextrose-5%", 6, "amount", 400, "mL", 120, 8, 12);
    if (remedy) add(&s, remedy[0] == 's' ? "infuse" : "take", remedy, 24 * 6, "amount", amount, unit, 120, 12, 8);
    return s;
}

static void alkalosis_of_vomiting(void **state) {
    (void)state;
    Story alone = suction(500, NULL, 0, NULL), none = suction(0, NULL, 0, NULL);
    live(&alone);
    live(&none);
    const double juice = 12 * 0.5 * 10; /* mmol of potassium */
    between("bicarbonate", moved(&alone, "plasma_bicarbonate", 0, 24 * 5), 6, 20);
    between("potassium lost by the body, to that of the juice",
            (at(&none, "body_potassium", 24 * 5) - at(&alone, "body_potassium", 24 * 5)) / juice, 2, 6);
    between("more of it in urine than without suction, to the same",
            (at(&alone, "urine_potassium_total", 24 * 5) - at(&none, "urine_potassium_total", 24 * 5)) / juice, 1, 5);
    between("fall of potassium", moved(&alone, "plasma_potassium", 0, 24 * 5), -2, -0.4);
    end(&alone);
    end(&none);

    Story cured = suction(500, "saline-0.9%", 1, "L"), not_cured = suction(500, "sodium-bicarbonate", 154, "mmol");
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

/* Without kidneys for three days: bicarbonate hardly lowers potassium within an hour; insulin with glucose and salbutamol
 * do. Blumberg, Am J Med 1988;85:507 (+0.2 and -0.9 mmol/L); Allon & Copkney, Kidney Int 1990;38:869 (-0.7 each). */
static double fall_in_uremia(const char *remedy) {
    const double start = 72;
    Story s = begin("adult-man", start + 2, NULL, "habitual"), control = begin("adult-man", start + 2, NULL, "habitual");
    Story *both[] = {&s, &control};
    for (int i = 0; i < 2; i++) {
        milieu_error e = {0};
        ok(milieu_scenario_person(both[i]->scenario, "anuric", 1, &e), &e);
        add(both[i], "fast", NULL, start - 12, "for", 14, "h", -1, 0, 1);
    }
    if (!strcmp(remedy, "insulin")) {
        add(&s, "inject", "insulin", start, "amount", 10, "U", -1, 0, 1);
        add(&s, "infuse", "dextrose-50%", start, "amount", 50, "mL", 5, 0, 1);
    } else if (!strcmp(remedy, "salbutamol")) {
        nebulize(&s, remedy, start, 20);
    } else {
        add(&s, "infuse", remedy, start, "amount", 180, "mmol", 60, 0, 1);
    }
    live(&s);
    live(&control);
    between("potassium after three days without kidneys", at(&control, "plasma_potassium", start), 4.3, 7.8);
    const double fall = at(&control, "plasma_potassium", start + 1) - at(&s, "plasma_potassium", start + 1);
    end(&s);
    end(&control);
    return fall;
}

static void uremia(void **state) {
    (void)state;
    const double bicarbonate = fall_in_uremia("sodium-bicarbonate");
    between("fall by bicarbonate", bicarbonate, -0.4, 0.3);
    between("fall by insulin", fall_in_uremia("insulin"), fmax(0.4, bicarbonate + 0.3), 1.6);
    between("fall by salbutamol", fall_in_uremia("salbutamol"), fmax(0.4, bicarbonate + 0.3), 1.6);
}

/* Insulin holds potassium in cells. Without it plasma potassium rises within hours, though not dangerously within nine
 * (Pickup, Diabetologia 1986;29), and falls again as it comes; a drink of glucose lowers it in health and raises it without
 * insulin (Viberti, Lancet 1978;1:690). */
static Story fasting(int diabetic, int drinks) {
    Story s = begin("adult-man", 18, "none", "none");
    milieu_error e = {0};
    if (diabetic) ok(milieu_scenario_condition(s.scenario, "type-1-diabetes", NULL, &e), &e);
    if (diabetic && !drinks) add(&s, "infuse", "insulin", 16, "amount", 14, "U", 120, 0, 1);
    if (drinks) add(&s, "drink", "dextrose-20%", 14, "amount", 250, "mL", 5, 0, 1);
    live(&s);
    return s;
}

static void hyperkalemia_of_insulin_lack(void **state) {
    (void)state;
    Story lack = fasting(1, 0), lack_sugar = fasting(1, 1), well = fasting(0, 0), well_sugar = fasting(0, 1);
    between("rise within 6 h", moved(&lack, "plasma_potassium", 0, 6), 0.2, 1.2);
    between("within 9 h", moved(&lack, "plasma_potassium", 0, 9), 0.2, 1.2);
    between("in health", moved(&well, "plasma_potassium", 0, 9), -0.4, 0.3);
    between("fall as insulin comes", -moved(&lack, "plasma_potassium", 16, 18), 0.3, 2);
    between("glucose without insulin", at(&lack_sugar, "plasma_potassium", 15) - at(&lack, "plasma_potassium", 15), 0.02, 1);
    between("glucose in health", at(&well_sugar, "plasma_potassium", 15) - at(&well, "plasma_potassium", 15), -0.8, -0.05);
    end(&lack);
    end(&lack_sugar);
    end(&well);
    end(&well_sugar);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deficit_shows_in_plasma), cmocka_unit_test(balance_on_much),
        cmocka_unit_test(alkalosis_of_vomiting),   cmocka_unit_test(hypertonicity_raises_potassium),
        cmocka_unit_test(ammonium_chloride),       cmocka_unit_test(uremia),
        cmocka_unit_test(hyperkalemia_of_insulin_lack),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
