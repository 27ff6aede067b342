/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of a Word 97 file written down as the word/document.xml that DOCX would have: the reader
 * of DOCX then knows what to do with tables, numbers, fields and boxes. */
#ifndef DAFU_DOCUMENT_DOC_BODY_H
#define DAFU_DOCUMENT_DOC_BODY_H

#include "indexer/document/doc_file.h"

/* Appends a whole document; what is hidden or was deleted is left out. A failure is in the
 * buffer. */
void doc_body_write(const struct doc_file *file, struct buffer *xml);

#endif
