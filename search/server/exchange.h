/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One request and its answer. The work is what a thread of the pool may still need when the client
 * has had its answer (too late) or has gone: it is made and freed apart. */
#ifndef DAFU_SEARCH_SERVER_EXCHANGE_H
#define DAFU_SEARCH_SERVER_EXCHANGE_H

#include <time.h>

#include "search/server/cache.h"
#include "search/server/clients.h"
#include "search/server/connections.h"
#include "search/server/pool.h"
#include "search/server/routes.h"

struct exchange;

struct work {
    struct task task;
    struct exchange *exchange; /* only for the wake */
    const struct route *route;
    struct arena arena;
    struct request request;
    struct cache *cache;
    void (*failed)(const struct error *error); /* http_options */
    struct text target; /* as sent */
    struct text rest, if_none_match;
    enum language language;
    bool gzip;
    struct response response;
    bool stopped; /* for lack of time */
};

struct exchange {     /* belongs to the thread that talks to clients */
    void *connection; /* struct MHD_Connection */
    struct connections *connections;
    struct connection *watched; /* among them; NULL: it is not */
    char *target;     /* as sent */
    char method[16], version[16];
    struct work *work;
    struct client client;
    bool forwarded; /* the client is behind a proxy that is believed */
    size_t route;
    bool begun, read, late, answered;
    unsigned code;
    unsigned long long bytes;
    long long begun_us; /* CLOCK_MONOTONIC */
    time_t when;
};

/* CLOCK_MONOTONIC */
long long clock_us(void);

/* NULL when out of memory. */
struct exchange *exchange_new(const char *target);
/* Also the work, unless it is the pool's. */
void exchange_free(struct exchange *exchange);

struct work *work_new(void);
void work_free(struct work *work);

/* Answers the work's request with the searcher, NULL for a quick one. */
void work_run(struct work *work, struct searcher *searcher);

#endif
