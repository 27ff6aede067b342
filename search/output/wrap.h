/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text broken into lines for a terminal, by the rules of Chinese typesetting. */
#ifndef DAFU_SEARCH_OUTPUT_WRAP_H
#define DAFU_SEARCH_OUTPUT_WRAP_H

#include <stdio.h>

#include "search/snippet/spans.h"

struct wrap {
    FILE *stream;
    size_t columns; /* of a line, indent included */
    size_t indent;  /* blanks before every line but, when at > 0, the first */
    size_t at;      /* column where the text starts; moves on */
    bool bold;      /* spans are shown bold */
};

/* Writes valid UTF-8 without a last line end. Han characters may be parted anywhere, Latin words
 * and numbers only when they are longer than a line; no line starts with a closing mark or ends
 * with an opening one. Control characters, which could steer a terminal, become blanks. `spans` are
 * bytes of `text` (NULL: none). */
void wrap_text(struct wrap *wrap, struct text text, const struct span_list *spans);

/* Writes `text` cut to `columns` at most, with … where it was cut; returns the columns used. */
size_t wrap_line(FILE *stream, struct text text, size_t columns);

#endif
