// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/served_records.hpp"
#include "indexer/index/segment_builder.hpp"

#include <unistd.h>

#include <filesystem>
#include <memory>

#include "indexer/analysis/stored_record.hpp"

extern "C" {
#include "indexer/analysis/field.h"
#include "indexer/analysis/record.h"
#include "indexer/analysis/stored_copy.h"
}

namespace served
{

namespace
{

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

// Documents of a reply follow one another, its record first.
class Copier
{
  public:
    explicit Copier(const struct record_codec *codec)
        : codec_(codec), decoder_(record_decoder_new(), record_decoder_free)
    {
        arena_init(&arena_, 0);
        if (!decoder_)
            throw std::bad_alloc();
    }

    ~Copier()
    {
        arena_release(&arena_);
        buffer_release(&bytes_);
    }

    Copier(const Copier &) = delete;
    Copier &operator=(const Copier &) = delete;

    enum status copy(const Xapian::Document &from, Xapian::Document *to, struct error *error)
    {
        std::string data = stored_record(from), facets = from.get_value(SLOT_FACETS);
        enum status status = find_identity(from, data, error);
        if (status)
            return status;
        const struct stored_copy copy = { text_of_string(facets), text_of_string(identity_),
                                          text_of_string(data) };
        buffer_clear(&bytes_);
        stored_copy_append(&bytes_, &copy);
        if (buffer_status(&bytes_, error))
            return STATUS_NO_MEMORY;
        to->set_data(std::string(bytes_.data, bytes_.length));
        return STATUS_OK;
    }

  private:
    enum status find_identity(const Xapian::Document &from, const std::string &data,
                              struct error *error)
    {
        struct text record, reply, passage;
        struct reply_record decoded;
        arena_clear(&arena_);
        enum status status = record_decode(decoder_.get(), codec_, text_of_string(data), &arena_,
                                           &record, error);
        if (!status)
            status = document_record_split(record, &reply, &passage, error);
        if (status || !reply.length)
            return status;
        status = reply_record_decode(reply, &decoded, error);
        if (status)
            return status;
        char identity[INDEX_IDENTITY_MAX];
        std::string version = from.get_value(SLOT_VERSION);
        size_t length =
            index_identity(decoded.id, index_version_read(text_of_string(version)), identity);
        identity_.assign(identity, length);
        return STATUS_OK;
    }

    const struct record_codec *codec_;
    std::unique_ptr<struct record_decoder, void (*)(struct record_decoder *)> decoder_;
    struct arena arena_;
    struct buffer bytes_ = {};
    std::string identity_; // of the reply at hand
};

enum status write_one(const std::string &path, const folder::Segment &segment,
                      const struct record_codec *codec, struct error *error)
{
    std::string built = path + "/" INDEX_BUILD_PREFIX "records";
    std::filesystem::remove_all(built);
    Copier copier(codec);
    Xapian::Database from(path + "/" + segment.name(), Xapian::DB_BACKEND_GLASS);
    Xapian::WritableDatabase to(built, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS |
                                           Xapian::DB_NO_SYNC,
                                builder::BLOCK_BYTES);
    for (uint32_t number = 1; number <= segment.documents; number++) {
        Xapian::Document document;
        enum status status = copier.copy(from.get_document(number), &document, error);
        if (status)
            return status;
        to.add_document(document);
    }
    to.commit();
    to.close();
    folder::sync_folder(built);
    std::filesystem::rename(built, path + "/" + segment.records_name());
    return STATUS_OK;
}

} // namespace

enum status write_records(const std::string &path, const folder::Head &head,
                          const struct record_codec *codec, struct error *error)
{
    for (const folder::Segment &segment : head.segments) {
        if (access((path + "/" + segment.records_name()).c_str(), F_OK) == 0)
            continue;
        enum status status = write_one(path, segment, codec, error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

} // namespace served
