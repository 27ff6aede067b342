// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/index/segment_rewriter.hpp"

#include <algorithm>
#include <memory>

#include "indexer/analysis/stored_record.hpp"

extern "C" {
#include "indexer/base/utf8.h"
}

namespace rewriter
{

namespace
{

struct Posting {
    uint32_t term, frequency;
};

struct Window {
    uint32_t first, last; // documents
    std::vector<std::string> terms;
    std::vector<std::vector<Posting>> documents;
};

void read_window(const Xapian::Database &database, Window *window)
{
    window->documents.assign(window->last - window->first + 1, {});
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        auto at = database.postlist_begin(*term), end = database.postlist_end(*term);
        at.skip_to(window->first);
        if (at == end || *at > window->last)
            continue;
        auto number = static_cast<uint32_t>(window->terms.size());
        window->terms.push_back(*term);
        for (; at != end && *at <= window->last; ++at)
            window->documents[*at - window->first].push_back({ number, at.get_wdf() });
    }
}

struct text text_of_string(const std::string &string)
{
    return { string.data(), string.size() };
}

class Copier
{
  public:
    Copier(const struct record_codec *codec, builder::SegmentBuilder *to,
           std::vector<uint32_t> *characters)
        : codec_(codec), to_(to), characters_(characters),
          decoder_(record_decoder_new(), record_decoder_free)
    {
        arena_init(&arena_, 0);
        if (!decoder_)
            throw std::bad_alloc();
    }

    ~Copier()
    {
        arena_release(&arena_);
    }

    Copier(const Copier &) = delete;
    Copier &operator=(const Copier &) = delete;

    void copy(const Xapian::Database &database, const Window &window, uint32_t number, bool dead)
    {
        struct index_entry entry = {};
        struct text identity = { nullptr, 0 };
        terms_.clear();
        for (const Posting &posting : window.documents[number - window.first]) {
            struct text term = text_of_string(window.terms[posting.term]);
            if (text_starts_with(term, text_of(FIELDS[FIELD_ID].prefix)))
                identity = term;
            else
                terms_.push_back({ term, posting.frequency });
        }
        entry.terms = terms_.data();
        entry.term_count = terms_.size();
        if (dead) {
            count_characters(entry, -1, characters_);
            return;
        }
        Xapian::Document document = database.get_document(number);
        std::string values[SLOT_COUNT], coded = stored_record(document);
        for (unsigned slot = 0; slot < SLOT_COUNT; slot++) {
            values[slot] = document.get_value(slot);
            entry.values[slot] = text_of_string(values[slot]);
        }
        struct error error;
        arena_clear(&arena_);
        if (record_decode(decoder_.get(), codec_, text_of_string(coded), &arena_, &entry.record,
                          &error))
            throw Xapian::DatabaseCorruptError(error.message);
        to_->append(entry, identity, entry.values[SLOT_VERSION]);
    }

  private:
    const struct record_codec *codec_;
    builder::SegmentBuilder *to_;
    std::vector<uint32_t> *characters_;
    std::unique_ptr<struct record_decoder, void (*)(struct record_decoder *)> decoder_;
    struct arena arena_;
    std::vector<struct index_term> terms_;
};

} // namespace

void count_characters(const struct index_entry &entry, int sign, std::vector<uint32_t> *counts)
{
    uint32_t last = 0; // terms are in order, so a character's terms are neighbours
    for (size_t i = 0; i < entry.term_count; i++) {
        struct text term = entry.terms[i].term;
        size_t at = 0;
        if (!term.length || static_cast<unsigned char>(term.data[0]) < 0xE2)
            continue; // a prefix, a number, letters
        uint32_t codepoint = utf8_next_valid(term.data, &at);
        if (codepoint != last && codepoint < CHARACTER_COUNTS_SIZE)
            (*counts)[codepoint] += static_cast<uint32_t>(sign);
        last = codepoint;
    }
}

void copy_living(const std::string &path, const folder::Segment &segment,
                 const struct record_codec *codec, builder::SegmentBuilder *to,
                 std::vector<uint32_t> *characters)
{
    Xapian::Database database(path, Xapian::DB_BACKEND_GLASS);
    Copier copier(codec, to, characters);
    for (uint32_t first = 1; first <= segment.documents; first += WINDOW_DOCUMENTS) {
        Window window;
        window.first = first;
        window.last = std::min(segment.documents, first + WINDOW_DOCUMENTS - 1);
        read_window(database, &window);
        for (uint32_t number = window.first; number <= window.last; number++)
            copier.copy(database, window, number, segment.is_dead(number));
    }
}

} // namespace rewriter
