/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the steps of page_layout.h hand to each other. Lengths are in the unit of the format; "em"
 * is the size of the characters, for running text that of the document's most common one. */
#ifndef DAFU_DOCUMENT_PAGE_PARTS_H
#define DAFU_DOCUMENT_PAGE_PARTS_H

#include "indexer/document/page_layout.h"

struct box {
    double x0, y0, x1, y1;
};

/* Runs that follow each other on one line without a wide gap. */
struct segment {
    struct text text;
    struct box box;
    double size;             /* 1 em */
    size_t codepoints;       /* of text */
    size_t first, run_count; /* run numbers in the sheet's order of runs */
    bool dropped;            /* a header, a page number, a watermark */
};

struct sheet {
    double width, height;
    struct page_run *runs; /* of one segment: side by side, from left to right */
    size_t run_count;
    struct segment *segments;
    size_t segment_count;
};

/* One line of one column, in reading order. */
struct page_line {
    struct text text;
    struct box box;
    double size;
    size_t codepoints;
    double last_x0; /* where its last segment behind a wide gap begins; box.x0 if there is none */
    uint32_t page;  /* 1-based */
    size_t region;  /* index */
    bool whole;     /* a row of a table: a paragraph of its own */
};

/* A stretch of a page, or of a column, whose lines stand below each other. */
struct page_region {
    unsigned column; /* 0 for text over the whole page, else 1, 2, ... from the left */
    uint32_t page;
    double x0, x1;               /* of everything on the page, or in its column */
    double column_x0, column_x1; /* what the column has room for; 0 without one */
};

struct page_lines {
    struct page_line *items;
    size_t count, capacity;
    struct page_region *regions;
    size_t region_count, region_capacity;
    double em;
};

static inline double box_middle(const struct box *box)
{
    return (box->y0 + box->y1) / 2;
}

static inline double box_height(const struct box *box)
{
    return box->y1 - box->y0;
}

static inline double box_width(const struct box *box)
{
    return box->x1 - box->x0;
}

static inline void box_extend(struct box *box, const struct box *other)
{
    box->x0 = other->x0 < box->x0 ? other->x0 : box->x0;
    box->y0 = other->y0 < box->y0 ? other->y0 : box->y0;
    box->x1 = other->x1 > box->x1 ? other->x1 : box->x1;
    box->y1 = other->y1 > box->y1 ? other->y1 : box->y1;
}

static inline bool sizes_agree(double a, double b)
{
    return a <= b * 1.15 && b <= a * 1.15;
}

/* Whether a character is as wide as it is high: Han, full-width marks and letters, kana. */
bool is_full_width(uint32_t codepoint);

/* What stands between two pieces of a line that are `gap` apart: nothing, a blank between words
 * in letters, as many full-width blanks as fit where somebody left room. */
struct text blanks_between(struct text before, struct text after, double gap, double size);
#define WIDE_GAP_EM 0.9 /* from here on somebody left room */

/* Before everything else: turns pages that lie on their side, or are written from top to bottom, so that
 * they are read from left to right. False: out of memory. */
bool page_turn(struct page *pages, size_t count, struct arena *arena);
/* Page -> sheet, every run in one segment. Words that stand upright are left out.
 * False: out of memory. */
bool page_segments_build(struct page *page, struct arena *arena, struct sheet *sheet);
/* The sizes and texts of the segments of all sheets, as no sheet alone can tell how high a
 * character of this font is. Sets *em. False: out of memory. */
bool page_segments_measure(struct sheet *sheets, size_t count, struct arena *arena, double *em);

/* Before the segments are built: drops characters one below the other (seals, spines), along a
 * diagonal (watermarks) and around a circle (seals). False: out of memory. */
bool page_stacks_drop(struct page *page, struct arena *arena);
/* Before that: drops square seals. False: out of memory. */
bool page_squares_drop(struct page *page, struct arena *arena);
/* Running headers and footers, page numbers, watermarks of all pages. False: out of memory. */
bool page_furniture_drop_segments(struct sheet *sheets, size_t count, double em,
                                  struct arena *arena);

/* What parts two columns. */
struct page_gutter {
    double x0, x1;      /* the strip that no line of either crosses */
    double left, right; /* how far the columns reach */
};

struct page_band {
    size_t first, end; /* of segments that are sorted by height */
};

/* Looks for columns among segments sorted by height, on a page of that width, in a column that has room up
 * to `room`, or 0. Returns how many segments are in them; 0: none, and *out is undefined. */
size_t page_gutter_find(struct segment **segments, size_t count, double width, double room,
                        double em, struct page_gutter *out);
/* The next band at or behind `start` with columns beside the gutter, or false. */
bool page_band_next(struct segment **segments, size_t count, size_t start, double width,
                    double room, double em, const struct page_gutter *gutter,
                    struct page_band *out);

/* Narrows a band, which no segment crosses, to the first columns in it: what stands over all of them is
 * left out above, and so is everything from the next heading over all of them on. */
void page_band_split(struct segment **segments, double width, double em,
                     const struct page_gutter *gutter, struct page_band *band);

/* Appends the lines of all sheets in reading order. False: out of memory. */
bool page_lines_order(const struct sheet *sheets, size_t count, struct arena *arena,
                      struct page_lines *lines);

/* Whether a table begins with the row at `first` of the segments, which are sorted by height; *end is
 * behind its last one. If none does, *end is where the next one may begin: behind the row, or behind
 * columns of running text, whose ends look like tables. */
bool page_table_begins(struct segment **segments, size_t count, size_t first, size_t *end);
/* Appends its rows as lines, "cell | cell", to the region begun last. False: out of memory. */
bool page_table_add(struct segment **segments, size_t first, size_t end, uint32_t page,
                    struct arena *arena, struct page_lines *lines);

/* Lines -> blocks. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status page_paragraphs_build(const struct page_lines *lines, struct arena *arena,
                                  struct document *document, struct error *error);

#endif
