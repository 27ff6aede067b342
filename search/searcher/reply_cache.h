/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reply records of one search, each read once. */
#ifndef DAFU_SEARCH_SEARCHER_REPLY_CACHE_H
#define DAFU_SEARCH_SEARCHER_REPLY_CACHE_H

#include "indexer/analysis/record.h"
#include "search/index/index_reader.h"

struct reply_cache { /* arena-held */
    struct index_reader *reader;
    struct arena *arena;
    struct reply_slot *slots; /* open addressing; a power of two */
    size_t slot_count, count;
};

void reply_cache_init(struct reply_cache *cache, struct index_reader *reader, struct arena *arena);

/* The record of the reply that lies in this document (struct hit). STATUS_CORRUPT when it is not
 * there. */
enum status reply_cache_get(struct reply_cache *cache, uint32_t document,
                            const struct reply_record **out, struct error *error);

/* Fills what a stored passage leaves to its reply: id and docno. STATUS_NO_MEMORY. */
enum status reply_cache_name(struct reply_cache *cache, const struct reply_record *reply,
                             struct passage_record *passage, struct error *error);

#endif
