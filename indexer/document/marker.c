/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/marker.h"

#include "indexer/base/utf8.h"

#define NUMERALS_MAX 4 /* characters of a number */

static bool is_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
}

static bool is_numeral(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x4E00:
    case 0x4E8C:
    case 0x4E09:
    case 0x56DB:
    case 0x4E94:
    case 0x516D: /* 一二三四五六 */
    case 0x4E03:
    case 0x516B:
    case 0x4E5D:
    case 0x5341:
    case 0x767E:
    case 0x3007: /* 七八九十百〇 */
        return true;
    default:
        return is_digit(codepoint);
    }
}

static bool is_opening(uint32_t codepoint)
{
    return codepoint == '(' || codepoint == 0xFF08 || codepoint == 0x7B2C; /* （ 第 */
}

static bool is_closing(uint32_t codepoint, bool opened)
{
    switch (codepoint) {
    case ')':
    case 0xFF09: /* ） */
    case 0x3001:
    case '.':
    case 0xFF0E:
    case ',':
    case 0xFF0C: /* 、 ． ， */
        return true;
    case 0x7AE0:
    case 0x8282:
    case 0x6761:
    case 0x90E8: /* 章 节 条 部 */
        return opened;
    default:
        return false;
    }
}

static uint32_t next(struct text text, size_t *offset)
{
    return *offset < text.length ? utf8_next_valid(text.data, offset) : 0;
}

bool marker_begins(struct text text)
{
    size_t offset = 0;
    text = text_trim(text);
    uint32_t codepoint = next(text, &offset);
    if ((codepoint >= 0x2460 && codepoint <= 0x249B) || /* ① ⑴ ⒈ */
        (codepoint >= 0x3220 && codepoint <= 0x3229) ||
        (codepoint >= 0x3280 && codepoint <= 0x3289))
        return true;
    bool opened = is_opening(codepoint);
    if (opened)
        codepoint = next(text, &offset);
    size_t numerals = 0;
    for (; is_numeral(codepoint) && numerals <= NUMERALS_MAX; numerals++)
        codepoint = next(text, &offset);
    if (numerals == 0 || numerals > NUMERALS_MAX || !is_closing(codepoint, opened))
        return false;
    return !(codepoint == '.' && is_digit(next(text, &offset))); /* 3.5 is a number */
}
