/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of all pages -> blocks. Running headers and page numbers go; lines that the layout
 * shows to be one paragraph are put together; where it does not show, the lines are handed on as
 * lines, for the floor above to judge by the text. */
#ifndef DAFU_DOCUMENT_OFD_LAYOUT_H
#define DAFU_DOCUMENT_OFD_LAYOUT_H

#include "indexer/document/document.h"
#include "indexer/document/ofd_lines.h"

struct ofd_sheet {
    double height; /* of the page, mm; 0 unknown */
};

/* sheets  one per page, page n at sheets[n - 1]
 * Adds the blocks to the document; texts lie in the arena. STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status ofd_lay_out(struct ofd_lines *lines, const struct ofd_sheet *sheets, size_t sheet_count,
                        struct document *document, struct arena *arena, struct error *error);

#endif
