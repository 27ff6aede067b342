/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A chain of blocks, each twice its predecessor up to a ceiling; the newest one is cut from the
 * front. A request that would waste much of a block gets a block of its own, linked behind the
 * newest so that the newest keeps serving small ones. */
#include "indexer/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_SMALLEST ((size_t)4 << 10)
#define BLOCK_LARGEST ((size_t)1 << 20)
#define BIG_REQUEST (BLOCK_LARGEST / 4)
#define ALIGNMENT alignof(max_align_t)

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena, size_t ceiling)
{
    *arena = (struct arena) { .ceiling = ceiling };
}

static void free_chain(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_release(struct arena *arena)
{
    if (!arena)
        return;
    free_chain(arena->newest);
    arena->newest = NULL;
    arena->used = 0;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *kept = arena->newest;
    if (kept && kept->size > BLOCK_LARGEST) {
        arena_release(arena);
        return;
    }
    if (kept) {
        free_chain(kept->next);
        kept->next = NULL;
        kept->used = 0;
    }
    arena->used = 0;
}

/* A block with room for `size` bytes, not yet linked. Not from calloc: bytes are zeroed as they are
 * handed out, and an allocator that zeroes large blocks by giving their pages back costs a page
 * fault for each. */
static struct arena_block *new_block(size_t size)
{
    struct arena_block *block = malloc(sizeof(*block) + size);
    if (block)
        *block = (struct arena_block) { .size = size };
    return block;
}

static void *alloc_alone(struct arena *arena, size_t size)
{
    struct arena_block *block = new_block(size);
    if (!block)
        return NULL;
    block->used = size;
    if (arena->newest) {
        block->next = arena->newest->next;
        arena->newest->next = block;
    } else {
        arena->newest = block;
    }
    return block->data;
}

/* Makes the newest block one with `size` free bytes. */
static bool add_block(struct arena *arena, size_t size)
{
    size_t next = BLOCK_SMALLEST;
    if (arena->newest)
        next = arena->newest->size >= BLOCK_LARGEST / 2 ? BLOCK_LARGEST : 2 * arena->newest->size;
    while (next < size)
        next *= 2;
    struct arena_block *block = new_block(next);
    if (!block)
        return false;
    block->next = arena->newest;
    arena->newest = block;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    size_t ceiling = arena->ceiling ? arena->ceiling : SIZE_MAX;
    if (arena->used > ceiling || size > ceiling - arena->used)
        return NULL;

    struct arena_block *block = arena->newest;
    void *result;
    if (block && size <= block->size - block->used) {
        result = block->data + block->used;
        block->used += size;
    } else if (size > BIG_REQUEST) {
        result = alloc_alone(arena, size);
    } else if (add_block(arena, size)) {
        result = arena->newest->data;
        arena->newest->used = size;
    } else {
        result = NULL;
    }
    if (!result)
        return NULL;
    arena->used += size;
    return memset(result, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(arena, count * size);
}

struct text arena_text(struct arena *arena, struct text text)
{
    char *copy = text.length < SIZE_MAX ? arena_alloc(arena, text.length + 1) : NULL;
    if (!copy)
        return text_of_bytes(NULL, 0);
    if (text.length)
        memcpy(copy, text.data, text.length);
    return text_of_bytes(copy, text.length);
}

struct text arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    char *copy = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (!copy)
        return text_of_bytes(NULL, 0);
    va_start(arguments, format);
    vsnprintf(copy, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text_of_bytes(copy, (size_t)length);
}

bool arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    if (*capacity > SIZE_MAX / 2)
        return false;

    size_t larger = *capacity ? 2 * *capacity : 8;
    void *grown = arena_array(arena, larger, size);
    if (!grown)
        return false;
    void *old;
    memcpy(&old, items, sizeof(old)); /* *items is a pointer to whatever the caller holds */
    if (count)
        memcpy(grown, old, count * size);
    memcpy(items, &grown, sizeof(grown));
    *capacity = larger;
    return true;
}
