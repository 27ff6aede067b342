/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences and figures out of the passages that match: what will be done, and how much of what. */
#ifndef DAFU_SEARCH_SEARCHER_EXTRACTS_H
#define DAFU_SEARCH_SEARCHER_EXTRACTS_H

#include "search/extract/figures.h"
#include "search/searcher/searcher.h"

struct commitment {
    size_t rank;  /* from 1, offset included */
    double score; /* of the passage, times the share that the sentence has of what was asked for */
    size_t start, length; /* the sentence: bytes of passage.text */
    struct text deadline; /* 2026年底前; or empty */
    struct passage_record passage;
    struct reply_record reply;
};

struct commitment_list { /* arena-held */
    struct commitment *commitments;
    size_t count;
    size_t total; /* in the passages that were read */
};

struct figure_result {
    size_t rank;
    double score;
    struct figure figure;
    unsigned year;  /* of the figure: as said, or from the date of the reply; 0: not known */
    bool year_said; /* the sentence tells it */
    struct passage_record passage;
    struct reply_record reply;
};

struct figure_result_list { /* arena-held */
    struct figure_result *figures;
    size_t count;
    size_t total;
};

/* The best matching passages are read, EXTRACT_PASSAGES at most, and of them the sentences that
 * have words of the query (all sentences when the query has only fields and filters). Of options
 * offset, limit, filters, weights and sort count; by relevance figures of one sentence keep its
 * order. Failures as searcher_search. */
#define EXTRACT_PASSAGES 300
enum status searcher_commitments(struct searcher *searcher, struct text line,
                                 const struct search_options *options, struct arena *arena,
                                 struct commitment_list *out, struct error *error);
enum status searcher_figures(struct searcher *searcher, struct text line,
                             const struct search_options *options, struct arena *arena,
                             struct figure_result_list *out, struct error *error);

#endif
