/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Memory from the caller. */
#ifndef MILIEU_ALLOCATOR_H
#define MILIEU_ALLOCATOR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where the library takes its memory from. Both functions are called by whichever thread uses a handle, so
 * handles used side by side need an allocator that allows it. */
typedef struct milieu_allocator {
    /** size bytes (above 0) on a boundary of 64 bytes, or NULL if there are none. */
    void *(*allocate)(void *self, size_t size);
    /** Takes back what allocate gave; never NULL. */
    void (*release)(void *self, void *memory);
    /** Handed to both. */
    void *self;
} milieu_allocator;

#ifdef __cplusplus
}
#endif
#endif
