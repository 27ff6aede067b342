/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The number that a browser puts before an item of an ordered list. */
#ifndef DAFU_DOCUMENT_HTML_MARKER_H
#define DAFU_DOCUMENT_HTML_MARKER_H

#include "indexer/base/buffer.h"
#include "indexer/document/html_tree.h"

/* Appends the number of the <li>, "1." or "一、" or "（2）", as its list's type, class or style
 * wants it; nothing for other elements and for lists without numbers. */
void html_append_marker(const struct html_node *item, struct buffer *out);

#endif
