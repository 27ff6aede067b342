/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page of an OFD document (GB/T 33190-2016, chapters 7 and 11): its text objects as runs of
 * text, each with its place on the page. */
#ifndef DAFU_DOCUMENT_OFD_PAGE_H
#define DAFU_DOCUMENT_OFD_PAGE_H

#include "indexer/base/arena.h"
#include "indexer/document/part.h"

#define OFD_RUNS_MAX ((size_t)1 << 19) /* on one page */
#define OFD_TEMPLATES_MAX 16           /* of one page */

/* Which way a run is read, clockwise from left to right. */
enum ofd_direction {
    OFD_RIGHT,
    OFD_DOWN, /* also upright characters below each other */
    OFD_LEFT,
    OFD_UP,
    OFD_ASLANT, /* a watermark, a seal */
};

/* Characters that follow each other on one base line, without blanks around them. Millimetres from
 * the upper left corner of the page, y downwards. */
struct ofd_run {
    double x, y;         /* where the base line begins */
    double end_x, end_y; /* ... and ends, behind the last character */
    double size;         /* of the font, as it appears */
    enum ofd_direction direction;
    bool stacked; /* a character of a column of upright ones; direction is OFD_DOWN */
    struct text text;
};

struct ofd_page {
    struct ofd_run *runs; /* in the order of the file */
    size_t count, capacity;
    double width, height;                            /* 0: not given by the page */
    unsigned long long templates[OFD_TEMPLATES_MAX]; /* ids, in order */
    size_t template_count;
    size_t bytes;  /* of text */
    size_t glyphs; /* objects that tell which glyphs are drawn, but no characters */
};

/* The part stands on its root. Adds to *page, which may hold something. STATUS_LIMIT,
 * STATUS_NO_MEMORY; what is wrong with the XML is left in the part. */
enum status ofd_read_page(struct part *part, struct arena *arena, struct ofd_page *page,
                          struct error *error);

/* Reads "x y w h" into *width and *height when both are positive. */
void ofd_read_box(struct text box, double *width, double *height);

#endif
