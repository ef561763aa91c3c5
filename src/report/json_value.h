/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_JSON_VALUE_H
#define ML_REPORT_JSON_VALUE_H

#include "report/report.h"

#include <jansson.h>

/* Values that a report may hold, whatever it is given. */
json_t *ml_json_text(const char *s); /* cleaned: jansson refuses invalid UTF-8; null for NULL */
json_t *ml_json_number(double x);    /* null for what is none */

/* Puts a value into an object, adds one to a list. Where memory falls short for either, the whole becomes NULL, and
 * so does what that is put into: nothing is left out in silence. The value is taken over. */
void ml_json_put(json_t **object, const char *key, json_t *value);
void ml_json_add(json_t **list, json_t *value);

/* Writes it to the file, under a temporary name first; the value is taken over. NULL is told as lack of memory. */
milieu_code ml_json_save(json_t *root, const char *path, milieu_error *err);

/* Everything a run gave, as ml_report_json writes it; NULL without memory. */
json_t *ml_json_run(const MlResult *r, const MlReportOptions *o);

#endif
