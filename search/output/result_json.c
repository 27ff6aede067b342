/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/result_json.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

/* jansson: setting a NULL value fails, and so does adding to a NULL object; one check at the end. */
struct builder {
    json_t *object;
    bool failed;
};

static void set(struct builder *builder, const char *key, json_t *value)
{
    if (json_object_set_new(builder->object, key, value))
        builder->failed = true;
}

static json_t *finish(struct builder *builder)
{
    if (builder->failed) {
        json_decref(builder->object);
        return NULL;
    }
    return builder->object;
}

json_t *text_json(struct text text)
{
    return json_stringn(text.data ? text.data : "", text.length);
}

static json_t *count_json(uint64_t count)
{
    return json_integer((json_int_t)count);
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
    json_array_append_new(array, text_json(reply->source));
    struct text rest = reply->other_sources, source;
    while (rest.length && text_split(&rest, TEXT("\n"), &source))
        json_array_append_new(array, text_json(source));
    return array;
}

static void set_facts(struct builder *builder, const struct reply_record *reply)
{
    const struct {
        const char *key;
        struct text value;
    } ROWS[] = {
        { "title", reply->title },   { "subject", reply->subject },
        { "issuer", reply->issuer }, { "document_number", reply->document_number },
        { "date", reply->date },     { "session", reply->session },
        { "kind", reply->kind },     { "proposal_number", reply->proposal_number },
        { "area", reply->area },
    };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++)
        set(builder, ROWS[i].key, text_json(ROWS[i].value));
}

static void set_passage(struct builder *builder, const struct result *result)
{
    const struct passage_record *passage = &result->passage;
    set(builder, "path", text_json(passage->path));
    set(builder, "role", json_string(role_name(passage->role)));
    set(builder, "paragraph", json_integer(passage->paragraph));
    set(builder, "text", text_json(passage->text));
    set(builder, "highlights", highlights(result));
    set(builder, "snippet", range(passage->text, result->snippet.start, result->snippet.length));
}

static void set_place(struct builder *builder, const struct passage_record *passage)
{
    set(builder, "source_offset", count_json(passage->source_offset));
    set(builder, "source_length", count_json(passage->source_length));
}

static void set_rank(struct builder *builder, size_t rank, double score)
{
    set(builder, "rank", count_json(rank));
    set(builder, "score", json_real(score));
}

bool reply_json_add(json_t *object, const struct reply_record *reply)
{
    struct builder builder = { object, false };
    set_facts(&builder, reply);
    set(&builder, "source", text_json(reply->source));
    set(&builder, "sources", sources(reply));
    return !builder.failed;
}

/* Only where they were asked for. */
static void set_parts(struct builder *builder, const struct result *result)
{
    json_t *parts = result->parts ? json_array() : NULL;
    for (size_t i = 0; i < result->part_count; i++) {
        const struct score_part *part = &result->parts[i];
        json_t *one = json_pack("{s: s, s: o, s: f}", "part", SCORE_PART_NAMES[part->kind], "of",
                                text_json(part->of), "score", part->score);
        builder->failed |= json_array_append_new(parts, one) != 0;
    }
    if (parts)
        set(builder, "parts", parts);
}

json_t *result_json(const struct result *result)
{
    struct builder builder = { json_object(), false };
    set_rank(&builder, result->rank, result->score);
    set(&builder, "reply", text_json(result->passage.reply));
    set(&builder, "docno", text_json(result->passage.docno));
    set_facts(&builder, &result->reply);
    set_passage(&builder, result);
    set(&builder, "source", text_json(result->reply.source));
    set(&builder, "sources", sources(&result->reply));
    set_place(&builder, &result->passage);
    set_parts(&builder, result);
    return finish(&builder);
}

/* ---- groups ---- */

static json_t *member_json(const struct result *result)
{
    struct builder builder = { json_object(), false };
    set_rank(&builder, result->rank, result->score);
    set(&builder, "docno", text_json(result->passage.docno));
    set_passage(&builder, result);
    set_place(&builder, &result->passage);
    set_parts(&builder, result);
    return finish(&builder);
}

json_t *result_group_json(const struct result_group *group)
{
    const struct result *best = &group->results[0];
    struct builder builder = { json_object(), false };
    json_t *members = json_array();
    for (size_t i = 0; i < group->count; i++)
        builder.failed |= json_array_append_new(members, member_json(&group->results[i])) != 0;
    set_rank(&builder, group->rank, best->score);
    set(&builder, "reply", text_json(best->passage.reply));
    builder.failed |= !reply_json_add(builder.object, &best->reply);
    set(&builder, "found", count_json(group->found));
    set(&builder, "passages", members);
    return finish(&builder);
}

/* ---- counts ---- */

static json_t *value_json(const struct facet_value *value)
{
    struct builder builder = { json_object(), false };
    set(&builder, "value", text_json(value->value));
    set(&builder, "passages", count_json(value->passages));
    set(&builder, "replies", count_json(value->replies));
    set(&builder, "selected", json_boolean(value->selected));
    return finish(&builder);
}

static json_t *facet_json(const struct facet_counts *counts)
{
    struct builder builder = { json_object(), false };
    json_t *values = json_array();
    for (size_t i = 0; i < counts->count; i++)
        builder.failed |= json_array_append_new(values, value_json(&counts->values[i])) != 0;
    set(&builder, "distinct", count_json(counts->distinct));
    set(&builder, "values", values);
    return finish(&builder);
}

json_t *result_missing_json(const struct result_list *list)
{
    json_t *names = list->missing && list->missing[0] ? json_array() : NULL;
    for (const char *const *name = list->missing; names && *name; name++) {
        if (json_array_append_new(names, text_json(text_of(*name)))) {
            json_decref(names);
            names = NULL;
        }
    }
    return names;
}

json_t *result_counts_json(const struct result_list *list)
{
    struct builder builder = { json_object(), false };
    struct builder facets = { json_object(), false };
    for (int facet = 0; facet < FACET_COUNT; facet++)
        if (list->facets[facet].values)
            set(&facets, FACETS[facet].name, facet_json(&list->facets[facet]));
    set(&builder, "total", count_json(list->total));
    set(&builder, "total_exact", json_boolean(list->total_exact));
    set(&builder, "replies",
        list->replies || !list->total ? count_json(list->replies) : json_null());
    set(&builder, "facets", finish(&facets));
    return finish(&builder);
}

json_t *result_warnings_json(const struct query_warnings *warnings)
{
    CLEANUP(arena_release) struct arena arena;
    json_t *array = json_array();
    bool failed = false;
    arena_init(&arena, 0);
    for (size_t i = 0; i < warnings->count; i++) {
        const struct query_warning *warning = &warnings->items[i];
        struct text message = query_warning_message(warning, WARNING_ENGLISH, &arena);
        json_t *one = json_pack("{s: s, s: o, s: o, s: o}", "kind",
                                query_warning_name(warning->kind), "column",
                                count_json(warning->column), "length", count_json(warning->length),
                                "message", text_json(message));
        failed |= json_array_append_new(array, one) != 0;
    }
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

json_t *result_line_json(const struct result_list *list, struct text suggestion)
{
    struct builder builder = { json_object(), false };
    set(&builder, "read_as", text_json(list->read_as));
    set(&builder, "suggestion", text_json(suggestion));
    set(&builder, "warnings", result_warnings_json(&list->warnings));
    if (list->missing && list->missing[0])
        set(&builder, "missing", result_missing_json(list));
    return finish(&builder);
}

enum status json_line_write(FILE *stream, json_t *object, unsigned digits, struct error *error)
{
    char *line = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(digits)) : NULL;
    json_decref(object);
    if (!line)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    fprintf(stream, "%s\n", line);
    free(line);
    return STATUS_OK;
}
