/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second step: the best few hundred candidates again, with what the index alone does not see:
 * what must occur, the other passages of the same document, the place of a heading. */
#ifndef DAFU_SEARCH_RANKING_RERANK_H
#define DAFU_SEARCH_RANKING_RERANK_H

#include "indexer/analysis/record.h"
#include "search/ranking/plan.h"

struct candidate {
    uint32_t docid;
    uint32_t reply;         /* document of its reply's record */
    double weight;          /* from the index */
    double score;           /* what it is ranked by */
    double role, freshness, extent; /* factors: of what kind of passage it is, how new, of how long a
                                     * document */
    double repeated;        /* what it has lost because a better one says the same */
    uint32_t year, passages; /* struct hit; of the document */
    uint32_t block;         /* candidates are ranked a block at a time */
    uint64_t group;         /* struct hit */
    struct text id;
    struct passage_record passage;
};

struct candidate_list { /* arena-held */
    struct candidate *candidates;
    size_t count;
};

/* Hits -> candidates with their decoded records. STATUS_CORRUPT, STATUS_NO_MEMORY. */
enum status candidates_decode(const struct hit_list *hits, struct arena *arena,
                              struct candidate_list *out, struct error *error);

/* Sets the factors of all candidates, which 1 was before. */
void candidates_weigh_kind(struct candidate_list *list, const struct plan *plan,
                           const struct weights *weights);

/* Scores and sorts: descending score, ties by reply and passage. */
enum status candidates_rank(struct candidate_list *list, const struct weights *weights,
                            struct arena *arena, struct error *error);

/* Of a ranked list: the first of those that say nearly the same stays where it is, the others lose,
 * and the list is sorted again. */
enum status candidates_demote_repeated(struct candidate_list *list, const struct weights *weights,
                                       struct arena *arena, struct error *error);

/* The order of a ranked list, for qsort. */
int candidate_compare(const void *a, const void *b);

#endif
