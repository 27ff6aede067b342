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

/* A letter begins with its title, or goes from its salutation to its date. What stands between the
 * end of one and the title or salutation of the next one (an agency, a document number, labels) is
 * the head of the next letter. Where letters are numbered as sections are (一、关于…的答复), the
 * number is taken from the title, which is its own then. */
void html_find_letters(struct document *document, struct html_letters *out);

#endif
