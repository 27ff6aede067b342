/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More than half of jieba's entries were counted three times or less. Most of them are names and
 * accidents; at their face value they cut ordinary text wrongly. Lowered to RARE_COUNT they still
 * win against unknown characters, but never against two known words (word F1 on Bakeoff 2005:
 * .839 -> .8835 PKU, .842 -> .8820 MSR). */
#include "indexer/analysis/word_table.h"

#include <stdlib.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/base/utf8.h"

/* A second kind of entry misleads: 三年, 两次, 第一个, 万元. National standard GB/T 13715 and both
 * Bakeoff conventions keep number and measure apart, so these entries are left out; those that
 * are words all the same stand in words/numbers.txt. */

#define RARE_LIMIT 3
#define RARE_COUNT 1e-4
#define LIST_COUNT 500 /* of a word in our lists that names no count */

void word_table_init(struct word_table *table, const struct lexicon *lexicon, struct arena *arena)
{
    *table = (struct word_table) { .arena = arena, .lexicon = lexicon };
    buffer_init(&table->folded, 0);
}

void word_table_release(struct word_table *table)
{
    buffer_release(&table->folded);
}

static enum status add(struct word_table *table, struct text word, double count, struct text tag,
                       struct error *error)
{
    buffer_clear(&table->folded);
    enum status status = normalizer_fold(table->lexicon, word, &table->folded, error);
    if (status)
        return status;
    struct text folded = arena_text(table->arena, buffer_text(&table->folded));
    if (!folded.data || !arena_grow(table->arena, &table->words, table->count, &table->capacity,
                                    sizeof(*table->words)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    table->words[table->count] = (struct listed_word) { .word = folded,
                                                        .count = count,
                                                        .person = text_equal(tag, TEXT("nr")) ||
                                                                  text_equal(tag, TEXT("nrfg")),
                                                        .idiom = text_equal(tag, TEXT("i")),
                                                        .rank = (uint32_t)table->count };
    table->count++;
    return STATUS_OK;
}

bool dictionary_line_split(struct text line, struct dictionary_line *out)
{
    size_t last = text_find_last(line, TEXT(" "));
    if (last == TEXT_NONE)
        return false;
    struct text head = text_slice(line, 0, last);
    size_t number = text_find_last(head, TEXT(" "));
    if (number == TEXT_NONE || number == 0)
        return false;
    out->tag = text_slice(line, last + 1, line.length - last - 1);
    out->word = text_slice(head, 0, number);
    return text_to_u64(text_slice(head, number + 1, head.length - number - 1), &out->count);
}

#define NUMERALS "一二两三四五六七八九十几半数多百千万亿"
#define MEASURES                                                                                                                           \
    "个种次位名件条家年天岁点声句只座场张块片部份段项届期批套支口层排间栋幢所处股类步回遍趟番" \
    "眼把根页卷头匹棵株朵颗粒滴杯碗瓶盒包袋箱篇首幅副双对组队群伙帮代辈门元角分米里亩吨斤克升" \
    "秒周倍成折夜笔人户台辆架艘枚串卷册集幕盏尊款桩记席例镑吋"

#define LONG_MEASURES "周年分钟小时公里公斤千米厘米毫米公顷英里美元平米人次"

static bool is_character_of(struct text all, struct text word, size_t start, size_t end)
{
    return text_contains(all, text_slice(word, start, end - start));
}

static bool is_measure(struct text word)
{
    if (word.length == 3)
        return text_contains(TEXT(MEASURES), word);
    size_t at = word.length == 6 ? text_find(TEXT(LONG_MEASURES), word) : TEXT_NONE;
    return at != TEXT_NONE && at % 6 == 0;
}

/* 三年, 第一次, 十几个, 四百余名, 十分钟; 万元, 亿美元; 余名. Every character here takes three
 * bytes. */
static bool is_number_and_measure(struct text word, struct text tag)
{
    if (!text_equal(tag, TEXT("m")) && !text_equal(tag, TEXT("mq")) && !text_equal(tag, TEXT("t")))
        return false;
    if (word.length < 6 || word.length % 3)
        return false;
    size_t at = text_starts_with(word, TEXT("第")) ? 3 : 0;
    bool amount = text_starts_with(word, TEXT("万")) || text_starts_with(word, TEXT("亿"));
    size_t start = at;
    while (at < word.length && is_character_of(TEXT(NUMERALS), word, at, at + 3))
        at += 3;
    if (at < word.length && is_character_of(TEXT("余多"), word, at, at + 3) &&
        (at > start || text_starts_with(word, TEXT("余"))))
        at += 3;
    if (at == start || at == word.length)
        return false;
    return amount || is_measure(text_slice(word, at, word.length - at));
}

enum status word_table_add_dictionary(struct word_table *table, struct text text,
                                      struct error *error)
{
    struct text line;
    while (text_split(&text, TEXT("\n"), &line)) {
        struct dictionary_line parts;
        line = text_trim(line);
        if (line.length == 0)
            continue;
        if (!dictionary_line_split(line, &parts))
            return error_set(error, STATUS_INVALID, "not a dictionary line '%.*s'", TEXT_ARG(line));
        if (is_number_and_measure(parts.word, parts.tag))
            continue;
        double weight = parts.count <= RARE_LIMIT ? RARE_COUNT : (double)parts.count;
        enum status status = add(table, parts.word, weight, parts.tag, error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

enum status word_table_add_list(struct word_table *table, struct text text, struct error *error)
{
    struct text line;
    while (text_split(&text, TEXT("\n"), &line)) {
        size_t comment = text_find(line, TEXT("#"));
        if (comment != TEXT_NONE)
            line = text_slice(line, 0, comment);
        line = text_trim(line);
        if (line.length == 0)
            continue;
        struct text word;
        unsigned long long count = LIST_COUNT;
        text_split(&line, TEXT(" "), &word);
        line = text_trim(line);
        if (line.length && !text_to_u64(line, &count))
            return error_set(error, STATUS_INVALID, "not a count '%.*s' of word '%.*s'",
                             TEXT_ARG(line), TEXT_ARG(word));
        enum status status = add(table, word, (double)count, TEXT("list"), error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

static int by_word_then_rank(const void *left, const void *right)
{
    const struct listed_word *a = left, *b = right;
    int order = text_compare(a->word, b->word);
    return order ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

void word_table_merge(struct word_table *table)
{
    if (table->count)
        qsort(table->words, table->count, sizeof(*table->words), by_word_then_rank);
    size_t kept = 0;
    for (size_t i = 0, end; i < table->count; i = end) {
        struct listed_word word = table->words[i];
        bool removed = word.count <= 0;
        for (end = i + 1; end < table->count && text_equal(word.word, table->words[end].word);
             end++) {
            removed |= table->words[end].count <= 0;
            word.person = word.person && table->words[end].person;
            word.idiom = word.idiom || table->words[end].idiom;
            if (word.count < table->words[end].count)
                word.count = table->words[end].count;
        }
        if (!removed && word.word.length)
            table->words[kept++] = word;
    }
    table->count = kept;
}
