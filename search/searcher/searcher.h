/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one door of search: a query line in, results out. One searcher per thread. */
#ifndef DAFU_SEARCH_SEARCHER_SEARCHER_H
#define DAFU_SEARCH_SEARCHER_SEARCHER_H

#include "search/ranking/weights.h"
#include "search/searcher/result.h"

struct searcher;

/* Pairs of an index beside the program's own, in its folder: query/synonyms.h. */
#define SEARCHER_SYNONYMS "synonyms.tsv"

#define SEARCH_LIMIT_MAX 10000 /* results of one search, offset included */

struct search_options {
    size_t offset, limit;
    bool bare;                     /* passages only: no reply records, highlights or snippets */
    bool one_per_paragraph;        /* of several passages with one docno the best */
    size_t snippet_codepoints;     /* 0: passages whole */
    const struct weights *weights; /* NULL: WEIGHTS */
};

/* Opens the index at `path` with the program's own lexicon. The message is one line that names the
 * index and what to do. */
enum status searcher_open(const char *path, struct searcher **out, struct error *error);
void searcher_free(struct searcher *searcher);
void searcher_freep(struct searcher **searcher); /* for CLEANUP */

/* Searches. Results live in `arena`. Nothing found is STATUS_OK with no results. STATUS_MISUSE:
 * empty query; STATUS_INVALID: not UTF-8; STATUS_LIMIT: the query or offset + limit is too large.
 * A writer that commits meanwhile is no failure: the search runs again on the new state. */
enum status searcher_search(struct searcher *searcher, struct text line,
                            const struct search_options *options, struct arena *arena,
                            struct result_list *out, struct error *error);

/* For a line that finds nothing: the same words without quotation marks, operators and fields, when
 * that would find something; else data is NULL. */
enum status searcher_suggest(struct searcher *searcher, struct text line, struct arena *arena,
                             struct text *out, struct error *error);

#endif
