/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the service: its state, and what libmicrohttpd calls. */
#ifndef DAFU_SEARCH_SERVER_HANDLER_H
#define DAFU_SEARCH_SERVER_HANDLER_H

#include <microhttpd.h>

#include "search/server/access_log.h"
#include "search/server/cache.h"
#include "search/server/clients.h"
#include "search/server/connections.h"
#include "search/server/http.h"
#include "search/server/listener.h"
#include "search/server/metrics.h"
#include "search/server/pool.h"

struct http {
    struct http_options options;
    struct listener listener;
    struct MHD_Daemon *daemon;
    struct pool *pool;
    struct cache *cache;
    struct connections connections;
    struct access_log log;
    struct metrics metrics;
    struct clients clients;             /* of the thread that talks to them */
    uint64_t proxies[HTTP_PROXIES_MAX]; /* their keys */
    size_t proxy_count;
    pthread_t ticker;
    atomic_bool ticking, stopping;
};

/* `context` is the struct http. */
void *handler_target(void *context, const char *target, struct MHD_Connection *connection);
enum MHD_Result handler_request(void *context, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_length, void **slot);
void handler_completed(void *context, struct MHD_Connection *connection, void **slot,
                       enum MHD_RequestTerminationCode code);
void handler_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                        enum MHD_ConnectionNotificationCode code);

#endif
