// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/collection_writer.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace writing;

namespace collecting
{

enum status check_local(const struct collection &collection, struct error *error)
{
    for (size_t i = 0; i < collection.count; i++)
        if (!collection.shards[i].folder)
            return error_set(error, STATUS_UNSUPPORTED,
                             "shard '%s' is a server's: do this where its folder lies",
                             collection.shards[i].name);
    return STATUS_OK;
}

enum status folders_of(const std::string &path, std::vector<std::string> *folders,
                       std::vector<std::string> *names, struct error *error)
{
    Arena arena;
    struct collection collection;
    enum status status = collection_find(path.c_str(), &arena, &collection, error);
    if (!status)
        status = check_local(collection, error);
    for (size_t i = 0; !status && i < collection.count; i++) {
        folders->push_back(collection.shards[i].folder);
        names->push_back(collection.shards[i].name);
    }
    if (!status && !collection.count) {
        folders->push_back(path);
        names->push_back(std::string());
    }
    return status;
}

Writer *shard_of(Writer *writer, struct text id)
{
    return writer->shards[collection_shard_of(id, writer->shards.size())].get();
}

// What the first shard's stub on disk says, the others are to agree with.
static void settle(Writer *writer)
{
    struct error error;
    Head first;
    if (folder::load(writer->shards[0]->path, &first, &error) == STATUS_OK)
        for (size_t i = 1; i < writer->shards.size(); i++)
            folder::settle(writer->shards[i]->path, first.together);
}

// After a failure the shard that failed has taken back what was not committed.
static enum status changed(Writer *writer, enum status status)
{
    if (status == STATUS_OK || status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return status;
    fenced(nullptr, [=] {
        settle(writer);
        return STATUS_OK;
    });
    for (const auto &shard : writer->shards)
        take_back(shard.get());
    return status;
}

enum status put(Writer *writer, const struct index_entries *entries, bool *replaced,
                struct error *error)
{
    Writer *shard = shard_of(writer, entries->reply_id);
    return changed(writer, index_writer_put(shard, entries, replaced, error));
}

enum status remove(Writer *writer, struct text id, struct error *error)
{
    return changed(writer, index_writer_remove(shard_of(writer, id), id, error));
}

enum status remove_source(Writer *writer, struct text source, unsigned long *removed,
                          struct error *error)
{
    enum status status = STATUS_OK;
    *removed = 0;
    for (const auto &shard : writer->shards) {
        unsigned long some = 0;
        status = index_writer_remove_source(shard.get(), source, &some, error);
        *removed += some;
        if (status)
            break;
    }
    return changed(writer, status);
}

enum status begin_source(Writer *writer, struct text source, struct error *error)
{
    enum status status = STATUS_OK;
    for (const auto &shard : writer->shards)
        if (!status)
            status = index_writer_begin_source(shard.get(), source, error);
    return changed(writer, status);
}

enum status end_source(Writer *writer, bool complete, unsigned long *removed, struct error *error)
{
    enum status status = STATUS_OK;
    *removed = 0;
    for (const auto &shard : writer->shards) {
        unsigned long some = 0;
        status = index_writer_end_source(shard.get(), complete, &some, error);
        *removed += some;
        if (status)
            break;
    }
    return changed(writer, status);
}

enum status counts(Writer *writer, struct index_counts *out, struct error *error)
{
    struct index_counts sum = {};
    for (const auto &shard : writer->shards) {
        struct index_counts one;
        enum status status = index_writer_counts(shard.get(), &one, error);
        if (status)
            return status;
        sum.replies += one.replies;
        sum.passages += one.passages;
    }
    *out = sum;
    return STATUS_OK;
}

// Each shard builds on its own threads; together there are no more than the cores have use for.
void set_threads(Writer *writer, unsigned threads)
{
    writer->threads = threads;
    size_t all = thread_count(writer), count = writer->shards.size();
    for (const auto &shard : writer->shards)
        shard->threads = static_cast<unsigned>(std::max<size_t>(1, all / count));
}

namespace
{

struct Outcome {
    enum status status = STATUS_OK;
    struct error error = {};
    std::string stub; // of a shard that changes, but for the first
};

void build_one(Writer *shard, Build *build, bool first, Outcome *out)
{
    out->status = build(shard, &out->error);
    if (out->status || first || !shard->built)
        return;
    out->status = using_index(&out->error, [=] {
        out->stub = folder::write(shard->path, shard->built.get(), &out->error);
        return STATUS_OK;
    });
    if (out->status)
        explain(out->status, shard->path, false, &out->error);
}

void work_off(Writer *writer, Build *build, std::atomic<size_t> *next,
              std::vector<Outcome> *outcomes)
{
    for (size_t i; (i = (*next)++) < writer->shards.size();)
        build_one(writer->shards[i].get(), build, i == 0, &(*outcomes)[i]);
}

enum status build_all(Writer *writer, Build *build, std::vector<Outcome> *outcomes,
                      struct error *error)
{
    std::vector<std::thread> threads;
    std::atomic<size_t> next(0);
    enum status status = fenced(error, [&] {
        size_t wanted = std::min<size_t>(thread_count(writer), writer->shards.size());
        try {
            for (size_t i = 1; i < wanted; i++)
                threads.emplace_back(work_off, writer, build, &next, outcomes);
        } catch (const std::system_error &) { // then with fewer
        }
        work_off(writer, build, &next, outcomes);
        return STATUS_OK;
    });
    for (std::thread &thread : threads)
        thread.join();
    for (const Outcome &outcome : *outcomes)
        if (!status && outcome.status) {
            status = outcome.status;
            *error = outcome.error;
        }
    return status;
}

// The same state of all shards has the same name, so that indexes do not depend on chance.
std::string name_of(const Writer *writer, const std::vector<Outcome> &outcomes)
{
    std::string all = std::to_string(writer->shards[0]->committed.next);
    char name[32];
    for (const Outcome &outcome : outcomes)
        all += outcome.stub;
    snprintf(name, sizeof(name), "%016llx",
             static_cast<unsigned long long>(text_hash(text_of_string(all))));
    return name;
}

// The first shard's stub decides: before, all are as they were; behind, the others only need to be
// renamed, which whoever writes the collection next does, too.
enum status store_all(Writer *writer, const std::vector<Outcome> &outcomes, struct error *error)
{
    Writer *first = writer->shards[0].get();
    std::string name = name_of(writer, outcomes);
    enum status status = STATUS_OK;
    for (size_t i = 1; i < outcomes.size() && !status; i++)
        if (!outcomes[i].stub.empty())
            status = folder::replace(writer->shards[i]->path, INDEX_WAITING_PREFIX + name,
                                     outcomes[i].stub, error);
    if (!status) {
        first->built->together = name;
        std::string stub = folder::write(first->path, first->built.get(), error);
        status = folder::replace(first->path, INDEX_STUB, stub, error);
    }
    for (size_t i = 1; i < outcomes.size() && !status; i++)
        folder::settle(writer->shards[i]->path, name);
    return status;
}

// Something that could not be renamed behind a commit: nothing can be built on what is open.
enum status check_settled(const Writer *writer, struct error *error)
{
    for (const auto &shard : writer->shards)
        if (folder::is_waiting(shard->path))
            return error_set(error, STATUS_IO,
                             "index '%s' is behind the other shards of its collection",
                             shard->path.c_str());
    return STATUS_OK;
}

} // namespace

enum status commit(Writer *writer, Build *build, struct error *error)
{
    std::vector<Outcome> outcomes(writer->shards.size());
    for (const auto &shard : writer->shards)
        writer->shards[0]->changed = writer->shards[0]->changed || shard->changed;
    enum status status = using_index(error, [&] {
        return check_settled(writer, error);
    });
    if (!status)
        status = build_all(writer, build, &outcomes, error);
    if (status || !writer->shards[0]->built)
        return changed(writer, status);
    status = using_index(error, [&] {
        enum status stored = store_all(writer, outcomes, error);
        for (const auto &shard : writer->shards)
            if (!stored && shard->built)
                enter(shard.get());
        return stored;
    });
    return changed(writer, status);
}

namespace
{

struct Progress { // of all shards, for the caller
    struct reanalysis *all;
    unsigned long before;
};

void pass_on(void *context, unsigned long replies)
{
    auto progress = static_cast<Progress *>(context);
    if (progress->all->done)
        progress->all->done(progress->all->context, progress->before + replies);
}

} // namespace

enum status reanalyse(Writer *writer, struct reanalysis *reanalysis, struct error *error)
{
    enum status status = STATUS_OK;
    reanalysis->counts = {};
    for (const auto &shard : writer->shards) {
        Progress progress = { reanalysis, reanalysis->counts.replies };
        struct reanalysis one = *reanalysis;
        one.done = pass_on;
        one.context = &progress;
        status = index_writer_reanalyse(shard.get(), &one, error);
        if (status)
            break;
        reanalysis->counts.replies += one.counts.replies;
        reanalysis->counts.passages += one.counts.passages;
    }
    return changed(writer, status);
}

enum status keep(Writer *writer, enum status (*one)(Writer *writer, struct text, struct error *),
                 struct text list, struct error *error)
{
    enum status status = STATUS_OK;
    for (const auto &shard : writer->shards)
        if (!status)
            status = one(shard.get(), list, error);
    return changed(writer, status);
}

} // namespace collecting
