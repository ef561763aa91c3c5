/* SPDX-License-Identifier: Apache-2.0 */
/* What must come out of the gut's mechanisms, with no code for it: rehydration, hypertonic drinks, lavage, drugs; and colloids. */
#define STORY_OUTPUTS                                                                                        \
    "plasma_sodium", "intake_water", "stool_volume", "stool_sodium_total", "gut_volume", "gastric_volume", "body_mass", "ecf_volume", "plasma_phosphate",   \
        "plasma_calcium_ionized", "plasma_magnesium_total", "plasma_volume", "plasma_oncotic_pressure", "plasma_bicarbonate"
#include "story.h"

static void purge(Story *s, const char *kind, double liters, double hours) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "diarrhea", &event, &e), &e);
    ok(milieu_event_word(event, "kind", kind, &e), &e);
    ok(milieu_event_number(event, "amount", liters, "L", &e), &e);
    ok(milieu_event_number(event, "over", 60 * hours, "min", &e), &e);
    ok(milieu_scenario_add(s->scenario, event, &e), &e);
    milieu_event_destroy(&event);
}

/* Six hours of a diarrhea with 250 mL of a drink each half hour. */
static Story drinking(const char *kind, const char *drink) {
    Story s = begin("adult-man", 6, "none", "none");
    purge(&s, kind, 2.5, 6);
    if (drink) add(&s, "drink", drink, 0, "amount", 250, "mL", 20, 0.5, 12);
    live(&s);
    return s;
}

/* What was passed or still lies in stomach and gut. */
static double unabsorbed(const Story *s) { return at(s, "stool_volume", 6) + at(s, "gut_volume", 6) + at(s, "gastric_volume", 6); }

/* Glucose carries sodium, and water follows, in each kind; less of cola is taken up, which is hypertonic and without sodium; water
 * lowers plasma sodium. */
static void each_diarrhea_answers_rehydration(void **state) {
    (void)state;
    static const char *const kinds[] = {"secretory", "cholera", "osmotic", "viral", "inflammatory", "laxative"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Story nothing = drinking(kinds[i], NULL), ors = drinking(kinds[i], "ors-who"), cola = drinking(kinds[i], "cola"),
              water = drinking(kinds[i], "water");
        between(kinds[i], at(&ors, "ecf_volume", 6) - at(&nothing, "ecf_volume", 6), 0.8, 3);
        between(kinds[i], unabsorbed(&cola) - unabsorbed(&ors), 0.02, 3);
        between(kinds[i], at(&cola, "ecf_volume", 6) - at(&ors, "ecf_volume", 6), -2, -0.2);
        between(kinds[i], at(&water, "plasma_sodium", 6) - at(&ors, "plasma_sodium", 6), -12, -0.5);
        end(&nothing);
        end(&ors);
        end(&cola);
        end(&water);
    }
}

static void antisecretory_drugs_keep_back(void **state) {
    (void)state;
    static const char *const drugs[] = {"loperamide", "octreotide"};
    static const double ug[] = {8000, 100}, least[] = {0.6, 0.4};
    for (int i = 0; i < 2; i++) {
        Story alone = begin("adult-man", 8, "none", "none"), with = begin("adult-man", 8, "none", "none");
        purge(&alone, "jejunostomy", 2, 8);
        purge(&with, "jejunostomy", 2, 8);
        milieu_event *drug;
        milieu_error e = {0};
        ok(milieu_event_create(model, "drug", &drug, &e), &e);
        ok(milieu_event_word(drug, "what", drugs[i], &e), &e);
        ok(milieu_event_word(drug, "route", i ? "subcutaneous" : "oral", &e), &e);
        ok(milieu_event_number(drug, "dose", ug[i], "ug", &e), &e);
        ok(milieu_scenario_add(with.scenario, drug, &e), &e);
        milieu_event_destroy(&drug);
        live(&alone);
        live(&with);
        between(drugs[i], at(&with, "stool_volume", 8) / at(&alone, "stool_volume", 8), least[i], 0.9);
        between(drugs[i], at(&with, "stool_sodium_total", 8) / at(&alone, "stool_sodium_total", 8), least[i], 0.9);
        end(&alone);
        end(&with);
    }
}

/* An isotonic lavage passes; phosphate and magnesium salts are taken up in part. */
static void preparations_empty_the_bowel(void **state) {
    (void)state;
    Story lavage = begin("adult-man", 10, "none", "none"), phosphate = begin("adult-man", 10, "none", "none"),
          magnesium = begin("adult-man", 10, "none", "none");
    add(&lavage, "drink", "macrogol-lavage", 0, "amount", 250, "mL", 12, 0.25, 16);
    add(&phosphate, "drink", "sodium-phosphate-solution", 0, "amount", 45, "mL", 5, 0, 0);
    add(&phosphate, "drink", "water", 0, "amount", 250, "mL", 10, 1, 4);
    add(&magnesium, "drink", "magnesium-citrate-solution", 0, "amount", 296, "mL", 10, 0, 0);
    live(&lavage);
    live(&phosphate);
    live(&magnesium);
    between("stool of lavage", at(&lavage, "stool_volume", 10), 1.6, 4);
    between("sodium after lavage", at(&lavage, "plasma_sodium", 10) - at(&lavage, "plasma_sodium", 0), -1.5, 1.5);
    between("stool after phosphate", at(&phosphate, "stool_volume", 10), 0.25, 2);
    between("phosphate", at(&phosphate, "plasma_phosphate", 3) / at(&phosphate, "plasma_phosphate", 0), 1.5, 3);
    between("calcium", at(&phosphate, "plasma_calcium_ionized", 5) - at(&phosphate, "plasma_calcium_ionized", 0), -0.3, -0.02);
    between("stool after magnesium", at(&magnesium, "stool_volume", 10), 0.3, 2);
    between("magnesium", at(&magnesium, "plasma_magnesium_total", 5) - at(&magnesium, "plasma_magnesium_total", 0), 0.02, 0.5);
    end(&lavage);
    end(&phosphate);
    end(&magnesium);
}

/* Liters of stool that a drink leaves within eight hours. */
static double stool_after(const char *drink, double liters, double minutes) {
    Story s = begin("adult-man", 8, "none", "none");
    add(&s, "drink", drink, 0, "amount", 1000 * liters, "mL", minutes, 0, 0);
    live(&s);
    const double stool = at(&s, "stool_volume", 8);
    end(&s);
    return stool;
}

/* Water is taken up however fast it is drunk; isotonic saline drunk at 5 to 10 mL/min is, at 2 L an hour it comes out as
 * a lavage (Palma, Dig Dis Sci 1981;26:929: stools where more than 6 mL/min come to the colon). */
static void what_can_be_taken_up_is_no_laxative(void **state) {
    (void)state;
    between("stool after water", stool_after("water", 3, 60), 0, 0.1);
    between("stool after saline, 10 mL/min", stool_after("saline-0.9%", 2.4, 240), 0, 0.15);
    between("stool after saline, 33 mL/min", stool_after("saline-0.9%", 8, 240), 1.5, 6);
}

/* Six days without food and water: most is drunk within two hours, less than was lost, and drinking stops before what lies in the gut has
 * diluted plasma below where it began. */
static void thirst_stops_short_of_the_loss(void **state) {
    (void)state;
    Story s = begin("adult-man", 168, "none", "none");
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "drinking", &event, &e), &e);
    ok(milieu_event_word(event, "mode", "to-thirst", &e), &e);
    ok(milieu_event_when(event, 60 * 144, 0, 1, &e), &e);
    ok(milieu_scenario_add(s.scenario, event, &e), &e);
    milieu_event_destroy(&event);
    live(&s);
    const double lost = at(&s, "body_mass", 0) - at(&s, "body_mass", 144), drunk = at(&s, "intake_water", 168) - at(&s, "intake_water", 144);
    between("share of the loss drunk in a day", drunk / lost, 0.4, 0.8);
    between("of it in two hours", (at(&s, "intake_water", 146) - at(&s, "intake_water", 144)) / drunk, 0.5, 0.95);
    for (int hour = 146; hour < 156; hour++) between("plasma sodium", at(&s, "plasma_sodium", hour), 138.5, 150);
    end(&s);
}

/* Colloids stay in the vessels where saline leaves them. */
static void colloids_stay(void **state) {
    (void)state;
    static const char *const fluids[] = {"saline-0.9%", "gelatin-4%", "hydroxyethyl-starch-6%"};
    double expanded[3], oncotic[3];
    for (int i = 0; i < 3; i++) {
        Story s = begin("adult-man", 6, "none", "none");
        add(&s, "infuse", fluids[i], 0, "amount", 1, "L", 60, 0, 0);
        live(&s);
        expanded[i] = at(&s, "plasma_volume", 2) - at(&s, "plasma_volume", 0);
        oncotic[i] = at(&s, "plasma_oncotic_pressure", 1) - at(&s, "plasma_oncotic_pressure", 0);
        end(&s);
    }
    between("gelatin against saline", expanded[1] - expanded[0], 0.15, 0.8);
    between("starch against saline", expanded[2] - expanded[0], 0.15, 0.8);
    assert_true(oncotic[1] > oncotic[0] && oncotic[2] > oncotic[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_diarrhea_answers_rehydration),
        cmocka_unit_test(antisecretory_drugs_keep_back),
        cmocka_unit_test(preparations_empty_the_bowel),
        cmocka_unit_test(what_can_be_taken_up_is_no_laxative),
        cmocka_unit_test(thirst_stops_short_of_the_loss),
        cmocka_unit_test(colloids_stay),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
