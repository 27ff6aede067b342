/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A word is refused where analysis could never find it: whatever is no character of terms ends
 * the run of text that words are looked for in, so the segmenter itself is asked whether the word
 * is one run. */
#include "indexer/analysis/own_words.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"
#include "indexer/analysis/trie_builder.h"
#include "indexer/base/cleanup.h"

#define ALL_WORDS 6e7 /* the sum of jieba's counts: what a weight is a share of */

struct own_word {
    struct text word;
    unsigned weight;
};

struct reading {
    struct lexicon *lexicon;
    const char *name;
    size_t line; /* from 1 */
    struct arena *arena;
    struct buffer folded;
    struct own_word *words;
    size_t count, capacity;
    struct error *error;
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status refuse(struct reading *reading, enum status status, const char *problem,
                          struct text subject)
{
    return error_set(reading->error, status, "%s, line %zu: %s \"%.*s\"", reading->name,
                     reading->line, problem, TEXT_ARG(subject));
}

/* --- a line --- */

static bool is_blank(struct text text, size_t at, size_t *next)
{
    *next = at;
    uint32_t codepoint = utf8_next_valid(text.data, next);
    return codepoint == ' ' || codepoint == '\t' || codepoint == 0x3000 || codepoint == 0xA0;
}

/* Takes what stands before the first blank off *rest. */
static struct text take_part(struct text *rest)
{
    struct text whole = text_trim(*rest);
    size_t at = 0, next = 0;
    while (at < whole.length && !is_blank(whole, at, &next))
        at = next;
    *rest = text_trim(text_slice(whole, at, whole.length - at));
    return text_slice(whole, 0, at);
}

static enum status read_weight(struct reading *reading, struct text text, unsigned *out)
{
    unsigned long long weight = OWN_WORD_WEIGHT;
    if (text.length && (!text_to_u64(text, &weight) || weight < 1 || weight > OWN_WORD_WEIGHT_MAX))
        return refuse(reading, STATUS_INVALID, "not a weight from 1 to 1000000", text);
    *out = (unsigned)weight;
    return STATUS_OK;
}

/* Whether the text is one run of characters that words are made of. */
static enum status is_one_run(struct reading *reading, struct text word, bool *out)
{
    struct word_list words = { 0 };
    enum status status =
        segmenter_cut(reading->lexicon, word, reading->arena, &words, reading->error);
    *out = !status && words.count > 0;
    for (size_t i = 0; i < words.count; i++)
        *out = *out && words.words[i].kind != TOKEN_CHARACTER;
    return status;
}

static enum status fold_word(struct reading *reading, struct text written, struct text *out)
{
    buffer_clear(&reading->folded);
    enum status status =
        normalizer_fold(reading->lexicon, written, &reading->folded, reading->error);
    if (status)
        return status;
    struct text folded = text_trim(buffer_text(&reading->folded));
    size_t codepoints = utf8_count(folded);
    bool one_run = false;
    if (codepoints < 2 || codepoints > OWN_WORD_CODEPOINTS_MAX)
        return refuse(reading, STATUS_INVALID, "a word has 2 to 32 characters", written);
    status = is_one_run(reading, folded, &one_run);
    if (status)
        return status;
    if (!one_run)
        return refuse(reading, STATUS_INVALID,
                      "a word has Chinese characters, letters and digits only", written);
    *out = arena_text(reading->arena, folded);
    return out->data ? STATUS_OK : no_memory(reading->error);
}

static enum status read_line(struct reading *reading, struct text line)
{
    size_t bad = utf8_find_invalid(line);
    if (bad != TEXT_NONE)
        return error_set(reading->error, STATUS_INVALID, "%s, line %zu: not UTF-8", reading->name,
                         reading->line);
    size_t comment = text_find(line, TEXT("#"));
    if (comment != TEXT_NONE)
        line = text_slice(line, 0, comment);
    struct text rest = line;
    struct text written = take_part(&rest);
    if (written.length == 0)
        return STATUS_OK;
    struct text weight = take_part(&rest);
    if (rest.length)
        return refuse(reading, STATUS_INVALID, "more than a word and its weight", text_trim(line));

    struct own_word word;
    enum status status = read_weight(reading, weight, &word.weight);
    if (!status)
        status = fold_word(reading, written, &word.word);
    if (status)
        return status;
    if (reading->count == OWN_WORDS_MAX)
        return error_set(reading->error, STATUS_LIMIT, "%s: more than %d words", reading->name,
                         OWN_WORDS_MAX);
    if (!arena_grow(reading->arena, &reading->words, reading->count, &reading->capacity,
                    sizeof(word)))
        return no_memory(reading->error);
    reading->words[reading->count++] = word;
    return STATUS_OK;
}

static int by_word_and_weight(const void *left, const void *right)
{
    const struct own_word *a = left, *b = right;
    int order = text_compare(a->word, b->word);
    return order ? order : (a->weight < b->weight) - (a->weight > b->weight);
}

static enum status read_lines(struct reading *reading, struct text list)
{
    struct text line;
    if (list.length > OWN_WORDS_BYTES_MAX)
        return error_set(reading->error, STATUS_LIMIT, "%s: more than %zu bytes", reading->name,
                         OWN_WORDS_BYTES_MAX);
    while (text_split(&list, TEXT("\n"), &line)) {
        reading->line++;
        enum status status = read_line(reading, line);
        if (status)
            return status;
    }
    if (reading->count == 0)
        return STATUS_OK;
    qsort(reading->words, reading->count, sizeof(*reading->words), by_word_and_weight);
    size_t kept = 1;
    for (size_t i = 1; i < reading->count; i++) {
        if (!text_equal(reading->words[i].word, reading->words[kept - 1].word))
            reading->words[kept++] = reading->words[i];
    }
    reading->count = kept;
    return STATUS_OK;
}

/* --- the overlay --- */

/* 0 is no code: byte b is code b + 1. */
static uint16_t *encode(struct arena *arena, struct text word)
{
    uint16_t *codes = ARENA_ARRAY(arena, uint16_t, word.length);
    for (size_t i = 0; codes && i < word.length; i++)
        codes[i] = own_code((unsigned char)word.data[i]);
    return codes;
}

static enum status build(const struct reading *reading, struct trie *out)
{
    struct trie_word *words = ARENA_ARRAY(reading->arena, struct trie_word, reading->count);
    if (!words)
        return no_memory(reading->error);
    for (size_t i = 0; i < reading->count; i++) {
        const struct own_word *word = &reading->words[i];
        double cost = log(ALL_WORDS / word->weight) * COST_SCALE;
        words[i].codes = encode(reading->arena, word->word);
        words[i].length = (uint32_t)word->word.length;
        words[i].word = (uint16_t)(1 + (unsigned)(cost + 0.5));
        if (!words[i].codes)
            return no_memory(reading->error);
    }
    return trie_build(words, reading->count, out, reading->error);
}

static enum status keep(struct reading *reading)
{
    struct trie trie = { 0 };
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < reading->count; i++)
        buffer_printf(&list, "%.*s %u\n", TEXT_ARG(reading->words[i].word),
                      reading->words[i].weight);
    enum status status = buffer_status(&list, reading->error);
    if (!status)
        status = build(reading, &trie);
    if (status) {
        buffer_release(&list);
        return status;
    }
    lexicon_set_own(reading->lexicon, trie.nodes, trie.count, &list, reading->count);
    return STATUS_OK;
}

enum status lexicon_add_words(struct lexicon *lexicon, const char *name, struct text list,
                              struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct reading reading = { .lexicon = lexicon, .name = name, .arena = &arena, .error = error };
    enum status status = read_lines(&reading, list);
    if (!status && reading.count)
        status = keep(&reading);
    buffer_release(&reading.folded);
    return status;
}

enum status lexicon_add_word_file(struct lexicon *lexicon, const char *path, struct error *error)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    enum status status = file_read(path, OWN_WORDS_BYTES_MAX, &file, error);
    return status ? status : lexicon_add_words(lexicon, path, buffer_text(&file), error);
}

struct text lexicon_own_words(const struct lexicon *lexicon)
{
    return buffer_text(&lexicon->own_list);
}

size_t lexicon_own_word_count(const struct lexicon *lexicon)
{
    return lexicon->own_word_count;
}
