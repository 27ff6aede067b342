/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of a table becomes one line, its cells side by side; a cell of running text, as in forms
 * that hold the whole reply, keeps its paragraphs. The text of a box comes behind the paragraph that
 * holds it. */
#include "indexer/document/rtf_text.h"

#include "indexer/base/utf8.h"

#define CELL_CODEPOINTS_MAX 60 /* of more than one paragraph: running text */

void rtf_text_fail(struct rtf_text *text, enum status status, const char *message)
{
    if (!text->status)
        text->status = error_set(text->error, status, "%s", message);
}

void rtf_text_release(struct rtf_text *text)
{
    buffer_release(&text->open);
    buffer_release(&text->box);
}

static void add_block(struct rtf_text *text, enum block_kind kind, struct text line)
{
    line = text_trim(line);
    if (!line.length || text->status)
        return;
    struct text copy = arena_text(text->arena, line);
    if (text->document->block_count >= DOCUMENT_BLOCKS_MAX)
        rtf_text_fail(text, STATUS_LIMIT, "too many paragraphs");
    else if (!copy.data || !document_add_block(text->document, text->arena, kind, copy))
        rtf_text_fail(text, STATUS_NO_MEMORY, "out of memory");
}

/* A line that is broken inside its paragraph may be a paragraph or not: people press Shift+Enter
 * for both. */
static void add_lines(struct rtf_text *text, struct text lines)
{
    lines = text_trim(lines);
    enum block_kind kind = text_contains(lines, TEXT("\n")) ? BLOCK_LINE : BLOCK_PARAGRAPH;
    struct text line;
    while (!text->status && text_split(&lines, TEXT("\n"), &line))
        add_block(text, kind, line);
}

static void keep(struct rtf_text *text, struct rtf_paragraphs *list, struct text piece)
{
    piece = text_trim(piece);
    if (!piece.length || text->status)
        return;
    struct text copy = arena_text(text->arena, piece);
    if (!copy.data ||
        !arena_grow(text->arena, &list->items, list->count, &list->capacity, sizeof(*list->items)))
        rtf_text_fail(text, STATUS_NO_MEMORY, "out of memory");
    else
        list->items[list->count++] = (struct rtf_paragraph) { copy, text->cell };
}

void rtf_text_put(struct rtf_text *text, struct text piece)
{
    struct buffer *open = text->in_box ? &text->box : &text->open;
    text->bytes += piece.length;
    if (text->bytes > DOCUMENT_BYTES_MAX)
        rtf_text_fail(text, STATUS_LIMIT, "more than 64 MiB of text");
    if (text->status)
        return;
    buffer_append(open, piece);
    if (open->failed)
        text->status = buffer_status(open, text->error);
}

static void end_boxes(struct rtf_text *text)
{
    for (size_t i = 0; i < text->boxes.count; i++)
        add_lines(text, text->boxes.items[i].text);
    text->boxes.count = 0;
}

void rtf_text_end_paragraph(struct rtf_text *text)
{
    if (text->in_box) {
        keep(text, &text->boxes, buffer_text(&text->box));
        buffer_clear(&text->box);
        return;
    }
    if (text->in_table) {
        keep(text, &text->row, buffer_text(&text->open));
    } else {
        rtf_text_end_row(text); /* one that has no end of its own */
        add_lines(text, buffer_text(&text->open));
        end_boxes(text);
    }
    buffer_clear(&text->open);
}

void rtf_text_end_cell(struct rtf_text *text)
{
    if (text->in_box) {
        rtf_text_end_paragraph(text);
        return;
    }
    keep(text, &text->row, buffer_text(&text->open));
    buffer_clear(&text->open);
    text->cell++;
}

/* The paragraphs of the cell that begins at `first` end before: */
static size_t end_of_cell(const struct rtf_paragraphs *row, size_t first, size_t *codepoints)
{
    size_t end = first;
    *codepoints = 0;
    for (; end < row->count && row->items[end].cell == row->items[first].cell; end++)
        *codepoints += utf8_count(row->items[end].text);
    return end;
}

static void append_cell(struct buffer *line, const struct rtf_paragraphs *row, size_t first,
                        size_t end)
{
    if (line->length)
        buffer_append(line, TEXT(" | "));
    for (size_t i = first; i < end; i++) {
        struct text rest = row->items[i].text, piece;
        if (i > first)
            buffer_append_byte(line, ' ');
        for (bool more = false; text_split(&rest, TEXT("\n"), &piece); more = true) {
            if (more)
                buffer_append_byte(line, ' ');
            buffer_append(line, piece);
        }
    }
}

void rtf_text_end_row(struct rtf_text *text)
{
    const struct rtf_paragraphs *row = &text->row;
    struct buffer line = BUFFER_INIT;
    bool alone = row->count && row->items[0].cell == row->items[row->count - 1].cell;
    for (size_t first = 0, end; first < row->count; first = end) {
        size_t codepoints;
        end = end_of_cell(row, first, &codepoints);
        if (!alone && (end - first < 2 || codepoints <= CELL_CODEPOINTS_MAX)) {
            append_cell(&line, row, first, end);
            continue;
        }
        add_block(text, BLOCK_PARAGRAPH, buffer_text(&line));
        buffer_clear(&line);
        for (size_t i = first; i < end; i++)
            add_lines(text, row->items[i].text);
    }
    if (line.failed)
        rtf_text_fail(text, line.failed, "out of memory");
    add_block(text, BLOCK_PARAGRAPH, buffer_text(&line));
    buffer_release(&line);
    if (row->count)
        end_boxes(text);
    text->row.count = 0;
    text->cell = 0;
}

void rtf_text_finish(struct rtf_text *text)
{
    text->in_box = true;
    rtf_text_end_paragraph(text);
    text->in_box = false;
    if (text->in_table)
        rtf_text_end_cell(text);
    text->in_table = false;
    rtf_text_end_paragraph(text);
}
