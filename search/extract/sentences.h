/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences of a passage: what ends with 。！？ or a line, closing marks included. */
#ifndef DAFU_SEARCH_EXTRACT_SENTENCES_H
#define DAFU_SEARCH_EXTRACT_SENTENCES_H

#include "indexer/base/text.h"

/* The sentence that starts at `offset`: the offset behind it, text.length at last. Offsets in valid
 * UTF-8, in the author's text as well as in the normalised one. */
size_t sentence_end(struct text text, size_t offset);

#endif
