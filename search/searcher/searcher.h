/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one door of search: a query line in, results out. One searcher per thread. */
#ifndef DAFU_SEARCH_SEARCHER_SEARCHER_H
#define DAFU_SEARCH_SEARCHER_SEARCHER_H

#include "search/index/index_reader.h"
#include "search/ranking/weights.h"
#include "search/searcher/result.h"

struct searcher;

/* Pairs of an index beside the program's own, in its folder: query/synonyms.h. */
#define SEARCHER_SYNONYMS "synonyms.tsv"

#define SEARCH_LIMIT_MAX 10000 /* results of one search, offset included */

/* Restricts the results. Values of one facet are alternatives; facets, and the dates, all hold. */
#define FILTER_VALUES_MAX 32
struct search_filters {
    /* As in facet_value, or as people write them: 2024..2026, 十六届五次, 下步, A类. Of an agency or
     * a place also a part of its name will do: 经济和信息化局, 宁波. */
    struct text values[FACET_COUNT][FILTER_VALUES_MAX];
    size_t counts[FACET_COUNT];
    struct text from, to; /* dates, inclusive: 2026, 2026-06, 2026-06-08; empty: open */
};

/* Adds a value; STATUS_MISUSE when there are too many. */
enum status search_filters_add(struct search_filters *filters, enum facet facet, struct text value,
                               struct error *error);

enum search_sort {
    SORT_RELEVANCE,
    SORT_DATE, /* newest first, undated last, ties by relevance: passages that match at least
                * half as well as the best one */
};

struct search_options {
    size_t offset, limit;                 /* of passages; with `group` of replies */
    bool bare;                            /* no highlights or snippets */
    bool one_per_paragraph;               /* of several passages with one docno the best */
    size_t snippet_codepoints;            /* 0: passages whole */
    const struct weights *weights;        /* NULL: WEIGHTS */
    const struct search_filters *filters; /* NULL: none */
    enum search_sort sort;
    bool group;            /* replies, by their best passage */
    size_t group_passages; /* of each; 0: 3 */
    /* With `group`: called for each reply (of a larger document: for its best record) in order, the
     * best offset + limit of them; those that it refuses are left out. NULL: all are wanted */
    bool (*wanted)(void *context, const struct reply_record *reply);
    void *context;
    bool explain;     /* the parts of each score */
    bool exact_total; /* count, however many there are */
    unsigned facets;  /* to count: a bit per facet, FACET_BIT. Total is then exact, too. The filter
                            * on a facet does not narrow its own counts */
    size_t facet_limit; /* values of each, 0: all */
};
#define FACET_BIT(facet) (1U << (facet))

/* Opens the index at `path` with the program's own lexicon. The message is one line that names the
 * index and what to do. */
enum status searcher_open(const char *path, struct searcher **out, struct error *error);
/* The same with a say in how servers are asked (index_reader.h). */
enum status searcher_open_shards(const char *path, const struct shard_options *options,
                                 struct searcher **out, struct error *error);
void searcher_free(struct searcher *searcher);
void searcher_freep(struct searcher **searcher); /* for CLEANUP */

/* `stopped` is asked every so often, by the searcher's own thread: true ends what the searcher does
 * with STATUS_STOPPED, soon. NULL: nobody is asked. */
void searcher_watch(struct searcher *searcher, bool (*stopped)(void *context), void *context);

/* Moves to the newest committed state and says which it is: index_reader_state. */
enum status searcher_state(struct searcher *searcher, uint64_t *out, struct error *error);
/* The shards that the last answer is without, when it may be partial: NULL ends the list, which lives
 * until the next search. */
const char *const *searcher_missing(struct searcher *searcher);

/* Searches. Results live in `arena`. Nothing found is STATUS_OK with no results. STATUS_MISUSE:
 * empty query, or a filter's value that is none; STATUS_INVALID: not UTF-8; STATUS_LIMIT: the query or offset + limit is too large.
 * Each search sees the newest committed state. */
enum status searcher_search(struct searcher *searcher, struct text line,
                            const struct search_options *options, struct arena *arena,
                            struct result_list *out, struct error *error);

/* What the line may have been meant to be; data NULL: nothing. Of plain words, whether they found
 * something or not: the same with a misspelling put right (search/ranking/spelling.h). Of others,
 * which found nothing: their words without quotation marks, operators and fields, when that would
 * find something. */
enum status searcher_suggest(struct searcher *searcher, struct text line, struct arena *arena,
                             struct text *out, struct error *error);

#endif
