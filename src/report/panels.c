/* SPDX-License-Identifier: Apache-2.0 */
#include "report/panels.h"

#include "report/values.h"

#include <stdlib.h>
#include <string.h>

#define ONE(name)                                                                                            \
    {                                                                                                        \
        { ML_O_##name, "" }                                                                                  \
    }

#define MINERALS "Calcium, magnesium, phosphate"
#define NERVE "Nerve, muscle and cramp"

/* An output that reports tell stands alone: where it is told it is drawn wide, before all others. */
static const MlPanel table[] = {
    {"Plasma", "Sodium", ML_PANEL_VALUE, 8, ONE(plasma_sodium)},
    {"Plasma",
     "Osmolality",
     ML_PANEL_VALUE,
     16,
     {{ML_O_plasma_osmolality, "all solutes"}, {ML_O_plasma_tonicity, "effective"}}},
    {"Plasma", "Chloride", ML_PANEL_VALUE, 8, ONE(plasma_chloride)},
    {"Plasma", "Glucose", ML_PANEL_VALUE, 3, ONE(plasma_glucose)},
    {"Plasma", "Urea", ML_PANEL_VALUE, 3, ONE(plasma_urea)},
    {"Plasma", "Creatinine", ML_PANEL_VALUE, 40, ONE(plasma_creatinine)},
    {"Plasma",
     "Protein",
     ML_PANEL_VALUE,
     10,
     {{ML_O_plasma_protein, "total"}, {ML_O_plasma_albumin, "albumin"}}},
    {"Potassium", "Plasma potassium", ML_PANEL_VALUE, 1.5, ONE(plasma_potassium)},
    {"Potassium",
     "Interstitial potassium",
     ML_PANEL_VALUE,
     1.5,
     {{ML_O_muscle_interstitial_potassium, "working muscle"}, {ML_O_interstitial_potassium, "the rest"}}},
    {"Potassium", "Potassium of the body", ML_PANEL_VALUE, 100, ONE(body_potassium)},
    {"Potassium", "Potassium of muscle cell water", ML_PANEL_VALUE, 10, ONE(muscle_potassium)},
    {"Potassium",
     "Potassium since the start",
     ML_PANEL_ZERO,
     20,
     {{ML_O_intake_potassium_total, "taken in"},
      {ML_O_urine_potassium_total, "urine"},
      {ML_O_sweat_potassium_total, "sweat"},
      {ML_O_stool_potassium_total, "stool"}}},
    {"Potassium", "Fractional excretion of potassium", ML_PANEL_ZERO, 20, ONE(fractional_excretion_potassium)},
    {MINERALS, "Plasma total calcium", ML_PANEL_VALUE, 0.4, ONE(plasma_calcium_total)},
    {MINERALS, "Plasma ionized calcium", ML_PANEL_VALUE, 0.2, ONE(plasma_calcium_ionized)},
    {MINERALS, "Plasma total magnesium", ML_PANEL_VALUE, 0.4, ONE(plasma_magnesium_total)},
    {MINERALS, "Plasma ionized magnesium", ML_PANEL_VALUE, 0.2, ONE(plasma_magnesium_ionized)},
    {MINERALS, "Plasma phosphate", ML_PANEL_VALUE, 0.6, ONE(plasma_phosphate)},
    {MINERALS, "Plasma citrate", ML_PANEL_ZERO, 0.2, ONE(plasma_citrate)},
    {MINERALS, "Parathyroid hormone", ML_PANEL_ZERO, 30, ONE(plasma_pth)},
    {MINERALS, "Calcitriol", ML_PANEL_ZERO, 30, ONE(plasma_calcitriol)},
    {MINERALS, "25-hydroxyvitamin D", ML_PANEL_ZERO, 50, ONE(plasma_calcidiol)},
    {MINERALS, "Fibroblast growth factor 23", ML_PANEL_ZERO, 30, ONE(plasma_fgf23)},
    {MINERALS,
     "Urine excretion of minerals",
     ML_PANEL_ZERO,
     0.2,
     {{ML_O_urine_calcium_rate, "calcium"}, {ML_O_urine_magnesium_rate, "magnesium"}, {ML_O_urine_phosphate_rate, "phosphate"}}},
    {MINERALS,
     "Fractional excretion of minerals",
     ML_PANEL_ZERO,
     2,
     {{ML_O_fractional_excretion_calcium, "calcium"},
      {ML_O_fractional_excretion_magnesium, "magnesium"},
      {ML_O_fractional_excretion_phosphate, "phosphate"}}},
    {MINERALS, "Calcium since the start", ML_PANEL_ZERO, 5, {{ML_O_intake_calcium_total, "taken in"}, {ML_O_urine_calcium_total, "urine"}, {ML_O_stool_calcium_total, "stool"}}},
    {MINERALS, "Magnesium since the start", ML_PANEL_ZERO, 5, {{ML_O_intake_magnesium_total, "taken in"}, {ML_O_urine_magnesium_total, "urine"}, {ML_O_stool_magnesium_total, "stool"}}},
    {MINERALS, "Phosphate since the start", ML_PANEL_ZERO, 5, {{ML_O_intake_phosphate_total, "taken in"}, {ML_O_urine_phosphate_total, "urine"}, {ML_O_stool_phosphate_total, "stool"}}},
    {MINERALS,
     "Change of what the body holds since the start",
     ML_PANEL_CHANGE,
     5,
     {{ML_O_body_calcium, "calcium"}, {ML_O_body_magnesium, "magnesium"}, {ML_O_body_phosphate, "phosphate"}}},
    {MINERALS, "Magnesium of muscle cell water", ML_PANEL_VALUE, 1, ONE(muscle_magnesium)},
    {"Acid and base", "Plasma pH", ML_PANEL_VALUE, 0.1, ONE(plasma_ph)},
    {"Acid and base", "Plasma bicarbonate", ML_PANEL_VALUE, 6, ONE(plasma_bicarbonate)},
    {"Acid and base", "CO2 tension", ML_PANEL_VALUE, 10, ONE(arterial_pco2)},
    {"Acid and base",
     "Organic acids",
     ML_PANEL_ZERO,
     2,
     {{ML_O_plasma_lactate, "lactate"}, {ML_O_plasma_ketones, "ketones"}}},
    {"Acid and base", "Anion gap", ML_PANEL_VALUE, 6, ONE(plasma_anion_gap)},
    {"Acid and base", "Strong ion difference", ML_PANEL_VALUE, 6, ONE(plasma_strong_ion_difference)},
    {"Acid and base", "Urine pH", ML_PANEL_VALUE, 2, ONE(urine_ph)},
    {"Acid and base",
     "Base and ammonium of urine",
     ML_PANEL_ZERO,
     2,
     {{ML_O_urine_bicarbonate_rate, "bicarbonate"}, {ML_O_urine_ammonium_rate, "ammonium"}}},
    {"Water of the body",
     "Change of water since the start",
     ML_PANEL_CHANGE,
     0.5,
     {{ML_O_body_water, "whole body"}, {ML_O_ecf_volume, "outside cells"}, {ML_O_icf_volume, "in cells"}}},
    {"Water of the body", "Body mass", ML_PANEL_VALUE, 1, ONE(body_mass)},
    {"Water of the body", "Plasma volume", ML_PANEL_VALUE, 0.4, ONE(plasma_volume)},
    {"Water of the body", "Interstitial water", ML_PANEL_VALUE, 1, ONE(interstitial_volume)},
    {"Water of the body", "Blood volume", ML_PANEL_VALUE, 0.5, ONE(blood_volume)},
    {"Water of the body", "Brain water, to own baseline", ML_PANEL_VALUE, 0.02, ONE(brain_water)},
    {"In and out",
     "Water since the start",
     ML_PANEL_ZERO,
     0.5,
     {{ML_O_intake_water, "taken in"},
      {ML_O_urine_volume, "urine"},
      {ML_O_sweat_volume, "sweat"},
      {ML_O_insensible_volume, "skin, breath"}}},
    {"In and out", "Water balance", ML_PANEL_VALUE, 0.5, ONE(water_balance)},
    {"In and out",
     "Sodium since the start",
     ML_PANEL_ZERO,
     20,
     {{ML_O_intake_sodium_total, "taken in"},
      {ML_O_urine_sodium_total, "urine"},
      {ML_O_sweat_sodium_total, "sweat"},
      {ML_O_stool_sodium_total, "stool"}}},
    {"In and out",
     "Fluid in stomach and gut",
     ML_PANEL_ZERO,
     0.2,
     {{ML_O_gastric_volume, "stomach"}, {ML_O_gut_volume, "intestine"}}},
    {"In and out", "Sweat rate", ML_PANEL_ZERO, 0.1, ONE(sweat_rate)},
    {"In and out", "Sweat sodium", ML_PANEL_ZERO, 20, ONE(sweat_sodium)},
    {"Kidney", "Urine flow", ML_PANEL_ZERO, 2, ONE(urine_flow)},
    {"Kidney", "Urine osmolality", ML_PANEL_ZERO, 200, ONE(urine_osmolality)},
    {"Kidney",
     "Urine concentrations",
     ML_PANEL_ZERO,
     50,
     {{ML_O_urine_sodium, "sodium"}, {ML_O_urine_potassium, "potassium"}, {ML_O_urine_chloride, "chloride"}}},
    {"Kidney",
     "Urine excretion",
     ML_PANEL_ZERO,
     5,
     {{ML_O_urine_sodium_rate, "sodium"},
      {ML_O_urine_potassium_rate, "potassium"},
      {ML_O_urine_chloride_rate, "chloride"}}},
    {"Kidney", "Glomerular filtration", ML_PANEL_ZERO, 30, ONE(gfr)},
    {"Kidney",
     "Fractional excretion",
     ML_PANEL_ZERO,
     1,
     {{ML_O_fractional_excretion_sodium, "sodium"}, {ML_O_fractional_excretion_chloride, "chloride"}}},
    {"Hormones and thirst", "Vasopressin", ML_PANEL_ZERO, 2, ONE(plasma_adh)},
    {"Hormones and thirst", "Thirst, 0 to 1", ML_PANEL_ZERO, 1, ONE(thirst)},
    {"Hormones and thirst", "Aldosterone", ML_PANEL_ZERO, 200, ONE(plasma_aldosterone)},
    {"Hormones and thirst",
     "Renin and atrial peptide, to normal",
     ML_PANEL_ZERO,
     1,
     {{ML_O_plasma_renin, "renin"}, {ML_O_plasma_anp, "atrial peptide"}}},
    {"Hormones and thirst", "Insulin", ML_PANEL_ZERO, 50, ONE(plasma_insulin)},
    {"Circulation and heat", "Mean arterial pressure", ML_PANEL_VALUE, 20, ONE(mean_arterial_pressure)},
    {"Circulation and heat", "Central venous pressure", ML_PANEL_VALUE, 4, ONE(central_venous_pressure)},
    {"Circulation and heat", "Heart rate", ML_PANEL_VALUE, 30, ONE(heart_rate)},
    {"Circulation and heat", "QT interval, corrected for rate", ML_PANEL_VALUE, 40, ONE(qtc_interval)},
    {"Circulation and heat", "PR interval and QRS complex", ML_PANEL_VALUE, 30, {{ML_O_pr_interval, "PR"}, {ML_O_qrs_duration, "QRS"}}},
    {"Circulation and heat", "Core temperature", ML_PANEL_VALUE, 1.5, ONE(core_temperature)},
    {"Circulation and heat", "Hematocrit", ML_PANEL_VALUE, 0.05, ONE(hematocrit)},
    {NERVE, "Axon threshold, to normal", ML_PANEL_VALUE, 0.4, {{ML_O_motor_axon_threshold, "motor"}, {ML_O_sensory_axon_threshold, "sensory"}}},
    {NERVE, "How far axons are from firing by themselves", ML_PANEL_ZERO, 2, {{ML_O_sensory_axon_margin, "sensory"}, {ML_O_motor_axon_margin, "motor"}}},
    {NERVE, "Axon resting potential", ML_PANEL_VALUE, 6, {{ML_O_motor_axon_resting_potential, "motor"}, {ML_O_sensory_axon_resting_potential, "sensory"}}},
    {NERVE, "Axon conduction velocity", ML_PANEL_VALUE, 8, {{ML_O_motor_axon_conduction_velocity, "motor"}, {ML_O_sensory_axon_conduction_velocity, "sensory"}}},
    {NERVE, "Muscle resting potential", ML_PANEL_VALUE, 10, {{ML_O_muscle_resting_potential, ""}}},
    {NERVE, "Muscle, to normal", ML_PANEL_VALUE, 0.4, {{ML_O_muscle_force, "force"}, {ML_O_muscle_excitable_fraction, "excitable fibers"}, {ML_O_endplate_transmission, "endplates that transmit"}}},
    {NERVE, "Tendon reflex gain, to normal", ML_PANEL_VALUE, 0.5, {{ML_O_reflex_gain, ""}}},
    {NERVE, "Cramp threshold, with the band of four in five people", ML_PANEL_BAND, 8, {{ML_O_cramp_threshold_frequency, ""}, {ML_O_cramp_threshold_low, "low"}, {ML_O_cramp_threshold_high, "high"}}},
    {NERVE, "Cramps to be expected", ML_PANEL_ZERO, 0.01, {{ML_O_cramp_rate, ""}}},
};

enum { NTABLE = sizeof table / sizeof *table };

/* Keeps the stored series of a panel; returns their number. */
static int keep_stored(const MlResult *r, MlPanel *p) {
    int kept = 0;
    for (int k = 0; k < ML_PANEL_SERIES && p->series[k].label; k++)
        if (ml_result_series(r, p->series[k].output)) p->series[kept++] = p->series[k];
    for (int k = kept; k < ML_PANEL_SERIES; k++) p->series[k].label = NULL;
    return kept;
}

static int is_in_table(int output) {
    for (int i = 0; i < NTABLE; i++)
        for (int k = 0; k < ML_PANEL_SERIES && table[i].series[k].label; k++)
            if (table[i].series[k].output == output) return 1;
    return 0;
}

static int is_flagged(const MlResult *r, int output) {
    for (int i = 0; i < r->nflag; i++)
        if (r->flag[i].output == output ||
            (output == ML_O_cramp_threshold_frequency && r->flag[i].flag == ML_FLAG_muscle_cramp))
            return 1;
    return 0;
}

int ml_panel_is_ordinary(const MlResult *r, const MlPanel *panel) {
    if (strcmp(panel->group, NERVE) != 0) return 0;
    for (int k = 0; k < ML_PANEL_SERIES && panel->series[k].label; k++) {
        const int output = panel->series[k].output;
        const MlExtremes x = ml_extremes(r, output);
        double low, high;
        if (x.n == 0) continue;
        if (x.high - x.low >= panel->min_span / 2 || is_flagged(r, output)) return 0;
        if (ml_reference(output, ML_UNITS_SI, &low, &high, NULL) && (x.low < low || x.high > high)) return 0;
    }
    return 1;
}

MlPanel *ml_panels(const MlResult *r, int *n) {
    MlPanel *panels = calloc((size_t)NTABLE + (size_t)r->noutput, sizeof *panels);
    *n = 0;
    if (!panels) return NULL;
    for (int i = 0; i < NTABLE; i++) {
        panels[*n] = table[i];
        if (keep_stored(r, &panels[*n])) ++*n;
    }
    for (int i = 0; i < r->noutput; i++) {
        if (is_in_table(r->output[i])) continue;
        const char *text = ml_outputs[r->output[i]].text;
        MlPanel *p = &panels[(*n)++];
        *p = (MlPanel){.group = "More", .title = text, .mode = ML_PANEL_VALUE};
        p->series[0].output = r->output[i];
        p->series[0].label = "";
    }
    return panels;
}
