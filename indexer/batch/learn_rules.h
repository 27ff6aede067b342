/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a term of official prose looks like, as far as its own words tell. */
#ifndef DAFU_BATCH_LEARN_RULES_H
#define DAFU_BATCH_LEARN_RULES_H

#include "indexer/base/text.h"

/* words: the segmenter's words of the candidate, in order. quoted: it fills quotation marks
 * somewhere. Both that and a row of single characters, which is what a segmenter makes of a word
 * it does not know, speak for a term that begins or ends with a word as common as 一 or 新. */
bool learn_rules_allow(const struct text *words, size_t count, bool quoted);

/* Single characters among the words: 4 of 智|改|数|转. */
size_t learn_rules_singles(const struct text *words, size_t count);

#endif
