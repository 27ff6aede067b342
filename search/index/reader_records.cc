/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies and passages by their numbers; a reply is found by its identity (index_head.h). */
#include "search/index/reader_state.hpp"

extern "C" {
#include "indexer/analysis/record.h"
}

using namespace reading;

namespace reading
{

bool is_dead(const struct index_reader *reader, uint32_t docid)
{
    uint32_t place = (docid - 1) % reader->databases;
    return place > 0 && index_segment_is_dead(&reader->head.segments[place - 1],
                                              (docid - 1) / reader->databases + 1);
}

/* A document's stored records. */
enum status read_record(struct index_reader *reader, const std::string &data, struct arena *arena,
                        struct text *reply, struct text *passage, struct error *error)
{
    struct text record;
    enum status status =
        record_decode(reader->decoder, reader->codec, text_of_string(data), arena, &record, error);
    return status ? status : document_record_split(record, reply, passage, error);
}

/* The document of the reply that a passage belongs to. */
enum status reply_of(const struct index_reader *reader, uint32_t docid, struct text reply,
                     struct text passage, uint32_t *out, struct error *error)
{
    struct passage_record record;
    *out = docid;
    if (reply.length)
        return STATUS_OK;
    enum status status = passage_record_decode(passage, &record, error);
    if (status)
        return status;
    uint64_t back = (static_cast<uint64_t>(record.ordinal) + 1) * reader->databases;
    if (back >= docid)
        return error_set(error, STATUS_CORRUPT, "a passage without its reply");
    *out = static_cast<uint32_t>(docid - back);
    return STATUS_OK;
}

} // namespace reading

enum status index_reader_reply(struct index_reader *reader, uint32_t document, struct arena *arena,
                               struct text *record, struct error *error)
{
    return fenced(error, [=] {
        struct text reply, passage;
        std::string data;
        go_on(reader);
        try {
            data = stored_record(reader->database.get_document(document));
        } catch (const Xapian::DocNotFoundError &) {
            return error_set(error, STATUS_NOT_FOUND, "no entry %u", (unsigned)document);
        }
        enum status status = read_record(reader, data, arena, &reply, &passage, error);
        if (!status && !reply.length)
            return error_set(error, STATUS_CORRUPT, "a passage without its reply");
        if (!status)
            *record = reply;
        return status;
    });
}

namespace
{

/* The live reply record under a term that begins so, with this id unless that is NULL. */
enum status find_under(struct index_reader *reader, const std::string &prefix,
                       const struct text *id, struct arena *arena, uint32_t *document,
                       struct error *error)
{
    go_on(reader);
    for (auto term = reader->database.allterms_begin(prefix);
         term != reader->database.allterms_end(prefix); ++term)
        for (auto at = reader->database.postlist_begin(*term);
             at != reader->database.postlist_end(*term); ++at) {
            struct text reply, passage;
            struct reply_record record;
            if (is_dead(reader, *at))
                continue;
            arena_clear(arena);
            enum status got = read_record(reader, stored_record(reader->database.get_document(*at)),
                                          arena, &reply, &passage, error);
            if (!got && !reply.length)
                continue; /* one of its passages */
            if (!got)
                got = reply_record_decode(reply, &record, error);
            if (got)
                return got;
            if (id && !text_equal(record.id, *id))
                break;
            *document = *at;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

enum status find(struct index_reader *reader, const std::string &prefix, const struct text *id,
                 uint32_t *document, struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    enum status status =
        fenced(error, [&] { return find_under(reader, prefix, id, &arena, document, error); });
    arena_release(&arena);
    return status;
}

} // namespace

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
    return fenced(error, [=] {
        struct text head, passage;
        std::string data;
        uint64_t number = reply;
        enum status status = STATUS_OK;
        go_on(reader);
        for (int step = 0; step < 2; step++) {
            try {
                data = stored_record(reader->database.get_document(static_cast<uint32_t>(number)));
            } catch (const Xapian::DocNotFoundError &) {
                return error_set(error, STATUS_NOT_FOUND, "no entry %u", (unsigned)number);
            }
            status = read_record(reader, data, arena, &head, &passage, error);
            if (status || (head.length != 0) != (step == 0))
                return status
                           ? status
                           : error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
            if (passage.length && (step == 1 || ordinal == 0))
                break;
            number += (static_cast<uint64_t>(ordinal) + 1) * reader->databases;
            if (number > UINT32_MAX)
                return error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
        }
        *document = static_cast<uint32_t>(number);
        *record = passage;
        return STATUS_OK;
    });
}
