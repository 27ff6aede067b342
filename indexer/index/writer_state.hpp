// SPDX-License-Identifier: GPL-2.0-or-later
// Inside of the writer: what its files share. index_writer.h is the contract; nobody else includes
// this.
//
//   writer_open.cc        opening, creating, the lock, taking back
//   writer_find.cc        where a reply or a source is stored
//   index_writer.cc       putting and removing
//   writer_ledger.cc      the ledger
//   writer_commit.cc      segments: new, merged, written again; the commit
//   writer_reanalysis.cc  everything again in another analysis
//   collection_writer.cc  the writers of several shards as one
//
// Functions return a status with a complete message, or throw what Xapian throws; `changing` and
// `using_index` are the fence.
//
// Standard headers come first here: the C headers below include some of them, and must not do
// that inside extern "C".
#ifndef DAFU_INDEX_WRITER_STATE_HPP
#define DAFU_INDEX_WRITER_STATE_HPP

#include <unistd.h>

#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/base/arena.hpp"
#include "indexer/base/fence.hpp"
#include "indexer/index/index_folder.hpp"
#include "indexer/index/segment_builder.hpp"
#include "indexer/index/using_index.hpp"

extern "C" {
#include "indexer/analysis/record.h"
#include "indexer/index/index_writer.h"
}

namespace writing
{

using folder::Head;
using folder::Run;
using folder::Segment;

const int PENDING = -1; // the segment that is being gathered

// A stored reply: where it is.
struct Place {
    int segment;
    Run run;

    bool operator<(const Place &other) const
    {
        return segment != other.segment ? segment < other.segment : run.first < other.run.first;
    }
};

inline std::string string_of(struct text text)
{
    return std::string(text.data ? text.data : "", text.length);
}

inline struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

} // namespace writing

struct index_writer {
    std::string path; // as given, for messages
    std::vector<std::unique_ptr<index_writer>> shards; // of a collection, which has nothing of its own
    int lock = -1;
    unsigned threads = 0; // 0: one a core
    writing::Head committed, working;
    std::unique_ptr<writing::Head> built; // of a commit that is under way
    bool changed = false;
    std::vector<Xapian::Database> segments; // of `committed`, open
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;

    std::unique_ptr<builder::SegmentBuilder> gathering;
    writing::Segment pending;
    std::unordered_map<std::string, writing::Run> pending_ids;
    std::unordered_map<std::string, std::vector<std::string>> pending_sources; // source -> ids
    std::vector<uint32_t> characters;                                          // of what is pending
    std::string ledger; // bytes to append, or to replace it with
    bool ledger_replaced = false;

    std::set<writing::Place> unseen; // replies of the source at hand that were not put again

    ~index_writer()
    {
        gathering.reset();
        record_codec_free(codec);
        record_decoder_free(decoder);
        if (lock >= 0)
            close(lock);
    }
};

namespace writing
{

// writer_open.cc
void open_segments(struct index_writer *writer);
// Forgets what is not committed; `take_back` also looks what is on disk.
void forget_pending(struct index_writer *writer);
void take_back(struct index_writer *writer);

// writer_find.cc
enum status decode(struct index_writer *writer, const std::string &bytes, struct arena *arena,
                   struct text *record, struct error *error);
// The reply whose record is in this document; *both: its passage is, too.
enum status reply_at(struct index_writer *writer, size_t segment, uint32_t document,
                     struct arena *arena, struct reply_record *out, bool *both,
                     struct error *error);
enum status find_reply(struct index_writer *writer, struct text id, bool *found, Place *place,
                       struct error *error);
// Living replies that come from `source` or, when `below`, from anywhere in it.
enum status find_source(struct index_writer *writer, struct text source, bool below,
                        std::set<Place> *out, struct error *error);

// index_writer.cc
unsigned thread_count(const struct index_writer *writer);
enum status check_terms(const struct index_entries *entries, struct error *error);
// Gathers a reply under a new version; its id is not noted.
void append(struct index_writer *writer, const struct index_entries *entries);

// writer_commit.cc: makes segments of what was gathered, and `built`, the head that names them; a commit
// is to name it in the stub, and then to `enter` the new state. Without a change nothing is built.
typedef enum status Build(struct index_writer *writer, struct error *error);
void enter(struct index_writer *writer);

// writer_ledger.cc
void write_ledger(struct index_writer *writer, Head *head);

// Runs a change; whatever goes wrong, everything since the last commit is taken back.
template <typename Change>
enum status changing(struct index_writer *writer, struct error *error, Change change)
{
    enum status status = using_index(error, change);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        return status;
    take_back(writer);
    return explain(status, writer->path, false, error);
}

} // namespace writing

#endif
