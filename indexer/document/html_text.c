/* SPDX-License-Identifier: GPL-2.0-or-later */
/* White space as in CSS Text 3: a line end in the source between two East Asian characters is
 * nothing, since source code is folded anywhere. Texts that a content system has robbed of their
 * tags still show their paragraphs by the indent. */
#include "indexer/document/html_text.h"

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define INDENT 0x3000u

void html_line_release(struct html_line *line)
{
    buffer_release(&line->bytes);
}

void html_line_clear(struct html_line *line)
{
    buffer_clear(&line->bytes);
    line->blank = line->line_end = false;
    line->last = 0;
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == '\t' || codepoint == '\n' || codepoint == '\r' ||
           codepoint == '\f' || codepoint == '\v' || codepoint == 0x85;
}

static bool is_invisible(uint32_t codepoint)
{
    return codepoint < 0x20 || codepoint == 0x7F || codepoint == 0xAD || codepoint == 0xFEFF ||
           (codepoint >= 0x200B && codepoint <= 0x200F) ||
           (codepoint >= 0x202A && codepoint <= 0x202E) ||
           (codepoint >= 0x2060 && codepoint <= 0x2069) || codepoint == 0xFFFE ||
           codepoint == 0xFFFF;
}

static bool is_wide(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || (codepoint >= 0x3000 && codepoint <= 0x30FF) ||
           (codepoint >= 0xFF00 && codepoint <= 0xFFEF) ||
           (codepoint >= 0x2018 && codepoint <= 0x2026);
}

/* Character references of old editors mean CP1252 where they say C1 (HTML standard, 13.2.5.80). */
static uint32_t without_c1(uint32_t codepoint)
{
    static const uint16_t CP1252[] = {
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    };
    if (codepoint < 0x80 || codepoint > 0x9F)
        return codepoint;
    return CP1252[codepoint - 0x80];
}

static bool is_stop(uint32_t codepoint)
{
    return codepoint == 0x3002 || codepoint == 0xFF01 || codepoint == 0xFF1F;
}

/* Whether an indent of two ideographic spaces begins at `offset`. */
static bool is_indent(struct text text, size_t offset)
{
    return text_starts_with(text_slice(text, offset, text.length - offset), TEXT("　　"));
}

static void append(struct html_line *line, uint32_t codepoint)
{
    if (line->blank && line->last != 0 &&
        !(line->line_end && is_wide(line->last) && is_wide(codepoint)))
        buffer_append_byte(&line->bytes, ' ');
    line->blank = line->line_end = false;
    buffer_append_codepoint(&line->bytes, codepoint);
    line->last = codepoint;
}

bool html_line_append(struct html_line *line, struct text text, size_t *offset, bool keep)
{
    while (*offset < text.length) {
        size_t start = *offset;
        uint32_t codepoint = without_c1(utf8_next_valid(text.data, offset));
        if (is_blank(codepoint)) {
            if (keep && codepoint == '\n')
                return false;
            line->blank = true;
            line->line_end = line->line_end || codepoint == '\n' || codepoint == '\r';
            continue;
        }
        if (is_invisible(codepoint))
            continue;
        if (codepoint == INDENT && line->last != 0 && is_indent(text, start) &&
            ((line->blank && line->line_end) || is_stop(line->last))) {
            *offset = start;
            return false;
        }
        append(line, codepoint == 0xA0 ? ' ' : codepoint);
    }
    return true;
}

struct text html_line_text(const struct html_line *line)
{
    return line->bytes.length > 0 ? text_trim(buffer_text(&line->bytes)) : TEXT("");
}

struct text html_text_of(const struct html_node *node, bool all, struct arena *arena)
{
    CLEANUP(html_line_release) struct html_line line = { .last = 0 };
    struct html_node *end = html_after(node);
    for (const struct html_node *at = node; at && at != end; at = html_next(at)) {
        if (at->kind == HTML_ELEMENT && (at->flags & (HTML_BLOCK | HTML_BREAK)) != 0)
            line.blank = true;
        size_t offset = 0;
        if (at->kind == HTML_TEXT && (all || !at->dropped))
            while (!html_line_append(&line, at->text, &offset, false))
                line.blank = line.line_end = false, line.last = ' ';
    }
    return arena_text(arena, html_line_text(&line));
}
