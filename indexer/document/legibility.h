/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the characters of a printed document are those that a reader sees. A font need not tell which
 * characters its glyphs are: then a converter hands on numbers of glyphs, which look like signs of all the
 * world's scripts and hardly like text. Pure functions. */
#ifndef DAFU_DOCUMENT_LEGIBILITY_H
#define DAFU_DOCUMENT_LEGIBILITY_H

#include <stdbool.h>

#include "indexer/base/text.h"

struct legibility {
    size_t characters;
    size_t unreadable; /* of them U+FFFD, private use and control characters */
    size_t strange;    /* ... what is no letter, digit, Han character or mark of a common text */
    size_t han;
};

/* `text` is valid UTF-8. */
void legibility_add(struct legibility *legibility, struct text text);
/* Of everything that was added: it cannot be the document's text. */
bool legibility_is_garbage(const struct legibility *legibility);

#endif
