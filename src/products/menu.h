/* SPDX-License-Identifier: Apache-2.0 */
/* Menus: what is eaten and drunk in a day, as amounts of products. */
#ifndef ML_PRODUCTS_MENU_H
#define ML_PRODUCTS_MENU_H

#include "products/product.h"

typedef struct MlMenuItem {
    const char *meal, *product;
    double grams;
} MlMenuItem;

/* All text belongs to the table. */
typedef struct MlMenu {
    const char *name, *title, *source;
    const MlMenuItem *item;
    int nitem;
} MlMenu;

/* The menus that come with the library, with a table of products. */
int ml_menu_count(const MlProducts *products);
const MlMenu *ml_menu_at(const MlProducts *products, int i);
const MlMenu *ml_menu_find(const MlProducts *products, const char *name);
const char *ml_menu_nearest(const MlProducts *products, const char *name); /* NULL: none is near */

/* What a day of it brings. Figures of foods that are missing count as none. */
typedef struct MlMenuDay {
    double sodium, potassium, calcium, magnesium, phosphorus; /* mmol */
    double water, food_water;                                 /* L */
    double protein, energy;                                   /* g, kcal */
} MlMenuDay;
MlMenuDay ml_menu_day(const MlMenu *menu, const MlProducts *products);

/* ---- for the table of products ---- */

typedef struct MlMenus MlMenus;

/* Reads a CSV text: menu, title, meal, product, amount_g, source. All errors go to errors, the first to *err. */
milieu_code ml_menus_read(const MlMemory *memory, const MlProducts *products, const char *file, const char *text, size_t size,
                          MlMenus **menus, MlCsvErrors *errors, milieu_error *err);
void ml_menus_free(MlMenus *menus);
const MlMenus *ml_products_menus(const MlProducts *products); /* NULL: none */

#endif
