/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/command/term_view.h"

#include <stdio.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"
#include "indexer/base/cleanup.h"

static const struct {
    const char *name, *chinese;
} KINDS[] = {
    [TOKEN_WORD] = { "word", "词" },           [TOKEN_SUBWORD] = { "subword", "子词" },
    [TOKEN_NUMBER] = { "number", "数" },       [TOKEN_LATIN] = { "latin", "西文" },
    [TOKEN_CHARACTER] = { "character", "字" }, [TOKEN_BIGRAM] = { "bigram", "双字" },
};
#define KIND_COUNT (sizeof(KINDS) / sizeof(KINDS[0]))

/* --- the text --- */

struct text_view {
    struct normalized normalized;
    struct word_list words;
    struct token_list tokens;
};

static enum status analyse(struct analyzer *analyzer, struct text text, struct arena *arena,
                           struct text_view *view, struct error *error)
{
    const struct lexicon *lexicon = analyzer_lexicon(analyzer);
    *view = (struct text_view) { 0 };
    normalized_init(&view->normalized);
    enum status status = normalizer_run(lexicon, text, &view->normalized, error);
    if (!status)
        status =
            segmenter_cut(lexicon, buffer_text(&view->normalized.text), arena, &view->words, error);
    if (!status)
        status = analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &view->tokens, error);
    if (status)
        normalized_release(&view->normalized);
    return status;
}

static struct text spelling(const struct text_view *view, const struct word *word)
{
    return text_slice(buffer_text(&view->normalized.text), word->offset, word->length);
}

static void print_clean(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        putchar(byte < 0x20 || byte == 0x7F ? ' ' : byte);
    }
}

/* Words that are in no list, made by rule (numbers, names, unknown characters), have no cost. */
static void print_path(const struct lexicon *lexicon, const struct text_view *view)
{
    printf("      切分 ");
    for (size_t i = 0; i < view->words.count; i++) {
        const struct word *word = &view->words.words[i];
        float cost;
        if (i)
            putchar('|');
        print_clean(spelling(view, word));
        if (word->kind != TOKEN_CHARACTER && lexicon_lookup(lexicon, spelling(view, word), &cost))
            printf("/%.2f", (double)cost);
    }
    putchar('\n');
}

static void print_tokens(const struct text_view *view)
{
    for (enum token_kind kind = TOKEN_WORD; kind < (enum token_kind)KIND_COUNT; kind++) {
        bool first = true;
        for (size_t i = 0; i < view->tokens.count; i++) {
            const struct token *token = &view->tokens.tokens[i];
            if (token->kind != kind)
                continue;
            if (first)
                printf("      %s", KINDS[kind].chinese);
            first = false;
            printf(" %.*s[%u–%u]", TEXT_ARG(token->term), (unsigned)token->offset,
                   (unsigned)(token->offset + token->length));
        }
        if (!first)
            putchar('\n');
    }
}

enum status term_view_print_text(struct analyzer *analyzer, struct text text, struct arena *arena,
                                 struct error *error)
{
    struct text_view view;
    enum status status = analyse(analyzer, text, arena, &view, error);
    if (status)
        return status;
    printf("      规范 ");
    print_clean(buffer_text(&view.normalized.text));
    putchar('\n');
    print_path(analyzer_lexicon(analyzer), &view);
    print_tokens(&view);
    normalized_release(&view.normalized);
    return STATUS_OK;
}

static json_t *word_json(const struct lexicon *lexicon, const struct text_view *view,
                         const struct word *word)
{
    struct text text = spelling(view, word);
    uint32_t offset, length;
    float cost;
    normalized_source(&view->normalized, word->offset, word->length, &offset, &length);
    const char *kind = word->kind == TOKEN_CHARACTER ? "mark" : KINDS[word->kind].name;
    json_t *object = json_pack("{s:s%,s:s,s:i,s:i}", "word", text.data, text.length, "kind", kind,
                               "offset", (int)offset, "length", (int)length);
    if (object && word->kind != TOKEN_CHARACTER && lexicon_lookup(lexicon, text, &cost) &&
        json_object_set_new(object, "cost", json_real((double)cost))) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *token_json(const struct token *token)
{
    return json_pack("{s:s%,s:s,s:i,s:i,s:i}", "term", token->term.data, token->term.length, "kind",
                     KINDS[token->kind].name, "offset", (int)token->offset, "length",
                     (int)token->length, "position", (int)token->position);
}

json_t *term_view_json(struct analyzer *analyzer, struct text text, struct arena *arena,
                       struct error *error)
{
    struct text_view view;
    if (analyse(analyzer, text, arena, &view, error))
        return NULL;
    struct text normalized = buffer_text(&view.normalized.text);
    json_t *path = json_array(), *tokens = json_array();
    bool failed = !path || !tokens;
    for (size_t i = 0; !failed && i < view.words.count; i++)
        failed = json_array_append_new(
            path, word_json(analyzer_lexicon(analyzer), &view, &view.words.words[i]));
    for (size_t i = 0; !failed && i < view.tokens.count; i++)
        failed = json_array_append_new(tokens, token_json(&view.tokens.tokens[i]));
    json_t *object =
        failed ? NULL
               : json_pack("{s:s%,s:O,s:O}", "normalized", normalized.data ? normalized.data : "",
                           normalized.length, "path", path, "tokens", tokens);
    json_decref(path);
    json_decref(tokens);
    normalized_release(&view.normalized);
    if (!object)
        error_set(error, STATUS_NO_MEMORY, "out of memory");
    return object;
}

/* --- the terms --- */

struct term_group {
    const char *name, *chinese, *prefix;
};

/* Prefixes are capitals and terms begin with none, but a term of ids may: the longest prefix that
 * fits is the right one (field.c). */
static struct term_group group_of(struct text term)
{
    struct term_group best = { FIELDS[FIELD_TEXT].name, FIELDS[FIELD_TEXT].chinese, "" };
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        struct term_group group = { FIELDS[i].name, FIELDS[i].chinese, FIELDS[i].prefix };
        if (strlen(group.prefix) > strlen(best.prefix) &&
            text_starts_with(term, text_of(group.prefix)))
            best = group;
    }
    return best;
}

static struct text bare(struct text term)
{
    size_t prefix = strlen(group_of(term).prefix);
    return text_slice(term, prefix, term.length - prefix);
}

/* Terms are in the order of their bytes, so those of one prefix stand together. */
void term_view_print_terms(const struct index_entry *entry)
{
    const char *prefix = NULL;
    printf("      词项 %zu", entry->term_count);
    for (size_t i = 0; i < entry->term_count; i++) {
        const struct index_term *term = &entry->terms[i];
        struct term_group group = group_of(term->term);
        if (!prefix || strcmp(prefix, group.prefix) != 0)
            printf("\n        %s%s%s:", group.chinese, *group.prefix ? " " : "", group.prefix);
        prefix = group.prefix;
        putchar(' ');
        print_clean(bare(term->term));
        uint32_t times = term->frequency / (*group.prefix ? 1 : FIELD_TEXT_FREQUENCY);
        if (times > 1)
            printf(":%u", (unsigned)times);
    }
    putchar('\n');
}

json_t *term_view_terms_json(const struct index_entry *entry)
{
    json_t *object = json_object();
    for (size_t i = 0; object && i < entry->term_count; i++) {
        const struct index_term *term = &entry->terms[i];
        const char *name = group_of(term->term).name;
        struct text text = bare(term->term);
        json_t *list = json_object_get(object, name);
        if (!list && json_object_set_new(object, name, list = json_array())) {
            json_decref(object);
            return NULL;
        }
        json_t *pair = json_pack("[s%, I]", text.data, text.length, (json_int_t)term->frequency);
        if (pair && json_array_append_new(list, pair)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}
