/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/pinyin.h"

#include "indexer/base/utf8.h"

#define LETTERS_MAX 128

const struct pinyin_syllable *pinyin_find(struct text letters)
{
    size_t low = 0, high = PINYIN_SYLLABLE_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(text_of(PINYIN_SYLLABLES[middle].letters), letters);
        if (order == 0)
            return &PINYIN_SYLLABLES[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool pinyin_is_syllables(struct text letters)
{
    bool reached[LETTERS_MAX + 1] = { true };
    if (letters.length == 0 || letters.length > LETTERS_MAX)
        return false;
    for (size_t start = 0; start < letters.length; start++) {
        if (reached[start] && letters.data[start] == '\'')
            reached[start + 1] = true;
        for (size_t length = 1;
             reached[start] && length <= PINYIN_SYLLABLE_MAX && start + length <= letters.length;
             length++)
            if (pinyin_find(text_slice(letters, start, length)))
                reached[start + length] = true;
    }
    return reached[letters.length];
}

/* ---- tones ---- */

/* The plain letter; 0: none, a mark over the letter before; ' for what parts syllables. */
static bool plain_letter(uint32_t codepoint, char *out)
{
    static const struct {
        char letter;
        const char *marked;
    } ROWS[] = {
        { 'a', "āáǎàă" }, { 'e', "ēéěèêĕ" }, { 'i', "īíǐìĭ" }, { 'o', "ōóǒòŏ" },  { 'u', "ūúǔùŭ" },
        { 'v', "üǖǘǚǜ" }, { 'n', "ńňǹ" },    { 'm', "ḿ" },     { '\'', "'’‘-·" },
    };
    if (codepoint >= 'a' && codepoint <= 'z') {
        *out = (char)codepoint;
        return true;
    }
    *out = 0;
    if (codepoint >= 0x300 && codepoint <= 0x36F)
        return true;
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++)
        for (size_t at = 0; ROWS[i].marked[at];)
            if (utf8_next_valid(ROWS[i].marked, &at) == codepoint) {
                *out = ROWS[i].letter;
                return true;
            }
    return false;
}

/* A number of a tone stands behind every syllable or behind none. */
static bool is_tone(uint32_t codepoint, const char *letters, size_t length, size_t *syllable)
{
    struct text last = { letters + *syllable, length - *syllable };
    if (codepoint < '0' || codepoint > '5' || !pinyin_find(last))
        return false;
    *syllable = length + 1;
    return true;
}

size_t pinyin_letters(struct text word, char *out, size_t room)
{
    size_t length = 0, syllable = 0; /* where the one before a tone begins */
    for (size_t at = 0; at < word.length && length < room;) {
        char letter = 0;
        uint32_t codepoint = utf8_next_valid(word.data, &at);
        if (is_tone(codepoint, out, length, &syllable))
            letter = '\'';
        else if (!plain_letter(codepoint, &letter) || (letter == '\'' && !length))
            return 0;
        if (codepoint == 0x308 && length && out[length - 1] == 'u')
            out[length - 1] = 'v';
        if (letter)
            out[length++] = letter;
    }
    if (syllable && syllable != length)
        return 0; /* ting1che */
    while (length && out[length - 1] == '\'')
        length--;
    return length;
}
