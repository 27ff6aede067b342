// SPDX-License-Identifier: GPL-2.0-or-later
// A copy of one committed state. Heads and segments never change, so links do; the ledger grows, so
// its committed part is copied. The stub comes last: with it the copy is an index.
//
// The state of a collection is that of its first shard's stub, which is the commit: others may wait
// to be renamed behind it (collection_writer.hpp), but cannot be ahead of it while it stays.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "indexer/index/collection_writer.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/base/file.h"
#include "indexer/index/index_writer.h"
}

namespace
{

namespace fs = std::filesystem;

const int ATTEMPTS = 20;

struct Shard {
    std::string path, target;
    std::string stub; // at the commit that is copied
    folder::Head head;
};

// Copies so many bytes and syncs them. Throws std::system_error.
void copy_bytes(const std::string &from, const std::string &to, uint64_t limit)
{
    auto check = [](bool good, const std::string &name) {
        if (!good)
            throw std::system_error(errno, std::generic_category(), name);
    };
    struct File {
        int number;
        ~File()
        {
            if (number >= 0)
                close(number);
        }
    };
    File in = { open(from.c_str(), O_RDONLY | O_CLOEXEC) };
    check(in.number >= 0, from);
    File out = { open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) };
    check(out.number >= 0, to);
    std::string block(1 << 18, '\0');
    while (limit > 0) {
        size_t wanted = static_cast<size_t>(std::min<uint64_t>(limit, block.size()));
        ssize_t length = read(in.number, &block[0], wanted);
        check(length >= 0, from);
        if (length == 0)
            break;
        for (ssize_t at = 0; at < length;) {
            ssize_t written = write(out.number, &block[static_cast<size_t>(at)],
                                    static_cast<size_t>(length - at));
            check(written >= 0, to);
            at += written;
        }
        limit -= static_cast<uint64_t>(length);
    }
    check(fsync(out.number) == 0, to);
}

void link_or_copy(const std::string &from, const std::string &to)
{
    if (link(from.c_str(), to.c_str()) == 0)
        return;
    if (errno == ENOENT)
        throw std::system_error(errno, std::generic_category(), from);
    copy_bytes(from, to, UINT64_MAX);
}

// The folders that a stub names.
std::vector<std::string> databases_of(const std::string &stub)
{
    const std::string MARK = "glass ";
    std::vector<std::string> names;
    for (size_t start = 0; start < stub.size();) {
        size_t end = std::min(stub.find('\n', start), stub.size());
        if (stub.compare(start, MARK.size(), MARK) == 0)
            names.push_back(stub.substr(start + MARK.size(), end - start - MARK.size()));
        start = end + 1;
    }
    return names;
}

// In the copy under the same names.
void copy_databases(const std::string &path, const std::string &target, const std::string &stub)
{
    for (const std::string &name : databases_of(stub)) {
        fs::create_directory(target + "/" + name);
        for (const auto &file : fs::directory_iterator(path + "/" + name))
            link_or_copy(file.path(), target + "/" + name + "/" + file.path().filename().string());
    }
}

enum status load(Shard *shard, struct error *error)
{
    bool told = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status loaded = folder::load(shard->path, shard->stub, &shard->head, error);
        told = true;
        return loaded;
    });
    return status && !told ? explain(status, shard->path, true, error) : status;
}

// Those behind the first, at its commit.
const std::string &together_of(const std::vector<Shard> &shards, size_t i)
{
    static const std::string NONE;
    return i == 0 ? NONE : shards[0].head.together;
}

enum status read_state(std::vector<Shard> *shards, struct error *error)
{
    enum status status = STATUS_OK;
    for (Shard &shard : *shards)
        shard.stub.clear();
    for (size_t i = 0; i < shards->size() && !status; i++) {
        Shard *shard = &(*shards)[i];
        status = folder::stub_of(shard->path, together_of(*shards, i), &shard->stub, error);
        if (!status)
            status = load(shard, error);
    }
    return status;
}

// A commit came since the state was read, or while it was. Only what was read counts.
bool has_moved(const std::vector<Shard> &shards)
{
    for (size_t i = 0; i < shards.size() && !shards[i].stub.empty(); i++) {
        std::string now;
        struct error ignored;
        if (folder::stub_of(shards[i].path, together_of(shards, i), &now, &ignored) ||
            now != shards[i].stub)
            return true;
    }
    return false;
}

// A writer takes a folder away, file by file, when it has committed a stub that does not name it: what
// is still named was whole while it was copied.
bool are_still_named(const std::vector<Shard> &shards)
{
    std::vector<Shard> now = shards;
    struct error ignored;
    if (read_state(&now, &ignored))
        return false;
    for (size_t i = 0; i < shards.size(); i++) {
        std::vector<std::string> kept = databases_of(now[i].stub);
        for (const std::string &name : databases_of(shards[i].stub))
            if (std::find(kept.begin(), kept.end(), name) == kept.end())
                return false;
    }
    return true;
}

void copy_files(const Shard &shard)
{
    copy_databases(shard.path, shard.target, shard.stub);
    std::string ledger = folder::ledger_name(shard.head.ledger);
    if (shard.head.ledger)
        copy_bytes(shard.path + "/" + ledger, shard.target + "/" + ledger,
                   shard.head.ledger_length);
}

// Throws what Xapian throws.
enum status finish(const Shard &shard, struct error *error)
{
    for (const auto &entry : fs::directory_iterator(shard.target))
        if (entry.is_directory())
            folder::sync(entry.path());
    folder::sync(shard.target);
    return folder::replace(shard.target, INDEX_STUB, shard.stub, error);
}

enum status copy_state(const std::vector<Shard> &shards, struct error *error)
{
    enum status status = STATUS_OK;
    for (const Shard &shard : shards) {
        try {
            status = file_make_folder(shard.target.c_str(), error);
            if (!status)
                copy_files(shard);
        } catch (const std::system_error &thrown) {
            status = error_set(error, STATUS_IO, "cannot copy index '%s': %s", shard.path.c_str(),
                               thrown.what());
        }
        if (status)
            return status;
    }
    for (size_t i = 0; i < shards.size() && !status; i++)
        status = finish(shards[i], error);
    return status;
}

void empty(const std::string &target)
{
    std::error_code ignored;
    for (const auto &entry : fs::directory_iterator(target, ignored))
        fs::remove_all(entry.path(), ignored);
}

enum status make_target(const std::string &target, struct error *error)
{
    enum status status = file_make_folder(target.c_str(), error);
    std::error_code failed;
    if (!status && !fs::is_empty(target, failed) && !failed)
        status = error_set(error, STATUS_MISUSE, "'%s' is not empty", target.c_str());
    if (!status && failed)
        status = error_set(error, STATUS_IO, "cannot open '%s': %s", target.c_str(),
                           failed.message().c_str());
    return status;
}

// False: the state moved on, so that it is to be read again.
bool copy_now(std::vector<Shard> *shards, enum status *status, struct error *error)
{
    *status = read_state(shards, error);
    if (has_moved(*shards))
        return false;
    if (!*status)
        *status = copy_state(*shards, error);
    return *status ? !has_moved(*shards) : are_still_named(*shards);
}

enum status copy(std::vector<Shard> *shards, const std::string &target, struct error *error)
{
    enum status status = folder::look((*shards)[0].path, error);
    if (!status)
        status = make_target(target, error);
    if (status)
        return status;
    bool done = false;
    for (int attempt = 0; attempt < ATTEMPTS && !done; attempt++) {
        done = copy_now(shards, &status, error);
        if (!done || status)
            empty(target);
    }
    return done ? status
                : error_set(error, STATUS_IO, "index '%s' changes too often to be copied",
                            (*shards)[0].path.c_str());
}

// The shards of a collection become folders of the copy's own.
enum status copy_all(const std::string &path, const std::string &target, struct error *error)
{
    std::vector<std::string> folders, names;
    std::vector<Shard> shards;
    enum status status = collecting::folders_of(path, &folders, &names, error);
    if (status)
        return status;
    bool is_collection = !names[0].empty();
    for (size_t i = 0; i < folders.size(); i++)
        shards.push_back({ folders[i],
                           is_collection ? target + "/shard-" + std::to_string(i + 1) : target,
                           {},
                           {} });
    status = copy(&shards, target, error);
    if (status || !is_collection)
        return status;
    status = collection_describe(target.c_str(), folders.size(), error);
    if (status)
        empty(target);
    return status;
}

} // namespace

enum status index_snapshot(const char *path, const char *target, struct error *error)
{
    return using_index(error, [=] { return copy_all(path, target, error); });
}
