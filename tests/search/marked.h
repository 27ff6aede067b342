/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text with [ ] around what is shown of it as matched. */
#ifndef DAFU_TESTS_SEARCH_MARKED_H
#define DAFU_TESTS_SEARCH_MARKED_H

#include "search/snippet/spans.h"

static inline const char *marked_text(struct text text, const struct span_list *spans,
                                      struct arena *arena)
{
    struct text out = TEXT("");
    size_t at = 0;
    for (size_t i = 0; i < spans->count; i++) {
        const struct text_span *span = &spans->spans[i];
        out = arena_printf(arena, "%.*s%.*s[%.*s]", TEXT_ARG(out), (int)(span->start - at),
                           text.data + at, (int)span->length, text.data + span->start);
        at = span->start + span->length;
    }
    return arena_printf(arena, "%.*s%.*s", TEXT_ARG(out), (int)(text.length - at), text.data + at)
        .data;
}

#endif
