/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_READ_H
#define ML_PRODUCTS_READ_H

#include "products/product.h"

/* Reads the product rows of a CSV text, which is changed and must outlive them. *item (ml_free it) gets the
 * rows read; all errors go to errors. Names are checked one by one, not against each other. */
milieu_code ml_products_read(const MlMemory *memory, const char *file, char *text, MlProduct **item,
                             size_t *n, MlCsvErrors *errors);

#endif
