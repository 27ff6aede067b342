/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies that say the same as a text does: an indexed reply, or the draft of a proposal (查重). */
#ifndef DAFU_SEARCH_SEARCHER_SIMILAR_H
#define DAFU_SEARCH_SEARCHER_SIMILAR_H

#include "search/searcher/searcher.h"

struct shared_place {                /* the same characters on both sides */
    struct text_span draft, passage; /* bytes of the draft's and of the reply's passage */
};

struct similar_overlap {  /* of one passage of the draft with one of the reply */
    size_t draft_passage; /* its place in the draft, from 0 */
    struct passage_record passage;
    struct shared_place *places;
    size_t place_count;
    size_t characters; /* shared: Han characters, letters and digits */
};

struct similar_reply {
    size_t rank;
    /* 0 to 1: the share of the draft's pairs of characters that the reply has, too, each weighted by
     * the square of its idf in the index. 1: it has all of them; a reply about something else has
     * less than .15 (.05 to .14 among the sample replies). It tells of the same matter in whatever words; a copy is told by `copied`. */
    double score;
    double copied; /* 0 to 1: the share of the draft's characters in shared runs of ten or more */
    struct reply_record reply;
    struct similar_overlap *overlaps; /* the longest first */
    size_t overlap_count;
};

struct similar_list { /* arena-held */
    struct similar_reply *replies;
    size_t count;
};

struct similar_options {
    size_t limit;    /* replies */
    size_t overlaps; /* of each at most */
    double least;    /* leave out what scores less */
    const struct search_filters *filters;
};

/* `passages` of a draft, normal UTF-8. Not more than SIMILAR_COMPARED replies are compared in full:
 * those that have the most telling pairs of its passages. STATUS_EMPTY: nothing to compare. */
#define SIMILAR_COMPARED 50
enum status searcher_similar(struct searcher *searcher, const struct text *passages,
                             size_t passage_count, const struct similar_options *options,
                             struct arena *arena, struct similar_list *out, struct error *error);

/* The same for an indexed reply, which is not among the results itself. *passages are what
 * draft_passage counts in. STATUS_NOT_FOUND. */
enum status searcher_similar_to(struct searcher *searcher, struct text id,
                                const struct similar_options *options, struct arena *arena,
                                struct text **passages, size_t *passage_count,
                                struct similar_list *out, struct error *error);

#endif
