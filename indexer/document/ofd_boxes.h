/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The runs of an OFD page -> pieces of text with boxes, as page_layout.h wants them: the page turned
 * so that it is read from left to right, and without what is read another way. */
#ifndef DAFU_DOCUMENT_OFD_BOXES_H
#define DAFU_DOCUMENT_OFD_BOXES_H

#include "indexer/document/ofd_page.h"
#include "indexer/document/page_layout.h"

/* Adds a page with these runs, copied, to the layout. STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status ofd_add_boxes(const struct ofd_page *page, struct page_layout *layout,
                          struct error *error);

/* What a template says again on a later page: keeps only what may be seen to be a running header or
 * a page number because it comes back, small and at the edge. */
void ofd_keep_edges(struct ofd_page *page, double height);

#endif
