/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The smallest things that stay together are units: opening marks, a character or a Latin word,
 * closing marks (a short form of Unicode's line breaking algorithm, UAX 14, for Chinese). */
#include "search/output/wrap.h"

#include "indexer/base/utf8.h"

#define BOLD_ON "\033[1m"
#define BOLD_OFF "\033[0m"

static bool is_in(uint32_t codepoint, const uint32_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (set[i] == codepoint)
            return true;
    return false;
}

static bool opens(uint32_t codepoint)
{
    static const uint32_t MARKS[] = { 0x201C, 0x2018, 0x300C, 0x300E, 0x300A, 0x3008,
                                      0xFF08, 0x3014, 0x3010, '(',    '[' };
    return is_in(codepoint, MARKS, sizeof(MARKS) / sizeof(*MARKS));
}

static bool closes(uint32_t codepoint)
{
    static const uint32_t MARKS[] = { 0x201D, 0x2019, 0x300D, 0x300F, 0x300B, 0x3009, 0xFF09,
                                      0x3015, 0x3011, ')',    ']',    0xFF0C, 0x3002, 0x3001,
                                      0xFF1B, 0xFF1A, 0xFF1F, 0xFF01, ',',    '.',    ';',
                                      ':',    '?',    '!',    '%',    0xFF05, 0x2026, 0x2014 };
    return is_in(codepoint, MARKS, sizeof(MARKS) / sizeof(*MARKS));
}

static bool is_latin(uint32_t codepoint)
{
    return codepoint > ' ' && codepoint < 0x2E80 && !opens(codepoint) && !closes(codepoint);
}

/* Could steer a terminal: controls and the marks that turn the writing direction. */
static bool is_control(uint32_t codepoint)
{
    return codepoint < ' ' || (codepoint >= 0x7F && codepoint < 0xA0) ||
           (codepoint >= 0x200B && codepoint <= 0x200F) ||
           (codepoint >= 0x2028 && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069) || codepoint == 0xFEFF;
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == 0x3000 || is_control(codepoint);
}

static uint32_t look(struct text text, size_t offset)
{
    return utf8_next_valid(text.data, &offset);
}

/* End of the unit that starts at `offset`. */
static size_t unit_end(struct text text, size_t offset)
{
    while (offset < text.length && opens(look(text, offset)))
        utf8_next_valid(text.data, &offset);
    if (offset < text.length && !is_blank(look(text, offset))) {
        bool latin = is_latin(utf8_next_valid(text.data, &offset));
        while (offset < text.length &&
               ((latin && is_latin(look(text, offset))) || closes(look(text, offset)) ||
                utf8_columns(text_slice(text, offset,
                                        utf8_length((unsigned char)text.data[offset]))) == 0)) {
            if (is_blank(look(text, offset)))
                break;
            utf8_next_valid(text.data, &offset);
        }
    }
    return offset;
}

struct writer {
    struct wrap *wrap;
    struct text text;
    const struct span_list *spans;
    size_t span; /* the first that does not end before here */
    bool is_bold;
};

static void set_bold(struct writer *writer, bool bold)
{
    if (writer->wrap->bold && bold != writer->is_bold)
        fputs(bold ? BOLD_ON : BOLD_OFF, writer->wrap->stream);
    writer->is_bold = bold;
}

static bool is_highlighted(struct writer *writer, size_t offset)
{
    const struct span_list *spans = writer->spans;
    while (spans && writer->span < spans->count &&
           spans->spans[writer->span].start + spans->spans[writer->span].length <= offset)
        writer->span++;
    return spans && writer->span < spans->count && spans->spans[writer->span].start <= offset;
}

static void new_line(struct writer *writer)
{
    set_bold(writer, false);
    fprintf(writer->wrap->stream, "\n%*s", (int)writer->wrap->indent, "");
    writer->wrap->at = writer->wrap->indent;
}

/* Writes [start, end), parting it only where it is longer than a line. */
static void put_unit(struct writer *writer, size_t start, size_t end)
{
    struct wrap *wrap = writer->wrap;
    for (size_t offset = start; offset < end;) {
        size_t length = utf8_length((unsigned char)writer->text.data[offset]);
        struct text one = text_slice(writer->text, offset, length);
        size_t columns = utf8_columns(one);
        if (wrap->at + columns > wrap->columns && wrap->at > wrap->indent)
            new_line(writer);
        set_bold(writer, is_highlighted(writer, offset));
        fwrite(one.data, 1, one.length, wrap->stream);
        wrap->at += columns;
        offset += length;
    }
}

void wrap_text(struct wrap *wrap, struct text text, const struct span_list *spans)
{
    struct writer writer = { wrap, text, spans, 0, false };
    if (wrap->at < wrap->indent) {
        fprintf(wrap->stream, "%*s", (int)(wrap->indent - wrap->at), "");
        wrap->at = wrap->indent;
    }
    for (size_t offset = 0; offset < text.length;) {
        size_t blanks = 0;
        while (offset < text.length && is_blank(look(text, offset))) {
            utf8_next_valid(text.data, &offset);
            blanks = 1;
        }
        size_t end = unit_end(text, offset);
        if (end == offset)
            continue;
        size_t columns = utf8_columns(text_slice(text, offset, end - offset));
        bool fits = wrap->at + blanks + columns <= wrap->columns;
        bool fresh = wrap->at == wrap->indent;
        if (!fits && !fresh)
            new_line(&writer);
        else if (blanks && !fresh) {
            set_bold(&writer, writer.is_bold && is_highlighted(&writer, offset));
            fputc(' ', wrap->stream);
            wrap->at++;
        }
        put_unit(&writer, offset, end);
        offset = end;
    }
    set_bold(&writer, false);
}

size_t wrap_line(FILE *stream, struct text text, size_t columns)
{
    size_t whole = utf8_columns(text), used = 0;
    for (size_t offset = 0; offset < text.length;) {
        size_t next = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        struct text one =
            is_control(codepoint) ? TEXT(" ") : text_slice(text, offset, next - offset);
        size_t wide = utf8_columns(one);
        if (whole > columns && used + wide + 1 > columns) {
            fputs("…", stream);
            return used + 1;
        }
        fwrite(one.data, 1, one.length, stream);
        used += wide;
        offset = next;
    }
    return used;
}
