/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_SOURCE_H
#define ML_SCENARIO_SOURCE_H

#include "scenario/issues.h"

/* The bytes of a file, checked to be text. */

/* The whole file with a 0 behind it, to be freed by the caller; NULL with an error added if it cannot be
 * read, is a directory or is larger than 16 MiB. */
char *ml_source_read(const char *path, size_t *size, MlIssues *issues);

/* Adds an error at the first byte that is no UTF-8 text. */
bool ml_source_is_text(const char *text, size_t size, const char *file, MlIssues *issues);

#endif
