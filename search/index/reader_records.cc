/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies and passages by their numbers; a reply is found by its identity (index_head.h). */
#include "search/index/reader_state.hpp"

extern "C" {
#include "indexer/analysis/record.h"
}

using namespace reading;

namespace reading
{

place place_of(const struct index_reader *reader, uint32_t docid)
{
    uint32_t at = (docid - 1) % reader->databases, number = (docid - 1) / reader->databases;
    index_shard *shard = reader->shard_at[at];
    if (shard->is_remote())
        return { shard, number + 1 };
    return { shard, number * shard->databases + (at - shard->first) + 1 };
}

uint32_t number_of(const struct index_reader *reader, const place &place)
{
    if (place.shard->is_remote())
        return (place.document - 1) * reader->databases + place.shard->first + 1;
    uint32_t at = (place.document - 1) % place.shard->databases;
    uint32_t number = (place.document - 1) / place.shard->databases;
    return number * reader->databases + place.shard->first + at + 1;
}

bool is_dead(const place &place)
{
    uint32_t at = (place.document - 1) % place.shard->databases;
    return at > 0 && at <= place.shard->head.segment_count &&
           index_segment_is_dead(&place.shard->head.segments[at - 1],
                                           (place.document - 1) / place.shard->databases + 1);
}

/* A document's stored records. */
enum status read_record(const index_shard *shard, const std::string &data, struct arena *arena,
                        struct text *reply, struct text *passage, struct error *error)
{
    struct text record;
    enum status status =
        record_decode(shard->decoder, shard->codec, text_of_string(data), arena, &record, error);
    return status ? status : document_record_split(record, reply, passage, error);
}

/* Documents of a reply follow one another in a segment. */
enum status reply_of(const place &place, struct text reply, struct text passage, uint32_t *out,
                     struct error *error)
{
    struct passage_record record;
    *out = place.document;
    if (reply.length)
        return STATUS_OK;
    enum status status = passage_record_decode(passage, &record, error);
    if (status)
        return status;
    uint64_t back = (static_cast<uint64_t>(record.ordinal) + 1) * place.shard->databases;
    if (back >= place.document)
        return error_set(error, STATUS_CORRUPT, "a passage without its reply");
    *out = static_cast<uint32_t>(place.document - back);
    return STATUS_OK;
}

} // namespace reading

/* Of those that were read already, or else of the index. */
static enum status read_document(struct index_reader *reader, uint32_t document,
                                 struct arena *arena, struct text *reply, struct text *passage,
                                 struct error *error)
{
    if (const RecordCache::Record *kept = reader->records.find(document)) {
        struct text bytes = keep(arena, kept->bytes);
        return bytes.data ? document_record_split(bytes, reply, passage, error)
                          : out_of_memory(error);
    }
    place place = place_of(reader, document);
    std::string data;
    try {
        data = read_data(place.shard, place.document);
    } catch (const Xapian::DocNotFoundError &) {
        return error_set(error, STATUS_NOT_FOUND, "no entry %u", (unsigned)document);
    }
    return read_record(place.shard, data, arena, reply, passage, error);
}

enum status index_reader_reply(struct index_reader *reader, uint32_t document, struct arena *arena,
                               struct text *record, struct error *error)
{
    return asking(reader, error, [=] {
        struct text reply, passage;
        go_on(reader);
        enum status status = read_document(reader, document, arena, &reply, &passage, error);
        if (!status && !reply.length)
            return error_set(error, STATUS_CORRUPT, "a passage without its reply");
        if (!status)
            *record = reply;
        return status;
    });
}

/* The live reply record under a term that begins so, with this id unless that is NULL. STATUS_NOT_FOUND
 * without a message. */
static enum status find_in(index_shard *shard, const std::string &prefix, const struct text *id,
                           struct arena *arena, uint32_t *out, struct error *error)
{
    const Xapian::Database &database = shard->database;
    for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term)
        for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term); ++at) {
            struct text reply, passage;
            struct reply_record record;
            if (is_dead({ shard, *at }))
                continue;
            arena_clear(arena);
            enum status status =
                read_record(shard, read_data(shard, *at), arena, &reply, &passage, error);
            if (!status && !reply.length)
                continue; /* one of its passages */
            if (!status)
                status = reply_record_decode(reply, &record, error);
            if (status)
                return status;
            if (id && !text_equal(record.id, *id))
                break;
            *out = *at;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

static enum status find(struct index_reader *reader, const std::string &prefix,
                        const struct text *id, uint32_t *document, struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    enum status status = asking(reader, error, [&] {
        go_on(reader);
        for (const auto &shard : reader->shards) {
            uint32_t at = 0;
            enum status found = find_in(shard.get(), prefix, id, &arena, &at, error);
            if (!found)
                *document = number_of(reader, { shard.get(), at });
            if (found != STATUS_NOT_FOUND)
                return found;
        }
        return STATUS_NOT_FOUND;
    });
    arena_release(&arena);
    return status;
}

enum status index_reader_find(struct index_reader *reader, struct text id, uint32_t *document,
                              struct error *error)
{
    return fenced(error, [=] {
        char bytes[INDEX_IDENTITY_MAX];
        std::string prefix(bytes, index_identity_prefix(id, bytes));
        enum status status = find(reader, prefix, &id, document, error);
        return status == STATUS_NOT_FOUND
                   ? error_set(error, status, "no reply \"%.*s\"", TEXT_ARG(id))
                   : status;
    });
}

enum status index_reader_find_digest(struct index_reader *reader, struct text digest,
                                     uint32_t *document, struct error *error)
{
    return fenced(error, [=] {
        enum status status = STATUS_NOT_FOUND;
        if (digest.length == INDEX_DIGEST_LENGTH)
            status =
                find(reader, FIELDS[FIELD_ID].prefix + bytes_of(digest), nullptr, document, error);
        return status == STATUS_NOT_FOUND
                   ? error_set(error, status, "no reply \"%.*s\"", TEXT_ARG(digest))
                   : status;
    });
}

enum status index_reader_passage(struct index_reader *reader, uint32_t reply, uint32_t ordinal,
                                 struct arena *arena, uint32_t *document, struct text *record,
                                 struct error *error)
{
    return asking(reader, error, [=] {
        struct text head, passage;
        std::string data;
        place place = place_of(reader, reply);
        uint64_t number = place.document;
        enum status status = STATUS_OK;
        go_on(reader);
        for (int step = 0; step < 2; step++) {
            try {
                data = read_data(place.shard, static_cast<uint32_t>(number));
            } catch (const Xapian::DocNotFoundError &) {
                return error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
            }
            status = read_record(place.shard, data, arena, &head, &passage, error);
            if (status || (head.length != 0) != (step == 0))
                return status
                           ? status
                           : error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
            if (passage.length && (step == 1 || ordinal == 0))
                break;
            number += (static_cast<uint64_t>(ordinal) + 1) * place.shard->databases;
            if (number > UINT32_MAX)
                return error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
        }
        *document = number_of(reader, { place.shard, static_cast<uint32_t>(number) });
        *record = passage;
        return STATUS_OK;
    });
}
