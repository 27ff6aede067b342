/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the reader: what its files share. index_reader.h is the contract; nobody else includes
 * this.
 *
 *   reader_open.cc     the folder, the stub and the head; a newer state
 *   match_query.cc     what to match, as Xapian has it
 *   index_reader.cc    running it: hits, counts, statistics
 *   reader_records.cc  replies and passages by their numbers
 *
 * Functions return a status with a complete message, or throw what Xapian throws: `fenced` keeps it. */
#ifndef DAFU_SEARCH_INDEX_READER_STATE_HPP
#define DAFU_SEARCH_INDEX_READER_STATE_HPP

#include <sys/stat.h>

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/base/fence.hpp"
#include "search/index/index_reader.h"

extern "C" {
#include "indexer/analysis/field.h"
#include "indexer/analysis/index_head.h"
#include "indexer/analysis/record_codec.h"
}

/* Documents of all databases in the stub have numbers in turn: the head is the first of `databases`,
 * so document d of segment i is (d - 1) * databases + i + 2. */
struct index_reader {
    std::string path;
    struct stat stub = {};
    Xapian::Database database;
    struct arena arena = {}; /* of the head */
    struct index_head head = {};
    std::vector<uint32_t> characters;
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;
    uint32_t databases = 1;
    std::unordered_set<std::string> dead; /* versions: index_version */
    double passages = 0;
    double average_length = 1;
    bool (*stopped)(void *context) = nullptr; /* index_reader_watch */
    void *watcher = nullptr;

    index_reader()
    {
        arena_init(&arena, 0);
    }

    ~index_reader()
    {
        record_codec_free(codec);
        record_decoder_free(decoder);
        arena_release(&arena);
    }

    index_reader(const index_reader &) = delete;
    index_reader &operator=(const index_reader &) = delete;
};

namespace reading
{

inline std::string bytes_of(struct text text)
{
    return text.length ? std::string(text.data, text.length) : std::string();
}

inline struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

inline struct text keep(struct arena *arena, const std::string &bytes)
{
    return arena_text(arena, text_of_string(bytes));
}

inline enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* Throws when the caller of index_reader_watch wants no more. */
inline void go_on(const struct index_reader *reader)
{
    if (reader->stopped && reader->stopped(reader->watcher))
        throw fence::Stopped();
}

/* Whether the document was removed or replaced. */
bool is_dead(const struct index_reader *reader, uint32_t docid);

/* match_query.cc */
bool is_character(struct text term);
std::string character_of(struct text term); /* of a term that is_character */
Xapian::Query query_of(const struct index_reader *reader, const struct match *match, int depth);

/* reader_records.cc: a document's stored records; and the document of the reply that a passage
 * belongs to. */
enum status read_record(struct index_reader *reader, const std::string &data, struct arena *arena,
                        struct text *reply, struct text *passage, struct error *error);
enum status reply_of(const struct index_reader *reader, uint32_t docid, struct text reply,
                     struct text passage, uint32_t *out, struct error *error);

} // namespace reading

#endif
