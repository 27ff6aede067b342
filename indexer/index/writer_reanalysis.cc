// SPDX-License-Identifier: GPL-2.0-or-later
// Everything that is stored gets its terms again, as new segments; the old ones are dead then.
#include "indexer/index/collection_writer.hpp"

#include <algorithm>

#include "indexer/index/format_1.hpp"

extern "C" {
#include "indexer/analysis/own_words.h"
#include "indexer/index/reanalysis.h"
}

using namespace writing;

namespace
{

enum status reanalyse_run(struct index_writer *writer, size_t segment, const Run &run,
                          struct reanalysis *reanalysis, struct error *error)
{
    Arena arena;
    std::vector<struct text> records(run.count);
    for (uint32_t i = 0; i < run.count; i++) {
        enum status status = decode(
            writer, stored_record(writer->segments[segment].get_document(run.first + i)),
            &arena, &records[i], error);
        if (status)
            return status;
    }
    struct index_entries entries;
    enum status status = index_entries_rebuild(records.data(), records.size(), reanalysis->analyzer,
                                               &arena, &entries, error);
    if (!status)
        status = check_terms(&entries, error);
    if (status)
        return status;
    append(writer, &entries);
    reanalysis->counts.replies++;
    reanalysis->counts.passages += entries.passages;
    if (reanalysis->done)
        reanalysis->done(reanalysis->context, reanalysis->counts.replies);
    return STATUS_OK;
}

enum status reanalyse_segment(struct index_writer *writer, size_t number,
                              struct reanalysis *reanalysis, struct error *error)
{
    const Segment &segment = writer->working.segments[number];
    for (uint32_t document = 1; document <= segment.documents;) {
        if (reanalysis->stop && *reanalysis->stop)
            return error_set(error, STATUS_STOPPED, "interrupted");
        Arena arena;
        struct reply_record record;
        bool both;
        enum status status = reply_at(writer, number, document, &arena, &record, &both, error);
        if (status)
            return status;
        Run run = { document, both ? 1 : record.passage_count + 1, record.passage_count, 0 };
        if (run.count > segment.documents - document + 1)
            return error_set(error, STATUS_CORRUPT, "a reply is not whole");
        if (!segment.is_dead(document))
            status = reanalyse_run(writer, number, run, reanalysis, error);
        if (status)
            return status;
        document += run.count;
    }
    return STATUS_OK;
}

} // namespace

enum status index_writer_reanalyse(struct index_writer *writer, struct reanalysis *reanalysis,
                                   struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::reanalyse(writer, reanalysis, error);
    enum status status = index_writer_commit(writer, error); // only segments have records
    if (status)
        return status;
    reanalysis->counts = {};
    return changing(writer, error, [=] {
        for (size_t i = 0; i < writer->working.segments.size(); i++) {
            enum status done = reanalyse_segment(writer, i, reanalysis, error);
            if (done)
                return done;
        }
        const struct lexicon *lexicon = analyzer_lexicon(reanalysis->analyzer);
        Head &head = writer->working;
        for (Segment &segment : head.segments)
            segment.dead = { { 1, segment.documents, segment.passages, 0 } };
        std::fill(head.characters.begin(), head.characters.end(), 0);
        head.fingerprint = lexicon_fingerprint(lexicon);
        head.words = string_of(lexicon_own_words(lexicon));
        writer->changed = true;
        return STATUS_OK;
    });
}

static enum status keep_list(struct index_writer *writer, std::string Head::*kept, struct text list,
                             struct error *error)
{
    return changing(writer, error, [=] {
        writer->working.*kept = string_of(list);
        writer->changed = true;
        return STATUS_OK;
    });
}

enum status index_writer_keep_learned(struct index_writer *writer, struct text list,
                                      struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::keep(writer, index_writer_keep_learned, list, error);
    return keep_list(writer, &Head::learned, list, error);
}

enum status index_writer_keep_pairs(struct index_writer *writer, struct text list,
                                    struct error *error)
{
    if (collecting::is_collection(writer))
        return collecting::keep(writer, index_writer_keep_pairs, list, error);
    return keep_list(writer, &Head::pairs, list, error);
}

enum status index_own_words(const char *path, struct buffer *out, struct error *error)
{
    bool ours = false;
    enum status status = using_index(error, [&] {
        Head head;
        std::vector<std::string> folders, names;
        enum status got = collecting::folders_of(path, &folders, &names, error);
        std::string old = got ? std::string() : format_1::database_of(folders[0]);
        if (!got && old.empty())
            got = folder::look(folders[0], error);
        if (!old.empty())
            head.words = format_1::read_rest(Xapian::Database(old)).words;
        else if (!got)
            got = folder::load(folders[0], &head, error);
        if (!got) {
            buffer_append(out, text_of_string(head.words));
            got = buffer_status(out, error);
        }
        ours = true;
        return got;
    });
    return status && !ours ? explain(status, path, true, error) : status;
}
