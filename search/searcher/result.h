/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a search gives: passages in order, each with its reply. */
#ifndef DAFU_SEARCH_SEARCHER_RESULT_H
#define DAFU_SEARCH_SEARCHER_RESULT_H

#include "indexer/analysis/record.h"
#include "search/snippet/snippet.h"

struct result {
    size_t rank;  /* from 1, offset included */
    double score; /* comparable within one query only */
    struct passage_record passage;
    struct reply_record reply;   /* zero in bare results */
    struct span_list highlights; /* bytes of passage.text; empty in bare results */
    struct snippet snippet;      /* what to show of passage.text */
};

struct result_list { /* arena-held */
    struct result *results;
    size_t count;
    uint64_t estimated;  /* passages that match, as the index estimates */
    struct text read_as; /* the line with characters for its pinyin; data NULL: as it is */
};

#endif
