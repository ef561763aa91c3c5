/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped products and drugs, for tests of the reader. */
#ifndef TEST_SCENARIO_NAMES_H
#define TEST_SCENARIO_NAMES_H

#include "scenario/scenario.h"

#include <stdlib.h>

typedef struct Shipped {
    MlProducts *products;
    MlDrugs *drugs;
    MlNames names;
} Shipped;

static inline int shipped_setup(void **state) {
    Shipped *s = calloc(1, sizeof *s);
    if (!s || ml_products_create(NULL, &s->products, NULL) != MILIEU_OK ||
        ml_drugs_create(NULL, &s->drugs, NULL) != MILIEU_OK)
        return -1;
    s->names = (MlNames){.products = s->products, .drugs = s->drugs};
    *state = s;
    return 0;
}

static inline int shipped_teardown(void **state) {
    Shipped *s = *state;
    ml_products_free(s->products);
    ml_drugs_free(s->drugs);
    free(s);
    return 0;
}

#endif
