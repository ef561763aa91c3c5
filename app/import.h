/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "milieu/error.h"

#include <stdio.h>

/* A large table of comma-separated values, read line by line. Cells may stand in quotes and hold line breaks. */
enum { TABLE_CELLS = 64 };
typedef struct TableFile {
    char path[4200];
    FILE *stream;
    char *text; /* of the row */
    size_t room;
    char separator, quote;
    int line, next, ncell; /* the line on which the row begins, that on which it ends */
    long long size, done; /* bytes */
    char *cell[TABLE_CELLS];
} TableFile;

/* Opens FOLDER/name and finds columns by name (NULL ends the list); place[i] is where each stands. A file that is not there is
 * an error, or (needed: 0) leaves stream NULL. */
milieu_code table_open(TableFile *t, const char *folder, const char *name, int needed, const char *const *column, int *place,
                       milieu_error *error);
/* The same of a file without names of columns, cells^separated, ~text~ quoted, as of the Standard Reference. */
milieu_code table_open_carets(TableFile *t, const char *folder, const char *name, int needed, milieu_error *error);
/* The next row: 1; 0 at the end; -1 with an error. A cell that a short row lacks is empty. */
int table_row(TableFile *t, milieu_error *error);
const char *table_cell(const TableFile *t, int place);
milieu_code table_fail(const TableFile *t, milieu_error *error, const char *format, ...) __attribute__((format(printf, 3, 4)));
void table_close(TableFile *t);

/* FoodData Central, or the Standard Reference before it: the tables of a folder to rows of products. kinds: bit per kind of fdc_kinds. */
extern const char *const fdc_kinds[]; /* NULL at the end */
typedef struct FdcCount {
    int foods, left_out, by_reason[3]; /* without figures; more than a whole; too much energy */
} FdcCount;
milieu_code fdc_import(const char *folder, unsigned kinds, FILE *out, FdcCount *count, milieu_error *error);

#endif
