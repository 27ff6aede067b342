/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/terms.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "search/ranking/match_build.h"

#define COVER_LOOK 12 /* tokens before and behind, among which those are that share a character */

/* A longer token has the character, too: 水 of 水电, but not of 水、电. */
static bool is_covered(const struct token_list *tokens, size_t at)
{
    const struct token *one = &tokens->tokens[at];
    size_t first = at < COVER_LOOK ? 0 : at - COVER_LOOK, last = at + COVER_LOOK;
    for (size_t i = first; i <= last && i < tokens->count; i++) {
        const struct token *other = &tokens->tokens[i];
        if (other->length > one->length && other->offset <= one->offset &&
            other->offset + other->length >= one->offset + one->length)
            return true;
    }
    return false;
}

bool terms_add(struct term_table *table, const struct leaf *leaf, uint32_t first_name,
               struct arena *arena)
{
    const struct token_list *tokens = &leaf->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->tokens[i];
        bool pair = token->kind == TOKEN_WORD && utf8_count(token->term) == 2; /* its bigram */
        if (token->kind != TOKEN_CHARACTER && !pair && !field_text_has(token, false))
            continue;
        struct text term = field_term(field_text_prefix(token->kind), token->term, arena);
        if (!term.data || !arena_grow(arena, &table->terms, table->count, &table->capacity,
                                      sizeof(*table->terms)))
            return false;
        table->terms[table->count++] = (struct plan_term) {
            .term = term,
            .bare = token->term,
            .kind = token->kind,
            .frequency = 1,
            .alone = utf8_count(token->term) == 1 &&
                     (tokens->count <= 2 || (token->term.length > 1 && !is_covered(tokens, i))),
            .word = pair,
            .filler = leaf->filler[i],
            .name = leaf->name_of[i] ? first_name + leaf->name_of[i] - 1 : 0,
        };
    }
    return true;
}

static int by_term(const void *a, const void *b)
{
    const struct plan_term *left = a, *right = b;
    int order = text_compare(left->term, right->term);
    return order ? order : (int)left->kind - (int)right->kind; /* the word before the sub-word */
}

static int by_weight(const void *a, const void *b)
{
    const struct plan_term *left = a, *right = b;
    if (left->weight != right->weight)
        return left->weight > right->weight ? -1 : 1;
    return text_compare(left->term, right->term);
}

/* A word of two characters stands where its bigram does, save where the text is cut otherwise: they
 * are one term, and count once; so are a number or letters of two characters. */
static void merge_into(struct plan_term *last, const struct plan_term *term)
{
    if (last->kind == term->kind)
        last->frequency += term->frequency;
    else if (last->kind != TOKEN_NUMBER && last->kind != TOKEN_LATIN)
        last->kind = TOKEN_BIGRAM;
    last->alone = last->alone || term->alone;
    last->filler = last->filler && term->filler;
    last->word = last->word || term->word;
    last->name = last->name == term->name ? last->name : 0;
}

static void merge(struct term_table *table)
{
    qsort(table->terms, table->count, sizeof(*table->terms), by_term);
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct plan_term *last = kept ? &table->terms[kept - 1] : NULL;
        if (last && text_equal(last->term, table->terms[i].term))
            merge_into(last, &table->terms[i]);
        else
            table->terms[kept++] = table->terms[i];
    }
    table->count = kept;
}

/* Numbers and Latin words have no characters or bigrams beside them: they count in full. */
static double factor_of(enum token_kind kind, const struct weights *weights)
{
    switch (kind) {
    case TOKEN_CHARACTER:
        return weights->character;
    case TOKEN_BIGRAM:
        return weights->bigram;
    case TOKEN_SUBWORD:
        return weights->subword;
    case TOKEN_NUMBER:
    case TOKEN_LATIN:
        return weights->word + weights->bigram;
    default:
        return weights->word;
    }
}

double terms_idf(double passages_with, uint64_t passages)
{
    double n = fmin(passages_with, (double)passages);
    return log(1 + ((double)passages - n + 0.5) / (n + 0.5));
}

static double weigh(const struct plan_term *term, uint64_t passages, const struct weights *weights)
{
    double idf = terms_idf(term->passages, passages);
    double k3 = weights->bm25.k3, query = (double)term->frequency;
    return term->passages ? term->factor * idf * (k3 + 1) * query / (k3 + query) : 0;
}

static bool too_frequent(const struct plan_term *term, uint64_t passages,
                         const struct weights *weights)
{
    double share = term->kind == TOKEN_CHARACTER ? weights->frequent_single : weights->frequent;
    double limit = share * (double)passages;
    return (double)term->passages > fmax(limit, weights->frequent_least);
}

static bool is_rare(const struct plan_term *term, uint64_t passages, const struct weights *weights)
{
    return (double)term->passages <= weights->rare * (double)passages;
}

static enum status look_up(struct text *names, uint32_t *counts, size_t count,
                           struct index_reader *reader, uint64_t *passages, struct error *error)
{
    return index_reader_statistics(reader, names, count, counts, passages, error);
}

/* What a term may be left out for, the best reason last. */
enum level { LEVEL_FILLER, LEVEL_FREQUENT, LEVEL_TELLING };

static enum level level_of(const struct plan_term *term, uint64_t passages,
                           const struct weights *weights)
{
    return term->filler                            ? LEVEL_FILLER
           : too_frequent(term, passages, weights) ? LEVEL_FREQUENT
                                                   : LEVEL_TELLING;
}

/* A passage that has the query's text has its pairs, whatever words either is cut into: they must
 * not all give way to a rarer word (国人 is in 中国人民 no word), nor to characters, which choose no
 * passages. */
static bool is_certain(const struct plan_term *term)
{
    return term->kind == TOKEN_BIGRAM || term->alone;
}

static bool has_certain(const struct term_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (is_certain(&table->terms[i]) && table->terms[i].passages)
            return true;
    return false;
}

/* The index has a pair or a word of the query with this character. */
static bool stands_in_pair(const struct term_table *table, const struct plan_term *character)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct plan_term *term = &table->terms[i];
        if (term->kind != TOKEN_CHARACTER && term->telling &&
            text_contains(term->bare, character->bare))
            return true;
    }
    return false;
}

/* Other characters are counted in the text of what is chosen. */
static bool chooses(const struct term_table *table, const struct plan_term *term, uint64_t passages,
                    const struct weights *weights)
{
    return term->kind != TOKEN_CHARACTER || term->alone ||
           (is_rare(term, passages, weights) && !stands_in_pair(table, term));
}

/* Weights of the terms that stay: those of the highest level that there is. */
static void choose(struct term_table *table, uint64_t passages, const struct weights *weights)
{
    enum level highest = LEVEL_FILLER;
    bool certain = has_certain(table);
    for (size_t i = 0; i < table->count; i++) {
        struct plan_term *term = &table->terms[i];
        enum level level = level_of(term, passages, weights);
        bool pair = term->kind == TOKEN_BIGRAM && term->word;
        term->factor = factor_of(term->kind, weights) + (pair ? weights->word : 0);
        term->weight = weigh(term, passages, weights);
        bool counts = term->weight > 0 && (!certain || is_certain(term));
        highest = counts && level > highest ? level : highest;
    }
    for (size_t i = 0; i < table->count; i++) {
        struct plan_term *term = &table->terms[i];
        enum level level = level_of(term, passages, weights);
        if (level == LEVEL_FILLER && highest > LEVEL_FILLER)
            term->weight = 0;
        term->telling = term->weight > 0 && level >= highest;
    }
    qsort(table->terms, table->count, sizeof(*table->terms), by_weight);
    for (size_t i = 0, looked_up = 0; i < table->count && looked_up < weights->term_max; i++) {
        struct plan_term *term = &table->terms[i];
        term->chosen = term->telling && chooses(table, term, passages, weights);
        looked_up += term->chosen;
    }
}

enum status terms_weigh(struct term_table *table, struct index_reader *reader,
                        const struct weights *weights, struct arena *arena, struct error *error)
{
    if (table->count == 0)
        return STATUS_OK;
    merge(table);
    struct text *names = ARENA_ARRAY(arena, struct text, table->count);
    uint32_t *counts = ARENA_ARRAY(arena, uint32_t, table->count);
    if (!names || !counts)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < table->count; i++)
        names[i] = table->terms[i].term;
    uint64_t passages = 0;
    enum status status = look_up(names, counts, table->count, reader, &passages, error);
    if (status)
        return status;
    for (size_t i = 0; i < table->count; i++)
        table->terms[i].passages = counts[i];
    choose(table, passages, weights);
    return STATUS_OK;
}

/* A word of two characters is merged with its bigram. */
static bool is_word(const struct plan_term *term)
{
    return term->kind == TOKEN_BIGRAM
               ? term->word
               : term->kind != TOKEN_CHARACTER && term->kind != TOKEN_SUBWORD;
}

enum status terms_add_field(const struct term_table *table, enum field field, double scale,
                            struct index_reader *reader, const struct weights *weights,
                            struct arena *arena, struct match **group, struct error *error)
{
    struct text *names = ARENA_ARRAY(arena, struct text, table->count + 1);
    uint32_t *counts = ARENA_ARRAY(arena, uint32_t, table->count + 1);
    if (!names || !counts)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    size_t count = 0;
    for (size_t i = 0; i < table->count && count < weights->term_max && scale > 0; i++) {
        if (!is_word(&table->terms[i]))
            continue;
        names[count] = field_term(FIELDS[field].prefix, table->terms[i].bare, arena);
        if (!names[count].data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        count++;
    }
    uint64_t passages = 0;
    enum status status =
        count ? look_up(names, counts, count, reader, &passages, error) : STATUS_OK;
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (!counts[i] || (double)counts[i] > 0.5 * (double)passages)
            continue;
        if (!*group)
            *group = match_group(MATCH_OR, arena);
        *group =
            match_add(*group, match_scale(match_term(names[i], 1, arena), scale, arena), arena);
        if (!*group)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return STATUS_OK;
}
