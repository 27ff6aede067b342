/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of what was found by a citation: the cited reply first, and of it the passages that
 * carry the number, then the rest of its head, then its text. */
#ifndef DAFU_SEARCH_RANKING_CITATION_H
#define DAFU_SEARCH_RANKING_CITATION_H

#include "indexer/analysis/lexicon.h"
#include "search/query/reference.h"
#include "search/ranking/rerank.h"

/* What tells apart replies that have the same number: whose session it was, and when. */
struct citation_reply {
    uint32_t document; /* as in struct candidate */
    struct text id;
    struct text session, area, issuer, title, date;
};

/* Orders `list`, the passages of the cited `replies`, and keeps of it what leads the results: all
 * passages of the reply that is meant; where that is open, of each only those that carry the
 * number. Scores descend and stay above `floor`. STATUS_NO_MEMORY. */
enum status citation_rank(struct candidate_list *list, const struct reference *reference,
                          const struct citation_reply *replies, size_t reply_count, double floor,
                          const struct lexicon *lexicon, struct arena *arena, struct error *error);

#endif
