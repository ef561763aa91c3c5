/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APP_TABLES_H
#define APP_TABLES_H

#include "milieu/error.h"

#include <jansson.h>

/* The tables that `milieu list` shows: each an array of objects, the keys in the order of the columns. The
 * caller owns the array. NULL when a table could not be built: with *error filled, or without memory. */

typedef struct Table {
    const char *name, *columns, *text; /* columns of the terminal, separated by spaces */
    json_t *(*build)(milieu_error *error);
} Table;

const Table *table_at(int i); /* NULL past the end */

#endif
