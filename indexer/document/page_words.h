/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words of a printed line say about where paragraphs begin and end, wherever the line stands.
 * Texts are valid UTF-8 and stay the caller's; pure functions, for any thread. Marks that cling to a
 * character are those of Unicode's line breaking (annex 14) as Chinese print has them. */
#ifndef DAFU_DOCUMENT_PAGE_WORDS_H
#define DAFU_DOCUMENT_PAGE_WORDS_H

#include <stdbool.h>

#include "indexer/base/text.h"

/* Of a line, or of what was read of its paragraph: ends as a sentence does; begins with the number of an
 * item; is a note in brackets; gives a telephone number, a name or its label; is "label：value". */
bool page_is_finished(struct text text);
bool page_starts_item(struct text text);
bool page_is_bracketed(struct text text);
bool page_is_contact(struct text text);
bool page_is_labelled(struct text text);
/* Width, in em, of what cannot be parted from the line's first character. */
double page_first_unit(struct text text);
/* `line` follows `before`: it is the rest of a number; it begins a paragraph wherever it stands. */
bool page_number_goes_on(struct text before, struct text line);
bool page_begins_anew(struct text before, struct text line);
/* Whether the two ends of a broken line had a blank between them. */
bool page_needs_blank(struct text before, struct text line);

#endif
