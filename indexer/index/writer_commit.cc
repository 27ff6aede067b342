// SPDX-License-Identifier: GPL-2.0-or-later
// From what was gathered and marked to a new state: segments are added, merged by size (the logarithmic
// method), written again when too much of them is dead, and named by a new head.
#include "indexer/index/collection_writer.hpp"

#include <algorithm>
#include <filesystem>

#include "indexer/index/segment_rewriter.hpp"
#include "indexer/index/served_records.hpp"

using namespace writing;

namespace
{

const size_t MERGE_AT = 4; // segments of a size
const uint32_t SMALLEST_SIZE = 256;

// A segment is written anew without its dead when they are more than a quarter of it.
const uint32_t DEAD_SHARE = 4;

// The size of a segment as a power of four.
unsigned size_of(const Segment &segment)
{
    unsigned size = 0;
    for (uint32_t documents = segment.documents; documents > SMALLEST_SIZE; documents /= 4)
        size++;
    return size;
}

// Segments `first` and all behind it become one.
void merge_from(const std::string &path, size_t first, Head *head)
{
    Segment merged;
    merged.number = head->next++;
    Xapian::Database all;
    for (size_t i = first; i < head->segments.size(); i++) {
        const Segment &segment = head->segments[i];
        all.add_database(Xapian::Database(path + "/" + segment.name(), Xapian::DB_BACKEND_GLASS));
        for (const Run &run : segment.dead)
            merged.dead.push_back(
                { merged.documents + run.first, run.count, run.passages, run.version });
        merged.documents += segment.documents;
        merged.passages += segment.passages;
        merged.replies += segment.replies;
    }
    all.compact(path + "/" + merged.name(), Xapian::Compactor::FULLER,
                builder::BLOCK_BYTES);
    folder::sync_folder(path + "/" + merged.name());
    head->segments.resize(first);
    head->segments.push_back(std::move(merged));
}

void merge_small(const std::string &path, Head *head)
{
    for (;;) {
        size_t count = head->segments.size(), first = count;
        if (count < MERGE_AT)
            return;
        unsigned size = size_of(head->segments[count - 1]);
        while (first > 0 && size_of(head->segments[first - 1]) <= size)
            first--;
        if (count - first < MERGE_AT)
            return;
        merge_from(path, first, head);
    }
}

// All of a segment that was analysed again is dead at once, and its characters are not counted any more.
bool was_reanalysed(const Segment &segment)
{
    return segment.dead.size() == 1 && segment.dead[0].version == 0;
}

void drop_the_dead(struct index_writer *writer, Head *head)
{
    for (size_t i = head->segments.size(); i-- > 0;) {
        const Segment &segment = head->segments[i];
        if (segment.dead_documents() != segment.documents)
            continue;
        if (!was_reanalysed(segment)) // nothing of it lives: only its characters are taken out
            rewriter::copy_living(writer->path + "/" + segment.name(), segment, writer->codec,
                                  nullptr, &head->characters);
        head->segments.erase(head->segments.begin() + static_cast<ptrdiff_t>(i));
    }
}

// The living of segments `first` to `last` (not included) in one new segment, if there are any.
void rewrite(struct index_writer *writer, size_t first, size_t last, Head *head)
{
    std::string name = writer->path + "/" INDEX_BUILD_PREFIX "again";
    std::error_code ignored;
    std::filesystem::remove_all(name, ignored);
    builder::SegmentBuilder to(name, writer->codec, thread_count(writer));
    to.training = { &head->dictionaries, &head->trained };
    Segment living;
    for (size_t i = first; i < last; i++) {
        const Segment &segment = head->segments[i];
        rewriter::copy_living(writer->path + "/" + segment.name(), segment, writer->codec, &to,
                              &head->characters);
        living.documents += segment.documents - segment.dead_documents();
        living.passages += segment.passages - segment.dead_passages();
        living.replies += segment.replies - static_cast<uint32_t>(segment.dead.size());
    }
    auto at = head->segments.erase(head->segments.begin() + static_cast<ptrdiff_t>(first),
                                   head->segments.begin() + static_cast<ptrdiff_t>(last));
    if (!living.documents)
        return;
    living.number = head->next++;
    to.finish(writer->path + "/" + living.name());
    head->segments.insert(at, std::move(living));
}

void rewrite_dying(struct index_writer *writer, Head *head)
{
    for (size_t i = 0; i < head->segments.size(); i++) {
        const Segment &segment = head->segments[i];
        if (segment.dead_documents() > segment.documents / DEAD_SHARE)
            rewrite(writer, i, i + 1, head);
    }
}

void add_pending(struct index_writer *writer, Head *head)
{
    Segment segment = writer->pending;
    if (segment.documents == segment.dead_documents())
        return;
    segment.number = head->next++;
    writer->gathering->training = { &head->dictionaries, &head->trained };
    writer->gathering->finish(writer->path + "/" + segment.name());
    for (size_t i = 0; i < CHARACTER_COUNTS_SIZE; i++)
        head->characters[i] += writer->characters[i];
    head->segments.push_back(std::move(segment));
}

template <typename Arrange>
enum status build(struct index_writer *writer, struct error *error, Arrange arrange)
{
    return changing(writer, error, [=] {
        Head head = writer->working;
        if (head.characters.empty())
            head.characters.assign(CHARACTER_COUNTS_SIZE, 0);
        add_pending(writer, &head);
        drop_the_dead(writer, &head);
        arrange(&head);
        write_ledger(writer, &head);
        enum status status =
            head.served ? served::write_records(writer->path, head, writer->codec, error) : STATUS_OK;
        if (!status)
            writer->built = std::make_unique<Head>(std::move(head));
        return status;
    });
}

enum status build_commit(struct index_writer *writer, struct error *error)
{
    if (!writer->changed)
        return STATUS_OK;
    return build(writer, error, [=](Head *head) {
        rewrite_dying(writer, head);
        merge_small(writer->path, head);
    });
}

enum status build_compact(struct index_writer *writer, struct error *error)
{
    return build(writer, error, [=](Head *head) {
        bool dead = false;
        for (const Segment &segment : head->segments)
            dead = dead || !segment.dead.empty();
        if (dead)
            rewrite(writer, 0, head->segments.size(), head);
        else if (head->segments.size() > 1)
            merge_from(writer->path, 0, head);
    });
}

enum status commit(struct index_writer *writer, Build *build, struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::commit(writer, build, error);
    enum status status = build(writer, error);
    if (status || !writer->built)
        return status;
    return changing(writer, error, [=] {
        std::string stub = folder::write(writer->path, writer->built.get(), error);
        enum status replaced = folder::replace(writer->path, INDEX_STUB, stub, error);
        if (!replaced)
            enter(writer);
        return replaced;
    });
}

} // namespace

namespace writing
{

void enter(struct index_writer *writer)
{
    std::unique_ptr<Head> head = std::move(writer->built);
    forget_pending(writer);
    writer->committed = *head;
    writer->working = std::move(*head);
    open_segments(writer);
    folder::tidy(writer->path);
}

} // namespace writing

enum status index_writer_commit(struct index_writer *writer, struct error *error)
{
    return commit(writer, build_commit, error);
}

enum status index_writer_compact(struct index_writer *writer, struct error *error)
{
    return commit(writer, build_compact, error);
}

enum status index_writer_serve(struct index_writer *writer, bool served, struct error *error)
{
    if (collecting::is_collection(writer)) {
        enum status status = STATUS_OK;
        for (const auto &shard : writer->shards)
            if (!status)
                status = index_writer_serve(shard.get(), served, error);
        return status;
    }
    return changing(writer, error, [=] {
        writer->changed = writer->changed || writer->working.served != served;
        writer->working.served = served;
        return STATUS_OK;
    });
}
