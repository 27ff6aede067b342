/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A walk over the tree that collects inline text into a line and ends the line where a browser
 * would. A table is data only row by row: many pages are laid out by tables, and a table of data
 * may hold a whole letter in one of its cells. */
#include "indexer/document/html_blocks.h"

#include "indexer/base/cleanup.h"
#include "indexer/document/html_chrome.h"
#include "indexer/document/html_marker.h"
#include "indexer/document/html_text.h"

/* A cell with more characters than this is text, not data. */
#define CELL_CHARACTERS 80
#define CELL_NODES 40

struct walk {
    const struct html_region *region;
    struct document *document;
    struct arena *arena;
    struct error *error;
    enum status status;
    struct html_line line;
    bool in_lines; /* a <br> has been seen since the paragraph began */
    bool ended;    /* the last thing was a <br>: another one makes a blank line */
    int level;     /* of the heading we are in, 0 none */
    bool keep;     /* line ends count */
};

static void fail(struct walk *walk, enum status status)
{
    if (walk->status)
        return;
    walk->status =
        status == STATUS_LIMIT
            ? error_set(walk->error, status, "more than %zu paragraphs", DOCUMENT_BLOCKS_MAX)
            : error_set(walk->error, status, "out of memory");
}

static void add_block(struct walk *walk, enum block_kind kind, struct text text)
{
    if (walk->document->block_count == DOCUMENT_BLOCKS_MAX) {
        fail(walk, STATUS_LIMIT);
        return;
    }
    struct text copy = arena_text(walk->arena, text);
    struct block *block =
        copy.data ? document_add_block(walk->document, walk->arena, kind, copy) : NULL;
    if (!block)
        fail(walk, STATUS_NO_MEMORY);
    else if (kind == BLOCK_HEADING)
        block->level = walk->level;
}

/* Ends the line; false when there was nothing in it. */
static bool end_line(struct walk *walk, enum block_kind kind)
{
    if (walk->line.last == 0 && walk->line.bytes.length > 0)
        return false; /* the number of a list item waits for its text */
    struct text text = html_line_text(&walk->line);
    bool shown = text.length > 0;
    if (walk->line.bytes.failed)
        fail(walk, STATUS_NO_MEMORY);
    else if (shown && !html_is_chrome_line(text))
        add_block(walk, walk->level > 0 ? BLOCK_HEADING : kind, html_cut_chrome(text));
    html_line_clear(&walk->line);
    return shown;
}

static void end_paragraph(struct walk *walk)
{
    end_line(walk, walk->in_lines ? BLOCK_LINE : BLOCK_PARAGRAPH);
    walk->in_lines = walk->ended = false;
}

static void break_line(struct walk *walk)
{
    bool shown = end_line(walk, BLOCK_LINE);
    if (!shown && walk->ended && walk->in_lines)
        add_block(walk, BLOCK_BLANK, (struct text) { "", 0 });
    walk->in_lines = walk->ended = true;
}

static void add_text(struct walk *walk, const struct html_node *node)
{
    if (node->index <= walk->region->first || node->index >= walk->region->last)
        return;
    size_t offset = 0;
    while (!html_line_append(&walk->line, node->text, &offset, walk->keep)) {
        if (walk->keep)
            break_line(walk);
        else
            end_line(walk, BLOCK_PARAGRAPH);
    }
    if (walk->line.last != 0)
        walk->ended = false;
}

static bool is_simple_cell(const struct html_node *cell)
{
    if (cell->chinese + cell->linked_chinese > CELL_CHARACTERS ||
        cell->end - cell->index > CELL_NODES || cell->sentences > 1)
        return false;
    size_t blocks = 0;
    struct html_node *end = html_after(cell);
    for (const struct html_node *node = cell->first; node && node != end; node = html_next(node)) {
        if ((node->flags & HTML_TABLE) != 0)
            return false;
        blocks += (node->flags & HTML_BLOCK) != 0 && node->chinese > 0 && !node->dropped;
    }
    return blocks <= 2;
}

/* A row of at least two cells with something in them, and all of them short. */
static bool is_data_row(const struct html_node *row)
{
    size_t cells = 0;
    for (const struct html_node *cell = row->first; cell; cell = cell->next) {
        if ((cell->flags & HTML_CELL) == 0 || cell->dropped)
            continue;
        if (!is_simple_cell(cell))
            return false;
        cells++;
    }
    return cells >= 2;
}

static void add_row(struct walk *walk, const struct html_node *row)
{
    CLEANUP(buffer_release) struct buffer text = BUFFER_INIT;
    size_t gaps = 0; /* cells without text: only those before another one are shown */
    size_t shown = 0;
    for (const struct html_node *cell = row->first; cell; cell = cell->next) {
        if ((cell->flags & HTML_CELL) == 0 || cell->dropped)
            continue;
        struct text piece = html_text_of(cell, false, walk->arena);
        if (piece.length == 0) {
            gaps++;
            continue;
        }
        if (shown > 0)
            for (size_t i = 0; i <= gaps; i++)
                buffer_append(&text, i == 0 ? TEXT(" | ") : TEXT("| "));
        buffer_append(&text, piece);
        shown++;
        gaps = 0;
    }
    end_paragraph(walk);
    if (buffer_status(&text, NULL))
        fail(walk, STATUS_NO_MEMORY);
    else if (shown > 0 && !html_is_chrome_line(buffer_text(&text)))
        add_block(walk, BLOCK_PARAGRAPH, buffer_text(&text));
}

static void walk_children(struct walk *walk, const struct html_node *node);

static void walk_block(struct walk *walk, const struct html_node *node)
{
    bool keep = walk->keep;
    int level = walk->level;
    end_paragraph(walk);
    walk->keep = keep || (node->flags & HTML_KEEP) != 0;
    if ((node->flags & HTML_HEADING) != 0)
        walk->level = node->name.data[1] - '0';
    if (walk->line.bytes.length == 0)
        html_append_marker(node, &walk->line.bytes);
    walk_children(walk, node);
    if (html_is(node, "li") && walk->line.last == 0)
        html_line_clear(&walk->line); /* an empty item */
    end_paragraph(walk);
    walk->keep = keep;
    walk->level = level;
}

/* The whole row lies in the region: a region of comments may begin inside of one. */
static bool is_inside(const struct walk *walk, const struct html_node *node)
{
    return node->index > walk->region->first && node->end <= walk->region->last;
}

static void walk_node(struct walk *walk, const struct html_node *node)
{
    if (walk->status || node->dropped) {
        if ((node->flags & HTML_BLOCK) != 0)
            end_paragraph(walk);
        return;
    }
    if (node->kind == HTML_TEXT)
        add_text(walk, node);
    else if ((node->flags & HTML_BREAK) != 0)
        break_line(walk);
    else if ((node->flags & HTML_ROW) != 0 && is_inside(walk, node) && is_data_row(node))
        add_row(walk, node);
    else if ((node->flags & HTML_BLOCK) != 0)
        walk_block(walk, node);
    else
        walk_children(walk, node);
}

static void walk_children(struct walk *walk, const struct html_node *node)
{
    for (const struct html_node *child = node->first; child; child = child->next)
        walk_node(walk, child);
}

enum status html_add_blocks(const struct html_region *region, struct document *document,
                            struct arena *arena, struct error *error)
{
    struct walk walk = { .region = region, .document = document, .arena = arena, .error = error };
    walk_block(&walk, region->root);
    html_line_release(&walk.line);
    return walk.status;
}
