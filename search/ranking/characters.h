/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single characters of the query, counted in the text of the candidates: their lists in the index
 * are long, and reading them took half of the time of a search. */
#ifndef DAFU_SEARCH_RANKING_CHARACTERS_H
#define DAFU_SEARCH_RANKING_CHARACTERS_H

#include "indexer/analysis/normalizer.h"
#include "search/ranking/rerank.h"

/* Adds to every candidate's weight what its text gives for the Han characters of the query, by the
 * same BM25 as the index would. `scratch` is overwritten. */
enum status characters_add(struct candidate_list *list, const struct plan *plan,
                           double average_length, const struct weights *weights,
                           const struct lexicon *lexicon, struct normalized *scratch,
                           struct arena *arena, struct error *error);

#endif
