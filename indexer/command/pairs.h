/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The short forms that the texts of an index define: looked for, listed, and kept with it. */
#ifndef DAFU_COMMAND_PAIRS_H
#define DAFU_COMMAND_PAIRS_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/buffer.h"

/* Appends a line a pair: full, short, category, direction (the columns of
 * search/query/synonyms/synonyms.tsv), then rule, occurrences, replies and an example. */
enum status pairs_find(const char *index_path, const struct lexicon *lexicon, struct buffer *list,
                       size_t *count, struct error *error);

/* Whether every line of a reviewed list is a pair or a comment; counts the pairs. */
enum status pairs_check(const char *path, struct text list, size_t *count, struct error *error);

/* The index's searches use these pairs from now on, in place of those from before. */
enum status pairs_keep(const char *index_path, const struct lexicon *lexicon, struct text list,
                       struct error *error);

#endif
