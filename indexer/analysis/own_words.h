/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's own words, on top of the compiled lexicon: an index keeps its list, and everything
 * that analyses for this index puts it over the lexicon first. A second, small double array in
 * memory, over the bytes of the normalised words, so that a word may mix Chinese characters with
 * atoms (5G消息, 12345热线). */
#ifndef DAFU_ANALYSIS_OWN_WORDS_H
#define DAFU_ANALYSIS_OWN_WORDS_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/buffer.h"

#define OWN_WORDS_MAX 100000                  /* words of a list */
#define OWN_WORDS_BYTES_MAX ((size_t)8 << 20) /* bytes of a list */
#define OWN_WORD_CODEPOINTS_MAX 32            /* characters of a word, at least 2 */
#define OWN_WORD_WEIGHT 500                   /* of a word that names none */
#define OWN_WORD_WEIGHT_MAX 1000000

/* Reads a list: a word a line and, behind a blank, its weight on the scale of jieba's counts (60
 * million words in all); # starts a comment. Of a word that is listed twice the larger weight
 * holds. The words are normalised; the lexicon must have none of its own yet, and must not be
 * shared before. They become part of its fingerprint; an empty list changes nothing.
 *
 * name  what the messages call the list ("words.txt, line 3: ...")
 *
 * STATUS_INVALID: a line is no word (too short or long, marks in it, a bad weight) or not UTF-8;
 * STATUS_LIMIT, STATUS_NO_MEMORY. On failure the lexicon is as it was. */
enum status lexicon_add_words(struct lexicon *lexicon, const char *name, struct text list,
                              struct error *error);

/* The same for a file. STATUS_NOT_FOUND, STATUS_IO besides. */
enum status lexicon_add_word_file(struct lexicon *lexicon, const char *path, struct error *error);

/* The list as lexicon_add_words takes it, normalised and sorted, "word weight" a line: what an
 * index keeps. Empty when there are no own words. Lives as long as the lexicon. */
struct text lexicon_own_words(const struct lexicon *lexicon);
size_t lexicon_own_word_count(const struct lexicon *lexicon);

#endif
