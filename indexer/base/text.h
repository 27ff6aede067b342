/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Borrowed text: bytes counted, not NUL-terminated, valid UTF-8 unless a header says otherwise.
 * A struct text owns nothing; whoever made the bytes says how long they live. */
#ifndef DAFU_BASE_TEXT_H
#define DAFU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

struct text {
    const char *data; /* may be NULL when length is 0 */
    size_t length;    /* bytes */
};

#define TEXT(literal) text_of_bytes("" literal, sizeof(literal) - 1)
/* The same for static tables, where a compound literal is not constant. */
#define TEXT_INIT(literal)                                                                         \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
/* printf("%.*s", TEXT_ARG(text)) */
#define TEXT_ARG(text) (int)(text).length, (text).data ? (text).data : ""

#define TEXT_NONE ((size_t)-1)

static inline struct text text_of_bytes(const char *data, size_t length)
{
    struct text text = { data, length };
    return text;
}

static inline struct text text_of(const char *string)
{
    return text_of_bytes(string, string ? strlen(string) : 0);
}

static inline struct text text_slice(struct text text, size_t start, size_t length)
{
    /* C does not allow NULL + 0, and an empty text may have no bytes at all */
    return text_of_bytes(text.data ? text.data + start : NULL, length);
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Byte order, shorter first on a common prefix (strcmp's sign). */
int text_compare(struct text a, struct text b);

bool text_starts_with(struct text text, struct text prefix);
bool text_ends_with(struct text text, struct text suffix);

/* Byte offset of the first (last) occurrence, or TEXT_NONE. An empty needle is found at 0. */
size_t text_find(struct text text, struct text needle);
size_t text_find_last(struct text text, struct text needle);

static inline bool text_contains(struct text text, struct text needle)
{
    return text_find(text, needle) != TEXT_NONE;
}

/* Drops white space at both ends: what Unicode calls White_Space (ASCII blanks, U+00A0, U+3000,
 * the typographic spaces), U+FEFF and the zero-width spaces and joiners. */
struct text text_trim(struct text text);

/* Takes the piece before the first `separator` off *rest; false when *rest is used up.
 * "a,b" gives "a", "b"; "" gives one empty piece; start with *rest = whole text. After the last
 * piece *rest is empty, so it also serves to take one piece and keep the remainder. */
bool text_split(struct text *rest, struct text separator, struct text *piece);

/* Decimal digits only, the whole text, no overflow; false otherwise (*value untouched). */
bool text_to_u64(struct text text, unsigned long long *value);

/* FNV-1a, 64 bits (Fowler, Noll, Vo). Not for adversaries: hash tables seed it themselves. */
unsigned long long text_hash(struct text text);

#ifdef __cplusplus
}
#endif
#endif
