/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts characters of given names, however often the person is mentioned: the dictionary's 70,000
 * names are a sample of how people are called, their counts one of who was in the news. */
#include "indexer/analysis/name_table.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"
#include "indexer/analysis/word_table.h"
#include "indexer/base/cleanup.h"

#define BMP 0x10000u
#define COUNT_LEAST 2

static void read_surnames(struct text surnames, uint32_t *units)
{
    struct text line, name;
    while (text_split(&surnames, TEXT("\n"), &line)) {
        line = text_trim(line);
        if (line.length == 0 || line.data[0] == '#')
            continue;
        while (text_split(&line, TEXT(" "), &name)) {
            size_t at = 0;
            uint32_t codepoint = name.length ? utf8_next_valid(name.data, &at) : 0;
            if (name.length && at == name.length && codepoint < BMP)
                units[codepoint] |= UNIT_SURNAME;
        }
    }
}

/* Adds the characters behind the surname; returns how many. */
static uint32_t count_given(struct text word, const uint32_t *units, uint32_t *counts)
{
    uint32_t characters[3];
    size_t length = 0;
    for (size_t at = 0; at < word.length; length++) {
        uint32_t codepoint = utf8_next_valid(word.data, &at);
        if (length == 3 || codepoint >= BMP || unit_class(units[codepoint]) != CLASS_HAN)
            return 0;
        characters[length] = codepoint;
    }
    if (length < 2 || !(units[characters[0]] & UNIT_SURNAME))
        return 0;
    for (size_t i = 1; i < length; i++)
        counts[characters[i]]++;
    return (uint32_t)length - 1;
}

enum status name_table_build(struct text dictionary, struct text surnames, uint32_t *units,
                             struct error *error)
{
    CLEANUP(cleanup_free) uint32_t *counts = calloc(BMP, sizeof(*counts));
    if (!counts)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    read_surnames(surnames, units);

    struct text line;
    double total = 0;
    while (text_split(&dictionary, TEXT("\n"), &line)) {
        struct dictionary_line parts;
        if (dictionary_line_split(text_trim(line), &parts) && text_equal(parts.tag, TEXT("nr")))
            total += count_given(parts.word, units, counts);
    }
    for (uint32_t i = 0; i < BMP; i++) {
        if (counts[i] < COUNT_LEAST)
            continue;
        double cost = log(total / counts[i]) * GIVEN_SCALE;
        units[i] |= UNIT_GIVEN(cost < GIVEN_MAX ? (uint32_t)(cost + 0.5) : GIVEN_MAX);
    }
    return STATUS_OK;
}
