/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds any bytes to the readers of product and drug files; what is read must convert without harm. */
#include "products/drug.h"
#include "products/intake.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_drugs(const char *text, size_t size) {
    MlCsvErrors errors = {0};
    milieu_error err;
    MlDrugs *drugs;
    ml_drugs_read(NULL, &drugs, "fuzz.csv", text, size, &errors, &err);
    ml_drugs_free(drugs);
    ml_csv_errors_free(&errors);
}

static void read_products(const char *text, size_t size) {
    MlCsvErrors errors = {0};
    milieu_error err;
    MlProducts *products;
    if (ml_products_create_empty(NULL, &products, &err)) return;
    ml_products_add_text(products, "fuzz.csv", text, size, NULL, &errors, &err);
    for (size_t i = 0; i < ml_products_count(products); i++)
        for (int unit = ML_AMOUNT_LITER; unit <= ML_AMOUNT_SERVING; unit++) {
            MlIntake intake;
            MlNotes notes = {0};
            ml_product_intake(ml_products_at(products, i), 1, (MlAmountUnit)unit, 0, &intake, &notes, &err);
        }
    ml_products_nearest(products, "banana");
    ml_products_free(products);
    ml_csv_errors_free(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    read_products((const char *)data, size);
    read_drugs((const char *)data, size);
    return 0;
}
