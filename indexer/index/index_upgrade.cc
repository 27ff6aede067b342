// SPDX-License-Identifier: GPL-2.0-or-later
// A new index in a folder of the old one; its files are moved up, and its stub takes the old
// database's name at last.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "indexer/index/format_1.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/analysis/own_words.h"
#include "indexer/index/index_upgrade.h"
}

namespace
{

namespace fs = std::filesystem;

const char NEW[] = "/" INDEX_BUILD_PREFIX "upgrade";
const char NEW_STUB[] = "/" INDEX_STUB ".new"; // and then the old database's, until it is removed
const char OLD_DATABASE[] = "/" INDEX_STUB ".1";

struct Lock {
    int file = -1;
    ~Lock()
    {
        if (file >= 0)
            close(file);
    }
    Lock() = default;
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;
};

enum status take_lock(const std::string &path, Lock *lock, struct error *error)
{
    lock->file = open((path + "/" INDEX_LOCK).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock->file >= 0 && flock(lock->file, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    if (lock->file >= 0 && errno == EWOULDBLOCK)
        return error_set(error, STATUS_LOCKED, "index '%s' is being written by another program",
                         path.c_str());
    return error_set(error, STATUS_IO, "cannot write index '%s': %s", path.c_str(),
                     strerror(errno));
}

// What an upgrade left that did not come to its end.
void remove_unfinished(const std::string &path)
{
    const char unfinished[] = INDEX_STUB ".new";
    std::vector<fs::path> leftover;
    for (const auto &entry : fs::directory_iterator(path)) {
        std::string name = entry.path().filename().string();
        for (const char *prefix : { INDEX_BUILD_PREFIX, INDEX_HEAD_PREFIX, INDEX_SEGMENT_PREFIX,
                                    INDEX_LEDGER_PREFIX, unfinished })
            if (name.rfind(prefix, 0) == 0)
                leftover.push_back(entry.path());
    }
    for (const auto &entry : leftover)
        fs::remove_all(entry);
}

enum status put_reply(struct index_writer *writer, struct reanalysis *reanalysis,
                      const std::vector<struct text> &records, struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct index_entries entries;
    bool replaced;
    enum status status = index_entries_rebuild(records.data(), records.size(), reanalysis->analyzer,
                                               &arena, &entries, error);
    if (!status)
        status = index_writer_put(writer, &entries, &replaced, error);
    if (!status) {
        reanalysis->counts.replies++;
        reanalysis->counts.passages += entries.passages;
    }
    arena_release(&arena);
    if (!status && reanalysis->stop && *reanalysis->stop)
        status = error_set(error, STATUS_STOPPED, "interrupted");
    if (!status && reanalysis->done)
        reanalysis->done(reanalysis->context, reanalysis->counts.replies);
    return status;
}

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

using Convert = enum status (*)(struct text old, struct buffer *out, struct error *error);

enum status put_ledger(struct index_writer *writer, const std::string &old, Convert convert,
                       struct error *error)
{
    struct buffer bytes = {};
    enum status status = convert(text_of_string(old), &bytes, error);
    if (!status)
        status = index_writer_ledger_replace(writer, buffer_text(&bytes), error);
    buffer_release(&bytes);
    return status;
}

enum status fill(const Xapian::Database &old, struct index_writer *writer,
                 struct reanalysis *reanalysis, Convert convert, struct error *error)
{
    reanalysis->counts = {};
    format_1::Rest rest = format_1::read_rest(old);
    auto put = [=](const std::vector<struct text> &records) {
        return put_reply(writer, reanalysis, records, error);
    };
    enum status status = format_1::read_replies(old, put, error);
    if (!status)
        status = index_writer_keep_learned(writer, text_of_string(rest.learned), error);
    if (!status)
        status = index_writer_keep_pairs(writer, text_of_string(rest.pairs), error);
    if (!status)
        status = put_ledger(writer, rest.ledger, convert, error);
    return status ? status : index_writer_commit(writer, error);
}

enum status build(const Xapian::Database &old, const std::string &name,
                  struct reanalysis *reanalysis, Convert convert, struct error *error)
{
    const struct lexicon *lexicon = analyzer_lexicon(reanalysis->analyzer);
    struct index_writer *writer = nullptr;
    bool other;
    enum status status =
        index_writer_open_any(name.c_str(), lexicon_fingerprint(lexicon),
                              lexicon_own_words(lexicon), true, &other, &writer, error);
    if (status)
        return status;
    std::unique_ptr<struct index_writer, void (*)(struct index_writer *)> closing(
        writer, index_writer_free);
    return fill(old, writer, reanalysis, convert, error);
}

[[noreturn]] void fail(const std::string &what)
{
    throw Xapian::DatabaseError(what, std::string(), errno);
}

void move(const std::string &from, const std::string &to)
{
    if (rename(from.c_str(), to.c_str()) != 0)
        fail("cannot rename \"" + from + "\"");
}

// From here on the index is of this format. Where two names cannot be exchanged there is a moment
// in which the old one has another name, which format_1::database_of knows.
void put_in_place(const std::string &path)
{
    std::string stub = path + "/" INDEX_STUB, fresh = path + NEW_STUB;
    if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, stub.c_str(), RENAME_EXCHANGE) != 0) {
        if (access(stub.c_str(), F_OK) == 0)
            move(stub, path + OLD_DATABASE);
        move(fresh, stub);
    }
    folder::sync(path);
}

void move_up(const std::string &path)
{
    for (const auto &entry : fs::directory_iterator(path + NEW)) {
        std::string name = entry.path().filename().string();
        if (name != INDEX_LOCK)
            move(entry.path().string(), path + (name == INDEX_STUB ? NEW_STUB : "/" + name));
    }
    folder::sync(path);
}

enum status upgrade(const std::string &path, struct reanalysis *reanalysis, Convert convert,
                    struct error *error)
{
    Lock lock;
    enum status status = take_lock(path, &lock, error);
    std::string database = status ? std::string() : format_1::database_of(path);
    if (!status && database.empty())
        status = error_set(error, STATUS_NOT_FOUND, "no index of format 1 at '%s'", path.c_str());
    if (status)
        return status;
    remove_unfinished(path);
    if (Xapian::Database::check(database) != 0) // a damaged block can keep Xapian busy for ever
        return error_set(error, STATUS_CORRUPT,
                         "damaged index '%s': build it anew with "
                         "'dafu-index add' in another folder",
                         path.c_str());
    // For writing, because that locks out an older program that writes.
    Xapian::WritableDatabase old(database, Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
    if (old.get_metadata(INDEX_META_FORMAT) != "1")
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s'", path.c_str());
    status = build(old, path + NEW, reanalysis, convert, error);
    if (status)
        return status;
    move_up(path);
    put_in_place(path);
    old.close();
    folder::tidy(path);
    return STATUS_OK;
}

} // namespace

bool index_is_old(const char *path)
{
    return !format_1::database_of(path).empty();
}

enum status index_upgrade(const char *path, struct reanalysis *reanalysis,
                          enum status (*ledger)(struct text old, struct buffer *out,
                                                struct error *error),
                          struct error *error)
{
    bool ours = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status done = upgrade(path, reanalysis, ledger, error);
        ours = true;
        return done;
    });
    return status && !ours ? explain(status, path, false, error) : status;
}
