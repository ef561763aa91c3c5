/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_WRAP_H
#define ML_REPORT_WRAP_H

#include <stdio.h>

/* The text in lines of `width` columns, the first after `used` columns that are already written, the others
 * indented; a number stays with its unit. Control characters are left out; ascii: other characters by "?". */
void ml_wrap(const char *text, int used, int indent, int width, int ascii, FILE *out);

#endif
