// SPDX-License-Identifier: GPL-2.0-or-later
// A copy of one committed state. Heads and segments never change, so links do; the ledger grows, so
// its committed part is copied. The stub comes last: with it the copy is an index.
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
const size_t STUB_BYTES_MAX = 1 << 20;

enum status read_stub(const std::string &path, std::string *out, struct error *error)
{
    struct buffer bytes = {};
    enum status status = file_read((path + "/" INDEX_STUB).c_str(), STUB_BYTES_MAX, &bytes, error);
    if (!status)
        out->assign(bytes.data ? bytes.data : "", bytes.length);
    buffer_release(&bytes);
    return status;
}

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
            ssize_t written =
                write(out.number, &block[static_cast<size_t>(at)], static_cast<size_t>(length - at));
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

// The folders that the stub names, in the copy under the same names.
void copy_databases(const std::string &path, const std::string &target, const std::string &stub)
{
    const std::string MARK = "glass ";
    for (size_t start = 0; start < stub.size();) {
        size_t end = std::min(stub.find('\n', start), stub.size());
        std::string line = stub.substr(start, end - start);
        start = end + 1;
        if (line.compare(0, MARK.size(), MARK) != 0)
            continue;
        std::string name = line.substr(MARK.size());
        fs::create_directory(target + "/" + name);
        for (const auto &file : fs::directory_iterator(path + "/" + name))
            link_or_copy(file.path(), target + "/" + name + "/" + file.path().filename().string());
        folder::sync(target + "/" + name);
    }
}

// False: a commit has taken away what was to be copied.
bool copy_state(const std::string &path, const std::string &target, enum status *status,
                struct error *error)
{
    std::string stub, again;
    folder::Head head;
    *status = folder::look(path, error);
    if (!*status)
        *status = read_stub(path, &stub, error);
    if (!*status)
        *status = folder::load(path, &head, error);
    if (!*status)
        *status = read_stub(path, &again, error);
    if (*status)
        return true;
    if (stub != again)
        return false; // the head may be that of another state
    try {
        copy_databases(path, target, stub);
        std::string ledger = folder::ledger_name(head.ledger);
        if (head.ledger)
            copy_bytes(path + "/" + ledger, target + "/" + ledger, head.ledger_length);
    } catch (const std::system_error &thrown) {
        if (thrown.code().value() == ENOENT && fs::is_directory(target))
            return false;
        *status = error_set(error, STATUS_IO, "cannot copy index '%s': %s", path.c_str(),
                            thrown.what());
        return true;
    }
    folder::sync(target);
    *status =
        file_replace((target + "/" INDEX_STUB).c_str(), { stub.data(), stub.size() }, error);
    return true;
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

} // namespace

namespace
{

enum status copy_index(const char *path, const char *target, struct error *error)
{
    bool told = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status made = folder::look(path, error);
        if (!made)
            made = make_target(target, error);
        told = true;
        for (int attempt = 0; !made && attempt < ATTEMPTS; attempt++) {
            told = false;
            if (copy_state(path, target, &made, error)) {
                told = true;
                if (made)
                    empty(target);
                return made;
            }
            empty(target);
        }
        told = true;
        return made ? made
                    : error_set(error, STATUS_IO, "index '%s' changes too often to be copied", path);
    });
    return status && !told ? explain(status, path, true, error) : status;
}

// Shards become folders of the copy's own; each is as it was at some commit of its own.
enum status copy_collection(const std::vector<std::string> &folders, const std::string &target,
                            struct error *error)
{
    enum status status = make_target(target, error);
    for (size_t i = 0; !status && i < folders.size(); i++)
        status = copy_index(folders[i].c_str(),
                            (target + "/shard-" + std::to_string(i + 1)).c_str(), error);
    if (!status)
        status = collection_describe(target.c_str(), folders.size(), error);
    if (status)
        empty(target);
    return status;
}

} // namespace

enum status index_snapshot(const char *path, const char *target, struct error *error)
{
    return using_index(error, [=] {
        std::vector<std::string> folders, names;
        enum status status = collecting::folders_of(path, &folders, &names, error);
        if (status)
            return status;
        return names[0].empty() ? copy_index(path, target, error)
                                : copy_collection(folders, target, error);
    });
}
