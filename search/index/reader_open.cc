/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is searched: one index, or the shards of a collection as one. */
#include "indexer/base/arena.hpp"
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <thread>

extern "C" {
#include "indexer/analysis/collection.h"
}

using namespace reading;

namespace
{

const std::chrono::seconds TAKEN_TO_BE_OLD(30), TRIED_AGAIN(5), REFUSED_AGAIN(1);

const int OPENED_AGAIN = 3; /* when a server dies meanwhile */

/* ---- one after the other ---- */

/* Dead passages have a share in the total length, too. */
void add_passages(const index_shard *shard, double *all, double *living)
{
    for (size_t i = 0; i < shard->head.segment_count; i++) {
        const struct index_segment &segment = shard->head.segments[i];
        *all += segment.passages;
        *living += segment.passages - index_segment_dead_passages(&segment);
    }
}

void list_dead(const index_shard *shard, std::unordered_set<std::string> *dead)
{
    for (size_t i = 0; i < shard->head.segment_count; i++) {
        const struct index_segment &segment = shard->head.segments[i];
        for (size_t j = 0; j < segment.dead_count; j++) {
            char version[INDEX_VERSION_MAX];
            size_t length_of = index_version(segment.dead[j].version, version);
            dead->emplace(version, length_of);
        }
    }
}

enum status add_characters(const index_shard *shard, uint32_t *counts, struct error *error)
{
    std::string bytes = shard->database.get_metadata(INDEX_META_CHARACTERS);
    return character_counts_decode(text_of_string(bytes), counts, error);
}

/* Numbers of documents have 32 bits. */
enum status check_numbers(const struct index_reader *reader, struct error *error)
{
    uint64_t last = 0;
    for (const auto &shard : reader->shards)
        for (size_t i = 0; i < shard->head.segment_count; i++) {
            uint64_t documents = shard->head.segments[i].documents;
            last = std::max(last, shard->is_remote() ? documents * shard->databases : documents);
        }
    if (last * reader->databases <= UINT32_MAX)
        return STATUS_OK;
    return error_set(error, STATUS_LIMIT,
                     "too many segments for so large an index: compact it \"%s\"",
                     reader->path.c_str());
}

/* Everything that is known of all shards together. */
enum status join(struct index_reader *reader, struct error *error)
{
    reader->characters.reset(
        static_cast<uint32_t *>(calloc(CHARACTER_COUNTS_SIZE, sizeof(uint32_t))));
    if (!reader->characters)
        return out_of_memory(error);
    reader->shard_at.clear();
    for (const auto &shard : reader->shards) {
        shard->first = static_cast<uint32_t>(reader->shard_at.size());
        reader->shard_at.insert(reader->shard_at.end(), shard->is_remote() ? 1 : shard->databases,
                                shard.get());
        reader->has_remote = reader->has_remote || shard->is_remote();
        if (reader->is_collection)
            reader->database.add_database(shard->database);
        else
            reader->database = shard->database;
        add_passages(shard.get(), &reader->all_passages, &reader->passages);
        if (!reader->is_collection)
            list_dead(shard.get(), &reader->dead);
        enum status status = add_characters(shard.get(), reader->characters.get(), error);
        if (status)
            return status;
    }
    reader->databases = static_cast<uint32_t>(reader->shard_at.size());
    double length = static_cast<double>(reader->database.get_total_length());
    if (reader->all_passages > 0 && length > 0)
        reader->average_length = length / reader->all_passages;
    return check_numbers(reader, error);
}

/* ---- opening ---- */

enum status open_line(struct index_reader *reader, const struct collection_shard &line,
                      const char *fingerprint, std::unique_ptr<index_shard> *out,
                      struct error *error)
{
    bool found = false, ours = false;
    if (!line.folder)
        return fenced(error, [&] {
            return open_server(line.host, line.port, line.name, reader->options, fingerprint, out,
                               error);
        });
    enum status status = fenced(error, [&] {
        enum status opened = open_shard(line.folder, line.name, fingerprint, out, &found, error);
        ours = true;
        return opened;
    });
    if (!status) /* a shard that is missing is no missing collection */
        return status;
    return error_prefix(error, !ours || status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status,
                        "shard \"%s\"", line.name);
}

/* A shard that failed twice is given time. */
bool is_given_up(const struct index_reader *reader, const char *name)
{
    auto failures = reader->failures.find(name);
    return reader->options.partial && failures != reader->failures.end() && failures->second > 1;
}

struct Opened {
    std::unique_ptr<index_shard> shard;
    enum status status = STATUS_OK;
    struct error error = {};
};

/* Servers are slow to answer, the more so when they are not there: all are opened at once. */
void open_lines(struct index_reader *reader, const struct collection &collection,
                const char *fingerprint, std::vector<Opened> *out)
{
    std::vector<std::thread> threads;
    auto run = [&](size_t i) {
        Opened &opened = (*out)[i];
        const struct collection_shard &line = collection.shards[i];
        if (is_given_up(reader, line.name))
            opened.status = error_set(&opened.error, STATUS_IO,
                                      "shard \"%s\" does not answer", line.name);
        else
            opened.status = open_line(reader, line, fingerprint, &opened.shard, &opened.error);
    };
    for (size_t i = 0; i < collection.count; i++) {
        try {
            if (!collection.shards[i].folder)
                threads.emplace_back(run, i);
            else
                run(i);
        } catch (const std::system_error &) { /* no thread: then in turn */
            run(i);
        }
    }
    for (std::thread &thread : threads)
        thread.join();
}

enum status open_shards(struct index_reader *reader, const struct collection &collection,
                        const char *fingerprint, struct error *error)
{
    std::vector<Opened> all(collection.count);
    struct error last = {};
    reader->is_collection = true;
    stat(collection.file, &reader->file);
    open_lines(reader, collection, fingerprint, &all);
    for (size_t i = 0; i < all.size(); i++) {
        Opened &opened = all[i];
        if (opened.status && !reader->options.partial) {
            if (error)
                *error = opened.error;
            return opened.status;
        }
        if (opened.status) {
            last = opened.error;
            reader->missing.push_back(collection.shards[i].name);
            continue;
        }
        if (!reader->shards.empty() &&
            opened.shard->fingerprint != reader->shards.front()->fingerprint)
            return error_set(error, STATUS_MISMATCH,
                             "shard \"%s\" has another word list or analysis than the first: "
                             "'dafu-index reindex' makes them the same",
                             collection.shards[i].name);
        reader->shards.push_back(std::move(opened.shard));
    }
    if (!reader->shards.empty())
        return STATUS_OK;
    return error_set(error, STATUS_IO, "no shard is there: %s", last.message);
}

enum status open_reader(const char *path, const char *fingerprint,
                        const struct shard_options &options,
                        const std::map<std::string, unsigned> &failures,
                        std::unique_ptr<index_reader> *out, bool *found, struct error *error)
{
    Arena arena;
    struct collection collection;
    auto reader = std::make_unique<index_reader>();
    reader->path = path;
    reader->options = options;
    reader->failures = failures;
    reader->opened = std::chrono::steady_clock::now();
    enum status status = collection_find(path, &arena, &collection, error);
    if (!status && collection.count)
        status = open_shards(reader.get(), collection, fingerprint, error);
    else if (!status) {
        reader->shards.emplace_back();
        status = open_shard(path, std::string(), fingerprint, &reader->shards[0], found, error);
    }
    if (!status)
        status = asking(reader.get(), error, [&] { return join(reader.get(), error); });
    if (!status)
        *out = std::move(reader);
    return status;
}

} // namespace

enum status index_reader_open(const char *path, const char *fingerprint, struct index_reader **out,
                              struct error *error)
{
    return index_reader_open_shards(path, fingerprint, &SHARD_OPTIONS, out, error);
}

enum status index_reader_open_shards(const char *path, const char *fingerprint,
                                     const struct shard_options *options,
                                     struct index_reader **out, struct error *error)
{
    std::unique_ptr<index_reader> reader;
    bool found = false; /* a folder that looks like an index */
    bool ours = false;  /* the message is complete */
    enum status status = fenced(error, [&] {
        enum status opened = STATUS_STALE;
        for (int attempt = 0; opened == STATUS_STALE && attempt < OPENED_AGAIN; attempt++)
            opened = open_reader(path, fingerprint, *options, {}, &reader, &found, error);
        ours = true;
        return opened;
    });
    if (status && found && !ours) /* what Xapian says does not name the index; what is there and no
                                   * database is damaged or foreign */
        status = error_prefix(error, status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status,
                              "cannot use the index \"%s\"", path);
    if (status)
        return status;
    *out = reader.release();
    return STATUS_OK;
}

const char *const *index_reader_missing(struct index_reader *reader)
{
    reader->missing_names.clear();
    for (const std::string &name : reader->missing)
        reader->missing_names.push_back(name.c_str());
    reader->missing_names.push_back(nullptr);
    return reader->missing_names.data();
}

void index_reader_watch(struct index_reader *reader, bool (*stopped)(void *context), void *context)
{
    reader->stopped = stopped;
    reader->watcher = context;
}

void index_reader_free(struct index_reader *reader)
{
    delete reader;
}

void index_reader_freep(struct index_reader **reader)
{
    index_reader_free(*reader);
}

/* ---- a newer state ---- */

static enum status open_newer(struct index_reader *reader, struct error *error)
{
    std::unique_ptr<index_reader> newer;
    bool found;
    auto now = std::chrono::steady_clock::now();
    if (now - reader->failed > TRIED_AGAIN)
        reader->failures.clear();
    enum status status = open_reader(reader->path.c_str(), nullptr, reader->options,
                                     reader->failures, &newer, &found, error);
    if (status)
        return status;
    if (newer->shards[0]->fingerprint != reader->shards[0]->fingerprint)
        return error_set(error, STATUS_MISMATCH, "the index was analysed again in another way");
    newer->failed = reader->failed;
    newer->stopped = reader->stopped;
    newer->watcher = reader->watcher;
    std::swap(*reader, *newer);
    return STATUS_OK;
}

/* Whoever waited for a server that says nothing does not wait for it twice, and so many do not wait
 * one behind the other. */
enum status index_reader_reopen(struct index_reader *reader, struct error *error)
{
    return fenced(error, [=] {
        if (reader->is_broken && std::chrono::steady_clock::now() - reader->refused < REFUSED_AGAIN)
            return error_set(error, STATUS_IO, "%s", reader->refusal.message);
        struct error refusal = {};
        enum status status = open_newer(reader, &refusal);
        if (status == STATUS_IO) {
            reader->refused = std::chrono::steady_clock::now();
            reader->refusal = refusal;
        }
        if (status && error)
            *error = refusal;
        return status;
    });
}

static bool file_changed(const struct index_reader *reader)
{
    Arena arena;
    struct collection collection;
    struct stat now;
    return collection_find(reader->path.c_str(), &arena, &collection, nullptr) ||
           !collection.count || stat(collection.file, &now) != 0 ||
           now.st_ino != reader->file.st_ino ||
           now.st_mtim.tv_sec != reader->file.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != reader->file.st_mtim.tv_nsec;
}

bool index_reader_is_stale(const struct index_reader *reader)
{
    for (const auto &shard : reader->shards)
        if (!shard->is_remote() && has_newer(shard.get()))
            return true;
    if (reader->is_broken || (reader->is_collection && file_changed(reader)))
        return true;
    auto age = std::chrono::steady_clock::now() - reader->opened;
    return (!reader->missing.empty() && age > TRIED_AGAIN) ||
           (reader->has_remote && age > TAKEN_TO_BE_OLD);
}

/* Of a server's shard the head is known, which each commit writes anew. An answer that may turn out to
 * be partial is not to be kept. */
static uint64_t state_of(const index_shard *shard)
{
    const struct stat &stub = shard->stub;
    const uint64_t facts[] = { stub.st_dev, stub.st_ino, static_cast<uint64_t>(stub.st_mtim.tv_sec),
                               static_cast<uint64_t>(stub.st_mtim.tv_nsec), shard->state };
    return text_hash({ reinterpret_cast<const char *>(facts), sizeof(facts) }) | 1;
}

uint64_t index_reader_state(const struct index_reader *reader)
{
    if (reader->options.partial && reader->is_collection)
        return 0;
    if (!reader->is_collection)
        return state_of(reader->shards[0].get());
    std::vector<uint64_t> facts;
    for (const auto &shard : reader->shards)
        facts.push_back(state_of(shard.get()));
    return text_hash({ reinterpret_cast<const char *>(facts.data()),
                       facts.size() * sizeof(uint64_t) }) |
           1;
}

/* ---- what the index says of itself; a collection's shards say the same ---- */

static enum status read_metadata(struct index_reader *reader, const char *key, struct arena *arena,
                                 struct text *out, struct error *error)
{
    return asking(reader, error, [=] {
        struct text found = keep(arena, reader->shards[0]->database.get_metadata(key));
        if (!found.data)
            return out_of_memory(error);
        *out = found;
        return STATUS_OK;
    });
}

enum status index_reader_words(struct index_reader *reader, struct arena *arena, struct text *words,
                               struct error *error)
{
    return read_metadata(reader, INDEX_META_WORDS, arena, words, error);
}

enum status index_reader_learned(struct index_reader *reader, struct arena *arena,
                                 struct text *terms, struct error *error)
{
    return read_metadata(reader, INDEX_META_LEARNED, arena, terms, error);
}

enum status index_reader_pairs(struct index_reader *reader, struct arena *arena, struct text *list,
                               struct error *error)
{
    return read_metadata(reader, INDEX_META_PAIRS, arena, list, error);
}

enum status index_reader_check(struct index_reader *reader, const char *path,
                               const char *fingerprint, struct error *error)
{
    return asking(reader, error, [=] {
        return check_shard(reader->shards[0].get(), path, fingerprint, error);
    });
}
