/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/reading.h"

#include "search/searcher/search.h"

#define READING_RETRIES 5

/* The terms that the line would mark. */
static enum status marks_of(struct search *search, struct text line, struct span_terms *out)
{
    struct searcher *searcher = search->searcher;
    const struct plan_sources sources = { searcher->analyzer, searcher->synonyms, &searcher->places,
                                          searcher->reader };
    *out = (struct span_terms) { 0 };
    if (!line.length || query_parse(line, searcher->lexicon, search->arena, &search->query, NULL))
        return STATUS_OK;
    enum status status = plan_make(&search->query, &sources, search->weights, search->arena,
                                   &search->plan, search->error);
    return status ? status : search_shown_terms(search, out);
}

static enum status read_passages(struct search *search, uint32_t document,
                                 const struct span_terms *terms, struct reading *out)
{
    struct searcher *searcher = search->searcher;
    size_t capacity = 0;
    for (uint32_t ordinal = 0;; ordinal++) {
        struct result result = { 0 };
        struct text record;
        uint32_t ignored;
        enum status status = index_reader_passage(searcher->reader, document, ordinal,
                                                  search->arena, &ignored, &record, search->error);
        if (status == STATUS_NOT_FOUND)
            return STATUS_OK;
        if (!status)
            status = passage_record_decode(record, &result.passage, search->error);
        if (!status && (terms->count || terms->phrase_count))
            status = spans_find(searcher->analyzer, terms, result.passage.text, search->arena,
                                &result.highlights, search->error);
        if (status)
            return status;
        result.reply = out->reply;
        result.snippet = (struct snippet) { .length = result.passage.text.length };
        if (!arena_grow(search->arena, &out->results, out->count, &capacity, sizeof(result)))
            return search_no_memory(search);
        out->results[out->count++] = result;
    }
}

static enum status read_once(struct search *search, struct text id, struct text line,
                             struct reading *out)
{
    struct span_terms terms;
    struct text record;
    uint32_t document;
    *out = (struct reading) { 0 };
    enum status status = index_reader_find(search->searcher->reader, id, &document, search->error);
    if (!status)
        status = index_reader_reply(search->searcher->reader, document, search->arena, &record,
                                    search->error);
    if (!status)
        status = reply_record_decode(record, &out->reply, search->error);
    if (!status)
        status = marks_of(search, line, &terms);
    return status ? status : read_passages(search, document, &terms, out);
}

enum status searcher_read(struct searcher *searcher, struct text id, struct text line,
                          struct arena *arena, struct reading *out, struct error *error)
{
    struct search search = {
        .searcher = searcher, .weights = &WEIGHTS, .arena = arena, .error = error
    };
    if (!searcher->reader)
        return error_set(error, STATUS_STALE, "the index is being replaced");
    enum status status =
        index_reader_is_stale(searcher->reader) ? STATUS_STALE : read_once(&search, id, line, out);
    for (int retry = 0; status == STATUS_STALE && retry < READING_RETRIES; retry++) {
        status = index_reader_reopen(searcher->reader, error);
        if (!status)
            status = read_once(&search, id, line, out);
    }
    if (status == STATUS_NOT_FOUND)
        return error_set(error, status, "there is no such reply");
    /* analysed again: the next search opens the index anew */
    return status == STATUS_MISMATCH ? STATUS_STALE : status;
}
