/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain C data in, plain C data out; `fenced` keeps what Xapian throws. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cstring>

extern "C" {
#include "indexer/analysis/facet.h"
#include "indexer/analysis/record.h"
#include "indexer/base/utf8.h"
}

using namespace reading;

namespace
{

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
            read_record(reader, stored_record(document), arena, &reply, &order[i]->record, error);
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

    /* Throws Failed: the rest of the match would be of no use. */
    bool operator()(const Xapian::Document &document) const override
    {
        go_on(reader_);
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
        status = read_record(reader_, stored_record(document), &arena_, &reply, &passage, &error);
        if (!status && request_->needs_reply && passage.length)
            status = find_reply(document.get_docid(), version, reply, passage, &of);
        if (!status && passage.length)
            status = request_->accept(request_->context, of, passage, &accepted);
        if (status)
            throw Failed();
        return accepted;
    }

    struct Failed {};

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

/* Matches everything, and is asked about whatever the rest of the query matches: where a match that
 * nobody waits for any more ends. */
class Guard : public Xapian::PostingSource
{
  public:
    explicit Guard(const struct index_reader *reader) : reader_(reader)
    {
    }

    void init(const Xapian::Database &database) override
    {
        last_ = database.get_lastdocid();
        documents_ = database.get_doccount();
        at_ = 0;
    }

    PostingSource *clone() const override
    {
        return new Guard(reader_);
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return documents_;
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return documents_;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return documents_;
    }

    void next(double) override
    {
        move(at_ + 1);
    }

    void skip_to(Xapian::docid document, double) override
    {
        move(document);
    }

    bool check(Xapian::docid document, double) override
    {
        move(document);
        return true;
    }

    bool at_end() const override
    {
        return at_ > last_;
    }

    Xapian::docid get_docid() const override
    {
        return at_;
    }

  private:
    void move(Xapian::docid document)
    {
        const unsigned OFTEN = 64;
        at_ = document;
        if (++asked_ % OFTEN == 0)
            go_on(reader_);
    }

    const struct index_reader *reader_;
    Xapian::docid at_ = 0, last_ = 0;
    Xapian::doccount documents_ = 0;
    unsigned asked_ = 0;
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

static void prepare(Xapian::Enquire *enquire, const struct index_reader *reader,
                    const struct match_request *request)
{
    double factor;
    enquire->set_weighting_scheme(weighting(reader, request->bm25, &factor));
    Xapian::Query query(Xapian::Query::OP_SCALE_WEIGHT, query_of(reader, request->match, 0),
                        factor);
    if (reader->stopped) {
        Guard *guard = new Guard(reader);
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(guard->release()));
    }
    enquire->set_query(query);
    enquire->set_docid_order(Xapian::Enquire::ASCENDING);
    if (request->collapse_slot >= 0)
        enquire->set_collapse_key(static_cast<Xapian::valueno>(request->collapse_slot));
    if (request->cutoff > 0)
        enquire->set_cutoff(0, request->cutoff);
}

/* False when the judge failed. */
static bool run_match(Xapian::Enquire &enquire, const Judge &judge, Xapian::doccount first,
                  Xapian::doccount count, Xapian::doccount at_least, Xapian::MSet *out)
{
    try {
        *out = enquire.get_mset(first, count, at_least, nullptr,
                                judge.is_needed() ? &judge : nullptr);
        return true;
    } catch (const Judge::Failed &) {
        return false;
    }
}

enum status index_reader_search(struct index_reader *reader, const struct match_request *request,
                                struct arena *arena, struct hit_list *out, struct error *error)
{
    return fenced(error, [=] {
        go_on(reader);
        Xapian::Enquire enquire(reader->database);
        prepare(&enquire, reader, request);
        if (request->by_date)
            enquire.set_sort_by_value_then_relevance(SLOT_DATE, true);
        Judge judge(reader, request);
        Xapian::MSet set;
        if (!run_match(enquire, judge, request->offset, request->limit, 0, &set))
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
        go_on(reader);
        Xapian::Enquire enquire(reader->database);
        prepare(&enquire, reader, request);
        if (!(request->cutoff > 0))
            enquire.set_weighting_scheme(Xapian::BoolWeight());
        Xapian::ValueCountMatchSpy spy(slot);
        enquire.add_matchspy(&spy);
        Judge judge(reader, request);
        Xapian::MSet set;
        if (!run_match(enquire, judge, 0, 0, reader->database.get_doccount(), &set))
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
        go_on(reader);
        for (size_t i = 0; i < count; i++)
            document_frequencies[i] = passages_with(reader, terms[i]);
        *passages = static_cast<uint64_t>(reader->passages);
        return STATUS_OK;
    });
}

enum status index_reader_has(struct index_reader *reader, const uint32_t *docids,
                             size_t docid_count, const struct text *terms, size_t term_count,
                             bool *out, struct error *error)
{
    return fenced(error, [=] {
        for (size_t t = 0; t < term_count; t++) {
            go_on(reader);
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
        go_on(reader);
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
