/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several complete letters on one page, one after the other. */
#ifndef DAFU_DOCUMENT_HTML_LETTERS_H
#define DAFU_DOCUMENT_HTML_LETTERS_H

#include "indexer/document/document.h"

#define HTML_LETTERS_MAX 256

struct html_letters {
    size_t starts[HTML_LETTERS_MAX + 1]; /* first block of each; then block_count */
    size_t count;                        /* at least 1 */
};

/* A letter goes from its salutation to its date. The blocks between a date (with contact lines
 * and the like behind it) and the next salutation are the head of the next letter. */
void html_find_letters(const struct document *document, struct html_letters *out);

#endif
