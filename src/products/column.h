/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_COLUMN_H
#define ML_PRODUCTS_COLUMN_H

#include "products/nutrient.h"

/* What a column of a product file holds. Nutrients come first, by their own number. */
typedef enum MlTarget {
    ML_TARGET_CARBOHYDRATE = ML_NNUTRIENT,
    ML_TARGET_LACTOSE,
    ML_TARGET_ORGANIC_ANIONS,
    ML_TARGET_ACID,
    ML_TARGET_BASE,
    ML_TARGET_DENSITY,
    ML_TARGET_SERVING_G,
    ML_TARGET_SERVING_ML,
    ML_TARGET_MOLAR_MASS,
    ML_TARGET_UNDISSOLVED,
    ML_TARGET_RELEASE,
    ML_TARGET_HEMATOCRIT,
    ML_TARGET_OSMOLARITY,
    ML_TARGET_OSMOLALITY,
    ML_NTARGET, /* numbers end here */
    ML_TARGET_NAME = ML_NTARGET,
    ML_TARGET_ALIASES,
    ML_TARGET_TITLE,
    ML_TARGET_KIND,
    ML_TARGET_BASIS,
    ML_TARGET_COUNTS,
    ML_TARGET_SOURCE,
    ML_NCOLUMN_TARGET
} MlTarget;

typedef enum MlColumnPer {
    ML_COLUMN_PLAIN,   /* a property of the product itself */
    ML_COLUMN_PER_100, /* 100 g or 100 mL, as the row's basis says */
    ML_COLUMN_PER_L,
    ML_COLUMN_PER_KG,
    ML_COLUMN_PER_MOL /* mol per mol of the salt as sold */
} MlColumnPer;

typedef struct MlColumn {
    int target;
    MlColumnPer per;
    double factor; /* value in the unit of composition.def (mol: mmol) = number * factor */
} MlColumn;

/* What the header cell `name` means. Returns 1, or 0 with nearest set to what may have been meant (or NULL).
 */
int ml_column_parse(const char *name, MlColumn *column, const char **nearest);

#endif
