/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Word writes before a paragraph by itself: 一、（一）1. as the numbering definitions
 * (word/numbering.xml) and the styles (word/styles.xml) say, counted in document order. ECMA-376
 * part 1, 17.9 (numbering) and 17.7 (styles). */
#ifndef DAFU_DOCUMENT_DOCX_NUMBERING_H
#define DAFU_DOCUMENT_DOCX_NUMBERING_H

#include "indexer/base/arena.h"
#include "indexer/document/part.h"

#define DOCX_LEVELS 9
#define DOCX_UNSET (-1) /* a number that the file does not give */

/* What a paragraph says of itself, or its style says for it. Numbers or DOCX_UNSET. */
struct docx_paragraph {
    struct text style; /* id, or empty for the default style */
    int list;          /* w:numId; 0 takes the numbering away */
    int level;         /* w:ilvl, 0 to 8 */
    int outline;       /* w:outlineLvl: 0 is a heading of the first level, 9 body text */
};

struct docx_numbering;

/* Empty: no styles, no lists. Everything goes into the arena. NULL: out of memory. */
struct docx_numbering *docx_numbering_new(struct arena *arena);

/* Reads the two parts; the part stands on its root. STATUS_LIMIT, STATUS_NO_MEMORY; what is
 * wrong with the XML is left in the part. Then docx_numbering_finish, once. */
enum status docx_numbering_read_styles(struct docx_numbering *numbering, struct part *part,
                                       struct error *error);
enum status docx_numbering_read_lists(struct docx_numbering *numbering, struct part *part,
                                      struct error *error);
void docx_numbering_finish(struct docx_numbering *numbering);

/* Fills in what the paragraph leaves to its style, and the style to the one it is based on. */
void docx_numbering_resolve(const struct docx_numbering *numbering,
                            struct docx_paragraph *paragraph);

/* Whether text in this character style is hidden. */
bool docx_numbering_hides(const struct docx_numbering *numbering, struct text style);

/* Counts the (resolved) paragraph and appends what stands before its text; nothing when it is in
 * no list, or in one of bullets. */
void docx_numbering_mark(struct docx_numbering *numbering, const struct docx_paragraph *paragraph,
                         struct text text, struct buffer *out);

/* w:val of an on-off element such as w:vanish: true when it is missing. */
bool docx_is_on(struct part *part);

/* w:val as a number within [0, max], else DOCX_UNSET. */
int docx_number(struct part *part, const char *name, int max);

/* Reads the w:numPr where the part stands into list and level. */
void docx_read_list_reference(struct part *part, struct docx_paragraph *paragraph);

#endif
