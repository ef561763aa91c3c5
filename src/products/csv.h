/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_CSV_H
#define ML_PRODUCTS_CSV_H

#include "base/fail.h"
#include "base/memory.h"

#include <stddef.h>

/* A list of errors: all that is wrong with a file. */
typedef struct MlCsvErrors {
    milieu_error *item;
    size_t n, capacity;
    int lost;               /* 1: there were more, which memory did not suffice for */
    const MlMemory *memory; /* for the list; NULL: libc */
} MlCsvErrors;

/* Adds an error at file:line:column. */
void ml_csv_fail(MlCsvErrors *errors, const char *file, int line, int column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void ml_csv_errors_free(MlCsvErrors *errors);

/* A reader of comma-separated values (RFC 4180): quoted cells may hold commas, line breaks and doubled
 * quotes; LF and CRLF; a byte order mark is skipped, as are blank lines and lines that begin with '#'. Blanks
 * around unquoted cells do not count. The text is cut up in place: cells live as long as it does. */

enum { ML_CSV_CELLS = 96 };

typedef struct MlCsvCell {
    char *text;
    int line, column; /* where it begins, from 1 */
} MlCsvCell;

typedef struct MlCsv {
    const char *file;
    char *next;       /* what is still to be read */
    char *line_start; /* for columns */
    int line;
    MlCsvErrors *errors;
    int ncell;
    MlCsvCell cell[ML_CSV_CELLS];
} MlCsv;

/* text ends with NUL and is changed. */
void ml_csv_open(MlCsv *csv, const char *file, char *text, MlCsvErrors *errors);

/* Reads the next row into cell[0, ncell). 0: no more. Rows with errors are reported and still returned. */
int ml_csv_row(MlCsv *csv);

#endif
