/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/reading.h"

#include "search/searcher/search.h"

/* The terms that the line would mark. */
static enum status marks_of(struct search *search, struct text line, struct span_terms *out)
{
    struct searcher *searcher = search->searcher;
    const struct plan_sources sources = { searcher->analyzer, searcher->synonyms, &searcher->places,
                                          searcher->reader };
    *out = (struct span_terms) { 0 };
    if (!line.length || query_parse(line, searcher->lexicon, search->arena, &search->query, NULL))
        return STATUS_OK;
    enum status status = search_refine(search);
    if (!status)
        status = plan_make(&search->query, &sources, search->weights, search->arena, &search->plan,
                           search->error);
    return status ? status : search_shown_terms(search, out);
}

struct reading_call {
    struct search search;
    struct text id, line;
    struct reading *out;
};

static enum status mark_passages(struct search *search, const struct reply_view *view,
                                 const struct span_terms *terms, struct reading *out)
{
    out->results = ARENA_ARRAY(search->arena, struct result, view->count + 1);
    if (!out->results)
        return search_no_memory(search);
    bool marks = terms->count || terms->phrase_count;
    for (size_t i = 0; i < view->count; i++) {
        struct result *result = &out->results[out->count++];
        *result = (struct result) { .passage = view->passages[i],
                                    .reply = view->reply,
                                    .snippet = { .length = view->passages[i].text.length } };
        enum status status = searcher_go_on(search->searcher, search->error);
        if (!status && marks)
            status = spans_find(search->searcher->analyzer, terms, result->passage.text,
                                &search->searcher->scratch, search->arena, &result->highlights,
                                search->error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status find_and_read(void *context)
{
    struct reading_call *call = context;
    struct search *search = &call->search;
    struct reply_view view;
    struct span_terms terms;
    uint32_t document;
    enum status status =
        index_reader_find(search->searcher->reader, call->id, &document, search->error);
    if (!status)
        status =
            searcher_reply_now(search->searcher, document, search->arena, &view, search->error);
    if (!status)
        status = marks_of(search, call->line, &terms);
    if (status)
        return status;
    *call->out = (struct reading) { .reply = view.reply,
                                    .sections = view.sections,
                                    .section_count = view.section_count };
    return mark_passages(search, &view, &terms, call->out);
}

enum status searcher_read(struct searcher *searcher, struct text id, struct text line,
                          struct arena *arena, struct reading *out, struct error *error)
{
    struct reading_call call = {
        { .searcher = searcher, .weights = &WEIGHTS, .arena = arena, .error = error }, id, line, out
    };
    enum status status = searcher_run(searcher, find_and_read, &call, error);
    return status == STATUS_NOT_FOUND ? error_set(error, status, "there is no such reply") : status;
}
