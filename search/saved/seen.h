/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The replies that a saved search has shown. Each is known by two digests: of its id, which stays
 * when its text is corrected, and of agency, number, title and date, which stay when its file moves.
 * One of them is enough. */
#ifndef DAFU_SEARCH_SAVED_SEEN_H
#define DAFU_SEARCH_SAVED_SEEN_H

#include <stdint.h>

#include "indexer/analysis/record.h"
#include "indexer/base/status.h"

#define SEEN_MAX 40000 /* digests that are remembered: the latest */

struct seen {          /* arena-held */
    uint64_t *digests; /* the latest first */
    size_t count;
    uint64_t *sorted; /* the same, ascending; NULL until seen_sort */
};

struct seen_reply {
    uint64_t digests[2];
    size_t count; /* 1: too little is known of the reply to know it elsewhere */
};
struct seen_reply seen_reply_of(const struct reply_record *reply);

/* Before seen_has. STATUS_NO_MEMORY. */
enum status seen_sort(struct seen *seen, struct arena *arena, struct error *error);
bool seen_has(const struct seen *seen, const struct seen_reply *reply);

/* Puts replies before those that are there already; the oldest go when there are too many. */
enum status seen_add(struct seen *seen, const struct seen_reply *replies, size_t count,
                     struct arena *arena, struct error *error);

#endif
