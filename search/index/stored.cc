/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading documents: neighbours one after the other; of a server from the copy that it can send. */
#include "search/index/reader_state.hpp"

#include <algorithm>

extern "C" {
#include "indexer/analysis/stored_copy.h"
}

using namespace reading;

namespace
{

const size_t IDENTITIES_MAX = 100000;

/* A document of segment i lies in database i, its copy behind all segments. */
uint32_t copy_of(const index_shard *shard, uint32_t document)
{
    return document + static_cast<uint32_t>(shard->head.segment_count);
}

void read_copy(index_shard *shard, Stored *out)
{
    struct stored_copy copy;
    uint32_t document = out->place.document;
    std::string data = shard->database.get_document(copy_of(shard, document)).get_data();
    if (!stored_copy_read(text_of_string(data), &copy))
        throw Xapian::DatabaseCorruptError("a record of " + shard->name);
    out->data = bytes_of(copy.data);
    out->facets = bytes_of(copy.facets);
    if (shard->identities.size() > IDENTITIES_MAX)
        shard->identities.clear();
    shard->identities[document] = bytes_of(copy.identity);
}

void read_folder(const struct index_reader *reader, index_shard *shard, Stored *const *stored,
                 size_t count)
{
    const Xapian::Database &database = shard->database;
    Xapian::ValueIterator facets = database.valuestream_begin(SLOT_FACETS);
    const Xapian::ValueIterator end = database.valuestream_end(SLOT_FACETS);
    for (size_t i = 0; i < count; i++) {
        uint32_t document = stored[i]->place.document;
        go_on(reader);
        stored[i]->data =
            stored_record(database.get_document(document, Xapian::DOC_ASSUME_VALID));
        if (facets != end)
            facets.skip_to(document);
        if (facets != end && facets.get_docid() == document)
            stored[i]->facets = *facets;
    }
}

} // namespace

namespace reading
{

void read_stored(const struct index_reader *reader, std::vector<Stored> *out)
{
    std::vector<Stored *> order;
    std::unordered_map<index_shard *, std::vector<Stored *>> remote;
    for (Stored &stored : *out)
        if (stored.place.shard->is_remote())
            remote[stored.place.shard].push_back(&stored);
        else
            order.push_back(&stored);
    std::sort(order.begin(), order.end(), [](const Stored *a, const Stored *b) {
        return a->place.shard != b->place.shard ? a->place.shard->first < b->place.shard->first
                                                : a->place.document < b->place.document;
    });
    for (size_t first = 0, last; first < order.size(); first = last) {
        index_shard *shard = order[first]->place.shard;
        for (last = first + 1; last < order.size() && order[last]->place.shard == shard;)
            last++;
        read_folder(reader, shard, &order[first], last - first);
    }
    each_server(reader, [&](index_shard *shard) {
        auto wanted = remote.find(shard);
        for (size_t i = 0; wanted != remote.end() && i < wanted->second.size(); i++)
            read_copy(shard, wanted->second[i]);
    });
}

std::string read_data(index_shard *shard, uint32_t document)
{
    if (!shard->is_remote()) { // whether it is there only matters when it has nothing
        const Xapian::Database &database = shard->database;
        std::string data = stored_record(database.get_document(document, Xapian::DOC_ASSUME_VALID));
        return data.empty() ? stored_record(database.get_document(document)) : data;
    }
    Stored stored = { { shard, document }, std::string(), std::string() };
    read_copy(shard, &stored);
    return stored.data;
}

} // namespace reading
