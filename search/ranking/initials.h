/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Initials of pinyin: zgsz is 智改数转, and dkjj 低空经济, which no list has. */
#ifndef DAFU_SEARCH_RANKING_INITIALS_H
#define DAFU_SEARCH_RANKING_INITIALS_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/buffer.h"
#include "search/index/index_reader.h"

#define INITIALS_LEAST 3
#define INITIALS_MOST 8

/* Appends what the letters (INITIALS_LEAST to INITIALS_MOST of a to z) stand for in this index: the most
 * frequent words with these initials, or else two words that stand side by side; or nothing. */
enum status initials_read(struct text letters, const struct lexicon *lexicon,
                          struct index_reader *reader, struct arena *arena, struct buffer *out,
                          struct error *error);

#endif
