/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which lines of the running text belong together. Private to repair.
 *
 * The rule is about evidence: a line goes on in the next one when it is long, does not end as a
 * sentence does, and neither line is a form of its own (a heading, a date, a contact line). Where
 * a document shows its paragraphs by indents or by empty lines, and its lines are cut at one
 * width, that layout is the stronger evidence. */
#ifndef DAFU_REPLY_JOINS_H
#define DAFU_REPLY_JOINS_H

#include "indexer/document/document.h"
#include "indexer/reply/cleaner.h"

struct line {
    struct text text, shadow;
    struct cleaner_source source; /* of the text */
    struct span_map map;          /* when cleaning made a new one */
    const struct block *block;
    size_t codepoints, columns;
    bool indented;
    bool spaced; /* an empty line stands before it */
    bool joined; /* goes on from the line before */
    enum blanks blanks;
};

struct lines {
    struct line *items;
    size_t count;
    size_t head_end;        /* lines before it are head, title or addressee */
    size_t long_codepoints; /* what counts as a long line here */
    bool indents;           /* paragraphs start with an indent */
    bool gaps;              /* paragraphs are set apart by empty lines, lines are not */
    bool wrapped;           /* lines are cut at one width */
    size_t width_codepoints, width_columns; /* then: of the longest line that was cut */
    bool sentences;                         /* long lines are sentences, not entries of a list */
};

/* Sets line->joined where a line goes on from the one before; head_end is known. Linear. */
void join_lines(struct lines *lines);

uint32_t first_codepoint(struct text text); /* 0 for an empty text */
uint32_t last_codepoint(struct text text);

#endif
