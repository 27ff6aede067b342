/* SPDX-License-Identifier: GPL-2.0-or-later */
/* First the layout is measured (indents, gaps, width), then each pair of lines is judged. */
#include "indexer/reply/joins.h"

#include "indexer/base/utf8.h"
#include "indexer/reply/headings.h"
#include "indexer/reply/lines.h"

#define LONG_CODEPOINTS 25 /* a line that was cut is longer than this */
#define HEADING_LINE_CODEPOINTS 45
#define JOINED_LINES 120     /* no paragraph has more lines: what seems to is something else */
#define PASTED_CODEPOINTS 60 /* a paragraph without a stop may be that only when it is long */
#define CUT_CODEPOINTS 16    /* no page is narrower */
#define INSIDE_MIN 3         /* so many lines inside paragraphs tell how those are indented */
#define CUTS_MIN 3           /* so many cut lines tell the width of a page */
#define WIDTH_SLACK 3        /* characters that a mark or an indent takes from a full line */

uint32_t first_codepoint(struct text text)
{
    size_t at = 0;
    return text.length ? utf8_next_valid(text.data, &at) : 0;
}

uint32_t last_codepoint(struct text text)
{
    size_t at = text.length ? utf8_boundary(text, text.length - 1) : 0;
    return text.length ? utf8_next_valid(text.data, &at) : 0;
}

/* No paragraph begins with one of these. */
static bool cannot_start(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x3002:
    case 0xFF0C:
    case 0x3001:
    case 0xFF1B:
    case 0xFF1A:
    case 0xFF09: /* 。，、；：） */
    case 0x300B:
    case 0x201D:
    case 0xFF01:
    case 0xFF1F:
    case '%':
    case ')':
    case 0xFF05: /* 》”！？ */
        return true;
    default:
        return false;
    }
}

static bool leaves_open(uint32_t codepoint)
{
    return codepoint == 0x3001 || codepoint == 0xFF0C || codepoint == ','; /* 、， */
}

/* A stop that also stands inside sentences: ； and what closes a quote. */
static bool may_go_on(uint32_t codepoint)
{
    return codepoint == 0xFF1B || codepoint == ';' || codepoint == 0x201D || codepoint == 0xFF09;
}

static bool is_section_mark(struct text shadow)
{
    struct mark mark = mark_at_start(shadow);
    return mark.level != 0 && mark.level < LEVEL_ITEM;
}

/* 三、下一步打算: nothing but a heading, although without a stop. */
static bool is_heading_line(const struct line *line)
{
    return line->codepoints <= HEADING_LINE_CODEPOINTS && is_section_mark(line->shadow) &&
           !text_contains(line->shadow, TEXT("。")) && !text_contains(line->shadow, TEXT("；"));
}

static bool is_full(const struct lines *lines, const struct line *line)
{
    return line->codepoints + WIDTH_SLACK >= lines->width_codepoints ||
           line->columns + 2 * WIDTH_SLACK >= lines->width_columns;
}

/* The layout of a wrapped document says where paragraphs start, and this line starts none. */
static bool is_inside(const struct lines *lines, const struct line *line)
{
    if (lines->indents)
        return !line->indented;
    return lines->gaps && !line->spaced;
}

static bool fills_line(const struct lines *lines, const struct line *before,
                       const struct line *line)
{
    if (!lines->wrapped || !is_full(lines, before) || line_is_form(line->shadow) ||
        line_is_form(before->shadow) || line_is_agency(line->shadow))
        return false;
    bool finished = line_is_finished(before->shadow);
    if (is_inside(lines, line)) /* 日均 / 五、周六延长: what looks like a mark is none */
        return !finished || !is_section_mark(line->shadow);
    if (lines->indents || lines->gaps)
        return false;
    return finished && may_go_on(last_codepoint(before->shadow)) &&
           mark_at_start(line->shadow).level == 0;
}

/* An agency's name with a date below it: the signature, however the text before it ends. */
static bool is_signature(const struct lines *lines, size_t i)
{
    return line_is_agency(lines->items[i].shadow) && i + 1 < lines->count &&
           line_is_date(lines->items[i + 1].shadow);
}

/* What the format calls two paragraphs is one where somebody pasted a text page by page: a long one
 * that stops inside a sentence, and one that ends it. */
static bool is_pasted(const struct line *before, const struct line *line)
{
    struct text shadow = before->shadow;
    return before->block->kind == BLOCK_PARAGRAPH && line->block->kind == BLOCK_PARAGRAPH &&
           before->codepoints >= PASTED_CODEPOINTS && utf8_is_han(last_codepoint(shadow)) &&
           (text_contains(shadow, TEXT("。")) || text_contains(shadow, TEXT("，"))) &&
           !text_contains(shadow, TEXT(" | ")) && line_is_finished(line->shadow) &&
           mark_at_start(line->shadow).level == 0 && !line_is_form(line->shadow) &&
           !line_is_form(shadow) && !line_is_title(shadow) && !line_is_addressee(line->shadow) &&
           !line_is_closing(line->shadow) && utf8_is_han(first_codepoint(line->shadow));
}

static bool goes_on(const struct lines *lines, const struct line *before, const struct line *line)
{
    uint32_t last = last_codepoint(before->shadow);
    if (is_pasted(before, line))
        return true;
    if (before->block->kind != BLOCK_LINE || line->block->kind != BLOCK_LINE)
        return false;
    if (cannot_start(first_codepoint(line->shadow)))
        return true;
    if (before->codepoints <= lines->long_codepoints &&
        !(leaves_open(last) && before->codepoints >= 8))
        return false;
    if (!lines->sentences && !leaves_open(last))
        return false;
    if (fills_line(lines, before, line))
        return true; /* also when it happens to end with a sentence */
    if (line_is_finished(before->shadow) || is_section_mark(line->shadow))
        return false;
    if (lines->indents && line->indented && !leaves_open(last))
        return false;
    if (is_heading_line(before) && !leaves_open(last) &&
        !text_ends_with(before->shadow, TEXT("的")))
        return false;
    if (line_is_form(line->shadow) || line_is_title(before->shadow) ||
        line_is_addressee(line->shadow))
        return false;
    bool copy_to = line_is_copy_to(before->shadow);
    if (!leaves_open(last) && line_is_agency(line->shadow) && (copy_to || line->indented))
        return false;
    return copy_to || (!line_is_form(before->shadow) && !line_is_agency(before->shadow));
}

static bool has_stop(struct text shadow)
{
    return text_contains(shadow, TEXT("，")) || text_contains(shadow, TEXT("。")) ||
           text_contains(shadow, TEXT("；")) || text_contains(shadow, TEXT("、"));
}

/* How paragraphs start, judged by the lines behind a finished one. */
static void measure_starts(struct lines *lines)
{
    size_t indented = 0, spaced = 0, tight = 0, starts = 0, inside = 0, inside_indented = 0;
    for (size_t i = lines->head_end + 1; i < lines->count; i++) {
        const struct line *before = &lines->items[i - 1], *line = &lines->items[i];
        bool start = line_is_finished(before->shadow);
        if (!start && before->codepoints > LONG_CODEPOINTS && !is_heading_line(before) &&
            mark_at_start(line->shadow).level == 0 && !line_is_form(line->shadow) &&
            !line_is_form(before->shadow) && !line_is_agency(line->shadow)) {
            inside++;
            inside_indented += line->indented;
        }
        starts += start;
        indented += start && line->indented;
        spaced += start && line->spaced;
        tight += !start && !line->spaced;
    }
    /* where the lines inside a paragraph are indented as well, indents tell nothing */
    bool everywhere = inside >= INSIDE_MIN && inside_indented * 3 > inside * 2;
    lines->indents = indented > 0 && indented * 2 >= starts && !everywhere;
    lines->gaps = spaced > 0 && spaced * 2 >= starts && tight >= CUTS_MIN;
}

/* A line that ends inside a sentence, as far as it and the next one tell. */
static bool is_cut(const struct lines *lines, size_t i)
{
    const struct line *line = &lines->items[i], *next = line + 1;
    return i + 1 < lines->count && line->block->kind == BLOCK_LINE &&
           line->codepoints >= CUT_CODEPOINTS && !line_is_finished(line->shadow) &&
           !is_heading_line(line) && !(lines->indents && next->indented) &&
           line->shadow.length <= FORM_BYTES;
}

/* The lines were cut at one width when nearly all that were cut are equally long, and hardly any
 * other is longer. */
static void measure_width(struct lines *lines)
{
    size_t cuts = 0, full = 0, longer = 0;
    for (size_t i = lines->head_end; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        if (!is_cut(lines, i))
            continue;
        cuts++;
        if (line->codepoints > lines->width_codepoints)
            lines->width_codepoints = line->codepoints;
        if (line->columns > lines->width_columns)
            lines->width_columns = line->columns;
    }
    for (size_t i = lines->head_end; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        full += is_cut(lines, i) && is_full(lines, line);
        longer += line->columns > lines->width_columns + 2 * WIDTH_SLACK;
    }
    lines->wrapped =
        cuts >= CUTS_MIN && full * 5 >= cuts * 4 && longer * 10 <= lines->count - lines->head_end;
}

static void measure_lines(struct lines *lines)
{
    size_t longest = 0, sentences = 0, lines_seen = 0;
    for (size_t i = lines->head_end; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        if (line->codepoints > longest)
            longest = line->codepoints;
        if (line->codepoints >= 12) {
            lines_seen++;
            sentences += has_stop(line->shadow);
        }
    }
    lines->sentences = sentences * 3 >= lines_seen;
    lines->long_codepoints = LONG_CODEPOINTS;
    if (longest >= 20 && longest * 3 / 4 < LONG_CODEPOINTS)
        lines->long_codepoints = longest * 3 / 4;
    measure_starts(lines);
    measure_width(lines);
}

void join_lines(struct lines *lines)
{
    size_t run = 0;
    measure_lines(lines);
    for (size_t i = 1; i < lines->count; i++) {
        const struct line *before = &lines->items[i - 1];
        struct line *line = &lines->items[i];
        if (i < lines->head_end) {
            if (last_codepoint(before->shadow) == 0x3001 && line_is_addressee(line->shadow) &&
                before->block->kind == BLOCK_LINE)
                line->joined = true; /* a list of names */
        } else if (i > lines->head_end) {
            line->joined =
                run < JOINED_LINES && goes_on(lines, before, line) && !is_signature(lines, i);
            run = line->joined ? run + 1 : 0;
        }
    }
}
