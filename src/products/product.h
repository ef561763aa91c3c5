/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_PRODUCT_H
#define ML_PRODUCTS_PRODUCT_H

#include "products/csv.h"
#include "products/nutrient.h"

typedef enum MlProductKind {
    ML_FOOD,
    ML_DRINK,
    ML_ORS,
    ML_SPORTS_DRINK,
    ML_IV_FLUID,
    ML_BLOOD,
    ML_SUPPLEMENT,
    ML_NPRODUCT_KIND
} MlProductKind;

/* "food", "drink", "ors" ... as the data files write it. */
const char *ml_product_kind_name(MlProductKind kind);

/* One food, drink, fluid or supplement. All text belongs to the table. NaN: not known. */
typedef struct MlProduct {
    const char *name, *title, *source;
    const char *alias; /* the first; the next follows its NUL */
    int nalias;
    const char *file; /* where it was read */
    int line;
    MlProductKind kind;
    int per_volume;            /* 1: composition per liter; 0: per kilogram */
    double density;            /* kg/L */
    double serving_mass;       /* g; one of the two is known at most */
    double serving_volume;     /* L */
    double molar_mass;         /* g/mol of a salt as sold, water of crystallization included */
    int counts;                /* what a mmol of it counts: a nutrient (the named cation of a salt), or -1 */
    MlComposition composition; /* blood: of the fluid outside the red cells, per liter of the product */
    double carbohydrate;       /* g, all kinds together, as the source states it */
    double organic_anions; /* mEq of metabolizable anions that have no name of their own; NaN counts as 0 */
    double acid;           /* mEq of protons, as in citric acid or KH2PO4; NaN counts as 0 */
    double undissolved;    /* share of its calcium and magnesium that passes as it is; NaN counts as 0 */
    double release;        /* min in which a tablet lets go of what it holds; NaN: at once */
    double hematocrit;     /* red cells, liter per liter; NaN: none */
    double osmolarity;     /* mOsm/L as stated */
    double osmolality;     /* mOsm/kg as measured */
    unsigned computed;     /* bit per nutrient: not in the file, computed from the other figures */
} MlProduct;

/* Alias i of a product, 0 <= i < nalias. */
const char *ml_product_alias(const MlProduct *p, int i);

typedef struct MlProducts MlProducts;

/* The products that come with the library. memory NULL: libc. */
milieu_code ml_products_create(const MlMemory *memory, MlProducts **table, milieu_error *err);
/* A table without products. */
milieu_code ml_products_create_empty(const MlMemory *memory, MlProducts **table, milieu_error *err);
void ml_products_free(MlProducts *table);

/* Adds the products of a file, or of text that stands for it. A product of a name that is there replaces it.
 * Nothing is added where there is an error: all of them go to errors, the first to *err. Adding ends the life
 * of product pointers handed out before. Rows replaced are counted in *replaced (may be NULL). */
milieu_code ml_products_add_file(MlProducts *table, const char *path, int *replaced, MlCsvErrors *errors,
                                 milieu_error *err);
milieu_code ml_products_add_text(MlProducts *table, const char *file, const char *text, size_t size,
                                 int *replaced, MlCsvErrors *errors, milieu_error *err);

size_t ml_products_count(const MlProducts *table);
const MlProduct *ml_products_at(const MlProducts *table, size_t i);

/* By name or alias; NULL if there is none. */
const MlProduct *ml_products_find(const MlProducts *table, const char *name);

/* The name or alias nearest to a mistyped one; NULL if none is near. */
const char *ml_products_nearest(const MlProducts *table, const char *name);

#endif
