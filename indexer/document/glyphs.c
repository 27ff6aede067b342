/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kangxi radicals, compatibility ideographs and Latin ligatures by Unicode's own decomposition; of the
 * CJK Radicals Supplement, which has none, those that are characters of modern text. */
#include "indexer/document/glyphs.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

static uint32_t after_supplement(uint32_t codepoint)
{
    static const uint16_t PAIRS[][2] = {
        { 0x2E9F, 0x6BCD }, { 0x2EA0, 0x6C11 }, { 0x2EC1, 0x864E }, { 0x2EC4, 0x897F },
        { 0x2EC5, 0x89C1 }, { 0x2EC6, 0x89D2 }, { 0x2EC9, 0x8D1D }, { 0x2ECB, 0x8F66 },
        { 0x2ED3, 0x957F }, { 0x2ED4, 0x95E8 }, { 0x2ED8, 0x9752 }, { 0x2ED9, 0x97E6 },
        { 0x2EDA, 0x9875 }, { 0x2EDB, 0x98CE }, { 0x2EDC, 0x98DE }, { 0x2EDD, 0x98DF },
        { 0x2EE2, 0x9A6C }, { 0x2EE3, 0x9AA8 }, { 0x2EE4, 0x9B3C }, { 0x2EE5, 0x9C7C },
        { 0x2EE6, 0x9E1F }, { 0x2EE7, 0x5364 }, { 0x2EE8, 0x9EA6 }, { 0x2EE9, 0x9EC4 },
        { 0x2EEA, 0x9EFE }, { 0x2EEC, 0x9F50 }, { 0x2EEE, 0x9F7F }, { 0x2EF0, 0x9F99 },
        { 0x2EF3, 0x9F9F },
    };
    for (size_t i = 0; i < sizeof(PAIRS) / sizeof(PAIRS[0]); i++)
        if (PAIRS[i][0] == codepoint)
            return PAIRS[i][1];
    return codepoint;
}

/* Marks as they look in text that is written from top to bottom. */
static bool is_vertical_form(uint32_t codepoint)
{
    return (codepoint >= 0xFE10 && codepoint <= 0xFE19) ||
           (codepoint >= 0xFE30 && codepoint <= 0xFE48 && codepoint != 0xFE45 &&
            codepoint != 0xFE46);
}

static bool is_glyph(uint32_t codepoint)
{
    return (codepoint >= 0x2E80 && codepoint <= 0x2FDF) ||
           (codepoint >= 0xF900 && codepoint <= 0xFAFF) ||
           (codepoint >= 0xFB00 && codepoint <= 0xFB06) || is_vertical_form(codepoint);
}

static void append_characters(struct buffer *out, uint32_t codepoint)
{
    utf8proc_int32_t meant[8];
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)after_supplement(codepoint), meant, 8,
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, NULL);
    if (count < 1 || count > 8)
        buffer_append_codepoint(out, codepoint);
    if (is_vertical_form(codepoint) && count == 1 && meant[0] > ' ' && meant[0] < 0x7F)
        meant[0] += 0xFEE0; /* "，" and not "," */
    for (utf8proc_ssize_t i = 0; i < count && count <= 8; i++)
        buffer_append_codepoint(out, (uint32_t)meant[i]);
}

struct text glyphs_to_characters(struct text text, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    bool any = false;
    for (size_t at = 0; at < text.length && !any;)
        any = is_glyph(utf8_next_valid(text.data, &at));
    if (!any)
        return text;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_glyph(codepoint))
            append_characters(&out, codepoint);
        else
            buffer_append_codepoint(&out, codepoint);
    }
    return out.failed ? (struct text) { NULL, 0 } : arena_text(arena, buffer_text(&out));
}
