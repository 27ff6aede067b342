/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pinyin without tones: which Han characters a syllable may stand for. Compiled into the program
 * from Unihan (synonyms/SOURCES.md). */
#ifndef DAFU_SEARCH_QUERY_PINYIN_H
#define DAFU_SEARCH_QUERY_PINYIN_H

#include "indexer/base/text.h"

#include <stdint.h>

#define PINYIN_SYLLABLE_MAX 6 /* letters: zhuang */

struct pinyin_syllable {
    char letters[PINYIN_SYLLABLE_MAX + 2]; /* ü as v */
    uint32_t first, count;                 /* of PINYIN_CHARACTERS */
};

/* Ascending by letters. */
extern const struct pinyin_syllable PINYIN_SYLLABLES[];
extern const size_t PINYIN_SYLLABLE_COUNT;
extern const uint16_t PINYIN_CHARACTERS[];

/* The syllable of exactly these lower-case letters; NULL: none. */
const struct pinyin_syllable *pinyin_find(struct text letters);

/* The letters a to z of a folded word as pinyin: ü as v, tones left out (tíng, ting2), ' where a syllable
 * ends for sure (xi'an, ting-che, ting2che1). Their number, at most `room`; 0: other characters are in
 * it, or numbers that are no tones (b2b). */
size_t pinyin_letters(struct text word, char *out, size_t room);

/* Whether folded Latin letters (a-z, ü, ') can be read as syllables from end to end. */
bool pinyin_is_syllables(struct text letters);

#endif
