/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The decoder follows table 3-7 of the Unicode standard (well-formed byte sequences): the first
 * byte decides how many follow and which range the second may have. */
#include "indexer/base/utf8.h"

#include <utf8proc.h>

/* How many bytes begin with `first`, and the range of the second; 0 when none can. */
static size_t sequence_length(unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0; /* a continuation byte, or an overlong form */
    if (first < 0xE0)
        return 2;
    if (first < 0xF0) {
        if (first == 0xE0)
            *low = 0xA0; /* below: overlong */
        if (first == 0xED)
            *high = 0x9F; /* above: surrogates */
        return 3;
    }
    if (first == 0xF0)
        *low = 0x90; /* below: overlong */
    if (first == 0xF4)
        *high = 0x8F; /* above: beyond U+10FFFF */
    return first < 0xF5 ? 4 : 0;
}

uint32_t utf8_next(const char *data, size_t length, size_t *offset)
{
    size_t at = *offset;
    unsigned char first = (unsigned char)data[at++];
    unsigned char low;
    unsigned char high;
    size_t expected = sequence_length(first, &low, &high);

    *offset = at;
    if (expected <= 1)
        return expected ? first : UTF8_INVALID;

    uint32_t codepoint = first & (0x7Fu >> expected);
    for (size_t i = 1; i < expected; i++) {
        unsigned char byte = at < length ? (unsigned char)data[at] : 0;
        if (byte < low || byte > high)
            return UTF8_INVALID; /* what fitted so far is the maximal subpart */
        codepoint = (codepoint << 6) | (byte & 0x3Fu);
        low = 0x80;
        high = 0xBF;
        *offset = ++at;
    }
    return codepoint;
}

/* Length of the run of ASCII bytes at data[start...], eight at a time. */
static size_t skip_ascii(struct text text, size_t start)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t offset = start;
    uint64_t word;
    while (text.length - offset >= sizeof(word)) {
        memcpy(&word, text.data + offset, sizeof(word));
        if (word & high_bits)
            break;
        offset += sizeof(word);
    }
    while (offset < text.length && (unsigned char)text.data[offset] < 0x80)
        offset++;
    return offset;
}

size_t utf8_find_invalid(struct text text)
{
    for (size_t offset = skip_ascii(text, 0); offset < text.length;) {
        size_t start = offset;
        if (utf8_next(text.data, text.length, &offset) == UTF8_INVALID)
            return start;
        if (offset < text.length && (unsigned char)text.data[offset] < 0x80)
            offset = skip_ascii(text, offset);
    }
    return TEXT_NONE;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

size_t utf8_count(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !is_continuation(text.data[i]);
    return count;
}

size_t utf8_advance(struct text text, size_t codepoints)
{
    size_t offset = 0;
    while (codepoints-- && offset < text.length)
        offset += utf8_length((unsigned char)text.data[offset]);
    return offset < text.length ? offset : text.length;
}

size_t utf8_boundary(struct text text, size_t offset)
{
    if (offset >= text.length)
        return text.length;
    while (offset && is_continuation(text.data[offset]))
        offset--;
    return offset;
}

size_t utf8_encode(uint32_t codepoint, char out[4])
{
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        codepoint = 0xFFFD;
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    size_t length = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (codepoint & 0x3F));
        codepoint >>= 6;
    }
    out[0] = (char)((0xF00u >> length) | codepoint); /* C0, E0 or F0 after the cut to a byte */
    return length;
}

size_t utf8_columns(struct text text)
{
    size_t columns = 0;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next(text.data, text.length, &offset);
        if (codepoint == UTF8_INVALID)
            columns += 1; /* as it will be shown: one replacement character */
        else
            columns += (size_t)utf8proc_charwidth((utf8proc_int32_t)codepoint);
    }
    return columns;
}
