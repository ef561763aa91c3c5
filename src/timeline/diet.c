/* SPDX-License-Identifier: Apache-2.0 */
/* A menu as a diet. */
#include "timeline/timeline.h"

#include "timeline/tables.h"

#include <math.h>
#include <stdio.h>

void ml_menu_diet(const MlMenu *menu, const MlProducts *products, double brings[ML_NDIET]) {
    const MlMenuDay day = ml_menu_day(menu, products);
    const double of[ML_NDIET] = {[ML_DIET_SODIUM] = day.sodium,         [ML_DIET_POTASSIUM] = day.potassium,
                                 [ML_DIET_CALCIUM] = day.calcium,       [ML_DIET_MAGNESIUM] = day.magnesium,
                                 [ML_DIET_PHOSPHORUS] = day.phosphorus, [ML_DIET_WATER] = day.water,
                                 [ML_DIET_FOOD_WATER] = day.food_water, [ML_DIET_PROTEIN] = day.protein,
                                 [ML_DIET_ENERGY] = day.energy};
    for (int i = 0; i < ML_NDIET; i++) brings[i] = of[i];
}

void ml_diet_take_menu(MlDietSpec *diet, const MlMenu *menu, const MlProducts *products) {
    double brings[ML_NDIET];
    ml_menu_diet(menu, products, brings);
    const double energy = diet->value[ML_DIET_ENERGY], k = isnan(energy) ? 1 : energy / brings[ML_DIET_ENERGY];
    for (int i = 0; i < ML_NDIET; i++)
        if (i != ML_DIET_ENERGY && isnan(diet->value[i])) diet->value[i] = k * brings[i], diet->per_kg[i] = false;
    diet->food_potassium = k * brings[ML_DIET_POTASSIUM];
    snprintf(diet->menu, sizeof diet->menu, "%s", menu->name);
}
