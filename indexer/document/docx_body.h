/* SPDX-License-Identifier: GPL-2.0-or-later */
/* word/document.xml -> blocks: paragraphs with their automatic numbers, tables row by row, text
 * boxes behind the paragraph that holds them; without what was deleted or is hidden. */
#ifndef DAFU_DOCUMENT_DOCX_BODY_H
#define DAFU_DOCUMENT_DOCX_BODY_H

#include "indexer/document/document.h"
#include "indexer/document/docx_chunks.h"
#include "indexer/document/docx_numbering.h"

/* The part stands on its root. `chunks` has the documents inside the document, or is NULL. Blocks are added to the document, texts lie in the arena.
 * STATUS_LIMIT, STATUS_NO_MEMORY; what is wrong with the XML is left in the part. */
enum status docx_read_body(struct part *part, struct docx_numbering *numbering,
                           struct docx_chunks *chunks, struct document *document,
                           struct arena *arena, struct error *error);

#endif
