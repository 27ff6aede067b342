/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A form may occur where all its bigrams do: with these rare pairs that is nearly always right, and
 * ranking can live with the exceptions. */
#include "search/ranking/names.h"

#include "search/ranking/match_build.h"

#define OTHERS_MAX 64 /* of one query */
#define FORM_TERMS_MAX 64
#define NAMES_MAX 64 /* of one query; later ones are only themselves */

bool names_add(struct name_table *table, const struct leaf *leaf, struct arena *arena)
{
    for (size_t i = 0; i < leaf->name_count && table->count < NAMES_MAX; i++) {
        if (!arena_grow(arena, &table->names, table->count, &table->capacity,
                        sizeof(*table->names)))
            return false;
        table->names[table->count++] = leaf->names[i];
    }
    return true;
}

static bool is_bigram(enum token_kind kind)
{
    return kind == TOKEN_BIGRAM;
}

static bool is_character(enum token_kind kind)
{
    return kind == TOKEN_CHARACTER;
}

static bool is_number(enum token_kind kind)
{
    return kind == TOKEN_NUMBER;
}

static bool is_latin(enum token_kind kind)
{
    return kind == TOKEN_NUMBER || kind == TOKEN_LATIN;
}

/* The token of a number's digits alone (2024, not 2024年) that shares a character with this one. */
static bool is_in_digits(const struct token_list *tokens, const struct token *token)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *number = &tokens->tokens[i];
        bool apart = number->offset >= token->offset + token->length ||
                     token->offset >= number->offset + number->length;
        if (number->kind != TOKEN_NUMBER || apart)
            continue;
        size_t digits = 0;
        while (digits < number->term.length && (unsigned char)number->term.data[digits] < 0x80)
            digits++;
        if (digits == number->term.length)
            return true;
    }
    return false;
}

/* costumes: without the pairs of digits, which differ in 2024, 二〇二四 and 1,234. */
static struct match *every(const struct token_list *tokens, bool (*wanted)(enum token_kind kind),
                           bool costumes, size_t ceiling, struct arena *arena)
{
    struct match *group = match_group(MATCH_AND, arena);
    for (size_t i = 0; i < tokens->count && group && group->child_count < ceiling; i++) {
        const struct token *token = &tokens->tokens[i];
        if (!wanted(token->kind) || (costumes && is_in_digits(tokens, token)))
            continue;
        struct text term = field_term(field_text_prefix(token->kind), token->term, arena);
        group = match_add(group, match_term(term, 1, arena), arena);
    }
    return group;
}

/* Numbers in any costume: their pairs of digits, or they themselves as words. */
static struct match *digits_possible(const struct token_list *tokens, size_t ceiling,
                                     struct arena *arena)
{
    struct match *pairs = every(tokens, is_bigram, false, ceiling, arena);
    struct match *whole = every(tokens, is_latin, false, ceiling, arena);
    if (!pairs || !whole)
        return NULL;
    if (!pairs->child_count || !whole->child_count)
        return pairs;
    struct match *either = match_add(match_group(MATCH_OR, arena), pairs, arena);
    return either ? match_add(either, whole, arena) : NULL;
}

/* How a number or a Latin word is cut can depend on its neighbours, so they only count where there
 * is no Han character. */
struct match *names_possible(const struct token_list *tokens, size_t ceiling, struct arena *arena)
{
    struct match *match = every(tokens, is_bigram, true, ceiling, arena);
    if (match && !match->child_count)
        match = digits_possible(tokens, ceiling, arena);
    if (match && !match->child_count)
        match = every(tokens, is_character, false, ceiling, arena);
    if (match && !match->child_count)
        match = every(tokens, is_latin, false, ceiling, arena);
    return match;
}

/* An amount has its number, if that is written in digits: 35000万 of 35000万元. */
static struct match *amount_possible(const struct token_list *tokens, size_t ceiling,
                                     struct arena *arena)
{
    struct match *match = every(tokens, is_number, false, ceiling, arena);
    return match && match->child_count ? match : names_possible(tokens, ceiling, arena);
}

/* What the typed form can add to a score, and the factors of its terms. */
struct typed {
    double weight, factors;
    bool present;    /* the index has some of its terms */
    uint32_t rarest; /* passages that have the rarest of them */
};

static struct typed typed_form(const struct term_table *terms, uint32_t name)
{
    struct typed typed = { .rarest = UINT32_MAX };
    for (size_t i = 0; i < terms->count; i++) {
        const struct plan_term *term = &terms->terms[i];
        if (term->name != name || term->kind == TOKEN_CHARACTER)
            continue;
        typed.weight += term->telling ? term->weight : 0;
        typed.factors += term->factor;
        typed.present = typed.present || term->passages > 0;
        typed.rarest = term->passages < typed.rarest ? term->passages : typed.rarest;
    }
    return typed;
}

struct weigher {
    struct name_table *table;
    const struct term_table *terms;
    struct analyzer *analyzer;
    struct index_reader *reader;
    const struct weights *weights;
    struct arena *arena;
    struct error *error;
};

/* An everyday word that is more at home in these texts than the official one needs no other. */
static bool is_needless(const struct synonym *row, const struct typed *typed, uint32_t rarest)
{
    return row->kind == SYNONYM_EVERYDAY && typed->present && typed->rarest >= rarest;
}

static enum status weigh_form(struct weigher *weigher, uint32_t number, const struct typed *typed,
                              const struct synonym *row)
{
    struct text other = row->other;
    struct token_list tokens = { 0 };
    enum status status = analyzer_run(weigher->analyzer, ANALYSIS_TEXT, other, weigher->arena,
                                      &tokens, weigher->error);
    if (status)
        return status;
    bool amount = row->kind == SYNONYM_AMOUNT;
    struct match *match = amount ? amount_possible(&tokens, FORM_TERMS_MAX, weigher->arena)
                                 : names_possible(&tokens, FORM_TERMS_MAX, weigher->arena);
    struct text names[FORM_TERMS_MAX];
    uint32_t counts[FORM_TERMS_MAX];
    for (size_t i = 0; match && i < match->child_count; i++)
        names[i] = match->children[i]->term;
    uint64_t passages = 0;
    status = !match ? error_set(weigher->error, STATUS_NO_MEMORY, "out of memory")
                    : index_reader_statistics(weigher->reader, names, match->child_count, counts,
                                              &passages, weigher->error);
    if (status || !match->child_count)
        return status;

    uint32_t rarest = counts[0];
    double sum = 0;
    for (size_t i = 0; i < match->child_count; i++) {
        rarest = counts[i] < rarest ? counts[i] : rarest;
        sum += terms_idf(counts[i], passages);
    }
    double weight = typed->factors * terms_idf(rarest, passages);
    if (typed->present && typed->weight < weight)
        weight = typed->weight;
    weight *= amount                          ? 1 /* it is the same */
              : row->kind == SYNONYM_EVERYDAY ? weigher->weights->everyday
                                              : weigher->weights->synonym;
    if (rarest == 0 || !(sum > 0) || !(weight > 0) || is_needless(row, typed, rarest))
        return STATUS_OK;
    weigher->table->others[weigher->table->other_count++] = (struct plan_other) {
        .needle = other,
        .name = number,
        .weight = weight,
        .match = match_scale(match, weight / sum, weigher->arena),
    };
    return STATUS_OK;
}

enum status names_weigh(struct name_table *table, const struct term_table *terms,
                        struct analyzer *analyzer, struct index_reader *reader,
                        const struct weights *weights, struct arena *arena, struct error *error)
{
    struct weigher weigher = { table, terms, analyzer, reader, weights, arena, error };
    if (!table->count || !(weights->synonym > 0))
        return STATUS_OK;
    table->others = ARENA_ARRAY(arena, struct plan_other, OTHERS_MAX);
    if (!table->others)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < table->count && !status; i++) {
        const struct leaf_name *name = &table->names[i];
        struct typed typed = typed_form(terms, (uint32_t)i + 1);
        if (typed.present && !(typed.weight > 0)) /* too frequent to be looked up */
            continue;
        for (size_t j = 0; j < name->other_count && !status; j++) {
            struct text other = name->others[j]->other;
            /* where the longer form stands, the typed one does */
            if (table->other_count < OTHERS_MAX && !text_contains(other, name->typed))
                status = weigh_form(&weigher, (uint32_t)i + 1, &typed, name->others[j]);
        }
    }
    return status;
}
