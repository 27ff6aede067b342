/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small steps through normalised text, for extraction. */
#ifndef DAFU_SEARCH_QUERY_SCAN_H
#define DAFU_SEARCH_QUERY_SCAN_H

#include "indexer/base/utf8.h"

static inline struct text scan_rest(struct text text, size_t at)
{
    return text_slice(text, at, text.length - at);
}

static inline bool scan_at(struct text text, size_t at, struct text word)
{
    return at <= text.length && text_starts_with(scan_rest(text, at), word);
}

/* Where `word` stands at `at` or behind it; TEXT_NONE. */
static inline size_t scan_find(struct text text, size_t at, struct text word)
{
    size_t found = at <= text.length ? text_find(scan_rest(text, at), word) : TEXT_NONE;
    return found == TEXT_NONE ? TEXT_NONE : at + found;
}

static inline bool scan_before(struct text text, size_t at, struct text word)
{
    return text_ends_with(text_slice(text, 0, at), word);
}

static inline bool scan_digit(struct text text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

static inline bool scan_letter(struct text text, size_t at)
{
    return at < text.length && text.data[at] >= 'a' && text.data[at] <= 'z';
}

static inline size_t scan_skip_blank(struct text text, size_t at)
{
    return at < text.length && text.data[at] == ' ' ? at + 1 : at;
}

/* The code point before `at`, 0 at the start. */
static inline uint32_t scan_previous(struct text text, size_t at)
{
    if (at == 0)
        return 0;
    size_t before = utf8_boundary(text, at - 1);
    return utf8_next_valid(text.data, &before);
}

/* The words of a text, so that 共 is not taken out of 共享. */
struct scan_words {
    const char *text;
    size_t length;
    const bool *inside; /* per byte, one more at the end: a word goes on here */
};

/* Whether a word has to be cut at this place of (a slice of) the text. */
static inline bool scan_cuts(const struct scan_words *words, const char *place)
{
    return place >= words->text && place <= words->text + words->length &&
           words->inside[place - words->text];
}

/* As scan_any_at, but a row of one character must end where a word does. */
size_t scan_word_at(const struct scan_words *words, struct text text, size_t at,
                    const struct text *rows);

/* As scan_any_before, but a row of one character must begin where a word does. */
size_t scan_word_before(const struct scan_words *words, struct text text, size_t at,
                        const struct text *rows);

/* Bytes of the longest row of a table (ended by an empty one) that stands at `at`, or that ends
 * there; 0: none. */
size_t scan_any_at(struct text text, size_t at, const struct text *words);
size_t scan_any_before(struct text text, size_t at, const struct text *words);

#endif
