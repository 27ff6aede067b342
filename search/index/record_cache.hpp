/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents that were read, for the queries after: what many queries find is read from the index and
 * decompressed once. Two generations of at most half the limit each; one that is full becomes the
 * older, whose own is forgotten, except what is found again in time. */
#ifndef DAFU_SEARCH_INDEX_RECORD_CACHE_HPP
#define DAFU_SEARCH_INDEX_RECORD_CACHE_HPP

#include <cstdint>
#include <string>
#include <unordered_map>

namespace reading
{

class RecordCache
{
  public:
    struct Record {
        std::string bytes;  /* decompressed: a document's stored records */
        std::string facets; /* SLOT_FACETS' value */
        uint32_t extent;    /* passages of the larger document */
    };

    explicit RecordCache(size_t limit) : limit_(limit)
    {
    }

    /* NULL: it is not there. Until the next call. */
    const Record *find(uint32_t docid)
    {
        auto young = young_.find(docid);
        if (young != young_.end())
            return &young->second;
        auto old = old_.find(docid);
        if (old == old_.end())
            return nullptr;
        Record record = std::move(old->second);
        old_.erase(old);
        return keep(docid, std::move(record));
    }

    const Record *keep(uint32_t docid, Record record)
    {
        const size_t OVERHEAD = 128; /* of two strings and their place in the map */
        size_t size = record.bytes.size() + record.facets.size() + OVERHEAD;
        if (bytes_ + size > limit_ / 2) {
            old_.swap(young_);
            young_.clear();
            bytes_ = 0;
        }
        bytes_ += size;
        return &(young_[docid] = std::move(record));
    }

  private:
    size_t limit_, bytes_ = 0; /* of the younger */
    std::unordered_map<uint32_t, Record> young_, old_;
};

} // namespace reading

#endif
