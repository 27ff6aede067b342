/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of the lexicon that begin with certain letters of pinyin, character by character. */
#ifndef DAFU_SEARCH_RANKING_INITIAL_WORDS_H
#define DAFU_SEARCH_RANKING_INITIAL_WORDS_H

#include "indexer/analysis/lexicon_walk.h"
#include "search/index/index_reader.h"

struct initials {
    const struct lexicon *lexicon;
    struct index_reader *reader;
    struct arena *arena;
    struct error *error;
};

struct word {
    struct text word;
    uint32_t passages;
};

struct word_row { /* by descending passages, those that the index lacks last */
    struct word *words;
    size_t count;
};

/* The characters of the index whose syllables begin with the letter, the most frequent ones. */
enum status initial_characters(struct initials *initials, char letter, struct lexicon_choice *out);

/* All listed words of one character of each choice, with the passages that have them as words. */
enum status initial_words_find(struct initials *initials, const struct lexicon_choice *choices,
                               size_t length, struct word_row *out);

/* How many of the first words the index has, at most INITIAL_WORDS_KNOWN. */
#define INITIAL_WORDS_KNOWN 48
size_t initial_words_known(const struct word_row *row);
void initial_words_sort(struct word_row *row);

/* The passages that have each term. */
enum status initial_words_count(struct initials *initials, const struct text *terms, size_t count,
                                uint32_t *counts);

#endif
