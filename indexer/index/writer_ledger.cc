// SPDX-License-Identifier: GPL-2.0-or-later
// The ledger: a file that grows beyond what the head says, and counts only up to there.
#include "indexer/index/collection_writer.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

extern "C" {
#include "indexer/base/file.h"
}

using namespace writing;

enum status index_writer_ledger_append(struct index_writer *writer, struct text bytes,
                                       struct error *error)
{
    if (collecting::is_collection(writer))
        return index_writer_ledger_append(writer->shards[0].get(), bytes, error);
    return changing(writer, error, [=] {
        writer->ledger.append(bytes.data ? bytes.data : "", bytes.length);
        writer->changed = writer->changed || bytes.length;
        return STATUS_OK;
    });
}

enum status index_writer_ledger_replace(struct index_writer *writer, struct text bytes,
                                        struct error *error)
{
    if (collecting::is_collection(writer))
        return index_writer_ledger_replace(writer->shards[0].get(), bytes, error);
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

} // namespace

namespace writing
{

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

} // namespace writing

enum status index_writer_ledger(struct index_writer *writer, struct buffer *out,
                                struct error *error)
{
    if (collecting::is_collection(writer))
        return index_writer_ledger(writer->shards[0].get(), out, error);
    enum status status = writer->ledger_replaced
                             ? STATUS_OK
                             : read_ledger(writer->path, writer->committed, out, error);
    buffer_append(out, text_of_string(writer->ledger));
    return status ? status : buffer_status(out, error);
}

static enum status ledger_of(const char *path, struct buffer *out, struct error *error)
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

enum status index_ledger(const char *path, struct buffer *out, struct error *error)
{
    return fenced(error, [=] {
        std::vector<std::string> folders, names;
        enum status status = collecting::folders_of(path, &folders, &names, error);
        return status ? status : ledger_of(folders[0].c_str(), out, error);
    });
}
