/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet/spans.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"

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

static bool add_span(struct span_list *list, size_t start, size_t length, double weight,
                     struct arena *arena)
{
    if (!arena_grow(arena, &list->spans, list->count, &list->capacity, sizeof(*list->spans)))
        return false;
    list->spans[list->count++] = (struct text_span) { start, length, weight };
    return true;
}

static enum status find_tokens(struct analyzer *analyzer, const struct span_terms *terms,
                               struct text text, struct arena *arena, struct span_list *list,
                               struct error *error)
{
    struct token_list tokens = { 0 };
    enum status status = terms->count
                             ? analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &tokens, error)
                             : STATUS_OK;
    for (size_t i = 0; i < tokens.count && !status; i++) {
        const struct token *token = &tokens.tokens[i];
        struct span_term key = { token->term, 0 };
        const struct span_term *found =
            bsearch(&key, terms->terms, terms->count, sizeof(*terms->terms), by_term);
        if (found && token->length &&
            !add_span(list, token->offset, token->length, found->weight, arena))
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return status;
}

static bool find_phrase(const struct normalized *normalized, const struct span_term *phrase,
                        struct arena *arena, struct span_list *list)
{
    struct text text = buffer_text(&normalized->text);
    for (size_t at = 0; phrase->term.length && at < text.length;) {
        size_t found = text_find(text_slice(text, at, text.length - at), phrase->term);
        if (found == TEXT_NONE)
            break;
        uint32_t offset, length;
        normalized_source(normalized, at + found, phrase->term.length, &offset, &length);
        if (!add_span(list, offset, length, phrase->weight, arena))
            return false;
        at += found + phrase->term.length;
    }
    return true;
}

static enum status find_phrases(struct analyzer *analyzer, const struct span_terms *terms,
                                struct text text, struct arena *arena, struct span_list *list,
                                struct error *error)
{
    CLEANUP(normalized_release) struct normalized normalized;
    normalized_init(&normalized);
    enum status status = terms->phrase_count
                             ? normalizer_run(analyzer_lexicon(analyzer), text, &normalized, error)
                             : STATUS_OK;
    for (size_t i = 0; i < terms->phrase_count && !status; i++)
        if (!find_phrase(&normalized, &terms->phrases[i], arena, list))
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}

enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *arena, struct span_list *out, struct error *error)
{
    struct span_list list = { 0 };
    enum status status = find_tokens(analyzer, terms, text, arena, &list, error);
    if (!status)
        status = find_phrases(analyzer, terms, text, arena, &list, error);
    if (status)
        return status;
    merge(&list);
    *out = list;
    return STATUS_OK;
}
