/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Matches in a single index, with a judge within the match: it is asked only of documents whose weight
 * would bring them among the hits. */
#include "search/index/reader_state.hpp"

#include <algorithm>

extern "C" {
#include "indexer/analysis/record.h"
}

using namespace reading;

namespace
{

/* Xapian asks it only of documents whose weight would bring them among the hits. It tells their
 * numbers in their own segments, not which segments these are. */
class Judge : public Xapian::MatchDecider
{
  public:
    Judge(struct index_reader *reader, const struct match_request *request)
        : reader_(reader), shard_(reader->shards[0].get()), request_(request)
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
        status = read_record(shard_, stored_record(document), &arena_, &reply, &passage, &error);
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
        for (uint32_t i = 0; back < local && i < shard_->head.segment_count; i++) {
            if (local > shard_->head.segments[i].documents)
                continue;
            *out = (local - back - 1) * shard_->databases + i + 2;
            if (reader_->database.get_document(*out).get_value(SLOT_VERSION) == version)
                return STATUS_OK;
        }
        return error_set(&error, STATUS_CORRUPT, "a passage without its reply");
    }

    struct index_reader *reader_;
    const index_shard *shard_;
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
    double all = reader->all_passages;
    double share = documents > 0 && all > 0 ? all / documents : 1;
    double of_text = 1 - bm25.b + bm25.b * share;
    double k1 = FIELD_TEXT_FREQUENCY * bm25.k1 * of_text;
    *factor = (bm25.k1 + 1) / (k1 + 1);
    return Xapian::BM25Weight(k1, 0, bm25.k3, bm25.b * share / of_text, bm25.shortest / share);
}

class JudgedMatch : public Match
{
  public:
    JudgedMatch(struct index_reader *reader, const struct match_request *request)
        : reader_(reader), judge_(reader, request), enquire_(reader->database)
    {
        prepare(&enquire_, reader, request);
    }

    enum status find(Xapian::doccount asked, size_t, unsigned slot, std::vector<Found> *out,
                     struct error *error) override
    {
        Xapian::MSet set;
        if (slot != NO_SLOT)
            enquire_.set_sort_by_relevance_then_value(slot, false);
        if (!run_match(enquire_, judge_, 0, asked, 0, &set))
            return judge_.explain(error);
        out->clear();
        for (auto i = set.begin(); i != set.end(); ++i)
            out->push_back({ *i, i.get_weight(), i.get_sort_key() });
        all = set.size() < asked;
        estimated = set.get_matches_estimated();
        exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
        return STATUS_OK;
    }

    static bool run_match(Xapian::Enquire &enquire, const Judge &judge, Xapian::doccount first,
                          Xapian::doccount count, Xapian::doccount at_least, Xapian::MSet *out);

  private:
    struct index_reader *reader_;
    Judge judge_;
    Xapian::Enquire enquire_;
};

/* False when the judge failed. */
bool JudgedMatch::run_match(Xapian::Enquire &enquire, const Judge &judge, Xapian::doccount first,
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

} // namespace

namespace reading
{

static void collect_terms(const struct match *match, std::vector<std::string> *out)
{
    if (match->kind == MATCH_TERM && !is_character(match->term))
        out->push_back(bytes_of(match->term));
    for (size_t i = 0; i < match->child_count; i++)
        collect_terms(match->children[i], out);
}

void prepare(Xapian::Enquire *enquire, struct index_reader *reader,
             const struct match_request *request)
{
    double factor;
    std::vector<std::string> terms;
    if (reader->has_remote)
        collect_terms(request->match, &terms);
    ask_frequencies(reader, terms);
    enquire->set_weighting_scheme(weighting(reader, request->bm25, &factor));
    Xapian::Query query(Xapian::Query::OP_SCALE_WEIGHT, query_of(reader, request->match, 0),
                        factor);
    if (reader->stopped && !reader->has_remote) { // a server knows no guards
        Guard *guard = new Guard(reader);
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(guard->release()));
    }
    enquire->set_query(query);
    enquire->set_docid_order(Xapian::Enquire::ASCENDING);
    if (request->by_date && !(request->cutoff > 0))
        enquire->set_sort_by_value_then_relevance(SLOT_DATE, true);
}

std::unique_ptr<Match> judged_match(struct index_reader *reader,
                                    const struct match_request *request)
{
    return std::make_unique<JudgedMatch>(reader, request);
}

enum status count_judged(struct index_reader *reader, const struct match_request *request,
                               unsigned slot, Counts *out, struct error *error)
{
    Xapian::Enquire enquire(reader->database);
    prepare(&enquire, reader, request);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    Xapian::ValueCountMatchSpy spy(slot);
    enquire.add_matchspy(&spy);
    Judge judge(reader, request);
    Xapian::MSet set;
    if (!JudgedMatch::run_match(enquire, judge, 0, 0, reader->database.get_doccount(), &set))
        return judge.explain(error);
    for (Xapian::TermIterator i = spy.values_begin(); i != spy.values_end(); ++i)
        (*out)[*i] = i.get_termfreq();
    return STATUS_OK;
}

} // namespace reading
