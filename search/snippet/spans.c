/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet/spans.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

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

struct leaning { /* arena-held: spans that lean, apart from the others until those are known */
    struct {
        struct text_span span;
        bool back, on;
    } * items;
    size_t count, capacity;
};

static bool add_leaning(struct leaning *leaning, struct text_span span,
                        const struct span_term *term, struct arena *arena)
{
    if (!arena_grow(arena, &leaning->items, leaning->count, &leaning->capacity,
                    sizeof(*leaning->items)))
        return false;
    leaning->items[leaning->count].span = span;
    leaning->items[leaning->count].back = term->leans_back;
    leaning->items[leaning->count++].on = term->leans_on;
    return true;
}

/* Whether a span of the merged list has the byte. */
static bool is_covered(const struct span_list *list, size_t offset)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->spans[middle].start + list->spans[middle].length <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->spans[low].start <= offset;
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
                               struct leaning *leaning, struct error *error)
{
    struct token_list tokens = { 0 };
    enum status status = terms->count
                             ? analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &tokens, error)
                             : STATUS_OK;
    for (size_t i = 0; i < tokens.count && !status; i++) {
        const struct token *token = &tokens.tokens[i];
        struct span_term key = { .term = token->term };
        const struct span_term *found =
            bsearch(&key, terms->terms, terms->count, sizeof(*terms->terms), by_term);
        if (!found || !token->length)
            continue;
        struct text_span span = { token->offset, token->length, found->weight };
        bool leans = found->leans_back || found->leans_on;
        if (leans ? !add_leaning(leaning, span, found, arena)
                  : !add_span(list, span.start, span.length, span.weight, arena))
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return status;
}

static bool is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

/* A number or a Latin word goes on at the place between two bytes of normalised text. */
static bool cuts_word(struct text text, size_t at)
{
    return at > 0 && at < text.length && is_alphanumeric(text.data[at - 1]) &&
           is_alphanumeric(text.data[at]);
}

static bool find_phrase(const struct normalized *normalized, const struct span_term *phrase,
                        struct arena *arena, struct span_list *list)
{
    struct text text = buffer_text(&normalized->text);
    for (size_t at = 0; phrase->term.length && at < text.length;) {
        size_t found = text_find(text_slice(text, at, text.length - at), phrase->term);
        if (found == TEXT_NONE)
            break;
        size_t start = at + found, end = start + phrase->term.length;
        uint32_t offset, length;
        normalized_source(normalized, start, phrase->term.length, &offset, &length);
        if (!cuts_word(text, start) && !cuts_word(text, end) &&
            !add_span(list, offset, length, phrase->weight, arena))
            return false;
        at = end;
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

/* Adds the leaning spans that have something to lean on. */
static bool add_bound(struct span_list *list, const struct leaning *leaning, struct text text,
                      struct arena *arena)
{
    struct span_list firm = *list;
    bool any = false;
    firm.spans = ARENA_ARRAY(arena, struct text_span, firm.count + 1);
    if (!firm.spans)
        return false;
    if (firm.count)
        memcpy(firm.spans, list->spans, firm.count * sizeof(*firm.spans));
    for (size_t i = 0; i < leaning->count; i++) {
        const struct text_span *span = &leaning->items[i].span;
        size_t last = utf8_boundary(text, span->start + span->length - 1);
        if ((leaning->items[i].back && !is_covered(&firm, span->start)) ||
            (leaning->items[i].on && !is_covered(&firm, last)))
            continue;
        any = true;
        if (!add_span(list, span->start, span->length, span->weight, arena))
            return false;
    }
    if (any)
        merge(list);
    return true;
}

enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *arena, struct span_list *out, struct error *error)
{
    struct span_list list = { 0 };
    struct leaning leaning = { 0 };
    enum status status = find_tokens(analyzer, terms, text, arena, &list, &leaning, error);
    if (!status)
        status = find_phrases(analyzer, terms, text, arena, &list, error);
    if (status)
        return status;
    merge(&list);
    if (!add_bound(&list, &leaning, text, arena))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    *out = list;
    return STATUS_OK;
}
