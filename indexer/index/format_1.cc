// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/format_1.hpp"

#include <unistd.h>

#include <algorithm>
#include <memory>

extern "C" {
#include "indexer/analysis/field.h"
#include "indexer/analysis/index_head.h"
#include "indexer/analysis/record.h"
#include "indexer/analysis/varint.h"
#include "indexer/base/buffer.h"
}

namespace format_1
{

namespace
{

const char PART_OF[] = "XO";      // prefix of the term of a passage: its reply's id
const char REPLIES[] = "XTreply"; // term of every reply's own document
const unsigned TAG_DOCNO = 2;     // of a passage's record: "<stem>#<paragraph>", or the reply's id
const char LEDGER[] = "dafu.ledger."; // and a number: pieces, in order

struct Holder {
    struct arena arena;
    Holder()
    {
        arena_init(&arena, 0);
    }
    ~Holder()
    {
        arena_release(&arena);
    }
    Holder(const Holder &) = delete;
    Holder &operator=(const Holder &) = delete;
};

struct Bytes {
    struct buffer buffer = {};
    Bytes() = default;
    ~Bytes()
    {
        buffer_release(&buffer);
    }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;
};

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

struct Passage {
    std::string bytes;
    struct passage_record record;
    struct text docno;
};

// A field that records have no longer; empty when it is not there.
struct text field_of(struct text record, unsigned wanted)
{
    uint64_t tag, length;
    struct text rest = text_slice(record, 1, record.length - 1);
    while (varint_take(&rest, &tag) && varint_take(&rest, &length) && length <= rest.length) {
        struct text value = text_slice(rest, 0, static_cast<size_t>(length));
        if (tag == wanted)
            return value;
        rest = text_slice(rest, value.length, rest.length - value.length);
    }
    return { nullptr, 0 };
}

enum status not_whole(struct text id, struct error *error)
{
    return error_set(error, STATUS_CORRUPT, "reply \"%.*s\" is not whole", TEXT_ARG(id));
}

enum status read_passages(const Xapian::Database &database, const struct reply_record &reply,
                          std::vector<std::unique_ptr<Passage>> *out, struct arena *arena,
                          struct error *error)
{
    struct text term = field_term(PART_OF, reply.id, arena);
    if (!term.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    std::string name(term.data, term.length);
    for (auto i = database.postlist_begin(name); i != database.postlist_end(name); ++i) {
        auto passage = std::make_unique<Passage>();
        passage->bytes = database.get_document(*i).get_data();
        struct text bytes = text_of_string(passage->bytes);
        enum status status = passage_record_decode(bytes, &passage->record, error);
        if (status)
            return status;
        passage->docno = field_of(bytes, TAG_DOCNO);
        out->push_back(std::move(passage));
    }
    std::sort(out->begin(), out->end(),
              [](const auto &a, const auto &b) { return a->record.ordinal < b->record.ordinal; });
    for (size_t i = 0; i < out->size(); i++)
        if ((*out)[i]->record.ordinal != i)
            return not_whole(reply.id, error);
    return out->size() == reply.passage_count ? STATUS_OK : not_whole(reply.id, error);
}

struct text kept(struct arena *arena, const Bytes &bytes)
{
    return arena_text(arena, buffer_text(&bytes.buffer));
}

// The records as they are written now.
enum status convert(struct reply_record *reply,
                    const std::vector<std::unique_ptr<Passage>> &passages, struct arena *arena,
                    std::vector<struct text> *out, struct error *error)
{
    struct text docno = passages.empty() ? reply->id : passages[0]->docno;
    bool single = passages.size() == 1 && text_equal(docno, reply->id);
    size_t mark = docno.length;
    while (mark > 0 && docno.data[mark - 1] != '#')
        mark--;
    if (!single && mark > 0)
        reply->stem = text_slice(docno, 0, mark - 1);
    Bytes own;
    enum status status = reply_record_encode(reply, &own.buffer, error);
    if (!status && !single)
        out->push_back(kept(arena, own));
    for (const auto &passage : passages) {
        Bytes bytes, both;
        if (!status)
            status = passage_record_encode(&passage->record, &bytes.buffer, error);
        if (!status && single)
            status = document_record_join(buffer_text(&own.buffer), buffer_text(&bytes.buffer),
                                          &both.buffer, error);
        if (!status)
            out->push_back(kept(arena, single ? both : bytes));
    }
    for (struct text record : *out)
        if (!status && !record.data)
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}

enum status read_reply(const Xapian::Database &database, Xapian::docid document, const Take &take,
                       struct error *error)
{
    Holder holder;
    std::string bytes = database.get_document(document).get_data();
    struct reply_record reply;
    std::vector<std::unique_ptr<Passage>> passages;
    std::vector<struct text> records;
    enum status status = reply_record_decode(text_of_string(bytes), &reply, error);
    if (!status)
        status = read_passages(database, reply, &passages, &holder.arena, error);
    if (!status)
        status = convert(&reply, passages, &holder.arena, &records, error);
    return status ? status : take(records);
}

} // namespace

std::string database_of(const std::string &path)
{
    for (const char *name : { "/" INDEX_STUB, "/" INDEX_STUB ".1" })
        if (access((path + name + "/iamglass").c_str(), F_OK) == 0)
            return path + name;
    return std::string();
}

Rest read_rest(const Xapian::Database &database)
{
    Rest rest = { database.get_metadata(INDEX_META_WORDS),
                  database.get_metadata(INDEX_META_LEARNED),
                  database.get_metadata(INDEX_META_PAIRS), std::string() };
    for (auto i = database.metadata_keys_begin(LEDGER); i != database.metadata_keys_end(LEDGER);
         ++i)
        rest.ledger += database.get_metadata(*i);
    return rest;
}

enum status read_replies(const Xapian::Database &database, const Take &take, struct error *error)
{
    for (auto i = database.postlist_begin(REPLIES); i != database.postlist_end(REPLIES); ++i) {
        enum status status = read_reply(database, *i, take, error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

} // namespace format_1
