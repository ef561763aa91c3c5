/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * How calls fail. */
#ifndef MILIEU_ERROR_H
#define MILIEU_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/** Marks what the library offers. */
#if defined(__GNUC__)
#define MILIEU_API __attribute__((visibility("default")))
#else
#define MILIEU_API
#endif

/** Of a row of the table, its value. */
#define MILIEU_ERROR(id, value, text) MILIEU_##id = value,
/** What went wrong. 0 is success; the texts are in milieu/errors.def. */
typedef enum milieu_code {
#include "milieu/errors.def"
#undef MILIEU_ERROR
} milieu_code;

/** Filled by the callee when a call fails; the caller owns it and may pass NULL. */
typedef struct milieu_error {
    milieu_code code; /**< as returned */
    char where[128];  /**< file:line:column, the name of a state, a field: the place */
    char text[512];   /**< one sentence: what was found, what is allowed, the remedy */
} milieu_error;

/** What a code means, "out of memory". Static, never NULL. */
MILIEU_API const char *milieu_code_text(milieu_code code);

#ifdef __cplusplus
}
#endif
#endif
