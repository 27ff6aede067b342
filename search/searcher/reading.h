/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A whole reply to be read: its passages in order, with what a query would mark in them. */
#ifndef DAFU_SEARCH_SEARCHER_READING_H
#define DAFU_SEARCH_SEARCHER_READING_H

#include "search/searcher/reply_view.h"

struct reading { /* arena-held */
    struct reply_record reply;
    struct result *results; /* in text order; rank and score are 0 */
    size_t count;
    struct reply_section *sections; /* as in reply_view.h */
    size_t section_count;
};

/* The reply by its id. `line` may be empty, or anything: what is no query marks nothing.
 * STATUS_NOT_FOUND. */
enum status searcher_read(struct searcher *searcher, struct text id, struct text line,
                          struct arena *arena, struct reading *out, struct error *error);

#endif
