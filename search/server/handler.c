/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libmicrohttpd reads requests and writes answers. A request comes in three calls of the handler:
 * its headers, its end (where a search is handed to the pool, one call later, and the connection
 * suspended), and once more when the pool has woken it. */
#include "search/server/handler.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "indexer/base/cleanup.h"
#include "search/server/exchange.h"

#define RETRY_SECONDS 1

/* No script, style or connection but our own files; nothing may frame a page or be posted. */
#define CONTENT_SECURITY                                                                           \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static long long clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct text header(struct MHD_Connection *connection, const char *name)
{
    return text_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static struct connection *watched(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void enter(struct http *http, struct MHD_Connection *connection, enum connection_phase phase)
{
    connections_enter(&http->connections, watched(connection), phase);
}

/* ---- answers ---- */

static void add_headers(struct http *http, struct MHD_Response *out,
                        const struct response *response)
{
    const struct {
        const char *name, *value;
    } HEADERS[] = {
        { "Content-Type", response->status == 304 ? NULL : response->type },
        { "Content-Encoding", response->compressed ? "gzip" : NULL },
        { "Content-Disposition", response->disposition },
        { "Cache-Control", response->cache ? response->cache : "private, no-cache" },
        { "ETag", response->etag[0] ? response->etag : NULL },
        { "Vary", "Accept-Encoding, Accept-Language" },
        { "Content-Security-Policy", CONTENT_SECURITY },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "WWW-Authenticate", response->status == 401 ? "Bearer realm=\"dafu\"" : NULL },
        { "WWW-Authenticate",
          response->status == 401 ? "Basic realm=\"dafu\", charset=\"UTF-8\"" : NULL },
        { "Allow", response->status == 405 ? "GET, HEAD" : NULL },
        { "Connection", atomic_load(&http->stopping) ? "close" : NULL },
    };
    for (size_t i = 0; i < sizeof(HEADERS) / sizeof(*HEADERS); i++)
        if (HEADERS[i].value)
            MHD_add_response_header(out, HEADERS[i].name, HEADERS[i].value);
    if (response->retry_after) {
        char seconds[16];
        snprintf(seconds, sizeof(seconds), "%u", response->retry_after);
        MHD_add_response_header(out, "Retry-After", seconds);
    }
}

/* The body goes over to libmicrohttpd. */
static enum MHD_Result send_response(struct http *http, struct exchange *exchange,
                                     struct response *response)
{
    struct MHD_Connection *connection = exchange->connection;
    struct MHD_Response *out = MHD_create_response_from_buffer(
        response->body.length, response->body.data, MHD_RESPMEM_MUST_FREE);
    if (!out)
        return MHD_NO;
    exchange->bytes = response->body.length;
    exchange->code = response->status;
    exchange->answered = true;
    response->body = BUFFER_INIT;
    add_headers(http, out, response);
    enter(http, connection, CONNECTION_SENDING);
    enum MHD_Result result = MHD_queue_response(connection, response->status, out);
    MHD_destroy_response(out);
    return result;
}

/* An answer without a search; `seconds` until it is worth while to ask again, 0: not said. */
static enum MHD_Result refuse_for(struct http *http, struct exchange *exchange, unsigned code,
                                  const char *name, const char *message, unsigned seconds)
{
    struct MHD_Connection *connection = exchange->connection;
    CLEANUP(arena_release) struct arena arena;
    struct response response;
    struct call call = { .arena = &arena,
                         .language = header_language(header(connection, "Accept-Language")) };
    arena_init(&arena, 0);
    response_init(&response);
    route_fail(&ROUTES[exchange->route], &call, code, name, message, &response);
    response.retry_after = seconds;
    enum MHD_Result result = send_response(http, exchange, &response);
    response_release(&response);
    return result;
}

static enum MHD_Result refuse(struct http *http, struct exchange *exchange, unsigned code,
                              const char *name, const char *message)
{
    return refuse_for(http, exchange, code, name, message, code == 503 ? RETRY_SECONDS : 0);
}

static void answer_health(struct http *http, struct response *response)
{
    bool healthy = pool_state(http->pool).healthy && !atomic_load(&http->stopping);
    response->type = RESPONSE_TEXT;
    response->cache = "no-store";
    response->status = healthy ? 200 : 503;
    buffer_append(&response->body, healthy ? TEXT("ok\n") : TEXT("not healthy\n"));
}

static void answer_metrics(struct http *http, struct response *response)
{
    struct pool_state pool = pool_state(http->pool);
    const struct gauges gauges = { connections_count(&http->connections, NULL), pool.running,
                                   pool.queued, pool.healthy, cache_state(http->cache) };
    const char *names[METRICS_ROUTES_MAX];
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        names[i] = ROUTES[i].name;
    response->type = "text/plain; version=0.0.4; charset=utf-8";
    response->cache = "no-store";
    metrics_write(&http->metrics, names, ROUTE_COUNT, &gauges, &response->body);
}

/* ---- searches, which the pool answers ---- */

static void task_run(struct task *task, struct searcher *searcher)
{
    work_run((struct work *)task, searcher);
}

static void task_wake(struct task *task, bool late)
{
    struct exchange *exchange = ((struct work *)task)->exchange;
    connections_free_hands(exchange->connections, exchange->watched);
    exchange->late = late;
    if (late)
        exchange->work = NULL; /* the pool's */
    MHD_resume_connection(exchange->connection);
}

static void task_free(struct task *task)
{
    work_free((struct work *)task);
}

/* Programs of this machine may ask as often as they like: they could as well open the index. */
static bool may_search(struct http *http, const struct exchange *exchange, unsigned *seconds)
{
    long long wait = 0;
    if (exchange->client.local && !exchange->forwarded)
        return true;
    if (clients_take(&http->clients, &exchange->client, clock_us(), &wait))
        return true;
    *seconds = (unsigned)((wait + 999999) / 1000000);
    return false;
}

/* libmicrohttpd (0.9.75) reads again from a connection that it was reading from when it was suspended,
 * finds that the client has sent all, and closes it without its answer. Called once more, it is not
 * reading. */
static bool is_reading(struct exchange *exchange)
{
    bool first = !exchange->read;
    exchange->read = true;
    return first;
}

static enum MHD_Result hand_over(struct http *http, struct exchange *exchange)
{
    unsigned seconds = 0;
    if (is_reading(exchange))
        return MHD_YES;
    if (!may_search(http, exchange, &seconds)) {
        atomic_fetch_add(&http->metrics.limited, 1);
        return refuse_for(http, exchange, 429, "limited", "too many searches of one client",
                          seconds);
    }
    bool room = pool_has_room(http->pool);
    if (!room) {
        connections_look(&http->connections);
        room = pool_has_room(http->pool);
    }
    if (!room) {
        atomic_fetch_add(&http->metrics.rejected, 1);
        return refuse(http, exchange, 503, "busy", "too many searches at once");
    }
    exchange->work->task = (struct task) { .run = task_run, .wake = task_wake, .free = task_free };
    exchange->work->exchange = exchange;
    exchange->connections = &http->connections;
    exchange->watched = watched(exchange->connection);
    connections_work(&http->connections, exchange->watched, &exchange->work->task.interest);
    MHD_suspend_connection(exchange->connection);
    if (!pool_submit(http->pool, &exchange->work->task))
        task_wake(&exchange->work->task, false); /* the pool has just stopped: nothing was done */
    return MHD_YES;
}

/* ---- requests ---- */

static enum MHD_Result keep_forwarded(void *context, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    struct text *last = context;
    if (strcasecmp(name, "X-Forwarded-For") == 0)
        *last = text_of(value);
    return MHD_YES;
}

/* Whoever is connected, or, when that is a proxy that is believed, whom it says it speaks for. */
static void find_client(struct http *http, struct exchange *exchange)
{
    struct MHD_Connection *connection = exchange->connection;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct text forwarded = TEXT("");
    struct client client;
    client_of_address(info ? info->client_addr : NULL, &exchange->client);
    for (size_t i = 0; i < http->proxy_count; i++)
        exchange->forwarded = exchange->forwarded || http->proxies[i] == exchange->client.key;
    if (!exchange->forwarded)
        return;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_forwarded, &forwarded);
    exchange->forwarded = client_forwarded(forwarded, &client);
    if (exchange->forwarded)
        exchange->client = client;
}

static bool has_body(struct MHD_Connection *connection)
{
    struct text length = header(connection, "Content-Length");
    return header(connection, "Transfer-Encoding").length ||
           (length.length && !text_equal(length, TEXT("0")));
}

static struct work *make_work(struct http *http, struct exchange *exchange)
{
    struct MHD_Connection *connection = exchange->connection;
    struct work *work = exchange->work;
    work->route = &ROUTES[exchange->route];
    work->language = header_language(header(connection, "Accept-Language"));
    work->gzip = header_gzip(header(connection, "Accept-Encoding"));
    work->cache = http->cache;
    work->failed = http->options.failed;
    work->target = arena_text(&work->arena, text_of(exchange->target));
    if (!work->target.data)
        work->cache = NULL;
    work->if_none_match = arena_text(&work->arena, header(connection, "If-None-Match"));
    return work;
}

static enum MHD_Result begin(struct http *http, struct exchange *exchange, const char *method)
{
    struct MHD_Connection *connection = exchange->connection;
    struct error error = { 0 };
    exchange->begun = true;
    exchange->begun_us = clock_us();
    find_client(http, exchange);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(http, exchange, 405, "misuse", "only GET and HEAD are answered");
    if (has_body(connection))
        return refuse(http, exchange, 413, "limit", "requests have no body here");
    struct work *work = exchange->work = work_new();
    if (!work || !exchange->target)
        return refuse(http, exchange, 503, "no-memory", "out of memory");
    enum status status =
        request_parse(text_of(exchange->target), &work->arena, &work->request, &error);
    if (status)
        return refuse(http, exchange, status == STATUS_LIMIT ? 414 : 400, status_name(status),
                      error.message);
    exchange->route = route_find(work->request.path, &work->rest);
    if (http->options.token && !ROUTES[exchange->route].open &&
        !header_authorized(header(connection, "Authorization"), text_of(http->options.token)))
        return refuse(http, exchange, 401, "unauthorized", "a token is needed");
    if (exchange->route == ROUTE_OTHER)
        return refuse(http, exchange, 404, "not-found", "there is no such page");
    return MHD_YES; /* the rest when the request has ended */
}

static enum MHD_Result answer(struct http *http, struct exchange *exchange)
{
    struct work *work = make_work(http, exchange);
    enum route_kind kind = work->route->kind;
    if (kind == ROUTE_PAGE || kind == ROUTE_API)
        return hand_over(http, exchange);
    if (exchange->route == ROUTE_HEALTH)
        answer_health(http, &work->response);
    else if (exchange->route == ROUTE_METRICS)
        answer_metrics(http, &work->response);
    else
        work_run(work, NULL);
    return send_response(http, exchange, &work->response);
}

/* The client had gone before its search was done. */
static bool is_abandoned(const struct exchange *exchange)
{
    return exchange->work && exchange->work->stopped && 
           atomic_load(&exchange->work->task.interest) != TASK_WANTED;
}

/* The pool has woken the connection. */
static enum MHD_Result finish(struct http *http, struct exchange *exchange)
{
    if (exchange->late || (exchange->work->stopped && !is_abandoned(exchange)))
        atomic_fetch_add(&http->metrics.late, 1);
    if (exchange->late)
        return refuse(http, exchange, 503, "late", "the search took too long");
    if (exchange->work->task.state != TASK_DONE)
        return refuse(http, exchange, 503, "stopped", "the service stops");
    return send_response(http, exchange, &exchange->work->response);
}

enum MHD_Result handler_request(void *context, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_length, void **slot)
{
    struct http *http = context;
    struct exchange *exchange = *slot;
    if (!exchange)
        return MHD_NO;
    exchange->connection = connection;
    snprintf(exchange->method, sizeof(exchange->method), "%s", method);
    snprintf(exchange->version, sizeof(exchange->version), "%s", version);
    if (!exchange->begun)
        return begin(http, exchange, method);
    *upload_length = 0;
    if (exchange->late || (exchange->work && exchange->work->exchange))
        return finish(http, exchange);
    return answer(http, exchange);
}

void *handler_target(void *context, const char *target, struct MHD_Connection *connection)
{
    return exchange_new(target);
}

/* ---- after the answer ---- */

void handler_completed(void *context, struct MHD_Connection *connection, void **slot,
                       enum MHD_RequestTerminationCode code)
{
    struct http *http = context;
    struct exchange *exchange = *slot;
    *slot = NULL;
    enter(http, connection, CONNECTION_RECEIVING);
    if (exchange && is_abandoned(exchange))
        atomic_fetch_add(&http->metrics.abandoned, 1);
    if (exchange && exchange->answered) {
        const struct access access = { exchange->client.name,
                                       exchange->method,
                                       exchange->target,
                                       exchange->version,
                                       header(connection, "Referer").data,
                                       header(connection, "User-Agent").data,
                                       exchange->code,
                                       exchange->bytes,
                                       exchange->when };
        access_log_write(&http->log, &access);
        metrics_count(&http->metrics, exchange->route, exchange->code, exchange->bytes,
                      clock_us() - exchange->begun_us);
    }
    exchange_free(exchange);
}

void handler_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                        enum MHD_ConnectionNotificationCode code)
{
    struct http *http = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info ? connections_add(&http->connections, info->connect_fd) : NULL;
    } else {
        connections_remove(&http->connections, *socket_context);
        *socket_context = NULL;
    }
}
