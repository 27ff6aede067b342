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

struct pairs { /* arena-held: pairs that need support, apart until the others are known */
    struct pair {
        struct text_span span;
        const struct span_term *term;
        bool word; /* of the text */
    } * items;
    size_t count, capacity;
};

static bool add_pair(struct pairs *pairs, const struct pair *pair, struct arena *arena)
{
    if (!arena_grow(arena, &pairs->items, pairs->count, &pairs->capacity, sizeof(*pairs->items)))
        return false;
    pairs->items[pairs->count++] = *pair;
    return true;
}

/* The words of a text that a pair may be or be made of: at each byte where one of them begins. */
struct words {
    unsigned char *two; /* the length of a word of two characters; longer than 255 bytes: none */
    bool *one;          /* a word of one character */
    bool *inner;        /* not that: a character inside of a word, behind its first one */
};

static bool find_words(const struct token_list *tokens, struct text text, struct arena *arena,
                       struct words *out)
{
    out->two = ARENA_ARRAY(arena, unsigned char, text.length + 1);
    out->one = ARENA_ARRAY(arena, bool, text.length + 1);
    out->inner = ARENA_ARRAY(arena, bool, text.length + 1);
    if (!out->two || !out->one || !out->inner)
        return false;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->tokens[i];
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_SUBWORD)
            continue;
        size_t count = utf8_count(token->term);
        if (count == 2 && token->length <= UINT8_MAX)
            out->two[token->offset] = (unsigned char)token->length;
        if (count == 1)
            out->one[token->offset] = true;
        for (size_t at = 1; token->kind == TOKEN_WORD && at < token->length; at++)
            out->inner[token->offset + at] = true;
    }
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

static bool needs_support(const struct token *token, const struct span_term *term,
                          const struct words *words)
{
    bool leans = term->leans_back || term->leans_on;
    return leans || (token->kind == TOKEN_BIGRAM && words->two[token->offset] != token->length);
}

static enum status find_tokens(struct analyzer *analyzer, const struct span_terms *terms,
                               struct text text, struct arena *arena, struct span_list *list,
                               struct pairs *pairs, struct words *words, struct error *error)
{
    struct token_list tokens = { 0 };
    enum status status = analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &tokens, error);
    if (status)
        return status;
    bool done = find_words(&tokens, text, arena, words);
    for (size_t i = 0; i < tokens.count && done; i++) {
        const struct token *token = &tokens.tokens[i];
        struct span_term key = { .term = token->term };
        const struct span_term *found =
            bsearch(&key, terms->terms, terms->count, sizeof(*terms->terms), by_term);
        if (!found || !token->length)
            continue;
        const struct pair pair = { { token->offset, token->length, found->weight },
                                   found,
                                   words->two[token->offset] == token->length };
        done = needs_support(token, found, words)
                   ? add_pair(pairs, &pair, arena)
                   : add_span(list, token->offset, token->length, found->weight, arena);
    }
    return done ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
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

/* Whether both characters belong to what is shown, or are words of their own. One goes with the other
 * at the edge of a word of the query, and within a word of the text. */
static bool is_supported(const struct pair *pair, const struct span_list *firm,
                         const struct words *words, struct text text)
{
    const struct span_term *term = pair->term;
    size_t first = pair->span.start, end = first + pair->span.length;
    size_t last = utf8_boundary(text, end - 1);
    bool first_shown = is_covered(firm, first), last_shown = is_covered(firm, last);
    bool first_word = !term->leans_back && (pair->word || words->one[first]);
    bool last_word = !term->leans_on && (pair->word || words->one[last]);
    bool one_word = words->inner[last];
    return (first_shown || first_word || (last_shown && (term->edge_back || one_word))) &&
           (last_shown || last_word || (first_shown && (term->edge_on || one_word)));
}

/* Adds the pairs that have support in what is shown without them. */
static bool add_supported(struct span_list *list, const struct pairs *pairs,
                          const struct words *words, struct text text, struct arena *arena)
{
    struct span_list firm = *list;
    bool any = false;
    firm.spans = ARENA_ARRAY(arena, struct text_span, firm.count + 1);
    if (!firm.spans)
        return false;
    if (firm.count)
        memcpy(firm.spans, list->spans, firm.count * sizeof(*firm.spans));
    for (size_t i = 0; i < pairs->count; i++) {
        const struct text_span *span = &pairs->items[i].span;
        if (!is_supported(&pairs->items[i], &firm, words, text))
            continue;
        any = true;
        if (!add_span(list, span->start, span->length, span->weight, arena))
            return false;
    }
    if (any)
        merge(list);
    return true;
}

static enum status find_spans(struct analyzer *analyzer, const struct span_terms *terms,
                              struct text text, struct arena *scratch, struct span_list *list,
                              struct error *error)
{
    struct pairs pairs = { 0 };
    struct words words = { 0 };
    enum status status = STATUS_OK;
    if (terms->count)
        status = find_tokens(analyzer, terms, text, scratch, list, &pairs, &words, error);
    if (!status)
        status = find_phrases(analyzer, terms, text, scratch, list, error);
    if (status)
        return status;
    merge(list);
    if (!add_supported(list, &pairs, &words, text, scratch))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *scratch, struct arena *arena, struct span_list *out,
                       struct error *error)
{
    struct span_list list = { 0 };
    arena_clear(scratch);
    enum status status = find_spans(analyzer, terms, text, scratch, &list, error);
    if (status)
        return status;
    *out = (struct span_list) { ARENA_ARRAY(arena, struct text_span, list.count + 1), list.count,
                                list.count + 1 };
    if (!out->spans)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (list.count)
        memcpy(out->spans, list.spans, list.count * sizeof(*list.spans));
    return STATUS_OK;
}
