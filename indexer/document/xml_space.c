/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/xml_space.h"

#include "indexer/base/utf8.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Whether words are written apart in the script of the code point next to a line break: below the
 * CJK blocks, general punctuation (“ ” — …) aside, which Chinese uses too. */
static bool wants_blank(uint32_t codepoint)
{
    return codepoint < 0x2000 || (codepoint > 0x206F && codepoint < 0x2E80);
}

static uint32_t codepoint_before(struct text text, size_t offset)
{
    size_t start = utf8_boundary(text, offset - 1);
    return utf8_next_valid(text.data, &start);
}

static uint32_t codepoint_at(struct text text, size_t offset)
{
    return utf8_next_valid(text.data, &offset);
}

static bool has_line_break(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\n' || text.data[i] == '\r')
            return true;
    return false;
}

struct text xml_space_fold(struct text text, struct arena *arena)
{
    text = text_trim(text);
    if (!has_line_break(text))
        return text.data ? text : TEXT("");

    char *out = arena_alloc(arena, text.length);
    if (!out)
        return (struct text) { NULL, 0 };
    size_t length = 0;
    for (size_t offset = 0; offset < text.length;) {
        size_t end = offset;
        while (is_blank(text.data[end])) /* a trimmed text does not end in one */
            end++;
        struct text blanks = text_slice(text, offset, end - offset);
        if (!has_line_break(blanks)) {
            memcpy(out + length, blanks.data, blanks.length);
            length += blanks.length;
        } else if (wants_blank(codepoint_before(text, offset)) &&
                   wants_blank(codepoint_at(text, end))) {
            out[length++] = ' ';
        }
        out[length++] = text.data[end];
        offset = end + 1;
    }
    return (struct text) { out, length };
}
