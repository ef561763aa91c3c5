/* SPDX-License-Identifier: Apache-2.0 */
/* Shock, breath and heart rate: what those who are too weak or too ill come to. */
#include "told.h"

enum { MOST = 6 };
#define FASTING "meals: none\ndrinking: none\n"
#define LYING "{at: -60 min, posture: supine}, "

/* died: a word of the cause of death, and the hours between which it comes; NULL: the person lives. */
static const struct {
    const char *name, *story;
    Expected expected[MOST];
    const char *died;
    double from, to;
} stories[] = {
    /* Lu & Nightingale, Clin Pharmacokinet 2000;38:305: breath fails beyond 5 to 6.5 mmol/L; two men breathed at 7.3 and 7.65 (Somjen 1966) */
    {"magnesium 4 mmol/L", "person: {labs: {plasma_magnesium_total: 4 mmol/L}}\nduration: 1 h\n",
     {{ML_O_arterial_pco2, 0.25, 36, 44}, {ML_O_mean_arterial_pressure, 0.25, 65, 82}}, NULL, 0, 0},
    {"magnesium 8 mmol/L", "person: {labs: {plasma_magnesium_total: 8 mmol/L}}\nduration: 1 h\n",
     {{ML_O_breathing_strength, 0, 0, 0.35}, {ML_O_arterial_pco2, 0.15, 45, 110}, {ML_O_mean_arterial_pressure, 0.1, 40, 66}}, NULL, 0, 0},
    {"magnesium poured in", "person: {preset: adult-woman}\nduration: 6 h\ntimeline: [{at: 0 h, infuse: {what: magnesium-sulfate, amount: 45 g, over: 60 min}}]\n",
     {{ML_O_ability_to_swallow, 0, 0.95, 1.01}}, "breath", 0.3, 2},
    {"magnesium poured in, ventilated", "person: {preset: adult-woman}\nduration: 2 h\ntimeline: [{at: 0 h, breathe: {pco2: 40 mmHg}}, {at: 0 h, infuse: {what: magnesium-sulfate, amount: 40 g, over: 60 min}}]\n",
     {{ML_O_arterial_pco2, 1, 39.9, 40.1}, {ML_O_muscle_force, 0.7, -0.01, 0.1}}, NULL, 0, 0},
    /* paralysis of low potassium spares breath until it is extreme (Welfare, BMJ 2002;324:732) */
    {"potassium 1.4 mmol/L", "person: {labs: {plasma_potassium: 1.4 mmol/L}}\nmeals: none\nduration: 2 h\n",
     {{ML_O_breathing_strength, 0, 0.25, 0.6}, {ML_O_arterial_pco2, 1, 38, 50}}, NULL, 0, 0},
    /* Aubier, N Engl J Med 1985;313:420; Newman, Am Rev Respir Dis 1977;116:85 */
    {"phosphate 0.55 mmol/L", "person: {labs: {plasma_phosphate: 0.55 mmol/L}}\nmeals: none\nduration: 1 h\n",
     {{ML_O_breathing_strength, 0, 0.5, 0.85}, {ML_O_muscle_force, 0, 0.5, 0.88}, {ML_O_arterial_pco2, 1, 37, 43}}, NULL, 0, 0},
    {"phosphate 0.2 mmol/L", "person: {labs: {plasma_phosphate: 0.2 mmol/L}}\nmeals: none\nduration: 1 h\n",
     {{ML_O_breathing_strength, 0, 0.02, 0.3}, {ML_O_muscle_force, 0, 0.02, 0.35}, {ML_O_arterial_pco2, 0.15, 46, 110}, {ML_O_mean_arterial_pressure, 0.1, 60, 84}}, NULL, 0, 0},
    /* phosphate falls as far in hyperventilation, and nobody is weak: cells follow in a day */
    {"hyperventilation", "meals: none\nduration: 2 h\ntimeline: [{at: 0 h, breathe: {pco2: 18 mmHg, for: 90 min}}]\n",
     {{ML_O_plasma_phosphate, 1.5, 0.2, 0.6}, {ML_O_muscle_energy, 1.5, 0.93, 1.02}}, NULL, 0, 0},
    /* 28 to 32 mmHg after a day; dead within two where nothing is done */
    {"septic shock, untreated", "person: {age: 60 y}\n" FASTING "duration: 72 h\ntimeline: [" LYING "{at: 0 h, infection: {severity: septic-shock}}]\n",
     {{ML_O_arterial_pco2, 8, 29, 36}, {ML_O_arterial_pco2, 20, 25, 33}, {ML_O_mean_arterial_pressure, 12, 42, 58}, {ML_O_plasma_lactate, 20, 4, 14}, {ML_O_heart_rate, 8, 105, 140}}, "shock", 18, 60},
    {"septic shock, by habit", "person: {age: 60 y}\nduration: 24 h\ntimeline: [" LYING "{at: 0 h, infection: {severity: septic-shock}}]\n",
     {{ML_O_intake_water, 24, 0, 0.8}}, NULL, 0, 0},
    /* between ATLS classes II and III and what was measured (Johnson 2013: 7 /min after 1 L); thirst is heard no more in shock */
    {"bled of a fifth", FASTING "duration: 2 h\ntimeline: [" LYING "{at: 0 h, bleed: {amount: 1.1 L, over: 20 min}}]\n",
     {{ML_O_heart_rate, 0.35, 80, 110}, {ML_O_mean_arterial_pressure, 0.35, 76, 90}}, NULL, 0, 0},
    {"bled of a third and more", "duration: 3 h\ntimeline: [" LYING "{at: 0 h, bleed: {amount: 2.1 L, over: 30 min}}]\n",
     {{ML_O_heart_rate, 0.5, 112, 140}, {ML_O_mean_arterial_pressure, 0.5, 40, 66}, {ML_O_ability_to_swallow, 0.5, 0, 0.4}}, NULL, 0, 0},
    /* Weiskopf, Transfusion 2003;43:235: 4 /min per 10 g/L */
    {"anemia", FASTING "duration: 8 h\ntimeline: [" LYING "{at: 0 h, bleed: {amount: 3.7 L, over: 4 h}}, {at: 0 h, infuse: {what: albumin-5%, amount: 3.7 L, over: 4 h}}]\n",
     {{ML_O_hemoglobin, 4, 62, 78}, {ML_O_heart_rate, 4, 82, 102}}, NULL, 0, 0},
    {"4000 m", "duration: 24 h\ntimeline: [{at: 0 h, breathe: {altitude: 4000 m}}]\n", {{ML_O_heart_rate, 12, 73, 82}, {ML_O_plasma_volume, 24, 2.5, 2.8}, {ML_O_mean_arterial_pressure, 24, 86, 98}}, NULL, 0, 0},
    {"adrenaline", FASTING "duration: 1 h\ntimeline: [" LYING "{at: 0 h, infuse: {what: adrenaline, rate: 0.1 ug/kg/min, for: 60 min}}]\n", {{ML_O_heart_rate, 1, 75, 92}}, NULL, 0, 0},
    {"salbutamol", FASTING "duration: 2 h\ntimeline: [" LYING "{at: 0 h, drug: {what: salbutamol, dose: 10 mg, route: nebulized, over: 15 min}}]\n", {{ML_O_heart_rate, 0.5, 70, 92}}, NULL, 0, 0},
    /* Ensinger, Crit Care Med 1992;20:1250: slower */
    {"norepinephrine", FASTING "duration: 1 h\ntimeline: [" LYING "{at: 0 h, infuse: {what: norepinephrine, rate: 0.1 ug/kg/min, for: 60 min}}]\n",
     {{ML_O_heart_rate, 1, 44, 58}, {ML_O_mean_arterial_pressure, 1, 105, 125}}, NULL, 0, 0},
    {"ionized calcium 1.9 mmol/L", "person: {labs: {plasma_calcium_ionized: 1.9 mmol/L}}\nduration: 1 h\n", {{ML_O_heart_rate, 0.5, 58, 69}}, NULL, 0, 0},
    /* plasma protein 110-125 g/L and a weak pulse or none where a tenth of body mass is gone: WHO 2005; nothing is drunk */
    {"cholera, no water", "person: {mass: 60 kg}\n" FASTING "duration: 24 h\ntimeline: [" LYING "{at: 0 h, diarrhea: {kind: cholera, amount: 24 L, over: 24 h}}]\n",
     {{ML_O_mean_arterial_pressure, 3, 75, 88}, {ML_O_plasma_protein, 5.75, 100, 130}, {ML_O_hematocrit, 5.75, 0.5, 0.58}, {ML_O_mean_arterial_pressure, 8, 45, 70}, {ML_O_heart_rate, 8, 98, 135}}, "", 5.5, 12},
    /* juice within minutes that holds more potassium than plasma, or plasma that is washed out: told as a death, of whatever comes first */
    {"vomited 10 L", "duration: 6 h\ntimeline: [{at: 0 h, vomit: {amount: 10 L, over: 10 min}}]\n", {{0}}, "", 0.02, 0.4},
    {"vomited 20 L", "duration: 6 h\ntimeline: [{at: 0 h, vomit: {amount: 20 L, over: 10 min}}]\n", {{0}}, "", 0.01, 0.4},
    {"suction of 30 L", "duration: 6 h\ntimeline: [{at: 0 h, gastric-suction: {amount: 30 L, over: 1 h}}]\n", {{0}}, "", 0.05, 1},
    {"cholera of an hour", "duration: 6 h\ntimeline: [{at: 0 h, diarrhea: {amount: 60 L, over: 1 h, kind: cholera}}]\n", {{0}}, "", 0.01, 0.5},
    {"cholera of an hour, repaired", "duration: 6 h\ntimeline: [{at: 0 h, diarrhea: {amount: 60 L, over: 1 h, kind: cholera}}, {at: 0 h, infuse: {what: hartmann, amount: 60 L, over: 1 h}}]\n",
     {{0}}, "", 0.01, 1},
    {"diarrhea of an hour, repaired", "duration: 6 h\ntimeline: [{at: 0 h, diarrhea: {amount: 30 L, over: 1 h, kind: secretory}}, {at: 0 h, infuse: {what: hartmann, amount: 30 L, over: 1 h}}]\n",
     {{0}}, "", 0.01, 1},
    {"ileostomy of 20 L", "duration: 6 h\ntimeline: [{at: 0 h, diarrhea: {amount: 20 L, over: 10 min, kind: ileostomy}}]\n", {{0}}, "", 0.01, 0.2},
    {"plasma for water", "duration: 6 h\ntimeline: [{at: 0 h, plasma-exchange: {volume: 20 L, over: 10 min, fluid: water}}]\n", {{0}}, "", 0.01, 0.4},
};

static void they_come_to_that(void **state) {
    (void)state;
    int off = 0;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        MlResult r;
        off += off_by(stories[i].name, stories[i].story, stories[i].expected, MOST, &r);
        const char *died = stories[i].died;
        if (died && !(r.lethal && strstr(r.lethal_cause, died) && r.end_time >= 60 * stories[i].from && r.end_time <= 60 * stories[i].to)) {
            print_error("%s: ends at %.3g h: %s\n", stories[i].name, r.end_time / 60, r.lethal ? r.lethal_cause : "alive");
            off++;
        }
        ml_result_free(&r);
    }
    assert_int_equal(off, 0);
}

/* What a scenario says to drink is drunk all the same, and a remark says so. */
static void what_is_told_is_drunk(void **state) {
    (void)state;
    MlScenario sc;
    MlResult r;
    milieu_error e = {0};
    read_text("milieu: 1\ntitle: told\n" FASTING "duration: 2 h\ntimeline: [" LYING "{at: 0 h, bleed: {amount: 2.4 L, over: 30 min}}, {at: 40 min, drink: {what: water, amount: 300 mL}}]\n", &sc);
    ml_scenario_ask(&sc, ML_O_intake_water, NULL);
    assert_int_equal(ml_run(&house, &sc, NULL, &r, &e), MILIEU_OK);
    assert_true(ml_result_at(&r, ML_O_intake_water, 120) > 0.29);
    int told = 0;
    for (int i = 0; i < r.nnote; i++) told += strstr(r.note[i], "swallow") != NULL;
    assert_int_equal(told, 1);
    ml_result_free(&r);
    ml_scenario_free(&sc);
}

/* Who dies before t = 0 is not taken on: the error says when and of what. */
static void death_before_the_beginning(void **state) {
    (void)state;
    MlScenario sc;
    MlResult r;
    milieu_error e = {0};
    read_text("milieu: 1\nperson: {anuric: true}\nduration: 2 h\n"
              "timeline: [{at: -6 h, infuse: {what: potassium-chloride-15%, amount: 400 mmol, over: 1 h}}]\n", &sc);
    assert_int_equal(ml_run(&house, &sc, NULL, &r, &e), MILIEU_BAD_INPUT);
    assert_non_null(strstr(e.text, "before t = 0: standstill of the heart"));
    ml_scenario_free(&sc);
}

/* Potassium chloride pushed into a vein within a minute: 10 mmol are survived, 40 are not. */
static void a_pushed_injection(void **state) {
    (void)state;
    for (int kills = 0; kills < 2; kills++) {
        char text[300];
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        snprintf(text, sizeof text, "milieu: 1\nduration: 1 h\ntimeline: [{at: 10 min, inject: {what: potassium-chloride, amount: %d mmol}}]\n", kills ? 40 : 10);
        read_text(text, &sc);
        assert_int_equal(ml_run(&house, &sc, NULL, &r, &e), MILIEU_OK);
        assert_int_equal(r.lethal, kills);
        if (kills) assert_true(r.lethal_start < 5 && r.lethal_value > 12); /* of before, and of then */
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_come_to_that),
        cmocka_unit_test(what_is_told_is_drunk),
        cmocka_unit_test(death_before_the_beginning),
        cmocka_unit_test(a_pushed_injection),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
