/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Three passes over the lines: clean each one, find where the head ends, put lines together
 * (joins.h). */
#include "indexer/reply/repair.h"

#include "indexer/base/utf8.h"
#include "indexer/reply/headings.h"
#include "indexer/reply/joins.h"
#include "indexer/reply/lines.h"
#include "indexer/reply/patterns.h"
#include "indexer/reply/shadow.h"

#define HEAD_LINES 60 /* an addressee further down is none */

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
    bool bold = false, spaced = false;
    out->items = ARENA_ARRAY(arena, struct line, document->block_count + 1);
    if (!out->items)
        return false;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        struct line *line = &out->items[out->count];
        int value = 0;
        if (block->kind == BLOCK_BLANK) {
            spaced = true;
            continue;
        }
        *line = (struct line) { .block = block, .spaced = spaced };
        line->source = (struct cleaner_source) { .text = block->text, .map = &block->map };
        if (!clean_line(&line->source, &line->map, arena, &bold))
            return false;
        line->text = line->source.text;
        if (line->text.length == 0) {
            spaced = true;
            continue;
        }
        line->shadow = shadow_of(line->text, arena);
        if (!line->shadow.data)
            return false;
        if (block->kind == BLOCK_LINE && line->text.length <= 60 &&
            (pattern_test(PATTERN_PAGE_NUMBER, line->shadow) ||
             (numbers && is_bare_number(line->text, &value))))
            continue;
        line->codepoints = utf8_count(line->text);
        line->columns = utf8_columns(line->text);
        spaced = false;
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
            join_titles(&lines, arena);
            join_lines(&lines);
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
