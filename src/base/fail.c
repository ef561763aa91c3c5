/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

milieu_code ml_fail_at(milieu_error *err, const char *file, int line, milieu_code code) {
    char where[sizeof err->where];
    if (code == MILIEU_OK || !err || line <= 0) return code;
    snprintf(where, sizeof where, "%.64s:%d%s%.48s", file, line, *err->where ? ": " : "", err->where);
    memcpy(err->where, where, sizeof where);
    return code;
}

const char *milieu_code_text(milieu_code code) {
    switch (code) {
    case MILIEU_OK: return "success";
    case MILIEU_BAD_INPUT: return "the input is wrong";
    case MILIEU_NO_MEMORY: return "out of memory";
    case MILIEU_FILE_IO: return "a file could not be read or written";
    case MILIEU_OUT_OF_DOMAIN: return "the state left the domain in which the equations hold";
    case MILIEU_STEP_TOO_SMALL: return "the integrator could not meet its tolerance";
    case MILIEU_NO_STEADY_STATE: return "no steady state was found";
    case MILIEU_INTERRUPTED: return "interrupted";
    case MILIEU_NOT_AVAILABLE: return "known, but not computed by this version";
    }
    return "unknown error";
}
