/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searching is left to the C library's memmem (two-way string matching, linear time). */
#define _GNU_SOURCE /* memmem, memrchr */
#include "indexer/base/text.h"

#include <stdint.h>

#include "indexer/base/utf8.h"

int text_compare(struct text a, struct text b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool text_starts_with(struct text text, struct text prefix)
{
    return text.length >= prefix.length &&
           text_equal(text_of_bytes(text.data, prefix.length), prefix);
}

bool text_ends_with(struct text text, struct text suffix)
{
    return text.length >= suffix.length &&
           text_equal(text_slice(text, text.length - suffix.length, suffix.length), suffix);
}

size_t text_find(struct text text, struct text needle)
{
    if (!needle.length)
        return 0;
    if (text.length < needle.length)
        return TEXT_NONE;
    /* The sanitizers look at the whole text for each memmem: a file of lines would be read line by
     * line in quadratic time. */
    const char *found = needle.length == 1
                            ? memchr(text.data, needle.data[0], text.length)
                            : memmem(text.data, text.length, needle.data, needle.length);
    return found ? (size_t)(found - text.data) : TEXT_NONE;
}

size_t text_find_last(struct text text, struct text needle)
{
    if (!needle.length)
        return 0;
    if (text.length < needle.length)
        return TEXT_NONE;
    for (size_t end = text.length - needle.length + 1; end > 0;) {
        const char *found = memrchr(text.data, needle.data[0], end);
        if (!found)
            return TEXT_NONE;
        if (memcmp(found, needle.data, needle.length) == 0)
            return (size_t)(found - text.data);
        end = (size_t)(found - text.data);
    }
    return TEXT_NONE;
}

static bool is_space(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r');
    switch (codepoint) {
    case 0x0085: /* next line */
    case 0x00A0: /* no-break space */
    case 0x1680: /* ogham space mark */
    case 0x2028: /* line separator */
    case 0x2029: /* paragraph separator */
    case 0x202F: /* narrow no-break space */
    case 0x205F: /* medium mathematical space */
    case 0x2060: /* word joiner */
    case 0x3000: /* ideographic space */
    case 0xFEFF: /* zero-width no-break space, byte order mark */
        return true;
    default:
        return codepoint >= 0x2000 && codepoint <= 0x200D; /* en quad to zero-width joiner */
    }
}

struct text text_trim(struct text text)
{
    size_t start = 0;
    while (start < text.length) {
        size_t next = start;
        if (!is_space(utf8_next(text.data, text.length, &next)))
            break;
        start = next;
    }

    size_t end = text.length;
    while (end > start) {
        size_t last = utf8_boundary(text, end - 1);
        size_t next = last;
        if (!is_space(utf8_next(text.data, end, &next)) || next != end)
            break;
        end = last;
    }
    return text.data ? text_slice(text, start, end - start) : text;
}

/* Where *rest points after the last piece: distinct from every text, also from the empty one. */
static const char USED_UP[1];

bool text_split(struct text *rest, struct text separator, struct text *piece)
{
    if (rest->data == USED_UP)
        return false;

    size_t found = separator.length ? text_find(*rest, separator) : TEXT_NONE;
    if (found == TEXT_NONE) {
        *piece = *rest;
        *rest = text_of_bytes(USED_UP, 0);
        return true;
    }
    *piece = text_of_bytes(rest->data, found);
    size_t behind = found + separator.length;
    *rest = text_slice(*rest, behind, rest->length - behind);
    return true;
}

bool text_to_u64(struct text text, unsigned long long *value)
{
    unsigned long long result = 0;
    if (!text.length)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        unsigned digit = (unsigned)(text.data[i] - '0');
        if (result > (~0ull - digit) / 10)
            return false;
        result = result * 10 + digit;
    }
    *value = result;
    return true;
}

unsigned long long text_hash(struct text text)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < text.length; i++) {
        hash ^= (unsigned char)text.data[i];
        hash *= UINT64_C(0x100000001B3);
    }
    return hash;
}
