// SPDX-License-Identifier: GPL-2.0-or-later
// Documents -> one segment, on several threads, always the same one.
//
// Documents are gathered into chunks of a fixed number; each chunk is built as a private database by
// whichever thread is free, and all of them are compacted into the segment in the order in which
// they came. So what comes out does not depend on the number of threads.
//
// Xapian gathers postings in maps of maps: many small databases that stay within the processor's
// caches, merged once, are several times as fast as one large one; but a list of postings is not put
// together again from its pieces, so each chunk adds to the size. Measured on 59,290 passages of
// statutes (20.8 MB), the whole program, two cores: 4.1 s and 34.3 MB for chunks of 10,000, 3.9 s and
// 36.8 MB for 5,000, 4.0 s and 37.3 MB for 4,000. Within a chunk postings are written out whenever
// there are FLUSH_POSTINGS: 25,000 to 100,000 cost the same, 200,000 a tenth more for these, and on
// 3,475 long texts (57.9 MB) 8.3 s for 50,000, 8.7 s for 200,000, 11.5 s for 1,000 documents each.
//
// Memory: a chunk's documents, serialised (about four times their text), for each thread, as many
// waiting, and the one being filled.
#ifndef DAFU_INDEX_SEGMENT_BUILDER_HPP
#define DAFU_INDEX_SEGMENT_BUILDER_HPP

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <xapian.h>

extern "C" {
#include "indexer/analysis/record_codec.h"
#include "indexer/base/status.h"
#include "indexer/index/index_entry.h"
}

namespace builder
{

const uint32_t CHUNK_DOCUMENTS = 10000;
const size_t FLUSH_POSTINGS = 1 << 16;
const int BLOCK_BYTES = 32 << 10; // of a segment's tables: records of 2 KB fill smaller ones badly
const size_t CHUNK_BYTES = 64 << 20; // serialised: long passages end a chunk earlier

struct Document {  // serialised in Chunk::bytes
    size_t offset; // where it begins
    uint32_t terms;
};

struct Chunk {
    std::string bytes;
    std::vector<Document> documents;
    std::string path; // of its database
    unsigned dictionary = 0;
    bool built = false;

    void append(const struct index_entry &entry, struct text identity, struct text version);
    struct text record(size_t number) const; // as it was appended
    Xapian::Document document(size_t number) const;
};

class SegmentBuilder
{
  public:
    // `folder` is made; it is removed with everything in it by the destructor. The codec may get
    // more dictionaries while this lives (by train), and must live longer.
    SegmentBuilder(const std::string &folder, struct record_codec *codec, unsigned threads);
    ~SegmentBuilder();
    SegmentBuilder(const SegmentBuilder &) = delete;
    SegmentBuilder &operator=(const SegmentBuilder &) = delete;

    uint32_t count() const
    {
        return count_;
    }

    // identity and version: index_head.h. Numbers documents from 1. Throws what building an earlier
    // chunk threw.
    void append(const struct index_entry &entry, struct text identity, struct text version);

    // The stored record of a document, whether its chunk is built or not.
    std::string record(uint32_t number);

    // Finishes all chunks and compacts them to `target`, durably. Not for count() 0.
    void finish(const std::string &target);

    // Where new dictionaries go, which the records of large chunks make, and from how many bytes the
    // last was made. Unset: records are not compressed.
    struct Training {
        std::vector<std::string> *dictionaries;
        uint64_t *trained;
    } training = { nullptr, nullptr };

  private:
    void dispatch();
    void choose_dictionary(Chunk &chunk);
    void work();
    void build(Chunk &chunk, struct record_encoder *encoder);
    void wait_until_built(Chunk &chunk);

    std::string folder_;
    struct record_codec *codec_;
    unsigned threads_;
    uint32_t count_ = 0;
    std::vector<std::shared_ptr<Chunk>> chunks_; // all, in order
    std::vector<uint32_t> firsts_;               // number of the first document of each
    std::shared_ptr<Chunk> filling_;
    size_t expected_ = 0; // bytes of a chunk: what the last one had

    std::mutex mutex_; // of what follows, and of Chunk::built
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Chunk>> waiting_;
    bool closing_ = false;
    std::exception_ptr failure_;
    std::vector<std::thread> workers_;
};

} // namespace builder

#endif
