/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped scenarios end where they should. (tests/twin: they conserve, and CVODE agrees.) */
#include "in_house.h"

#include "run/run.h"
#include "scenario/scenario.h"

static void read_scenario(const char *name, MlScenario *sc) {
    char path[512];
    MlIssues issues;
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    snprintf(path, sizeof path, SOURCE_DIR "/scenarios/%s", name);
    ml_issues_init(&issues);
    if (ml_scenario_read(path, &names, sc, &issues) != MILIEU_OK)
        fail_msg("%s: %s", name, issues.issue[0].text);
    ml_issues_free(&issues);
}

/* What must be seen: the value of an output at a time. Ranges are wide enough for better parameters, narrow
 * enough for the story to be told. */
static const struct {
    const char *file;
    int output;
    double hours, low, high;
} expected[] = {
    {"downhill-run-water.yaml", ML_O_plasma_sodium, 2.5, 134, 139.5},
    {"downhill-run-ors.yaml", ML_O_plasma_sodium, 2.5, 138, 142},
    {"citrate-tingling.yaml", ML_O_sensory_axon_margin, 1.5, -2.5, -0.1},
    {"citrate-tingling.yaml", ML_O_sensory_axon_margin, 4, 1.2, 3},
    {"hyperventilation-tetany.yaml", ML_O_sensory_axon_margin, 0.4, -3, 0},
    {"hyperventilation-tetany.yaml", ML_O_sensory_axon_margin, 0.9, 1.8, 3.5},
    {"hypokalemic-paralysis.yaml", ML_O_muscle_excitable_fraction, 0, 0.3, 0.75},
    {"hypokalemic-paralysis.yaml", ML_O_muscle_excitable_fraction, 11, 0.75, 1},
    {"magnesium-overdose.yaml", ML_O_reflex_gain, 1, 0, 0.3},
    {"magnesium-overdose.yaml", ML_O_reflex_gain, 3, 0.6, 1.1},
    {"magnesium-overdose.yaml", ML_O_muscle_force, 1, 0.05, 0.6},
    {"magnesium-overdose.yaml", ML_O_breathing_strength, 1, 0.5, 0.95},
    {"magnesium-overdose.yaml", ML_O_mean_arterial_pressure, 1, 55, 74},
    {"night-cramps-thiazide.yaml", ML_O_cramp_rate, 672, 0.01, 0.1},
    {"marathon-on-water.yaml", ML_O_plasma_sodium, 5, 124, 134.9},
    {"marathon-on-water.yaml", ML_O_brain_water, 5, 1.02, 1.09},
    {"marathon-on-water.yaml", ML_O_plasma_sodium, 24, 138, 143},
    {"marathon-on-sports-drink.yaml", ML_O_plasma_sodium, 5, 130, 139.5},
    {"marathon-with-salt-tablets.yaml", ML_O_plasma_sodium, 5, 126, 138},
    {"water-load.yaml", ML_O_urine_volume, 4, 1.1, 2.0},
    {"water-load.yaml", ML_O_plasma_sodium, 1, 135, 139},
    {"day-without-water.yaml", ML_O_plasma_osmolality, 24, 291, 302},
    {"day-without-water.yaml", ML_O_urine_osmolality, 24, 850, 1250},
    {"saline-2-liters.yaml", ML_O_urine_volume, 6, 0.3, 1.1},
    {"hartmann-2-liters.yaml", ML_O_urine_volume, 6, 0.5, 1.5},
    {"dextrose-2-liters.yaml", ML_O_urine_volume, 4, 1.6, 2.7},
    {"bled-untreated.yaml", ML_O_hematocrit, 24, 0.36, 0.42},
    {"bled-then-saline.yaml", ML_O_hematocrit, 4, 0.33, 0.40},
    {"two-days-of-vomiting.yaml", ML_O_plasma_volume, 48, 1.9, 2.6},
    {"cholera-untreated.yaml", ML_O_plasma_sodium, 12, 122, 134},
    {"cholera-with-ors.yaml", ML_O_plasma_sodium, 12, 135, 142},
    {"cholera-with-cola.yaml", ML_O_plasma_sodium, 12, 122, 136},
    /* drinking goes on though plasma is dilute, and the fluid comes back */
    {"cholera-survived.yaml", ML_O_plasma_sodium, 24, 126, 137},
    {"cholera-survived.yaml", ML_O_ecf_volume, 36, 12.7, 15},
    {"cholera-survived.yaml", ML_O_gfr, 36, 70, 105},
    {"cholera-survived.yaml", ML_O_ecf_volume, 96, 14.5, 16.5},
    {"pneumonia-siadh.yaml", ML_O_plasma_sodium, 84, 112, 131},
    {"sodium-10.yaml", ML_O_urine_sodium_rate, 600, 0.0, 0.8},
    {"sodium-150.yaml", ML_O_plasma_sodium, 720, 139, 142},
    {"sodium-400.yaml", ML_O_body_sodium, 720, 3050, 3450},
    {"two-days-without-kidneys.yaml", ML_O_urine_volume, 48, -0.001, 0.001},
    {"two-days-without-kidneys.yaml", ML_O_plasma_urea, 48, 12, 40},
    {"two-days-without-kidneys.yaml", ML_O_plasma_anion_gap, 48, 11.5, 18},
    /* Squires & Huth 1959, Tarail 1949 */
    {"potassium-free-week.yaml", ML_O_plasma_potassium, 168, 2.9, 3.7},
    {"potassium-free-week.yaml", ML_O_urine_potassium_total, 168, 120, 320},
    {"potassium-free-week.yaml", ML_O_plasma_bicarbonate, 168, 23, 29},
    /* Preston 2015 (35 mmol); 64 mmol as syrup, Br J Clin Pharmacol (PMC1463803) */
    {"potassium-chloride-60.yaml", ML_O_plasma_potassium, 1, 4.6, 5.7},
    {"potassium-chloride-60.yaml", ML_O_plasma_potassium, 12, 3.8, 4.5},
    {"potassium-chloride-60.yaml", ML_O_urine_potassium_total, 12, 35, 70},
    /* Miller, J Athl Train 2012;47:648: 300 g hardly change plasma potassium */
    {"bananas-six.yaml", ML_O_plasma_potassium, 2, 3.8, 4.8},
    {"bananas-six.yaml", ML_O_urine_potassium_total, 12, 30, 65},
    {"bananas-two-a-day.yaml", ML_O_plasma_potassium, 168, 3.8, 4.5},
    {"bananas-two-a-day.yaml", ML_O_urine_potassium_total, 168, 500, 650},
    /* Papademetriou 1984, McKenney 1986: between 12.5 mg (no change) and 100 mg (-0.6 to -1.0) */
    {"thiazide-month.yaml", ML_O_plasma_potassium, 720, 3.5, 4.05},
    {"thiazide-month.yaml", ML_O_plasma_bicarbonate, 720, 23.5, 28},
    /* Kassirer & Schwartz, Am J Med 1966;40:10 (34 to 39 after less acid); Kassirer 1965: chloride corrects it */
    {"gastric-suction.yaml", ML_O_plasma_bicarbonate, 120, 33, 44},
    {"gastric-suction.yaml", ML_O_plasma_chloride, 120, 75, 95},
    {"gastric-suction.yaml", ML_O_plasma_potassium, 120, 2.2, 3.4},
    {"gastric-suction.yaml", ML_O_urine_ph, 120, 4.8, 7.6},
    {"gastric-suction-then-saline-and-potassium.yaml", ML_O_plasma_bicarbonate, 192, 22, 29},
    {"gastric-suction-then-saline-and-potassium.yaml", ML_O_plasma_potassium, 192, 3.4, 4.8},
    {"gastric-suction-then-saline.yaml", ML_O_plasma_bicarbonate, 192, 23, 32},
    {"gastric-suction-then-saline.yaml", ML_O_plasma_potassium, 192, 2.4, 3.6},
    /* Atanasovska 2014: 6.1 (SD 0.5) mmol/L, lactate 10.9 (1.3), pH 7.10 (0.07) at the finish */
    {"hard-race.yaml", ML_O_plasma_potassium, 0.288, 5.2, 7.4},
    {"hard-race.yaml", ML_O_plasma_lactate, 0.288, 8, 16},
    {"hard-race.yaml", ML_O_plasma_ph, 0.288, 6.96, 7.24},
    {"hard-race.yaml", ML_O_plasma_potassium, 0.371, 3.0, 4.1}, /* 3.3 five minutes later */
    /* Medbo & Sejersted 1994: a minute of all there is; potassium back at or below rest in three minutes */
    {"sprint-400m.yaml", ML_O_plasma_potassium, 0.181, 5.2, 8},
    {"sprint-400m.yaml", ML_O_plasma_potassium, 0.25, 3.3, 4.4},
    /* At 98 % of the highest oxygen uptake exhaustion comes within 5 to 20 min (Poole, Med Sci Sports Exerc 2016;48:2320), at a lactate of
     * 6 to 14 mmol/L and a pH of 7.1 to 7.3; potassium 5.5 to 7 (Medbo & Sejersted 1990), phosphate some tenths up */
    {"hard-run-exhausted.yaml", ML_O_effort_left, 0.25, 0.8, 1},
    {"hard-run-exhausted.yaml", ML_O_heart_rate, 0.6, 50, 115},
    {"hard-run-exhausted.yaml", ML_O_plasma_lactate, 0.3, 5, 14},
    {"hard-run-exhausted.yaml", ML_O_plasma_ph, 0.3, 7.1, 7.36},
    {"hard-run-exhausted.yaml", ML_O_work_reserve, 1.5, 0.9, 1.01},
    /* Kidneys that filter little: it rises further and from higher up */
    {"potassium-chloride-60-kidney-failure.yaml", ML_O_plasma_potassium, 2, 5.3, 7.2},
    {"potassium-chloride-60-kidney-failure.yaml", ML_O_urine_potassium_total, 12, 8, 45},
    {"potassium-chloride-60-kidney-failure.yaml", ML_O_plasma_potassium, 12, 5.1, 6.5},
    {"bananas-six-kidney-failure.yaml", ML_O_plasma_potassium, 6, 4.6, 6.5},
    {"bananas-six-kidney-failure.yaml", ML_O_plasma_potassium, 3, 5.1, 6.3},
    /* Chloride, not sodium, ends it */
    {"gastric-suction-then-sodium-sulfate.yaml", ML_O_plasma_bicarbonate, 192, 32, 50},
    {"gastric-suction-then-sodium-sulfate.yaml", ML_O_plasma_potassium, 192, 1.6, 3.2},
    /* 0.3 to 0.5 mmol/L a day without kidneys; Allon & Copkney 1990: -0.65 and -0.66 an hour after, Allon 1989: -1.0
     * two hours after 20 mg */
    {"hyperkalemia-untreated.yaml", ML_O_plasma_potassium, 0, 5.7, 7.3},
    {"hyperkalemia-untreated.yaml", ML_O_plasma_potassium, 6, 5.8, 7.5},
    {"hyperkalemia-insulin.yaml", ML_O_plasma_potassium, 1.167, 4.7, 6.5},
    {"hyperkalemia-insulin.yaml", ML_O_plasma_glucose, 1.167, 2.4, 14},
    {"hyperkalemia-salbutamol.yaml", ML_O_plasma_potassium, 1.917, 4.5, 6.3},
    /* Kitabchi, Diabetes Care 2009;32:1335; potassium at arrival 4.9 (0.9), Knight, Br Med J 1985;291:371 */
    {"ketoacidosis-untreated.yaml", ML_O_plasma_glucose, 48, 13.9, 45},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_ketones, 48, 6, 22},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_ph, 48, 6.9, 7.3},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_bicarbonate, 48, 3, 15},
    {"ketoacidosis-untreated.yaml", ML_O_heart_rate, 47, 84, 125},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_anion_gap, 48, 18, 38},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_potassium, 48, 3.3, 6.7},
    {"ketoacidosis-untreated.yaml", ML_O_plasma_potassium, 48, 4.0, 6.7},
    /* Ketones fall by 0.5 mmol/L an hour; the gap closes before bicarbonate is back, as chloride has come (Adrogue 1982) */
    {"ketoacidosis-treated.yaml", ML_O_plasma_ketones, 60, 0, 9},
    {"ketoacidosis-treated.yaml", ML_O_plasma_anion_gap, 66, 6, 17},
    {"ketoacidosis-treated.yaml", ML_O_plasma_chloride, 66, 107, 123},
    {"ketoacidosis-treated.yaml", ML_O_plasma_ph, 72, 7.28, 7.45},
    {"ketoacidosis-treated.yaml", ML_O_plasma_potassium, 60, 2.8, 5.2},
    {"ketoacidosis-treated.yaml", ML_O_plasma_bicarbonate, 60, 13, 24},
    {"ketoacidosis-treated.yaml", ML_O_plasma_bicarbonate, 72, 16, 27},
    {"ketoacidosis-treated.yaml", ML_O_plasma_chloride, 66, 104, 117},
    /* Fatemi 1991: magnesium 0.80 to 0.61, calcium -0.05 mmol/L, no rise of the hormone; then stores fill first */
    {"magnesium-free-three-weeks.yaml", ML_O_plasma_magnesium_total, 504, 0.48, 0.70},
    {"magnesium-free-three-weeks.yaml", ML_O_urine_magnesium_rate, 504, 0, 0.05},
    {"magnesium-free-three-weeks.yaml", ML_O_plasma_pth, 504, 20, 42},
    {"magnesium-free-three-weeks.yaml", ML_O_plasma_magnesium_total, 840, 0.75, 0.90},
    /* Vo 2025: 1.60 (0.34); Cholst 1984: hormone -40 % at 30 min */
    {"magnesium-sulfate-preeclampsia.yaml", ML_O_plasma_magnesium_total, 6, 1.2, 2.6},
    {"magnesium-sulfate-preeclampsia.yaml", ML_O_plasma_pth, 0.5, 3, 21},
    {"magnesium-sulfate-preeclampsia.yaml", ML_O_plasma_magnesium_total, 36, 0.75, 1.3},
    /* Below 10 mmol/L of urine sodium and 1 % of the filtered: Miller, Ann Intern Med 1978;89:47; fluids bring the kidneys back */
    {"prerenal-to-saline.yaml", ML_O_fractional_excretion_sodium, 48, 0, 0.5},
    {"prerenal-to-saline.yaml", ML_O_urine_osmolality, 48, 500, 1200},
    {"prerenal-to-saline.yaml", ML_O_gfr, 48, 25, 60},
    {"prerenal-to-saline.yaml", ML_O_plasma_creatinine, 48, 115, 200},
    {"prerenal-to-saline.yaml", ML_O_gfr, 72, 70, 100},
    /* The same source for injured ones: above 40 mmol/L, 1 % and below 400 mOsm/kg; then liters a day */
    {"tubular-necrosis.yaml", ML_O_fractional_excretion_sodium, 48, 2, 8},
    {"tubular-necrosis.yaml", ML_O_urine_osmolality, 72, 280, 400},
    {"tubular-necrosis.yaml", ML_O_urine_flow, 72, 0.1, 0.5},
    {"tubular-necrosis.yaml", ML_O_plasma_creatinine, 240, 800, 1600},
    {"tubular-necrosis.yaml", ML_O_plasma_urea, 240, 25, 70},
    {"tubular-necrosis.yaml", ML_O_plasma_bicarbonate, 240, 13, 22},
    {"tubular-necrosis.yaml", ML_O_urine_flow, 288, 2.5, 7},
    {"tubular-necrosis.yaml", ML_O_plasma_creatinine, 576, 75, 160},
    /* Potassium 5.4 (1.3), phosphate 1.7 (0.6) on arrival (Marmara 1999); fluids at once spare the kidneys (Ron 1984) */
    {"crush-untreated.yaml", ML_O_plasma_potassium, 8, 5.2, 7},
    {"crush-untreated.yaml", ML_O_plasma_phosphate, 8, 2, 4},
    {"crush-untreated.yaml", ML_O_plasma_calcium_total, 24, 1.5, 2.1},
    {"crush-untreated.yaml", ML_O_gfr, 24, 0, 15},
    {"crush-untreated.yaml", ML_O_plasma_creatinine, 48, 300, 700},
    {"crush-saline.yaml", ML_O_gfr, 24, 30, 90},
    {"crush-saline.yaml", ML_O_urine_volume, 24, 2, 7},
    /* 0.5 to 1 mL/kg/h of urine is what the rule of Parkland is made for; without it the vessels empty */
    {"burn-30-percent.yaml", ML_O_urine_volume, 24, 0.6, 1.7},
    {"burn-30-percent.yaml", ML_O_mean_arterial_pressure, 8, 70, 95},
    {"burn-30-percent.yaml", ML_O_plasma_albumin, 24, 18, 32},
    {"burn-30-percent.yaml", ML_O_interstitial_volume, 24, 19, 25},
    {"burn-30-percent.yaml", ML_O_interstitial_volume, 72, 14, 18},
    {"burn-30-percent-untreated.yaml", ML_O_hematocrit, 12, 0.53, 0.68},
    {"burn-30-percent-untreated.yaml", ML_O_mean_arterial_pressure, 12, 35, 65},
    /* Stages of disease (Isakova 2011; KDIGO 2017): hormone first, phosphate and acid last */
    {"ckd-over-two-years.yaml", ML_O_plasma_pth, 17532, 150, 420},
    {"ckd-over-two-years.yaml", ML_O_plasma_phosphate, 17532, 1.3, 2.0},
    {"ckd-over-two-years.yaml", ML_O_plasma_potassium, 17532, 4.4, 5.5},
    {"ckd-over-two-years.yaml", ML_O_plasma_bicarbonate, 17532, 18, 23},
    {"ckd-over-two-years.yaml", ML_O_body_mass, 17532, 68.5, 73},
    /* Lactate above 2 mmol/L by definition (Singer, JAMA 2016;315:801) */
    {"sepsis-fluids.yaml", ML_O_plasma_lactate, 12, 2, 5},
    {"sepsis-fluids.yaml", ML_O_mean_arterial_pressure, 4, 55, 72},
    {"sepsis-fluids.yaml", ML_O_plasma_albumin, 24, 14, 28},
    {"sepsis-fluids.yaml", ML_O_plasma_creatinine, 36, 180, 400},
    {"sepsis-fluids.yaml", ML_O_plasma_glucose, 12, 5.5, 11},
    {"sepsis-fluids.yaml", ML_O_urine_volume, 72, 3, 9},
    /* Vessels widen by a third to a half; ionized calcium 1.03 (SD 0.08) (Lind 2000); kidneys fail within a day in most (Bagshaw 2009) */
    {"septic-shock-untreated.yaml", ML_O_systemic_resistance, 12, 0.5, 0.7},
    {"septic-shock-untreated.yaml", ML_O_mean_arterial_pressure, 12, 42, 58},
    {"septic-shock-untreated.yaml", ML_O_mean_arterial_pressure, 24, 35, 52},
    {"septic-shock-untreated.yaml", ML_O_arterial_pco2, 18, 26, 33},
    {"septic-shock-untreated.yaml", ML_O_hemoglobin, 6, 148, 162},
    {"septic-shock-untreated.yaml", ML_O_plasma_albumin, 24, 25, 35},
    {"septic-shock-untreated.yaml", ML_O_plasma_lactate, 12, 2, 6.5},
    {"septic-shock-untreated.yaml", ML_O_plasma_lactate, 24, 6, 14},
    {"septic-shock-untreated.yaml", ML_O_plasma_calcium_ionized, 24, 0.95, 1.12},
    {"septic-shock-untreated.yaml", ML_O_plasma_creatinine, 24, 160, 330},
    /* Norepinephrine: 54 (8) to 76 (9) mmHg (Hamzaoui 2010) */
    {"septic-shock-treated.yaml", ML_O_hemoglobin, 5, 133, 147},
    {"septic-shock-treated.yaml", ML_O_mean_arterial_pressure, 8, 52, 68},
    {"septic-shock-treated.yaml", ML_O_mean_arterial_pressure, 9, 65, 82},
    /* Tubules starve in hours of class III to IV and not in class II */
    {"bled-untreated.yaml", ML_O_plasma_creatinine, 24, 75, 112},
    {"hemorrhage-untreated-hours.yaml", ML_O_plasma_creatinine, 24, 115, 260},
    {"hemorrhage-untreated-hours.yaml", ML_O_fractional_excretion_sodium, 18, 1, 8},
    /* Gonzalez-Alonso 1999, DeMartini 2015 */
    {"exhausted-in-heat.yaml", ML_O_core_temperature, 0.45, 39.6, 40.7},
    {"exhausted-in-heat.yaml", ML_O_core_temperature, 1, 36.5, 38.6},
    /* ATLS class III; ionized calcium of trauma with much blood mostly below 1.12 and often below 0.9 (Giancarelli, J Surg Res 2016;202:182) */
    {"hemorrhage-class-3.yaml", ML_O_mean_arterial_pressure, 0.5, 55, 78},
    {"hemorrhage-class-3.yaml", ML_O_plasma_calcium_ionized, 1.83, 0.75, 1.08},
    {"hemorrhage-class-3.yaml", ML_O_plasma_calcium_ionized, 8, 1.15, 1.27},
    {"hemorrhage-class-3.yaml", ML_O_plasma_potassium, 1.83, 4.2, 5.4},
    /* Heat stroke above 40.5 (Epstein 2019) */
    {"heat-stroke.yaml", ML_O_core_temperature, 1.66, 40.5, 42.8},
    {"heat-stroke.yaml", ML_O_core_temperature, 4, 36.7, 38},
    {"gastroenteritis-ors.yaml", ML_O_plasma_sodium, 48, 137, 143},
    {"gastroenteritis-ors.yaml", ML_O_blood_volume, 48, 4.5, 5.1},
    {"gastroenteritis-ors.yaml", ML_O_plasma_potassium, 48, 3.3, 4.3},
    {"pancreatic-fistula.yaml", ML_O_plasma_bicarbonate, 120, 16, 21.5},
    {"pancreatic-fistula.yaml", ML_O_plasma_chloride, 120, 107, 115},
    {"pancreatic-fistula.yaml", ML_O_plasma_bicarbonate, 192, 22.5, 27},
    /* Hess 2012, Janett 2015 */
    {"omeprazole-year.yaml", ML_O_plasma_magnesium_total, 8760, 0.2, 0.6},
    {"omeprazole-year.yaml", ML_O_plasma_calcium_total, 8760, 1.6, 2.28},
    {"omeprazole-year.yaml", ML_O_urine_magnesium_rate, 8760, 0, 0.04},
    /* Reginster 1993: +6.4 to 8.1 %, SD about 3 */
    {"calcium-one-gram.yaml", ML_O_plasma_calcium_total, 4, 2.40, 2.56},
    {"calcium-one-gram.yaml", ML_O_plasma_pth, 3, 10, 28},
    {"calcium-one-gram.yaml", ML_O_stool_calcium_total, 10, 14, 23},
    {"parathyroidectomy-hungry-bone.yaml", ML_O_plasma_calcium_total, 24, 1.2, 1.95},
    {"parathyroidectomy-hungry-bone.yaml", ML_O_plasma_pth, 6, -0.01, 15},
    {"parathyroidectomy-hungry-bone-calcium.yaml", ML_O_plasma_calcium_total, 48, 1.7, 2.5},
    {"parathyroidectomy-hungry-bone-calcium.yaml", ML_O_plasma_calcium_total, 240, 1.8, 2.6},
    /* Krishnan & Coulthard 2007: 0.78 to 0.92; hormone early and high, Bolan 2001, Toffaletti 1985 */
    {"plasma-exchange-citrate.yaml", ML_O_plasma_calcium_ionized, 2.167, 0.72, 1.02},
    {"plasma-exchange-citrate.yaml", ML_O_plasma_pth, 0.5, 75, 250},
    {"plasma-exchange-citrate.yaml", ML_O_plasma_calcium_ionized, 8, 1.08, 1.25},
    {"plasma-exchange-citrate.yaml", ML_O_plasma_citrate, 8, 0.05, 0.2},
    {"vitamin-d-deficiency-repair.yaml", ML_O_plasma_pth, 0, 50, 120},
    {"vitamin-d-deficiency-repair.yaml", ML_O_plasma_calcidiol, 1344, 70, 135},
    {"vitamin-d-deficiency-repair.yaml", ML_O_plasma_pth, 1344, 25, 52},
    {"vitamin-d-deficiency-repair.yaml", ML_O_plasma_calcitriol, 336, 28, 60},
    /* Phosphate falls by 30 % and more: ASPEN, Nutr Clin Pract 2020;35:178 */
    {"refeeding.yaml", ML_O_plasma_phosphate, 336, 0.25, 0.80},
    {"refeeding.yaml", ML_O_plasma_potassium, 312, 2.2, 3.4},
    {"refeeding.yaml", ML_O_plasma_magnesium_total, 336, 0.45, 0.8},
    {"potassium-needs-magnesium.yaml", ML_O_plasma_magnesium_total, 120, 0.3, 0.6},
    {"potassium-needs-magnesium.yaml", ML_O_plasma_potassium, 0, 2.6, 3.3},
    {"potassium-needs-magnesium.yaml", ML_O_plasma_potassium, 120, 2.8, 3.55},
    {"potassium-needs-magnesium.yaml", ML_O_urine_potassium_total, 120, 300, 500},
    {"potassium-needs-magnesium.yaml", ML_O_urine_potassium_rate, 144, 0.5, 2},
    {"potassium-needs-magnesium.yaml", ML_O_plasma_potassium, 240, 3.6, 5.0},
    /* The limit of 8 mmol/L a day is passed, and kept with desmopressin and water */
    {"siadh-tolvaptan.yaml", ML_O_plasma_sodium, 0, 119, 130},
    {"siadh-tolvaptan.yaml", ML_O_urine_osmolality, 3, 40, 220},
    {"siadh-tolvaptan.yaml", ML_O_plasma_sodium, 24, 133, 142},
    {"siadh-tolvaptan-rescued.yaml", ML_O_plasma_sodium, 24, 122, 134.5},
    {"siadh-urea.yaml", ML_O_plasma_sodium, 24, 125.5, 132},
    {"siadh-urea.yaml", ML_O_plasma_sodium, 96, 128, 139},
    {"thiazide-hyponatremia.yaml", ML_O_plasma_sodium, 0, 134, 142},
    {"thiazide-hyponatremia.yaml", ML_O_plasma_sodium, 192, 115, 134},
    {"thiazide-hyponatremia.yaml", ML_O_plasma_sodium, 288, 133, 144},
    {"heart-failure-furosemide.yaml", ML_O_body_mass, 120, 70, 75.75},
    {"heart-failure-furosemide.yaml", ML_O_plasma_potassium, 168, 3.4, 4.2},
    {"heart-failure-furosemide-spironolactone.yaml", ML_O_plasma_potassium, 168, 4.15, 5},
    {"addisonian-crisis.yaml", ML_O_plasma_sodium, 48, 110, 132},
    {"addisonian-crisis.yaml", ML_O_plasma_potassium, 48, 4.1, 7},
    {"addisonian-crisis.yaml", ML_O_mean_arterial_pressure, 47.5, 45, 68},
    {"addisonian-crisis.yaml", ML_O_heart_rate, 47.5, 85, 125},
    {"addisonian-crisis.yaml", ML_O_mean_arterial_pressure, 54, 76, 95},
    {"addisonian-crisis.yaml", ML_O_mean_arterial_pressure, 167, 80, 95},
    {"addisonian-crisis.yaml", ML_O_plasma_sodium, 168, 136, 143},
    {"addisonian-crisis.yaml", ML_O_plasma_potassium, 168, 3.5, 4.8},
    {"trimethoprim-ace-inhibitor.yaml", ML_O_plasma_potassium, 336, 4.6, 5.5},
    {"trimethoprim-ace-inhibitor.yaml", ML_O_plasma_potassium, 500, 5, 6.5},
    {"trimethoprim-ace-inhibitor.yaml", ML_O_plasma_potassium, 660, 4.5, 5.4},
    {"amphotericin.yaml", ML_O_plasma_potassium, 480, 2.2, 3.5},
    {"amphotericin.yaml", ML_O_plasma_magnesium_total, 480, 0.5, 0.78},
    {"amphotericin-repaired.yaml", ML_O_plasma_potassium, 480, 3.5, 5},
    {"night-cramps-thiazide-food.yaml", ML_O_plasma_potassium, 624, 3.7, 4.8},
    {"night-cramps-thiazide-supplements.yaml", ML_O_plasma_potassium, 624, 3.7, 4.9},
    /* Steurer 1997: pH 7.75 at less than 19 mmHg */
    {"dialysis-week.yaml", ML_O_plasma_potassium, 0, 4.7, 5.9},
    {"dialysis-week.yaml", ML_O_plasma_bicarbonate, 0, 19.5, 23},
    {"dialysis-week.yaml", ML_O_plasma_phosphate, 0, 1.5, 2.2},
    {"dialysis-week.yaml", ML_O_plasma_urea, 0, 20, 32},
    /* 5 mmol/L above that of health, and back to it: studies/anion-gap-kidney-failure.yaml; brain: Walters, Nephron 2001;87:143 */
    {"dialysis-week.yaml", ML_O_plasma_anion_gap, 0, 12.5, 18},
    {"dialysis-week.yaml", ML_O_plasma_anion_gap, 4, 7, 11.5},
    {"dialysis-week.yaml", ML_O_brain_water, 4, 1.015, 1.045},
    {"dialysis-week.yaml", ML_O_plasma_creatinine, 0, 700, 1200},
    {"dialysis-week.yaml", ML_O_plasma_pth, 0, 150, 700},
    {"dialysis-week.yaml", ML_O_plasma_calcium_ionized, 0, 1.05, 1.2},
    {"dialysis-week.yaml", ML_O_plasma_potassium, 4, 3.1, 3.9},
    {"dialysis-week.yaml", ML_O_plasma_potassium, 8, 3.8, 4.6},
    {"dialysis-week.yaml", ML_O_plasma_bicarbonate, 4, 24, 28},
    {"dialysis-week.yaml", ML_O_plasma_phosphate, 4, 0.45, 1.1},
    {"dialysis-week.yaml", ML_O_plasma_phosphate, 8, 0.7, 1.3},
    {"dialysis-week.yaml", ML_O_ultrafiltration_volume, 4, 2.0, 3.3},
    {"dialysis-week.yaml", ML_O_dialysis_potassium_total, 4, 60, 100},
    {"dialysis-week.yaml", ML_O_plasma_potassium, 48, 4.5, 5.6},
    {"dialysis-week.yaml", ML_O_plasma_potassium, 168, 4.7, 5.9},
    {"dialysis-too-fast.yaml", ML_O_cramp_rate, 1, 0.02, 0.4},
    {"dialysis-too-fast.yaml", ML_O_cramp_rate, 4, 0.8, 20},
    /* Pressure falls by 10 mmHg and more in most sessions (Kuipers 2016): here from 103 */
    {"dialysis-too-fast.yaml", ML_O_mean_arterial_pressure, 4, 74, 90},
    {"dialysis-too-fast.yaml", ML_O_blood_volume, 4, 3.7, 4.2},
    {"dialysis-profiled.yaml", ML_O_cramp_rate, 6, 0.1, 2.5},
    {"dialysis-profiled.yaml", ML_O_ultrafiltration_volume, 6, 3.99, 4.01},
    {"dialysis-profiled.yaml", ML_O_blood_volume, 6, 4.0, 4.5},
    {"peritoneal-dialysis-day.yaml", ML_O_plasma_potassium, 12, 3.3, 4.6},
    {"peritoneal-dialysis-day.yaml", ML_O_plasma_bicarbonate, 12, 23, 29},
    {"peritoneal-dialysis-day.yaml", ML_O_dialysis_potassium_total, 24, 22, 42},
    {"peritoneal-dialysis-day.yaml", ML_O_ultrafiltration_volume, 24, 0.5, 2},
    {"peritoneal-dialysis-day.yaml", ML_O_peritoneal_volume, 20, 2.6, 3.5},
    {"peritoneal-dialysis-day.yaml", ML_O_peritoneal_volume, 24, 0.18, 0.3},
    {"hemofiltration-citrate.yaml", ML_O_dialyzer_calcium_ionized, 12, 0.3, 0.5},
    {"hemofiltration-citrate.yaml", ML_O_plasma_calcium_ionized, 48, 1.0, 1.25},
    {"hemofiltration-citrate.yaml", ML_O_plasma_phosphate, 72, 0.4, 0.85},
    {"hemofiltration-citrate.yaml", ML_O_plasma_potassium, 24, 4.3, 5.5},
    {"hemofiltration-citrate.yaml", ML_O_plasma_bicarbonate, 48, 24, 31},
    {"hemofiltration-citrate.yaml", ML_O_plasma_urea, 72, 5, 11},
    {"hyperventilation.yaml", ML_O_plasma_ph, 0.333, 7.55, 7.75},
    {"hyperventilation.yaml", ML_O_plasma_bicarbonate, 0.333, 19, 24},
    {"hyperventilation.yaml", ML_O_plasma_ph, 1, 7.36, 7.46},
    /* Sacks 2001: sodium of urine follows what is eaten; potassium of it rises by half and more */
    {"dash-week.yaml", ML_O_plasma_potassium, 336, 3.9, 4.7},
    {"dash-week.yaml", ML_O_urine_potassium_total, 336, 1150, 1650},
    {"dash-week.yaml", ML_O_urine_sodium_total, 336, 1150, 1500},
    {"dash-week.yaml", ML_O_plasma_sodium, 336, 138, 142},
    /* what one menu lowers the other raises */
    {"renal-diet-week.yaml", ML_O_plasma_potassium, 168, 4.2, 5.0},
    {"renal-diet-week.yaml", ML_O_plasma_urea, 168, 13, 24},
    {"renal-diet-week.yaml", ML_O_urine_potassium_total, 168, 180, 330},
    {"high-potassium-week-kidney-failure.yaml", ML_O_plasma_potassium, 60, 5.1, 6.3},
    {"high-potassium-week-kidney-failure.yaml", ML_O_urine_potassium_total, 168, 650, 1000},
    {"high-potassium-week-kidney-failure.yaml", ML_O_plasma_phosphate, 160, 1.4, 2.1},
    {"athlete-plan.yaml", ML_O_plasma_sodium, 8.5, 137, 145},
    {"athlete-plan.yaml", ML_O_body_mass, 8.5, 55.5, 57.9},
    /* Kruse 1990: 20 mmol in an hour raise it by 0.25; 60 in half an hour pass by much */
    {"potassium-too-fast.yaml", ML_O_plasma_potassium, 1.5, 3.8, 6.0},
    {"potassium-too-fast.yaml", ML_O_plasma_potassium, 6, 2.8, 3.5},
    {"potassium-by-the-rules.yaml", ML_O_plasma_potassium, 11, 3.2, 4.2},
    {"siadh-saline-overcorrected.yaml", ML_O_plasma_sodium, 24, 128, 142},
    {"siadh-saline-controlled.yaml", ML_O_plasma_sodium, 24, 120, 126},
};

/* What the electrocardiogram must tell: by how much an output moves from one hour to another. Directions count; ranges are wide. */
static const struct {
    const char *file;
    int output;
    double from, to, least, most;
} moved[] = {
    {"missed-dialysis-ecg.yaml", ML_O_qrs_duration, 0, 51, 5, 120},
    {"missed-dialysis-ecg.yaml", ML_O_qrs_duration, 51, 51.333, -90, 0}, /* calcium, while potassium stays */
    {"missed-dialysis-ecg.yaml", ML_O_plasma_potassium, 51, 51.333, -0.3, 0.1},
    {"missed-dialysis-ecg.yaml", ML_O_plasma_potassium, 51.5, 52.5, -1.3, -0.15}, /* insulin */
    {"missed-dialysis-ecg.yaml", ML_O_plasma_potassium, 54, 58, -4.5, -1.8},      /* dialysis */
    {"missed-dialysis-ecg.yaml", ML_O_qrs_duration, 54, 58, -120, -3},
    {"diuretics-long-qt.yaml", ML_O_plasma_potassium, 0, 237, -2.2, -0.7},
    {"diuretics-long-qt.yaml", ML_O_qtc_interval, 0, 237, 12, 110},
    {"diuretics-long-qt.yaml", ML_O_qtc_interval, 237, 384, -120, -10},
    {"dialysis-session-ecg.yaml", ML_O_plasma_potassium, 1, 5, -4.5, -1.5},
    {"dialysis-session-ecg.yaml", ML_O_qtc_interval, 1, 5, 3, 110},
    {"dialysis-session-ecg.yaml", ML_O_qtc_interval, 5, 10, -80, 0},
    {"parathyroidectomy-hungry-bone.yaml", ML_O_qtc_interval, 0, 24, 6, 130},
    {"magnesium-overdose.yaml", ML_O_pr_interval, 0, 1, 8, 200},
    {"magnesium-overdose.yaml", ML_O_pr_interval, 1, 12, -200, -6},
    {"hyperkalemia-calcium.yaml", ML_O_qrs_duration, 2.5, 2.75, -150, -3},
    {"hyperkalemia-calcium.yaml", ML_O_plasma_potassium, 2.5, 2.75, -0.3, 0.2},
    {"hyperkalemia-calcium.yaml", ML_O_plasma_potassium, 3, 4, -1.6, -0.2},
};

/* Safety limits that a story is about: broken or kept. */
static const struct {
    const char *file, *limit;
    int broken;
} limits[] = {
    {"potassium-too-fast.yaml", "potassium_vein_hour_most", 1},
    {"potassium-too-fast.yaml", "potassium_strength", 1},
    {"potassium-by-the-rules.yaml", NULL, 0}, /* none at all */
    {"siadh-saline-overcorrected.yaml", "sodium_rise_24_most", 1},
    {"siadh-saline-controlled.yaml", "sodium_rise_24", 0},
    {"siadh-saline-controlled.yaml", "sodium_rise_48", 0},
    {"athlete-plan.yaml", NULL, 0},
    {"marathon-on-water.yaml", "exercise_gain", 1},
    {"renal-diet-week.yaml", "potassium_day_weak_kidneys", 0},
    {"renal-diet-week.yaml", "phosphorus_day_weak_kidneys", 0},
    {"high-potassium-week-kidney-failure.yaml", "phosphorus_day_weak_kidneys", 1},
};

static void scenarios_break_limits_or_keep_them(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        int broken = 0;
        read_scenario(limits[i].file, &sc);
        if (ml_run(&house, &sc, NULL, &r, &e) != MILIEU_OK) fail_msg("%s: %s: %s", limits[i].file, e.where, e.text);
        for (int k = 0; k < r.nbreach; k++)
            if (!limits[i].limit || !strcmp(r.breach[k].limit, limits[i].limit)) broken = 1;
        if (broken != limits[i].broken)
            fail_msg("%s: %s is %s", limits[i].file, limits[i].limit ? limits[i].limit : r.breach[0].limit, broken ? "broken" : "kept");
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

/* One run tells the rows of one file that follow each other; every row that is off is told. */
static void scenarios_end_where_they_should(void **state) {
    (void)state;
    int off = 0;
    const size_t n = sizeof expected / sizeof expected[0];
    for (size_t i = 0, next; i < n; i = next) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        read_scenario(expected[i].file, &sc);
        for (next = i; next < n && !strcmp(expected[next].file, expected[i].file); next++) ml_scenario_ask(&sc, expected[next].output, NULL);
        if (ml_run(&house, &sc, NULL, &r, &e) != MILIEU_OK)
            fail_msg("%s: %s: %s", expected[i].file, e.where, e.text);
        for (size_t k = i; k < next; k++) {
            const double x = ml_result_at(&r, expected[k].output, 60 * expected[k].hours);
            if (x >= expected[k].low && x <= expected[k].high) continue;
            print_error("%s: %s at %g h is %.4g, expected %g to %g\n", expected[k].file, ml_outputs[expected[k].output].name,
                        expected[k].hours, x, expected[k].low, expected[k].high);
            off++;
        }
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
    assert_int_equal(off, 0);
}

static void electrocardiograms_move_as_they_should(void **state) {
    (void)state;
    const size_t n = sizeof moved / sizeof moved[0];
    for (size_t i = 0, next; i < n; i = next) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        read_scenario(moved[i].file, &sc);
        for (next = i; next < n && !strcmp(moved[next].file, moved[i].file); next++) ml_scenario_ask(&sc, moved[next].output, NULL);
        if (ml_run(&house, &sc, NULL, &r, &e) != MILIEU_OK) fail_msg("%s: %s: %s", moved[i].file, e.where, e.text);
        for (size_t k = i; k < next; k++) {
            const double x = ml_result_at(&r, moved[k].output, 60 * moved[k].to) - ml_result_at(&r, moved[k].output, 60 * moved[k].from);
            if (!(x >= moved[k].least && x <= moved[k].most))
                fail_msg("%s: %s moves by %.4g from %g to %g h, expected %g to %g", moved[k].file, ml_outputs[moved[k].output].name, x, moved[k].from,
                         moved[k].to, moved[k].least, moved[k].most);
        }
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios_break_limits_or_keep_them),
        cmocka_unit_test(scenarios_end_where_they_should),
        cmocka_unit_test(electrocardiograms_move_as_they_should),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
