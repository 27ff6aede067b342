/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a search gives: passages in order, each with its reply, alone or grouped by reply; how many
 * there are, and of which agencies, places, years. */
#ifndef DAFU_SEARCH_SEARCHER_RESULT_H
#define DAFU_SEARCH_SEARCHER_RESULT_H

#include "indexer/analysis/facet.h"
#include "indexer/analysis/record.h"
#include "search/query/warning.h"
#include "search/snippet/snippet.h"

/* Parts of a score: what each kind is worth to whom. */
enum score_part_kind {
    PART_TERM,      /* a word, a pair of characters or a name of the query in the text: BM25 */
    PART_NEAR,      /* how much of the query one place of the text says */
    PART_TITLE,     /* a word in the title or the subject of the reply */
    PART_PATH,      /* in the headings above the passage */
    PART_ISSUER,    /* in the agency's name */
    PART_AREA,      /* the place of the reply */
    PART_YEAR,      /* its year */
    PART_ROLE,      /* what a heading or a line of the letterhead loses, what was asked for gains */
    PART_FRESHNESS, /* that the reply is of a late year */
    PART_EXTENT,    /* that it is part of a long document */
    PART_DOCUMENT,  /* the best passages of the same document */
    PART_ORDER, /* what a passage loses that stands behind another one: a heading behind its text */
    PART_REPEATED, /* what a passage loses that says nearly the same as a better one */
    PART_CITATION, /* the reply was cited by its number */
    PART_INDEX,    /* by date: the weight that the index gives, which is not looked into */
    PART_COUNT,
};
extern const char *const SCORE_PART_NAMES[PART_COUNT]; /* "term", "near", … */

struct score_part {
    enum score_part_kind kind;
    struct text of; /* TERM, and of fields: as in the index; otherwise empty */
    double score;   /* what it adds; the parts of a result add up to its score */
};

struct result {
    size_t rank;                       /* from 1, offset included; in a group: among its passages */
    double score;                      /* comparable within one query only */
    uint32_t document, reply_document; /* numbers in the state that was searched (struct hit) */
    struct passage_record passage;
    struct reply_record reply;
    struct span_list highlights; /* bytes of passage.text; empty in bare results */
    struct snippet snippet;      /* what to show of passage.text */
    struct score_part *parts;    /* options->explain: by kind, the largest first; else NULL */
    size_t part_count;
};

/* The passages of one reply, or of the larger document that several records belong to. */
struct result_group {
    size_t rank;            /* from 1, offset included */
    struct result *results; /* the best first: options->group_passages at most */
    size_t count;
    size_t found; /* passages of it among the candidates, those that are not listed included */
};

struct facet_value {
    struct text value; /* as filters take it */
    uint64_t passages, replies;
    bool selected; /* a filter names it */
};

struct facet_counts {
    struct facet_value *values; /* most passages first, then by value */
    size_t count;               /* options->facet_limit at most */
    size_t distinct;            /* values in all */
};

struct result_list { /* arena-held */
    struct result *results;
    size_t count;
    struct result_group *groups; /* options->group: instead of results */
    size_t group_count;
    /* Passages that match, and replies that they are of: exact, or the index's estimate. Replies
     * are only counted exactly, otherwise 0. */
    uint64_t total, replies;
    bool total_exact;
    struct facet_counts facets[FACET_COUNT]; /* those that were asked for */
    bool
        suggest; /* plain words, some pair of whose characters is nowhere: searcher_suggest may know
                   * better */
    struct query_warnings warnings; /* of the line as given */
    const char *const
        *missing;        /* shards that did not answer and that this is without; NULL ends it */
    struct text read_as; /* the line with characters for its pinyin; data NULL: as it is */
};

#endif
