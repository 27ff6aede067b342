/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the terms of one entry and puts them in order. */
#ifndef DAFU_INDEX_TERM_SET_H
#define DAFU_INDEX_TERM_SET_H

#include "indexer/base/arena.h"
#include "indexer/index/index_entry.h"

/* How often a term that was added several times counts. */
enum term_count {
    TERM_BOOLEAN, /* not at all */
    TERM_ONCE,    /* once */
    TERM_EACH,    /* every time, FIELD_TEXT_FREQUENCY */
};

#define TERM_SET_RECENT 4096

struct term_set { /* arena-held; start with { 0 } */
    struct pending_term *terms;
    size_t count, capacity;
    uint32_t *recent; /* hash -> place of the last such term; need not be true */
};

/* The term is borrowed until the set is finished. One term always comes with the same `how`.
 * False: no memory. */
bool term_set_add(struct term_set *set, struct arena *arena, struct text term, enum term_count how);

/* Adds the terms of `other`. False: no memory. */
bool term_set_add_all(struct term_set *set, struct arena *arena, const struct term_set *other);

/* The terms, copied, unique and ascending by bytes; NULL: no memory. The set is empty afterwards
 * and can be filled again. */
struct index_term *term_set_finish(struct term_set *set, struct arena *arena, size_t *count);

#endif
