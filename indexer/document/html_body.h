/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which part of a page is its text. */
#ifndef DAFU_DOCUMENT_HTML_BODY_H
#define DAFU_DOCUMENT_HTML_BODY_H

#include "indexer/document/html_tree.h"

/* The descendants of `root` whose index lies between `first` and `last`, both not included. */
struct html_region {
    const struct html_node *root;
    int64_t first, last;
};

#define HTML_REGIONS_MAX 64

struct html_body {
    struct html_region regions[HTML_REGIONS_MAX]; /* in document order */
    size_t count;
    const char *found_by; /* "comment", the container's name, or "density" */
};

/* Needs a measured tree. The count is 0 when the page has no text. */
void html_find_body(const struct html_tree *tree, struct html_body *out);

bool html_body_has(const struct html_body *body, const struct html_node *node);

#endif
