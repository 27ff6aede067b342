/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The runs of a page -> its lines in reading order: what stands on one base line is one line, from
 * left to right; a page of two columns is read column by column. */
#ifndef DAFU_DOCUMENT_OFD_LINES_H
#define DAFU_DOCUMENT_OFD_LINES_H

#include "indexer/document/ofd_page.h"

/* Margins differ between the whole page and its columns. */
enum ofd_zone { OFD_WHOLE, OFD_LEFT_COLUMN, OFD_RIGHT_COLUMN, OFD_ZONES };

struct ofd_line {
    struct text text;            /* runs joined; gaps as blanks */
    double left, right, y, size; /* millimetres; size of most of its characters */
    uint32_t page;
    enum ofd_zone zone;
};

struct ofd_lines {
    struct ofd_line *items;
    size_t count, capacity;
};

/* Appends the page's lines. Runs that are not read the way most of the page is (watermarks, seals,
 * the vertical text of a binding margin) are left out. STATUS_LIMIT, STATUS_NO_MEMORY. The runs
 * come out in another order. */
enum status ofd_find_lines(struct ofd_page *page, uint32_t number, struct arena *arena,
                           struct ofd_lines *out, struct error *error);

#endif
