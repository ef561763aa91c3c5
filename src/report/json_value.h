/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_JSON_VALUE_H
#define ML_REPORT_JSON_VALUE_H

#include <jansson.h>

/* Values that a report may hold, whatever it is given. */
json_t *ml_json_text(const char *s); /* cleaned: jansson refuses invalid UTF-8; null for NULL */
json_t *ml_json_number(double x);    /* null for what is none */

#endif
