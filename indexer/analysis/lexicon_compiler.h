/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word lists and character tables -> the bytes of a lexicon file (lexicon_format.h). */
#ifndef DAFU_ANALYSIS_LEXICON_COMPILER_H
#define DAFU_ANALYSIS_LEXICON_COMPILER_H

#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

/* Everything as text, valid UTF-8. */
struct lexicon_sources {
    struct text dictionary;   /* jieba's dict.txt: word, count, part of speech per line */
    const struct text *lists; /* our own lists: word and count per line, # comments; the larger
                               * count holds, 0 takes the word out */
    size_t list_count;
    struct text surnames;   /* family names, separated by blanks */
    struct text characters; /* OpenCC's TSCharacters as text */
    struct text phrases;    /* OpenCC's TSPhrases as text */
};

/* The bytes depend on the sources only. STATUS_INVALID: a source line has the wrong form (the
 * message quotes it) or there is no word at all; STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status lexicon_compile(const struct lexicon_sources *sources, struct buffer *out,
                            struct error *error);

#endif
