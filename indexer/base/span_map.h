/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where each byte of a cleaned text came from: runs over which text and source advance together.
 * A byte range of the text maps to the smallest source range that covers it. */
#ifndef DAFU_BASE_SPAN_MAP_H
#define DAFU_BASE_SPAN_MAP_H

#include "indexer/base/arena.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct span {
    uint32_t text_offset;   /* bytes into the cleaned text */
    uint32_t length;        /* bytes of the text in this run */
    uint64_t source_offset; /* bytes into the source */
    uint64_t source_length; /* == length where copied as it was; differs where re-encoded, and
                             * then the run is one unit that cannot be divided */
};

struct span_map {
    struct span *spans; /* ascending text_offset, covering the text; arena-held */
    size_t count;
    size_t capacity;
};

/* Appends a run; merges it with the last one when both advance together. A run without text adds
 * nothing. False: no memory, or 4 GiB of text. */
bool span_map_append(struct span_map *map, struct arena *arena, uint32_t length,
                     uint64_t source_offset, uint64_t source_length);

/* Source range of text bytes [start, start + length), cut at the text's end. An empty map gives
 * 0, 0; an empty range gives the place in the source and length 0. */
void span_map_source(const struct span_map *map, size_t start, size_t length,
                     uint64_t *source_offset, uint64_t *source_length);

#ifdef __cplusplus
}
#endif
#endif
