/* SPDX-License-Identifier: GPL-2.0-or-later */
/* White space in the texts of Reply XML: the one rule that its reader and its writer share. */
#ifndef DAFU_DOCUMENT_XML_SPACE_H
#define DAFU_DOCUMENT_XML_SPACE_H

#include "indexer/base/arena.h"
#include "indexer/base/text.h"

/* Takes layout out of an element's text: a line break with the blanks around it is dropped, or
 * becomes one blank between characters of an alphabet (Chinese has no blanks between words); both
 * ends are trimmed. Blanks within a line stay. Returns the text itself where nothing changes, a
 * copy in the arena otherwise; data is NULL when out of memory and only then.
 *
 * A text that this would change is written with xml:space="preserve". */
struct text xml_space_fold(struct text text, struct arena *arena);

#endif
