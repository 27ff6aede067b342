// SPDX-License-Identifier: GPL-2.0-or-later
// What is put is gathered in a segment of its own; what is removed or replaced is marked dead. A
// commit writes the new segment, merges small ones, and replaces the stub: until then nothing that a
// reader sees has changed, and a failure only has to be forgotten.
//
// Standard headers come first here: the C headers below include some of them, and must not do
// that inside extern "C".
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "indexer/base/fence.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/segment_builder.hpp"
#include "indexer/index/segment_rewriter.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/analysis/own_words.h"
#include "indexer/analysis/record.h"
#include "indexer/base/file.h"
#include "indexer/index/index_writer.h"
#include "indexer/index/reanalysis.h"
}

namespace
{

using folder::Head;
using folder::Run;
using folder::Segment;

const int PENDING = -1; // the segment that is being gathered

// A stored reply: where it is.
struct Place {
    int segment;
    Run run;

    bool operator<(const Place &other) const
    {
        return segment != other.segment ? segment < other.segment : run.first < other.run.first;
    }
};

} // namespace

struct index_writer {
    std::string path; // as given, for messages
    int lock = -1;
    unsigned threads = 0; // 0: one a core
    Head committed, working;
    bool changed = false;
    std::vector<Xapian::Database> segments; // of `committed`, open
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;

    std::unique_ptr<builder::SegmentBuilder> gathering;
    Segment pending;
    std::unordered_map<std::string, Run> pending_ids;
    std::unordered_map<std::string, std::vector<std::string>> pending_sources; // source -> ids
    std::vector<uint32_t> characters;                                          // of what is pending
    std::string ledger; // bytes to append, or to replace it with
    bool ledger_replaced = false;

    std::set<Place> unseen; // replies of the source at hand that were not put again

    ~index_writer()
    {
        gathering.reset();
        record_codec_free(codec);
        record_decoder_free(decoder);
        if (lock >= 0)
            close(lock);
    }
};

namespace
{

// Xapian's own limit; a zero byte takes two bytes.
const size_t XAPIAN_TERM_MAX = 245;

// Documents whose postings Xapian gathers in memory before it writes them out: segment_builder.hpp.
const char FLUSH_DOCUMENTS[] = "1000";

// Files that are together no larger than this are read to see whether they are what was written
// before anything is done with them (hundredths of a second); of larger ones, the lengths.
const uint64_t COMPARE_BYTES = 64 << 20;

const size_t MERGE_AT = 4; // segments of a size
const uint32_t SMALLEST_SIZE = 256;

// A segment is written anew without its dead when they are more than a quarter of it.
const uint32_t DEAD_SHARE = 4;

std::string string_of(struct text text)
{
    return std::string(text.data ? text.data : "", text.length);
}

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

// ---- opening and creating -------------------------------------------------------------------

void open_segments(struct index_writer *writer)
{
    writer->segments.clear();
    for (const Segment &segment : writer->committed.segments)
        writer->segments.emplace_back(writer->path + "/" + segment.name(),
                                      Xapian::DB_BACKEND_GLASS);
}

enum status read_dictionaries(struct index_writer *writer, struct error *error)
{
    const std::vector<std::string> &all = writer->committed.dictionaries;
    for (size_t i = 0; i < all.size(); i++) {
        enum status status = record_codec_add(writer->codec, static_cast<unsigned>(i + 1),
                                              text_of_string(all[i]), error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

enum status take_lock(struct index_writer *writer, struct error *error)
{
    std::string name = writer->path + "/" INDEX_LOCK;
    writer->lock = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (writer->lock < 0)
        return error_set(error, STATUS_IO, "cannot write index '%s': %s", writer->path.c_str(),
                         strerror(errno));
    if (flock(writer->lock, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    if (errno == EWOULDBLOCK)
        return error_set(error, STATUS_LOCKED, "index '%s' is being written by another program",
                         writer->path.c_str());
    return error_set(error, STATUS_IO, "cannot lock index '%s': %s", writer->path.c_str(),
                     strerror(errno));
}

enum status check_writable(const std::string &path, struct error *error)
{
    if (access(path.c_str(), W_OK | X_OK) == 0)
        return STATUS_OK;
    return error_set(error, STATUS_IO, "cannot write index '%s': %s", path.c_str(),
                     strerror(errno));
}

// Nothing but an identity. Two programs that do this at once meet at the lock.
enum status create(struct index_writer *writer, const char *fingerprint, struct text words,
                   struct error *error)
{
    writer->committed.fingerprint = fingerprint;
    writer->committed.words = string_of(words);
    writer->committed.characters.assign(CHARACTER_COUNTS_SIZE, 0);
    return folder::store(writer->path, &writer->committed, error);
}

enum status check_files(const std::string &path, struct error *error)
{
    std::vector<std::string> damages = folder::compare_files(path, COMPARE_BYTES);
    if (damages.empty())
        return STATUS_OK;
    return error_set(error, STATUS_CORRUPT, "damaged index '%s': %s", path.c_str(),
                     damages[0].c_str());
}

// Under the lock: nobody else changes the folder.
enum status load(struct index_writer *writer, struct error *error)
{
    enum status status = check_files(writer->path, error);
    if (!status)
        status = folder::load(writer->path, &writer->committed, error);
    if (!status)
        folder::tidy(writer->path);
    return status;
}

enum status make_codec(struct index_writer *writer, struct error *error)
{
    enum status status = record_codec_new(&writer->codec, error);
    writer->decoder = record_decoder_new();
    if (!status && !writer->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status ? status : read_dictionaries(writer, error);
}

// other: may be nullptr; then an index of another analysis is refused.
enum status check_analysis(const struct index_writer *writer, const char *fingerprint, bool *other,
                           struct error *error)
{
    bool differs = writer->committed.fingerprint != fingerprint;
    if (other)
        *other = differs;
    if (!differs || other)
        return STATUS_OK;
    return error_set(error, STATUS_MISMATCH,
                     "index '%s' was built with another lexicon (%s, now %s): build it anew "
                     "with 'dafu-index reindex'",
                     writer->path.c_str(), writer->committed.fingerprint.c_str(), fingerprint);
}

enum status open_writer(const std::string &path, const char *fingerprint, struct text words,
                        bool may_create, bool *other, std::unique_ptr<index_writer> *out,
                        struct error *error)
{
    enum status status = folder::look(path, error);
    bool missing = status == STATUS_NOT_FOUND;
    if (status && !(missing && may_create))
        return status;
    status = missing ? file_make_folder(path.c_str(), error) : STATUS_OK;
    if (!status)
        status = check_writable(path, error);
    if (status)
        return status;

    // Read when a database is opened; Xapian 1.4 has no other way to say it. The user's wins.
    setenv("XAPIAN_FLUSH_THRESHOLD", FLUSH_DOCUMENTS, 0);
    auto writer = std::make_unique<index_writer>();
    writer->path = path;
    status = take_lock(writer.get(), error);
    if (!status)
        status = folder::look(path, error); // another program may have made it meanwhile
    if (status == STATUS_NOT_FOUND && missing)
        status = create(writer.get(), fingerprint, words, error);
    else if (!status)
        status = load(writer.get(), error);
    if (!status)
        status = check_analysis(writer.get(), fingerprint, other, error);
    if (!status)
        status = make_codec(writer.get(), error);
    if (status)
        return status;
    open_segments(writer.get());
    writer->working = writer->committed;
    *out = std::move(writer);
    return STATUS_OK;
}

enum status open_explained(const char *path, const char *fingerprint, struct text words,
                           bool create, bool *other, struct index_writer **out, struct error *error)
{
    std::unique_ptr<index_writer> writer;
    bool ours = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status opened = open_writer(path, fingerprint, words, create, other, &writer, error);
        ours = true;
        return opened;
    });
    if (status)
        return ours ? status : explain(status, path, true, error);
    *out = writer.release();
    return STATUS_OK;
}

// ---- taking back ----------------------------------------------------------------------------

void forget_pending(struct index_writer *writer)
{
    writer->gathering.reset();
    writer->pending = Segment();
    writer->pending_ids.clear();
    writer->pending_sources.clear();
    writer->characters.clear();
    writer->ledger.clear();
    writer->ledger_replaced = false;
    writer->changed = false;
}

// Runs a change; whatever goes wrong, everything since the last commit is taken back, also the
// dictionaries that it made.
template <typename Change>
enum status changing(struct index_writer *writer, struct error *error, Change change)
{
    enum status status = using_index(error, change);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        return status;
    struct error second;
    fenced(&second, [&] {
        forget_pending(writer);
        writer->unseen.clear();
        Head head; // a commit may have failed behind the replacing of the stub
        if (folder::load(writer->path, &head, &second) == STATUS_OK) {
            writer->committed = std::move(head);
            open_segments(writer);
        }
        writer->working = writer->committed;
        record_codec_free(writer->codec);
        writer->codec = nullptr;
        enum status again = record_codec_new(&writer->codec, &second);
        return again ? again : read_dictionaries(writer, &second);
    });
    return explain(status, writer->path, false, error);
}

// ---- finding what is stored -----------------------------------------------------------------

enum status decode(struct index_writer *writer, const std::string &bytes, struct arena *arena,
                   struct text *record, struct error *error)
{
    return record_decode(writer->decoder, writer->codec, text_of_string(bytes), arena, record,
                         error);
}

struct Arena : arena {
    Arena()
    {
        arena_init(this, 0);
    }
    ~Arena()
    {
        arena_release(this);
    }
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;
};

enum status reply_at(struct index_writer *writer, size_t segment, uint32_t document,
                     struct arena *arena, struct reply_record *out, bool *both, struct error *error)
{
    struct text bytes, reply, passage;
    enum status status = decode(writer, writer->segments[segment].get_document(document).get_data(),
                                arena, &bytes, error);
    if (!status)
        status = document_record_split(bytes, &reply, &passage, error);
    if (!status)
        status = reply_record_decode(reply, out, error);
    *both = passage.length > 0;
    return status;
}

uint64_t version_at(const Xapian::Database &database, uint32_t document)
{
    std::string value = database.get_document(document).get_value(SLOT_VERSION);
    return index_version_read(text_of_string(value));
}

// The living version of a reply in one segment.
enum status find_in(struct index_writer *writer, size_t segment, struct text id,
                    const std::string &prefix, bool *found, Place *place, struct error *error)
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
bool is_from(struct text source, struct text name)
{
    if (!text_starts_with(source, name) || name.length == 0)
        return false;
    struct text rest = text_slice(source, name.length, source.length - name.length);
    return rest.length == 0 || text_starts_with(rest, text_of("/")) ||
           text_starts_with(rest, text_of("!/"));
}

std::string source_prefix(struct text source)
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

// ---- changing -------------------------------------------------------------------------------

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

builder::SegmentBuilder &gathering(struct index_writer *writer)
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

enum status index_writer_open(const char *path, const char *fingerprint, bool create,
                              struct index_writer **out, struct error *error)
{
    return open_explained(path, fingerprint, text_of(""), create, nullptr, out, error);
}

enum status index_writer_open_any(const char *path, const char *fingerprint, struct text words,
                                  bool create, bool *other, struct index_writer **out,
                                  struct error *error)
{
    return open_explained(path, fingerprint, words, create, other, out, error);
}

void index_writer_set_threads(struct index_writer *writer, unsigned threads)
{
    writer->threads = threads;
}

enum status index_writer_put(struct index_writer *writer, const struct index_entries *entries,
                             bool *replaced, struct error *error)
{
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
    return changing(writer, error, [=] {
        writer->unseen.clear();
        return find_source(writer, source, true, &writer->unseen, error);
    });
}

enum status index_writer_end_source(struct index_writer *writer, bool complete,
                                    unsigned long *removed, struct error *error)
{
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
                bytes = writer->segments[static_cast<size_t>(place.segment)]
                            .get_document(number)
                            .get_data();
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

// ---- the ledger -----------------------------------------------------------------------------

enum status index_writer_ledger_append(struct index_writer *writer, struct text bytes,
                                       struct error *error)
{
    return changing(writer, error, [=] {
        writer->ledger.append(bytes.data ? bytes.data : "", bytes.length);
        writer->changed = writer->changed || bytes.length;
        return STATUS_OK;
    });
}

enum status index_writer_ledger_replace(struct index_writer *writer, struct text bytes,
                                        struct error *error)
{
    return changing(writer, error, [=] {
        writer->ledger = string_of(bytes);
        writer->ledger_replaced = true;
        writer->changed = true;
        return STATUS_OK;
    });
}

namespace
{

enum status read_ledger(const std::string &path, const Head &head, struct buffer *out,
                        struct error *error)
{
    if (head.ledger_length == 0)
        return STATUS_OK;
    std::string name = path + "/" + folder::ledger_name(head.ledger);
    size_t before = out->length;
    enum status status = file_read(name.c_str(), 0, out, error);
    if (status)
        return status;
    if (out->length - before < head.ledger_length)
        return error_set(error, STATUS_CORRUPT, "damaged index '%s': its ledger is too short",
                         path.c_str());
    out->length = before + static_cast<size_t>(head.ledger_length); // what follows is of no commit
    out->data[out->length] = '\0';
    return STATUS_OK;
}

void write_all(int file, const std::string &bytes, off_t at, const std::string &name)
{
    for (size_t done = 0; done < bytes.size();) {
        ssize_t got =
            pwrite(file, bytes.data() + done, bytes.size() - done, at + static_cast<off_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            throw Xapian::DatabaseError("cannot write \"" + name + "\"", std::string(), errno);
        done += static_cast<size_t>(got);
    }
}

void write_ledger(struct index_writer *writer, Head *head)
{
    if (writer->ledger.empty() && !writer->ledger_replaced)
        return;
    if (writer->ledger_replaced || head->ledger == 0) {
        head->ledger = head->next++;
        head->ledger_length = 0;
    }
    std::string name = writer->path + "/" + folder::ledger_name(head->ledger);
    int file = open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        throw Xapian::DatabaseError("cannot write \"" + name + "\"", std::string(), errno);
    std::unique_ptr<int, void (*)(int *)> closer(&file, [](int *open) { close(*open); });
    off_t end = static_cast<off_t>(head->ledger_length);
    if (ftruncate(file, end) != 0)
        throw Xapian::DatabaseError("cannot write \"" + name + "\"", std::string(), errno);
    write_all(file, writer->ledger, end, name);
    if (fsync(file) != 0)
        throw Xapian::DatabaseError("cannot make \"" + name + "\" durable", std::string(), errno);
    head->ledger_length += writer->ledger.size();
}

} // namespace

enum status index_writer_ledger(struct index_writer *writer, struct buffer *out,
                                struct error *error)
{
    enum status status = writer->ledger_replaced
                             ? STATUS_OK
                             : read_ledger(writer->path, writer->committed, out, error);
    buffer_append(out, text_of_string(writer->ledger));
    return status ? status : buffer_status(out, error);
}

enum status index_ledger(const char *path, struct buffer *out, struct error *error)
{
    enum status status = STATUS_OK;
    for (int retry = 0; retry < 5; retry++) { // a commit may take the files away meanwhile
        bool ours = false;
        status = using_index(error, [&] {
            Head head;
            enum status got = folder::look(path, error);
            if (!got)
                got = folder::load(path, &head, error);
            if (!got)
                got = read_ledger(path, head, out, error);
            ours = true;
            return got;
        });
        if (!status || ours)
            return status;
    }
    return explain(status, path, true, error);
}

// ---- the commit -----------------------------------------------------------------------------

namespace
{

// The size of a segment as a power of four.
unsigned size_of(const Segment &segment)
{
    unsigned size = 0;
    for (uint32_t documents = segment.documents; documents > SMALLEST_SIZE; documents /= 4)
        size++;
    return size;
}

// Segments `first` and all behind it become one.
void merge_from(const std::string &path, size_t first, Head *head)
{
    Segment merged;
    merged.number = head->next++;
    Xapian::Database all;
    for (size_t i = first; i < head->segments.size(); i++) {
        const Segment &segment = head->segments[i];
        all.add_database(Xapian::Database(path + "/" + segment.name(), Xapian::DB_BACKEND_GLASS));
        for (const Run &run : segment.dead)
            merged.dead.push_back(
                { merged.documents + run.first, run.count, run.passages, run.version });
        merged.documents += segment.documents;
        merged.passages += segment.passages;
        merged.replies += segment.replies;
    }
    all.compact(path + "/" + merged.name(), Xapian::Compactor::FULLER);
    folder::sync_folder(path + "/" + merged.name());
    head->segments.resize(first);
    head->segments.push_back(std::move(merged));
}

void merge_small(const std::string &path, Head *head)
{
    for (;;) {
        size_t count = head->segments.size(), first = count;
        if (count < MERGE_AT)
            return;
        unsigned size = size_of(head->segments[count - 1]);
        while (first > 0 && size_of(head->segments[first - 1]) <= size)
            first--;
        if (count - first < MERGE_AT)
            return;
        merge_from(path, first, head);
    }
}

// All of a segment that was analysed again is dead at once, and its characters are not counted any more.
bool was_reanalysed(const Segment &segment)
{
    return segment.dead.size() == 1 && segment.dead[0].version == 0;
}

void drop_the_dead(struct index_writer *writer, Head *head)
{
    for (size_t i = head->segments.size(); i-- > 0;) {
        const Segment &segment = head->segments[i];
        if (segment.dead_documents() != segment.documents)
            continue;
        if (!was_reanalysed(segment)) // nothing of it lives: only its characters are taken out
            rewriter::copy_living(writer->path + "/" + segment.name(), segment, writer->codec,
                                  nullptr, &head->characters);
        head->segments.erase(head->segments.begin() + static_cast<ptrdiff_t>(i));
    }
}

// The living of segments `first` to `last` (not included) in one new segment, if there are any.
void rewrite(struct index_writer *writer, size_t first, size_t last, Head *head)
{
    std::string name = writer->path + "/" INDEX_BUILD_PREFIX "again";
    std::error_code ignored;
    std::filesystem::remove_all(name, ignored);
    builder::SegmentBuilder to(name, writer->codec, thread_count(writer));
    to.training = { &head->dictionaries, &head->trained };
    Segment living;
    for (size_t i = first; i < last; i++) {
        const Segment &segment = head->segments[i];
        rewriter::copy_living(writer->path + "/" + segment.name(), segment, writer->codec, &to,
                              &head->characters);
        living.documents += segment.documents - segment.dead_documents();
        living.passages += segment.passages - segment.dead_passages();
        living.replies += segment.replies - static_cast<uint32_t>(segment.dead.size());
    }
    auto at = head->segments.erase(head->segments.begin() + static_cast<ptrdiff_t>(first),
                                   head->segments.begin() + static_cast<ptrdiff_t>(last));
    if (!living.documents)
        return;
    living.number = head->next++;
    to.finish(writer->path + "/" + living.name());
    head->segments.insert(at, std::move(living));
}

void rewrite_dying(struct index_writer *writer, Head *head)
{
    for (size_t i = 0; i < head->segments.size(); i++) {
        const Segment &segment = head->segments[i];
        if (segment.dead_documents() > segment.documents / DEAD_SHARE)
            rewrite(writer, i, i + 1, head);
    }
}

void add_pending(struct index_writer *writer, Head *head)
{
    Segment segment = writer->pending;
    if (segment.documents == segment.dead_documents())
        return;
    segment.number = head->next++;
    writer->gathering->training = { &head->dictionaries, &head->trained };
    writer->gathering->finish(writer->path + "/" + segment.name());
    for (size_t i = 0; i < CHARACTER_COUNTS_SIZE; i++)
        head->characters[i] += writer->characters[i];
    head->segments.push_back(std::move(segment));
}

template <typename Arrange>
enum status commit(struct index_writer *writer, struct error *error, Arrange arrange)
{
    return changing(writer, error, [=] {
        Head head = writer->working;
        if (head.characters.empty())
            head.characters.assign(CHARACTER_COUNTS_SIZE, 0);
        add_pending(writer, &head);
        drop_the_dead(writer, &head);
        arrange(&head);
        write_ledger(writer, &head);
        enum status status = folder::store(writer->path, &head, error);
        if (status)
            return status;
        forget_pending(writer);
        writer->committed = head;
        writer->working = std::move(head);
        open_segments(writer);
        folder::tidy(writer->path);
        return STATUS_OK;
    });
}

} // namespace

enum status index_writer_commit(struct index_writer *writer, struct error *error)
{
    if (!writer->changed)
        return STATUS_OK;
    return commit(writer, error, [=](Head *head) {
        rewrite_dying(writer, head);
        merge_small(writer->path, head);
    });
}

enum status index_writer_compact(struct index_writer *writer, struct error *error)
{
    return commit(writer, error, [=](Head *head) {
        bool dead = false;
        for (const Segment &segment : head->segments)
            dead = dead || !segment.dead.empty();
        if (dead)
            rewrite(writer, 0, head->segments.size(), head);
        else if (head->segments.size() > 1)
            merge_from(writer->path, 0, head);
    });
}

enum status index_writer_counts(struct index_writer *writer, struct index_counts *out,
                                struct error *error)
{
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

void index_writer_free(struct index_writer *writer)
{
    fenced(nullptr, [=] {
        delete writer;
        return STATUS_OK;
    });
}

void index_writer_freep(struct index_writer **writer)
{
    index_writer_free(*writer);
}

// ---- analysing again ------------------------------------------------------------------------

namespace
{

enum status reanalyse_run(struct index_writer *writer, size_t segment, const Run &run,
                          struct reanalysis *reanalysis, struct error *error)
{
    Arena arena;
    std::vector<struct text> records(run.count);
    for (uint32_t i = 0; i < run.count; i++) {
        enum status status =
            decode(writer, writer->segments[segment].get_document(run.first + i).get_data(), &arena,
                   &records[i], error);
        if (status)
            return status;
    }
    struct index_entries entries;
    enum status status = index_entries_rebuild(records.data(), records.size(), reanalysis->analyzer,
                                               &arena, &entries, error);
    if (!status)
        status = check_terms(&entries, error);
    if (status)
        return status;
    append(writer, &entries);
    reanalysis->counts.replies++;
    reanalysis->counts.passages += entries.passages;
    if (reanalysis->done)
        reanalysis->done(reanalysis->context, reanalysis->counts.replies);
    return STATUS_OK;
}

enum status reanalyse_segment(struct index_writer *writer, size_t number,
                              struct reanalysis *reanalysis, struct error *error)
{
    const Segment &segment = writer->working.segments[number];
    for (uint32_t document = 1; document <= segment.documents;) {
        if (reanalysis->stop && *reanalysis->stop)
            return error_set(error, STATUS_STOPPED, "interrupted");
        Arena arena;
        struct reply_record record;
        bool both;
        enum status status = reply_at(writer, number, document, &arena, &record, &both, error);
        if (status)
            return status;
        Run run = { document, both ? 1 : record.passage_count + 1, record.passage_count, 0 };
        if (run.count > segment.documents - document + 1)
            return error_set(error, STATUS_CORRUPT, "a reply is not whole");
        if (!segment.is_dead(document))
            status = reanalyse_run(writer, number, run, reanalysis, error);
        if (status)
            return status;
        document += run.count;
    }
    return STATUS_OK;
}

} // namespace

enum status index_writer_reanalyse(struct index_writer *writer, struct reanalysis *reanalysis,
                                   struct error *error)
{
    enum status status = index_writer_commit(writer, error); // only segments have records
    if (status)
        return status;
    reanalysis->counts = {};
    return changing(writer, error, [=] {
        for (size_t i = 0; i < writer->working.segments.size(); i++) {
            enum status done = reanalyse_segment(writer, i, reanalysis, error);
            if (done)
                return done;
        }
        const struct lexicon *lexicon = analyzer_lexicon(reanalysis->analyzer);
        Head &head = writer->working;
        for (Segment &segment : head.segments)
            segment.dead = { { 1, segment.documents, segment.passages, 0 } };
        std::fill(head.characters.begin(), head.characters.end(), 0);
        head.fingerprint = lexicon_fingerprint(lexicon);
        head.words = string_of(lexicon_own_words(lexicon));
        writer->changed = true;
        return STATUS_OK;
    });
}

static enum status keep_list(struct index_writer *writer, std::string Head::*kept, struct text list,
                             struct error *error)
{
    return changing(writer, error, [=] {
        writer->working.*kept = string_of(list);
        writer->changed = true;
        return STATUS_OK;
    });
}

enum status index_writer_keep_learned(struct index_writer *writer, struct text list,
                                      struct error *error)
{
    return keep_list(writer, &Head::learned, list, error);
}

enum status index_writer_keep_pairs(struct index_writer *writer, struct text list,
                                    struct error *error)
{
    return keep_list(writer, &Head::pairs, list, error);
}

enum status index_own_words(const char *path, struct buffer *out, struct error *error)
{
    bool ours = false;
    enum status status = using_index(error, [&] {
        Head head;
        enum status got = folder::look(path, error);
        if (!got)
            got = folder::load(path, &head, error);
        if (!got) {
            buffer_append(out, text_of_string(head.words));
            got = buffer_status(out, error);
        }
        ours = true;
        return got;
    });
    return status && !ours ? explain(status, path, true, error) : status;
}
