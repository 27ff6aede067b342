/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The word half of the lexicon: lists of words with counts, merged under their normalised form.
 * Build time only. */
#ifndef DAFU_ANALYSIS_WORD_TABLE_H
#define DAFU_ANALYSIS_WORD_TABLE_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"

struct listed_word {
    struct text word; /* normalised, in the arena */
    double count;
    bool person; /* the dictionary's tag says so, in no list of ours */
    bool idiom;
    uint32_t rank; /* order of reading, so that sorting is stable */
};

struct word_table {
    struct arena *arena;
    const struct lexicon *lexicon; /* for its character tables */
    struct listed_word *words;
    size_t count, capacity;
    struct buffer folded; /* scratch */
};

struct dictionary_line { /* "政策 15000 n", "AT&T 3 nz" */
    struct text word;
    unsigned long long count;
    struct text tag; /* part of speech */
};

/* False when the line has another form. */
bool dictionary_line_split(struct text line, struct dictionary_line *out);

void word_table_init(struct word_table *table, const struct lexicon *lexicon, struct arena *arena);
void word_table_release(struct word_table *table);

/* jieba's dict.txt. Counts of rare words are lowered: see the .c file. */
enum status word_table_add_dictionary(struct word_table *table, struct text text,
                                      struct error *error);
/* One of our own lists. */
enum status word_table_add_list(struct word_table *table, struct text text, struct error *error);

/* Sorts by bytes and leaves one row per word with its largest count; a count of 0 anywhere
 * removes the word. */
void word_table_merge(struct word_table *table);

#endif
