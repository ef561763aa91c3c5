/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_BASE_FAIL_H
#define ML_BASE_FAIL_H

#include "milieu/error.h"

/* Fills *err (if not NULL) and returns code: `return ml_fail(err, MILIEU_BAD_INPUT, "mass", "...");` */
milieu_code ml_fail(milieu_error *err, milieu_code code, const char *where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts FILE:LINE, if there is a line, before where if code is an error; returns code. */
milieu_code ml_fail_at(milieu_error *err, const char *file, int line, milieu_code code);

/* Returns early from a function that returns milieu_code. */
#define ML_TRY(call)                                                                                         \
    do {                                                                                                     \
        milieu_code ml_try_code_ = (call);                                                                   \
        if (ml_try_code_ != MILIEU_OK) return ml_try_code_;                                                  \
    } while (0)

#endif
