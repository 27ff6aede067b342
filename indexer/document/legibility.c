/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/legibility.h"

#include <ctype.h>

#include "indexer/base/utf8.h"

#define FEW_CHARACTERS ((size_t)20) /* that tell nothing but by what cannot be text at all */

static bool is_unreadable(uint32_t codepoint)
{
    return codepoint == 0xFFFD || codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) ||
           codepoint >= 0xF0000 || (codepoint >= 0xE000 && codepoint <= 0xF8FF);
}

/* Blocks of Unicode that a Chinese text has characters of. */
static bool is_common(uint32_t codepoint)
{
    static const uint32_t BLOCKS[][2] = {
        { 0xB0, 0xB1 },     { 0xB7, 0xB7 },       { 0xD7, 0xD7 },     { 0x2010, 0x205F },
        { 0x2100, 0x22FF }, { 0x2460, 0x26FF },   { 0x2E80, 0x2FDF }, { 0x3000, 0x30FF },
        { 0x3200, 0x33FF }, { 0x4E00, 0x9FFF },   { 0xF900, 0xFAFF }, { 0xFE10, 0xFE4F },
        { 0xFF00, 0xFFEF }, { 0x20000, 0x3FFFF },
    };
    if (codepoint < 0x80)
        return isalnum((int)codepoint) || strchr(" .,:;()-/%+", (int)codepoint);
    for (size_t i = 0; i < sizeof(BLOCKS) / sizeof(BLOCKS[0]); i++)
        if (codepoint >= BLOCKS[i][0] && codepoint <= BLOCKS[i][1])
            return true;
    return false;
}

void legibility_add(struct legibility *legibility, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        legibility->characters++;
        legibility->unreadable += is_unreadable(codepoint);
        legibility->strange += !is_common(codepoint);
        legibility->han += codepoint >= 0x4E00 && utf8_is_han(codepoint);
    }
}

bool legibility_is_garbage(const struct legibility *legibility)
{
    const size_t all = legibility->characters;
    return legibility->unreadable * 3 > all ||
           (all >= FEW_CHARACTERS && legibility->han * 2 < all && legibility->strange * 8 > all);
}
