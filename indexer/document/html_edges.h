/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page adds to its text where it begins and ends, and nothing in the markup tells apart. */
#ifndef DAFU_DOCUMENT_HTML_EDGES_H
#define DAFU_DOCUMENT_HTML_EDGES_H

#include "indexer/document/document.h"

/* Takes out of the blocks: a line above the text that says when or by whom it was published; the
 * page's title and a date glued to the first line; the names of attached files below the text, with
 * the line "附件：" above them. */
void html_trim_edges(struct document *document);

#endif
