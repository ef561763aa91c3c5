/* SPDX-License-Identifier: Apache-2.0 */
#include "run/house.h"

#include <string.h>

#include "base/fail.h"
#include "run/settled.h"

milieu_code ml_house_create(const MlMemory *memory, MlHouse *house, milieu_error *err) {
    memset(house, 0, sizeof *house);
    ML_TRY(ml_model_create(memory, &ml_settled_reads, &house->model, err));
    milieu_code code = ml_products_create(memory, &house->products, err);
    if (code == MILIEU_OK) code = ml_drugs_create(memory, &house->drugs, err);
    if (code == MILIEU_OK && !(house->known = ml_known_create(memory)))
        code = ml_fail(err, MILIEU_NO_MEMORY, "model", "out of memory");
    if (code != MILIEU_OK) ml_house_free(house);
    return code;
}

void ml_house_free(MlHouse *house) {
    ml_model_destroy(&house->model);
    ml_products_free(house->products);
    ml_drugs_free(house->drugs);
    ml_known_destroy(&house->known);
    memset(house, 0, sizeof *house);
}
