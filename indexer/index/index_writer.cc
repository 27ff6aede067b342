// SPDX-License-Identifier: GPL-2.0-or-later
// What is put is gathered in a segment of its own; what is removed or replaced is marked dead. A
// commit writes the new segment, merges small ones, and replaces the stub: until then nothing that a
// reader sees has changed, and a failure only has to be forgotten.
#include "indexer/index/collection_writer.hpp"

#include <algorithm>

#include "indexer/index/segment_rewriter.hpp"

using namespace writing;

namespace
{

// Xapian's own limit; a zero byte takes two bytes.
const size_t XAPIAN_TERM_MAX = 245;

} // namespace

namespace writing
{

enum status check_terms(const struct index_entries *entries, struct error *error)
{
    if (entries->reply_id.length == 0)
        return error_set(error, STATUS_INVALID, "a reply without an id");
    for (size_t i = 0; i < entries->count; i++) {
        for (size_t j = 0; j < entries->entries[i].term_count; j++) {
            struct text term = entries->entries[i].terms[j].term;
            size_t length = term.length;
            for (size_t k = 0; k < term.length; k++)
                length += term.data[k] == '\0';
            if (length > XAPIAN_TERM_MAX || length == 0)
                return error_set(error, STATUS_INVALID, "a term of %zu bytes", length);
        }
    }
    return STATUS_OK;
}

unsigned thread_count(const struct index_writer *writer)
{
    unsigned cores = std::thread::hardware_concurrency();
    return writer->threads ? writer->threads : cores ? cores : 1;
}

static builder::SegmentBuilder &gathering(struct index_writer *writer)
{
    if (!writer->gathering) {
        std::string name = writer->path + "/" INDEX_BUILD_PREFIX + std::to_string(getpid());
        writer->gathering =
            std::make_unique<builder::SegmentBuilder>(name, writer->codec, thread_count(writer));
        writer->gathering->training = { &writer->working.dictionaries, &writer->working.trained };
    }
    return *writer->gathering;
}

void append(struct index_writer *writer, const struct index_entries *entries)
{
    char identity[INDEX_IDENTITY_MAX], version[INDEX_VERSION_MAX];
    size_t length = index_identity(entries->reply_id, writer->working.version, identity);
    size_t version_length = index_version(writer->working.version, version);
    writer->working.version++;
    builder::SegmentBuilder &to = gathering(writer);
    if (writer->characters.empty())
        writer->characters.assign(CHARACTER_COUNTS_SIZE, 0);
    for (size_t i = 0; i < entries->count; i++) {
        to.append(entries->entries[i], { identity, length }, { version, version_length });
        rewriter::count_characters(entries->entries[i], 1, &writer->characters);
    }
    writer->pending.documents += static_cast<uint32_t>(entries->count);
    writer->pending.passages += static_cast<uint32_t>(entries->passages);
    writer->pending.replies++;
    writer->changed = true;
}

} // namespace writing

namespace
{

void insert_run(Segment *segment, const Run &run)
{
    auto at = std::lower_bound(segment->dead.begin(), segment->dead.end(), run,
                               [](const Run &a, const Run &b) { return a.first < b.first; });
    segment->dead.insert(at, run);
}

void kill_reply(struct index_writer *writer, const Place &place)
{
    insert_run(place.segment == PENDING
                   ? &writer->pending
                   : &writer->working.segments[static_cast<size_t>(place.segment)],
               place.run);
    writer->unseen.erase(place);
    writer->changed = true;
}

// Stores what has no older version.
void store_new(struct index_writer *writer, const struct index_entries *entries)
{
    Run run = { writer->pending.documents + 1, static_cast<uint32_t>(entries->count),
                static_cast<uint32_t>(entries->passages), writer->working.version };
    append(writer, entries);
    std::string id = string_of(entries->reply_id);
    writer->pending_ids[id] = run;
    writer->pending_sources[string_of(entries->source)].push_back(id);
}

} // namespace

enum status index_writer_put(struct index_writer *writer, const struct index_entries *entries,
                             bool *replaced, struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::put(writer, entries, replaced, error);
    enum status status = check_terms(entries, error);
    if (status)
        return status;
    bool found = false;
    status = changing(writer, error, [&] {
        Place place;
        enum status sought = find_reply(writer, entries->reply_id, &found, &place, error);
        if (sought)
            return sought;
        if (found)
            kill_reply(writer, place);
        store_new(writer, entries);
        return STATUS_OK;
    });
    if (!status)
        *replaced = found;
    return status;
}

namespace
{

enum status not_there(const struct index_writer *writer, struct text id, struct error *error)
{
    return error_set(error, STATUS_NOT_FOUND, "no reply '%.*s' in index '%s'", TEXT_ARG(id),
                     writer->path.c_str());
}

void forget_id(struct index_writer *writer, const Place &place)
{
    if (place.segment != PENDING)
        return;
    for (auto known = writer->pending_ids.begin(); known != writer->pending_ids.end(); ++known)
        if (known->second.first == place.run.first) {
            writer->pending_ids.erase(known);
            return;
        }
}

void remove_places(struct index_writer *writer, const std::set<Place> &places,
                   unsigned long *removed)
{
    for (const Place &place : places) {
        kill_reply(writer, place);
        forget_id(writer, place);
        ++*removed;
    }
}

} // namespace

enum status index_writer_remove(struct index_writer *writer, struct text reply_id,
                                struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::remove(writer, reply_id, error);
    return changing(writer, error, [=] {
        bool found;
        Place place;
        enum status status = find_reply(writer, reply_id, &found, &place, error);
        if (!status && !found)
            return not_there(writer, reply_id, error);
        if (status)
            return status;
        kill_reply(writer, place);
        writer->pending_ids.erase(string_of(reply_id));
        return STATUS_OK;
    });
}

enum status index_writer_remove_source(struct index_writer *writer, struct text source,
                                       unsigned long *removed, struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::remove_source(writer, source, removed, error);
    *removed = 0;
    return changing(writer, error, [=] {
        std::set<Place> places;
        enum status status = find_source(writer, source, true, &places, error);
        if (!status)
            remove_places(writer, places, removed);
        return status;
    });
}

enum status index_writer_begin_source(struct index_writer *writer, struct text source,
                                      struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::begin_source(writer, source, error);
    return changing(writer, error, [=] {
        writer->unseen.clear();
        return find_source(writer, source, true, &writer->unseen, error);
    });
}

enum status index_writer_end_source(struct index_writer *writer, bool complete,
                                    unsigned long *removed, struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::end_source(writer, complete, removed, error);
    *removed = 0;
    return changing(writer, error, [=] {
        std::set<Place> unseen;
        unseen.swap(writer->unseen);
        if (complete)
            remove_places(writer, unseen, removed);
        return STATUS_OK;
    });
}

enum status index_writer_records(struct index_writer *writer, struct text reply_id,
                                 index_record_sink *sink, void *context, struct error *error)
{
    if (collecting::is_collection(writer))
        return index_writer_records(collecting::shard_of(writer, reply_id), reply_id, sink, context,
                                    error);
    bool ours = false;
    enum status status = using_index(error, [&] {
        bool found;
        Place place;
        enum status got = find_reply(writer, reply_id, &found, &place, error);
        if (!got && !found)
            got = not_there(writer, reply_id, error);
        for (uint32_t i = 0; !got && i < place.run.count; i++) {
            Arena arena;
            std::string bytes;
            struct text record;
            uint32_t number = place.run.first + i;
            if (place.segment == PENDING) {
                bytes = writer->gathering->record(number);
                record = text_of_string(bytes);
            } else {
                bytes = stored_record(
                    writer->segments[static_cast<size_t>(place.segment)].get_document(number));
                got = decode(writer, bytes, &arena, &record, error);
            }
            if (!got)
                got = sink(context, record, error);
        }
        ours = true;
        return got;
    });
    return status && !ours ? explain(status, writer->path, false, error) : status;
}

enum status index_writer_counts(struct index_writer *writer, struct index_counts *out,
                                struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::counts(writer, out, error);
    struct index_counts counts = {};
    enum status status = fenced(error, [&] {
        std::vector<const Segment *> all = { &writer->pending };
        for (const Segment &segment : writer->working.segments)
            all.push_back(&segment);
        for (const Segment *segment : all) {
            counts.replies += segment->replies - segment->dead.size();
            counts.passages += segment->passages - segment->dead_passages();
        }
        return STATUS_OK;
    });
    if (!status)
        *out = counts;
    return status;
}
