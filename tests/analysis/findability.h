/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The promise of analysis: any part of two or more characters of an indexed text, used as a query,
 * finds the text. A query finds by its words and bigrams (dafu-search chooses passages by these),
 * so every part must share one with the text; a single character is found by the terms that begin
 * with it (field.h). */
#ifndef DAFU_TESTS_ANALYSIS_FINDABILITY_H
#define DAFU_TESTS_ANALYSIS_FINDABILITY_H

#include <stdint.h>
#include <stdlib.h>

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/field.h"
#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/cleanup.h"

/* Terms of one text, for asking whether it has one. Arena-held. */
struct term_index {
    uint64_t *hashes; /* ascending */
    size_t count;
};

static inline uint64_t term_key(const struct token *token)
{
    return text_hash(token->term) * 2 + (token->kind == TOKEN_CHARACTER);
}

/* That of the first character, as a query asks for it. */
static inline uint64_t first_key(const struct token *token)
{
    size_t length = 0;
    utf8_next_valid(token->term.data, &length);
    return text_hash(text_slice(token->term, 0, length)) * 2 + 1;
}

static inline int by_hash(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static inline struct term_index index_terms(const struct token_list *tokens, struct arena *arena)
{
    struct term_index index = { ARENA_ARRAY(arena, uint64_t, tokens->count * 2 + 1), 0 };
    if (!index.hashes)
        abort();
    uint32_t bigram = UINT32_MAX;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->tokens[i];
        if (token->kind == TOKEN_BIGRAM)
            bigram = token->offset;
        if (!field_text_has(token, bigram == token->offset))
            continue;
        index.hashes[index.count++] = text_hash(token->term) * 2;
        index.hashes[index.count++] = first_key(token);
    }
    qsort(index.hashes, index.count, sizeof(*index.hashes), by_hash);
    return index;
}

static inline bool has_term(const struct term_index *index, const struct token *token)
{
    uint64_t key = term_key(token);
    return index->count && bsearch(&key, index->hashes, index->count, sizeof(key), by_hash) != NULL;
}

struct findability {
    struct analyzer *analyzer;
    size_t asked, unfound, strange; /* strange: terms of queries that the text does not have */
    size_t terms;
    struct text first_unfound;
};

static inline bool is_telling(enum token_kind kind)
{
    return kind != TOKEN_CHARACTER && kind != TOKEN_SUBWORD;
}

/* Asks with text[start, start + length). */
static inline void ask(struct findability *findability, const struct term_index *index,
                       struct text query, struct arena *arena)
{
    struct token_list tokens = { 0 };
    struct error error;
    bool found = false, wants = false;
    if (analyzer_run(findability->analyzer, ANALYSIS_TEXT, query, arena, &tokens, &error))
        abort();
    for (size_t i = 0; i < tokens.count; i++) {
        bool has = has_term(index, &tokens.tokens[i]);
        wants = true;
        found = found || (has && (is_telling(tokens.tokens[i].kind) || tokens.count <= 2));
        findability->strange += !has;
        findability->terms++;
    }
    findability->asked += wants;
    if (!wants || found)
        return;
    if (findability->unfound++ == 0)
        findability->first_unfound = query;
}

/* Whether the part has two characters of terms side by side, or one that stands alone: what lies
 * between marks only ("，的，") has no pair to be found by. */
static inline bool is_query(const struct lexicon *lexicon, struct text part)
{
    bool before = false;
    for (size_t at = 0; at < part.length;) {
        uint32_t codepoint = utf8_next_valid(part.data, &at);
        enum char_class class = fold_class(lexicon_fold(lexicon, codepoint));
        bool term = class == CLASS_HAN || class == CLASS_DIGIT || class == CLASS_LETTER;
        if (term && before)
            return true;
        before = term;
    }
    return false;
}

/* Every part of `least` to `most` characters that begins at a multiple of `step` characters. */
static inline void ask_parts(struct findability *findability, struct text text, size_t least,
                             size_t most, size_t step, struct arena *arena)
{
    struct token_list tokens = { 0 };
    struct error error;
    if (analyzer_run(findability->analyzer, ANALYSIS_TEXT, text, arena, &tokens, &error))
        abort();
    struct term_index index = index_terms(&tokens, arena);
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch, 0);
    for (size_t start = 0, n = 0; start < text.length;
         start += utf8_length((unsigned char)text.data[start]), n++) {
        struct text rest = text_slice(text, start, text.length - start);
        for (size_t count = least; n % step == 0 && count <= most; count++) {
            size_t length = utf8_advance(rest, count);
            struct text part = text_slice(rest, 0, length);
            if (is_query(analyzer_lexicon(findability->analyzer), part))
                ask(findability, &index, part, &scratch);
            arena_clear(&scratch);
            if (length == rest.length)
                break;
        }
    }
}

#endif
