/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A compound is an entry that listed words of two or more characters make up. How loose it is says
 * pointwise mutual information: the cost of its parts less its own. */
#include "indexer/analysis/word_traits.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/cleanup.h"

#define BMP 0x10000u
#define RARE 1.0         /* a lowered count (word_table.c) is no evidence */
#define LOOSE_NATS 6.0   /* 环境保护, 土地管理法 are looser */
#define COMPOUND_LEAST 4 /* characters */
#define COMPOUND_MOST 32 /* characters; a longer entry stays whole */
#define GIVEN_ENOUGH 9.5 /* nats: a character that some given names have */

/* --- characters --- */

static unsigned level_of(double share)
{
    return share < .1 ? 3 : share < .2 ? 2 : share < .4 ? 1 : 0;
}

enum status word_traits_bind(const struct word_table *table, uint32_t *units, struct error *error)
{
    CLEANUP(cleanup_free) double *alone = calloc(BMP, sizeof(*alone));
    CLEANUP(cleanup_free) double *all = calloc(BMP, sizeof(*all));
    if (!alone || !all)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < table->count; i++) {
        const struct listed_word *word = &table->words[i];
        if (word->count < RARE || word->person)
            continue;
        uint32_t codepoint = 0;
        size_t length = 0;
        for (size_t at = 0; at < word->word.length; length++) {
            codepoint = utf8_next_valid(word->word.data, &at);
            if (codepoint < BMP)
                all[codepoint] += word->count;
        }
        if (length == 1 && codepoint < BMP)
            alone[codepoint] += word->count;
    }
    for (uint32_t i = 0; i < BMP; i++) {
        bool free = units[i] & (UNIT_NUMERAL | UNIT_SUFFIX);
        if (unit_class(units[i]) == CLASS_HAN && !free && all[i] > 0)
            units[i] |= UNIT_BOUND(level_of((alone[i] + .5) / (all[i] + 1)));
    }
    return STATUS_OK;
}

/* --- persons --- */

/* The dictionary's tag is loose (明白, 陆军, 钟祥市 have it, and 马克思): only three characters, the
 * last two of which occur in given names, end no place, and do not spell a foreign name. */
static bool is_person(const uint32_t *units, const struct listed_word *word)
{
    uint32_t characters[3] = { 0 };
    size_t length = 0;
    for (size_t at = 0; at < word->word.length; length++) {
        uint32_t codepoint = utf8_next_valid(word->word.data, &at);
        if (length == 3 || codepoint >= BMP)
            return false;
        characters[length] = units[codepoint];
    }
    if (!word->person || length != 3 || word->word.length != 9 || !(characters[0] & UNIT_SURNAME))
        return false;
    bool foreign = true;
    for (size_t i = 1; i < 3; i++) {
        unsigned given = unit_given(characters[i]);
        if (!given || given > GIVEN_ENOUGH * GIVEN_SCALE)
            return false;
        foreign = foreign && (characters[i] & UNIT_FOREIGN);
    }
    struct text last = text_slice(word->word, word->word.length - 3, 3);
    return !foreign &&
           !text_contains(TEXT("郡市县庙湖周卜赛花楼岭桥河村镇乡街店寨人江图权步河"), last);
}

/* --- compounds --- */

static const struct listed_word *find(const struct word_table *table, struct text word)
{
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(table->words[middle].word, word);
        if (order == 0)
            return &table->words[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Least cost of two or more listed words of two or more characters; HUGE_VAL: there are none. */
static double cost_of_parts(const struct word_table *table, double total, struct text word)
{
    size_t ends[COMPOUND_MOST + 1] = { 0 };
    double costs[COMPOUND_MOST + 1] = { 0 };
    size_t count = 0;
    for (size_t at = 0; at < word.length && count < COMPOUND_MOST;) {
        utf8_next_valid(word.data, &at);
        ends[++count] = at;
        costs[count] = HUGE_VAL;
    }
    if (ends[count] != word.length)
        return HUGE_VAL;
    for (size_t from = 0; from < count; from++) {
        for (size_t to = from + 2; to <= count && costs[from] < HUGE_VAL; to++) {
            const struct listed_word *part =
                to - from < count ? find(table, text_slice(word, ends[from], ends[to] - ends[from]))
                                  : NULL;
            if (part && part->count >= RARE && !part->person)
                costs[to] = fmin(costs[to], costs[from] + log(total / part->count));
        }
    }
    return costs[count];
}

uint32_t word_traits_flags(const struct word_table *table, const uint32_t *units, double total,
                           const struct listed_word *word)
{
    if (is_person(units, word))
        return WORD_PERSON;
    bool ism = word->word.length > 6 && text_ends_with(word->word, TEXT("主义"));
    if (utf8_count(word->word) < COMPOUND_LEAST || word->idiom || ism)
        return 0;
    double parts = cost_of_parts(table, total, word->word);
    if (parts == HUGE_VAL)
        return 0;
    bool loose = parts - log(total / word->count) < LOOSE_NATS;
    return WORD_COMPOUND | (loose ? WORD_LOOSE : 0);
}
