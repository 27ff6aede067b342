/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8 (RFC 3629): decode, validate, step, measure. */
#ifndef DAFU_BASE_UTF8_H
#define DAFU_BASE_UTF8_H

#include "indexer/base/text.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UTF8_INVALID UINT32_MAX

/* Decodes the code point at data[*offset], moves *offset behind it. For text that may be invalid:
 * returns UTF8_INVALID and moves on by the length of the maximal bad subpart (Unicode 15,
 * section 3.9, U+FFFD substitution). *offset must be < length. */
uint32_t utf8_next(const char *data, size_t length, size_t *offset);

/* The same for text known to be valid: no checks. Inline: this is the hot loop of analysis. */
static inline uint32_t utf8_next_valid(const char *data, size_t *offset)
{
    const unsigned char *byte = (const unsigned char *)data + *offset;
    if (byte[0] < 0x80) {
        *offset += 1;
        return byte[0];
    }
    if (byte[0] < 0xE0) {
        *offset += 2;
        return ((uint32_t)(byte[0] & 0x1F) << 6) | (byte[1] & 0x3F);
    }
    if (byte[0] < 0xF0) {
        *offset += 3;
        return ((uint32_t)(byte[0] & 0x0F) << 12) | ((uint32_t)(byte[1] & 0x3F) << 6) |
               (byte[2] & 0x3F);
    }
    *offset += 4;
    return ((uint32_t)(byte[0] & 0x07) << 18) | ((uint32_t)(byte[1] & 0x3F) << 12) |
           ((uint32_t)(byte[2] & 0x3F) << 6) | (byte[3] & 0x3F);
}

/* Byte length of the code point that starts with `first` in valid UTF-8. */
static inline size_t utf8_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Offset of the first byte that is not valid UTF-8, or TEXT_NONE. NUL is valid here. */
size_t utf8_find_invalid(struct text text);

/* Code points in valid text. */
size_t utf8_count(struct text text);

/* Byte offset after `codepoints` code points of valid text, at most text.length. */
size_t utf8_advance(struct text text, size_t codepoints);

/* Largest code point boundary <= offset. */
size_t utf8_boundary(struct text text, size_t offset);

/* Writes 1-4 bytes (no NUL), returns how many; a surrogate or > 10FFFF is written as U+FFFD. */
size_t utf8_encode(uint32_t codepoint, char out[4]);

/* Terminal columns (East Asian Width through utf8proc_charwidth). */
size_t utf8_columns(struct text text);

/* Han ideographs: URO, extensions A-H, compatibility ideographs, 〇 and 々. */
static inline bool utf8_is_han(uint32_t codepoint)
{
    return (codepoint >= 0x4E00 && codepoint <= 0x9FFF) ||
           (codepoint >= 0x3400 && codepoint <= 0x4DBF) ||
           (codepoint >= 0xF900 && codepoint <= 0xFAFF) ||
           (codepoint >= 0x20000 && codepoint <= 0x323AF) || codepoint == 0x3007 ||
           codepoint == 0x3005;
}

#ifdef __cplusplus
}
#endif
#endif
