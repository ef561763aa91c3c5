/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_BASE_MEMORY_H
#define ML_BASE_MEMORY_H

#include "milieu/allocator.h"

/* Memory from the caller's allocator. A block remembers where it came from: releasing it needs nothing else,
 * and what belongs to an object is taken from where the object itself lies: ml_new(ml_memory_of(object),
 * ...). */
typedef milieu_allocator MlMemory;

/* That of libc. */
MlMemory ml_memory_default(void);

/* count elements of size bytes, zeroed, on a boundary of 64 bytes; NULL without memory. memory NULL: libc. */
void *ml_new(const MlMemory *memory, size_t count, size_t size);

/* A block of count elements that begins with what old (may be NULL) held, which it replaces; NULL without
 * memory, old then stays. */
void *ml_grow(const MlMemory *memory, void *old, size_t count, size_t size);

/* Releases what ml_new or ml_grow gave; NULL is nothing. */
void ml_free(void *block);

/* The allocator a block came from, valid as long as the block. */
const MlMemory *ml_memory_of(const void *block);

#endif
