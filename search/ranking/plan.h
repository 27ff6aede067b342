/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query + weights + statistics of the index -> what to match. */
#ifndef DAFU_SEARCH_RANKING_PLAN_H
#define DAFU_SEARCH_RANKING_PLAN_H

#include "search/index/index_reader.h"
#include "indexer/analysis/record.h"
#include "search/query/query.h"
#include "search/query/synonyms.h"
#include "search/ranking/condition.h"
#include "search/ranking/weights.h"

struct plan_term {
    struct text term; /* as in the index, with prefix */
    struct text bare; /* without */
    enum token_kind kind;
    uint32_t frequency; /* in the query */
    uint32_t passages;  /* that have it */
    double factor;      /* of its BM25, by kind */
    double weight;      /* its largest share of a score; 0: says nothing */
    bool telling;       /* neither frequent nor a filler, unless there is nothing else */
    bool chosen;        /* looked up in the index */
    bool alone;         /* one character that is a whole word of the query */
    bool filler;        /* only in words that make a question */
    bool word;          /* a bigram that is also a word of the query */
    uint32_t name;      /* the name that it is part of, from 1; 0: none, or several */
};

/* Another form of a name of the query. */
struct plan_other {
    struct text needle; /* normalised */
    uint32_t name;      /* as in plan_term */
    double weight;      /* its largest share of a score */
    const struct match *match;
};

struct place_list; /* evidence.h */

struct plan {
    const struct match *match;         /* the candidates */
    const struct condition *condition; /* to decide on their text; NULL: nothing */
    const struct match *reference;     /* the reply that is cited; NULL: none */
    const struct match *fields; /* what title, agency, ... of a candidate add; NULL: nothing */
    struct plan_term *terms;           /* of the text, descending weight */
    size_t term_count;
    struct plan_other *others; /* only those that the index may have */
    size_t other_count;
    enum passage_role asked; /* by the query's question (intent.h); ROLE_COUNT: none */
    bool courtesies;         /* it asks for words of politeness (courtesy.h) */
    bool fresh;              /* it is not about a time or a certain reply: newer is better */
};

/* What reading a query needs, besides the words of the query. */
struct plan_sources {
    struct analyzer *analyzer;
    const struct synonyms *synonyms;
    const struct place_list *places;
    struct index_reader *reader;
};

/* Everything in `arena`; STATUS_STALE, STATUS_NO_MEMORY, ... as the index has them. */
enum status plan_make(const struct query *query, const struct plan_sources *sources,
                      const struct weights *weights, struct arena *arena, struct plan *out,
                      struct error *error);

#endif
