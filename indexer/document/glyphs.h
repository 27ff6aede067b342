/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats that draw text (PDF, OFD) often name the glyph and not the character: ⽉ for 月, ⻋ for 车,
 * ﬁ for fi. */
#ifndef DAFU_DOCUMENT_GLYPHS_H
#define DAFU_DOCUMENT_GLYPHS_H

#include "indexer/base/arena.h"

/* The characters meant; the text itself when it holds no such glyph. data is NULL when out of
 * memory. */
struct text glyphs_to_characters(struct text text, struct arena *arena);

#endif
