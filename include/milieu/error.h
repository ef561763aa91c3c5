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

/** What went wrong. 0 is success, so calls may be chained with ||. */
typedef enum milieu_code {
    MILIEU_OK = 0,              /**< success */
    MILIEU_BAD_INPUT = 1,       /**< the input is wrong: text says what is allowed */
    MILIEU_NO_MEMORY = 2,       /**< the allocator had none left */
    MILIEU_FILE_IO = 3,         /**< a file could not be read or written; the library itself uses none */
    MILIEU_OUT_OF_DOMAIN = 4,   /**< the equations no longer hold: where names the state */
    MILIEU_STEP_TOO_SMALL = 5,  /**< the integrator could not go on: where names the state */
    MILIEU_NO_STEADY_STATE = 6, /**< the person has none to begin from */
    MILIEU_INTERRUPTED = 7,     /**< the program that runs it asked to stop; not from the library itself */
    MILIEU_NOT_AVAILABLE = 8,   /**< a known name that this version does not compute */
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
