// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/segment_builder.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "indexer/analysis/stored_record.hpp"
#include "indexer/index/index_folder.hpp"

namespace builder
{

namespace
{

const size_t SAMPLE_BYTES_LEAST = 256 << 10; // to make a dictionary from
const size_t SAMPLE_BYTES_MOST = 16 << 20;
const size_t SAMPLE_LONGEST = 8 << 10; // longer records compress well by themselves
const uint64_t RETRAIN_FACTOR = 16;

template <typename T> void put(std::string *bytes, T value)
{
    bytes->append(reinterpret_cast<const char *>(&value), sizeof(value));
}

template <typename T> T take(const char **at)
{
    T value;
    memcpy(&value, *at, sizeof(value));
    *at += sizeof(value);
    return value;
}

void put_text(std::string *bytes, struct text text)
{
    put(bytes, static_cast<uint32_t>(text.length));
    bytes->append(text.data ? text.data : "", text.length);
}

struct text take_text(const char **at)
{
    uint32_t length = take<uint32_t>(at);
    struct text text = { *at, length };
    *at += length;
    return text;
}

std::string string_of(struct text text)
{
    return std::string(text.data, text.length);
}

} // namespace

// ---- a chunk: record, values, then terms ----------------------------------------------------

void Chunk::append(const struct index_entry &entry, struct text identity, struct text version)
{
    documents.push_back({ bytes.size(), static_cast<uint32_t>(entry.term_count + 1) });
    put_text(&bytes, entry.record);
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++)
        put_text(&bytes, slot == SLOT_VERSION ? version : entry.values[slot]);
    put_text(&bytes, identity);
    put<uint32_t>(&bytes, 0);
    for (size_t i = 0; i < entry.term_count; i++) {
        put_text(&bytes, entry.terms[i].term);
        put(&bytes, entry.terms[i].frequency);
    }
}

struct text Chunk::record(size_t number) const
{
    const char *at = bytes.data() + documents[number].offset;
    return take_text(&at);
}

Xapian::Document Chunk::document(size_t number) const
{
    Xapian::Document document;
    const char *at = bytes.data() + documents[number].offset;
    take_text(&at);
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++) {
        struct text value = take_text(&at);
        if (value.length)
            document.add_value(slot, string_of(value));
    }
    for (uint32_t i = 0; i < documents[number].terms; i++) {
        struct text term = take_text(&at);
        document.add_term(string_of(term), take<uint32_t>(&at));
    }
    return document;
}

// ---- the builder ----------------------------------------------------------------------------

SegmentBuilder::SegmentBuilder(const std::string &folder, struct record_codec *codec,
                               unsigned threads)
    : folder_(folder), codec_(codec), threads_(threads ? threads : 1)
{
    if (mkdir(folder.c_str(), 0777) != 0)
        throw Xapian::DatabaseError("cannot make the folder \"" + folder + "\"", std::string(),
                                    errno);
}

SegmentBuilder::~SegmentBuilder()
{
    {
        std::lock_guard<std::mutex> lock(mutex_);
        closing_ = true;
        waiting_.clear();
    }
    changed_.notify_all();
    for (std::thread &worker : workers_)
        worker.join();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void SegmentBuilder::append(const struct index_entry &entry, struct text identity,
                            struct text version)
{
    if (!filling_) {
        filling_ = std::make_shared<Chunk>();
        filling_->bytes.reserve(expected_);
        firsts_.push_back(count_ + 1);
    }
    filling_->append(entry, identity, version);
    count_++;
    if (filling_->documents.size() >= CHUNK_DOCUMENTS || filling_->bytes.size() >= CHUNK_BYTES)
        dispatch();
}

void SegmentBuilder::choose_dictionary(Chunk &chunk)
{
    unsigned newest =
        training.dictionaries ? static_cast<unsigned>(training.dictionaries->size()) : 0;
    chunk.dictionary = newest;
    if (!training.dictionaries || newest >= RECORD_DICTIONARIES_MAX)
        return;
    std::string samples;
    std::vector<size_t> lengths;
    uint64_t total = 0;
    for (size_t i = 0; i < chunk.documents.size(); i++) {
        struct text record = chunk.record(i);
        total += record.length;
        if (record.length <= SAMPLE_LONGEST &&
            samples.size() + record.length <= SAMPLE_BYTES_MOST) {
            samples.append(record.data, record.length);
            lengths.push_back(record.length);
        }
    }
    if (samples.size() < SAMPLE_BYTES_LEAST ||
        (newest && total < RETRAIN_FACTOR * *training.trained))
        return;
    struct buffer dictionary = {};
    std::unique_ptr<struct buffer, void (*)(struct buffer *)> release(&dictionary, buffer_release);
    struct error error;
    if (record_codec_train(samples.data(), lengths.data(), static_cast<unsigned>(lengths.size()),
                           &dictionary, &error) ||
        dictionary.length == 0)
        return; // as before, then
    if (record_codec_add(codec_, newest + 1, buffer_text(&dictionary), &error))
        throw std::bad_alloc();
    training.dictionaries->emplace_back(dictionary.data, dictionary.length);
    *training.trained = total;
    chunk.dictionary = newest + 1;
}

void SegmentBuilder::dispatch()
{
    std::shared_ptr<Chunk> chunk = std::move(filling_);
    filling_ = nullptr;
    expected_ = chunk->bytes.size();
    choose_dictionary(*chunk);
    chunk->path = folder_ + "/" + std::to_string(chunks_.size());
    chunks_.push_back(chunk);
    std::unique_lock<std::mutex> lock(mutex_);
    if (workers_.size() < threads_)
        workers_.emplace_back([this] { work(); });
    changed_.wait(lock, [this] { return waiting_.size() < threads_ || failure_; });
    if (failure_)
        std::rethrow_exception(failure_);
    waiting_.push_back(std::move(chunk));
    changed_.notify_all();
}

void SegmentBuilder::work()
{
    std::unique_ptr<struct record_encoder, void (*)(struct record_encoder *)> encoder(
        record_encoder_new(), record_encoder_free);
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (closing_)
            return;
        std::shared_ptr<Chunk> chunk = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
        lock.unlock();
        std::exception_ptr thrown;
        try {
            if (!encoder)
                throw std::bad_alloc();
            build(*chunk, encoder.get());
        } catch (...) {
            thrown = std::current_exception();
        }
        lock.lock();
        chunk->built = true;
        if (thrown && !failure_)
            failure_ = thrown;
        changed_.notify_all();
    }
}

void SegmentBuilder::build(Chunk &chunk, struct record_encoder *encoder)
{
    Xapian::WritableDatabase database(chunk.path, Xapian::DB_CREATE_OR_OVERWRITE |
                                                      Xapian::DB_BACKEND_GLASS |
                                                      Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC);
    struct buffer coded = {};
    std::unique_ptr<struct buffer, void (*)(struct buffer *)> release(&coded, buffer_release);
    struct error error;
    size_t gathered = 0; // postings that wait in memory
    for (size_t i = 0; i < chunk.documents.size(); i++) {
        Xapian::Document document = chunk.document(i);
        buffer_clear(&coded);
        if (record_encode(encoder, codec_, chunk.dictionary, chunk.record(i), &coded, &error))
            throw std::bad_alloc();
        set_stored_record(&document, std::string(coded.data, coded.length));
        database.add_document(document);
        gathered += chunk.documents[i].terms;
        if (gathered >= FLUSH_POSTINGS) {
            database.commit();
            gathered = 0;
        }
    }
    database.commit();
    database.close();
    std::string().swap(chunk.bytes); // from here on it is read from its database
}

void SegmentBuilder::wait_until_built(Chunk &chunk)
{
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&, this] { return chunk.built || failure_; });
    if (failure_)
        std::rethrow_exception(failure_);
}

std::string SegmentBuilder::record(uint32_t number)
{
    size_t which = static_cast<size_t>(std::upper_bound(firsts_.begin(), firsts_.end(), number) -
                                       firsts_.begin() - 1);
    uint32_t local = number - firsts_[which];
    if (which == chunks_.size()) { // still being filled
        struct text record = filling_->record(local);
        return string_of(record);
    }
    wait_until_built(*chunks_[which]);
    Xapian::Database database(chunks_[which]->path, Xapian::DB_BACKEND_GLASS);
    std::string coded = stored_record(database.get_document(local + 1));

    struct arena arena;
    arena_init(&arena, 0);
    std::unique_ptr<struct arena, void (*)(struct arena *)> release(&arena, arena_release);
    std::unique_ptr<struct record_decoder, void (*)(struct record_decoder *)> decoder(
        record_decoder_new(), record_decoder_free);
    struct text record;
    struct error error;
    if (!decoder)
        throw std::bad_alloc();
    if (record_decode(decoder.get(), codec_, { coded.data(), coded.size() }, &arena, &record,
                      &error))
        throw Xapian::DatabaseCorruptError(error.message);
    return string_of(record);
}

void SegmentBuilder::finish(const std::string &target)
{
    if (filling_)
        dispatch();
    for (const std::shared_ptr<Chunk> &chunk : chunks_)
        wait_until_built(*chunk);
    Xapian::Database all;
    for (const std::shared_ptr<Chunk> &chunk : chunks_)
        all.add_database(Xapian::Database(chunk->path, Xapian::DB_BACKEND_GLASS));
    all.compact(target, Xapian::Compactor::FULLER, BLOCK_BYTES);
    folder::sync_folder(target);
}

} // namespace builder
