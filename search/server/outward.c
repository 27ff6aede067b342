/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/outward.h"

#include "search/output/result_json.h"

static bool is_address(struct text source)
{
    return text_starts_with(source, TEXT("https://")) || text_starts_with(source, TEXT("http://"));
}

static struct text file_name(struct text source)
{
    size_t slash = text_find_last(source, TEXT("/"));
    return slash == TEXT_NONE || is_address(source)
               ? source
               : text_slice(source, slash + 1, source.length - slash - 1);
}

static enum status no_memory(struct call *call)
{
    return error_set(call->error, STATUS_NO_MEMORY, "out of memory");
}

/* One a line. */
static enum status file_names(struct call *call, struct text *sources)
{
    char *names = arena_alloc(call->arena, sources->length + 1);
    struct text rest = *sources, source;
    size_t length = 0;
    if (!names)
        return no_memory(call);
    while (rest.length && text_split(&rest, TEXT("\n"), &source)) {
        struct text name = file_name(source);
        if (length)
            names[length++] = '\n';
        if (name.length)
            memcpy(names + length, name.data, name.length);
        length += name.length;
    }
    *sources = text_of_bytes(names, length);
    return STATUS_OK;
}

static enum status key_of(struct call *call, struct text id, struct text *key)
{
    char *bytes = arena_alloc(call->arena, REPLY_KEY_LENGTH);
    if (!bytes)
        return no_memory(call);
    *key = searcher_reply_key(id, bytes);
    return STATUS_OK;
}

static enum status tell_reply(struct call *call, struct reply_record *reply)
{
    enum status status = key_of(call, reply->id, &reply->id);
    reply->source = file_name(reply->source);
    return status ? status : file_names(call, &reply->other_sources);
}

/* A docno is made of the file's name, or it is the reply's id: a path, or what the document calls
 * itself. */
static void tell_passage(struct passage_record *passage, const struct reply_record *reply)
{
    passage->reply = reply->id;
    if (text_starts_with(passage->docno, TEXT("/")))
        passage->docno = file_name(passage->docno);
}

static enum status tell_result(struct call *call, struct result *result)
{
    enum status status = tell_reply(call, &result->reply);
    if (!status)
        tell_passage(&result->passage, &result->reply);
    return status;
}

enum status outward_find(struct call *call, struct text *id)
{
    return searcher_find_key(call->searcher, call->rest, call->arena, id, call->error);
}

enum status outward_list(struct call *call, struct result_list *list)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++)
        status = tell_result(call, &list->results[i]);
    for (size_t i = 0; i < list->group_count; i++)
        for (size_t j = 0; j < list->groups[i].count && !status; j++)
            status = tell_result(call, &list->groups[i].results[j]);
    return status;
}

enum status outward_reading(struct call *call, struct reading *reading)
{
    enum status status = tell_reply(call, &reading->reply);
    for (size_t i = 0; i < reading->count && !status; i++)
        status = tell_result(call, &reading->results[i]);
    return status;
}

enum status outward_similar(struct call *call, struct similar_list *list)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        struct similar_reply *reply = &list->replies[i];
        status = tell_reply(call, &reply->reply);
        for (size_t j = 0; j < reply->overlap_count && !status; j++)
            tell_passage(&reply->overlaps[j].passage, &reply->reply);
    }
    return status;
}

json_t *outward_metadata(const struct reply_record *reply)
{
    struct text bytes = reply->metadata_json;
    json_t *metadata = bytes.length ? json_loadb(bytes.data, bytes.length, 0, NULL) : NULL;
    if (!json_is_object(metadata)) {
        json_decref(metadata);
        return json_object();
    }
    const char *file = json_string_value(json_object_get(metadata, "file"));
    bool failed = json_object_set_new(metadata, "id", text_json(reply->id)) != 0;
    if (file)
        failed |= json_object_set_new(metadata, "file", text_json(file_name(text_of(file)))) != 0;
    if (!failed)
        return metadata;
    json_decref(metadata);
    return NULL;
}
