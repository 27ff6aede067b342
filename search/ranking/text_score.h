/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the text of a passage says for a query: BM25 of every term of the query (Robertson &
 * Zaragoza, 2009), counted in the stored text itself in one pass, and what only the text shows:
 * how much of the query one place of it says (window.h).
 *
 * The index chooses passages by a few telling terms; how long a passage is, and what else of the
 * query it has, is seen here. The text need not be normalised. */
#ifndef DAFU_SEARCH_RANKING_TEXT_SCORE_H
#define DAFU_SEARCH_RANKING_TEXT_SCORE_H

#include "indexer/analysis/lexicon.h"
#include "search/ranking/plan.h"

struct text_scorer; /* reused from query to query; one per thread */

enum status text_scorer_new(const struct lexicon *lexicon, struct text_scorer **out,
                            struct error *error);
void text_scorer_free(struct text_scorer *scorer);

/* Prepares for the texts of a query; `average` is the mean length of a passage in characters. The
 * plan must live as long as the scorer is used with it. */
enum status text_scorer_begin(struct text_scorer *scorer, const struct plan *plan, double average,
                              const struct weights *weights, struct arena *arena,
                              struct error *error);

/* What `text` (valid UTF-8) is worth. */
double text_scorer_score(struct text_scorer *scorer, struct text text);

#endif
