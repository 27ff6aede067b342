/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "pdftotext -bbox-layout" prints (poppler; XHTML with the boxes of pages, blocks, lines and
 * words) -> a page layout. Its blocks are not used: they part a label from its value. */
#ifndef DAFU_DOCUMENT_PDF_PAGE_H
#define DAFU_DOCUMENT_PDF_PAGE_H

#include "indexer/base/buffer.h"
#include "indexer/document/legibility.h"
#include "indexer/document/page_layout.h"

struct pdf_text {
    struct page_layout layout;
    /* The document's properties, as they are; in the arena. */
    struct text title, author, created, modified;
    struct legibility legibility; /* of all words */
};

/* `xhtml` is changed: bytes and characters that XML does not allow are replaced in it. layout.arena
 * is set by the caller. Damage ends the reading where it is, without a failure: what comes before
 * it is there. STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status pdf_text_parse(struct buffer *xhtml, struct pdf_text *text, struct error *error);

#endif
