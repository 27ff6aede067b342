/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that make a question or are polite and say nothing about what is looked for. */
#ifndef DAFU_SEARCH_QUERY_FILLERS_H
#define DAFU_SEARCH_QUERY_FILLERS_H

#include "indexer/base/text.h"

/* Length in bytes of the longest filler that normalised `text` begins with and `fits`; 0: none. */
size_t filler_find(struct text text, bool (*fits)(void *context, size_t length), void *context);

/* Those that are fillers only where a clause ends: 吗 呢 吧. */
size_t filler_final(struct text text);

#endif
