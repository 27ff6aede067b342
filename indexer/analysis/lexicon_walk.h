/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All words that can be made by choosing one character for each place: what pinyin initials need. */
#ifndef DAFU_ANALYSIS_LEXICON_WALK_H
#define DAFU_ANALYSIS_LEXICON_WALK_H

#include "indexer/analysis/lexicon.h"

#define LEXICON_WALK_MAX 16 /* places */

struct lexicon_choice {
    const uint16_t *characters;
    size_t count;
};

/* Calls `found` for every listed word of exactly `length` characters that the choices allow, until
 * it returns false. The word is the callee's for the call only. */
void lexicon_walk(const struct lexicon *lexicon, const struct lexicon_choice *choices,
                  size_t length, bool (*found)(void *context, struct text word), void *context);

/* What code points of the BMP become alone, whatever stands beside them: traditional, wide and
 * capital forms folded; 0: it disappears. For looking through text that is not normalised. `count`
 * of them, from `first` on. */
#define LEXICON_FOLDS 0x10000
void lexicon_simple_folds(const struct lexicon *lexicon, uint32_t first, uint32_t count,
                          uint16_t *out);

#endif
