/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys are documented in output.h and stay. */
#include <jansson.h>

#include "indexer/base/utf8.h"
#include "search/output/output.h"

static json_t *string(struct text text)
{
    return json_stringn(text.data ? text.data : "", text.length);
}

/* A byte range as [start, length] in code points. */
static json_t *range(struct text text, size_t start, size_t length)
{
    return json_pack("[I, I]", (json_int_t)utf8_count(text_slice(text, 0, start)),
                     (json_int_t)utf8_count(text_slice(text, start, length)));
}

static json_t *highlights(const struct result *result)
{
    json_t *array = json_array();
    for (size_t i = 0; i < result->highlights.count; i++)
        json_array_append_new(array, range(result->passage.text, result->highlights.spans[i].start,
                                           result->highlights.spans[i].length));
    return array;
}

/* Every place that has the reply, the one that it was read from first. */
static json_t *sources(const struct reply_record *reply)
{
    json_t *array = json_array();
    json_array_append_new(array, string(reply->source));
    struct text rest = reply->other_sources, source;
    while (rest.length && text_split(&rest, TEXT("\n"), &source))
        json_array_append_new(array, string(source));
    return array;
}

static json_t *object_of(const struct output *output, const struct result *result)
{
    const struct passage_record *passage = &result->passage;
    const struct reply_record *reply = &result->reply;
    const struct {
        const char *key;
        struct text value;
    } REPLY[] = {
        { "reply", passage->reply }, { "docno", passage->docno },
        { "title", reply->title },   { "subject", reply->subject },
        { "issuer", reply->issuer }, { "document_number", reply->document_number },
        { "date", reply->date },     { "session", reply->session },
        { "kind", reply->kind },     { "proposal_number", reply->proposal_number },
        { "area", reply->area },     { "path", passage->path },
    };
    json_t *object = json_object();
    if (output->topic.length)
        json_object_set_new(object, "topic", string(output->topic));
    json_object_set_new(object, "rank", json_integer((json_int_t)result->rank));
    json_object_set_new(object, "score", json_real(result->score));
    for (size_t i = 0; i < sizeof(REPLY) / sizeof(*REPLY); i++)
        json_object_set_new(object, REPLY[i].key, string(REPLY[i].value));
    json_object_set_new(object, "role", json_string(role_name(passage->role)));
    json_object_set_new(object, "paragraph", json_integer(passage->paragraph));
    json_object_set_new(object, "text", string(passage->text));
    json_object_set_new(object, "highlights", highlights(result));
    json_object_set_new(object, "snippet",
                        range(passage->text, result->snippet.start, result->snippet.length));
    json_object_set_new(object, "source", string(reply->source));
    json_object_set_new(object, "sources", sources(reply));
    json_object_set_new(object, "source_offset", json_integer((json_int_t)passage->source_offset));
    json_object_set_new(object, "source_length", json_integer((json_int_t)passage->source_length));
    return object;
}

enum status json_output_write(const struct output *output, const struct result_list *list,
                              struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        json_t *object = object_of(output, &list->results[i]);
        char *line = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(8)) : NULL;
        json_decref(object);
        if (!line)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        fprintf(output->stream, "%s\n", line);
        free(line);
    }
    return STATUS_OK;
}
