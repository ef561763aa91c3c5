/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_OUTFILE_H
#define ML_REPORT_OUTFILE_H

#include "milieu/error.h"

#include <stdio.h>

/* "-", or a mere extension behind it ("-.json"), is the standard output. */
int ml_outfile_is_stdout(const char *path);

/* A file that appears whole or not at all. Written to a temporary name in the same folder, flushed to the
 * disk and renamed. A link stays: what it leads to is replaced. What is no regular file (a device, a pipe) is
 * written directly. */
typedef struct MlOutfile {
    FILE *stream;
    char *path; /* what the user asked for, or where that link leads */
    char *temp; /* NULL: written directly */
    int error;  /* errno of what could not be written, as far as the writer knows it; else 0 */
} MlOutfile;

/* The temporary file that is open now, for a signal that ends the program: nothing half-written is left. NULL: none. */
extern const char *volatile ml_outfile_unfinished;

milieu_code ml_outfile_open(MlOutfile *f, const char *path, milieu_error *err);
/* Ends the file: it is there now, or there was an error and nothing is left. Releases everything. */
milieu_code ml_outfile_commit(MlOutfile *f, milieu_error *err);
/* Gives up; nothing is left. */
void ml_outfile_discard(MlOutfile *f);

#endif
