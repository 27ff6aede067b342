/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/answer.h"

#include <microhttpd.h>
#include <stdio.h>

#include "indexer/base/cleanup.h"

#define RETRY_SECONDS 1

/* No script, style or connection but our own files; nothing may frame a page or be posted. */
#define CONTENT_SECURITY                                                                           \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

struct text answer_request_header(struct MHD_Connection *connection, const char *name)
{
    return text_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

struct connection *answer_watched(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void enter(struct http *http, struct MHD_Connection *connection, enum connection_phase phase)
{
    connections_enter(&http->connections, answer_watched(connection), phase);
}

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

enum MHD_Result answer_send(struct http *http, struct exchange *exchange, struct response *response)
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

enum MHD_Result answer_refuse_for(struct http *http, struct exchange *exchange, unsigned code,
                                  const char *name, const char *message, unsigned seconds)
{
    struct MHD_Connection *connection = exchange->connection;
    CLEANUP(arena_release) struct arena arena;
    struct response response;
    struct call call = { .arena = &arena,
                         .language = header_language(
                             answer_request_header(connection, "Accept-Language")) };
    arena_init(&arena, 0);
    response_init(&response);
    route_fail(&ROUTES[exchange->route], &call, code, name, message, &response);
    response.retry_after = seconds;
    enum MHD_Result result = answer_send(http, exchange, &response);
    response_release(&response);
    return result;
}

enum MHD_Result answer_refuse(struct http *http, struct exchange *exchange, unsigned code,
                              const char *name, const char *message)
{
    return answer_refuse_for(http, exchange, code, name, message, code == 503 ? RETRY_SECONDS : 0);
}
