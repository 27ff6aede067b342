/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A state of an index: what its stub names, and what its head says. */
#include "search/index/reader_state.hpp"

#include <cerrno>
#include <cstring>

extern "C" {
#include "indexer/analysis/index_sums.h"
}

#define OPEN_RETRIES 10

using namespace reading;

namespace
{

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

} // namespace

namespace reading
{

enum status check_shard(const index_shard *shard, const char *path, const char *fingerprint,
                        struct error *error)
{
    std::string format = shard->database.get_metadata(INDEX_META_FORMAT);
    if (format.empty())
        return error_set(error, STATUS_CORRUPT, "a database, but not an index of dafu: \"%s\"",
                         path);
    if (!index_format_is_read(text_of_string(format)))
        return index_format_mismatch(path, format.c_str(), error);
    if (fingerprint && shard->database.get_metadata(INDEX_META_FINGERPRINT) != fingerprint)
        return error_set(error, STATUS_MISMATCH,
                         "the index was built with another word list or analysis: "
                         "build it again with 'dafu-index reindex' \"%s\"",
                         path);
    return STATUS_OK;
}

} // namespace reading

namespace
{

enum status read_dictionaries(index_shard *shard, struct error *error)
{
    enum status status = record_codec_new(RECORD_CODEC_READS, &shard->codec, error);
    for (uint32_t i = 1; !status && i <= shard->head.dictionaries; i++) {
        std::string bytes =
            shard->database.get_metadata(INDEX_META_DICTIONARY + std::to_string(i));
        status = record_codec_add(shard->codec, i, text_of_string(bytes), error);
    }
    shard->decoder = record_decoder_new();
    if (!status && !shard->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}

} // namespace

enum status reading::read_shard(index_shard *shard, struct error *error)
{
    std::string bytes = shard->database.get_metadata(INDEX_META_HEAD);
    shard->state = text_hash(text_of_string(bytes));
    enum status status =
        index_head_decode(text_of_string(bytes), &shard->arena, &shard->head, error);
    if (status)
        return status;
    shard->fingerprint = shard->database.get_metadata(INDEX_META_FINGERPRINT);
    shard->is_served = !shard->database.get_metadata(INDEX_META_SERVED).empty();
    shard->databases =
        static_cast<uint32_t>(shard->head.segment_count * (shard->is_served ? 2 : 1) + 1);
    for (size_t i = 0; i < shard->head.segment_count; i++)
        shard->has_dead = shard->has_dead || shard->head.segments[i].dead_count;
    return read_dictionaries(shard, error);
}

namespace
{

/* Of a small index the contents: a hundredth of a second at most. Of a large one the lengths. */
const uint64_t COMPARE_BYTES = 4 << 20;

void keep_first(void *context, const char *line)
{
    auto first = static_cast<std::string *>(context);
    if (first->empty())
        *first = line;
}

enum status check_files(const index_shard *shard, struct error *error)
{
    std::string damage;
    size_t damages = 0;
    enum status status = index_sums_compare(shard->path.c_str(), COMPARE_BYTES, keep_first,
                                            &damage, &damages, error);
    if (status || !damages)
        return status;
    struct stat now;
    if (check_folder(shard->path.c_str(), &now, error) == STATUS_OK &&
        now.st_ino != shard->stub.st_ino)
        throw Xapian::DatabaseOpeningError(damage); /* a commit meanwhile: open again */
    return error_set(error, STATUS_CORRUPT, "the index is damaged, %s: \"%s\"", damage.c_str(),
                     shard->path.c_str());
}

/* Format first: what another format means is not to be guessed. */
enum status open_stub(index_shard *shard, const char *fingerprint, struct error *error)
{
    enum status status = check_files(shard, error); /* before Xapian sees any of them */
    if (status)
        return status;
    shard->database = Xapian::Database(shard->path + "/" + INDEX_STUB);
    status = check_shard(shard, shard->path.c_str(), fingerprint, error);
    return status ? status : read_shard(shard, error);
}

} // namespace

namespace reading
{

/* The stub may be replaced and its files removed between the reading of the one and the opening of
 * the others. */
enum status open_shard(const std::string &path, const std::string &name, const char *fingerprint,
                       std::unique_ptr<index_shard> *out, bool *found, struct error *error)
{
    for (int retry = 0;; retry++) {
        auto shard = std::make_unique<index_shard>();
        shard->path = path;
        shard->name = name;
        enum status status = check_folder(path.c_str(), &shard->stub, error);
        if (status)
            return status;
        *found = true;
        try {
            status = open_stub(shard.get(), fingerprint, error);
        } catch (const Xapian::DatabaseOpeningError &) {
            struct stat now;
            if (retry >= OPEN_RETRIES || check_folder(path.c_str(), &now, error) ||
                (now.st_ino == shard->stub.st_ino &&
                 now.st_mtim.tv_nsec == shard->stub.st_mtim.tv_nsec))
                throw;
            continue;
        }
        *out = std::move(shard);
        return status;
    }
}

bool has_newer(const index_shard *shard)
{
    struct stat now;
    std::string name = shard->path + "/" + INDEX_STUB;
    return stat(name.c_str(), &now) == 0 && (now.st_ino != shard->stub.st_ino ||
                                             now.st_mtim.tv_sec != shard->stub.st_mtim.tv_sec ||
                                             now.st_mtim.tv_nsec != shard->stub.st_mtim.tv_nsec);
}

} // namespace reading
