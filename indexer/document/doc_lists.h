/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list and style tables of Word's binary format, written down as the numbering.xml and
 * styles.xml that DOCX would have: the same code then counts. */
#ifndef DAFU_DOCUMENT_DOC_LISTS_H
#define DAFU_DOCUMENT_DOC_LISTS_H

#include "indexer/document/doc_file.h"
#include "indexer/document/docx_numbering.h"

/* What the properties of a paragraph say. */
struct doc_paragraph {
    struct docx_paragraph list; /* list, level, outline; the style is the number below */
    uint32_t style;
    int depth;                  /* tables that it is in */
    bool row_end;               /* it is no text but the end of a row ... */
    bool inner_cell, inner_row; /* ... or, in a table in a table, its mark ends these */
};

#define DOC_PARAGRAPH_INIT                                                                         \
    ((struct doc_paragraph) {                                                                      \
        .list = { .list = DOCX_UNSET, .level = DOCX_UNSET, .outline = DOCX_UNSET } })

/* Both append a whole document. What is damaged is left out. */
void doc_lists_write(struct text table, struct doc_place lists, struct doc_place overrides,
                     struct buffer *xml);
void doc_styles_write(struct text table, struct doc_place styles, struct buffer *xml);

/* Reads the properties of a paragraph (sprms) that concern us; the others are left as they are. */
void doc_read_properties(struct text properties, struct doc_paragraph *paragraph);

/* Whether properties of characters say that these are hidden, or were deleted and kept. */
bool doc_is_hidden(struct text properties);

#endif
