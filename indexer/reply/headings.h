/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks of headings and list items: 一、（一）1.（1）① at the start of a paragraph, 一是 首先 第一，
 * also inside. Right and wrong forms (一. （一）、 1、 ⑴) count alike. All input is shadow text. */
#ifndef DAFU_REPLY_HEADINGS_H
#define DAFU_REPLY_HEADINGS_H

#include "indexer/base/arena.h"
#include "indexer/base/text.h"

#include <stdint.h>

#define LEVEL_ITEM 6 /* 一是 ...; 1 to 5 are those of struct section */

struct mark {
    int level;     /* 0: none */
    int number;    /* 一 -> 1 */
    size_t length; /* bytes, without blanks behind it */
};

/* The mark that the text starts with, or level 0. */
struct mark mark_at_start(struct text shadow);

/* Bytes of the heading behind a mark: up to the first full stop when that is near, else up to the
 * first pause; 0 when neither is. *alone: the heading is all there is. Counted from the start of
 * `shadow`, which lies behind the mark; the stop itself is not part of the heading. */
size_t heading_length(struct text shadow, bool *alone);
/* The same for an item of a list, which may end at a semicolon. */
size_t item_heading_length(struct text shadow);

struct item {
    size_t offset; /* of its mark */
    size_t length; /* bytes up to the next item or the end of the paragraph */
    struct mark mark;
};

struct item_list {
    struct item *items; /* arena-held */
    size_t count, capacity;
};

/* The items of lists inside a paragraph (一是……；二是……), in text order; a list has at least two
 * items and counts from one, except where its item starts the paragraph. Bytes before `from` are
 * skipped (they are the paragraph's own heading). False: no memory. */
bool items_find(struct text shadow, size_t from, struct arena *arena, struct item_list *out);

#endif
