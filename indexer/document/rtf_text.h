/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs, table rows and text boxes as the RTF reader meets them -> blocks. */
#ifndef DAFU_DOCUMENT_RTF_TEXT_H
#define DAFU_DOCUMENT_RTF_TEXT_H

#include "indexer/base/buffer.h"
#include "indexer/document/document.h"

struct rtf_paragraph {
    struct text text; /* with '\n' where the line is broken inside it */
    size_t cell;      /* of its row */
};

struct rtf_paragraphs {
    struct rtf_paragraph *items;
    size_t count, capacity;
};

struct rtf_text {
    struct arena *arena;
    struct document *document;
    struct buffer open; /* the paragraph at hand */
    struct buffer box;  /* ... and that inside a text box */
    struct rtf_paragraphs row, boxes;
    size_t cell;
    size_t bytes;  /* of all text */
    bool in_table; /* the paragraph at hand is one of a cell */
    bool in_box;
    enum status status; /* the first failure; nothing happens after it */
    struct error *error;
};

void rtf_text_release(struct rtf_text *text); /* CLEANUP-able: the buffers */

void rtf_text_put(struct rtf_text *text, struct text piece);
void rtf_text_end_paragraph(struct rtf_text *text);
void rtf_text_end_cell(struct rtf_text *text);
void rtf_text_end_row(struct rtf_text *text);
/* All that is still open. */
void rtf_text_finish(struct rtf_text *text);
void rtf_text_fail(struct rtf_text *text, enum status status, const char *message);

#endif
