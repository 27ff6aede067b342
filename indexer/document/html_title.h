/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The title of a letter that the page shows above the text and not in it. */
#ifndef DAFU_DOCUMENT_HTML_TITLE_H
#define DAFU_DOCUMENT_HTML_TITLE_H

#include "indexer/document/document.h"

/* Takes out the page's headline, and its date, where they stand in the blocks above the letter and the
 * letter has its own title. False: no memory. */
bool html_drop_headline(struct document *document, struct arena *arena);

/* Puts page_title or table_title before the blocks as a paragraph, if it is the title of a reply
 * and no title stands at the head of the text. False: no memory. */
bool html_add_title(struct document *document, struct arena *arena);

#endif
