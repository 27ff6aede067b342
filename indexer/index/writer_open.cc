// SPDX-License-Identifier: GPL-2.0-or-later
// Opening an index for writing: one at a time, after a look at its files.
#include "indexer/index/collection_writer.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

extern "C" {
#include "indexer/base/file.h"
#include "indexer/index/reanalysis.h"
}

using namespace writing;

namespace
{

// Files that are together no larger than this are read to see whether they are what was written
// before anything is done with them (hundredths of a second); of larger ones, the lengths.
const uint64_t COMPARE_BYTES = 64 << 20;

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

} // namespace

namespace writing
{

void open_segments(struct index_writer *writer)
{
    writer->segments.clear();
    for (const Segment &segment : writer->committed.segments)
        writer->segments.emplace_back(writer->path + "/" + segment.name(),
                                      Xapian::DB_BACKEND_GLASS);
}

void forget_pending(struct index_writer *writer)
{
    writer->gathering.reset();
    writer->pending = Segment();
    writer->pending_ids.clear();
    writer->pending_sources.clear();
    writer->characters.clear();
    writer->ledger.clear();
    writer->ledger_replaced = false;
    writer->built.reset();
    writer->changed = false;
}

void take_back(struct index_writer *writer)
{
    struct error error;
    fenced(&error, [&] {
        forget_pending(writer);
        writer->unseen.clear();
        Head head; // a commit may have failed behind the replacing of the stub
        if (folder::load(writer->path, &head, &error) == STATUS_OK) {
            writer->committed = std::move(head);
            open_segments(writer);
        }
        writer->working = writer->committed;
        record_codec_free(writer->codec); // with the dictionaries that were made since
        writer->codec = nullptr;
        enum status again = record_codec_new(RECORD_CODEC_WRITES, &writer->codec, &error);
        return again ? again : read_dictionaries(writer, &error);
    });
}

} // namespace writing

namespace
{

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
    std::string stub = folder::write(writer->path, &writer->committed, error);
    return folder::replace(writer->path, INDEX_STUB, stub, error);
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
    enum status status = record_codec_new(RECORD_CODEC_WRITES, &writer->codec, error);
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
    if (other != nullptr)
        *other = differs;
    if (!differs || other != nullptr)
        return STATUS_OK;
    return error_set(error, STATUS_MISMATCH,
                     "index '%s' was built with another lexicon (%s, now %s): build it anew "
                     "with 'dafu-index reindex'",
                     writer->path.c_str(), writer->committed.fingerprint.c_str(), fingerprint);
}

// Replies would not be found again, or be there twice, if others came to a shard than those it is
// for. To take some out, or to compact it, a shard may be opened alone.
enum status check_place(const struct index_writer *writer, const std::string &shard, bool adding,
                        struct error *error)
{
    const std::string &is = writer->committed.shard;
    if (is == shard || (shard.empty() && !adding))
        return STATUS_OK;
    if (shard.empty())
        return error_set(error, STATUS_MISUSE,
                         "index '%s' is shard %s of a collection: add to that",
                         writer->path.c_str(), is.c_str());
    return error_set(error, STATUS_MISUSE,
                     "index '%s' is %s%s, not shard %s of a collection: see 'dafu-index split'",
                     writer->path.c_str(), is.empty() ? "an index of its own" : "shard ",
                     is.c_str(), shard.c_str());
}

// What waits for the other shards is lost when one is written without them.
enum status settle(const std::string &path, const std::string *together, struct error *error)
{
    if (together)
        folder::settle(path, *together);
    else if (folder::is_waiting(path))
        return error_set(error, STATUS_MISUSE,
                         "index '%s' is a shard of a collection whose last run was cut short: "
                         "write the collection first",
                         path.c_str());
    return STATUS_OK;
}

// `shard`: which of how many the index is of its collection, whose first shard's last commit is
// `together`; empty, and nullptr: it is opened alone.
enum status open_writer(const std::string &path, const std::string &shard,
                        const std::string *together, const char *fingerprint, struct text words,
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

    auto writer = std::make_unique<index_writer>();
    writer->path = path;
    status = take_lock(writer.get(), error);
    if (!status)
        status = folder::look(path, error); // another program may have made it meanwhile
    if (!status)
        status = settle(path, together, error);
    writer->committed.shard = shard;
    if (status == STATUS_NOT_FOUND && missing)
        status = create(writer.get(), fingerprint, words, error);
    else if (!status)
        status = load(writer.get(), error);
    if (!status)
        status = check_place(writer.get(), shard, may_create, error);
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

struct Opening { // what the caller wants
    const char *fingerprint;
    struct text words;
    bool create;
    bool *other; // may be nullptr
};

enum status open_one(const char *path, const std::string &shard, const std::string *together,
                     const Opening &opening, std::unique_ptr<index_writer> *out,
                     struct error *error)
{
    bool ours = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status opened = open_writer(path, shard, together, opening.fingerprint, opening.words,
                                         opening.create, opening.other, out, error);
        ours = true;
        return opened;
    });
    return status && !ours ? explain(status, path, true, error) : status;
}

enum status open_shards(const struct collection &collection, const Opening &opening,
                        std::unique_ptr<index_writer> *out, struct error *error)
{
    auto writer = std::make_unique<index_writer>();
    enum status status = collecting::check_local(collection, error);
    bool others = false;
    std::string together;
    for (size_t i = 0; !status && i < collection.count; i++) {
        char place[COLLECTION_PLACE_MAX];
        bool other = false;
        Opening one = opening;
        one.other = opening.other ? &other : nullptr;
        writer->shards.emplace_back();
        status = open_one(collection.shards[i].folder, collection_place(i, collection.count, place),
                          &together, one, &writer->shards.back(), error);
        if (!status && i == 0)
            together = writer->shards[0]->committed.together;
        others = others || other;
    }
    if (status)
        return status;
    if (opening.other)
        *opening.other = others;
    collecting::set_threads(writer.get(), 0);
    *out = std::move(writer);
    return STATUS_OK;
}

enum status open_all(const char *path, const Opening &opening, struct index_writer **out,
                     struct error *error)
{
    std::unique_ptr<index_writer> writer;
    enum status status = fenced(error, [&] {
        Arena arena;
        struct collection collection;
        enum status found = collection_find(path, &arena, &collection, error);
        if (found)
            return found;
        return collection.count ? open_shards(collection, opening, &writer, error)
                                : open_one(path, std::string(), nullptr, opening, &writer, error);
    });
    if (status)
        return status;
    writer->path = path;
    *out = writer.release();
    return STATUS_OK;
}

} // namespace

enum status index_writer_open(const char *path, const char *fingerprint, bool create,
                              struct index_writer **out, struct error *error)
{
    return open_all(path, { fingerprint, text_of(""), create, nullptr }, out, error);
}

enum status index_writer_open_any(const char *path, const char *fingerprint, struct text words,
                                  bool create, bool *other, struct index_writer **out,
                                  struct error *error)
{
    return open_all(path, { fingerprint, words, create, other }, out, error);
}

void index_writer_set_threads(struct index_writer *writer, unsigned threads)
{
    if (collecting::is_collection(writer))
        collecting::set_threads(writer, threads);
    else
        writer->threads = threads;
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
