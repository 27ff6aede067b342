/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The window of a long passage that shows most of what was asked for. */
#ifndef DAFU_SEARCH_SNIPPET_SNIPPET_H
#define DAFU_SEARCH_SNIPPET_SNIPPET_H

#include "search/snippet/spans.h"

struct snippet {
    size_t start, length; /* bytes of the text; whole code points, trimmed */
    bool cut_before, cut_after;
};

/* Whole sentences as long as they fit into `codepoints`; a sentence that is longer is cut around
 * its densest part, at a comma where there is one. The whole text when it fits. */
struct snippet snippet_choose(struct text text, const struct span_list *spans, size_t codepoints);

#endif
