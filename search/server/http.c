/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/http.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "search/server/handler.h"

#define CONNECTION_BYTES                                                                           \
    ((size_t)16 << 10) /* for the headers of a request; longer ones are refused */
#define TICK_MS 100
#define STOP_MS 10000

static void *tick(void *context)
{
    struct http *http = context;
    const struct timespec pause = { 0, TICK_MS * 1000000L };
    while (atomic_load(&http->ticking)) {
        pool_expire(http->pool);
        connections_expire(&http->connections);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

/* A file per connection: as many as the system lets us have. */
static unsigned connection_limit(size_t wanted)
{
    struct rlimit limit;
    const size_t others = 64; /* the index, the log, ... */
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted + others)
            wanted = limit.rlim_cur > 2 * others ? (size_t)limit.rlim_cur - others : others;
    }
    return (unsigned)wanted;
}

static enum status start_daemon(struct http *http, struct error *error)
{
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
        handler_request, http, MHD_OPTION_LISTEN_SOCKET, http->listener.socket,
        MHD_OPTION_NOTIFY_COMPLETED, handler_completed, http, MHD_OPTION_NOTIFY_CONNECTION,
        handler_connection, http, MHD_OPTION_URI_LOG_CALLBACK, handler_target, http,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, MHD_OPTION_CONNECTION_LIMIT,
        connection_limit(http->options.connections), MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
    if (!http->daemon)
        return error_set(error, STATUS_IO, "cannot serve \"%s\"", http->options.listen);
    http->listener.socket = -1; /* the daemon's */
    atomic_store(&http->ticking, true);
    if (pthread_create(&http->ticker, NULL, tick, http) != 0) {
        atomic_store(&http->ticking, false);
        return error_set(error, STATUS_IO, "cannot start a thread");
    }
    return STATUS_OK;
}

static enum status read_proxies(struct http *http, struct error *error)
{
    for (const char *const *name = http->options.proxies; name && *name; name++) {
        struct client proxy;
        if (http->proxy_count == HTTP_PROXIES_MAX)
            return error_set(error, STATUS_MISUSE, "more than %d proxies", HTTP_PROXIES_MAX);
        if (!client_parse(text_of(*name), &proxy))
            return error_set(error, STATUS_MISUSE, "not a numeric address \"%s\"", *name);
        http->proxies[http->proxy_count++] = proxy.key;
    }
    return STATUS_OK;
}

enum status http_start(const struct http_options *options, struct http **out, struct error *error)
{
    struct http *http = calloc(1, sizeof(*http));
    if (!http)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    const struct pool_options pool = { options->index, options->threads, options->queue,
                                       (long long)options->search_ms, options->shards };
    long long idle = (long long)options->idle_seconds * 1000;
    http->options = *options;
    http->listener.socket = -1;
    connections_init(&http->connections, idle, idle);
    http->clients.rate = (double)options->client_rate;
    http->clients.burst = (double)options->client_burst;
    enum status status = read_proxies(http, error);
    if (!status)
        status = access_log_open(&http->log, options->access_log, error);
    if (!status)
        status = listener_open(options->listen, &http->listener, error);
    http->cache = cache_new(options->cache_bytes);
    if (!status && !http->cache)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!status)
        status = pool_start(&pool, &http->pool, error);
    if (!status)
        status = start_daemon(http, error);
    if (status)
        http_stop(http);
    else
        *out = http;
    return status;
}

const char *http_address(const struct http *http)
{
    return http->listener.address;
}

bool http_is_local(const struct http *http)
{
    return http->listener.local;
}

enum status http_reload(struct http *http, struct error *error)
{
    pool_reload(http->pool);
    cache_clear(http->cache); /* after that: whoever searches from now on reloads first */
    return access_log_reopen(&http->log, error);
}

/* Until no answer is under way. */
static void drain(struct http *http)
{
    const struct timespec pause = { 0, 10000000 };
    long long end = clock_ms() + STOP_MS;
    size_t busy = 1;
    while (busy && clock_ms() < end) {
        connections_count(&http->connections, &busy);
        nanosleep(&pause, NULL);
    }
}

void http_stop(struct http *http)
{
    if (!http)
        return;
    int listening = -1; /* closed when no thread of the daemon can use it any more */
    atomic_store(&http->stopping, true);
    if (http->daemon) {
        listening = MHD_quiesce_daemon(http->daemon);
        shutdown(listening, SHUT_RDWR); /* nobody else connects */
        drain(http);
    }
    bool ticked = atomic_exchange(&http->ticking, false);
    if (ticked)
        pthread_join(http->ticker, NULL);
    pool_stop(http->pool);
    if (http->daemon)
        MHD_stop_daemon(http->daemon);
    listener_close_socket(listening);
    listener_close_socket(http->listener.socket);
    access_log_close(&http->log);
    cache_free(http->cache);
    connections_release(&http->connections);
    free(http);
}
