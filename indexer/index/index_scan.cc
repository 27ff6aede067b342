// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/base/fence.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/analysis/record.h"
#include "indexer/analysis/record_codec.h"
#include "indexer/index/index_scan.h"
}

struct index_scan {
    folder::Head head;
    std::vector<std::string> names;
    std::vector<Xapian::Database> segments;
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;

    ~index_scan()
    {
        record_codec_free(codec);
        record_decoder_free(decoder);
    }
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

enum status open_scan(const char *path, const char *fingerprint, struct index_scan *scan,
                      struct error *error)
{
    enum status status = folder::look(path, error);
    if (!status)
        status = folder::load(path, &scan->head, error);
    if (!status && scan->head.fingerprint != fingerprint)
        status = error_set(error, STATUS_MISMATCH,
                           "index '%s' was built with another lexicon (%s, now %s): build it anew "
                           "with 'dafu-index reindex'",
                           path, scan->head.fingerprint.c_str(), fingerprint);
    if (!status)
        status = record_codec_new(&scan->codec, error);
    for (size_t i = 0; !status && i < scan->head.dictionaries.size(); i++)
        status = record_codec_add(
            scan->codec, static_cast<unsigned>(i + 1),
            { scan->head.dictionaries[i].data(), scan->head.dictionaries[i].size() }, error);
    scan->decoder = record_decoder_new();
    if (!status && !scan->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; !status && i < scan->head.segments.size(); i++) {
        scan->names.push_back(scan->head.segments[i].name());
        scan->segments.emplace_back(std::string(path) + "/" + scan->names.back(),
                                    Xapian::DB_BACKEND_GLASS);
    }
    return status;
}

} // namespace

enum status index_scan_tables(const char *path, void (*report)(void *context, const char *line),
                              void *context, size_t *problems, struct error *error)
{
    bool ours = false;
    enum status status = using_index(error, [&] {
        *problems = 0;
        enum status got = folder::look(path, error);
        ours = true;
        if (got)
            return got;
        for (const std::string &damage : folder::compare_files(path, UINT64_MAX)) {
            report(context, damage.c_str());
            ++*problems;
        }
        if (*problems)
            return STATUS_OK; // damaged files are not worth reading on
        ours = false;
        folder::Head head;
        got = folder::load(path, &head, error);
        ours = true;
        for (size_t i = 0; !got && i < head.segments.size(); i++)
            *problems +=
                check_database(std::string(path) + "/" + head.segments[i].name(), report, context);
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
        const folder::Segment &segment = scan->head.segments[number];
        *out = { scan->names[number].c_str(),
                 segment.documents,
                 segment.passages,
                 segment.replies,
                 segment.dead_documents(),
                 segment.dead_passages(),
                 static_cast<uint32_t>(segment.dead.size()),
                 scan->segments[number].get_doccount() };
        return STATUS_OK;
    });
}

namespace
{

void read_document(struct index_scan *scan, size_t segment, uint32_t number, struct arena *arena,
                   struct error *damage, struct index_scan_document *out)
{
    *out = {};
    out->number = number;
    out->dead = scan->head.segments[segment].is_dead(number);
    enum status status;
    try {
        std::string data = stored_record(scan->segments[segment].get_document(number));
        struct text record;
        status = record_decode(scan->decoder, scan->codec, { data.data(), data.size() }, arena,
                               &record, damage);
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
        for (uint32_t i = 1; i <= scan->head.segments[segment].documents; i++) {
            struct index_scan_document document;
            struct error damage;
            arena_clear(&arena);
            read_document(scan, segment, i, &arena, &damage, &document);
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
        const Xapian::Database &database = scan->segments[segment];
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

enum status index_scan_count(struct index_scan *scan, struct text term, uint32_t *documents,
                             struct error *error)
{
    return using_index(error, [=] {
        *documents = 0;
        for (const Xapian::Database &database : scan->segments)
            *documents += database.get_termfreq(std::string(term.data, term.length));
        return STATUS_OK;
    });
}
