/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_DATA_H
#define ML_PRODUCTS_DATA_H

#include <stddef.h>

/* The data files compiled into the library; cmake/products.cmake writes the definitions. */
typedef struct MlDataFile {
    const char *name; /* "data/products/foods.csv" */
    const char *text; /* ends with NUL */
    size_t size;
} MlDataFile;

extern const MlDataFile ml_product_files[];
extern const size_t ml_product_file_count;
extern const MlDataFile ml_drug_file, ml_menu_file;

#endif
