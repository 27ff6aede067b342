/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain C data in, plain C data out; `fenced` keeps what Xapian throws. */
#include "search/index/index_reader.h"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/base/fence.hpp"
#include "search/index/passage_weight.hpp"

extern "C" {
#include "indexer/analysis/facet.h"
}

#define MATCH_DEPTH_MAX 64

struct index_reader {
    Xapian::Database database;
    double passages = 0;
    double average_length = 1;
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

struct text keep(struct arena *arena, const std::string &bytes)
{
    return arena_text(arena, { bytes.data(), bytes.size() });
}

void read_statistics(struct index_reader *reader)
{
    reader->passages = static_cast<double>(reader->database.get_termfreq(record_term("passage")));
    double length = static_cast<double>(reader->database.get_total_length());
    reader->average_length = reader->passages > 0 && length > 0 ? length / reader->passages : 1;
}

Xapian::Query query_of(const struct match *match, int depth);

std::vector<Xapian::Query> queries_of(const struct match *match, size_t first, int depth)
{
    std::vector<Xapian::Query> queries;
    for (size_t i = first; i < match->child_count; i++)
        queries.push_back(query_of(match->children[i], depth + 1));
    return queries;
}

Xapian::Query combine(Xapian::Query::op op, const struct match *match, int depth)
{
    std::vector<Xapian::Query> queries = queries_of(match, 0, depth);
    return Xapian::Query(op, queries.begin(), queries.end());
}

/* Xapian takes the children of an OR under OP_MAX for children of the OP_MAX, so that only the best
 * term of the OR would count. It does not look through a factor, and drops one of exactly 1. */
Xapian::Query largest(const struct match *match, int depth)
{
    const double ONE = 1 - 1e-12;
    std::vector<Xapian::Query> queries = queries_of(match, 0, depth);
    for (Xapian::Query &query : queries)
        query = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, ONE);
    return Xapian::Query(Xapian::Query::OP_MAX, queries.begin(), queries.end());
}

/* The first child against the others: `op` takes exactly two sides. */
Xapian::Query oppose(Xapian::Query::op op, Xapian::Query::op others, const struct match *match,
                     int depth)
{
    if (match->child_count == 0)
        return Xapian::Query();
    Xapian::Query first = query_of(match->children[0], depth + 1);
    if (match->child_count == 1)
        return first;
    std::vector<Xapian::Query> queries = queries_of(match, 1, depth);
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

Xapian::Query query_of(const struct match *match, int depth)
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
        return Xapian::Query(bytes_of(match->term), match->frequency ? match->frequency : 1);
    case MATCH_AND:
        return combine(Xapian::Query::OP_AND, match, depth);
    case MATCH_OR:
        return combine(Xapian::Query::OP_OR, match, depth);
    case MATCH_MAX:
        return largest(match, depth);
    case MATCH_SYNONYM:
        return combine(Xapian::Query::OP_SYNONYM, match, depth);
    case MATCH_NOT:
        return oppose(Xapian::Query::OP_AND_NOT, Xapian::Query::OP_OR, match, depth);
    case MATCH_FILTER:
        return oppose(Xapian::Query::OP_FILTER, Xapian::Query::OP_AND, match, depth);
    case MATCH_MAYBE:
        return oppose(Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_OR, match, depth);
    case MATCH_SCALE:
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                             query_of(match->children[0], depth + 1), match->scale);
    case MATCH_RANGE:
        return range_of(match);
    }
    return Xapian::Query::MatchNothing;
}

enum status check_folder(const char *path, std::string *database, struct error *error)
{
    struct stat info;
    if (stat(path, &info) != 0 && errno != ENOENT && errno != ENOTDIR)
        return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path,
                         strerror(errno));
    if (stat(path, &info) != 0)
        return error_set(error, STATUS_NOT_FOUND, "no index \"%s\"", path);
    if (!S_ISDIR(info.st_mode))
        return error_set(error, STATUS_CORRUPT, "not an index, because not a folder: \"%s\"", path);
    *database = std::string(path) + "/" + INDEX_DATABASE;
    if (stat(database->c_str(), &info) == 0)
        return STATUS_OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return error_set(error, STATUS_NOT_FOUND, "no index in the folder \"%s\"", path);
    return error_set(error, STATUS_IO, "cannot open the index \"%s\": %s", path, strerror(errno));
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

enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* Neighbours in the tables are read one after the other, so the order is that of the documents. */
enum status read_documents(const Xapian::Database &database, struct hit **order, size_t count,
                           struct arena *arena, struct error *error)
{
    std::sort(order, order + count,
              [](const struct hit *a, const struct hit *b) { return a->docid < b->docid; });
    Xapian::ValueIterator facets = database.valuestream_begin(SLOT_FACETS);
    for (size_t i = 0; i < count; i++) {
        Xapian::Document document =
            database.get_document(order[i]->docid, Xapian::DOC_ASSUME_VALID);
        order[i]->record = keep(arena, document.get_data());
        if (facets != database.valuestream_end(SLOT_FACETS))
            facets.skip_to(order[i]->docid);
        bool has = facets != database.valuestream_end(SLOT_FACETS) &&
                   facets.get_docid() == order[i]->docid;
        order[i]->group = keep(arena, has ? (*facets).substr(0, FACET_GROUP_BYTES) : std::string());
        order[i]->length = static_cast<double>(database.get_doclength(order[i]->docid));
        if (!order[i]->record.data || !order[i]->group.data)
            return out_of_memory(error);
    }
    return STATUS_OK;
}

enum status copy_hits(const Xapian::Database &database, const Xapian::MSet &set,
                      struct arena *arena, struct hit_list *out, struct error *error)
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
    return read_documents(database, order, count, arena, error);
}

/* Xapian asks it only of documents whose weight would bring them among the hits. */
class Judge : public Xapian::MatchDecider
{
  public:
    explicit Judge(const struct match_request *request) : request_(request)
    {
    }

    bool operator()(const Xapian::Document &document) const override
    {
        std::string record = document.get_data();
        bool accepted = false;
        if (!status)
            status =
                request_->accept(request_->context, { record.data(), record.size() }, &accepted);
        return accepted && !status;
    }

    mutable enum status status = STATUS_OK;

  private:
    const struct match_request *request_;
};

} // namespace

enum status index_reader_open(const char *path, const char *fingerprint, struct index_reader **out,
                              struct error *error)
{
    struct index_reader *reader = nullptr;
    bool found = false; /* a folder that looks like an index */
    enum status status = fenced(error, [&] {
        std::string database;
        enum status checked = check_folder(path, &database, error);
        if (checked)
            return checked;
        found = true;
        reader = new struct index_reader;
        reader->database = Xapian::Database(database);
        read_statistics(reader);
        return STATUS_OK;
    });
    if (!status)
        status = fenced(error, [&] { return check_metadata(reader, path, fingerprint, error); });
    else if (found) /* what Xapian says does not name the index; what is there and no database is
                     * damaged or foreign */
        status = error_prefix(error, status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status,
                              "cannot use the index \"%s\"", path);
    if (status) {
        delete reader;
        return status;
    }
    *out = reader;
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
        std::string before = reader->database.get_metadata(INDEX_META_FINGERPRINT);
        reader->database.reopen();
        read_statistics(reader);
        if (reader->database.get_metadata(INDEX_META_FINGERPRINT) != before)
            return error_set(error, STATUS_MISMATCH, "the index was analysed again in another way");
        return STATUS_OK;
    });
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
    enquire->set_query(query_of(request->match, 0));
    enquire->set_weighting_scheme(
        PassageWeight(request->bm25, reader->passages, reader->average_length));
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
        Judge judge(request);
        Xapian::MSet set = enquire.get_mset(request->offset, request->limit, 0, nullptr,
                                            request->accept ? &judge : nullptr);
        if (judge.status)
            return judge.status;
        enum status status = copy_hits(reader->database, set, arena, out, error);
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
        Judge judge(request);
        enquire.get_mset(0, 0, reader->database.get_doccount(), nullptr,
                         request->accept ? &judge : nullptr);
        if (judge.status)
            return judge.status;
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

enum status index_reader_statistics(struct index_reader *reader, const struct text *terms,
                                    size_t count, uint32_t *document_frequencies,
                                    uint64_t *passages, struct error *error)
{
    return fenced(error, [=] {
        for (size_t i = 0; i < count; i++)
            document_frequencies[i] = reader->database.get_termfreq(bytes_of(terms[i]));
        *passages = static_cast<uint64_t>(reader->passages);
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

enum status index_reader_record(struct index_reader *reader, struct text term, struct arena *arena,
                                struct text *record, struct error *error)
{
    return fenced(error, [=] {
        std::string key = bytes_of(term);
        Xapian::PostingIterator posting = reader->database.postlist_begin(key);
        if (key.empty() || posting == reader->database.postlist_end(key))
            return error_set(error, STATUS_NOT_FOUND, "no record \"%s\"", key.c_str());
        struct text found = keep(arena, reader->database.get_document(*posting).get_data());
        if (!found.data)
            return out_of_memory(error);
        *record = found;
        return STATUS_OK;
    });
}
