/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is shown of a query in a text: its words where it has words, and what must occur exactly as
 * it was written, nothing else.
 *
 * Pairs of characters find what query and text cut into different words, so pairs within a word are
 * shown. A pair that is the end of one word and the beginning of the next (适老|化改|造) is no word
 * of its own: it is shown where the words are shown that it binds. snippet/spans.h says the same of
 * the words of the text. */
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/searcher/search.h"

struct mark { /* a token of the query's words */
    struct text term;
    bool leans_back, leans_on, edge_back, edge_on; /* as in struct span_term */
};

struct marks {
    struct search *search;
    struct mark *items;
    size_t count, capacity;
    struct span_term *phrases;
    size_t phrase_count, phrase_capacity;
};

static bool is_word(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || token->kind == TOKEN_LATIN;
}

static bool covers(const struct token *word, size_t offset)
{
    return word->offset <= offset && offset < word->offset + word->length;
}

static bool is_one_character(struct text text, const struct token *token)
{
    return utf8_count(text_slice(text, token->offset, token->length)) == 1;
}

/* How the pair stands to the words around it; `words` ascend and `at` moves on with the pairs. */
static struct mark mark_of(struct text text, const struct token *token, const struct token **words,
                           size_t word_count, size_t *at)
{
    struct mark mark = { .term = token->term };
    size_t last = utf8_boundary(text, token->offset + token->length - 1);
    while (*at < word_count && words[*at]->offset + words[*at]->length <= token->offset)
        ++*at;
    if (token->kind != TOKEN_BIGRAM || *at == word_count)
        return mark;
    if (covers(words[*at], last)) {
        mark.edge_back = words[*at]->offset == token->offset;
        mark.edge_on = words[*at]->offset + words[*at]->length == token->offset + token->length;
        return mark;
    }
    const struct token *first = words[*at], *next = *at + 1 < word_count ? words[*at + 1] : NULL;
    mark.leans_back = covers(first, token->offset) && !is_one_character(text, first);
    mark.leans_on = next && covers(next, last) && !is_one_character(text, next);
    return mark;
}

static enum status mark_words(struct marks *marks, struct text text)
{
    struct search *search = marks->search;
    struct token_list tokens = { 0 };
    enum status status = analyzer_run(search->searcher->analyzer, ANALYSIS_TEXT, text,
                                      search->arena, &tokens, search->error);
    const struct token **words = ARENA_ARRAY(search->arena, const struct token *, tokens.count + 1);
    size_t word_count = 0, at = 0;
    if (status || !words)
        return status ? status : search_no_memory(search);
    for (size_t i = 0; i < tokens.count; i++)
        if (is_word(&tokens.tokens[i]))
            words[word_count++] = &tokens.tokens[i];
    for (size_t i = 0; i < tokens.count; i++) {
        if (!arena_grow(search->arena, &marks->items, marks->count, &marks->capacity,
                        sizeof(*marks->items)))
            return search_no_memory(search);
        if (i && tokens.tokens[i].offset < tokens.tokens[i - 1].offset)
            at = 0;
        marks->items[marks->count++] = mark_of(text, &tokens.tokens[i], words, word_count, &at);
    }
    return STATUS_OK;
}

/* The weight of the heaviest term in it. */
static double weight_of(const struct plan *plan, struct text phrase)
{
    double weight = 0;
    for (size_t i = 0; i < plan->term_count; i++)
        if (plan->terms[i].weight > weight && text_contains(phrase, plan->terms[i].bare))
            weight = plan->terms[i].weight;
    return weight > 0 ? weight : 1;
}

static enum status mark_phrase(struct marks *marks, struct text text)
{
    struct search *search = marks->search;
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    enum status status = normalizer_fold(search->searcher->lexicon, text, &folded, search->error);
    if (status)
        return status;
    struct text phrase = arena_text(search->arena, text_trim(buffer_text(&folded)));
    if (!phrase.data || !arena_grow(search->arena, &marks->phrases, marks->phrase_count,
                                    &marks->phrase_capacity, sizeof(*marks->phrases)))
        return search_no_memory(search);
    if (phrase.length)
        marks->phrases[marks->phrase_count++] =
            (struct span_term) { .term = phrase, .weight = weight_of(&search->plan, phrase) };
    return STATUS_OK;
}

/* Fields are looked for elsewhere; a value that is none of its field is words. */
static enum status mark_node(struct marks *marks, const struct query_node *node)
{
    enum status status = STATUS_OK;
    if (node->kind == QUERY_NOT)
        return STATUS_OK;
    if (node->kind == QUERY_EXACT)
        return mark_phrase(marks, node->text);
    if (node->text.length)
        status = mark_words(marks, node->text);
    for (const struct query_node *child = node->first; child && !status; child = child->next)
        status = mark_node(marks, child);
    return status;
}

/* A number is cited in many forms; what it is in the text is one mark. */
static enum status mark_reference(struct marks *marks, const struct reference *reference)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < reference->document_count && !status; i++)
        status = mark_phrase(marks, reference->documents[i]);
    if (!status && reference->kind == REFERENCE_PROPOSAL)
        status = mark_phrase(marks, reference->written);
    return status;
}

static int by_term(const void *a, const void *b)
{
    const struct mark *left = a, *right = b;
    int order = text_compare(left->term, right->term);
    int leaning = left->leans_back + left->leans_on - right->leans_back - right->leans_on;
    return order ? order : leaning;
}

/* Where the term leans least in the query; NULL: it is none of its words. */
static const struct mark *find(const struct marks *marks, struct text term)
{
    size_t low = 0, high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(marks->items[middle].term, term) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < marks->count && text_equal(marks->items[low].term, term) ? &marks->items[low]
                                                                          : NULL;
}

/* Words, and pairs for what the two sides cut differently; a single character only where it is all
 * there is of a word of the query. Numbers and Latin words of a query are always shown, however
 * frequent. */
static bool is_shown(const struct plan_term *term)
{
    if (term->kind == TOKEN_NUMBER || term->kind == TOKEN_LATIN)
        return term->passages > 0;
    if (term->alone)
        return true;
    return term->kind != TOKEN_CHARACTER && term->telling && utf8_count(term->bare) > 1;
}

static enum status keep_terms(struct marks *marks, struct span_terms *out)
{
    const struct plan *plan = &marks->search->plan;
    out->terms = ARENA_ARRAY(marks->search->arena, struct span_term, plan->term_count + 1);
    if (!out->terms)
        return search_no_memory(marks->search);
    if (marks->count)
        qsort(marks->items, marks->count, sizeof(*marks->items), by_term);
    for (size_t i = 0; i < plan->term_count; i++) {
        const struct plan_term *term = &plan->terms[i];
        const struct mark *mark = is_shown(term) ? find(marks, term->bare) : NULL;
        if (mark)
            out->terms[out->count++] = (struct span_term) { .term = term->bare,
                                                            .weight = term->weight,
                                                            .leans_back = mark->leans_back,
                                                            .leans_on = mark->leans_on,
                                                            .edge_back = mark->edge_back,
                                                            .edge_on = mark->edge_on };
    }
    span_terms_sort(out);
    return STATUS_OK;
}

enum status search_shown_terms(struct search *search, struct span_terms *out)
{
    const struct plan *plan = &search->plan;
    struct marks marks = { .search = search };
    *out = (struct span_terms) { 0 };
    enum status status = mark_node(&marks, search->query.root);
    if (!status)
        status = mark_reference(&marks, &search->query.reference);
    for (size_t i = 0; i < plan->other_count && !status; i++)
        status = mark_phrase(&marks, plan->others[i].needle);
    out->phrases = marks.phrases;
    out->phrase_count = marks.phrase_count;
    return status ? status : keep_terms(&marks, out);
}
