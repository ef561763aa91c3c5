/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>

milieu_code ml_fail(milieu_error *err, milieu_code code, const char *where, const char *format, ...) {
    if (!err) return code;
    err->code = code;
    snprintf(err->where, sizeof err->where, "%s", where ? where : "");
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return code;
}

const char *milieu_code_text(milieu_code code) {
    switch (code) {
#define MILIEU_ERROR(id, value, text)                                                                        \
    case MILIEU_##id: return text;
#include "milieu/errors.def"
#undef MILIEU_ERROR
    }
    return "unknown error";
}
