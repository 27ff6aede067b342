// SPDX-License-Identifier: GPL-2.0-or-later
// Where something is stored: by the identity of a reply, or by the file that it came from.
#include "indexer/index/writer_state.hpp"

#include <cstring>

extern "C" {
#include "indexer/analysis/field.h"
}

namespace writing
{

enum status decode(struct index_writer *writer, const std::string &bytes, struct arena *arena,
                   struct text *record, struct error *error)
{
    return record_decode(writer->decoder, writer->codec, text_of_string(bytes), arena, record,
                         error);
}

enum status reply_at(struct index_writer *writer, size_t segment, uint32_t document,
                     struct arena *arena, struct reply_record *out, bool *both, struct error *error)
{
    struct text bytes, reply = {}, passage = {};
    enum status status =
        decode(writer, stored_record(writer->segments[segment].get_document(document)),
               arena, &bytes, error);
    if (!status)
        status = document_record_split(bytes, &reply, &passage, error);
    if (!status)
        status = reply_record_decode(reply, out, error);
    *both = passage.length > 0;
    return status;
}

static uint64_t version_at(const Xapian::Database &database, uint32_t document)
{
    std::string value = database.get_document(document).get_value(SLOT_VERSION);
    return index_version_read(text_of_string(value));
}

// The living version of a reply in one segment.
static enum status find_in(struct index_writer *writer, size_t segment, struct text id,
                           const std::string &prefix, bool *found, Place *place,
                           struct error *error)
{
    const Xapian::Database &database = writer->segments[segment];
    for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix);
         ++term) {
        uint32_t first = *database.postlist_begin(*term);
        if (writer->working.segments[segment].is_dead(first))
            continue;
        Arena arena;
        struct reply_record record;
        bool both;
        enum status status = reply_at(writer, segment, first, &arena, &record, &both, error);
        if (status)
            return status;
        if (!text_equal(record.id, id))
            continue; // another id with the same digest
        uint32_t count = database.get_termfreq(*term);
        *place = { static_cast<int>(segment),
                   { first, count, both ? 1 : count - 1, version_at(database, first) } };
        *found = true;
        return STATUS_OK;
    }
    return STATUS_OK;
}

enum status find_reply(struct index_writer *writer, struct text id, bool *found, Place *place,
                       struct error *error)
{
    *found = false;
    auto pending = writer->pending_ids.find(string_of(id));
    if (pending != writer->pending_ids.end()) {
        *found = true;
        *place = { PENDING, pending->second };
        return STATUS_OK;
    }
    char bytes[INDEX_IDENTITY_MAX];
    std::string prefix(bytes, index_identity_prefix(id, bytes));
    enum status status = STATUS_OK;
    for (size_t i = writer->segments.size(); i-- > 0 && !*found && !status;)
        status = find_in(writer, i, id, prefix, found, place, error);
    return status;
}

// Whether `source` is what `name` names: the file, the archive that it is a member of, or a folder
// above it.
static bool is_from(struct text source, struct text name)
{
    if (!text_starts_with(source, name) || name.length == 0)
        return false;
    struct text rest = text_slice(source, name.length, source.length - name.length);
    return rest.length == 0 || text_starts_with(rest, text_of("/")) ||
           text_starts_with(rest, text_of("!/"));
}

static std::string source_prefix(struct text source)
{
    Arena arena;
    struct text term = field_term(FIELDS[FIELD_SOURCE].prefix, source, &arena);
    if (!term.data)
        throw std::bad_alloc();
    std::string prefix = string_of(term);
    // a name too long for a term ends with a digest: what stands before it is common to all
    if (prefix.size() > strlen(FIELDS[FIELD_SOURCE].prefix) + source.length ||
        prefix.size() == TERM_MAX)
        prefix.resize(TERM_MAX - 24);
    return prefix;
}

// Living replies that come from `source` or, when `below`, from anywhere in it.
enum status find_source(struct index_writer *writer, struct text source, bool below,
                        std::set<Place> *out, struct error *error)
{
    for (const auto &[name, ids] : writer->pending_sources) {
        struct text text = text_of_string(name);
        if (below ? !is_from(text, source) : !text_equal(text, source))
            continue;
        for (const std::string &id : ids) {
            auto known = writer->pending_ids.find(id);
            if (known != writer->pending_ids.end())
                out->insert({ PENDING, known->second });
        }
    }
    std::string prefix = source_prefix(source);
    for (size_t i = 0; i < writer->segments.size(); i++) {
        const Xapian::Database &database = writer->segments[i];
        for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix);
             ++term) {
            bool good = false, known = false; // all replies of a term have one source ...
            for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term);
                 ++at) {
                if (writer->working.segments[i].is_dead(*at))
                    continue;
                Arena arena;
                struct reply_record record;
                bool both;
                enum status status = reply_at(writer, i, *at, &arena, &record, &both, error);
                if (status)
                    return status;
                if (!known || (*term).size() >= TERM_MAX) // ... or the same digest
                    good =
                        below ? is_from(record.source, source) : text_equal(record.source, source);
                known = true;
                uint32_t count = both ? 1 : record.passage_count + 1;
                if (good)
                    out->insert(
                        { static_cast<int>(i),
                          { *at, count, record.passage_count, version_at(database, *at) } });
                else if ((*term).size() < TERM_MAX)
                    break;
            }
        }
    }
    return STATUS_OK;
}

} // namespace writing
