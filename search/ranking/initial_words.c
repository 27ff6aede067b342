/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/initial_words.h"

#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "search/query/pinyin.h"
#include "search/ranking/choices.h"

#define CHARACTERS 500  /* of one letter, the most frequent */
#define WORDS_READ 4096 /* that initials may stand for */

static enum status no_memory(struct initials *initials)
{
    return error_set(initials->error, STATUS_NO_MEMORY, "out of memory");
}

enum status initial_words_count(struct initials *initials, const struct text *terms, size_t count,
                                uint32_t *counts)
{
    uint64_t passages;
    return index_reader_statistics(initials->reader, terms, count, counts, &passages,
                                   initials->error);
}

struct gathering {
    struct arena *arena;
    struct text *words;
    size_t count;
    bool no_memory;
};

static bool gather(void *context, struct text word)
{
    struct gathering *gathering = context;
    struct text copy = arena_text(gathering->arena, word);
    gathering->no_memory = !copy.data;
    if (copy.data)
        gathering->words[gathering->count++] = copy;
    return copy.data && gathering->count < WORDS_READ;
}

/* The characters of all syllables that begin with a letter: neighbours in the table. */
enum status initial_characters(struct initials *initials, char letter, struct lexicon_choice *out)
{
    size_t first = 0;
    while (first < PINYIN_SYLLABLE_COUNT && PINYIN_SYLLABLES[first].letters[0] < letter)
        first++;
    size_t end = first;
    while (end < PINYIN_SYLLABLE_COUNT && PINYIN_SYLLABLES[end].letters[0] == letter)
        end++;
    *out = (struct lexicon_choice) { NULL, 0 };
    if (first == end)
        return STATUS_OK;
    size_t from = PINYIN_SYLLABLES[first].first;
    size_t to = PINYIN_SYLLABLES[end - 1].first + PINYIN_SYLLABLES[end - 1].count;
    struct choice_list list;
    uint64_t passages;
    enum status status =
        choices_find(initials->reader, PINYIN_CHARACTERS + from, to - from, CHARACTERS,
                     initials->arena, &list, &passages, initials->error);
    if (status)
        return status;
    uint16_t *characters = ARENA_ARRAY(initials->arena, uint16_t, list.count + 1);
    if (!characters)
        return no_memory(initials);
    for (size_t i = 0; i < list.count; i++)
        characters[i] = list.choices[i].character;
    *out = (struct lexicon_choice) { characters, list.count };
    return STATUS_OK;
}

static int by_passages(const void *a, const void *b)
{
    const struct word *left = a, *right = b;
    if (left->passages != right->passages)
        return left->passages > right->passages ? -1 : 1;
    return text_compare(left->word, right->word);
}

void initial_words_sort(struct word_row *row)
{
    if (row->count)
        qsort(row->words, row->count, sizeof(*row->words), by_passages);
}

/* All listed words of these initials, with the passages that have them as words. */
enum status initial_words_find(struct initials *initials, const struct lexicon_choice *choices,
                               size_t length, struct word_row *out)
{
    struct gathering gathering = { initials->arena,
                                   ARENA_ARRAY(initials->arena, struct text, WORDS_READ), 0,
                                   false };
    if (!gathering.words)
        return no_memory(initials);
    lexicon_walk(initials->lexicon, choices, length, gather, &gathering);
    size_t count = gathering.count;
    struct word *words = ARENA_ARRAY(initials->arena, struct word, count + 1);
    struct text *terms = ARENA_ARRAY(initials->arena, struct text, count + 1);
    uint32_t *counts = ARENA_ARRAY(initials->arena, uint32_t, count + 1);
    if (gathering.no_memory || !words || !terms || !counts)
        return no_memory(initials);
    for (size_t i = 0; i < count; i++)
        terms[i] = field_term(field_text_prefix(TOKEN_WORD), gathering.words[i], initials->arena);
    enum status status = initial_words_count(initials, terms, count, counts);
    for (size_t i = 0; i < count; i++)
        words[i] = (struct word) { gathering.words[i], counts[i] };
    *out = (struct word_row) { words, count };
    initial_words_sort(out);
    return status;
}

size_t initial_words_known(const struct word_row *row)
{
    size_t count = 0;
    while (count < row->count && count < INITIAL_WORDS_KNOWN && row->words[count].passages)
        count++;
    return count;
}
