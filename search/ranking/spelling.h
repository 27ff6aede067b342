/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a line that finds little may have been meant to be (您是不是要找): one character that sounds
 * or looks alike, two that changed places, one too many, or a letter of a Latin word; judged by what
 * the index has. Only a suggestion: the line is searched as it is. */
#ifndef DAFU_SEARCH_RANKING_SPELLING_H
#define DAFU_SEARCH_RANKING_SPELLING_H

#include "indexer/analysis/lexicon.h"
#include "search/index/index_reader.h"

#define SPELLING_CHARACTERS_MAX 40 /* longer lines get no suggestion */

/* Reads a line of plain words. A character is doubted when it is in no common word of the line, in
 * none that the index has, and the index lacks one of its pairs; what replaces it must make a listed word that the index has.
 * out->data is NULL when there is nothing to suggest, else the normalised line, put right. */
enum status spelling_suggest(struct text line, const struct lexicon *lexicon,
                             struct index_reader *reader, struct arena *arena, struct text *out,
                             struct error *error);

#endif
