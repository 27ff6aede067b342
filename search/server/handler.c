/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libmicrohttpd reads requests and writes answers. A request comes in three calls of the handler:
 * its headers, its end (where a search is handed to the pool, one call later, and the connection
 * suspended), and once more when the pool has woken it. */
#include "search/server/handler.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "search/server/answer.h"
#include "search/server/handover.h"

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
    struct text length = answer_request_header(connection, "Content-Length");
    return answer_request_header(connection, "Transfer-Encoding").length ||
           (length.length && !text_equal(length, TEXT("0")));
}

static struct work *make_work(struct http *http, struct exchange *exchange)
{
    struct MHD_Connection *connection = exchange->connection;
    struct work *work = exchange->work;
    work->route = &ROUTES[exchange->route];
    work->language = header_language(answer_request_header(connection, "Accept-Language"));
    work->gzip = header_gzip(answer_request_header(connection, "Accept-Encoding"));
    work->cache = http->cache;
    work->failed = http->options.failed;
    work->target = arena_text(&work->arena, text_of(exchange->target));
    if (!work->target.data)
        work->cache = NULL;
    work->if_none_match =
        arena_text(&work->arena, answer_request_header(connection, "If-None-Match"));
    return work;
}

static enum MHD_Result begin(struct http *http, struct exchange *exchange, const char *method)
{
    struct MHD_Connection *connection = exchange->connection;
    struct error error = { 0 };
    exchange->begun = true;
    exchange->begun_us = clock_us();
    exchange->route = route_other(text_of(exchange->target));
    find_client(http, exchange);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return answer_refuse(http, exchange, 405, "misuse", "only GET and HEAD are answered");
    if (has_body(connection))
        return answer_refuse(http, exchange, 413, "limit", "requests have no body here");
    struct work *work = exchange->work = work_new();
    if (!work || !exchange->target)
        return answer_refuse(http, exchange, 503, "no-memory", "out of memory");
    enum status status =
        request_parse(text_of(exchange->target), &work->arena, &work->request, &error);
    if (status)
        return answer_refuse(http, exchange, status == STATUS_LIMIT ? 414 : 400,
                             status_name(status), error.message);
    exchange->route = route_find(work->request.path, &work->rest);
    if (http->options.token && !ROUTES[exchange->route].open &&
        !header_authorized(answer_request_header(connection, "Authorization"),
                           text_of(http->options.token)))
        return answer_refuse(http, exchange, 401, "unauthorized", "a token is needed");
    if (exchange->route == ROUTE_OTHER)
        return answer_refuse(http, exchange, 404, "not-found", "there is no such page");
    if (exchange->route == ROUTE_OTHER_API)
        return answer_refuse(http, exchange, 404, "not-found",
                             "the API has no such path (/api/openapi.json describes it)");
    return MHD_YES; /* the rest when the request has ended */
}

static enum MHD_Result answer(struct http *http, struct exchange *exchange)
{
    struct work *work = make_work(http, exchange);
    enum route_kind kind = work->route->kind;
    if (kind == ROUTE_PAGE || kind == ROUTE_API)
        return handover_search(http, exchange);
    if (exchange->route == ROUTE_HEALTH)
        answer_health(http, &work->response);
    else if (exchange->route == ROUTE_METRICS)
        answer_metrics(http, &work->response);
    else
        work_run(work, NULL);
    return answer_send(http, exchange, &work->response);
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
        return answer_refuse(http, exchange, 503, "late", "the search took too long");
    if (exchange->work->task.state != TASK_DONE)
        return answer_refuse(http, exchange, 503, "stopped", "the service stops");
    return answer_send(http, exchange, &exchange->work->response);
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
    connections_enter(&http->connections, answer_watched(connection), CONNECTION_RECEIVING);
    if (exchange && is_abandoned(exchange))
        atomic_fetch_add(&http->metrics.abandoned, 1);
    if (exchange && exchange->answered) {
        const struct access access = { exchange->client.name,
                                       exchange->method,
                                       exchange->target,
                                       exchange->version,
                                       answer_request_header(connection, "Referer").data,
                                       answer_request_header(connection, "User-Agent").data,
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
