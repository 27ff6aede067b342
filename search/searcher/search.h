/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the searcher: what is open, and one run of a search. */
#ifndef DAFU_SEARCH_SEARCHER_SEARCH_H
#define DAFU_SEARCH_SEARCHER_SEARCH_H

#include "indexer/analysis/normalizer.h"
#include "search/ranking/evidence.h"
#include "search/ranking/plan.h"
#include "search/ranking/rerank.h"
#include "search/ranking/text_score.h"
#include "search/searcher/reply_cache.h"
#include "search/searcher/reply_view.h"
#include "search/searcher/searcher.h"

struct facet_names { /* of the index, by their hash */
    struct facet_name {
        unsigned long long hash;
        struct text name;
    } * names;
    size_t count;
    bool read;
};

struct searcher {
    char *path;
    struct shard_options shards;
    struct lexicon *lexicon;
    struct analyzer *analyzer;
    struct index_reader *reader;
    struct synonyms *synonyms;
    struct arena arena; /* of the state that the reader sees: its places, names of facets */
    struct arena scratch; /* of one passage (spans_find) */
    struct place_list places;
    struct facet_names names[FACET_COUNT];
    struct text_scorer *scorer;
    struct normalized text, title;  /* scratch */
    bool (*stopped)(void *context); /* searcher_watch */
    void *watcher;
};

struct search { /* one run */
    struct searcher *searcher;
    const struct search_options *options;
    const struct weights *weights;
    struct arena *arena;
    struct error *error;
    struct query query;
    size_t expansions; /* words and values that wildcards stand for */
    struct plan plan;
    struct reply_cache replies;
    uint64_t estimated;
    bool exact;
    double average_length;
    const struct candidate_list *ranked; /* all candidates of the run */
    size_t cited;                        /* that many of them come first because they were cited */
    bool only_cited;                     /* by date: the others are left out */
    double cutoff;                       /* of a search by date; negative: by relevance */
};

/* Does something with the state that the reader sees, and again on the newest one when that state
 * was overwritten meanwhile. */
enum status searcher_run(struct searcher *searcher, enum status (*body)(void *context),
                         void *context, struct error *error);

/* STATUS_STOPPED when the caller of searcher_watch wants no more. The index is not read past that
 * (index_reader_watch); this is for loops that do without it. */
enum status searcher_go_on(const struct searcher *searcher, struct error *error);

enum status search_no_memory(struct search *search);

/* Searches the state that the reader sees. */
enum status search_once(struct search *search, struct text line, struct result_list *out);

/* Makes of the query what it means in the index that the reader sees: wildcards become the words and
 * values that they stand for. Warns of values that are none. */
enum status search_refine(struct search *search);

/* Neither marks nor operators nor a citation. */
bool query_is_words(const struct query *query);

/* `match` within the filters of the options; `without` is left out (FACET_COUNT: none). */
enum status search_filtered(struct search *search, const struct match *match, enum facet without,
                            const struct match **out);

/* A request for `match` as the search's other requests are made. `checked`: the text has the last
 * word on what must occur. */
struct match_request search_request(struct search *search, const struct match *match, bool checked);

/* The first `wanted` candidates or more, ranked: the same for any `wanted`, so that pages fit
 * together. *all: there are no others. */
enum status search_candidates(struct search *search, size_t wanted, struct candidate_list *out,
                              bool *all);

/* Counts what options->facets and exact_total ask for. */
enum status search_count(struct search *search, struct result_list *out);

/* The names of a hashed facet, read once per state of the index. */
enum status searcher_facet_names(struct searcher *searcher, enum facet facet,
                                 const struct facet_names **out, struct error *error);

/* searcher_reply within searcher_run, of the document that has the reply's record. */
enum status searcher_reply_now(struct searcher *searcher, uint32_t document, struct arena *arena,
                               struct reply_view *out, struct error *error);

/* How the matched words of results are shown. */
enum status search_shown_terms(struct search *search, struct span_terms *out);

/* Fills reply, and what the passage leaves to it, of a result whose passage and reply_document are
 * set. */
enum status search_name(struct search *search, struct result *result);

/* The same, and highlights and snippet. */
enum status search_dress(struct search *search, const struct span_terms *terms,
                         struct result *result);

/* Fills the parts of the score of a result, whose candidate is one of search->ranked. */
enum status search_explain(struct search *search, const struct candidate *candidate,
                           struct result *result);

#endif
