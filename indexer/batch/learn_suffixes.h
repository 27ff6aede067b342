/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every repeated row of symbols, through its suffixes in order: equal beginnings stand together
 * (Manber & Myers, SIAM J. Comput. 22:5, 1993; sorted by multikey quicksort, Bentley & Sedgewick,
 * SODA 1997). Suffixes end at a break or after LEARN_DEPTH symbols.
 *
 * Memory: 5 bytes a symbol. */
#ifndef DAFU_BATCH_LEARN_SUFFIXES_H
#define DAFU_BATCH_LEARN_SUFFIXES_H

#include "indexer/batch/learn_text.h"

#define LEARN_DEPTH 16

struct learn_suffixes {
    const struct learn_text *text;
    uint32_t *order; /* places of the symbols that are no breaks, by the suffix that starts there */
    uint8_t *common; /* symbols that a suffix shares with the one before it */
    size_t count;
};

enum status learn_suffixes_sort(const struct learn_text *text, struct learn_suffixes *out,
                                struct error *error);
void learn_suffixes_release(struct learn_suffixes *suffixes); /* CLEANUP-able */

/* A row of `length` symbols that occurs at order[first] to order[first + count - 1], and that goes
 * on in more than one way. */
struct learn_row {
    size_t first, count, length;
};

/* Hands over all rows of two or more symbols, less than LEARN_DEPTH, that occur at least `least`
 * times; longer rows before the rows that begin them. Not STATUS_OK ends it. */
enum status learn_suffixes_rows(const struct learn_suffixes *suffixes, size_t least,
                                enum status (*sink)(void *context, const struct learn_row *row,
                                                    struct error *error),
                                void *context, struct error *error);

/* How often the symbols [start, start + length) occur. */
size_t learn_suffixes_frequency(const struct learn_suffixes *suffixes, size_t start, size_t length);

#endif
