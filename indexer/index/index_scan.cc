// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/base/fence.hpp"
#include "indexer/index/collection_writer.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/analysis/record.h"
#include "indexer/analysis/record_codec.h"
#include "indexer/index/index_scan.h"
}

namespace
{

struct Part { // one index: alone, or a shard
    std::string name;
    folder::Head head;
    std::vector<Xapian::Database> segments;
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;

    ~Part()
    {
        record_codec_free(codec);
        record_decoder_free(decoder);
    }
};

struct Entry { // a segment of any part
    Part *part;
    size_t segment;
    std::string name;

    const folder::Segment &described() const
    {
        return part->head.segments[segment];
    }
    const Xapian::Database &database() const
    {
        return part->segments[segment];
    }
};

} // namespace

struct index_scan {
    std::vector<std::unique_ptr<Part>> parts;
    std::vector<Entry> segments;
};

namespace
{

// A sum that agrees vouches for a file; a table of an index that is too large to be read twice has
// Xapian's own check.
size_t check_database(const std::string &path, void (*report)(void *context, const char *line),
                      void *context)
{
    std::ostringstream out;
    size_t problems;
    if (access((path + "/postlist.glass").c_str(), W_OK) != 0)
        return 0; // Xapian opens tables for writing even to check them: the sums have to do
    try {
        problems = Xapian::Database::check(path, 0, &out);
    } catch (const Xapian::Error &thrown) { // too damaged to be checked
        report(context, thrown.get_msg().c_str());
        return 1;
    }
    std::istringstream lines(problems ? out.str() : "");
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            report(context, line.c_str());
    return problems;
}

enum status open_part(const std::string &path, const char *fingerprint, Part *part,
                      struct error *error)
{
    enum status status = folder::look(path, error);
    if (!status)
        status = folder::load(path, &part->head, error);
    if (!status && part->head.fingerprint != fingerprint)
        status = error_set(error, STATUS_MISMATCH,
                           "index '%s' was built with another lexicon (%s, now %s): build it anew "
                           "with 'dafu-index reindex'",
                           path.c_str(), part->head.fingerprint.c_str(), fingerprint);
    if (!status)
        status = record_codec_new(RECORD_CODEC_READS, &part->codec, error);
    for (size_t i = 0; !status && i < part->head.dictionaries.size(); i++)
        status = record_codec_add(
            part->codec, static_cast<unsigned>(i + 1),
            { part->head.dictionaries[i].data(), part->head.dictionaries[i].size() }, error);
    part->decoder = record_decoder_new();
    if (!status && !part->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; !status && i < part->head.segments.size(); i++)
        part->segments.emplace_back(path + "/" + part->head.segments[i].name(),
                                    Xapian::DB_BACKEND_GLASS);
    return status;
}

enum status open_scan(const char *path, const char *fingerprint, struct index_scan *scan,
                      struct error *error)
{
    std::vector<std::string> folders, names;
    enum status status = collecting::folders_of(path, &folders, &names, error);
    for (size_t i = 0; !status && i < folders.size(); i++) {
        scan->parts.push_back(std::make_unique<Part>());
        Part *part = scan->parts.back().get();
        status = open_part(folders[i], fingerprint, part, error);
        for (size_t j = 0; !status && j < part->segments.size(); j++)
            scan->segments.push_back(
                { part, j,
                  (names[i].empty() ? "" : names[i] + "/") + part->head.segments[j].name() });
    }
    return status;
}

// As index_scan_tables, of one index.
enum status check_part(const std::string &path, void (*report)(void *context, const char *line),
                       void *context, size_t *problems, bool *ours, struct error *error)
{
    enum status status = folder::look(path, error);
    if (status)
        return status;
    size_t before = *problems;
    for (const std::string &damage : folder::compare_files(path, UINT64_MAX)) {
        report(context, damage.c_str());
        ++*problems;
    }
    if (*problems != before)
        return STATUS_OK; // damaged files are not worth reading on
    *ours = false;
    folder::Head head;
    status = folder::load(path, &head, error);
    *ours = true;
    for (size_t i = 0; !status && i < head.segments.size(); i++)
        *problems += check_database(path + "/" + head.segments[i].name(), report, context);
    return status;
}

struct Named { // lines of one shard
    void (*report)(void *context, const char *line);
    void *context;
    std::string name;
};

void report_named(void *context, const char *line)
{
    auto named = static_cast<Named *>(context);
    named->report(named->context,
                  named->name.empty() ? line : ("shard " + named->name + ": " + line).c_str());
}

} // namespace

enum status index_scan_tables(const char *path, void (*report)(void *context, const char *line),
                              void *context, size_t *problems, struct error *error)
{
    bool ours = true;
    std::vector<std::string> folders, names;
    *problems = 0;
    enum status status = using_index(error, [&] {
        enum status got = collecting::folders_of(path, &folders, &names, error);
        for (size_t i = 0; !got && i < folders.size(); i++) {
            Named named = { report, context, names[i] };
            got = check_part(folders[i], report_named, &named, problems, &ours, error);
        }
        return got;
    });
    return status && !ours ? explain(status, path, true, error) : status;
}

enum status index_scan_open(const char *path, const char *fingerprint, struct index_scan **out,
                            struct error *error)
{
    std::unique_ptr<index_scan> scan;
    bool ours = false;
    enum status status = using_index(error, [&] {
        scan = std::make_unique<index_scan>();
        enum status got = open_scan(path, fingerprint, scan.get(), error);
        ours = true;
        return got;
    });
    if (status)
        return ours ? status : explain(status, path, true, error);
    *out = scan.release();
    return STATUS_OK;
}

void index_scan_free(struct index_scan *scan)
{
    fenced(nullptr, [=] {
        delete scan;
        return STATUS_OK;
    });
}

void index_scan_freep(struct index_scan **scan)
{
    index_scan_free(*scan);
}

size_t index_scan_segment_count(const struct index_scan *scan)
{
    return scan->segments.size();
}

enum status index_scan_describe(struct index_scan *scan, size_t number,
                                struct index_scan_segment *out, struct error *error)
{
    return using_index(error, [=] {
        const Entry &entry = scan->segments[number];
        const folder::Segment &segment = entry.described();
        *out = { entry.name.c_str(),
                 segment.documents,
                 segment.passages,
                 segment.replies,
                 segment.dead_documents(),
                 segment.dead_passages(),
                 static_cast<uint32_t>(segment.dead.size()),
                 entry.database().get_doccount() };
        return STATUS_OK;
    });
}

namespace
{

void read_document(const Entry &entry, uint32_t number, struct arena *arena, struct error *damage,
                   struct index_scan_document *out)
{
    *out = {};
    out->number = number;
    out->dead = entry.described().is_dead(number);
    enum status status;
    try {
        std::string data = stored_record(entry.database().get_document(number));
        struct text record;
        status = record_decode(entry.part->decoder, entry.part->codec, { data.data(), data.size() },
                               arena, &record, damage);
        if (!status)
            out->record = record;
        if (!status)
            status = document_record_split(record, &out->reply, &out->passage, damage);
    } catch (const Xapian::DocNotFoundError &) {
        status = error_set(damage, STATUS_CORRUPT, "there is no such entry");
    }
    if (status)
        out->damage = damage->message;
}

} // namespace

enum status index_scan_documents(struct index_scan *scan, size_t segment, index_scan_sink *sink,
                                 void *context, struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    enum status status = using_index(error, [&] {
        const Entry &entry = scan->segments[segment];
        for (uint32_t i = 1; i <= entry.described().documents; i++) {
            struct index_scan_document document;
            struct error damage;
            arena_clear(&arena);
            read_document(entry, i, &arena, &damage, &document);
            enum status got = sink(context, &document, error);
            if (got)
                return got;
        }
        return STATUS_OK;
    });
    arena_release(&arena);
    return status;
}

enum status index_scan_identity(struct index_scan *scan, size_t segment, uint32_t first,
                                struct text id, uint32_t *count, struct error *error)
{
    return using_index(error, [=] {
        char bytes[INDEX_IDENTITY_MAX];
        std::string prefix(bytes, index_identity_prefix(id, bytes));
        const Xapian::Database &database = scan->segments[segment].database();
        *count = 0;
        for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix);
             ++term) {
            auto at = database.postlist_begin(*term);
            if (*at != first)
                continue;
            uint32_t next = first;
            for (; at != database.postlist_end(*term) && *at == next; ++at)
                next++;
            if (at == database.postlist_end(*term))
                *count = next - first;
            return STATUS_OK;
        }
        return STATUS_OK;
    });
}

void index_scan_lists(const struct index_scan *scan, struct text *learned, struct text *pairs)
{
    const folder::Head &head = scan->parts[0]->head;
    *learned = { head.learned.data(), head.learned.size() };
    *pairs = { head.pairs.data(), head.pairs.size() };
}

enum status index_scan_count(struct index_scan *scan, struct text term, uint32_t *documents,
                             struct error *error)
{
    return using_index(error, [=] {
        *documents = 0;
        for (const Entry &entry : scan->segments)
            *documents += entry.database().get_termfreq(std::string(term.data, term.length));
        return STATUS_OK;
    });
}
