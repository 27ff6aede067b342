/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/reply_view.h"

#include "search/searcher/search.h"

#define PATH_MARK TEXT(" › ")

struct view_call {
    struct searcher *searcher;
    struct text id;
    uint32_t document; /* of the reply's record */
    struct arena *arena;
    struct reply_view *out;
    struct error *error;
};

static enum status read_passages(struct view_call *call, struct reply_cache *cache)
{
    struct reply_view *view = call->out;
    uint32_t count = view->reply.passage_count;
    view->passages = ARENA_ARRAY(call->arena, struct passage_record, (size_t)count + 1);
    if (!view->passages)
        return error_set(call->error, STATUS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; i < count; i++) {
        struct passage_record *passage = &view->passages[view->count];
        struct text bytes;
        uint32_t document;
        enum status status = index_reader_passage(call->searcher->reader, call->document, i,
                                                  call->arena, &document, &bytes, call->error);
        if (status == STATUS_NOT_FOUND)
            break;
        if (!status)
            status = passage_record_decode(bytes, passage, call->error);
        if (!status)
            status = reply_cache_name(cache, &view->reply, passage, call->error);
        if (status)
            return status;
        view->count++;
    }
    return STATUS_OK;
}

/* ---- headings ---- */

#define LEVELS_MAX 16

/* A heading of the path that differs from the one before begins a section, and all below it do. */
static enum status read_sections(struct view_call *call)
{
    struct reply_view *view = call->out;
    struct text open[LEVELS_MAX] = { { 0 } };
    size_t capacity = 0;
    for (size_t i = 0; i < view->count; i++) {
        struct text rest = view->passages[i].path, heading;
        unsigned level = 0;
        while (rest.length && level < LEVELS_MAX && text_split(&rest, PATH_MARK, &heading)) {
            if (!text_equal(open[level], heading)) {
                if (!arena_grow(call->arena, &view->sections, view->section_count, &capacity,
                                sizeof(*view->sections)))
                    return error_set(call->error, STATUS_NO_MEMORY, "out of memory");
                view->sections[view->section_count++] =
                    (struct reply_section) { heading, level + 1, i };
                memset(open + level, 0, (LEVELS_MAX - level) * sizeof(*open));
                open[level] = heading;
            }
            level++;
        }
        if (level < LEVELS_MAX)
            memset(open + level, 0, (LEVELS_MAX - level) * sizeof(*open));
    }
    return STATUS_OK;
}

static enum status view(struct view_call *call)
{
    struct reply_cache cache;
    const struct reply_record *record;
    *call->out = (struct reply_view) { 0 };
    reply_cache_init(&cache, call->searcher->reader, call->arena);
    enum status status = reply_cache_get(&cache, call->document, &record, call->error);
    if (status)
        return status;
    call->out->reply = *record;
    status = read_passages(call, &cache);
    return status ? status : read_sections(call);
}

enum status searcher_reply_now(struct searcher *searcher, uint32_t document, struct arena *arena,
                               struct reply_view *out, struct error *error)
{
    struct view_call call = { searcher, { NULL, 0 }, document, arena, out, error };
    return view(&call);
}

static enum status find_and_view(void *context)
{
    struct view_call *call = context;
    enum status status =
        index_reader_find(call->searcher->reader, call->id, &call->document, call->error);
    if (status == STATUS_NOT_FOUND)
        return error_set(call->error, status, "no reply \"%.*s\" in the index", TEXT_ARG(call->id));
    return status ? status : view(call);
}

enum status searcher_reply(struct searcher *searcher, struct text id, struct arena *arena,
                           struct reply_view *out, struct error *error)
{
    struct view_call call = { searcher, id, 0, arena, out, error };
    return searcher_run(searcher, find_and_view, &call, error);
}

/* ---- keys ---- */

struct text searcher_reply_key(struct text id, char out[REPLY_KEY_LENGTH])
{
    index_digest(id, out);
    return text_of_bytes(out, REPLY_KEY_LENGTH);
}

struct key_call {
    struct searcher *searcher;
    struct text key;
    struct arena *arena;
    struct text *id;
    struct error *error;
};

static enum status find_key(void *context)
{
    struct key_call *call = context;
    struct index_reader *reader = call->searcher->reader;
    struct reply_record record;
    struct text bytes;
    uint32_t document;
    enum status status = index_reader_find_digest(reader, call->key, &document, call->error);
    if (!status)
        status = index_reader_reply(reader, document, call->arena, &bytes, call->error);
    if (!status)
        status = reply_record_decode(bytes, &record, call->error);
    if (!status)
        *call->id = record.id;
    return status;
}

enum status searcher_find_key(struct searcher *searcher, struct text key, struct arena *arena,
                              struct text *id, struct error *error)
{
    struct key_call call = { searcher, key, arena, id, error };
    enum status status = searcher_run(searcher, find_key, &call, error);
    return status == STATUS_NOT_FOUND ? error_set(error, status, "there is no such reply") : status;
}

/* The result need not be what is cited: the words of the line may have found it. */
static bool is_cited(const struct reference *reference, const struct reply_record *reply)
{
    struct text number = reply->proposal_number;
    while (number.length > 1 && number.data[0] == '0')
        number = text_slice(number, 1, number.length - 1);
    for (size_t i = 0; i < reference->document_count; i++)
        if (text_equal(reference->documents[i], reply->document_number))
            return true;
    return reference->kind == REFERENCE_PROPOSAL && text_equal(reference->number, number);
}

enum status searcher_find_reply(struct searcher *searcher, struct text line, struct arena *arena,
                                struct text *id, struct error *error)
{
    struct reply_view found;
    struct query query;
    struct result_list list;
    const struct search_options options = { .limit = 1 };
    enum status status = searcher_reply(searcher, line, arena, &found, error);
    if (status != STATUS_NOT_FOUND) {
        *id = line;
        return status;
    }
    status = searcher_find_key(searcher, line, arena, id, error);
    if (status != STATUS_NOT_FOUND)
        return status;
    list.count = 0;
    if (!query_parse(line, searcher->lexicon, arena, &query, NULL) && query.reference.kind)
        status = searcher_search(searcher, line, &options, arena, &list, error);
    if (status && status != STATUS_NOT_FOUND)
        return status;
    if (!list.count || !is_cited(&query.reference, &list.results[0].reply))
        return error_set(error, STATUS_NOT_FOUND, "no reply \"%.*s\" in the index", TEXT_ARG(line));
    if (!status)
        *id = list.results[0].passage.reply;
    return status;
}
