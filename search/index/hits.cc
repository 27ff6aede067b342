/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a match to hits. Where the last of them weighs as much as what would follow it, the order of
 * the documents must not decide: that of an index depends on how files were read, merged and spread
 * over shards. What weighs the same is ordered by its facets, which begin with its group, its place in
 * the reply, its text. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cmath>

extern "C" {
#include "indexer/analysis/facet.h"
#include "indexer/analysis/record.h"
}

using namespace reading;

namespace
{

/* So many more are asked for than wanted, to see what weighs the same as the last. Many do in a
 * search for what has no weight: then Xapian has to order them. */
const size_t BEYOND = 16, FAR_BEYOND = 512;

/* Sums of the same terms differ in their last bits: each segment adds in an order of its own. */
bool same_weight(double a, double b)
{
    return std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(a));
}

bool is_same(const Found &a, const Found &b)
{
    return same_weight(a.weight, b.weight) && a.key == b.key;
}

/* How far what weighs the same as the last that is wanted goes on. */
size_t end_of_tie(const std::vector<Found> &found, size_t wanted)
{
    size_t end = std::min(wanted, found.size());
    while (end > 0 && end < found.size() && is_same(found[end], found[end - 1]))
        end++;
    return end;
}

/* All that weighs as much as the cutoff. Xapian has cutoffs, too, but with several databases its
 * matcher may crash on them (1.4.22: a database whose weights all lie below is taken out while it is
 * still being read). */
enum status find_heavy(Match *match, double cutoff, unsigned slot, std::vector<Found> *found,
                       struct error *error)
{
    const Xapian::doccount MOST = 1U << 30;
    double least = cutoff * (1 - 1e-9);
    for (Xapian::doccount asked = FAR_BEYOND;; asked *= 4) {
        enum status status = match->find(asked, asked, slot, found, error);
        if (status)
            return status;
        if (match->all || found->empty() || asked >= MOST || found->back().weight < least)
            break;
    }
    while (!found->empty() && found->back().weight < least)
        found->pop_back();
    match->estimated = found->size();
    match->exact = true;
    return STATUS_OK;
}

bool is_newer(const Found &a, const Found &b)
{
    int date = a.key.compare(b.key);
    return date ? date > 0 : a.weight > b.weight;
}

/* The first `wanted` of the match, and what may have to stand in their place. */
enum status find_first(Match *match, const struct match_request *request, size_t wanted,
                       std::vector<Found> *found, struct error *error)
{
    auto asked = static_cast<Xapian::doccount>(wanted + BEYOND);
    if (request->by_date && request->cutoff > 0) {
        enum status status = find_heavy(match, request->cutoff, SLOT_DATE, found, error);
        std::stable_sort(found->begin(), found->end(), is_newer);
        found->resize(end_of_tie(*found, wanted));
        return status;
    }
    enum status status = match->find(asked, asked, NO_SLOT, found, error);
    if (!status && !match->all && end_of_tie(*found, wanted) == found->size()) {
        asked = static_cast<Xapian::doccount>(wanted + FAR_BEYOND);
        status = match->find(asked, asked, request->by_date ? NO_SLOT : unsigned(SLOT_FACETS),
                             found, error);
    }
    found->resize(end_of_tie(*found, wanted));
    return status;
}

/* ---- with what is stored ---- */

struct Ranked {
    struct hit hit;
    size_t tie; /* what weighs the same has one number */
    struct text facets;
    uint32_t ordinal;
    struct text text;

    bool operator<(const Ranked &other) const
    {
        if (tie != other.tie)
            return tie < other.tie;
        int order = text_compare(facets, other.facets);
        if (order)
            return order < 0;
        if (ordinal != other.ordinal)
            return ordinal < other.ordinal;
        order = text_compare(text, other.text);
        return order ? order < 0 : text_compare(hit.id, other.hit.id) < 0;
    }
};

enum status id_of(struct text reply, struct text *out, struct error *error)
{
    struct reply_record record = {};
    enum status status = reply.length ? reply_record_decode(reply, &record, error) : STATUS_OK;
    *out = record.id;
    return status;
}

/* A document's stored records and facets, in the arena. */
struct Loaded {
    struct text bytes, facets;
    uint32_t extent;
};

enum status load_kept(const RecordCache::Record *kept, struct arena *arena, Loaded *out,
                      struct error *error)
{
    *out = { keep(arena, kept->bytes), keep(arena, kept->facets), kept->extent };
    return out->bytes.data && out->facets.data ? STATUS_OK : out_of_memory(error);
}

/* For each of them; "": it is part of nothing. */
std::vector<std::string> group_terms(const std::vector<Stored> &stored)
{
    std::vector<std::string> terms(stored.size());
    for (size_t i = 0; i < stored.size(); i++) {
        struct facet_codes codes;
        char term[INDEX_GROUP_MAX];
        if (facets_unpack(text_of_string(stored[i].facets), &codes))
            terms[i].assign(term, index_group(codes.group, term));
    }
    return terms;
}

enum status load_stored(struct index_reader *reader, uint32_t docid, Stored *stored,
                        const std::string &group, struct arena *arena, Loaded *out,
                        struct error *error)
{
    const index_shard *shard = stored->place.shard;
    enum status status = record_decode(shard->decoder, shard->codec, text_of_string(stored->data),
                                       arena, &out->bytes, error);
    if (status)
        return status;
    out->facets = keep(arena, stored->facets);
    out->extent = group.empty() ? 0 : frequency_of(reader, group);
    reader->records.keep(docid,
                         { bytes_of(out->bytes), std::move(stored->facets), out->extent });
    return out->facets.data ? STATUS_OK : out_of_memory(error);
}

/* Those that the cache does not have are read in one go. */
enum status load(struct index_reader *reader, const std::vector<Found> &found, struct arena *arena,
                 std::vector<Loaded> *out, struct error *error)
{
    std::vector<Stored> stored;
    std::vector<size_t> missing;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < found.size() && !status; i++) {
        const RecordCache::Record *kept = reader->records.find(found[i].docid);
        if (kept) {
            status = load_kept(kept, arena, &(*out)[i], error);
            continue;
        }
        missing.push_back(i);
        stored.push_back({ place_of(reader, found[i].docid), std::string(), std::string() });
    }
    read_stored(reader, &stored);
    std::vector<std::string> groups = group_terms(stored);
    ask_frequencies(reader, groups);
    for (size_t i = 0; i < missing.size() && !status; i++)
        status = load_stored(reader, found[missing[i]].docid, &stored[i], groups[i], arena,
                             &(*out)[missing[i]], error);
    return status;
}

enum status read_hit(const struct index_reader *reader, const Found &found, const Loaded &loaded,
                     Ranked *out, struct error *error)
{
    struct place place = place_of(reader, found.docid);
    struct hit *hit = &out->hit;
    struct text reply;
    struct passage_record record = {};
    uint32_t of = 0;
    enum status status = document_record_split(loaded.bytes, &reply, &hit->record, error);
    if (!status)
        status = reply_of(place, reply, hit->record, &of, error);
    if (!status)
        status = id_of(reply, &hit->id, error);
    if (!status && hit->record.length)
        status = passage_record_decode(hit->record, &record, error);
    if (status)
        return status;
    hit->docid = found.docid;
    hit->reply = number_of(reader, { place.shard, of });
    hit->weight = found.weight;
    struct facet_codes codes;
    if (facets_unpack(loaded.facets, &codes)) {
        hit->year = static_cast<uint32_t>(codes.values[FACET_YEAR]);
        hit->group = codes.group;
    }
    hit->extent = loaded.extent;
    out->facets = loaded.facets;
    out->ordinal = record.ordinal;
    out->text = record.text;
    return STATUS_OK;
}

enum status copy_hits(struct index_reader *reader, const std::vector<Found> &found, size_t offset,
                      size_t limit, struct arena *arena, struct hit_list *out, struct error *error)
{
    std::vector<Loaded> loaded(found.size());
    std::vector<Ranked> ranked(found.size());
    enum status status = load(reader, found, arena, &loaded, error);
    for (size_t i = 0; i < found.size() && !status; i++) {
        bool tied = i > 0 && is_same(found[i - 1], found[i]);
        ranked[i].tie = i == 0 ? 0 : ranked[i - 1].tie + !tied;
        status = read_hit(reader, found[i], loaded[i], &ranked[i], error);
    }
    if (status)
        return status;
    std::stable_sort(ranked.begin(), ranked.end());
    out->count = ranked.size() > offset ? std::min(limit, ranked.size() - offset) : 0;
    out->hits = static_cast<struct hit *>(arena_array(arena, out->count + 1, sizeof(struct hit)));
    if (!out->hits)
        return out_of_memory(error);
    for (size_t i = 0; i < out->count; i++)
        out->hits[i] = ranked[offset + i].hit;
    return STATUS_OK;
}

} // namespace

namespace reading
{

std::unique_ptr<Match> new_match(struct index_reader *reader, const struct match_request *request)
{
    return reader->is_collection ? chosen_match(reader, request) : judged_match(reader, request);
}

enum status count_heavy(struct index_reader *reader, const struct match_request *request,
                        unsigned slot, Counts *out, struct error *error)
{
    std::vector<Found> found;
    std::unique_ptr<Match> match = new_match(reader, request);
    enum status status = find_heavy(match.get(), request->cutoff, slot, &found, error);
    for (const Found &one : found)
        if (!one.key.empty())
            ++(*out)[one.key];
    return status;
}

} // namespace reading

enum status index_reader_search(struct index_reader *reader, const struct match_request *request,
                                struct arena *arena, struct hit_list *out, struct error *error)
{
    return asking(reader, error, [=] {
        go_on(reader);
        std::unique_ptr<Match> match = new_match(reader, request);
        std::vector<Found> found;
        size_t wanted = static_cast<size_t>(request->offset) + request->limit;
        enum status status = find_first(match.get(), request, wanted, &found, error);
        if (status)
            return status;
        struct hit_list list = {};
        list.matches_estimated = match->estimated;
        list.matches_exact = match->exact;
        list.average_length = reader->average_length;
        status = copy_hits(reader, found, request->offset, request->limit, arena, &list, error);
        if (!status)
            *out = list;
        if (!status && reader->missing.empty())
            reader->failures.clear();
        return status;
    });
}
