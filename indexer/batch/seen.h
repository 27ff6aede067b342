/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run has met already: pairs of numbers (device and inode of a file, two digests of an
 * id), each with a number of its own. 24 bytes a pair, twice that while it grows. */
#ifndef DAFU_BATCH_SEEN_H
#define DAFU_BATCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen_entry {
    uint64_t first, second;
    uint64_t value; /* 0: the place is free */
};

struct seen { /* all zero is empty */
    struct seen_entry *entries;
    size_t count, capacity;
};

void seen_release(struct seen *seen);

/* The value of a pair, 0 when it has not been met. */
uint64_t seen_find(const struct seen *seen, uint64_t first, uint64_t second);

/* Gives the pair a value (not 0). False: no memory, and nothing has changed. */
bool seen_put(struct seen *seen, uint64_t first, uint64_t second, uint64_t value);

#endif
