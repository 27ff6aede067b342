/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts, statistics and terms. Plain C data in, plain C data out; `fenced` keeps what Xapian throws. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cstring>

extern "C" {
#include "indexer/base/utf8.h"
}

using namespace reading;

enum status index_reader_count(struct index_reader *reader, const struct match_request *request,
                               unsigned slot, struct arena *arena, struct value_count **out,
                               size_t *count, struct error *error)
{
    return asking(reader, error, [=] {
        Counts found;
        go_on(reader);
        enum status status = request->cutoff > 0
                                 ? count_heavy(reader, request, slot, &found, error)
                             : reader->is_collection
                                 ? count_chosen(reader, request, slot, &found, error)
                                 : count_judged(reader, request, slot, &found, error);
        auto list = static_cast<struct value_count *>(
            arena_array(arena, found.size() + 1, sizeof(struct value_count)));
        if (!status && !list)
            return out_of_memory(error);
        size_t number = 0;
        for (const auto &[value, times] : found) {
            if (status)
                break;
            list[number] = { keep(arena, value), times };
            if (!list[number++].value.data)
                return out_of_memory(error);
        }
        if (status)
            return status;
        *out = list;
        *count = number;
        return STATUS_OK;
    });
}

static uint32_t passages_with(const struct index_reader *reader, struct text term)
{
    if (!is_character(term))
        return frequency_of(reader, bytes_of(term));
    std::string character = character_of(term);
    size_t at = 0;
    uint32_t codepoint = character.empty() ? 0 : utf8_next_valid(character.data(), &at);
    return codepoint < CHARACTER_COUNTS_SIZE ? reader->characters[codepoint] : 0;
}

enum status index_reader_statistics(struct index_reader *reader, const struct text *terms,
                                    size_t count, uint32_t *document_frequencies,
                                    uint64_t *passages, struct error *error)
{
    return asking(reader, error, [=] {
        go_on(reader);
        std::vector<std::string> names;
        for (size_t i = 0; i < count && reader->has_remote; i++)
            names.push_back(bytes_of(terms[i]));
        ask_frequencies(reader, names);
        for (size_t i = 0; i < count; i++)
            document_frequencies[i] = passages_with(reader, terms[i]);
        *passages = static_cast<uint64_t>(reader->passages);
        return STATUS_OK;
    });
}

/* Of documents on this machine, in ascending order. */
static void look_up(const struct index_reader *reader, index_shard *shard,
                    const std::vector<uint32_t> &documents, const std::vector<std::string> &terms,
                    std::vector<std::vector<bool>> *out)
{
    out->assign(terms.size(), std::vector<bool>(documents.size()));
    for (size_t t = 0; t < terms.size(); t++) {
        go_on(reader);
        Xapian::PostingIterator posting = shard->database.postlist_begin(terms[t]);
        Xapian::PostingIterator end = shard->database.postlist_end(terms[t]);
        for (size_t d = 0; d < documents.size(); d++) {
            if (posting != end)
                posting.skip_to(documents[d]);
            (*out)[t][d] = posting != end && *posting == documents[d];
        }
    }
}

namespace
{

struct Share { /* of the documents that are asked about: a shard's */
    std::vector<std::pair<uint32_t, size_t>> documents; /* and which of all they are */
    std::vector<std::vector<bool>> has;

    std::vector<uint32_t> numbers() const
    {
        std::vector<uint32_t> numbers;
        for (const auto &document : documents)
            numbers.push_back(document.first);
        return numbers;
    }
};

} // namespace

enum status index_reader_has(struct index_reader *reader, const uint32_t *docids,
                             size_t docid_count, const struct text *terms, size_t term_count,
                             bool *out, struct error *error)
{
    return asking(reader, error, [=] {
        std::map<index_shard *, Share> shares;
        std::vector<std::string> names;
        for (size_t i = 0; i < docid_count; i++) {
            place place = place_of(reader, docids[i]);
            shares[place.shard].documents.push_back({ place.document, i });
        }
        for (size_t i = 0; i < term_count; i++)
            names.push_back(bytes_of(terms[i]));
        for (auto &[shard, share] : shares) {
            std::sort(share.documents.begin(), share.documents.end());
            if (!shard->is_remote())
                look_up(reader, shard, share.numbers(), names, &share.has);
        }
        each_server(reader, [&](index_shard *shard) {
            auto share = shares.find(shard);
            if (share != shares.end())
                ask_has(shard, share->second.numbers(), names, &share->second.has);
        });
        for (const auto &[shard, share] : shares)
            for (size_t t = 0; t < term_count; t++)
                for (size_t d = 0; d < share.documents.size(); d++)
                    out[t * docid_count + share.documents[d].second] = share.has[t][d];
        return STATUS_OK;
    });
}

enum status index_reader_terms(struct index_reader *reader, const char *prefix, size_t ceiling,
                               struct arena *arena, struct text **out, size_t *count,
                               struct error *error)
{
    return asking(reader, error, [=] {
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
