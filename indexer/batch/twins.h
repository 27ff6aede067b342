/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every reply of the ledger that can have twins, found by band, by its id and by
 * the id of the reply that is kept in its place. Rows are added and die, nothing else: what
 * changes dies and is added again. Some 130 bytes a reply. */
#ifndef DAFU_BATCH_TWINS_H
#define DAFU_BATCH_TWINS_H

#include "indexer/batch/ledger.h"

enum twin_key {
    TWIN_BY_BAND, /* the first of SKETCH_BANDS */
    TWIN_BY_ID = TWIN_BY_BAND + SKETCH_BANDS, /* kept replies only */
    TWIN_BY_KEPT, /* the others, by the id of the one that is kept */
    TWIN_KEYS,
};

struct twin {
    uint32_t row, slot; /* which of its file's listed replies it is */
    bool live;
    bool kept; /* it is the one in the index */
    uint64_t id, twin_of; /* digests */
    struct sketch sketch;
    uint32_t next[TWIN_KEYS]; /* with the same place in the table: index + 1 */
    uint32_t next_of_row;
};

struct twins {
    struct twin *items;
    size_t count, capacity;
    uint32_t *heads; /* index + 1 */
    size_t head_count; /* of each key */
    uint32_t *rows; /* first of each file: index + 1 */
    size_t row_count;
    bool loaded;
};

void twins_release(struct twins *twins);

/* Fills the table from the ledger, once. STATUS_CORRUPT, STATUS_NO_MEMORY. */
enum status twins_load(struct twins *twins, const struct ledger *ledger, struct error *error);

/* False: out of memory. */
bool twins_add(struct twins *twins, size_t row, size_t slot, const struct ledger_reply *reply);

/* Next live twin with that key after `from` (0 to begin): index + 1, or 0. value: a band, or a
 * digest of the text (text_hash). */
size_t twins_next(const struct twins *twins, enum twin_key key, uint64_t value, size_t from);

/* The same for the twins of a file. */
size_t twins_next_of_row(const struct twins *twins, size_t row, size_t from);

#endif
