/* SPDX-License-Identifier: Apache-2.0 */
/* What must come out of the mechanisms of calcium, magnesium and phosphate, with no code for it. */
#include "minerals.h"

/* 0.1 mmol/kg of magnesium by vein: the hormone halves within minutes in the replete, as at a calcium receptor, and rises at
 * once in those who lack magnesium. Fatemi, J Clin Endocrinol Metab 1991;73:1067 (-54 and +27 %); Rude, J Clin
 * Endocrinol Metab 1978;47:800. */
static double pth_after_magnesium(int lacking) {
    Story s = begin("adult-man", 1, "none", "none");
    if (lacking) ill(&s, "magnesium-deficiency", "severe");
    add(&s, "infuse", "magnesium-sulfate", 0, "amount", 0.1, "mmol/kg", 5, 0, 1);
    live_every(&s, 5);
    const double r = ratio(&s, "plasma_pth", 0, 0.25);
    end(&s);
    return r;
}

static void magnesium_and_pth(void **state) {
    (void)state;
    between("hormone 15 min after magnesium, replete", pth_after_magnesium(0), 0.25, 0.75);
    between("hormone 15 min after magnesium, lacking it", pth_after_magnesium(1), 1.1, 5);
}

/* Calcium or edetate, faster and faster. Brent, J Clin Endocrinol Metab 1988;67:944: to 0.24 (SD 0.13) and 4.3 (2.1) of the
 * start; and the curve is steep: two thirds of the way up lie within a tenth of ionized calcium. */
static Story ramp(const char *what, const char *unit, double step) {
    Story s = begin("adult-man", 2, "none", "none");
    for (int i = 0; i < 4; i++) add(&s, "infuse", what, 0.5 * i, "amount", step * (i + 1), unit, 30, 0, 1);
    live_every(&s, 1);
    return s;
}

static void pth_curve(void **state) {
    (void)state;
    Story up = ramp("calcium-gluconate", "mmol/kg", 0.02), down = ramp("edta", "mg/kg", 5);
    between("rise of ionized calcium", extreme(&up, "plasma_calcium_ionized", 1) - at(&up, "plasma_calcium_ionized", 0), 0.15, 0.6);
    between("least hormone", extreme(&up, "plasma_pth", 0) / at(&up, "plasma_pth", 0), 0.08, 0.37);
    const double most = extreme(&down, "plasma_pth", 1) / at(&down, "plasma_pth", 0);
    between("fall of ionized calcium", at(&down, "plasma_calcium_ionized", 0) - extreme(&down, "plasma_calcium_ionized", 0), 0.15, 0.6);
    between("most hormone", most, 2.5, 6.4);
    const double *x = milieu_result_values(down.result, "plasma_calcium_ionized"), *h = milieu_result_values(down.result, "plasma_pth");
    size_t i = 0;
    while (i + 1 < milieu_result_size(down.result) && x[i] > 0.9 * x[0]) i++;
    between("share of the rise at a tenth less calcium", (h[i] / h[0] - 1) / (most - 1), 0.5, 1);
    end(&up);
    end(&down);
}

/* 0.31 mmol/kg/h of calcium raises ionized calcium by 0.22 mmol/L within 25 min (calcium clamps): an apparent volume of 42 L at
 * most; most of the rise is gone within hours. Edetate leaves with its calcium; what it took comes from bone within half a
 * day (assumed). */
static void calcium_returns(void **state) {
    (void)state;
    Story up = begin("adult-man", 12, "none", "habitual"), down = begin("adult-man", 12, "none", "habitual"), none = begin("adult-man", 12, "none", "habitual");
    const double load = 0.31 * 25 / 60;
    add(&up, "infuse", "calcium-chloride", 0, "amount", load, "mmol/kg", 25, 0, 1);
    add(&down, "infuse", "edta", 0, "amount", 50, "mg/kg", 120, 0, 1);
    live_every(&up, 5);
    live_every(&down, 5);
    live_every(&none, 5);
    const double rise = moved(&up, "plasma_calcium_ionized", 0, 25.0 / 60);
    between("apparent volume of calcium, L", 70 * load / rise, 22, 48);
    between("left of the rise after 4 h", (at(&up, "plasma_calcium_ionized", 4) - at(&none, "plasma_calcium_ionized", 4)) / rise, -0.1, 0.45);
    const double fall = moved(&down, "plasma_calcium_ionized", 0, 2);
    between("fall under edetate", fall, -0.5, -0.15);
    between("left of the fall after 12 h", (at(&down, "plasma_calcium_ionized", 12) - at(&none, "plasma_calcium_ionized", 12)) / fall, -0.2, 0.3);
    end(&up);
    end(&down);
    end(&none);
}

/* Urine of a day: it follows intake within days (Nielsen, Magnes Res 2016;29:154), and little is left of it a week after the
 * last magnesium. */
static double magnesium_of_urine(double eaten, int day) {
    Story s = begin("adult-man", 24 * day, NULL, NULL);
    eat(&s, "magnesium", eaten, 0);
    live_every(&s, 60);
    const double x = moved(&s, "urine_magnesium_total", 24 * (day - 1), 24 * day);
    end(&s);
    return x;
}

static void urine_follows_intake(void **state) {
    (void)state;
    const double usual = magnesium_of_urine(14.4, 6);
    between("on what is usual", usual, 3, 6.6);
    between("on half of it, to that", magnesium_of_urine(7.2, 6) / usual, 0.3, 0.8);
    between("on twice of it, to that", magnesium_of_urine(28.8, 6) / usual, 1.3, 2.2);
    between("on none, to that", magnesium_of_urine(0.4, 8) / usual, 0, 0.35);
}

/* 2 g of phosphorus a day: phosphate and with it both hormones rise, calcium leaves urine. Silverberg, J Bone Miner Res
 * 1986;1:383 (+26 and +50 %, -69 %); FGF23: Pflugers Arch 2025;477:495. */
static void phosphate_load(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 5, NULL, NULL), none = begin("adult-man", 24 * 5, NULL, NULL);
    add(&s, "take", "sodium-phosphate", 0.5, "amount", 16.1, "mmol", 10, 6, 20);
    live_every(&s, 60);
    live_every(&none, 60);
    const double from = 24 * 4, to = 24 * 5;
    between("phosphate", mean(&s, "plasma_phosphate", from, to) / mean(&none, "plasma_phosphate", from, to), 1.08, 1.45);
    between("parathyroid hormone", mean(&s, "plasma_pth", from, to) / mean(&none, "plasma_pth", from, to), 1.1, 2.2);
    between("FGF23", mean(&s, "plasma_fgf23", from, to) / mean(&none, "plasma_fgf23", from, to), 1.15, 4);
    between("calcium of urine", moved(&s, "urine_calcium_total", from, to) / moved(&none, "urine_calcium_total", from, to), 0.05, 0.85);
    end(&s);
    end(&none);
}

/* Late uremia: calcium is low, phosphate, both hormones and magnesium are high, calcitriol is low. Kendrick, Am J Kidney Dis
 * 2012;60:567; KDIGO 2017 (Kidney Int Suppl 7:1). */
static void late_uremia(void **state) {
    (void)state;
    Story s = begin("adult-man", 1, NULL, NULL), well = begin("adult-man", 1, NULL, NULL);
    ill(&s, "ckd-5", NULL);
    live(&s);
    live(&well);
    between("calcium, to health", at(&s, "plasma_calcium_total", 0) - at(&well, "plasma_calcium_total", 0), -0.5, -0.05);
    between("ionized calcium", at(&s, "plasma_calcium_ionized", 0), 0.9, 1.19);
    between("phosphate", at(&s, "plasma_phosphate", 0), 1.4, 2.6);
    between("magnesium", at(&s, "plasma_magnesium_total", 0), 0.85, 1.4);
    between("parathyroid hormone", at(&s, "plasma_pth", 0), 130, 900);
    between("calcitriol", at(&s, "plasma_calcitriol", 0), 4, 22);
    between("FGF23, to health", at(&s, "plasma_fgf23", 0) / at(&well, "plasma_fgf23", 0), 4, 200);
    end(&s);
    end(&well);
}

/* Nothing happens for four months. */
static void no_drift(void **state) {
    (void)state;
    const int days = 120;
    Story s = begin("adult-man", 24 * days, NULL, NULL);
    live_every(&s, 24 * 60);
    static const struct {
        const char *output;
        double share;
    } kept[] = {{"plasma_calcium_total", 0.01},  {"plasma_calcium_ionized", 0.01}, {"plasma_magnesium_total", 0.015}, {"plasma_phosphate", 0.02},
                {"plasma_pth", 0.05},            {"plasma_calcitriol", 0.04},      {"plasma_fgf23", 0.05},            {"plasma_potassium", 0.01},
                {"body_magnesium", 0.02},        {"body_calcium", 0.0015}};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        between(kept[i].output, ratio(&s, kept[i].output, 0, 24 * days), 1 - kept[i].share, 1 + kept[i].share);
    end(&s);
}

/* pH: 0.05 mmol/L less for 0.1 more in hyperventilation (Clin Chem, 84 healthy people), or no change that shows (Steurer, Dtsch
 * Med Wochenschr 1997;122:887). Citrate, 1.6 mg/kg/min for 90 min: ionized calcium -33 (7) %, magnesium -39 (8) % (Bolan,
 * Transfusion 2001;41:1165). */
static void speciation(void **state) {
    (void)state;
    Story s = begin("adult-man", 1, "none", "none"), citrate = begin("adult-man", 1.5, "none", "none");
    breathe(&s, 20, 0, 30);
    add(&citrate, "infuse", "sodium-citrate", 0, "amount", 2.49 * 90, "mg/kg", 90, 0, 1);
    live_every(&s, 5);
    live_every(&citrate, 5);
    const double alkali = moved(&s, "plasma_ph", 0, 5.0 / 60);
    between("rise of pH", alkali, 0.15, 0.35);
    between("ionized calcium for 0.1 of pH", 0.1 * moved(&s, "plasma_calcium_ionized", 0, 5.0 / 60) / alkali, -0.07, -0.005);
    between("ionized calcium under citrate", ratio(&citrate, "plasma_calcium_ionized", 0, 1.5), 0.53, 0.81);
    between("ionized magnesium under citrate", ratio(&citrate, "plasma_magnesium_ionized", 0, 1.5), 0.45, 0.77);
    end(&s);
    end(&citrate);
}

static void lie(Story *s, const char *posture, double at_h) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "posture", &event, &e), &e);
    ok(milieu_event_word(event, "kind", posture, &e), &e);
    ok(milieu_event_when(event, 60 * at_h, 0, 1, &e), &e);
    ok(milieu_scenario_add(s->scenario, event, &e), &e);
    milieu_event_destroy(&event);
}

/* Who stands up lets water out of plasma: albumin rises and total calcium with it, 0.02 mmol/L for a gram (Payne, Br Med J
 * 1973;4:643), and ionized calcium stays. */
static void albumin(void **state) {
    (void)state;
    Story s = begin("adult-man", 2, "none", "none");
    lie(&s, "supine", 0);
    lie(&s, "standing", 1);
    live_every(&s, 5);
    const double more = moved(&s, "plasma_albumin", 1, 1.5);
    between("albumin", more, 2, 8);
    between("total calcium for a gram", moved(&s, "plasma_calcium_total", 1, 1.5) / more, 0.01, 0.03);
    between("ionized calcium", moved(&s, "plasma_calcium_ionized", 1, 1.5), -0.03, 0.03);
    end(&s);
}

/* Both kidneys out of work: calcium stays within the hour and falls over days; FGF23 is up sixteenfold within a day (Christov,
 * Kidney Int 2013;84:776). */
static void kidneys_lost(void **state) {
    (void)state;
    Story s = begin("adult-man", 48, NULL, NULL);
    ill(&s, "anuria", NULL);
    live_every(&s, 60);
    between("calcium after 1 h", moved(&s, "plasma_calcium_total", 0, 1), -0.08, 0.08);
    between("calcium after 2 d", moved(&s, "plasma_calcium_total", 0, 48), -0.3, 0.08);
    between("FGF23 after a day", ratio(&s, "plasma_fgf23", 0, 24), 8, 25);
    end(&s);
}

/* Sodium of muscle cells, mmol per liter of their water: 10-15 in health, and never gone where potassium of plasma is high. */
static void muscle_sodium(void **state) {
    (void)state;
    static const char *const presets[] = {"adult-man", "adult-woman", "older-man", "older-woman", "athlete-man", "athlete-woman"};
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
        Story s = begin(presets[i], 1, NULL, NULL);
        live(&s);
        between(presets[i], at(&s, "muscle_sodium", 0), 8, 19); /* rises with age: Kopp, Hypertension 2013;61:635 */
        end(&s);
    }
    Story s = begin("adult-man", 1, NULL, NULL);
    /* pumps are weak, less potassium is eaten, and sodium takes its place (Del Canale, Scand J Urol Nephrol 1986;20:301: more sodium in muscle) */
    ill(&s, "ckd-5", NULL);
    live(&s);
    between("kidney failure", at(&s, "muscle_sodium", 0), 5, 24);
    end(&s);
}

/* Carbon dioxide raises ionized calcium while it lasts and hardly moves calcium of urine, which follows acid that the kidney
 * must excrete. */
static void carbon_dioxide(void **state) {
    (void)state;
    Story s = begin("adult-man", 2, "none", "none");
    breathe(&s, 60, 0, 120);
    live_every(&s, 15);
    between("ionized calcium after 15 min", moved(&s, "plasma_calcium_ionized", 0, 0.25), 0.01, 0.15);
    between("ionized calcium after 2 h", moved(&s, "plasma_calcium_ionized", 0, 2), 0, 0.15);
    between("calcium of urine, 15 to 30 min", moved(&s, "urine_calcium_total", 0.25, 0.5), 0, 0.15);
    end(&s);
}

/* Ten liters of diarrhea in five days take magnesium, of the kind or as stated. */
static void diarrhea(void **state) {
    (void)state;
    Story s = begin("adult-man", 120, NULL, NULL);
    add(&s, "diarrhea", NULL, 0, "amount", 10, "L", 7200, 0, 1);
    live_every(&s, 60);
    between("magnesium", at(&s, "plasma_magnesium_total", 120), 0.3, 0.75);
    between("magnesium of the body", moved(&s, "body_magnesium", 0, 120), -60, -10);
    end(&s);
}

/* Citrate of an exchange of all the plasma twice over takes more calcium than anyone lives without: the run ends in death, not in an error. */
static void citrate_kills(void **state) {
    (void)state;
    Story s = begin("adult-man", 2, NULL, NULL);
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "plasma-exchange", &event, &e), &e);
    ok(milieu_event_number(event, "volume", 6, "L", &e), &e);
    ok(milieu_event_number(event, "over", 60, "min", &e), &e);
    ok(milieu_event_number(event, "citrate", 150, "mmol", &e), &e);
    ok(milieu_event_when(event, 0, 0, 1, &e), &e);
    ok(milieu_scenario_add(s.scenario, event, &e), &e);
    milieu_event_destroy(&event);
    live_every(&s, 1);
    const size_t last = milieu_result_size(s.result) - 1;
    between("minutes lived", milieu_result_times(s.result)[last], 20, 90);
    between("ionized calcium at the end", milieu_result_values(s.result, "plasma_calcium_ionized")[last], 0.1, 0.4);
    end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(magnesium_and_pth), cmocka_unit_test(pth_curve),     cmocka_unit_test(calcium_returns),
        cmocka_unit_test(urine_follows_intake), cmocka_unit_test(phosphate_load), cmocka_unit_test(late_uremia),
        cmocka_unit_test(no_drift),          cmocka_unit_test(speciation),    cmocka_unit_test(albumin),
        cmocka_unit_test(kidneys_lost),      cmocka_unit_test(muscle_sodium), cmocka_unit_test(carbon_dioxide), cmocka_unit_test(diarrhea), cmocka_unit_test(citrate_kills),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
