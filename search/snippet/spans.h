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
    /* Of a pair of characters: how it stands to the words of the query. Leaning: its first (its last)
     * character is a piece of a longer word that the pair leaves. Edge: it is the first (the last)
     * character of a longer word that the pair is part of. */
    bool leans_back, leans_on, edge_back, edge_on;
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
 * tokens count, so a term is found where search finds it, whatever its width or script.
 *
 * A pair of characters that is no word of the text (河水 in 内河|水体, 老服 in 适老|服务) is found by
 * search, too, but shown only where each of its two characters belongs to what is shown anyway, or
 * is a word of its own. `scratch` is cleared first: kept from text to text, it saves their pages. */
enum status spans_find(struct analyzer *analyzer, const struct span_terms *terms, struct text text,
                       struct arena *scratch, struct arena *arena, struct span_list *out,
                       struct error *error);

#endif
