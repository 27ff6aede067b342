/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files an element of a page speaks of: links, frames and objects. A link to an attachment is
 * often an address of a program, which has the file's name as a parameter, in an attribute or shows it;
 * whoever saves the file gives it that name. */
#ifndef DAFU_DOCUMENT_HTML_NAMES_H
#define DAFU_DOCUMENT_HTML_NAMES_H

#include "indexer/document/html_tree.h"

#define HTML_NAMES_MAX 8

struct html_names {
    struct text
        items[HTML_NAMES_MAX]; /* without query, fragment and %XX, in the arena; likeliest first */
    size_t count;
    bool frame; /* a page inside of this one, if it is a page */
};

/* None for an element that speaks of no file with a known extension. */
void html_name_files(const struct html_node *node, struct arena *arena, struct html_names *out);

/* Whether it is the address of a page, by the extension. */
bool html_is_page_address(struct text address);

#endif
