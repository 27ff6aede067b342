/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers that are still true: those to requests that were made before of the same committed state of
 * the index. The least recently used go first. Any number of threads. */
#ifndef DAFU_SEARCH_SERVER_CACHE_H
#define DAFU_SEARCH_SERVER_CACHE_H

#include <stdint.h>

#include "search/server/header.h"
#include "search/server/response.h"

struct cache;

struct cache_key { /* all that an answer depends on */
    struct text target; /* as sent */
    enum language language;
    bool gzip;
    uint64_t state; /* of the index, as it was before the search; 0: not known, nothing is kept */
};

struct cache_state {
    size_t bytes, count;
    unsigned long long hits;
};

/* `most` bytes, keys and all; 0: nothing is kept. NULL: out of memory. */
struct cache *cache_new(size_t most);
void cache_free(struct cache *cache); /* also NULL */

/* Copies the answer; false: there is none, or no memory for it. */
bool cache_get(struct cache *cache, const struct cache_key *key, struct response *out);

/* Keeps a copy, unless it is too large a share of all, or the cache has been cleared since `age`. */
void cache_put(struct cache *cache, const struct cache_key *key, unsigned age,
               const struct response *response);

/* Forgets everything: what else answers depend on, the user's synonyms, is read anew. */
void cache_clear(struct cache *cache);
unsigned cache_age(struct cache *cache); /* how often it was cleared */

struct cache_state cache_state(struct cache *cache);

#endif
