/* SPDX-License-Identifier: Apache-2.0 */
/* The first state: contents from volumes and concentrations, then made neutral and isosmotic. */
#include <math.h>
#include <string.h>

#include "person/person.h"

#define P(id) (person->param[ML_P_##id])
#define S(id) (state[ML_S_##id])

static double valence(int substance) { return ml_substances[substance].valence; }

/* Extracellular fluid at normal concentrations per liter of water. */
static void extracellular(const MlPerson *person, double *state, int place, double water, double protein) {
    const double held = place == ML_AT_plasma ? 1 : 0.68; /* less protein, less calcium; exchange settles it */
    const struct {
        int substance;
        double c;
    } c[] = {{ML_sodium, P(sodium_normal)},
             {ML_potassium, P(potassium_normal)},
             {ML_calcium, P(calcium_total_normal) * held},
             {ML_magnesium, P(magnesium_total_normal) * (place == ML_AT_plasma ? 1 : 0.8)},
             {ML_bicarbonate, P(bicarbonate_normal)},
             {ML_phosphate, P(phosphate_normal)},
             {ML_sulfate, 0.4},
             {ML_organic, P(organic_normal)},
             {ML_hippurate, 0.1},
             {ML_lactate, P(lactate_normal)},
             {ML_ketone, 0.1},
             {ML_citrate, P(citrate_normal)},
             {ML_urea, 5.2},
             {ML_glucose, 5.2}};
    double charge = valence(ML_protein) * protein;
    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++) {
        state[ml_pool(place, c[i].substance)] = c[i].c * water;
        charge += valence(c[i].substance) * c[i].c * water;
    }
    state[ml_pool(place, ML_water)] = water;
    state[ml_pool(place, ML_protein)] = protein;
    state[ml_pool(place, ML_chloride)] = charge;
}

/* Impermeant solutes that make a cell isosmotic with plasma. */
static double fixed(const MlPerson *person, double tonicity, double water, double ions, double others) {
    return tonicity * water - P(osmotic_coefficient) * ions - others;
}

void ml_person_guess(const MlPerson *person, double *state) {
    memset(state, 0, sizeof(double) * ML_NSTATE);
    for (int i = ML_NPOOL; i < ML_NSTATE; i++) state[i] = ml_states[i].start;
    const double water_share = 1.0 - P(plasma_lipid) - 71.0 * P(protein_specific_volume);
    const double cells = P(redcell_hemoglobin_normal) / P(redcell_hemoglobin), plasma = P(blood_volume_normal) - cells;
    const double protein = P(protein_total_normal) / (71.0 * plasma + 21.0 * P(interstitial_water_normal));
    extracellular(person, state, ML_AT_plasma, water_share * plasma, 71.0 * protein * plasma);
    extracellular(person, state, ML_AT_interstitial, P(interstitial_water_normal),
                  21.0 * protein * P(interstitial_water_normal));
    const double tonicity = P(osmotic_coefficient) *
                                (S(plasma_sodium) + S(plasma_potassium) + S(plasma_calcium) +
                                 S(plasma_magnesium) + S(plasma_chloride) + S(plasma_bicarbonate) +
                                 S(plasma_phosphate) + S(plasma_sulfate) + S(plasma_organic) + S(plasma_hippurate) +
                                 S(plasma_lactate) + S(plasma_ketone) + S(plasma_citrate)) /
                                S(plasma_water) +
                            5.2;
    S(redcell_hemoglobin) = P(redcell_hemoglobin) * cells; /* as in health */
    S(redcell_water) = cells - P(hemoglobin_specific_volume) * S(redcell_hemoglobin);
    S(redcell_potassium) = P(redcell_potassium) * cells;
    S(redcell_chloride) = P(redcell_chloride) * cells;
    S(redcell_fixed) = P(redcell_fixed) * cells; /* their water finds its level */
    S(glycogen_water) = P(glycogen_water_normal);
    S(muscle_potassium) = P(muscle_potassium_normal);
    S(muscle_water) = S(muscle_potassium) / P(muscle_potassium_level);
    S(muscle_sodium) = P(muscle_sodium_level) * S(muscle_water);
    S(muscle_chloride) = P(muscle_chloride_level) * S(muscle_water);
    S(muscle_magnesium) = P(muscle_magnesium_normal);
    S(muscle_phosphate) = P(muscle_phosphate_normal);
    S(muscle_urea) = 5.2 * S(muscle_water);
    S(muscle_fixed) = P(muscle_fixed_normal);
    S(muscle_lactate) = P(lactate_normal) * P(lactate_space) * S(muscle_water);
    S(other_potassium) = P(other_potassium_normal);
    S(other_water) = S(other_potassium) / P(other_potassium_level);
    S(other_sodium) = P(other_sodium_level) * S(other_water);
    S(other_chloride) = P(other_chloride_level) * S(other_water);
    S(other_magnesium) = P(other_magnesium_normal);
    S(other_phosphate) = P(other_phosphate_normal);
    S(other_urea) = 5.2 * S(other_water);
    S(other_fixed) = P(other_fixed_normal);
    S(brain_water) = P(brain_water_normal);
    S(brain_sodium) = P(brain_sodium_normal);
    S(brain_potassium) = P(brain_potassium_normal);
    S(brain_chloride) = 45.0 * S(brain_water);
    S(brain_osmolyte) = P(brain_osmolyte_normal);
    S(brain_urea) = 5.2 * S(brain_water);
    S(brain_fixed) = fixed(person, tonicity, S(brain_water),
                           S(brain_sodium) + S(brain_potassium) + S(brain_chloride), S(brain_osmolyte));
    S(bone_calcium) = P(bone_calcium_normal);
    S(bone_magnesium) = P(bone_magnesium_normal);
    S(bone_phosphate) = P(bone_phosphate_normal);
    S(bone_bicarbonate) = P(bone_alkali_normal);
    S(surface_calcium) = P(surface_calcium_normal);
    S(surface_bicarbonate) = 2 * S(surface_calcium);
    S(mineral_calcium) = P(mineral_calcium_normal);
    S(mineral_magnesium) = P(mineral_magnesium_normal);
    S(mineral_phosphate) = P(mineral_phosphate_normal);
    S(mineral_bicarbonate) = P(mineral_alkali_normal);
    S(calcidiol) = P(calcidiol_supply);
    S(parathyroid_mass) = P(parathyroid_capacity);
    S(liver_protein) = P(amino_store_normal);
    S(gut_water) = 0.05;
    S(gut_sodium) = 5.0;
    S(gut_chloride) = 5.0;
    S(insulin) = P(insulin_basal);
    S(creatinine) = P(creatinine_production) / (P(creatinine_clearance) * fmax(P(gfr_rest), 0.1 * P(gfr_normal)));
}

void ml_person_inputs(const MlPerson *person, double *input) {
    for (int i = 0; i < ML_NINPUT; i++) input[i] = ml_inputs[i].normal;
    input[ML_U_metabolic_rate] = person->metabolic_rate;
    input[ML_U_magnesium_wasting] = person->magnesium_wasting;
    input[ML_U_adh_release] = person->adh_release;
    input[ML_U_ventilation] = person->ventilation;
}

/* Of the energy a third is fat, what protein leaves is carbohydrate, two fifths of it sugars. Chloride comes
 * with sodium as salt; the rest of the charge is metabolizable anions. */
void ml_diet_add(const MlDiet *diet, double food_share, double drink_share, double minutes, double *input) {
    const double *d = diet->value;
    const double f = food_share / minutes;
    const double fat = 0.33 * d[ML_DIET_ENERGY] / 9.0;
    double carbohydrate = (d[ML_DIET_ENERGY] * 0.67 - 4.0 * d[ML_DIET_PROTEIN]) / 4.0;
    if (carbohydrate < 0) carbohydrate = 0;
    const double anions = d[ML_DIET_SODIUM] + d[ML_DIET_POTASSIUM] + 2 * d[ML_DIET_CALCIUM] + 2 * d[ML_DIET_MAGNESIUM] -
                          1.8 * d[ML_DIET_PHOSPHORUS]; /* organic ones and chloride, of which there must be none too few */
    const double salt = fmax(d[ML_DIET_SODIUM] + d[ML_DIET_POTASSIUM] - diet->food_potassium, 0);
    const double chloride = fmin(salt, anions);
    const double food_water = fmin(d[ML_DIET_FOOD_WATER], d[ML_DIET_WATER]);
    input[ML_U_ingest_water] += f * food_water + drink_share / minutes * (d[ML_DIET_WATER] - food_water);
    input[ML_U_ingest_sodium] += f * d[ML_DIET_SODIUM];
    input[ML_U_salted_food] += f * diet->salted * d[ML_DIET_SODIUM];
    input[ML_U_ingest_potassium] += f * d[ML_DIET_POTASSIUM];
    input[ML_U_ingest_calcium] += f * d[ML_DIET_CALCIUM];
    input[ML_U_ingest_magnesium] += f * d[ML_DIET_MAGNESIUM];
    input[ML_U_ingest_phosphate] += f * d[ML_DIET_PHOSPHORUS];
    input[ML_U_ingest_organic] += f * (anions - chloride);
    input[ML_U_ingest_chloride] += f * chloride;
    input[ML_U_ingest_protein] += f * d[ML_DIET_PROTEIN];
    input[ML_U_ingest_fat] += f * fat;
    input[ML_U_ingest_starch] += f * 0.6 * carbohydrate;
    input[ML_U_ingest_glucose] += f * 0.4 * carbohydrate / 0.180156;
}
