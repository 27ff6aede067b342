/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a page links to and that lie beside it on disk: many pages say nothing but "see the
 * attachment". */
#ifndef DAFU_DOCUMENT_HTML_ATTACHMENTS_H
#define DAFU_DOCUMENT_HTML_ATTACHMENTS_H

#include "indexer/document/html_tree.h"
#include "indexer/document/reader.h"

/* A page with fewer ideographs than this of its own has its text in the attachment. */
#define HTML_SHORT_BODY 150
#define HTML_POINTER_BODY 60 /* ... with fewer than this, nothing but a pointer to it */
#define HTML_ATTACHMENTS_MAX 16

/* Declares "attachment", once for each file that is there, and if the page at `path` has a short
 * body (`chinese` ideographs) adds their blocks to the document; a body that only points at them
 * is dropped then. What a link, a frame or an object names (html_names.h) counts when it is
 * relative and stays in the page's folder, or by its last name when a file of that name lies
 * beside the page or in the folder that browsers make for it ("page_files"); a page in a frame counts
 * only if it has a text, as menus are such pages, too. One file is read once, and of files that differ in extension only, the first. One that cannot be read is told to
 * receiver->warn. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status html_read_attachments(const struct html_tree *tree, const char *path, uint32_t chinese,
                                  struct document *document, struct arena *arena,
                                  const struct document_receiver *receiver, struct error *error);

#endif
