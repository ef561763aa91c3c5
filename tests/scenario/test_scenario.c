/* SPDX-License-Identifier: Apache-2.0 */
/* Scenario files into plain structs: what is read, in which unit, and what is filled in. */
#include "names.h"
#include "products/near.h"

#include "timeline/tables.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define GOOD SOURCE_DIR "/tests/scenario/good/"
#define NEAR(a, b) assert_near(a, b, 1e-9 * (1 + fabs((double)(b))))

static void print_all(const MlIssues *issues) {
    char text[1024];
    for (int i = 0; i < issues->n; i++) {
        ml_issue_print(&issues->issue[i], text, sizeof text);
        print_message("%s\n", text);
    }
}

static void read_file(void **state, const char *path, MlScenario *s) {
    MlIssues issues;
    ml_issues_init(&issues);
    if (ml_scenario_read(path, &((Shipped *)*state)->names, s, &issues) != MILIEU_OK) {
        print_all(&issues);
        fail_msg("%s has errors", path);
    }
    ml_issues_free(&issues);
}

static void read_text(void **state, const char *text, MlScenario *s) {
    MlIssues issues;
    ml_issues_init(&issues);
    milieu_code code =
        ml_scenario_read_text(text, strlen(text), "text", &((Shipped *)*state)->names, s, &issues);
    print_all(&issues);
    assert_int_equal(code, MILIEU_OK);
    ml_issues_free(&issues);
}

/* The k-th event of that kind, in order of time. */
static const MlEvent *event(const MlScenario *s, MlEventKind kind, int k) {
    for (int i = 0; i < s->nevent; i++)
        if (s->event[i].kind == kind && k-- == 0) return &s->event[i];
    fail_msg("no such event");
    return NULL;
}

static double value(const MlEvent *e, MlField f) {
    assert_true(ml_event_has(e, f));
    return e->value[f].v;
}

static void defaults(void **state) {
    MlScenario s;
    read_file(state, GOOD "least.yaml", &s);
    assert_string_equal(s.title, "");
    assert_int_equal(s.nevent, 0);
    assert_int_equal(s.nquantity, 0);
    NEAR(s.start, 480);
    NEAR(s.duration, 1440);
    assert_true(isnan(s.every));
    assert_int_equal(s.meals, ML_C_MEALS_HABITUAL);
    assert_int_equal(s.drinking, ML_C_DRINKING_HABITUAL);
    assert_true(isnan(s.person.mass));
    assert_int_equal(s.person.sex, ML_CHOICE_NONE);
    assert_int_equal(s.person.anuric, -1);
    ml_scenario_free(&s);
}

static void reference_person(void **state) {
    MlScenario s;
    read_file(state, GOOD "reference.yaml", &s);
    const MlPersonSpec *p = &s.person;
    assert_string_equal(s.title, "Marathon on plain water");
    assert_string_equal(p->preset, "adult-man");
    assert_int_equal(p->sex, ML_C_FEMALE);
    NEAR(p->age, 34);
    NEAR(p->height, 1.65);
    NEAR(p->mass, 58);
    NEAR(p->body_fat, 0.22);
    NEAR(p->gfr, 110);
    NEAR(p->heat_acclimation, 0.5);
    NEAR(p->sweat_sodium, 45);
    assert_int_equal(p->cramp_history, 1);
    assert_int_equal(p->ncondition, 1);
    assert_string_equal(p->condition[0].name, "siadh");
    NEAR(p->diet.value[ML_DIET_SODIUM], 150);
    NEAR(p->diet.value[ML_DIET_CALCIUM], 1000 / 40.078);
    NEAR(p->diet.value[ML_DIET_MAGNESIUM], 350 / 24.305);
    NEAR(p->diet.value[ML_DIET_PHOSPHORUS], 1300 / 30.974);
    NEAR(p->diet.value[ML_DIET_WATER], 2.3);
    assert_true(isnan(p->diet.value[ML_DIET_FOOD_WATER]));
    NEAR(p->diet.value[ML_DIET_PROTEIN], 80);
    NEAR(p->diet.value[ML_DIET_ENERGY], 2200);
    assert_int_equal(p->nlab, 2);
    assert_int_equal(p->lab[0].output, ml_output_find("plasma_sodium"));
    NEAR(p->lab[0].value, 128);
    assert_int_equal(p->nparameter, 1);
    assert_string_equal(p->parameter[0].name, "gfr_rest");
    NEAR(p->parameter[0].value, 0.1);
    ml_scenario_free(&s);
}

static void reference_timeline(void **state) {
    MlScenario s;
    read_file(state, GOOD "reference.yaml", &s);
    NEAR(s.start, 480);
    NEAR(s.every, 5);
    assert_int_equal(s.drinking, ML_C_DRINKING_TO_THIRST);
    assert_int_equal(s.nquantity, 2);
    assert_int_equal(s.quantity[1], ml_output_find("urine_flow"));
    assert_int_equal(s.nevent, 4);
    const MlEvent *run = event(&s, ML_EVENT_EXERCISE, 0), *drink = event(&s, ML_EVENT_DRINK, 0);
    NEAR(value(run, ML_FIELD_MET), 10);
    NEAR(value(run, ML_FIELD_FOR), 240);
    NEAR(value(run, ML_FIELD_TEMPERATURE), 30);
    NEAR(value(run, ML_FIELD_HUMIDITY), 0.5);
    NEAR(drink->at, 10);
    NEAR(drink->every, 20);
    NEAR(drink->until, 240);
    assert_int_equal(ml_event_count(drink, s.duration), 12);
    NEAR(ml_event_time(drink, 11), 230);
    assert_string_equal(drink->what, "water");
    NEAR(value(drink, ML_FIELD_AMOUNT), 0.25);
    assert_int_equal(drink->value[ML_FIELD_AMOUNT].dimension, ML_DIM_VOLUME);
    NEAR(ml_event_length(drink), 5);
    assert_int_equal(drink->line, 25);
    ml_scenario_free(&s);
}

static void amounts(void **state) {
    MlScenario s;
    read_file(state, GOOD "events.yaml", &s);
    NEAR(ml_scenario_begin(&s), -60);
    NEAR(s.start, 450);
    const MlEvent *per_kg = event(&s, ML_EVENT_DRINK, 1), *share = event(&s, ML_EVENT_DRINK, 2);
    assert_true(per_kg->value[ML_FIELD_AMOUNT].per_kg);
    NEAR(value(per_kg, ML_FIELD_AMOUNT), 0.002);
    assert_int_equal(ml_event_count(per_kg, s.duration), 3);
    NEAR(value(share, ML_FIELD_AMOUNT), 1.5);
    assert_int_equal(share->value[ML_FIELD_AMOUNT].of_output, ml_output_find("sweat_volume"));
    assert_int_equal(share->value[ML_FIELD_AMOUNT].dimension, ML_DIM_VOLUME);
    const MlEvent *drip = event(&s, ML_EVENT_INFUSE, 1), *hormone = event(&s, ML_EVENT_INFUSE, 2);
    assert_true(drip->value[ML_FIELD_RATE].per_kg);
    NEAR(value(drip, ML_FIELD_RATE), 0.002 / 60);
    assert_int_equal(hormone->value[ML_FIELD_RATE].dimension, ML_DIM_MASS_RATE);
    NEAR(value(hormone, ML_FIELD_RATE), 5e-12);
    NEAR(value(event(&s, ML_EVENT_INJECT, 0), ML_FIELD_OVER), 1);
    NEAR(value(event(&s, ML_EVENT_BLEED, 0), ML_FIELD_AMOUNT), 0.45);
    NEAR(value(event(&s, ML_EVENT_TAKE, 1), ML_FIELD_ELEMENTAL), 1);
    assert_int_equal(event(&s, ML_EVENT_EAT, 1)->value[ML_FIELD_AMOUNT].dimension, ML_DIM_SERVING);
    ml_scenario_free(&s);
}

static void compositions(void **state) {
    MlScenario s;
    read_file(state, GOOD "events.yaml", &s);
    const MlEvent *sports = event(&s, ML_EVENT_DRINK, 3), *in_liter = event(&s, ML_EVENT_DRINK, 4);
    assert_true(sports->has_composition);
    assert_int_equal(sports->basis, ML_PER_LITER);
    NEAR(sports->composition.value[ML_NUTRIENT_SODIUM], 23);
    NEAR(sports->composition.value[ML_NUTRIENT_GLUCOSE], 60 / 0.180156);
    assert_true(isnan(sports->composition.value[ML_NUTRIENT_CHLORIDE]));
    assert_int_equal(in_liter->basis, ML_PER_LITER); /* contents in all of 1 L */
    NEAR(in_liter->composition.value[ML_NUTRIENT_SODIUM], 20);
    NEAR(in_liter->composition.value[ML_NUTRIENT_GLUCOSE], 100);
    NEAR(in_liter->composition.value[ML_NUTRIENT_WATER], 0.9);
    const MlEvent *solid = event(&s, ML_EVENT_EAT, 2), *meal = event(&s, ML_EVENT_EAT, 3);
    assert_int_equal(solid->basis, ML_PER_KILOGRAM);
    NEAR(solid->composition.value[ML_NUTRIENT_PROTEIN], 200);
    NEAR(solid->composition.value[ML_NUTRIENT_WATER], 0.5);
    assert_int_equal(meal->basis, ML_IN_ALL);
    assert_false(ml_event_has(meal, ML_FIELD_AMOUNT));
    NEAR(meal->composition.value[ML_NUTRIENT_WATER], 0.4);
    const MlEvent *sweat = event(&s, ML_EVENT_SWEAT, 0);
    NEAR(sweat->composition.value[ML_NUTRIENT_POTASSIUM], 5);
    NEAR(value(sweat, ML_FIELD_FOR), 60); /* as `over` */
    const MlEvent *stool = event(&s, ML_EVENT_DIARRHEA, 1);
    NEAR(stool->composition.value[ML_NUTRIENT_SODIUM], 130);
    ml_scenario_free(&s);
}

static void the_other_events(void **state) {
    MlScenario s;
    read_file(state, GOOD "events.yaml", &s);
    NEAR(value(event(&s, ML_EVENT_POSTURE, 0), ML_FIELD_KIND), ML_C_POSTURE_SUPINE);
    assert_true(isinf(ml_event_length(event(&s, ML_EVENT_POSTURE, 0))));
    const MlEvent *warm = event(&s, ML_EVENT_EXERCISE, 0), *until = event(&s, ML_EVENT_EXERCISE, 1);
    NEAR(value(warm, ML_FIELD_WIND), 12 / 3.6);
    NEAR(value(warm, ML_FIELD_CLOTHING), 0.3);
    assert_int_equal(until->loss.output, ml_output_find("body_mass"));
    assert_true(until->loss.relative);
    NEAR(until->loss.value, -0.02);
    assert_true(event(&s, ML_EVENT_EXERCISE, 3)->value[ML_FIELD_VO2].per_kg);
    const MlEvent *sauna = event(&s, ML_EVENT_HEAT, 0);
    NEAR(value(sauna, ML_FIELD_TEMPERATURE), (190 - 32) / 1.8);
    assert_false(sauna->loss.relative);
    NEAR(sauna->loss.value, -1);
    NEAR(value(event(&s, ML_EVENT_INFECTION, 0), ML_FIELD_SEVERITY), ML_C_INFECTION_MODERATE);
    const MlEvent *share = event(&s, ML_EVENT_KIDNEY, 0), *absolute = event(&s, ML_EVENT_KIDNEY, 1);
    assert_int_equal(share->value[ML_FIELD_GFR].dimension, ML_DIM_NUMBER);
    NEAR(value(share, ML_FIELD_GFR), 0.3);
    NEAR(value(share, ML_FIELD_TUBULE), ML_C_TUBULE_INJURED);
    NEAR(value(absolute, ML_FIELD_GFR), 20);
    NEAR(event(&s, ML_EVENT_DIET, 0)->diet.value[ML_DIET_SODIUM], 10);
    NEAR(event(&s, ML_EVENT_DIET, 1)->diet.value[ML_DIET_SODIUM], 6000 / 58.44);
    NEAR(value(event(&s, ML_EVENT_FAST, 0), ML_FIELD_FOR), 960);
    NEAR(value(event(&s, ML_EVENT_DRINKING, 1), ML_FIELD_MODE), ML_C_DRINKING_NONE);
    NEAR(value(event(&s, ML_EVENT_DRUG, 0), ML_FIELD_ROUTE), ML_C_ROUTE_ORAL);
    assert_string_equal(event(&s, ML_EVENT_STOP_DRUG, 0)->what, "furosemide");
    assert_string_equal(event(&s, ML_EVENT_SET, 0)->parameter, "gfr_rest");
    NEAR(event(&s, ML_EVENT_SET, 0)->parameter_value, 0.08);
    assert_string_equal(event(&s, ML_EVENT_SET, 1)->parameter, "heat_acclimation");
    ml_scenario_free(&s);
}

static void events_are_in_order_of_time(void **state) {
    MlScenario s;
    read_file(state, GOOD "events.yaml", &s);
    for (int i = 1; i < s.nevent; i++) {
        assert_true(s.event[i].at >= s.event[i - 1].at);
        if (s.event[i].at == s.event[i - 1].at) assert_true(s.event[i].order > s.event[i - 1].order);
    }
    ml_scenario_free(&s);
}

static void anchors_and_merges(void **state) {
    MlScenario s;
    read_file(state, GOOD "anchors.yaml", &s);
    NEAR(s.duration, 1440);
    assert_int_equal(s.nevent, 5);
    NEAR(value(event(&s, ML_EVENT_DRINK, 1), ML_FIELD_AMOUNT), 0.25);
    NEAR(value(event(&s, ML_EVENT_DRINK, 2), ML_FIELD_AMOUNT), 0.5);
    NEAR(event(&s, ML_EVENT_DRINK, 3)->at, 240);
    NEAR(event(&s, ML_EVENT_DIET, 0)->diet.value[ML_DIET_POTASSIUM], 80);
    ml_scenario_free(&s);
}

static void an_including_file_wins(void **state) {
    MlScenario s;
    read_file(state, GOOD "including.yaml", &s);
    assert_string_equal(s.title, "Whole");
    assert_int_equal(s.person.sex, ML_C_FEMALE);
    NEAR(s.person.mass, 60);
    NEAR(s.person.diet.value[ML_DIET_SODIUM], 200);
    NEAR(s.person.diet.value[ML_DIET_POTASSIUM], 60);
    assert_true(isnan(s.person.gfr)); /* told anew as a stage */
    assert_int_equal(s.person.ckd_stage, ML_C_CKD_G3A);
    NEAR(s.duration, 360);
    assert_int_equal(s.meals, ML_C_MEALS_NONE);
    assert_int_equal(s.nquantity, 1);
    assert_int_equal(s.nevent, 2);
    NEAR(s.event[0].at, 60);
    NEAR(value(&s.event[1], ML_FIELD_AMOUNT), 0.1);
    ml_scenario_free(&s);
}

static void json_and_line_ends(void **state) {
    MlScenario s;
    read_file(state, GOOD "plain.json", &s);
    NEAR(s.start, 23 * 60 + 15);
    NEAR(s.person.condition[0].measure[0].value, 340);
    assert_int_equal(s.person.condition[0].measure[0].output, ml_output_find("urine_osmolality"));
    assert_int_equal(s.nevent, 2);
    ml_scenario_free(&s);
    read_file(state, GOOD "crlf.yaml", &s);
    NEAR(s.person.mass, 80);
    NEAR(value(&s.event[0], ML_FIELD_AMOUNT), 1);
    ml_scenario_free(&s);
}

static void conditions(void **state) {
    MlScenario s;
    read_text(
        state,
        "milieu: 1\nperson: {conditions: [ckd-4, {siadh: {severity: severe}}, {cirrhosis: mild}]}\n",
        &s);
    assert_int_equal(s.person.ncondition, 3);
    assert_int_equal(s.person.condition[0].nmeasure, 0);
    assert_string_equal(s.person.condition[1].measure[0].name, "severity");
    NEAR(s.person.condition[1].measure[0].value, 3);
    NEAR(s.person.condition[2].measure[0].value, 1);
    ml_scenario_free(&s);
}

static void labs_by_mass(void **state) {
    MlScenario s;
    read_text(state,
              "milieu: 1\nperson: {labs: {plasma_urea_nitrogen: 14 mg/dL, plasma_glucose: 90 mg/dL, "
              "hematocrit: 45 %}}\n",
              &s);
    NEAR(s.person.lab[0].value, 140 / 28.014);
    assert_int_equal(s.person.lab[0].output, ml_output_find("plasma_urea"));
    NEAR(s.person.lab[1].value, 900 / 180.156);
    NEAR(s.person.lab[2].value, 0.45);
    ml_scenario_free(&s);
    read_text(state, "milieu: 1\nperson: {labs: {plasma_urea: 14 mg/dL urea-nitrogen}}\n", &s);
    NEAR(s.person.lab[0].value, 140 / 28.014);
    ml_scenario_free(&s);
}

static void notes_are_no_errors(void **state) {
    static const char text[] = "milieu: 1\nduration: 2 h\nperson: {labs: {plasma_urea: 30 mg/dL}}\n"
                               "timeline: [{at: 3 h, drink: {what: water, amount: 1 L}}]\n";
    MlScenario s;
    MlIssues issues;
    ml_issues_init(&issues);
    assert_int_equal(ml_scenario_read_text(text, strlen(text), "t", &((Shipped *)*state)->names, &s, &issues),
                     MILIEU_OK);
    assert_int_equal(issues.n, 2);
    assert_true(issues.issue[0].note && issues.issue[1].note);
    assert_int_equal(issues.issue[1].line, 4);
    ml_scenario_free(&s);
    ml_issues_free(&issues);
}

/* An arm of a study: no milieu line, a person to begin from. */
static void a_node_over_a_base_person(void **state) {
    static const char text[] = "people: {n: 6, sex: male, age: 28 y, mass: 72 kg}\n"
                               "arm: {duration: 8 h, person: {mass: 70 kg}, timeline: [{at: 0 h, drink: "
                               "{what: water, amount: 1 L}}]}\n"
                               "bad: {duration: 8, dialysis: 1}\n";
    const MlNames *names = &((Shipped *)*state)->names;
    MlScenario s;
    MlIssues issues;
    MlPersonSpec people;
    ml_issues_init(&issues);
    MlDocument *document = ml_document_parse(text, strlen(text), "study", &issues);
    const MlNode *root = ml_document_root(document);
    ml_person_spec_init(&people);
    ml_person_read(ml_node_get(root, "people"), "people", names, &people, &issues);
    assert_int_equal(ml_scenario_read_node(ml_node_get(root, "arm"), &people, names, &s, &issues), MILIEU_OK);
    NEAR(s.person.age, 28);
    NEAR(s.person.mass, 70);
    assert_int_equal(s.person.sex, ML_C_MALE);
    assert_int_equal(s.nevent, 1);
    ml_scenario_free(&s);
    assert_int_equal(ml_scenario_read_node(ml_node_get(root, "bad"), &people, names, &s, &issues),
                     MILIEU_BAD_INPUT);
    assert_int_equal(issues.nerror, 2);
    ml_scenario_free(&s);
    ml_document_free(document);
    ml_issues_free(&issues);
}

/* Names of the format that this version does not compute give a code of their own. */
static void not_available_has_its_own_code(void **state) {
    static const char text[] = "milieu: 1\nreport: {quantities: [fractional_excretion_ammonium]}\n";
    MlScenario s;
    MlIssues issues;
    ml_issues_init(&issues);
    assert_int_equal(ml_scenario_read_text(text, strlen(text), "t", &((Shipped *)*state)->names, &s, &issues),
                     MILIEU_NOT_AVAILABLE);
    ml_scenario_free(&s);
    ml_issues_free(&issues);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),
        cmocka_unit_test(reference_person),
        cmocka_unit_test(reference_timeline),
        cmocka_unit_test(amounts),
        cmocka_unit_test(compositions),
        cmocka_unit_test(the_other_events),
        cmocka_unit_test(events_are_in_order_of_time),
        cmocka_unit_test(anchors_and_merges),
        cmocka_unit_test(an_including_file_wins),
        cmocka_unit_test(json_and_line_ends),
        cmocka_unit_test(conditions),
        cmocka_unit_test(labs_by_mass),
        cmocka_unit_test(notes_are_no_errors),
        cmocka_unit_test(a_node_over_a_base_person),
        cmocka_unit_test(not_available_has_its_own_code),
    };
    return cmocka_run_group_tests(tests, shipped_setup, shipped_teardown);
}
