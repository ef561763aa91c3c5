/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_value.h"

#include "report/words.h"

#include <math.h>

json_t *ml_json_text(const char *s) {
    char clean[1024];
    if (!s) return json_null();
    ml_clean(s, 0, clean, sizeof clean);
    return json_string(clean);
}

json_t *ml_json_number(double x) { return isfinite(x) ? json_real(x) : json_null(); }
