/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text as a browser shows it: white space collapsed, characters that show nothing left out. */
#ifndef DAFU_DOCUMENT_HTML_TEXT_H
#define DAFU_DOCUMENT_HTML_TEXT_H

#include "indexer/base/buffer.h"
#include "indexer/document/html_tree.h"

/* A line that is being put together from the pieces of inline elements. */
struct html_line {
    struct buffer bytes;
    bool blank;    /* white space is waiting */
    bool line_end; /* ... with a line end in it */
    uint32_t last; /* the last character, 0 at the start */
};

void html_line_release(struct html_line *line); /* CLEANUP-able */
void html_line_clear(struct html_line *line);

/* Appends characters of `text` from *offset on. White space becomes one space; none where a line
 * end of the page's source stands between two Chinese characters. U+00A0 becomes a space that is
 * kept. Stops behind *offset and returns false where the text itself begins a new paragraph: at a
 * line end or full stop before an indent of two U+3000, or with `keep` at every line end. */
bool html_line_append(struct html_line *line, struct text text, size_t *offset, bool keep);

/* The line without white space at its ends, in the buffer. */
struct text html_line_text(const struct html_line *line);

/* The shown text of the element in one line, in the arena. With dropped parts when `all`. */
struct text html_text_of(const struct html_node *node, bool all, struct arena *arena);

#endif
