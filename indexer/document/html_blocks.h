/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of a page's body -> blocks. */
#ifndef DAFU_DOCUMENT_HTML_BLOCKS_H
#define DAFU_DOCUMENT_HTML_BLOCKS_H

#include "indexer/document/document.h"
#include "indexer/document/html_body.h"

/* Adds the blocks of a region: block elements are BLOCK_PARAGRAPH, the lines between <br> are
 * BLOCK_LINE with BLOCK_BLANK for an empty one, <h1> to <h6> BLOCK_HEADING, a row of a table of
 * data is one paragraph with " | " between its cells. What is dropped, hidden or chrome is left
 * out. STATUS_LIMIT for too many blocks, STATUS_NO_MEMORY. */
enum status html_add_blocks(const struct html_region *region, struct document *document,
                            struct arena *arena, struct error *error);

#endif
