/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the file of saved searches. What can be read is written again and reads as
 * the same searches. */
#include "tests/fuzz/fuzz_file.h"

#include <string.h>

#include "indexer/base/cleanup.h"
#include "search/saved/saved.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assert_same_filters(const struct search_filters *a, const struct search_filters *b)
{
    assert(text_equal(a->from, b->from) && text_equal(a->to, b->to));
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        assert(a->counts[facet] == b->counts[facet] && a->counts[facet] <= FILTER_VALUES_MAX);
        for (size_t i = 0; i < a->counts[facet]; i++)
            assert(text_equal(a->values[facet][i], b->values[facet][i]));
    }
}

static void assert_same(const struct saved_search *a, const struct saved_search *b)
{
    assert(text_equal(a->name, b->name) && text_equal(a->query, b->query));
    assert(text_equal(a->index, b->index) && text_equal(a->saved, b->saved));
    assert(text_equal(a->looked, b->looked) && a->seen.count == b->seen.count);
    assert(!a->seen.count ||
           !memcmp(a->seen.digests, b->seen.digests, a->seen.count * sizeof(*a->seen.digests)));
    assert_same_filters(&a->filters, &b->filters);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_release) struct arena arena;
    struct error error = { "" };
    struct saved_list list, again;
    const char *path = fuzz_file("saved.json", data, size);
    arena_init(&arena, 0);
    enum status status = saved_read(path, &arena, &list, &error);
    if (status) {
        assert((status == STATUS_CORRUPT || status == STATUS_MISMATCH) && error.message[0]);
        return 0;
    }
    assert(!saved_write(path, &list, &error) && !saved_read(path, &arena, &again, &error));
    assert(list.count == again.count && list.count <= SAVED_SEARCHES_MAX);
    for (size_t i = 0; i < list.count; i++) {
        assert(saved_find(&list, list.searches[i].name) == &list.searches[i]);
        assert_same(&list.searches[i], &again.searches[i]);
        assert(!seen_sort(&list.searches[i].seen, &arena, &error));
    }
    return 0;
}
