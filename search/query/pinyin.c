/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/pinyin.h"

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
