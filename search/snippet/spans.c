/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet/spans.h"

#include <stdlib.h>

static int by_term(const void *a, const void *b)
{
    return text_compare(((const struct span_term *)a)->term, ((const struct span_term *)b)->term);
}

void span_terms_sort(struct span_terms *terms)
{
    if (terms->count)
        qsort(terms->terms, terms->count, sizeof(*terms->terms), by_term);
}

static int by_start(const void *a, const void *b)
{
    const struct text_span *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->length > right->length ? -1 : left->length < right->length;
}

/* Overlapping ones share characters: the heavier weight counts; neighbours add up. */
static void merge(struct span_list *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->spans, list->count, sizeof(*list->spans), by_start);
    for (size_t i = 0; i < list->count; i++) {
        struct text_span next = list->spans[i];
        struct text_span *last = kept ? &list->spans[kept - 1] : NULL;
        size_t end = last ? last->start + last->length : 0;
        if (!last || next.start > end) {
            list->spans[kept++] = next;
            continue;
        }
        if (next.start == end)
            last->weight += next.weight;
        else if (next.weight > last->weight)
            last->weight = next.weight;
        if (next.start + next.length > end)
            last->length = next.start + next.length - last->start;
    }
    list->count = kept;
}

enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *arena, struct span_list *out, struct error *error)
{
    struct token_list tokens = { 0 };
    struct span_list list = { 0 };
    enum status status = terms->count
                             ? analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &tokens, error)
                             : STATUS_OK;
    if (status)
        return status;
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *token = &tokens.tokens[i];
        struct span_term key = { token->term, 0 };
        const struct span_term *found =
            bsearch(&key, terms->terms, terms->count, sizeof(*terms->terms), by_term);
        if (!found || token->length == 0)
            continue;
        if (!arena_grow(arena, &list.spans, list.count, &list.capacity, sizeof(*list.spans)))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        list.spans[list.count++] =
            (struct text_span) { token->offset, token->length, found->weight };
    }
    merge(&list);
    *out = list;
    return STATUS_OK;
}
