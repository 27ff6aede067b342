/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reply records of one search, each read once. */
#ifndef DAFU_SEARCH_SEARCHER_REPLY_CACHE_H
#define DAFU_SEARCH_SEARCHER_REPLY_CACHE_H

#include "indexer/analysis/record.h"
#include "search/index/index_reader.h"

struct reply_cache { /* arena-held */
    struct index_reader *reader;
    struct arena *arena;
    struct reply_record **slots; /* open addressing; a power of two */
    size_t slot_count, count;
};

void reply_cache_init(struct reply_cache *cache, struct index_reader *reader, struct arena *arena);

/* The record of the reply; `id` need not outlive the call. STATUS_CORRUPT when a passage's reply is missing. */
enum status reply_cache_get(struct reply_cache *cache, struct text id,
                            const struct reply_record **out, struct error *error);

#endif
