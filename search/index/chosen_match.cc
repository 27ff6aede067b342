/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Matches in a collection. Two shards may give one version to different replies, and a server asks
 * nobody within a match; so what is dead, and what the caller does not accept, is left out of the
 * result, and more is asked for until enough is left. */
#include "search/index/reader_state.hpp"

#include <algorithm>

extern "C" {
#include "indexer/analysis/record.h"
}

using namespace reading;

namespace
{

const size_t BATCH = 256;          /* documents that are read to be decided on at a time */
const Xapian::doccount GROWTH = 4; /* when too few were left */

bool has_dead(const struct index_reader *reader)
{
    return std::any_of(reader->shards.begin(), reader->shards.end(),
                       [](const auto &shard) { return shard->has_dead; });
}

/* What is left of a match. Verdicts are kept from one asking to the next, which begins with the same
 * documents. */
class Selection
{
  public:
    Selection(struct index_reader *reader, const struct match_request *request)
        : reader_(reader), request_(request)
    {
        arena_init(&arena_, 0);
    }

    ~Selection()
    {
        arena_release(&arena_);
    }

    Selection(const Selection &) = delete;
    Selection &operator=(const Selection &) = delete;

    /* In order, until there are so many. */
    enum status choose(const Xapian::MSet &set, size_t wanted, struct error *error)
    {
        std::vector<Found> batch;
        enum status status = STATUS_OK;
        chosen.clear();
        seen = 0;
        auto item = set.begin();
        while (!status && item != set.end() && chosen.size() < wanted) {
            batch.clear();
            for (; item != set.end() && batch.size() < BATCH; ++item) {
                seen++;
                if (!is_dead(place_of(reader_, *item)))
                    batch.push_back({ *item, item.get_weight(), item.get_sort_key() });
                else
                    dropped = true;
            }
            status = request_->accept ? decide(&batch, error) : STATUS_OK;
            chosen.insert(chosen.end(), batch.begin(), batch.end());
        }
        return status;
    }

    std::vector<Found> chosen;
    size_t seen = 0;      /* items that were looked at; more may be chosen than were wanted */
    bool dropped = false; /* something was not chosen */

  private:
    enum status decide(std::vector<Found> *batch, struct error *error)
    {
        std::vector<Stored> unknown;
        for (const Found &found : *batch)
            if (!verdicts_.count(found.docid))
                unknown.push_back({ place_of(reader_, found.docid), std::string(), std::string() });
        read_stored(reader_, &unknown);
        for (const Stored &stored : unknown) {
            enum status status = decide_on(stored, error);
            if (status)
                return status;
        }
        auto refused = [this](const Found &found) { return !verdicts_[found.docid]; };
        auto end = std::remove_if(batch->begin(), batch->end(), refused);
        dropped = dropped || end != batch->end();
        batch->erase(end, batch->end());
        return STATUS_OK;
    }

    enum status decide_on(const Stored &stored, struct error *error)
    {
        struct text reply, passage;
        uint32_t of;
        bool good = false;
        go_on(reader_);
        arena_clear(&arena_);
        enum status status =
            read_record(stored.place.shard, stored.data, &arena_, &reply, &passage, error);
        if (!status)
            status = reply_of(stored.place, reply, passage, &of, error);
        if (!status && passage.length)
            status = request_->accept(request_->context,
                                      number_of(reader_, { stored.place.shard, of }), passage,
                                      &good);
        verdicts_[number_of(reader_, stored.place)] = good;
        return status;
    }

    struct index_reader *reader_;
    const struct match_request *request_;
    struct arena arena_; /* of one document */
    std::unordered_map<uint32_t, bool> verdicts_;
};

class ChosenMatch : public Match
{
  public:
    ChosenMatch(struct index_reader *reader, const struct match_request *request)
        : reader_(reader), request_(request), selection_(reader, request),
          enquire_(reader->database)
    {
        prepare(&enquire_, reader, request);
    }

    enum status find(Xapian::doccount asked, size_t wanted, unsigned slot, std::vector<Found> *out,
                     struct error *error) override
    {
        Xapian::doccount most = reader_->database.get_doccount();
        Xapian::MSet set;
        if (slot != NO_SLOT)
            enquire_.set_sort_by_relevance_then_value(slot, false);
        for (;; asked = asked > most / GROWTH ? most : asked * GROWTH) {
            go_on(reader_);
            set = enquire_.get_mset(0, asked);
            enum status status = selection_.choose(set, wanted, error);
            if (status)
                return status;
            if (selection_.chosen.size() >= wanted || set.size() < asked || asked >= most)
                break;
        }
        all = (set.size() < asked || asked >= most) && selection_.seen == set.size();
        count(set);
        *out = selection_.chosen;
        return STATUS_OK;
    }

  private:
    void count(const Xapian::MSet &set)
    {
        size_t left = selection_.chosen.size();
        double seen = static_cast<double>(std::max<size_t>(selection_.seen, 1));
        double share = selection_.dropped ? static_cast<double>(left) / seen : 1;
        estimated = all ? left : static_cast<uint64_t>(set.get_matches_estimated() * share);
        exact = all || (!request_->accept && !has_dead(reader_) &&
                        set.get_matches_lower_bound() == set.get_matches_upper_bound());
    }

    struct index_reader *reader_;
    const struct match_request *request_;
    Selection selection_;
    Xapian::Enquire enquire_;
};

void count_all(struct index_reader *reader, Xapian::Enquire *enquire, unsigned slot, Counts *out)
{
    Xapian::ValueCountMatchSpy spy(slot);
    enquire->add_matchspy(&spy);
    enquire->get_mset(0, 0, reader->database.get_doccount());
    for (Xapian::TermIterator i = spy.values_begin(); i != spy.values_end(); ++i)
        (*out)[*i] = i.get_termfreq();
}

} // namespace

namespace reading
{

std::unique_ptr<Match> chosen_match(struct index_reader *reader,
                                    const struct match_request *request)
{
    return std::make_unique<ChosenMatch>(reader, request);
}

enum status count_chosen(struct index_reader *reader, const struct match_request *request,
                             unsigned slot, Counts *out, struct error *error)
{
    Xapian::Enquire enquire(reader->database);
    prepare(&enquire, reader, request);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (!request->accept && !has_dead(reader)) {
        count_all(reader, &enquire, slot, out);
        return STATUS_OK;
    }
    enquire.set_sort_by_value_then_relevance(slot, false); /* which brings the values with it */
    Selection selection(reader, request);
    Xapian::MSet set = enquire.get_mset(0, reader->database.get_doccount());
    enum status status = selection.choose(set, set.size(), error);
    for (const Found &found : selection.chosen)
        if (!found.key.empty())
            ++(*out)[found.key];
    return status;
}

} // namespace reading
