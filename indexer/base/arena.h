/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many small allocations, dropped together: the pieces of one document or one query. Not
 * thread-safe; one arena per thread or per job. */
#ifndef DAFU_BASE_ARENA_H
#define DAFU_BASE_ARENA_H

#include "indexer/base/text.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena {
    struct arena_block *newest;
    size_t used;    /* bytes handed out since the last clear */
    size_t ceiling; /* bytes; 0 = none. Reaching it makes arena_alloc return NULL */
};

void arena_init(struct arena *arena, size_t ceiling);
void arena_release(struct arena *arena); /* CLEANUP-able */
void arena_clear(struct arena *arena);   /* keeps one block for reuse */

/* Zeroed, aligned for any type; NULL when out of memory or over the ceiling. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size); /* checks the product */

/* A copy, NUL-terminated for convenience; data is NULL on failure (and only then). The arguments
 * of arena_printf must be valid UTF-8 if the result shall be. */
struct text arena_text(struct arena *arena, struct text text);
struct text arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* Makes room for one more item in an arena-held array: *items has `count` items in use and
 * *capacity room. Returns false on failure (nothing changed). The old array stays in the arena
 * until it is cleared, so growth doubles. */
bool arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#ifdef __cplusplus
}
#endif
#endif
