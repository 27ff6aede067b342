/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a name is the short form of what stands before it, and where that begins. */
#ifndef DAFU_BATCH_LEARN_ALIGN_H
#define DAFU_BATCH_LEARN_ALIGN_H

#include "indexer/analysis/segmenter.h"

#define FULL_CODEPOINTS_MAX 48
#define BRIEF_CODEPOINTS_MAX 12

struct alignment {
    struct text full, brief; /* slices; the place that both begin with is taken off */
    size_t inside;           /* characters of the short form that begin no word */
    bool ends;               /* the last characters are the same one */
    bool agency;             /* … which is that of an agency */
};

/* run    normalised text that ends with the full form, up to FULL_CODEPOINTS_MAX characters
 * brief  normalised
 *
 * False when it is none. */
bool learn_align(const struct lexicon *lexicon, struct text run, struct text brief,
                 struct arena *scratch, struct alignment *out);

/* Made of words alone that every kind of document has: 条例, 实施方案, 本办法. */
bool learn_is_generic(const struct lexicon *lexicon, struct text brief, struct arena *scratch);

#endif
