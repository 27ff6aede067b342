/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cuts text into words along the most probable path through the lexicon's unigram lattice
 * (Sproat et al., Computational Linguistics 22:3, 1996). */
#ifndef DAFU_ANALYSIS_SEGMENTER_H
#define DAFU_ANALYSIS_SEGMENTER_H

#include "indexer/analysis/lexicon.h"
#include "indexer/analysis/token.h"
#include "indexer/base/arena.h"

struct word {
    uint32_t offset;      /* bytes into the normalised text */
    uint32_t length;      /* bytes */
    enum token_kind kind; /* TOKEN_WORD, TOKEN_NUMBER, TOKEN_LATIN; TOKEN_CHARACTER for
                           * punctuation, blanks and symbols (not indexed) */
    uint16_t surname;     /* bytes of the surname that a person's name begins with; else 0 */
    uint16_t entry;       /* a listed Han word's flags (lexicon_format.h); else 0 */
};

struct word_list { /* arena-held */
    struct word *words;
    size_t count;
    size_t capacity;
};

/* text     normalised UTF-8 (analysis/normalizer.h)
 * scratch  this thread's own; everything in it may be dropped after the call
 * words    replaced: the words in text order, covering every byte exactly once;
 *          untouched on failure (STATUS_NO_MEMORY only) */
enum status segmenter_cut(const struct lexicon *lexicon, struct text text, struct arena *scratch,
                          struct word_list *words, struct error *error);

/* The same without the user's own words: what a text would give if it stood in none of them. */
enum status segmenter_cut_plain(const struct lexicon *lexicon, struct text text,
                                struct arena *scratch, struct word_list *words,
                                struct error *error);

#endif
