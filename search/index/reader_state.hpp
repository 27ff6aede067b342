/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the reader: what its files share. index_reader.h is the contract; nobody else includes
 * this.
 *
 *   shard_open.cc        a folder, its stub and its head
 *   reader_open.cc       one index or a collection of them; a newer state
 *   match_query.cc       what to match, as Xapian has it
 *   judged_match.cc      running it, in an index
 *   chosen_match.cc      running it where nothing can be asked within the match: in a collection
 *   hits.cc              what is found, in an order that no document's number decides
 *   stored.cc            reading documents
 *   record_cache.hpp     not reading them again
 *   server.cc            shards on other machines
 *   index_reader.cc      counts, statistics, terms
 *   reader_records.cc    replies and passages by their numbers
 *
 * Functions return a status with a complete message, or throw what Xapian throws: `fenced` keeps it. */
#ifndef DAFU_SEARCH_INDEX_READER_STATE_HPP
#define DAFU_SEARCH_INDEX_READER_STATE_HPP

#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/base/fence.hpp"
#include "search/index/index_reader.h"
#include "search/index/record_cache.hpp"

extern "C" {
#include "indexer/analysis/field.h"
#include "indexer/analysis/index_head.h"
#include "indexer/analysis/record_codec.h"
}

/* One index: alone, or a shard of a collection. Documents of all databases in a stub have numbers in
 * turn: the head is the first of `databases`, so document d of segment i is
 * (d - 1) * databases + i + 2 in it. Behind the segments of an index that can be served there are as
 * many databases with their records. */
struct index_shard {
    std::string name; /* as the collection has it; empty: the index is no collection */
    std::string path; /* its folder; empty: a server's */
    std::string host;
    unsigned port = 0;
    struct stat stub = {};
    Xapian::Database database;
    std::string fingerprint; /* INDEX_META_FINGERPRINT */
    struct arena arena = {}; /* of the head */
    struct index_head head = {};
    struct record_codec *codec = nullptr;
    struct record_decoder *decoder = nullptr;
    uint32_t databases = 1;
    uint32_t first = 0; /* place of its first database among those of all shards */
    bool has_dead = false;
    bool is_served = false;
    uint64_t state = 0; /* a digest of its head */
    std::unordered_map<uint32_t, std::string> identities; /* of a server's documents: of those that
                                                           * were read last */

    bool is_remote() const
    {
        return path.empty();
    }

    index_shard()
    {
        arena_init(&arena, 0);
    }

    ~index_shard()
    {
        record_codec_free(codec);
        record_decoder_free(decoder);
        arena_release(&arena);
    }

    index_shard(const index_shard &) = delete;
    index_shard &operator=(const index_shard &) = delete;
};

const size_t RECORDS_BYTES = 32 << 20; /* of a reader, kept for the queries after */

/* Memory of calloc: of a large array only what is written takes room and time. */
struct Freed {
    void operator()(void *memory) const
    {
        free(memory);
    }
};

/* What is searched: the databases of all shards, one behind the other, as one. Documents have
 * numbers in turn again: `databases` of them. */
struct index_reader {
    std::string path;
    struct shard_options options = {};
    bool is_collection = false;
    bool has_remote = false;
    struct stat file = {}; /* the collection's */
    std::chrono::steady_clock::time_point opened;
    std::vector<std::string> missing;
    std::vector<const char *> missing_names;
    std::map<std::string, unsigned> failures; /* of servers, since one search succeeded */
    std::chrono::steady_clock::time_point failed;
    bool is_broken = false; /* Xapian asks a server that has failed never again */
    std::chrono::steady_clock::time_point refused; /* when opening a newer state failed last, and why */
    struct error refusal = {};
    mutable std::unordered_map<std::string, uint32_t> frequencies; /* of terms that were asked for */
    std::vector<std::unique_ptr<index_shard>> shards;
    std::vector<index_shard *> shard_at; /* of each database */
    Xapian::Database database;
    uint32_t databases = 1;
    reading::RecordCache records { RECORDS_BYTES };
    std::unique_ptr<uint32_t[], Freed> characters; /* CHARACTER_COUNTS_SIZE */
    std::unordered_set<std::string> dead; /* versions (index_version); empty of a collection, whose
                                           * shards give the same ones */
    double all_passages = 0;              /* with the dead */
    double passages = 0;
    double average_length = 1;
    bool (*stopped)(void *context) = nullptr; /* index_reader_watch */
    void *watcher = nullptr;
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

/* `fenced` around what may ask servers: one that fails is named, and reopening may help. */
enum status refuse_server(struct index_reader *reader, const Xapian::Error &thrown,
                          struct error *error);

template <class F>
enum status asking(struct index_reader *reader, struct error *error, F body) noexcept
{
    return fenced(error, [&] {
        try {
            return body();
        } catch (const Xapian::NetworkError &thrown) {
            return refuse_server(reader, thrown, error);
        }
    });
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

/* A document by its number in the reader's database, and the other way round. */
struct place {
    index_shard *shard;
    uint32_t document; /* in the shard's database */
};
place place_of(const struct index_reader *reader, uint32_t docid);
uint32_t number_of(const struct index_reader *reader, const place &place);

/* shard_open.cc: the state that the stub of the shard's folder names. *found: there is something
 * that looks like an index. fingerprint may be NULL. */
enum status open_shard(const std::string &path, const std::string &name, const char *fingerprint,
                       std::unique_ptr<index_shard> *out, bool *found, struct error *error);
enum status check_shard(const index_shard *shard, const char *path, const char *fingerprint,
                        struct error *error);
/* What the shard's database says of itself, once it is open. */
enum status read_shard(index_shard *shard, struct error *error);
bool has_newer(const index_shard *shard); /* a state on disk, than what was opened */

/* server.cc: a shard that xapian-tcpsrv serves, instead of its folder. */
enum status open_server(const std::string &host, unsigned port, const std::string &name,
                        const struct shard_options &options, const char *fingerprint,
                        std::unique_ptr<index_shard> *out, struct error *error);
/* Has `work` done for each shard that a server has, for all of them at once. */
void each_server(const struct index_reader *reader,
                 const std::function<void(index_shard *shard)> &work);
/* Asks for what is not known of these terms, all at once. */
void ask_frequencies(struct index_reader *reader, const std::vector<std::string> &terms);
uint32_t frequency_of(const struct index_reader *reader, const std::string &term);
/* As index_reader_has, of documents (numbers in the shard, any order) of one server. */
void ask_has(index_shard *shard, const std::vector<uint32_t> &documents,
             const std::vector<std::string> &terms, std::vector<std::vector<bool>> *out);

/* match_query.cc */
bool is_character(struct text term);
std::string character_of(struct text term); /* of a term that is_character */
Xapian::Query query_of(const struct index_reader *reader, const struct match *match, int depth);

/* reader_records.cc: whether the document was removed or replaced; its stored records; and the
 * document of the reply that a passage belongs to. */
bool is_dead(const place &place);
enum status read_record(const index_shard *shard, const std::string &data, struct arena *arena,
                        struct text *reply, struct text *passage, struct error *error);
enum status reply_of(const place &place, struct text reply, struct text passage, uint32_t *out,
                     struct error *error);

/* A document of a match, and what it was sorted by besides its weight. */
struct Found {
    uint32_t docid;
    double weight;
    std::string key;
};

const unsigned NO_SLOT = SLOT_COUNT;

/* A request that can be run several times. */
class Match
{
  public:
    virtual ~Match() = default;

    /* The first `asked` or, of a collection, at least `wanted` of them that are left. slot: equal
     * weights are ordered by its values, which are the keys then; NO_SLOT: as the request says. */
    virtual enum status find(Xapian::doccount asked, size_t wanted, unsigned slot,
                             std::vector<Found> *out, struct error *error) = 0;

    /* After `find`: there are no others; and how many match. */
    bool all = false, exact = false;
    uint64_t estimated = 0;
};

using Counts = std::map<std::string, uint32_t>; /* of a value */

/* judged_match.cc: the weights, the query and the order of a request; running it in an index. */
void prepare(Xapian::Enquire *enquire, struct index_reader *reader,
             const struct match_request *request);
std::unique_ptr<Match> judged_match(struct index_reader *reader,
                                    const struct match_request *request);
/* Not for requests with a cutoff: count_heavy. */
enum status count_judged(struct index_reader *reader, const struct match_request *request,
                         unsigned slot, Counts *out, struct error *error);

/* chosen_match.cc: the same in a collection. */
std::unique_ptr<Match> chosen_match(struct index_reader *reader,
                                    const struct match_request *request);
enum status count_chosen(struct index_reader *reader, const struct match_request *request,
                         unsigned slot, Counts *out, struct error *error);

/* hits.cc: the same of matches that weigh as much as the cutoff. */
std::unique_ptr<Match> new_match(struct index_reader *reader, const struct match_request *request);
enum status count_heavy(struct index_reader *reader, const struct match_request *request,
                        unsigned slot, Counts *out, struct error *error);

/* stored.cc: what the index has stored of documents; SLOT_FACETS' value with it. */
struct Stored {
    struct place place;
    std::string data, facets;
};
void read_stored(const struct index_reader *reader, std::vector<Stored> *out);
std::string read_data(index_shard *shard, uint32_t document); /* of one; throws DocNotFoundError */

} // namespace reading

#endif
