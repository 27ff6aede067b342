/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that a page shows by a script only: in a <textarea>, a <noscript>, a template, or in a string of
 * a script, as pages that are built in the browser carry it. Read where the page has hardly any other
 * text. */
#ifndef DAFU_DOCUMENT_HTML_EMBEDDED_H
#define DAFU_DOCUMENT_HTML_EMBEDDED_H

#include "indexer/base/status.h"
#include "indexer/document/html_tree.h"

/* Looks for such text in a tree that has been measured. Returns whether there is some: either its
 * element is now like any other one, and the tree is to be measured again; or *markup, which lives as
 * long as the arena, is what the page would have been made of. STATUS_NO_MEMORY. */
enum status html_find_embedded(struct html_tree *tree, struct arena *arena, bool *found,
                               struct text *markup, struct error *error);

#endif
