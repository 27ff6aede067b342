/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the head of an index, as its counts of characters, and as the facets and
 * version of a document. What can be read is written again as the same thing. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "indexer/analysis/facet.h"
#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assert_same(const struct index_head *a, const struct index_head *b)
{
    assert(a->segment_count == b->segment_count && a->next == b->next);
    assert(a->version == b->version && a->ledger_length == b->ledger_length);
    for (size_t i = 0; i < a->segment_count; i++) {
        assert(a->segments[i].documents == b->segments[i].documents);
        assert(a->segments[i].dead_count == b->segments[i].dead_count);
        for (size_t j = 0; j < a->segments[i].dead_count; j++)
            assert(a->segments[i].dead[j].first == b->segments[i].dead[j].first);
    }
}

static void read_head(struct text bytes)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer again = BUFFER_INIT;
    struct error error = { "" };
    struct index_head head, second;
    arena_init(&arena, 0);
    if (index_head_decode(bytes, &arena, &head, &error)) {
        assert(error.message[0]);
        return;
    }
    for (size_t i = 0; i < head.segment_count; i++) {
        (void)index_segment_dead_passages(&head.segments[i]);
        (void)index_segment_is_dead(&head.segments[i], head.segments[i].documents);
    }
    assert(!index_head_encode(&head, &again, &error));
    assert(!index_head_decode(buffer_text(&again), &arena, &second, &error));
    assert_same(&head, &second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint32_t counts[CHARACTER_COUNTS_SIZE];
    struct text bytes = text_of_bytes((const char *)data, size);
    struct facet_codes codes;
    struct error error = { "" };
    read_head(bytes);
    (void)character_counts_decode(bytes, counts, &error);
    (void)facets_unpack(bytes, &codes);
    (void)index_version_read(bytes);
    return 0;
}
