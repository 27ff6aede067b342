/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A state of the index: what its stub names, and what its head says. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

extern "C" {
#include "indexer/analysis/index_sums.h"
}

#define OPEN_RETRIES 10

using namespace reading;

namespace
{

/* Dead passages have a share in the total length, too. */
void read_statistics(struct index_reader *reader)
{
    double all = 0;
    reader->passages = 0;
    reader->dead.clear();
    for (size_t i = 0; i < reader->head.segment_count; i++) {
        const struct index_segment &segment = reader->head.segments[i];
        all += segment.passages;
        reader->passages += segment.passages - index_segment_dead_passages(&segment);
        for (size_t j = 0; j < segment.dead_count; j++) {
            char version[INDEX_VERSION_MAX];
            size_t length_of = index_version(segment.dead[j].version, version);
            reader->dead.emplace(version, length_of);
        }
    }
    double length = static_cast<double>(reader->database.get_total_length());
    reader->average_length = all > 0 && length > 0 ? length / all : 1;
}

enum status check_folder(const char *path, struct stat *stub, struct error *error)
{
    struct stat info;
    if (stat(path, &info) != 0 && errno != ENOENT && errno != ENOTDIR)
        return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path,
                         strerror(errno));
    if (stat(path, &info) != 0)
        return error_set(error, STATUS_NOT_FOUND, "no index \"%s\"", path);
    if (!S_ISDIR(info.st_mode))
        return error_set(error, STATUS_CORRUPT, "not an index, because not a folder: \"%s\"", path);
    std::string name = std::string(path) + "/" + INDEX_STUB;
    if (stat(name.c_str(), stub) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_set(error, STATUS_NOT_FOUND, "no index in the folder \"%s\"", path);
    if (stat(name.c_str(), stub) != 0)
        return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path,
                         strerror(errno));
    if (S_ISREG(stub->st_mode))
        return STATUS_OK;
    if (stat((name + "/iamglass").c_str(), &info) == 0)
        return index_format_mismatch(path, "1", error);
    return error_set(error, STATUS_CORRUPT, "not an index of dafu: \"%s\"", path);
}

enum status check_metadata(const struct index_reader *reader, const char *path,
                           const char *fingerprint, struct error *error)
{
    std::string format = reader->database.get_metadata(INDEX_META_FORMAT);
    if (format.empty())
        return error_set(error, STATUS_CORRUPT, "a database, but not an index of dafu: \"%s\"",
                         path);
    if (!index_format_is_read({ format.data(), format.size() }))
        return index_format_mismatch(path, format.c_str(), error);
    if (fingerprint && reader->database.get_metadata(INDEX_META_FINGERPRINT) != fingerprint)
        return error_set(error, STATUS_MISMATCH,
                         "the index was built with another word list or analysis: "
                         "build it again with 'dafu-index reindex' \"%s\"",
                         path);
    return STATUS_OK;
}

enum status read_dictionaries(struct index_reader *reader, struct error *error)
{
    enum status status = record_codec_new(&reader->codec, error);
    for (uint32_t i = 1; !status && i <= reader->head.dictionaries; i++) {
        std::string bytes =
            reader->database.get_metadata(INDEX_META_DICTIONARY + std::to_string(i));
        status = record_codec_add(reader->codec, i, text_of_string(bytes), error);
    }
    reader->decoder = record_decoder_new();
    if (!status && !reader->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}

enum status read_head(struct index_reader *reader, struct error *error)
{
    std::string bytes = reader->database.get_metadata(INDEX_META_HEAD);
    enum status status =
        index_head_decode(text_of_string(bytes), &reader->arena, &reader->head, error);
    if (status)
        return status;
    reader->databases = static_cast<uint32_t>(reader->head.segment_count + 1);
    reader->characters.assign(CHARACTER_COUNTS_SIZE, 0);
    std::string counts = reader->database.get_metadata(INDEX_META_CHARACTERS);
    status = character_counts_decode(text_of_string(counts), reader->characters.data(), error);
    if (!status)
        status = read_dictionaries(reader, error);
    if (!status)
        read_statistics(reader);
    return status;
}

/* Of a small index the contents: a hundredth of a second at most. Of a large one the lengths. */
const uint64_t COMPARE_BYTES = 4 << 20;

void keep_first(void *context, const char *line)
{
    auto first = static_cast<std::string *>(context);
    if (first->empty())
        *first = line;
}

enum status check_files(const struct index_reader *reader, struct error *error)
{
    std::string damage;
    size_t damages = 0;
    enum status status = index_sums_compare(reader->path.c_str(), COMPARE_BYTES, keep_first,
                                            &damage, &damages, error);
    if (status || !damages)
        return status;
    struct stat now;
    if (check_folder(reader->path.c_str(), &now, error) == STATUS_OK &&
        now.st_ino != reader->stub.st_ino)
        throw Xapian::DatabaseOpeningError(damage); /* a commit meanwhile: open again */
    return error_set(error, STATUS_CORRUPT, "the index is damaged, %s: \"%s\"", damage.c_str(),
                     reader->path.c_str());
}

/* Format first: what another format means is not to be guessed. */
enum status open_stub(struct index_reader *reader, const char *fingerprint, struct error *error)
{
    enum status status = check_files(reader, error); /* before Xapian sees any of them */
    if (status)
        return status;
    reader->database = Xapian::Database(reader->path + "/" + INDEX_STUB);
    status = check_metadata(reader, reader->path.c_str(), fingerprint, error);
    return status ? status : read_head(reader, error);
}

/* The stub may be replaced and its files removed between the reading of the one and the opening of
 * the others. */
enum status open_reader(const char *path, const char *fingerprint,
                        std::unique_ptr<index_reader> *out, bool *found, struct error *error)
{
    for (int retry = 0;; retry++) {
        auto reader = std::make_unique<index_reader>();
        reader->path = path;
        enum status status = check_folder(path, &reader->stub, error);
        if (status)
            return status;
        *found = true;
        try {
            status = open_stub(reader.get(), fingerprint, error);
        } catch (const Xapian::DatabaseOpeningError &) {
            struct stat now;
            if (retry >= OPEN_RETRIES || check_folder(path, &now, error) ||
                (now.st_ino == reader->stub.st_ino &&
                 now.st_mtim.tv_nsec == reader->stub.st_mtim.tv_nsec))
                throw;
            continue;
        }
        *out = std::move(reader);
        return status;
    }
}

} // namespace

enum status index_reader_open(const char *path, const char *fingerprint, struct index_reader **out,
                              struct error *error)
{
    std::unique_ptr<index_reader> reader;
    bool found = false; /* a folder that looks like an index */
    bool ours = false;  /* the message is complete */
    enum status status = fenced(error, [&] {
        enum status opened = open_reader(path, fingerprint, &reader, &found, error);
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

enum status index_reader_reopen(struct index_reader *reader, struct error *error)
{
    return fenced(error, [=] {
        std::unique_ptr<index_reader> newer;
        bool found;
        enum status status = open_reader(reader->path.c_str(), nullptr, &newer, &found, error);
        if (status)
            return status;
        if (newer->database.get_metadata(INDEX_META_FINGERPRINT) !=
            reader->database.get_metadata(INDEX_META_FINGERPRINT))
            return error_set(error, STATUS_MISMATCH, "the index was analysed again in another way");
        std::swap(reader->stub, newer->stub);
        std::swap(reader->database, newer->database);
        std::swap(reader->arena, newer->arena);
        std::swap(reader->head, newer->head);
        std::swap(reader->characters, newer->characters);
        std::swap(reader->codec, newer->codec);
        std::swap(reader->decoder, newer->decoder);
        std::swap(reader->databases, newer->databases);
        std::swap(reader->dead, newer->dead);
        std::swap(reader->passages, newer->passages);
        std::swap(reader->average_length, newer->average_length);
        return STATUS_OK;
    });
}

bool index_reader_is_stale(const struct index_reader *reader)
{
    struct stat now;
    std::string name = reader->path + "/" + INDEX_STUB;
    return stat(name.c_str(), &now) == 0 && (now.st_ino != reader->stub.st_ino ||
                                             now.st_mtim.tv_sec != reader->stub.st_mtim.tv_sec ||
                                             now.st_mtim.tv_nsec != reader->stub.st_mtim.tv_nsec);
}

uint64_t index_reader_state(const struct index_reader *reader)
{
    const struct stat &stub = reader->stub;
    const uint64_t facts[] = { stub.st_dev, stub.st_ino, static_cast<uint64_t>(stub.st_mtim.tv_sec),
                               static_cast<uint64_t>(stub.st_mtim.tv_nsec) };
    return text_hash({ reinterpret_cast<const char *>(facts), sizeof(facts) }) | 1;
}

static enum status read_metadata(struct index_reader *reader, const char *key, struct arena *arena,
                                 struct text *out, struct error *error)
{
    return fenced(error, [=] {
        struct text found = keep(arena, reader->database.get_metadata(key));
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
    return fenced(error, [=] { return check_metadata(reader, path, fingerprint, error); });
}
