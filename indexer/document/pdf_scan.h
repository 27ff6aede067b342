/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages that are pictures: poppler's pdftoppm draws them and tesseract (with chi_sim) reads them,
 * both as limited child processes, page by page. What tesseract says stands where on the page goes
 * the same way as the words of any other PDF (page_layout.h). */
#ifndef DAFU_DOCUMENT_PDF_SCAN_H
#define DAFU_DOCUMENT_PDF_SCAN_H

#include "indexer/document/pdf_page.h"
#include "indexer/document/reader.h"

/* Ceilings of one document; above them STATUS_LIMIT. */
#define SCAN_PAGES_MAX ((size_t)200) /* that are pictures */
#define SCAN_SECONDS_MAX 900

/* A PDF as pdf_text_parse left it: pages without text, or, when the text cannot be used, all pages
 * are read from their pictures and replaced; *pages says how many gave text. A page that could
 * not be read is told to `receiver`. STATUS_UNSUPPORTED: a program or its data is not installed;
 * STATUS_LIMIT, STATUS_NO_MEMORY; or what happened to the page, if there is only one. */
enum status pdf_scan_read(struct text pdf, struct pdf_text *text, const char *path,
                          const struct document_receiver *receiver, size_t *pages,
                          struct error *error);

/* One page as tesseract read it. */
struct scan_page {
    struct page page;
    size_t characters;
    size_t sure; /* of them in lines that it read with confidence */
};

/* What "tesseract ... tsv" printed about one page; `scale` is for its pixels, the runs are in the
 * arena. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status pdf_scan_parse(struct text tsv, double scale, struct arena *arena,
                           struct scan_page *page, struct error *error);

#endif
