/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_RUN_HOUSE_H
#define ML_RUN_HOUSE_H

#include "person/model.h"
#include "products/drug.h"
#include "products/product.h"
#include "run/known.h"

/* What sessions share: tables, which nothing changes, and the people met so far. Safe from several threads. */
typedef struct MlHouse {
    MlModel *model;
    MlProducts *products;
    MlDrugs *drugs;
    MlKnown *known;
    int (*stopped)(void); /* asked while a person is settled, which takes seconds; NULL: nobody is */
} MlHouse;
milieu_code ml_house_create(const MlMemory *memory, MlHouse *house, milieu_error *err);
void ml_house_free(MlHouse *house);

#endif
