/* SPDX-License-Identifier: Apache-2.0 */
/* Files of products of the user's own: the option --products of several commands. */
#include "command.h"

#include "products/product.h"

enum { MOST_FILES = 16 };
static const char *files[MOST_FILES];
static int nfile;

int own_products_wish(const char *command, const char *path) {
    if (nfile == MOST_FILES) return complain("%s: more than %d files of --products", command, MOST_FILES);
    files[nfile++] = path;
    return EXIT_DONE;
}

/* All errors of a file but the last are printed; that is left to the caller. */
milieu_code own_products_add(MlProducts *products, milieu_error *error) {
    for (int i = 0; i < nfile; i++) {
        MlCsvErrors errors = {0};
        const milieu_code code = ml_products_add_file(products, files[i], NULL, &errors, error);
        for (size_t k = 0; k + 1 < errors.n; k++) failed(&errors.item[k]);
        if (errors.n > 0) *error = errors.item[errors.n - 1];
        ml_csv_errors_free(&errors);
        if (code != MILIEU_OK) return code;
    }
    return MILIEU_OK;
}

milieu_code products_with_own(MlProducts **products, milieu_error *error) {
    milieu_code code = ml_products_create(NULL, products, error);
    if (code == MILIEU_OK) code = own_products_add(*products, error);
    if (code == MILIEU_OK) return code;
    ml_products_free(*products);
    *products = NULL;
    return code;
}

int in_house(int (*work)(const MlHouse *house, const void *wishes), const void *wishes) {
    MlHouse house;
    milieu_error error;
    if (ml_house_create(NULL, &house, &error) != MILIEU_OK) return failed(&error);
    house.stopped = is_interrupted;
    const int status = own_products_add(house.products, &error) == MILIEU_OK ? work(&house, wishes) : failed(&error);
    ml_house_free(&house);
    return status;
}
