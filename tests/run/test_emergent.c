/* SPDX-License-Identifier: Apache-2.0 */
/* What must come out of the mechanisms of water and sodium, with no code for it. */
#define STORY_OUTPUTS                                                                                        \
    "plasma_sodium", "plasma_glucose", "body_water", "body_sodium", "urine_osmolality", "urine_flow",        \
        "urine_volume", "plasma_volume", "brain_water", "plasma_adh", "body_mass", "ecf_volume",             \
        "urine_sodium_rate", "plasma_osmolality", "sweat_volume", "plasma_renin", "plasma_anp",              \
        "plasma_protein"
#include "story.h"

static double extreme(const Story *s, const char *output, int greatest) {
    const double *v = milieu_result_values(s->result, output);
    double x = NAN;
    for (size_t i = 0; i < milieu_result_size(s->result); i++)
        if (!isnan(v[i]) && (isnan(x) || (greatest ? v[i] > x : v[i] < x))) x = v[i];
    return x;
}

static void no_urine(Story *s) {
    milieu_error e = {0};
    ok(milieu_scenario_person(s->scenario, "anuric", 1, &e), &e);
}

static void infect(Story *s, double release) {
    milieu_error e = {0};
    milieu_event *drug;
    ok(milieu_event_create(model, "infuse", &drug, &e), &e);
    ok(milieu_event_word(drug, "what", "vasopressin", &e), &e);
    ok(milieu_event_number(drug, "rate", release, "pg/kg/min", &e), &e);
    ok(milieu_event_number(drug, "for", 30, "d", &e), &e);
    ok(milieu_scenario_add(s->scenario, drug, &e), &e);
    milieu_event_destroy(&drug);
}

/* Plasma sodium follows exchangeable cation over body water: adding salt, adding water. Edelman, J Clin
 * Invest 1958;37:1236. Here (without urine): d[Na] of a mmol of sodium in W liters of body water. */
static void edelman_slope(void **state) {
    (void)state;
    Story salt = begin("adult-man", 6, "none", "none");
    no_urine(&salt);
    add(&salt, "infuse", "saline-5%", 0, "amount", 0.4, "L", 60, 0, 0);
    live(&salt);
    const double potassium = 3700; /* mmol, hardly lost in six hours */
    const double before = (at(&salt, "body_sodium", 0) + potassium) / at(&salt, "body_water", 0);
    const double after = (at(&salt, "body_sodium", 6) + potassium) / at(&salt, "body_water", 6);
    const double slope = (at(&salt, "plasma_sodium", 6) - at(&salt, "plasma_sodium", 0)) / (after - before);
    between("slope of plasma sodium against sodium per body water", slope, 0.87, 1.12);
    end(&salt);
}

/* d[Na] = ([Na] infused - [Na]) / (TBW + 1) per liter: Adrogue & Madias, N Engl J Med 2000;342:1581. */
static void adrogue_madias_without_urine(void **state) {
    (void)state;
    const struct {
        const char *fluid;
        double sodium;
    } fluids[] = {{"saline-3%", 513}, {"saline-0.9%", 154}, {"dextrose-5%", 0}};
    for (int i = 0; i < 3; i++) {
        Story s = begin("adult-man", 12, "none", "none"), control = begin("adult-man", 12, "none", "none");
        no_urine(&s);
        no_urine(&control);
        add(&s, "infuse", fluids[i].fluid, 0, "amount", 1, "L", 60, 0, 0);
        live(&s);
        live(&control);
        const double na = at(&s, "plasma_sodium", 0), water = at(&s, "body_water", 0);
        const double formula = (fluids[i].sodium - na) / (water + 1);
        between(fluids[i].fluid, at(&s, "plasma_sodium", 12) - at(&control, "plasma_sodium", 12),
                formula - 0.6, formula + 0.6);
        end(&s);
        end(&control);
    }
}

/* Glucose draws water from cells: 1.6 to 2.4 mmol/L per 100 mg/dL (Katz 1973; Hillier 1999). */
static void sodium_falls_as_glucose_rises(void **state) {
    (void)state;
    Story s = begin("adult-man", 2, "none", "none");
    milieu_error e = {0};
    no_urine(&s);
    ok(milieu_scenario_person(s.scenario, "insulin_greatest", 100, &e), &e);
    ok(milieu_scenario_person(s.scenario, "insulin_basal", 5, &e), &e);
    add(&s, "infuse", "dextrose-50%", 0, "amount", 0.3, "L", 40, 0, 0);
    live(&s);
    const double rise = at(&s, "plasma_glucose", 0.75) - at(&s, "plasma_glucose", 0);
    between("rise of glucose", rise, 12, 60);
    between("fall of sodium per 5.55 mmol/L of glucose",
            -(at(&s, "plasma_sodium", 0.75) - at(&s, "plasma_sodium", 0)) / rise * 5.55, 1.3, 3.0);
    end(&s);
}

/* 2 L of saline: a quarter to a third is still in the blood an hour after its end begins to be passed. */
static void saline_left_in_blood(void **state) {
    (void)state;
    Story s = begin("adult-man", 3, "none", "none");
    add(&s, "infuse", "saline-0.9%", 0, "amount", 2, "L", 60, 0, 0);
    live(&s);
    between("share of saline in plasma at the end of the infusion",
            (at(&s, "plasma_volume", 1) - at(&s, "plasma_volume", 0)) / 2, 0.2, 0.38);
    between("the same an hour later", (at(&s, "plasma_volume", 2) - at(&s, "plasma_volume", 0)) / 2, 0.1,
            0.3);
    end(&s);
}

/* Volume depletion keeps urine from being diluted: the same water load is passed later and less. */
static void depletion_impairs_dilution(void **state) {
    (void)state;
    Story well = begin("adult-man", 10, "none", "none"), dry = begin("adult-man", 10, "none", "none");
    add(&dry, "bleed", NULL, 0, "amount", 1.0, "L", 30, 0, 0);
    add(&well, "drink", "water", 4, "amount", 20, "mL/kg", 20, 0, 0);
    add(&dry, "drink", "water", 4, "amount", 20, "mL/kg", 20, 0, 0);
    live(&well);
    live(&dry);
    const double passed = at(&well, "urine_volume", 8) - at(&well, "urine_volume", 4);
    const double passed_dry = at(&dry, "urine_volume", 8) - at(&dry, "urine_volume", 4);
    between("share of a water load passed in 4 h", passed / 1.4, 0.8, 1.3);
    between("share passed after blood loss, to that", passed_dry / passed, 0.0, 0.85);
    assert_true(extreme(&dry, "urine_osmolality", 0) > extreme(&well, "urine_osmolality", 0));
    end(&well);
    end(&dry);
}

/* Vasopressin with water: retention first, then escape with rising urine flow while vasopressin stays. Leaf
 * 1953. */
static void escape_from_vasopressin(void **state) {
    (void)state;
    Story s = begin("adult-man", 144, "habitual", "habitual");
    infect(&s, 20);
    add(&s, "drink", "water", 2, "amount", 0.3, "L", 10, 3, 46);
    live(&s);
    between("sodium after six days", at(&s, "plasma_sodium", 144), 105, 132);
    const double early = at(&s, "urine_volume", 36) - at(&s, "urine_volume", 12);
    const double late = at(&s, "urine_volume", 144) - at(&s, "urine_volume", 120);
    if (!(late > 1.3 * early)) fail_msg("no escape: %.2f L on day 1, %.2f L on day 6", early, late);
    end(&s);
}

/* Little solute, much water: the kidney cannot pass it although vasopressin is low. */
static void tea_and_toast(void **state) {
    (void)state;
    Story poor = begin("older-woman", 14 * 24, "habitual", "habitual"),
          fed = begin("older-woman", 14 * 24, "habitual", "habitual");
    const struct {
        const char *field;
        double value;
    } toast[] = {{"sodium", 25},    {"potassium", 20}, {"calcium", 5},  {"magnesium", 3},
                 {"phosphorus", 8}, {"protein", 12},   {"energy", 1000}};
    milieu_error e = {0};
    for (size_t i = 0; i < sizeof toast / sizeof toast[0]; i++)
        ok(milieu_scenario_diet(poor.scenario, toast[i].field, toast[i].value, &e), &e);
    Story *both[] = {&poor, &fed};
    for (int i = 0; i < 2; i++) {
        add(both[i], "drink", "water", 0.5, "amount", 0.1, "L", 60, 2, 14 * 12);
        live(both[i]);
    }
    const double sodium = at(&poor, "plasma_sodium", 336), fed_sodium = at(&fed, "plasma_sodium", 336);
    between("sodium on tea and toast", sodium, 110, 134);
    if (!(sodium < fed_sodium - 4)) fail_msg("%.1f on tea and toast, %.1f on meals", sodium, fed_sodium);
    between("urine osmolality on tea and toast", at(&poor, "urine_osmolality", 336), 30, 150);
    end(&poor);
    end(&fed);
}

/* Glucose carries sodium across the gut also in cholera. */
static void rehydration_solution_beats_water(void **state) {
    (void)state;
    Story water = begin("adult-man", 12, "none", "none"), ors = begin("adult-man", 12, "none", "none");
    Story *both[] = {&water, &ors};
    const char *drink[] = {"water", "ors-who"};
    for (int i = 0; i < 2; i++) {
        milieu_event *event;
        milieu_error e = {0};
        ok(milieu_event_create(model, "diarrhea", &event, &e), &e);
        ok(milieu_event_word(event, "kind", "cholera", &e), &e);
        ok(milieu_event_number(event, "amount", 6, "L", &e), &e);
        ok(milieu_event_number(event, "over", 12, "h", &e), &e);
        ok(milieu_scenario_add(both[i]->scenario, event, &e), &e);
        milieu_event_destroy(&event);
        add(both[i], "drink", drink[i], 0.5, "amount", 0.25, "L", 20, 0.5, 23);
        live(both[i]);
    }
    assert_true(at(&ors, "plasma_volume", 12) > at(&water, "plasma_volume", 12));
    assert_true(at(&ors, "ecf_volume", 12) > at(&water, "ecf_volume", 12) + 0.4);
    assert_true(at(&ors, "plasma_sodium", 12) > at(&water, "plasma_sodium", 12) + 2);
    end(&water);
    end(&ors);
}

/* Drinking more than is sweated dilutes and swells the brain; sweating alone concentrates. */
static void runner(void **state) {
    (void)state;
    Story wet = begin("athlete-woman", 6, "none", "none"), dry = begin("athlete-woman", 7, "none", "none"); /* 8 MET exhaust others before */
    add(&wet, "exercise", NULL, 0, "met", 8, "1", 300, 0, 0);
    add(&dry, "exercise", NULL, 0, "met", 8, "1", 420, 0, 0);
    add(&wet, "drink", "water", 0.25, "amount", 0.333, "L", 5, 1.0 / 3, 15);
    live(&wet);
    live(&dry);
    between("lowest sodium of the drinker", extreme(&wet, "plasma_sodium", 0), 120, 135);
    between("greatest brain water of the drinker", extreme(&wet, "brain_water", 1), 1.02, 1.12);
    between("sodium of the one who only sweats", at(&dry, "plasma_sodium", 7), 145, 160);
    end(&wet);
    end(&dry);
}

/* Once the lost volume is back, vasopressin stops and sodium overshoots what the infusion alone explains. */
static void overcorrection_when_volume_returns(void **state) {
    (void)state;
    Story s = begin("adult-man", 72, "none", "none");
    add(&s, "vomit", NULL, 0, "amount", 0.35, "L", 10, 3, 16);
    add(&s, "drink", "water", 0.5, "amount", 0.4, "L", 10, 2, 24);
    add(&s, "infuse", "saline-0.9%", 50, "amount", 3, "L", 180, 0, 0);
    live(&s);
    const double low = at(&s, "plasma_sodium", 50), water = at(&s, "body_water", 50);
    between("sodium after two days", low, 118, 137);
    const double formula = 3 * (154 - low) / (water + 3);
    const double rise = at(&s, "plasma_sodium", 72) - low;
    if (!(rise > 1.5 * formula)) fail_msg("rose by %.1f, the infusion alone explains %.1f", rise, formula);
    end(&s);
}

/* A failing heart leaves the arteries unfilled: sodium is kept until they are full again, at the price of a
 * larger extracellular volume, in balance, with renin and ANP both raised; the more, the worse the heart (renin at
 * least above that of health). */
static void failing_heart_keeps_sodium(void **state) {
    (void)state;
    static const char *const severities[] = {"mild", "moderate", "severe"};
    Story well = begin("adult-man", 24, NULL, NULL);
    live(&well);
    double ecf = at(&well, "ecf_volume", 0), renin = at(&well, "plasma_renin", 0),
           anp = at(&well, "plasma_anp", 0);
    const double excreted = at(&well, "urine_sodium_rate", 24);
    for (int i = 0; i < 3; i++) {
        Story ill = begin("adult-man", 24, NULL, NULL);
        milieu_error e = {0};
        ok(milieu_scenario_condition(ill.scenario, "heart-failure", severities[i], &e), &e);
        live(&ill);
        if (!(at(&ill, "ecf_volume", 0) > ecf + 0.3)) fail_msg("%s: no edema", severities[i]);
        if (!(at(&ill, "plasma_renin", 0) > renin)) fail_msg("%s: renin not raised", severities[i]);
        if (!(at(&ill, "plasma_anp", 0) > anp)) fail_msg("%s: ANP not raised", severities[i]);
        between("sodium excreted, in balance", at(&ill, "urine_sodium_rate", 24) / excreted, 0.8, 1.2);
        ecf = at(&ill, "ecf_volume", 0), anp = at(&ill, "plasma_anp", 0);
        end(&ill);
    }
    end(&well);
}

/* Eight hours without water tell complete from partial lack of vasopressin; desmopressin then concentrates the urine
 * (Miller, Ann Intern Med 1970;73:721). */
static void water_deprivation_test(void **state) {
    (void)state;
    static const struct {
        const char *severity;
        double low, high;
    } kinds[] = {{NULL, 600, 1100}, {"mild", 300, 850}, {"moderate", 150, 600}, {"severe", 30, 200}};
    for (int i = 0; i < 4; i++) {
        Story s = begin("adult-man", 12, "none", "none");
        milieu_error e = {0};
        if (kinds[i].severity) ok(milieu_scenario_condition(s.scenario, "diabetes-insipidus", kinds[i].severity, &e), &e);
        add(&s, "inject", "desmopressin", 8, "amount", 2, "ug", -1, 0, 1);
        live(&s);
        const double before = at(&s, "urine_osmolality", 8), after = at(&s, "urine_osmolality", 12);
        between("urine, mOsm/kg", before, kinds[i].low, kinds[i].high);
        if (kinds[i].severity) between("plasma, mOsm/kg", at(&s, "plasma_osmolality", 8), 288, 340);
        if (i > 0) between("rise of it after desmopressin", after / before, i == 3 ? 3 : 1, 30);
        end(&s);
    }
}

/* Aldosterone that obeys nothing: sodium is kept only until a liter or two of fluid is gained (escape), with renin
 * low, whatever the excess. Its lack: a small volume, renin high. */
static void escape_from_aldosterone(void **state) {
    (void)state;
    static const char *const severities[] = {"mild", "moderate", "severe"};
    Story well = begin("adult-man", 24, NULL, NULL);
    live(&well);
    const double ecf = at(&well, "ecf_volume", 0), excreted = at(&well, "urine_sodium_rate", 24);
    for (int i = 0; i < 3; i++) {
        Story much = begin("adult-man", 24, NULL, NULL), little = begin("adult-man", 24, NULL, NULL);
        milieu_error e = {0};
        ok(milieu_scenario_condition(much.scenario, "primary-aldosteronism", severities[i], &e), &e);
        ok(milieu_scenario_condition(little.scenario, "adrenal-insufficiency", severities[i], &e), &e);
        live(&much);
        live(&little);
        between("fluid gained in excess", at(&much, "ecf_volume", 0) - ecf, 0.4, 3.5);
        between("renin in excess", at(&much, "plasma_renin", 0), 0.02, 0.8);
        between("sodium excreted, in balance", at(&much, "urine_sodium_rate", 24) / excreted, 0.8, 1.2);
        between("fluid lost in lack", ecf - at(&little, "ecf_volume", 0), 0.2, 5);
        between("renin in lack", at(&little, "plasma_renin", 0), 1.4, 30);
        end(&much);
        end(&little);
    }
    end(&well);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edelman_slope),
        cmocka_unit_test(adrogue_madias_without_urine),
        cmocka_unit_test(sodium_falls_as_glucose_rises),
        cmocka_unit_test(saline_left_in_blood),
        cmocka_unit_test(depletion_impairs_dilution),
        cmocka_unit_test(escape_from_vasopressin),
        cmocka_unit_test(tea_and_toast),
        cmocka_unit_test(rehydration_solution_beats_water),
        cmocka_unit_test(runner),
        cmocka_unit_test(overcorrection_when_volume_returns),
        cmocka_unit_test(failing_heart_keeps_sodium),
        cmocka_unit_test(escape_from_aldosterone),
        cmocka_unit_test(water_deprivation_test),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
