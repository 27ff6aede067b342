/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document that says much, a code of laws, a report, answers more questions than one that says
 * little, whatever its words: a prior by length (Kraaij, Westerveld, Hiemstra, SIGIR 2002; Singhal,
 * Buckley, Mitra, SIGIR 1996, for what BM25's length takes away). Of the larger document, for a
 * passage's own length says nothing of it. */
#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/index_head.h"
#include "search/ranking/rerank.h"

static int by_group(const void *a, const void *b)
{
    const struct candidate *const *left = a, *const *right = b;
    return text_compare((*left)->group, (*right)->group);
}

static bool is_first(struct candidate **order, size_t i)
{
    return i == 0 || !text_equal(order[i]->group, order[i - 1]->group);
}

/* One term for each document, in the order of `order`. */
static enum status name_groups(struct candidate **order, size_t count, struct text *terms,
                               size_t *term_count, struct arena *arena, struct error *error)
{
    *term_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_first(order, i))
            continue;
        char term[INDEX_GROUP_MAX];
        size_t length = index_group(order[i]->group, term);
        struct text kept = arena_text(arena, (struct text) { term, length });
        if (!kept.data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        terms[(*term_count)++] = kept;
    }
    return STATUS_OK;
}

enum status candidates_weigh_extent(struct candidate_list *list, const struct weights *weights,
                                    struct index_reader *reader, struct arena *arena,
                                    struct error *error)
{
    if (weights->extent <= 0)
        return STATUS_OK;
    struct candidate **order = ARENA_ARRAY(arena, struct candidate *, list->count + 1);
    struct text *terms = ARENA_ARRAY(arena, struct text, list->count + 1);
    uint32_t *passages = ARENA_ARRAY(arena, uint32_t, list->count + 1);
    if (!order || !terms || !passages)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->candidates[i];
    qsort(order, list->count, sizeof(*order), by_group);
    size_t term_count;
    uint64_t all;
    enum status status = name_groups(order, list->count, terms, &term_count, arena, error);
    if (!status)
        status = index_reader_statistics(reader, terms, term_count, passages, &all, error);
    for (size_t i = 0, next = 0; i < list->count && !status; i++) {
        next += is_first(order, i);
        double long_as = passages[next - 1] / weights->extent_from;
        order[i]->extent = 1 + weights->extent * log1p(long_as);
    }
    return status;
}
