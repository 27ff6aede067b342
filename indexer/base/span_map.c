/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that was copied as it was can be divided at any byte; a run that was re-encoded stands for
 * its whole source range. */
#include "indexer/base/span_map.h"

static uint64_t span_text_end(const struct span *span)
{
    return (uint64_t)span->text_offset + span->length;
}

static bool is_copy(const struct span *span)
{
    return span->length == span->source_length;
}

bool span_map_append(struct span_map *map, struct arena *arena, uint32_t length,
                     uint64_t source_offset, uint64_t source_length)
{
    struct span *last = map->count ? &map->spans[map->count - 1] : NULL;
    uint64_t text_offset = last ? span_text_end(last) : 0;
    if (!length)
        return true;
    if (text_offset + length > UINT32_MAX)
        return false;

    if (last && is_copy(last) && length == source_length &&
        last->source_offset + last->source_length == source_offset) {
        last->length += length;
        last->source_length += source_length;
        return true;
    }
    if (!arena_grow(arena, &map->spans, map->count, &map->capacity, sizeof(*map->spans)))
        return false;
    map->spans[map->count++] = (struct span) {
        .text_offset = (uint32_t)text_offset,
        .length = length,
        .source_offset = source_offset,
        .source_length = source_length,
    };
    return true;
}

/* Index of the run that holds text byte `offset`; the last run for anything behind it. */
static size_t find_span(const struct span_map *map, uint64_t offset)
{
    size_t low = 0;
    size_t high = map->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_text_end(&map->spans[middle]) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Source of text bytes [start, end), of which some lie in `span`: from *first to *last. */
static void source_in_span(const struct span *span, uint64_t start, uint64_t end, uint64_t *first,
                           uint64_t *last)
{
    *first = span->source_offset;
    *last = span->source_offset + span->source_length;
    if (!is_copy(span))
        return;
    if (start > span->text_offset)
        *first += start - span->text_offset;
    if (end < span_text_end(span))
        *last -= span_text_end(span) - end;
}

void span_map_source(const struct span_map *map, size_t start, size_t length,
                     uint64_t *source_offset, uint64_t *source_length)
{
    *source_offset = 0;
    *source_length = 0;
    if (!map->count)
        return;

    uint64_t text_end = span_text_end(&map->spans[map->count - 1]);
    if (start >= text_end) {
        const struct span *last = &map->spans[map->count - 1];
        *source_offset = last->source_offset + last->source_length;
        return;
    }
    uint64_t end = length > text_end - start ? text_end : start + length;
    uint64_t from;
    uint64_t to;
    size_t index = find_span(map, start);
    source_in_span(&map->spans[index], start, end, &from, &to);
    *source_offset = from;
    if (!length)
        return;

    /* Runs may be out of the source's order, so every one in the range counts. */
    for (index++; index < map->count && map->spans[index].text_offset < end; index++) {
        uint64_t first;
        uint64_t last;
        source_in_span(&map->spans[index], start, end, &first, &last);
        from = first < from ? first : from;
        to = last > to ? last : to;
    }
    *source_offset = from;
    *source_length = to - from;
}
