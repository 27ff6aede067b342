/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Three passes over the lines: clean each one, find where the head ends, put lines together.
 *
 * The joining rule is about evidence: a line goes on in the next one when it is long, does not
 * end as a sentence does, and neither line is a form of its own (a heading, a date, a contact
 * line). Indents, where a document uses them, are the stronger evidence. */
#include "indexer/reply/repair.h"

#include "indexer/base/utf8.h"
#include "indexer/reply/cleaner.h"
#include "indexer/reply/headings.h"
#include "indexer/reply/lines.h"
#include "indexer/reply/patterns.h"
#include "indexer/reply/shadow.h"

#define HEAD_LINES 60      /* an addressee further down is none */
#define LONG_CODEPOINTS 25 /* a line that was cut is longer than this */
#define HEADING_LINE_CODEPOINTS 45
#define JOINED_LINES 120 /* no paragraph has more lines: what seems to is something else */

struct line {
    struct text text, shadow;
    struct cleaner_source source; /* of the text */
    struct span_map map;          /* when cleaning made a new one */
    const struct block *block;
    size_t codepoints;
    bool indented;
    bool joined; /* goes on from the line before */
    enum blanks blanks;
};

struct lines {
    struct line *items;
    size_t count;
    size_t head_end;        /* lines before it are head, title or addressee */
    size_t long_codepoints; /* what counts as a long line here */
    bool indents;           /* paragraphs start with an indent */
    bool wrapped;           /* lines are cut at one width, paragraphs are indented */
    size_t width;           /* then: characters of a full line */
    bool sentences;         /* long lines are sentences, not entries of a list */
};

static size_t indent_of(struct text text)
{
    size_t columns = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (codepoint == 0x3000 || codepoint == '\t')
            columns += 2;
        else if (codepoint == ' ' || codepoint == 0xA0)
            columns++;
        else
            break;
    }
    return columns;
}

static bool is_bare_number(struct text shadow, int *value)
{
    if (shadow.length == 0 || shadow.length > 3)
        return false;
    *value = 0;
    for (size_t i = 0; i < shadow.length; i++) {
        if (shadow.data[i] < '0' || shadow.data[i] > '9')
            return false;
        *value = *value * 10 + (shadow.data[i] - '0');
    }
    return true;
}

/* A bare number is a page number when the bare numbers of the document count up. */
static bool bare_numbers_are_pages(const struct document *document)
{
    int last = 0;
    size_t seen = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        int value = 0;
        if (document->blocks[i].kind != BLOCK_LINE ||
            !is_bare_number(text_trim(document->blocks[i].text), &value))
            continue;
        if (value != last + 1 && !(seen == 0 && value == 2))
            return false;
        last = value;
        seen++;
    }
    return seen > 0;
}

static bool clean_lines(const struct document *document, struct arena *arena, struct lines *out)
{
    bool numbers = bare_numbers_are_pages(document);
    bool bold = false;
    out->items = ARENA_ARRAY(arena, struct line, document->block_count + 1);
    if (!out->items)
        return false;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        struct line *line = &out->items[out->count];
        int value = 0;
        if (block->kind == BLOCK_BLANK)
            continue;
        *line = (struct line) { .block = block };
        line->source = (struct cleaner_source) { .text = block->text, .map = &block->map };
        if (!clean_line(&line->source, &line->map, arena, &bold))
            return false;
        line->text = line->source.text;
        if (line->text.length == 0)
            continue;
        line->shadow = shadow_of(line->text, arena);
        if (!line->shadow.data)
            return false;
        if (block->kind == BLOCK_LINE && line->text.length <= 60 &&
            (pattern_test(PATTERN_PAGE_NUMBER, line->shadow) ||
             (numbers && is_bare_number(line->text, &value))))
            continue;
        line->codepoints = utf8_count(line->text);
        line->indented = indent_of(block->text) >= 2;
        out->count++;
    }
    return true;
}

/* --- the head ------------------------------------------------------------------------------ */

static bool is_running_text(const struct line *line)
{
    return line->codepoints > 40 && line_is_finished(line->shadow);
}

/* The head ends behind the addressee, or where running text or a section begins. */
static void find_head(struct lines *lines)
{
    size_t limit = lines->count < HEAD_LINES ? lines->count : HEAD_LINES;
    size_t running = 0;
    lines->head_end = 0;
    for (size_t i = 0; i < limit; i++) {
        const struct line *line = &lines->items[i];
        if (line_is_addressee(line->shadow) && !line_is_label(line->shadow)) {
            lines->head_end = i + 1;
            return;
        }
        struct mark mark = mark_at_start(line->shadow);
        if (mark.level != 0 && mark.level < LEVEL_ITEM)
            break;
        if (is_running_text(line) && !line_is_label(line->shadow) && !line_is_title(line->shadow) &&
            running++ == 0)
            lines->head_end = i;
        if (running > 2)
            break;
    }
    for (size_t i = 0; i < lines->head_end; i++) {
        if (line_is_title(lines->items[i].shadow) ||
            line_is_document_number(lines->items[i].shadow))
            return;
    }
    if (lines->count > 1 && lines->head_end == 0) {
        for (size_t i = 0; i < limit && i < 8; i++) {
            if (line_is_title(lines->items[i].shadow))
                lines->head_end = i + 1;
        }
    }
}

static bool breaks_title(const struct line *line)
{
    return line_is_label(line->shadow) || line_is_document_number(line->shadow) ||
           line_is_addressee(line->shadow) || line_is_contact(line->shadow) ||
           line_is_class(line->shadow) || line_is_chrome(line->shadow) ||
           line_is_date(line->shadow) || line->codepoints > 120;
}

static bool continues_word(struct text shadow)
{
    return text_starts_with(shadow, TEXT("的")) || text_starts_with(shadow, TEXT("之"));
}

/* How many lines from `first` on make one title; 1 when it is none or whole by itself. */
static size_t title_lines(const struct lines *lines, size_t first, size_t end, struct arena *arena)
{
    const struct line *start = &lines->items[first];
    if (breaks_title(start))
        return 1;
    bool whole = line_is_title(start->shadow);
    if (!whole && !line_starts_title(start->shadow))
        return 1;
    char *joined = arena_alloc(arena, TITLE_BYTES + 1);
    size_t length = start->shadow.length;
    if (!joined || length > TITLE_BYTES)
        return 1;
    memcpy(joined, start->shadow.data, length);
    for (size_t i = first + 1; i < end && i <= first + 4; i++) {
        const struct line *line = &lines->items[i];
        if (breaks_title(line) || length + line->shadow.length > TITLE_BYTES)
            return 1;
        if (whole && !continues_word(line->shadow))
            return 1;
        memcpy(joined + length, line->shadow.data, line->shadow.length);
        length += line->shadow.length;
        if (line_is_title((struct text) { joined, length }))
            return i - first + 1;
    }
    return 1;
}

static void join_titles(struct lines *lines, struct arena *arena)
{
    size_t end = lines->head_end;
    if (end == 0 && lines->count <= 4)
        end = lines->count; /* only a title, broken */
    for (size_t i = 0; i < end;) {
        size_t count = title_lines(lines, i, end, arena);
        for (size_t k = 1; k < count; k++)
            lines->items[i + k].joined = true;
        if (count > 1 || line_is_title(lines->items[i].shadow)) {
            for (size_t k = 0; k < count; k++)
                lines->items[i + k].blanks = BLANKS_TEXT;
        }
        i += count;
    }
}

/* --- the body ------------------------------------------------------------------------------ */

static uint32_t first_codepoint(struct text text)
{
    size_t at = 0;
    return text.length ? utf8_next_valid(text.data, &at) : 0;
}

static uint32_t last_codepoint(struct text text)
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

static bool goes_on(const struct lines *lines, const struct line *before, const struct line *line)
{
    uint32_t last = last_codepoint(before->shadow);
    if (before->block->kind != BLOCK_LINE || line->block->kind != BLOCK_LINE)
        return false;
    if (cannot_start(first_codepoint(line->shadow)))
        return true;
    if (before->codepoints <= lines->long_codepoints &&
        !(leaves_open(last) && before->codepoints >= 8))
        return false;
    if (!lines->sentences && !leaves_open(last))
        return false;
    if (lines->wrapped && !line->indented && before->codepoints + 3 >= lines->width &&
        !is_section_mark(line->shadow) && !line_is_form(line->shadow) &&
        !line_is_form(before->shadow) && !line_is_agency(line->shadow))
        return true; /* a full line that happens to end with a sentence */
    if (line_is_finished(before->shadow) || is_section_mark(line->shadow))
        return false;
    if (lines->indents && line->indented)
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

static void join_body(struct lines *lines)
{
    size_t run = 0;
    for (size_t i = 1; i < lines->count; i++) {
        const struct line *before = &lines->items[i - 1];
        struct line *line = &lines->items[i];
        if (i < lines->head_end) {
            if (last_codepoint(before->shadow) == 0x3001 && line_is_addressee(line->shadow) &&
                before->block->kind == BLOCK_LINE)
                line->joined = true; /* a list of names */
        } else if (i > lines->head_end) {
            line->joined = run < JOINED_LINES && goes_on(lines, before, line);
            run = line->joined ? run + 1 : 0;
        }
    }
}

static bool has_stop(struct text shadow)
{
    return text_contains(shadow, TEXT("，")) || text_contains(shadow, TEXT("。")) ||
           text_contains(shadow, TEXT("；")) || text_contains(shadow, TEXT("、"));
}

static void measure_lines(struct lines *lines)
{
    size_t longest = 0, indented = 0, starts = 0, sentences = 0, lines_seen = 0;
    for (size_t i = lines->head_end; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        if (line->codepoints > longest)
            longest = line->codepoints;
        if (line->codepoints >= 12) {
            lines_seen++;
            sentences += has_stop(line->shadow);
        }
        if (i > lines->head_end && line_is_finished(lines->items[i - 1].shadow)) {
            starts++;
            indented += line->indented;
        }
    }
    lines->indents = indented > 0 && indented * 2 >= starts;
    lines->sentences = sentences * 3 >= lines_seen;
    lines->width = longest;
    size_t full = 0;
    for (size_t i = lines->head_end; i < lines->count; i++)
        full += lines->items[i].codepoints + 3 >= longest;
    lines->wrapped = lines->indents && full >= 8 && full * 2 >= lines->count - lines->head_end;
    lines->long_codepoints = LONG_CODEPOINTS;
    if (longest >= 20 && longest * 3 / 4 < LONG_CODEPOINTS)
        lines->long_codepoints = longest * 3 / 4;
}

static void choose_blanks(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->items[i];
        if (i < lines->head_end)
            continue; /* set by join_titles */
        if (line_is_contact(line->shadow))
            line->blanks = BLANKS_KEEP;
        else if (line_is_form(line->shadow) || line_is_agency(line->shadow))
            line->blanks = BLANKS_FIELDS;
        else
            line->blanks = BLANKS_TEXT;
        if (line->joined)
            line->blanks = lines->items[i - 1].blanks;
    }
}

/* --- paragraphs ---------------------------------------------------------------------------- */

static bool is_letter(uint32_t codepoint)
{
    return (codepoint >= 'A' && codepoint <= 'Z') || (codepoint >= 'a' && codepoint <= 'z');
}

static bool emit(const struct lines *lines, size_t first, size_t end, struct arena *arena,
                 struct repaired *out)
{
    struct cleaner cleaner;
    size_t room = 0;
    for (size_t i = first; i < end; i++)
        room += lines->items[i].text.length + 1;
    cleaner_start(&cleaner, arena, room);
    for (size_t i = first; i < end && !cleaner.failed; i++) {
        const struct line *line = &lines->items[i];
        struct cleaner_source source = line->source;
        if (i > first && is_letter(last_codepoint(cleaner_text(&cleaner))) &&
            is_letter(first_codepoint(line->text)))
            cleaner_add_blank(&cleaner);
        clean_blanks(&cleaner, &source, line->blanks);
    }
    if (cleaner.failed)
        return false;
    const struct block *block = lines->items[first].block;
    struct paragraph *paragraph = &out->paragraphs[out->count];
    *paragraph = (struct paragraph) {
        .text = cleaner_text(&cleaner),
        .kind = PARAGRAPH_BODY,
        .page = block->page,
        .map = cleaner.map, /* a copy, as the text is: nothing points into the document */
        .declared_level = block->kind == BLOCK_HEADING ? block->level : 0,
    };
    out->roles[out->count] = block->role;
    out->shadows[out->count] = shadow_of(paragraph->text, arena);
    return out->shadows[out->count++].data != NULL;
}

static bool emit_all(const struct lines *lines, struct arena *arena, struct repaired *out)
{
    for (size_t first = 0; first < lines->count;) {
        size_t end = first + 1;
        while (end < lines->count && lines->items[end].joined)
            end++;
        if (!emit(lines, first, end, arena, out))
            return false;
        first = end;
    }
    return true;
}

/* Paragraphs that are final already: nothing is touched. */
static bool take_over(const struct document *document, struct arena *arena, struct repaired *out)
{
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (block->kind == BLOCK_BLANK || block->text.length == 0)
            continue;
        out->paragraphs[out->count] = (struct paragraph) {
            .text = block->text,
            .kind = PARAGRAPH_BODY,
            .page = block->page,
            .map = block->map,
            .declared_level = block->kind == BLOCK_HEADING ? block->level : 0,
        };
        out->roles[out->count] = block->role;
        out->shadows[out->count] = shadow_of(block->text, arena);
        if (!out->shadows[out->count++].data)
            return false;
    }
    return true;
}

enum status repair_document(const struct document *document, struct arena *arena,
                            struct repaired *out, struct error *error)
{
    struct lines lines = { 0 };
    *out = (struct repaired) { 0 };
    out->paragraphs = ARENA_ARRAY(arena, struct paragraph, document->block_count + 1);
    out->shadows = ARENA_ARRAY(arena, struct text, document->block_count + 1);
    out->roles = ARENA_ARRAY(arena, struct text, document->block_count + 1);
    bool done = out->paragraphs && out->shadows && out->roles;
    if (done && document->repaired) {
        done = take_over(document, arena, out);
    } else if (done) {
        done = clean_lines(document, arena, &lines);
        if (done) {
            find_head(&lines);
            measure_lines(&lines);
            join_titles(&lines, arena);
            join_body(&lines);
            choose_blanks(&lines);
            done = emit_all(&lines, arena, out);
        }
    }
    if (!done)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (out->count == 0)
        return error_set(error, STATUS_EMPTY, "no text");
    return STATUS_OK;
}
