/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_value.h"

#include "base/fail.h"
#include "report/outfile.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is replaced takes three bytes for one. */
json_t *ml_json_text(const char *s) {
    if (!s) return json_null();
    const size_t size = 3 * strlen(s) + 1;
    char *clean = malloc(size);
    if (clean) ml_clean(s, 0, clean, size);
    json_t *text = clean ? json_string(clean) : NULL;
    free(clean);
    return text;
}

json_t *ml_json_number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static void give_up(json_t **whole) {
    json_decref(*whole);
    *whole = NULL;
}

void ml_json_put(json_t **object, const char *key, json_t *value) {
    if (json_object_set_new(*object, key, value) != 0) give_up(object);
}

void ml_json_add(json_t **list, json_t *value) {
    if (json_array_append_new(*list, value) != 0) give_up(list);
}

milieu_code ml_json_save(json_t *root, const char *path, milieu_error *err) {
    MlOutfile f;
    if (!root) return ml_fail(err, MILIEU_NO_MEMORY, path, "out of memory");
    milieu_code code = ml_outfile_open(&f, path, err);
    if (code == MILIEU_OK) {
        json_dumpf(root, f.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(15)); /* the stream keeps what went wrong */
        putc('\n', f.stream);
        code = ml_outfile_commit(&f, err);
    }
    json_decref(root);
    return code;
}
