/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters for Prometheus (text format 0.0.4). Counted without locks, from any thread. */
#ifndef DAFU_SEARCH_SERVER_METRICS_H
#define DAFU_SEARCH_SERVER_METRICS_H

#include <stdatomic.h>

#include "indexer/base/buffer.h"
#include "search/server/cache.h"

#define METRICS_ROUTES_MAX 24
#define METRICS_CODES 16
#define METRICS_BUCKETS 12

struct metrics {
    atomic_ullong requests[METRICS_ROUTES_MAX][METRICS_CODES];
    atomic_ullong buckets[METRICS_ROUTES_MAX][METRICS_BUCKETS + 1]; /* the last: slower */
    atomic_ullong microseconds[METRICS_ROUTES_MAX];
    atomic_ullong bytes;
    /* searches: queue full, out of time, client gone, too many of one client */
    atomic_ullong rejected, late, abandoned, limited;
};

struct gauges { /* of the moment */
    size_t connections, running, queued;
    bool healthy;
    struct cache_state cache;
};

/* A request of the route with this number was answered. */
void metrics_count(struct metrics *metrics, size_t route, unsigned code, unsigned long long bytes,
                   long long microseconds);

void metrics_write(const struct metrics *metrics, const char *const *route_names, size_t routes,
                   const struct gauges *gauges, struct buffer *out);

#endif
