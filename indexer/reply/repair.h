/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks -> paragraphs. A published reply has been through a word processor, a page layout and a
 * web form: sentences are cut at page breaks, titles at the line's end, digits stand in blanks,
 * bold marks and page numbers are left over. Repair undoes that, and nothing else: every character
 * of a paragraph is the author's, in the author's order, and knows where it came from. */
#ifndef DAFU_REPLY_REPAIR_H
#define DAFU_REPLY_REPAIR_H

#include "indexer/reply/reply.h"

/* What repair hands to the rest: paragraphs and, side by side, their shadows (shadow.h). */
struct repaired {
    struct paragraph *paragraphs; /* arena-held; kind is not yet decided (PARAGRAPH_BODY) */
    struct text *shadows;
    struct text *roles; /* what the format declares (block.role), or empty */
    size_t count;
};

/* Linear in the document's size. STATUS_EMPTY when nothing is left, STATUS_NO_MEMORY. */
enum status repair_document(const struct document *document, struct arena *arena,
                            struct repaired *out, struct error *error);

#endif
