/* SPDX-License-Identifier: Apache-2.0 */
#include "person/person.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "person/size.h"
#include "timeline/tables.h"

typedef struct Preset {
    const char *name;
    MlChoice sex;
    double age, height, mass, body_fat, diet[ML_NDIET], acclimation, oxygen_max;
    const char *text;
} Preset;

static const Preset presets[] = {
#define PRESET(name, sex, age, height, mass, fat, na, k, ca, mg, p, water, food_water, protein, energy,      \
               acclimation, oxygen_max, text)                                                                            \
    {                                                                                                        \
        name,                                                                                                \
        ML_C_##sex,                                                                                          \
        age,                                                                                                 \
        height,                                                                                              \
        mass,                                                                                                \
        fat,                                                                                                 \
        {na, k, ca, mg, p, water, food_water, protein, energy},                                              \
        acclimation,                                                                                         \
        oxygen_max,                                                                                          \
        text},
#include "person/presets.def"
};

int ml_preset_count(void) { return (int)(sizeof presets / sizeof presets[0]); }
MlPresetInfo ml_preset_info(int i) {
    const Preset *p = &presets[i];
    MlPresetInfo info = {.name = p->name, .text = p->text, .sex = p->sex, .age = p->age};
    memcpy(info.diet, p->diet, sizeof info.diet);
    return info;
}
int ml_preset_find(const char *name) {
    for (int i = 0; i < ml_preset_count(); i++)
        if (!strcmp(presets[i].name, name)) return i;
    return -1;
}

/* ---- parameters ---- */

#define P(id) (person->param[ML_P_##id])

static void scale_parameters(MlPerson *person) {
    const double water = person->body_water / 42.0, blood = ml_blood_volume(person) / 5.2;
    const double skin = ml_body_surface(person) / 1.85;
    for (int i = 0; i < ML_NPARAM; i++) {
        double factor = 1;
        switch (ml_params[i].scale) {
        case ML_SCALE_WATER:
            factor = water;
            break;
        case ML_SCALE_WATERINV:
            factor = 1.0 / water;
            break;
        case ML_SCALE_BLOOD:
            factor = blood;
            break;
        case ML_SCALE_BLOODINV:
            factor = 1.0 / blood;
            break;
        case ML_SCALE_SKIN:
            factor = skin;
            break;
        case ML_SCALE_ONE:
        case ML_SCALE_OWN:
            break;
        }
        person->param[i] = ml_params[i].normal * factor;
    }
}

/* Volumes and contents of compartments that follow from size. */
typedef struct Sizes {
    double plasma_water, redcell_volume, interstitial, muscle, other, brain;
} Sizes;

static Sizes sizes(const MlPerson *person) {
    const MlTypical t = ml_typical(person);
    Sizes s;
    const double blood = P(blood_volume_normal), hct = 0.91 * t.hematocrit;
    s.redcell_volume = hct * blood;
    s.plasma_water = (1.0 - P(plasma_lipid) - 71.0 * P(protein_specific_volume)) * (1.0 - hct) * blood;
    s.interstitial = t.extracellular * person->body_water - s.plasma_water;
    s.brain = person->sex == ML_C_MALE ? 1.12 : 1.0; /* brain 1.4 and 1.25 kg, 78-80 % water: ICRP 89 */
    const double cells =
        (1.0 - t.extracellular) * person->body_water - P(redcell_water_share) * s.redcell_volume - s.brain -
        P(glycogen_water_normal);
    s.muscle = P(muscle_share) * cells;
    s.other = cells - s.muscle;
    return s;
}

static double fixed_solutes(const MlPerson *person, double water, double ions) {
    return water * (P(tonicity_normal) - P(osmotic_coefficient) * ions);
}

/* Of cell water, mmol/L: assumed (params.def). */
static const double muscle_magnesium = 14, other_magnesium = 12, muscle_phosphate = 7, other_phosphate = 6;

static void own_parameters(MlPerson *person) {
    P(body_mass) = person->mass;
    P(body_surface) = ml_body_surface(person);
    P(blood_volume_normal) = ml_blood_volume(person);
    P(redcell_hemoglobin_normal) = P(redcell_hemoglobin) * 0.91 * ml_typical(person).hematocrit * P(blood_volume_normal);
    P(gfr_normal) = ml_healthy_gfr(30) * P(body_surface) / 1.73;
    P(gfr_rest) = ml_healthy_gfr(person->age) * P(body_surface) / 1.73;
    /* a third of what it is at 30 y is gone at 75: Tryding, Scand J Urol Nephrol 1988;22:141 */
    P(pulse_most) = 208.0 - 0.7 * person->age;
    P(concentrating_ability) = 1.0 - (person->age > 30 ? 0.007 * (person->age - 30) : 0.0);
    /* the old dilute less: Crowe, Age Ageing 1987;16:285; size assumed */
    P(least_osmolality) *= 1.0 + (person->age > 30 ? 0.014 * (person->age - 30) : 0.0);
    if (person->age > 65) {
        P(thirst_slope) *= 0.6;   /* Phillips, N Engl J Med 1984;311:753; half the drinking: elderly-hypertonicity */
        P(mouth_reflex) *= 0.25;  /* no fall of vasopressin on drinking: Phillips, Am J Physiol 1993;264:R877 */
    }
    const Sizes s = sizes(person);
    P(body_water_normal) = person->body_water;
    P(interstitial_water_normal) = s.interstitial;
    P(muscle_potassium_normal) = P(muscle_potassium_level) * s.muscle;
    P(other_potassium_normal) = P(other_potassium_level) * s.other;
    P(muscle_magnesium_normal) = muscle_magnesium * s.muscle;
    P(other_magnesium_normal) = other_magnesium * s.other;
    P(muscle_phosphate_normal) = muscle_phosphate * s.muscle;
    P(other_phosphate_normal) = other_phosphate * s.other;
    /* ions of a cell at normal levels (ml_person_guess), the rest is what osmotic balance leaves over */
    P(muscle_fixed_normal) = fixed_solutes(person, s.muscle, P(muscle_potassium_level) + P(muscle_sodium_level) + P(muscle_chloride_level) + muscle_phosphate);
    P(other_fixed_normal) = fixed_solutes(person, s.other, P(other_potassium_level) + P(other_sodium_level) + P(other_chloride_level) + other_phosphate);
    /* as much as gives a healthy kidney of that age the creatinine that goes with its filtration */
    P(creatinine_production) = ml_epi_creatinine(person, ml_healthy_gfr(person->age)) * (P(creatinine_clearance) * P(gfr_rest) + P(creatinine_outside));
    P(brain_water_normal) = s.brain;
    P(brain_sodium_normal) = 58.0 * s.brain;
    P(brain_potassium_normal) = 105.0 * s.brain;
    P(brain_osmolyte_normal) = 60.0 * s.brain;
    P(protein_total_normal) =
        71.0 * s.plasma_water / (1.0 - P(plasma_lipid) - 71.0 * P(protein_specific_volume)) +
        21.0 * s.interstitial;
}

/* What the body is used to burn. */
static void balance_diet(MlPerson *person) {
    const double *d = person->diet.value;
    const double per_day = 1440.0;
    const double transit = ml_params[ML_P_transit_rate].normal;
    P(amino_oxidation_normal) = 0.88 * d[ML_DIET_PROTEIN] / per_day; /* digestibility and stool */

    /* What the habitual diet brings is what is burned: mass holds. Food is made up as in ml_diet_add. */
    const double starch = P(starch_digestion) / (P(starch_digestion) + transit);
    const double carbohydrate = fmax(0.67 * d[ML_DIET_ENERGY] - 4.0 * d[ML_DIET_PROTEIN], 0) / 4.0;
    const double absorbed = (0.4 * 0.986 + 0.6 * starch) * carbohydrate; /* a little sugar passes, as starch does */
    const double fuel = 0.33 * d[ML_DIET_ENERGY] / 9.0 + absorbed + 0.88 * d[ML_DIET_PROTEIN];
    P(carbohydrate_normal) = fmax(absorbed / 0.180156 / per_day, ml_params[ML_P_carbohydrate_normal].low);
    P(fuel_energy) = d[ML_DIET_ENERGY] / fmax(fuel, 1);
}

/* Sets filtration and the nephrons that do it (nephrons.inc). */
static void set_gfr(MlPerson *person, double gfr) {
    P(gfr_rest) = gfr;
    P(nephrons) = fmax(gfr / P(gfr_normal), ml_params[ML_P_nephrons].low);
}

/* Capillary pressure that balances filtration and lymph at normal contents. */
static void balance_capillary(MlPerson *person) {
    const double cp = 7.1, ci = 2.1; /* g/dL */
    const double pp = cp * (2.1 + cp * (0.16 + cp * 0.009)), pi = ci * (2.1 + ci * (0.16 + ci * 0.009));
    P(capillary_pressure_normal) = P(interstitial_pressure_normal) + P(reflection) * (pp - pi) +
                                   P(lymph_normal) / P(filtration_coefficient);
    P(oncotic_normal) = pp;
}

/* ---- conditions ---- */

static const double stage_gfr[] = {100e-3, 75e-3, 52e-3,
                                   37e-3,  22e-3, 10e-3}; /* G1 ... G5, middle, L/min/1.73 m2 */

/* What is left of the kidneys of those on hemodialysis, mL/min, unless `gfr` says more: most have lost the rest after some
 * years; `anuric` ends it at t = 0. */
static const double residual_gfr = 1;

static double measure(const MlConditionSpec *c, const char *name, double otherwise) {
    for (int i = 0; i < c->nmeasure; i++)
        if (!strcmp(c->measure[i].name, name)) return c->measure[i].value;
    return otherwise;
}

/* Row of stage_gfr: "ckd-3a" ... "ckd-5". */
static int stage_of(const char *name) {
    return name[4] == '3' ? (name[5] == 'a' ? 2 : 3) : name[4] - '0';
}

/* A measured value, or what stands for it. */
static double spec_lab(const MlPersonSpec *spec, int output, double otherwise) {
    for (int i = 0; i < spec->nlab; i++)
        if (spec->lab[i].output == output) return spec->lab[i].value;
    return otherwise;
}

/* The share of the tubular maximum whose loss holds plasma magnesium (mmol/L) there: filtrate holds 0.8 of what a liter of
 * plasma water does, and the maximum lies just below. */
static double wasting_for(const MlPerson *person, double magnesium) {
    return fmin(fmax(1 - 0.8 * magnesium / 0.93 / P(magnesium_threshold), 0), 0.95);
}

/* Late pregnancy: filtration half as much again (50-80 % at its height, less toward the end: Davison, Am J Kidney Dis
 * 1987;9:248); carbon dioxide tension 30 mmHg and a bicarbonate threshold of 19 mmol/L (27 and 19: Lim, Katz & Lindheimer,
 * Am J Physiol 1976;231:1764); thresholds of vasopressin and thirst lower, with an osmolality 10 mOsm/kg below normal
 * (Davison, J Clin Invest 1988;81:798); aldosterone doubled (15-101 against 2-9 ng/dL: Abbassi-Ghanavati, Obstet Gynecol
 * 2009;114:1326), of whose action on potassium progesterone takes most (assumed: potassium is 0.1 to 0.3 mmol/L lower, Institute
 * of Medicine, Dietary Reference Intakes for Water, Potassium, Sodium, Chloride, and Sulfate, 2005). Calcitriol doubles (assumed;
 * it rises with the uptake of calcium: Cross, Am J Clin Nutr 1995;61:514) by a constant part, though most comes from the mother's
 * own kidneys (Institute of Medicine, Dietary Reference Intakes for Calcium and Vitamin D, 2011). Plasma rises by 46 %
 * (45.6 %: de Haas, Ultrasound Obstet Gynecol 2017;49:177; 42 to 48 %: Aguree, BMC Pregnancy Childbirth 2019) and red cells by 18 %, more with
 * iron (Hytten, Clin Haematol 1985;14:601). The heart beats 15 /min faster and vessels are wide (79 to 87 /min and a mean pressure of 80 to 87 mmHg
 * from the tenth week to the end: Loerup, BMC Med 2019;17:167; against whom is not pregnant, assumed). Protein falls by dilution alone. The child's own uptake (25-30 g of calcium, most of it at the end: 7 mmol a day assumed) is not followed. */
static void become_pregnant(MlPerson *person) {
    P(gfr_rest) *= 1.45;
    P(gfr_normal) *= 1.45;
    P(distal_delivery_normal) *= 1.45;
    P(blood_volume_normal) *= 1.355;
    P(redcell_hemoglobin_normal) *= 1.18;
    P(pulse_rest) += 15;
    P(arterial_pressure_normal) -= 4;
    P(pco2_normal) -= 9;
    P(bicarbonate_standard) -= 4.5; /* the kidney has answered */
    P(bicarbonate_normal) -= 4.8;
    P(threshold_bicarbonate) -= 4.8;
    P(adh_threshold) -= 8;
    P(thirst_threshold) -= 8;
    P(calcitriol_outside) = 1.05;
    P(aldosterone_capacity) *= 3;
    P(progesterone_block) = 0.8;
}

/* In balance, the urine osmolality (mOsm/kg) tells what is drunk with what is eaten: salts and their anions, urea of protein, and
 * 45 mOsm/m2 of other solutes; skin, breath and stool lose 0.37 L/m2 a day more than metabolism makes, as in the steady state. */
static void drink_for(MlPerson *person, double uosm) {
    double *d = person->diet.value;
    const double salts = 1.86 * 0.93 * (d[ML_DIET_SODIUM] + d[ML_DIET_POTASSIUM]), urea = 4.8 * d[ML_DIET_PROTEIN];
    d[ML_DIET_WATER] = fmin((salts + urea + 45 * P(body_surface)) / uosm + 0.37 * P(body_surface), 8);
}

/* What a severity of 1, 2 or 3 means is assumed: no study gives these sizes. */
static milieu_code apply_condition(MlPerson *person, const MlPersonSpec *spec, const MlConditionSpec *c, milieu_error *err) {
    const int k = ml_condition_find(c->name);
    if (k < 0)
        return ml_fail(err, MILIEU_BAD_INPUT, "person.conditions", "there is no condition \"%s\"", c->name);
    const double severity = measure(c, "severity", 2);
    const double size = P(body_surface) / 1.73;
    if (!strncmp(c->name, "ckd-", 4))
        set_gfr(person, 1e-3 * measure(c, "gfr", 1e3 * size * stage_gfr[stage_of(c->name)]));
    else if (!strcmp(c->name, "anuria"))
        person->anuric = 1;
    else if (!strcmp(c->name, "hemodialysis")) {
        person->since_dialysis = measure(c, "since_dialysis", 68 * 60);
        if (!(spec->gfr >= 1)) set_gfr(person, 1e-3 * residual_gfr);
        P(redcells_least) = 0.73; /* hemoglobin of 110 g/L, aimed at with erythropoietin: KDIGO, Kidney Int Suppl 2012;2:279 */
    } else if (!strcmp(c->name, "type-1-diabetes"))
        person->insulin_lack = measure(c, "severity", 3) >= 3 ? 1 : severity >= 2 ? 0.9 : 0.7;
    else if (!strcmp(c->name, "diabetes-insipidus"))
        P(adh_neurons) = severity >= 3 ? 0.0002 : severity >= 2 ? 0.018 : 0.06;
    else if (!strcmp(c->name, "primary-aldosteronism"))
        P(aldosterone_autonomous) = severity >= 3 ? 5 : severity >= 2 ? 3 : 2;
    else if (!strcmp(c->name, "adrenal-insufficiency")) {
        P(aldosterone_capacity) = severity >= 3 ? 0.02 : severity >= 2 ? 0.1 : 0.3;
        P(cortisol_made) = severity >= 3 ? 0.02 : severity >= 2 ? 0.3 : 0.7;
    } else if (!strcmp(c->name, "siadh")) {
        /* vasopressin is normal to some times normal, whatever the tonicity (Robertson, Am J Med 2006;119:S36); how it goes with the
           urine is calibrated: tolvaptan (salt-2006, very-low-tolvaptan-2020), fluid-restriction-2020 */
        const double uosm = measure(c, "urine_osmolality", severity >= 3 ? 600 : severity >= 2 ? 450 : 300);
        person->adh_release = 0.8 * (uosm / 450.0) * (uosm / 450.0);
        if (measure(c, "urine_osmolality", 0) > 0 && isnan(ml_diet_value(&spec->diet, ML_DIET_WATER, person->mass))) drink_for(person, uosm);
    } else if (!strcmp(c->name, "heart-failure")) {
        P(underfilling) = severity >= 3 ? 0.19 : severity >= 2 ? 0.15 : 0.08;
        set_gfr(person, P(gfr_rest) * (severity >= 3 ? 0.5 : severity >= 2 ? 0.7 : 0.9));
    } else if (!strcmp(c->name, "cirrhosis")) {
        P(underfilling) = severity >= 3 ? 0.15 : severity >= 2 ? 0.11 : 0.06;
        set_gfr(person, P(gfr_rest) * (severity >= 3 ? 0.6 : severity >= 2 ? 0.8 : 0.95));
        if (severity >= 2) P(ascites_return) = (severity >= 3 ? 0.45 : 0.93) / 1440.0; /* severe: ascites-spironolactone */
        P(protein_total_normal) *= severity >= 3 ? 0.84 : severity >= 2 ? 0.9 : 0.95; /* albumin is made less */
    } else if (!strcmp(c->name, "hypoparathyroidism"))
        P(parathyroid_capacity) = severity >= 3 ? 0.002 : severity >= 2 ? 0.06 : 0.25;
    else if (!strcmp(c->name, "primary-hyperparathyroidism")) {
        P(pth_set_point) = severity >= 3 ? 1.3 : severity >= 2 ? 1.15 : 1.07; /* of calcium; tissue grows besides */
        P(parathyroid_capacity) = severity >= 3 ? 5 : severity >= 2 ? 2 : 1.4;
    } else if (!strcmp(c->name, "vitamin-d-deficiency"))
        P(calcidiol_supply) = measure(c, "plasma_calcidiol", severity >= 3 ? 6 : severity >= 2 ? 15 : 25);
    else if (!strcmp(c->name, "magnesium-deficiency"))
        person->magnesium_wasting = wasting_for(person, measure(c, "plasma_magnesium_total", spec_lab(spec, ML_O_plasma_magnesium_total, severity >= 3 ? 0.3 : severity >= 2 ? 0.45 : 0.6)));
    else if (!strcmp(c->name, "cramp-prone"))
        P(cramp_prone) = measure(c, "severity", 3) / 3;
    else if (!strcmp(c->name, "pregnancy"))
        become_pregnant(person);
    return MILIEU_OK;
}

/* ---- building ---- */

static int tells_kidneys(const MlPersonSpec *spec) {
    if (spec->ckd_stage != ML_CHOICE_NONE || !isnan(spec->gfr) || spec->anuric > 0) return 1;
    for (int i = 0; i < spec->ncondition; i++)
        if (!strncmp(spec->condition[i].name, "ckd-", 4) || !strcmp(spec->condition[i].name, "anuria")) return 1;
    return 0;
}

/* Where nothing else tells how the kidneys work, creatinine does, by the formula that a laboratory would use. */
static void gfr_of_creatinine(const MlPersonSpec *spec, MlPerson *person) {
    const double creatinine = spec_lab(spec, ML_O_plasma_creatinine, NAN);
    if (!isnan(creatinine) && !tells_kidneys(spec)) set_gfr(person, ml_epi_gfr(person, creatinine) * P(body_surface) / 1.73);
}

/* Creatinine made, against what age, sex and mass let expect, that a measured creatinine may ask for: between a wasted and a
 * muscular body. Beyond it creatinine is on its way, and filtration was not as it is stated. */
static const double least_made = 0.4, most_made = 2;

/* What the kidneys do not explain of a measured creatinine is muscle: as much is made. */
static void creatinine_made(const MlPersonSpec *spec, MlPerson *person) {
    const double creatinine = spec_lab(spec, ML_O_plasma_creatinine, NAN);
    if (isnan(creatinine) || person->anuric) return;
    const double cleared = P(creatinine_clearance) * P(gfr_rest) + P(creatinine_outside);
    const double wasted = fmax(1 - P(nephrons) / P(creatinine_nephrons), 0);
    const double made = creatinine * cleared / (1 - P(creatinine_wasting) * wasted), usual = P(creatinine_production);
    if (made >= least_made * usual && made <= most_made * usual) P(creatinine_production) = made;
}

/* What people eat of themselves as kidneys fail, where their diet is not stated: protein 1.01, 0.85, 0.70 and 0.54 g/kg a day at
 * a creatinine clearance above 50, of 25-50, 10-25 and below 10 mL/min (Ikizler, J Am Soc Nephrol 1995;6:1386), and in proportion the
 * minerals that come with it (assumed). Below 15 mL/min they eat and drink less of everything, energy aside (assumed; sodium below
 * 100 mmol is advised: Ikizler, KDOQI nutrition guideline, Am J Kidney Dis 2020;76 Suppl 1:S1). */
static void eat_less(const MlPersonSpec *spec, MlPerson *person) {
    static const int with_protein[] = {ML_DIET_PROTEIN, ML_DIET_POTASSIUM, ML_DIET_PHOSPHORUS, ML_DIET_MAGNESIUM};
    static const int all[] = {ML_DIET_SODIUM, ML_DIET_WATER};
    if (person->since_dialysis > 0) return;
    const double gfr = 1e3 * P(gfr_rest) * 1.73 / P(body_surface);
    const double protein = fmin(fmax(1 - 0.2 * log(70 / gfr), 0.5), 1), food = fmin(fmax(1 - 0.35 * log(15 / gfr), 0.4), 1);
    for (size_t i = 0; i < sizeof with_protein / sizeof with_protein[0]; i++)
        if (isnan(ml_diet_value(&spec->diet, with_protein[i], person->mass))) person->diet.value[with_protein[i]] *= protein;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (isnan(ml_diet_value(&spec->diet, all[i], person->mass))) person->diet.value[all[i]] *= food;
    person->diet.food_potassium = person->diet.value[ML_DIET_POTASSIUM];
}

static double given(double value, double otherwise) { return isnan(value) ? otherwise : value; }

static void describe(MlPerson *person) {
    int n = snprintf(person->text, sizeof person->text,
                     "%s of %.0f, %.2f m, %.1f kg (body water %.1f L), GFR %.0f mL/min",
                     person->sex == ML_C_MALE ? "Man" : "Woman", person->age, person->height, person->mass,
                     person->body_water, 1000.0 * P(gfr_rest));
    if (person->anuric && n > 0 && n < (int)sizeof person->text)
        n += snprintf(person->text + n, sizeof person->text - (size_t)n, " until t = 0, then no kidneys");
    if (person->insulin_lack > 0 && n > 0 && n < (int)sizeof person->text)
        snprintf(person->text + n, sizeof person->text - (size_t)n, "; secretes %.0f %% of the insulin from t = 0 on", 100 * (1 - person->insulin_lack));
}

int ml_preset_of(const MlPersonSpec *spec) {
    return ml_preset_find(*spec->preset ? spec->preset : spec->sex == ML_C_FEMALE ? "adult-woman" : "adult-man");
}

/* What patients on hemodialysis are told to eat and drink, for 70 kg (Ikizler, KDOQI nutrition guideline, Am J Kidney Dis
 * 2020;76 Suppl 1:S1: protein 1.0-1.2 g/kg, sodium below 100 mmol; phosphorus 0.8-1 g, here less what binders hold), in the order of diet.def. */
static const double dialysis_diet[ML_NDIET] = {130, 52, 20, 9, 32, 1.6, 0.7, 75, 2200};

static milieu_code fill(const MlPersonSpec *spec, MlPerson *person, milieu_error *err) {
    const int i = ml_preset_of(spec);
    if (i < 0)
        return ml_fail(err, MILIEU_BAD_INPUT, "person.preset", "there is no preset \"%s\"", spec->preset);
    const Preset *p = &presets[i];
    snprintf(person->preset, sizeof person->preset, "%s", p->name);
    person->sex = spec->sex == ML_CHOICE_NONE ? p->sex : spec->sex;
    person->age = given(spec->age, p->age);
    person->height = given(spec->height, p->height);
    person->mass = given(spec->mass, p->mass);
    person->body_fat = given(spec->body_fat, p->body_fat);
    /* Eaten in proportion to what the body burns where nothing else is said (Kleiber, Hilgardia 1932;6:315). */
    const int dialyzed = ml_person_has_condition(spec, "hemodialysis");
    const double size = pow(person->mass / (dialyzed ? 70 : p->mass), 0.75), *usual = dialyzed ? dialysis_diet : p->diet;
    for (int k = 0; k < ML_NDIET; k++) person->diet.value[k] = given(ml_diet_value(&spec->diet, k, person->mass), usual[k] * size);
    if (person->age < 18)
        return ml_fail(err, MILIEU_BAD_INPUT, "person.age", "%.3g y: adults only, 18 y and over",
                       person->age);
    return MILIEU_OK;
}

static int gives_creatinine(const MlPersonSpec *s) {
    for (int i = 0; i < s->nlab; i++)
        if (s->lab[i].output == ML_O_plasma_creatinine) return 1;
    return 0;
}

/* 1 if the description asks for nothing but the preset. */
static int is_preset(const MlPersonSpec *s) {
    for (int k = 0; k < ML_NDIET; k++)
        if (!isnan(s->diet.value[k])) return 0;
    return s->sex == ML_CHOICE_NONE && isnan(s->age) && isnan(s->height) && isnan(s->mass) &&
           isnan(s->body_fat) && isnan(s->gfr) && s->ckd_stage == ML_CHOICE_NONE &&
           isnan(s->heat_acclimation) && isnan(s->sweat_sodium) && s->ncondition == 0 && s->nparameter == 0 && !gives_creatinine(s);
}

static milieu_code take_as_stated(const MlPersonSpec *spec, MlPerson *person, milieu_error *err) {
    for (int i = 0; i < spec->nparameter; i++) {
        const int k = ml_param_find(spec->parameter[i].name);
        if (k < 0)
            return ml_fail(err, MILIEU_BAD_INPUT, "person.parameters", "there is no parameter \"%s\"", spec->parameter[i].name);
        person->param[k] = spec->parameter[i].value;
    }
    return MILIEU_OK;
}

milieu_code ml_person_build(const MlPersonSpec *spec, MlPerson *person, milieu_error *err) {
    memset(person, 0, sizeof *person);
    ML_TRY(fill(spec, person, err));
    ML_TRY(ml_person_check(spec, err));
    const int fat_known =
        !isnan(spec->body_fat) || (isnan(spec->mass) && isnan(spec->height) && spec->sex == ML_CHOICE_NONE);
    person->body_water = ml_body_water(person, fat_known);
    person->metabolic_rate = person->diet.value[ML_DIET_ENERGY] / (24.0 * person->mass);
    person->diet.food_potassium = person->diet.value[ML_DIET_POTASSIUM];
    person->diet.salted = isnan(spec->diet.value[ML_DIET_SODIUM]);
    if (!(person->body_water > 0.25 * person->mass && person->body_water < 0.75 * person->mass))
        return ml_fail(err, MILIEU_BAD_INPUT, "person.mass",
                       "%.4g kg at %.3g m gives %.3g L of body water: outside 25-75 %% of mass; check mass, "
                       "height and body_fat",
                       person->mass, person->height, person->body_water);
    scale_parameters(person);
    own_parameters(person);
    const Preset *preset = &presets[ml_preset_find(person->preset)];
    P(heat_acclimation) = given(spec->heat_acclimation, preset->acclimation);
    P(oxygen_max) = preset->oxygen_max * (1.0 - fmin(fmax(0.01 * (person->age - 30), 0), 0.75)); /* 1 % a year; no less than at 105, assumed */
    set_gfr(person, P(gfr_rest));
    const double size = P(body_surface) / 1.73;
    if (spec->ckd_stage != ML_CHOICE_NONE) set_gfr(person, stage_gfr[spec->ckd_stage - ML_C_CKD_G1] * size);
    if (spec->gfr >= 1) set_gfr(person, 1e-3 * spec->gfr);
    gfr_of_creatinine(spec, person);
    if (!isnan(spec->sweat_sodium))
        P(sweat_reabsorption) = 1.0 - spec->sweat_sodium / P(sodium_normal) -
                                P(sweat_acclimation_sodium) * P(heat_acclimation);
    person->ventilation = 1;
    P(cramp_prone) = spec->cramp_history > 0;
    person->anuric = spec->anuric > 0 || spec->gfr < 1; /* no life goes on without: lost at t = 0 */
    for (int i = 0; i < spec->ncondition; i++) ML_TRY(apply_condition(person, spec, &spec->condition[i], err));
    creatinine_made(spec, person);
    eat_less(spec, person);
    balance_diet(person);
    P(habitual_sodium) = fmax(person->diet.value[ML_DIET_SODIUM], ml_params[ML_P_habitual_sodium].low);
    ML_TRY(take_as_stated(spec, person, err));
    balance_capillary(person);
    ML_TRY(take_as_stated(spec, person, err)); /* of capillaries, too */
    person->custom = !is_preset(spec);
    describe(person);
    return MILIEU_OK;
}
