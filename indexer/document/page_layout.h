/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats that know where a text stands but not what it is (PDF, OFD): pieces of text with boxes on
 * pages -> paragraphs in reading order.
 *
 * The steps, one file each: pages that lie on their side turned (page_turn.c); pieces -> stretches of a line (page_segments.c); running headers, page
 * numbers, seals, spines and watermarks out (page_furniture.c, page_squares.c, page_stacks.c); columns and lines
 * (page_columns.c, page_bands.c, page_tables.c, page_lines.c); lines -> paragraphs from indents, short last lines, distances and sizes, also across a page's end
 * (page_paragraphs.c). The order in which pieces are added does not matter: that of the content
 * stream is often not that of reading. */
#ifndef DAFU_DOCUMENT_PAGE_LAYOUT_H
#define DAFU_DOCUMENT_PAGE_LAYOUT_H

#include "indexer/base/status.h"
#include "indexer/document/document.h"

/* A piece of text, a character or a word or a whole line, in one direction. The unit of the
 * coordinates is free (points, millimetres) but one for a document; y grows downwards. */
struct page_run {
    struct text text;      /* valid UTF-8, as long as the layout's arena; blanks only inside */
    double x0, y0, x1, y1; /* its box, x0 <= x1 and y0 <= y1 */
    double size;           /* of the characters (1 em) if the format says it, else 0: guessed */
    bool aslant;           /* not parallel to the page's sides, as in a seal: never text */
};

struct page {
    double width, height;
    struct page_run *runs;
    size_t run_count, run_capacity;
};

struct page_layout {
    struct arena *arena;
    struct page *pages;
    size_t page_count, page_capacity;
};

/* Ceilings: above them, STATUS_LIMIT. */
#define PAGES_MAX ((size_t)20000)
#define PAGE_RUNS_MAX ((size_t)1 << 16) /* of one page */

/* Everything, also the blocks, is in the arena. Begins the next page. STATUS_NO_MEMORY. */
enum status page_layout_add_page(struct page_layout *layout, double width, double height,
                                 struct error *error);
/* To the page begun last; a run without text, without extent or with a coordinate that is not a
 * number is left out. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status page_layout_add_run(struct page_layout *layout, const struct page_run *run,
                                struct error *error);

/* Adds one BLOCK_PARAGRAPH per paragraph with the number of the page it begins on; neighbours that
 * may belong together, as neither the layout nor the end of a sentence parts them for certain, as
 * BLOCK_LINE. No block when the pages hold no text. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status page_layout_finish(struct page_layout *layout, struct document *document,
                               struct error *error);

#endif
