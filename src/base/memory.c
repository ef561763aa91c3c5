/* SPDX-License-Identifier: Apache-2.0 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BOUNDARY = 64 };

/* Lies before each block. */
typedef union Header {
    struct {
        MlMemory memory;
        size_t size;
    } of;
    char room[BOUNDARY];
} Header;

static void *libc_allocate(void *self, size_t size) {
    (void)self;
    return aligned_alloc(BOUNDARY, (size + BOUNDARY - 1) / BOUNDARY * BOUNDARY);
}

static void libc_release(void *self, void *memory) {
    (void)self;
    free(memory);
}

MlMemory ml_memory_default(void) { return (MlMemory){libc_allocate, libc_release, NULL}; }

static Header *header(const void *block) { return (Header *)block - 1; }

/* Not zeroed. */
static void *allocate(const MlMemory *memory, size_t count, size_t size) {
    const MlMemory from = memory ? *memory : ml_memory_default();
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2) return NULL;
    Header *h = from.allocate(from.self, sizeof *h + bytes);
    if (!h) return NULL;
    h->of.memory = from;
    h->of.size = bytes;
    return h + 1;
}

void *ml_new(const MlMemory *memory, size_t count, size_t size) {
    void *block = allocate(memory, count, size);
    return block ? memset(block, 0, header(block)->of.size) : NULL;
}

void *ml_grow(const MlMemory *memory, void *old, size_t count, size_t size) {
    void *block = allocate(memory, count, size);
    if (!block || !old) return block;
    const size_t had = header(old)->of.size, has = header(block)->of.size;
    memcpy(block, old, had < has ? had : has);
    ml_free(old);
    return block;
}

void ml_free(void *block) {
    if (!block) return;
    const MlMemory memory = header(block)->of.memory;
    memory.release(memory.self, header(block));
}

const MlMemory *ml_memory_of(const void *block) { return &header(block)->of.memory; }
