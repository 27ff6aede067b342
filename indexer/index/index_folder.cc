// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/index_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "indexer/base/fence.hpp"
#include "indexer/index/format_1.hpp"

extern "C" {
#include "indexer/analysis/index_sums.h"
#include "indexer/base/file.h"
}

namespace folder
{

namespace
{

const char FIRST_LINE[] = "# An index of dafu. Do not edit: sums of files, then the databases.";
const size_t STUB_BYTES_MAX = 1 << 20;

std::string numbered(const char *prefix, uint32_t number)
{
    char name[64];
    snprintf(name, sizeof(name), "%s%06" PRIu32, prefix, number);
    return name;
}

[[noreturn]] void fail(const std::string &what)
{
    throw Xapian::DatabaseError(what, std::string(), errno);
}

std::string text_string(struct text text)
{
    return std::string(text.data ? text.data : "", text.length);
}

struct Sum {
    uint64_t length, crc;
};

Sum sum_of(const std::string &path)
{
    Sum sum = { 0, 0 };
    struct error error;
    if (index_sums_of(path.c_str(), &sum.length, &sum.crc, &error))
        throw Xapian::DatabaseError(error.message);
    return sum;
}

std::vector<std::string> files_of(const std::string &path)
{
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(path))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

struct Stub {
    std::vector<std::string> databases; // the head first
    std::map<std::string, Sum> sums;    // by path in the index's folder
};

enum status read_file(const std::string &name, std::string *out, struct error *error)
{
    struct buffer content = {};
    std::unique_ptr<struct buffer, void (*)(struct buffer *)> release(&content, buffer_release);
    enum status status = file_read(name.c_str(), STUB_BYTES_MAX, &content, error);
    if (!status)
        *out = text_string(buffer_text(&content));
    return status;
}

enum status parse_stub(const std::string &path, struct text content, Stub *out, struct error *error)
{
    struct text line;
    while (text_split(&content, text_of("\n"), &line)) {
        char database[128];
        Sum sum;
        std::string one = text_string(line);
        if (sscanf(one.c_str(), "glass %127s", database) == 1)
            out->databases.push_back(database);
        else if (sscanf(one.c_str(), "# sum %127s %" SCNu64 " %" SCNx64, database, &sum.length,
                        &sum.crc) == 3)
            out->sums[database] = sum;
    }
    if (out->databases.empty() || out->databases[0].rfind(INDEX_HEAD_PREFIX, 0) != 0)
        return error_set(error, STATUS_CORRUPT, "not a dafu index, or damaged: '%s'", path.c_str());
    return STATUS_OK;
}

enum status read_stub(const std::string &path, Stub *out, struct error *error)
{
    std::string content;
    enum status status = read_file(path + "/" INDEX_STUB, &content, error);
    return status ? status : parse_stub(path, { content.data(), content.size() }, out, error);
}

bool is_ours(const std::string &name)
{
    const char before_format_2[] = INDEX_STUB ".";
    for (const char *prefix :
         { INDEX_BUILD_PREFIX, INDEX_HEAD_PREFIX, INDEX_SEGMENT_PREFIX, INDEX_RECORDS_PREFIX,
           INDEX_LEDGER_PREFIX, before_format_2, INDEX_LOCK, FILE_BESIDE })
        if (name.rfind(prefix, 0) == 0)
            return true;
    return false;
}

} // namespace

bool Segment::is_dead(uint32_t document) const
{
    auto after =
        std::upper_bound(dead.begin(), dead.end(), document,
                         [](uint32_t wanted, const Run &run) { return wanted < run.first; });
    return after != dead.begin() && document - after[-1].first < after[-1].count;
}

uint32_t Segment::dead_documents() const
{
    uint32_t sum = 0;
    for (const Run &run : dead)
        sum += run.count;
    return sum;
}

uint32_t Segment::dead_passages() const
{
    uint32_t sum = 0;
    for (const Run &run : dead)
        sum += run.passages;
    return sum;
}

std::string Segment::name() const
{
    return numbered(INDEX_SEGMENT_PREFIX, number);
}

std::string Segment::records_name() const
{
    return numbered(INDEX_RECORDS_PREFIX, number);
}

std::string ledger_name(uint32_t number)
{
    return numbered(INDEX_LEDGER_PREFIX, number);
}

// ---- looking --------------------------------------------------------------------------------

enum status look(const std::string &path, struct error *error)
{
    std::unique_ptr<DIR, int (*)(DIR *)> opened(opendir(path.c_str()), closedir);
    if (!opened && errno == ENOENT)
        return error_set(error, STATUS_NOT_FOUND, "no index at '%s'", path.c_str());
    if (!opened && errno == ENOTDIR)
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s' is no folder",
                         path.c_str());
    if (!opened)
        return error_set(error, STATUS_IO, "cannot open index '%s': %s", path.c_str(),
                         strerror(errno));

    bool other = false;
    while (struct dirent *entry = readdir(opened.get())) {
        std::string name = entry->d_name;
        if (name != "." && name != ".." && !is_ours(name))
            other = true;
    }
    if (!format_1::database_of(path).empty())
        return index_format_mismatch(path.c_str(), "1", error);
    struct stat file;
    std::string stub = path + "/" INDEX_STUB;
    if (lstat(stub.c_str(), &file) != 0)
        return other ? error_set(error, STATUS_CORRUPT, "not a dafu index: '%s' holds other files",
                                 path.c_str())
                     : error_set(error, STATUS_NOT_FOUND, "no index at '%s'", path.c_str());
    if (!S_ISREG(file.st_mode))
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s' has no database in it",
                         path.c_str());
    return STATUS_OK;
}

std::vector<std::string> compare_files(const std::string &path, uint64_t most)
{
    std::vector<std::string> damages;
    struct error error;
    Stub stub;
    size_t count = 0;
    if (read_stub(path, &stub, &error))
        return { error.message };
    auto add = [](void *context, const char *line) {
        static_cast<std::vector<std::string> *>(context)->push_back(line);
    };
    if (index_sums_compare(path.c_str(), most, add, &damages, &count, &error))
        damages.push_back(error.message);
    std::set<std::string> summed;
    for (const auto &[name, sum] : stub.sums)
        summed.insert(name.substr(0, name.find('/')));
    for (const std::string &database : stub.databases)
        if (!summed.count(database))
            damages.push_back("no sums of " + database);
    return damages;
}

// ---- the head -------------------------------------------------------------------------------

namespace
{

enum status decode_head(const Xapian::Database &database, Head *head, struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    std::unique_ptr<struct arena, void (*)(struct arena *)> release(&arena, arena_release);
    std::string bytes = database.get_metadata(INDEX_META_HEAD);
    struct index_head decoded;
    enum status status = index_head_decode({ bytes.data(), bytes.size() }, &arena, &decoded, error);
    if (status)
        return status;
    for (size_t i = 0; i < decoded.segment_count; i++) {
        const struct index_segment &from = decoded.segments[i];
        Segment segment;
        segment.number = from.number;
        segment.documents = from.documents;
        segment.passages = from.passages;
        segment.replies = from.replies;
        for (size_t j = 0; j < from.dead_count; j++)
            segment.dead.push_back({ from.dead[j].first, from.dead[j].count, from.dead[j].passages,
                                     from.dead[j].version });
        head->segments.push_back(std::move(segment));
    }
    head->next = decoded.next;
    head->version = decoded.version;
    head->ledger = decoded.ledger;
    head->ledger_length = decoded.ledger_length;
    head->trained = decoded.trained;
    for (uint32_t i = 1; i <= decoded.dictionaries; i++)
        head->dictionaries.push_back(
            database.get_metadata(INDEX_META_DICTIONARY + std::to_string(i)));
    head->characters.assign(CHARACTER_COUNTS_SIZE, 0);
    std::string counts = database.get_metadata(INDEX_META_CHARACTERS);
    return character_counts_decode({ counts.data(), counts.size() }, head->characters.data(),
                                   error);
}

std::string encode_segments(const Head &head, struct error *error)
{
    struct buffer bytes = {};
    std::unique_ptr<struct buffer, void (*)(struct buffer *)> release(&bytes, buffer_release);
    std::vector<std::vector<struct index_run>> runs(head.segments.size());
    std::vector<struct index_segment> segments(head.segments.size() + 1);
    for (size_t i = 0; i < head.segments.size(); i++) {
        const Segment &from = head.segments[i];
        for (const Run &run : from.dead)
            runs[i].push_back({ run.first, run.count, run.passages, run.version });
        segments[i] = { from.number,  from.documents, from.passages,
                        from.replies, runs[i].data(), runs[i].size() };
    }
    const struct index_head plain = {
        segments.data(),
        head.segments.size(),
        head.next,
        head.version,
        head.ledger,
        head.ledger_length,
        static_cast<uint32_t>(head.dictionaries.size()),
        head.trained,
    };
    if (index_head_encode(&plain, &bytes, error))
        throw std::bad_alloc();
    return std::string(bytes.data, bytes.length);
}

std::string encode_characters(const Head &head, struct error *error)
{
    struct buffer bytes = {};
    std::unique_ptr<struct buffer, void (*)(struct buffer *)> release(&bytes, buffer_release);
    if (head.characters.empty())
        return std::string();
    if (character_counts_encode(head.characters.data(), &bytes, error))
        throw std::bad_alloc();
    return text_string(buffer_text(&bytes));
}

void write_head(const std::string &path, const Head &head, struct error *error)
{
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE |
                                                Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST);
    database.set_metadata(INDEX_META_FORMAT, std::to_string(INDEX_FORMAT));
    database.set_metadata(INDEX_META_FINGERPRINT, head.fingerprint);
    database.set_metadata(INDEX_META_WORDS, head.words);
    database.set_metadata(INDEX_META_LEARNED, head.learned);
    database.set_metadata(INDEX_META_PAIRS, head.pairs);
    database.set_metadata(INDEX_META_SHARD, head.shard);
    database.set_metadata(INDEX_META_TOGETHER, head.together);
    database.set_metadata(INDEX_META_SERVED, head.served ? "1" : "");
    database.set_metadata(INDEX_META_HEAD, encode_segments(head, error));
    database.set_metadata(INDEX_META_CHARACTERS, encode_characters(head, error));
    for (size_t i = 0; i < head.dictionaries.size(); i++)
        database.set_metadata(INDEX_META_DICTIONARY + std::to_string(i + 1), head.dictionaries[i]);
    database.commit();
    database.close();
    sync_folder(path);
}

void append_sums(const std::string &path, const std::string &name, const Stub &before,
                 std::string *stub)
{
    for (const std::string &file : files_of(path + "/" + name)) {
        std::string full = name + "/" + file;
        auto known = before.sums.find(full);
        Sum sum = known != before.sums.end() ? known->second : sum_of(path + "/" + full);
        char line[256];
        snprintf(line, sizeof(line), "# sum %s %" PRIu64 " %" PRIx64 "\n", full.c_str(), sum.length,
                 sum.crc);
        *stub += line;
    }
}

} // namespace

// In the stub's order.
static std::vector<std::string> databases_of(const std::string &name, const Head &head)
{
    std::vector<std::string> all = { name };
    for (const Segment &segment : head.segments)
        all.push_back(segment.name());
    for (const Segment &segment : head.segments)
        if (head.served)
            all.push_back(segment.records_name());
    return all;
}

enum status stub_of(const std::string &path, const std::string &together, std::string *out,
                    struct error *error)
{
    enum status status = STATUS_NOT_FOUND;
    if (!together.empty())
        status = read_file(path + "/" INDEX_WAITING_PREFIX + together, out, error);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = look(path, error);
    return status ? status : read_file(path + "/" INDEX_STUB, out, error);
}

enum status load(const std::string &path, Head *out, struct error *error)
{
    std::string stub;
    enum status status = read_file(path + "/" INDEX_STUB, &stub, error);
    return status ? status : load(path, stub, out, error);
}

enum status load(const std::string &path, const std::string &named, Head *out, struct error *error)
{
    Stub stub;
    enum status status = parse_stub(path, { named.data(), named.size() }, &stub, error);
    if (status)
        return status;
    Head head;
    for (const auto &[name, sum] : stub.sums) { // a damaged block can keep Xapian busy for ever
        if (name.rfind(stub.databases[0] + "/", 0) != 0)
            continue;
        Sum now = sum_of(path + "/" + name);
        if (now.length != sum.length || now.crc != sum.crc)
            return error_set(error, STATUS_CORRUPT,
                             "damaged index '%s': %s is not what was written", path.c_str(),
                             name.c_str());
    }
    Xapian::Database database(path + "/" + stub.databases[0], Xapian::DB_BACKEND_GLASS);
    std::string format = database.get_metadata(INDEX_META_FORMAT);
    if (format.empty())
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s'", path.c_str());
    if (!index_format_is_read({ format.data(), format.size() }))
        return index_format_mismatch(path.c_str(), format.c_str(), error);
    head.fingerprint = database.get_metadata(INDEX_META_FINGERPRINT);
    head.words = database.get_metadata(INDEX_META_WORDS);
    head.learned = database.get_metadata(INDEX_META_LEARNED);
    head.pairs = database.get_metadata(INDEX_META_PAIRS);
    head.shard = database.get_metadata(INDEX_META_SHARD);
    head.together = database.get_metadata(INDEX_META_TOGETHER);
    head.served = !database.get_metadata(INDEX_META_SERVED).empty();
    status = decode_head(database, &head, error);
    if (status)
        return error_prefix(error, status, "index '%s'", path.c_str());
    if (databases_of(stub.databases[0], head) != stub.databases)
        return error_set(error, STATUS_CORRUPT, "damaged index '%s': its head has other segments",
                         path.c_str());
    *out = std::move(head);
    return STATUS_OK;
}

std::string write(const std::string &path, Head *head, struct error *error)
{
    Stub before;
    struct error ignored;
    if (access((path + "/" INDEX_STUB).c_str(), F_OK) == 0)
        read_stub(path, &before, &ignored); // only to save the reading of files once more
    std::string name = numbered(INDEX_HEAD_PREFIX, head->next);
    head->next++;
    write_head(path + "/" + name, *head, error);
    std::string stub = std::string(FIRST_LINE) + "\n";
    std::vector<std::string> databases = databases_of(name, *head);
    for (const std::string &database : databases)
        append_sums(path, database, before, &stub);
    for (const std::string &database : databases)
        stub += "glass " + database + "\n";
    sync(path);
    return stub;
}

enum status replace(const std::string &path, const std::string &name, const std::string &stub,
                    struct error *error)
{
    return file_replace((path + "/" + name).c_str(), { stub.data(), stub.size() }, error);
}

// ---- a shard that waits for another ---------------------------------------------------------

static std::vector<std::string> waiting(const std::string &path)
{
    std::vector<std::string> names;
    for (const std::string &name : files_of(path))
        if (name.rfind(INDEX_WAITING_PREFIX, 0) == 0)
            names.push_back(name);
    return names;
}

bool is_waiting(const std::string &path)
{
    return !waiting(path).empty();
}

void settle(const std::string &path, const std::string &together)
{
    for (const std::string &name : waiting(path)) {
        std::string from = path + "/" + name;
        bool comes = !together.empty() && name == INDEX_WAITING_PREFIX + together;
        if (comes ? rename(from.c_str(), (path + "/" INDEX_STUB).c_str()) : unlink(from.c_str()))
            fail("cannot change \"" + from + "\"");
        sync(path);
    }
}

void tidy(const std::string &path)
{
    struct error ignored;
    Stub stub;
    Head head;
    if (read_stub(path, &stub, &ignored) || load(path, &head, &ignored))
        return;
    std::set<std::string> named(stub.databases.begin(), stub.databases.end());
    named.insert({ INDEX_STUB, INDEX_LOCK, ledger_name(head.ledger) });
    std::error_code failed;
    std::vector<std::filesystem::path> leftover;
    for (const auto &entry : std::filesystem::directory_iterator(path, failed)) {
        std::string name = entry.path().filename().string();
        if (is_ours(name) && !named.count(name))
            leftover.push_back(entry.path());
    }
    for (const auto &entry : leftover)
        std::filesystem::remove_all(entry, failed);
}

// ---- durability -----------------------------------------------------------------------------

void sync(const std::string &path)
{
    int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        fail("cannot open \"" + path + "\"");
    int result = fsync(file);
    int reason = errno;
    close(file);
    errno = reason;
    if (result != 0)
        fail("cannot make \"" + path + "\" durable");
}

void sync_folder(const std::string &path)
{
    for (const std::string &name : files_of(path))
        sync(path + "/" + name);
    sync(path);
}

} // namespace folder
