/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the query's terms are in the author's text. */
#ifndef DAFU_SEARCH_SNIPPET_SPANS_H
#define DAFU_SEARCH_SNIPPET_SPANS_H

#include "indexer/analysis/analyzer.h"
#include "indexer/base/arena.h"

struct text_span {
    size_t start, length; /* bytes; whole code points */
    double weight;        /* of the terms that meet here */
};

struct span_list { /* arena-held, ascending, not touching one another */
    struct text_span *spans;
    size_t count, capacity;
};

struct span_term {
    struct text term; /* normalised, without prefix */
    double weight;
    /* Of a pair of characters that binds two words: shown only where its first character (its last
     * one) is part of another shown term that does not lean itself */
    bool leans_back, leans_on;
};

struct span_terms { /* sorted by term: span_terms_sort */
    struct span_term *terms;
    size_t count;
    const struct span_term *phrases; /* normalised; found wherever they occur without
                                      * cutting a number or a Latin word; any order */
    size_t phrase_count;
};
void span_terms_sort(struct span_terms *terms);

/* Finds the terms in valid UTF-8. Neighbouring and overlapping places become one span. Only
 * tokens count, so a term is found where search finds it, whatever its width or script. */
enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *arena, struct span_list *out, struct error *error);

#endif
