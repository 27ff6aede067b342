/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored records -> the reply as far as terms come from it -> entries. */
#include "indexer/index/reanalysis.h"

#include <jansson.h>

#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"

static enum reply_kind kind_of(struct text name)
{
    for (enum reply_kind kind = KIND_NONE; kind <= KIND_BILL; kind++) {
        if (text_equal(name, text_of(reply_kind_name(kind))))
            return kind;
    }
    return KIND_NONE;
}

static enum reply_body body_of(struct text name)
{
    for (enum reply_body body = BODY_NONE; body <= BODY_CONGRESS; body++) {
        if (text_equal(name, text_of(reply_body_name(body))))
            return body;
    }
    return BODY_NONE;
}

static struct reply reply_of(const struct reply_record *record)
{
    return (struct reply) {
        .id = record->id,
        .stem = record->stem,
        .source = record->source,
        .group = record->group,
        .single_passage = record->stem.length == 0,
        .issuer = record->issuer,
        .document_number = record->document_number,
        .title = record->title,
        .subject = record->subject,
        .addressee = record->addressee,
        .session = { .raw = record->session,
                     .body = body_of(record->body),
                     .term = (int)record->term,
                     .meeting = (int)record->meeting },
        .kind = kind_of(record->kind),
        .proposal_number = record->proposal_number,
        .result_class = record->result_class.length ? record->result_class.data[0] : '\0',
        .publicity = record->publicity,
        .date = record->date,
        .area = record->area,
    };
}

/* The names of those who are answered: only the metadata have each. */
static enum status read_members(const struct reply_record *record, struct reply *reply,
                                struct arena *arena, struct error *error)
{
    json_error_t unread;
    json_t *metadata =
        json_loadb(record->metadata_json.data, record->metadata_json.length, 0, &unread);
    json_t *names = json_object_get(metadata, "addressees");
    size_t count = json_array_size(names);
    struct text_list *list = &reply->addressees;
    list->items = ARENA_ARRAY(arena, struct text, count + 1);
    bool done = list->items != NULL;
    for (size_t i = 0; i < count && done; i++) {
        const json_t *name = json_array_get(names, i);
        const char *value = json_string_value(name);
        list->items[list->count] =
            arena_text(arena, text_of_bytes(value ? value : "", json_string_length(name)));
        done = list->items[list->count++].data != NULL;
    }
    json_decref(metadata);
    return done ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status read_passages(const struct text *records, size_t count, struct reply *reply,
                                 struct arena *arena, struct error *error)
{
    reply->passages = ARENA_ARRAY(arena, struct passage, count);
    if (!reply->passages)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        struct passage_record record;
        enum status status = passage_record_decode(records[i], &record, error);
        if (status)
            return status;
        reply->passages[i] = (struct passage) {
            .section = SECTION_NONE, .path = record.path, .text = record.text, .role = record.role
        };
    }
    reply->passage_count = count;
    return STATUS_OK;
}

/* `records` are documents' records: the first is of the reply, or of reply and passage. */
enum status index_entries_rebuild(const struct text *records, size_t count,
                                  struct analyzer *analyzer, struct arena *arena,
                                  struct index_entries *out, struct error *error)
{
    struct reply_record record;
    struct text head, passage;
    enum status status = document_record_split(records[0], &head, &passage, error);
    if (!status)
        status = reply_record_decode(head, &record, error);
    if (status)
        return status;
    struct reply reply = reply_of(&record);
    status = read_members(&record, &reply, arena, error);
    if (status)
        return status;
    status = passage.length ? read_passages(&passage, 1, &reply, arena, error)
                            : read_passages(records + 1, count - 1, &reply, arena, error);
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch, 0);
    if (!status)
        status = index_entries_build(&reply, analyzer, &scratch, arena, out, error);
    if (!status && out->count != count)
        return error_set(error, STATUS_CORRUPT, "a stored reply has other passages than it says");
    for (size_t i = 0; !status && i < count; i++)
        out->entries[i].record = records[i];
    return status;
}
