/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms that an index was taught by its own texts (dafu-index learn), as it keeps them. They
 * cut no text: that lowers ranking. They say which rows of words in a query are one unit. */
#ifndef DAFU_ANALYSIS_TERM_LIST_H
#define DAFU_ANALYSIS_TERM_LIST_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

#include <stdint.h>

#define TERM_LIST_MAX 100000

struct listed_term {
    struct text term;  /* normalised */
    uint32_t passages; /* of the index when it was learned */
};

struct term_list {             /* arena-held */
    struct listed_term *terms; /* ascending by bytes, no two alike */
    size_t count;
};

/* Sorts the list and drops doubles. */
void term_list_sort(struct term_list *list);

/* One "term TAB passages" a line. */
void term_list_write(const struct term_list *list, struct buffer *out);

/* Reads what term_list_write wrote; the terms point into `bytes`. STATUS_CORRUPT, STATUS_LIMIT,
 * STATUS_NO_MEMORY. */
enum status term_list_read(struct text bytes, struct arena *arena, struct term_list *out,
                           struct error *error);

/* The longest term that the normalised text begins with at `at`; NULL: none. */
const struct listed_term *term_list_match(const struct term_list *list, struct text text,
                                          size_t at);

#endif
