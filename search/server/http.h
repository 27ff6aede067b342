/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The service on a socket. One thread talks to all clients (libmicrohttpd over epoll) and never
 * waits; searches run in the pool, while their connection rests. */
#ifndef DAFU_SEARCH_SERVER_HTTP_H
#define DAFU_SEARCH_SERVER_HTTP_H

#include "indexer/base/module.h"
#include "indexer/base/status.h"
#include "search/index/index_reader.h"

#include <stdbool.h>
#include <stddef.h>

struct http_options {
    const char *index;
    const char *listen;         /* "127.0.0.1:8080", "[::1]:8080"; port 0: any */
    const char *access_log;     /* NULL: none; "-": standard output */
    const char *token;          /* NULL: none is asked for */
    const char *const *proxies; /* addresses that are believed who their client is; ended by NULL */
    size_t client_rate, client_burst; /* searches of one client: a second, 0: any number; at once */
    size_t threads, queue, connections; /* at least 1 each */
    size_t cache_bytes;                 /* of answers; 0: none are kept */
    size_t search_ms;                   /* per search, waiting included */
    struct shard_options shards;
    size_t idle_seconds; /* a whole request must come in; likewise an answer go out */
    /* What clients are not told of an index that cannot be searched; from any thread. NULL: nobody is. */
    void (*failed)(const struct error *error);
};

struct http;

#define HTTP_PROXIES_MAX 16

/* Opens the index and listens. The message is one line that says what to do. */
enum status http_start(const struct http_options *options, struct http **out, struct error *error);

/* "http://127.0.0.1:8080/" as it came to be. */
const char *http_address(const struct http *http);
bool http_is_local(const struct http *http); /* only this machine can reach it */

/* Opens the index and the access log anew; what cannot be opened stays as it was. */
enum status http_reload(struct http *http, struct error *error);

/* Takes no more connections, lets answers that are under way leave, for some seconds at most, and
 * frees everything. NULL is accepted. */
void http_stop(struct http *http);

/* All of it as a module (base/module.h), for a program that links neither it nor its libraries. */
#define HTTP_MODULE "serve"
#define HTTP_SYMBOL "HTTP_TABLE"
struct http_module {
    struct module module;
    enum status (*start)(const struct http_options *options, struct http **out,
                         struct error *error);
    const char *(*address)(const struct http *http);
    bool (*is_local)(const struct http *http);
    enum status (*reload)(struct http *http, struct error *error);
    void (*stop)(struct http *http);
};

#endif
