/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain C data in, plain C data out; `fenced` keeps what Xapian throws. */
#include "search/index/index_reader.h"

#include <cerrno>
#include <cmath>
#include <cstring>

#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "indexer/base/fence.hpp"

extern "C" {
#include "indexer/analysis/facet.h"
#include "indexer/analysis/index_head.h"
#include "indexer/analysis/index_sums.h"
#include "indexer/analysis/record.h"
#include "indexer/analysis/record_codec.h"
#include "indexer/base/utf8.h"
}

#define MATCH_DEPTH_MAX 64

#define OPEN_RETRIES 10

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

namespace
{

std::string bytes_of(struct text text)
{
    return text.length ? std::string(text.data, text.length) : std::string();
}

std::string record_term(const char *kind)
{
    return std::string(FIELDS[FIELD_RECORD].prefix) + kind;
}

bool is_dead(const struct index_reader *reader, uint32_t docid)
{
    uint32_t place = (docid - 1) % reader->databases;
    return place > 0 && index_segment_is_dead(&reader->head.segments[place - 1],
                                              (docid - 1) / reader->databases + 1);
}

struct text keep(struct arena *arena, const std::string &bytes)
{
    return arena_text(arena, { bytes.data(), bytes.size() });
}

/* Dead passages have a share in the total length, too. */
void read_statistics(struct index_reader *reader)
{
    double all = 0;
    reader->passages = 0;
    reader->dead.clear();
    for (size_t i = 0; i < reader->head.segment_count; i++) {
        const struct index_segment &segment = reader->head.segments[i];
        all += segment.passages;
        reader->passages += segment.passages - index_segment_dead_passages(&segment);
        for (size_t j = 0; j < segment.dead_count; j++) {
            char version[INDEX_VERSION_MAX];
            size_t length_of = index_version(segment.dead[j].version, version);
            reader->dead.emplace(version, length_of);
        }
    }
    double length = static_cast<double>(reader->database.get_total_length());
    reader->average_length = all > 0 && length > 0 ? length / all : 1;
}

bool is_character(struct text term)
{
    return text_starts_with(term, text_of(FIELD_CHARACTER_PREFIX));
}

std::string character_of(struct text term)
{
    return bytes_of(term).substr(strlen(FIELD_CHARACTER_PREFIX));
}

Xapian::Query query_of(const struct index_reader *reader, const struct match *match, int depth);

std::vector<Xapian::Query> queries_of(const struct index_reader *reader, const struct match *match,
                                      size_t first, int depth)
{
    std::vector<Xapian::Query> queries;
    for (size_t i = first; i < match->child_count; i++)
        queries.push_back(query_of(reader, match->children[i], depth + 1));
    return queries;
}

Xapian::Query combine(const struct index_reader *reader, Xapian::Query::op op,
                      const struct match *match, int depth)
{
    std::vector<Xapian::Query> queries = queries_of(reader, match, 0, depth);
    return Xapian::Query(op, queries.begin(), queries.end());
}

/* Xapian takes the children of an OR under OP_MAX for children of the OP_MAX, so that only the best
 * term of the OR would count. It does not look through a factor, and drops one of exactly 1. */
Xapian::Query largest(const struct index_reader *reader, const struct match *match, int depth)
{
    const double ONE = 1 - 1e-12;
    std::vector<Xapian::Query> queries = queries_of(reader, match, 0, depth);
    for (Xapian::Query &query : queries)
        query = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, ONE);
    return Xapian::Query(Xapian::Query::OP_MAX, queries.begin(), queries.end());
}

/* The first child against the others: `op` takes exactly two sides. */
Xapian::Query oppose(const struct index_reader *reader, Xapian::Query::op op,
                     Xapian::Query::op others, const struct match *match, int depth)
{
    if (match->child_count == 0)
        return Xapian::Query();
    Xapian::Query first = query_of(reader, match->children[0], depth + 1);
    if (match->child_count == 1)
        return first;
    std::vector<Xapian::Query> queries = queries_of(reader, match, 1, depth);
    return Xapian::Query(op, first, Xapian::Query(others, queries.begin(), queries.end()));
}

Xapian::Query range_of(const struct match *match)
{
    if (!match->low.length && !match->high.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, match->slot, std::string(1, '\0'));
    if (!match->low.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, match->slot, std::string(1, '\0'),
                             bytes_of(match->high));
    if (!match->high.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, match->slot, bytes_of(match->low));
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, match->slot, bytes_of(match->low),
                         bytes_of(match->high));
}

/* A term whose idf is ln(1 + (N - n + .5) / (n + .5)), N the passages, which is never negative and
 * falls smoothly, in place of BM25Weight's, which is bent for frequent terms. */
Xapian::Query term_of(const struct index_reader *reader, const struct match *match)
{
    std::string term = bytes_of(match->term);
    Xapian::Query query(term, match->frequency ? match->frequency : 1);
    double with = reader->database.get_termfreq(term);
    double documents = reader->database.get_doccount();
    if (with <= 0)
        return query;
    double odds = (documents - with + 0.5) / (with + 0.5);
    double its = std::log(odds < 2 ? odds * 0.5 + 1 : odds);
    double n = std::min(with, reader->passages);
    double ours = std::log(1 + (reader->passages - n + 0.5) / (n + 0.5));
    return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, ours / its);
}

Xapian::Query query_of(const struct index_reader *reader, const struct match *match, int depth)
{
    if (depth > MATCH_DEPTH_MAX)
        throw Xapian::InvalidArgumentError("match nested too deeply");
    switch (match->kind) {
    case MATCH_NOTHING:
        return Xapian::Query::MatchNothing;
    case MATCH_EVERYTHING: /* every passage: records are no answers */
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(record_term("passage")),
                             0);
    case MATCH_TERM:
        if (is_character(match->term))
            return Xapian::Query(Xapian::Query::OP_WILDCARD, character_of(match->term), 0,
                                 Xapian::Query::WILDCARD_LIMIT_ERROR, Xapian::Query::OP_SYNONYM);
        return term_of(reader, match);
    case MATCH_AND:
        return combine(reader, Xapian::Query::OP_AND, match, depth);
    case MATCH_OR:
        return combine(reader, Xapian::Query::OP_OR, match, depth);
    case MATCH_MAX:
        return largest(reader, match, depth);
    case MATCH_SYNONYM:
        return combine(reader, Xapian::Query::OP_SYNONYM, match, depth);
    case MATCH_NOT:
        return oppose(reader, Xapian::Query::OP_AND_NOT, Xapian::Query::OP_OR, match, depth);
    case MATCH_FILTER:
        return oppose(reader, Xapian::Query::OP_FILTER, Xapian::Query::OP_AND, match, depth);
    case MATCH_MAYBE:
        return oppose(reader, Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_OR, match, depth);
    case MATCH_SCALE:
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                             query_of(reader, match->children[0], depth + 1), match->scale);
    case MATCH_RANGE:
        return range_of(match);
    }
    return Xapian::Query::MatchNothing;
}

enum status check_folder(const char *path, struct stat *stub, struct error *error)
{
    struct stat info;
    if (stat(path, &info) != 0 && errno != ENOENT && errno != ENOTDIR)
        return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path,
                         strerror(errno));
    if (stat(path, &info) != 0)
        return error_set(error, STATUS_NOT_FOUND, "no index \"%s\"", path);
    if (!S_ISDIR(info.st_mode))
        return error_set(error, STATUS_CORRUPT, "not an index, because not a folder: \"%s\"", path);
    std::string name = std::string(path) + "/" + INDEX_STUB;
    if (stat(name.c_str(), stub) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_set(error, STATUS_NOT_FOUND, "no index in the folder \"%s\"", path);
    if (stat(name.c_str(), stub) != 0)
        return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path,
                         strerror(errno));
    if (S_ISREG(stub->st_mode))
        return STATUS_OK;
    if (stat((name + "/iamglass").c_str(), &info) == 0)
        return error_set(error, STATUS_MISMATCH,
                         "the index has format 1, this program reads %d: build it again \"%s\"",
                         INDEX_FORMAT, path);
    return error_set(error, STATUS_CORRUPT, "not an index of dafu: \"%s\"", path);
}

enum status check_metadata(const struct index_reader *reader, const char *path,
                           const char *fingerprint, struct error *error)
{
    std::string format = reader->database.get_metadata(INDEX_META_FORMAT);
    if (format.empty())
        return error_set(error, STATUS_CORRUPT, "a database, but not an index of dafu: \"%s\"",
                         path);
    if (format != std::to_string(INDEX_FORMAT))
        return error_set(error, STATUS_MISMATCH,
                         "the index has format %s, this program reads %d: build it again \"%s\"",
                         format.c_str(), INDEX_FORMAT, path);
    if (fingerprint && reader->database.get_metadata(INDEX_META_FINGERPRINT) != fingerprint)
        return error_set(error, STATUS_MISMATCH,
                         "the index was built with another word list or analysis: "
                         "build it again with 'dafu-index reindex' \"%s\"",
                         path);
    return STATUS_OK;
}

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

enum status read_dictionaries(struct index_reader *reader, struct error *error)
{
    enum status status = record_codec_new(&reader->codec, error);
    for (uint32_t i = 1; !status && i <= reader->head.dictionaries; i++) {
        std::string bytes =
            reader->database.get_metadata(INDEX_META_DICTIONARY + std::to_string(i));
        status = record_codec_add(reader->codec, i, text_of_string(bytes), error);
    }
    reader->decoder = record_decoder_new();
    if (!status && !reader->decoder)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}

enum status read_head(struct index_reader *reader, struct error *error)
{
    std::string bytes = reader->database.get_metadata(INDEX_META_HEAD);
    enum status status =
        index_head_decode(text_of_string(bytes), &reader->arena, &reader->head, error);
    if (status)
        return status;
    reader->databases = static_cast<uint32_t>(reader->head.segment_count + 1);
    reader->characters.assign(CHARACTER_COUNTS_SIZE, 0);
    std::string counts = reader->database.get_metadata(INDEX_META_CHARACTERS);
    status = character_counts_decode(text_of_string(counts), reader->characters.data(), error);
    if (!status)
        status = read_dictionaries(reader, error);
    if (!status)
        read_statistics(reader);
    return status;
}

/* Of a small index the contents: a hundredth of a second at most. Of a large one the lengths. */
const uint64_t COMPARE_BYTES = 4 << 20;

void keep_first(void *context, const char *line)
{
    auto first = static_cast<std::string *>(context);
    if (first->empty())
        *first = line;
}

enum status check_files(const struct index_reader *reader, struct error *error)
{
    std::string damage;
    size_t damages = 0;
    enum status status = index_sums_compare(reader->path.c_str(), COMPARE_BYTES, keep_first, &damage,
                                            &damages, error);
    if (status || !damages)
        return status;
    struct stat now;
    if (check_folder(reader->path.c_str(), &now, error) == STATUS_OK &&
        now.st_ino != reader->stub.st_ino)
        throw Xapian::DatabaseOpeningError(damage); /* a commit meanwhile: open again */
    return error_set(error, STATUS_CORRUPT, "the index is damaged, %s: \"%s\"", damage.c_str(),
                     reader->path.c_str());
}

/* Format first: what another format means is not to be guessed. */
enum status open_stub(struct index_reader *reader, const char *fingerprint, struct error *error)
{
    enum status status = check_files(reader, error); /* before Xapian sees any of them */
    if (status)
        return status;
    reader->database = Xapian::Database(reader->path + "/" + INDEX_STUB);
    status = check_metadata(reader, reader->path.c_str(), fingerprint, error);
    return status ? status : read_head(reader, error);
}

/* The stub may be replaced and its files removed between the reading of the one and the opening of
 * the others. */
enum status open_reader(const char *path, const char *fingerprint,
                        std::unique_ptr<index_reader> *out, bool *found, struct error *error)
{
    for (int retry = 0;; retry++) {
        auto reader = std::make_unique<index_reader>();
        reader->path = path;
        enum status status = check_folder(path, &reader->stub, error);
        if (status)
            return status;
        *found = true;
        try {
            status = open_stub(reader.get(), fingerprint, error);
        } catch (const Xapian::DatabaseOpeningError &) {
            struct stat now;
            if (retry >= OPEN_RETRIES || check_folder(path, &now, error) ||
                (now.st_ino == reader->stub.st_ino &&
                 now.st_mtim.tv_nsec == reader->stub.st_mtim.tv_nsec))
                throw;
            continue;
        }
        *out = std::move(reader);
        return status;
    }
}

enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* A document's stored records. */
enum status read_record(struct index_reader *reader, const std::string &data, struct arena *arena,
                        struct text *reply, struct text *passage, struct error *error)
{
    struct text record;
    enum status status =
        record_decode(reader->decoder, reader->codec, text_of_string(data), arena, &record, error);
    return status ? status : document_record_split(record, reply, passage, error);
}

/* The document of the reply that a passage belongs to. */
enum status reply_of(const struct index_reader *reader, uint32_t docid, struct text reply,
                     struct text passage, uint32_t *out, struct error *error)
{
    struct passage_record record;
    *out = docid;
    if (reply.length)
        return STATUS_OK;
    enum status status = passage_record_decode(passage, &record, error);
    if (status)
        return status;
    uint64_t back = (static_cast<uint64_t>(record.ordinal) + 1) * reader->databases;
    if (back >= docid)
        return error_set(error, STATUS_CORRUPT, "a passage without its reply");
    *out = static_cast<uint32_t>(docid - back);
    return STATUS_OK;
}

/* Neighbours in the tables are read one after the other, so the order is that of the documents. */
enum status read_documents(struct index_reader *reader, struct hit **order, size_t count,
                           struct arena *arena, struct error *error)
{
    const Xapian::Database &database = reader->database;
    std::sort(order, order + count,
              [](const struct hit *a, const struct hit *b) { return a->docid < b->docid; });
    Xapian::ValueIterator facets = database.valuestream_begin(SLOT_FACETS);
    for (size_t i = 0; i < count; i++) {
        uint32_t docid = order[i]->docid;
        Xapian::Document document = database.get_document(docid, Xapian::DOC_ASSUME_VALID);
        struct text reply;
        enum status status =
            read_record(reader, document.get_data(), arena, &reply, &order[i]->record, error);
        if (!status)
            status = reply_of(reader, docid, reply, order[i]->record, &order[i]->reply, error);
        if (status)
            return status;
        if (facets != database.valuestream_end(SLOT_FACETS))
            facets.skip_to(docid);
        bool has = facets != database.valuestream_end(SLOT_FACETS) && facets.get_docid() == docid;
        order[i]->group = keep(arena, has ? (*facets).substr(0, FACET_GROUP_BYTES) : std::string());
        if (!order[i]->group.data)
            return out_of_memory(error);
    }
    return STATUS_OK;
}

enum status copy_hits(struct index_reader *reader, const Xapian::MSet &set, struct arena *arena,
                      struct hit_list *out, struct error *error)
{
    bool exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
    struct hit_list list = { nullptr, set.size(), set.get_matches_estimated(), exact, 0 };
    list.hits = static_cast<struct hit *>(arena_array(arena, list.count + 1, sizeof(struct hit)));
    auto order =
        static_cast<struct hit **>(arena_array(arena, list.count + 1, sizeof(struct hit *)));
    if (!list.hits || !order)
        return out_of_memory(error);
    size_t count = 0;
    for (Xapian::MSetIterator i = set.begin(); i != set.end(); ++i, ++count) {
        list.hits[count].docid = *i;
        list.hits[count].weight = i.get_weight();
        order[count] = &list.hits[count];
    }
    *out = list;
    return read_documents(reader, order, count, arena, error);
}

/* Xapian asks it only of documents whose weight would bring them among the hits. It tells their
 * numbers in their own segments, not which segments these are. */
class Judge : public Xapian::MatchDecider
{
  public:
    Judge(struct index_reader *reader, const struct match_request *request)
        : reader_(reader), request_(request)
    {
        arena_init(&arena_, 0);
    }

    ~Judge() override
    {
        arena_release(&arena_);
    }

    Judge(const Judge &) = delete;
    Judge &operator=(const Judge &) = delete;

    bool is_needed() const
    {
        return !reader_->dead.empty() || request_->accept;
    }

    bool operator()(const Xapian::Document &document) const override
    {
        if (status)
            return false;
        std::string version;
        if (!reader_->dead.empty() || request_->needs_reply)
            version = document.get_value(SLOT_VERSION);
        if (!reader_->dead.empty() && reader_->dead.count(version))
            return false;
        if (!request_->accept)
            return true;
        struct text reply, passage;
        uint32_t of = 0;
        bool accepted = false;
        arena_clear(&arena_);
        status = read_record(reader_, document.get_data(), &arena_, &reply, &passage, &error);
        if (!status && request_->needs_reply && passage.length)
            status = find_reply(document.get_docid(), version, reply, passage, &of);
        if (!status && passage.length)
            status = request_->accept(request_->context, of, passage, &accepted);
        return !status && accepted;
    }

    /* The message: its own, or the caller's, which is in place. */
    enum status explain(struct error *out) const
    {
        if (error.message[0])
            *out = error;
        return status;
    }

    mutable enum status status = STATUS_OK;
    mutable struct error error = {};

  private:
    /* Of the segments, the one in which the reply's record has this version. */
    enum status find_reply(uint32_t local, const std::string &version, struct text reply,
                           struct text passage, uint32_t *out) const
    {
        struct passage_record record;
        enum status decoded = passage_record_decode(passage, &record, &error);
        if (decoded)
            return decoded;
        uint32_t back = reply.length ? 0 : record.ordinal + 1;
        for (uint32_t i = 0; back < local && i < reader_->head.segment_count; i++) {
            if (local > reader_->head.segments[i].documents)
                continue;
            *out = (local - back - 1) * reader_->databases + i + 2;
            if (reader_->database.get_document(*out).get_value(SLOT_VERSION) == version)
                return STATUS_OK;
        }
        return error_set(&error, STATUS_CORRUPT, "a passage without its reply");
    }

    struct index_reader *reader_;
    const struct match_request *request_;
    mutable struct arena arena_;
};

/* Xapian's average counts the reply records, which have no text, and frequencies have their own unit.
 * The saturation is linear in the length, so other parameters give the same weights, up to a factor. */
Xapian::BM25Weight weighting(const struct index_reader *reader, const struct bm25 &bm25,
                             double *factor)
{
    double documents = static_cast<double>(reader->database.get_doccount());
    double all = 0;
    for (size_t i = 0; i < reader->head.segment_count; i++)
        all += reader->head.segments[i].passages;
    double share = documents > 0 && all > 0 ? all / documents : 1;
    double of_text = 1 - bm25.b + bm25.b * share;
    double k1 = FIELD_TEXT_FREQUENCY * bm25.k1 * of_text;
    *factor = (bm25.k1 + 1) / (k1 + 1);
    return Xapian::BM25Weight(k1, 0, bm25.k3, bm25.b * share / of_text, bm25.shortest / share);
}

} // namespace

enum status index_reader_open(const char *path, const char *fingerprint, struct index_reader **out,
                              struct error *error)
{
    std::unique_ptr<index_reader> reader;
    bool found = false; /* a folder that looks like an index */
    bool ours = false;  /* the message is complete */
    enum status status = fenced(error, [&] {
        enum status opened = open_reader(path, fingerprint, &reader, &found, error);
        ours = true;
        return opened;
    });
    if (status && found && !ours) /* what Xapian says does not name the index; what is there and no
                                   * database is damaged or foreign */
        status = error_prefix(error, status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status,
                              "cannot use the index \"%s\"", path);
    if (status)
        return status;
    *out = reader.release();
    return STATUS_OK;
}

void index_reader_free(struct index_reader *reader)
{
    delete reader;
}

void index_reader_freep(struct index_reader **reader)
{
    index_reader_free(*reader);
}

enum status index_reader_reopen(struct index_reader *reader, struct error *error)
{
    return fenced(error, [=] {
        std::unique_ptr<index_reader> newer;
        bool found;
        enum status status = open_reader(reader->path.c_str(), nullptr, &newer, &found, error);
        if (status)
            return status;
        if (newer->database.get_metadata(INDEX_META_FINGERPRINT) !=
            reader->database.get_metadata(INDEX_META_FINGERPRINT))
            return error_set(error, STATUS_MISMATCH, "the index was analysed again in another way");
        std::swap(reader->stub, newer->stub);
        std::swap(reader->database, newer->database);
        std::swap(reader->arena, newer->arena);
        std::swap(reader->head, newer->head);
        std::swap(reader->characters, newer->characters);
        std::swap(reader->codec, newer->codec);
        std::swap(reader->decoder, newer->decoder);
        std::swap(reader->databases, newer->databases);
        std::swap(reader->dead, newer->dead);
        std::swap(reader->passages, newer->passages);
        std::swap(reader->average_length, newer->average_length);
        return STATUS_OK;
    });
}

bool index_reader_is_stale(const struct index_reader *reader)
{
    struct stat now;
    std::string name = reader->path + "/" + INDEX_STUB;
    return stat(name.c_str(), &now) == 0 && (now.st_ino != reader->stub.st_ino ||
                                             now.st_mtim.tv_sec != reader->stub.st_mtim.tv_sec ||
                                             now.st_mtim.tv_nsec != reader->stub.st_mtim.tv_nsec);
}

static enum status read_metadata(struct index_reader *reader, const char *key, struct arena *arena,
                                 struct text *out, struct error *error)
{
    return fenced(error, [=] {
        struct text found = keep(arena, reader->database.get_metadata(key));
        if (!found.data)
            return out_of_memory(error);
        *out = found;
        return STATUS_OK;
    });
}

enum status index_reader_words(struct index_reader *reader, struct arena *arena, struct text *words,
                               struct error *error)
{
    return read_metadata(reader, INDEX_META_WORDS, arena, words, error);
}

enum status index_reader_learned(struct index_reader *reader, struct arena *arena,
                                 struct text *terms, struct error *error)
{
    return read_metadata(reader, INDEX_META_LEARNED, arena, terms, error);
}

enum status index_reader_pairs(struct index_reader *reader, struct arena *arena, struct text *list,
                               struct error *error)
{
    return read_metadata(reader, INDEX_META_PAIRS, arena, list, error);
}

enum status index_reader_check(struct index_reader *reader, const char *path,
                               const char *fingerprint, struct error *error)
{
    return fenced(error, [=] { return check_metadata(reader, path, fingerprint, error); });
}

static void prepare(Xapian::Enquire *enquire, const struct index_reader *reader,
                    const struct match_request *request)
{
    double factor;
    enquire->set_weighting_scheme(weighting(reader, request->bm25, &factor));
    enquire->set_query(
        Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query_of(reader, request->match, 0), factor));
    enquire->set_docid_order(Xapian::Enquire::ASCENDING);
    if (request->collapse_slot >= 0)
        enquire->set_collapse_key(static_cast<Xapian::valueno>(request->collapse_slot));
    if (request->cutoff > 0)
        enquire->set_cutoff(0, request->cutoff);
}

enum status index_reader_search(struct index_reader *reader, const struct match_request *request,
                                struct arena *arena, struct hit_list *out, struct error *error)
{
    return fenced(error, [=] {
        Xapian::Enquire enquire(reader->database);
        prepare(&enquire, reader, request);
        if (request->by_date)
            enquire.set_sort_by_value_then_relevance(SLOT_DATE, true);
        Judge judge(reader, request);
        Xapian::MSet set = enquire.get_mset(request->offset, request->limit, 0, nullptr,
                                            judge.is_needed() ? &judge : nullptr);
        if (judge.status)
            return judge.explain(error);
        enum status status = copy_hits(reader, set, arena, out, error);
        if (!status)
            out->average_length = reader->average_length;
        return status;
    });
}

enum status index_reader_count(struct index_reader *reader, const struct match_request *request,
                               unsigned slot, struct arena *arena, struct value_count **out,
                               size_t *count, struct error *error)
{
    return fenced(error, [=] {
        Xapian::Enquire enquire(reader->database);
        prepare(&enquire, reader, request);
        if (!(request->cutoff > 0))
            enquire.set_weighting_scheme(Xapian::BoolWeight());
        Xapian::ValueCountMatchSpy spy(slot);
        enquire.add_matchspy(&spy);
        Judge judge(reader, request);
        enquire.get_mset(0, 0, reader->database.get_doccount(), nullptr,
                         judge.is_needed() ? &judge : nullptr);
        if (judge.status)
            return judge.explain(error);
        std::vector<struct value_count> found;
        for (Xapian::TermIterator i = spy.values_begin(); i != spy.values_end(); ++i) {
            found.push_back({ keep(arena, *i), i.get_termfreq() });
            if (!found.back().value.data)
                return out_of_memory(error);
        }
        auto list = static_cast<struct value_count *>(
            arena_array(arena, found.size() + 1, sizeof(struct value_count)));
        if (!list)
            return out_of_memory(error);
        std::copy(found.begin(), found.end(), list);
        *out = list;
        *count = found.size();
        return STATUS_OK;
    });
}

static uint32_t passages_with(const struct index_reader *reader, struct text term)
{
    if (!is_character(term))
        return reader->database.get_termfreq(bytes_of(term));
    std::string character = character_of(term);
    size_t at = 0;
    uint32_t codepoint = character.empty() ? 0 : utf8_next_valid(character.data(), &at);
    return codepoint < CHARACTER_COUNTS_SIZE ? reader->characters[codepoint] : 0;
}

enum status index_reader_statistics(struct index_reader *reader, const struct text *terms,
                                    size_t count, uint32_t *document_frequencies,
                                    uint64_t *passages, struct error *error)
{
    return fenced(error, [=] {
        for (size_t i = 0; i < count; i++)
            document_frequencies[i] = passages_with(reader, terms[i]);
        *passages = static_cast<uint64_t>(reader->passages);
        return STATUS_OK;
    });
}

enum status index_reader_has(struct index_reader *reader, const uint32_t *docids, size_t docid_count,
                             const struct text *terms, size_t term_count, bool *out,
                             struct error *error)
{
    return fenced(error, [=] {
        for (size_t t = 0; t < term_count; t++) {
            std::string term = bytes_of(terms[t]);
            Xapian::PostingIterator posting = reader->database.postlist_begin(term);
            Xapian::PostingIterator end = reader->database.postlist_end(term);
            for (size_t d = 0; d < docid_count; d++) {
                if (posting != end)
                    posting.skip_to(docids[d]);
                out[t * docid_count + d] = posting != end && *posting == docids[d];
            }
        }
        return STATUS_OK;
    });
}

enum status index_reader_terms(struct index_reader *reader, const char *prefix, size_t ceiling,
                               struct arena *arena, struct text **out, size_t *count,
                               struct error *error)
{
    return fenced(error, [=] {
        std::vector<struct text> found;
        size_t length = strlen(prefix);
        for (Xapian::TermIterator i = reader->database.allterms_begin(prefix);
             i != reader->database.allterms_end(prefix) && found.size() < ceiling; ++i) {
            found.push_back(keep(arena, (*i).substr(length)));
            if (!found.back().data)
                return out_of_memory(error);
        }
        auto list =
            static_cast<struct text *>(arena_array(arena, found.size() + 1, sizeof(struct text)));
        if (!list)
            return out_of_memory(error);
        std::copy(found.begin(), found.end(), list);
        *out = list;
        *count = found.size();
        return STATUS_OK;
    });
}

enum status index_reader_reply(struct index_reader *reader, uint32_t document, struct arena *arena,
                               struct text *record, struct error *error)
{
    return fenced(error, [=] {
        struct text reply, passage;
        std::string data;
        try {
            data = reader->database.get_document(document).get_data();
        } catch (const Xapian::DocNotFoundError &) {
            return error_set(error, STATUS_NOT_FOUND, "no entry %u", (unsigned)document);
        }
        enum status status = read_record(reader, data, arena, &reply, &passage, error);
        if (!status && !reply.length)
            return error_set(error, STATUS_CORRUPT, "a passage without its reply");
        if (!status)
            *record = reply;
        return status;
    });
}

enum status index_reader_find(struct index_reader *reader, struct text id, uint32_t *document,
                              struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    enum status status = fenced(error, [&] {
        char bytes[INDEX_IDENTITY_MAX];
        std::string prefix(bytes, index_identity_prefix(id, bytes));
        for (auto term = reader->database.allterms_begin(prefix);
             term != reader->database.allterms_end(prefix); ++term)
            for (auto at = reader->database.postlist_begin(*term);
                 at != reader->database.postlist_end(*term); ++at) {
                struct text reply, passage;
                struct reply_record record;
                if (is_dead(reader, *at))
                    continue;
                arena_clear(&arena);
                enum status got = read_record(reader, reader->database.get_document(*at).get_data(),
                                              &arena, &reply, &passage, error);
                if (!got && !reply.length)
                    continue; /* one of its passages */
                if (!got)
                    got = reply_record_decode(reply, &record, error);
                if (got)
                    return got;
                if (!text_equal(record.id, id))
                    break;
                *document = *at;
                return STATUS_OK;
            }
        return error_set(error, STATUS_NOT_FOUND, "no reply \"%.*s\"", TEXT_ARG(id));
    });
    arena_release(&arena);
    return status;
}

enum status index_reader_passage(struct index_reader *reader, uint32_t reply, uint32_t ordinal,
                                 struct arena *arena, uint32_t *document, struct text *record,
                                 struct error *error)
{
    return fenced(error, [=] {
        struct text head, passage;
        std::string data;
        uint64_t number = reply;
        enum status status = STATUS_OK;
        for (int step = 0; step < 2; step++) {
            try {
                data = reader->database.get_document(static_cast<uint32_t>(number)).get_data();
            } catch (const Xapian::DocNotFoundError &) {
                return error_set(error, STATUS_NOT_FOUND, "no entry %u", (unsigned)number);
            }
            status = read_record(reader, data, arena, &head, &passage, error);
            if (status || (head.length != 0) != (step == 0))
                return status
                           ? status
                           : error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
            if (passage.length && (step == 1 || ordinal == 0))
                break;
            number += (static_cast<uint64_t>(ordinal) + 1) * reader->databases;
            if (number > UINT32_MAX)
                return error_set(error, STATUS_NOT_FOUND, "no passage %u", (unsigned)ordinal);
        }
        *document = static_cast<uint32_t>(number);
        *record = passage;
        return STATUS_OK;
    });
}
