/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/routes.h"

#include "search/server/api.h"
#include "search/server/assets.h"
#include "search/server/page.h"

static enum status serve_asset(struct call *call, struct response *response);
static enum status serve_robots(struct call *call, struct response *response);

const struct route ROUTES[] = {
    [ROUTE_OTHER] = { "other", "", ROUTE_PAGE, false, NULL },
    [ROUTE_OTHER_API] = { "other-api", "/api/", ROUTE_API, false, NULL },
    [ROUTE_HEALTH] = { "healthz", "/healthz", ROUTE_STATUS, true, NULL },
    [ROUTE_METRICS] = { "metrics", "/metrics", ROUTE_STATUS, false, NULL },
    [ROUTE_FIRST] = { "page", "/", ROUTE_PAGE, false, page_search },
    { "reply", "/reply/", ROUTE_PAGE, false, page_reply },
    { "export-csv", "/export.csv", ROUTE_PAGE, false, page_export },
    { "export-jsonl", "/export.jsonl", ROUTE_PAGE, false, page_export },
    { "api-search", "/api/search", ROUTE_API, false, api_search },
    { "api-facets", "/api/facets", ROUTE_API, false, api_facets },
    { "api-reply", "/api/reply/", ROUTE_API, false, api_reply },
    { "api-similar", "/api/similar/", ROUTE_API, false, api_similar },
    { "api-suggest", "/api/suggest", ROUTE_API, false, api_suggest },
    { "api-openapi", "/api/openapi.json", ROUTE_ASSET, false, serve_asset },
    { "asset", "/assets/", ROUTE_ASSET, false, serve_asset },
    { "robots", "/robots.txt", ROUTE_ASSET, true, serve_robots },
};
const size_t ROUTE_COUNT = sizeof(ROUTES) / sizeof(*ROUTES);

size_t route_other(struct text target)
{
    return text_starts_with(target, text_of(ROUTES[ROUTE_OTHER_API].path)) ? ROUTE_OTHER_API
                                                                           : ROUTE_OTHER;
}

size_t route_find(struct text path, struct text *rest)
{
    *rest = TEXT("");
    for (size_t i = ROUTE_HEALTH; i < ROUTE_COUNT; i++) {
        struct text own = text_of(ROUTES[i].path);
        bool prefix = own.length > 1 && text_ends_with(own, TEXT("/"));
        if (text_equal(path, own) && !prefix)
            return i;
        if (prefix && path.length > own.length && text_starts_with(path, own)) {
            *rest = text_slice(path, own.length, path.length - own.length);
            return i;
        }
    }
    return route_other(path);
}

/* ---- constants ---- */

static const char *type_of(struct text name)
{
    static const struct {
        struct text ending;
        const char *type;
    } TYPES[] = {
        { TEXT_INIT(".css"), "text/css; charset=utf-8" },
        { TEXT_INIT(".js"), "text/javascript; charset=utf-8" },
        { TEXT_INIT(".svg"), "image/svg+xml" },
        { TEXT_INIT(".json"), RESPONSE_JSON },
    };
    for (size_t i = 0; i < sizeof(TYPES) / sizeof(*TYPES); i++)
        if (text_ends_with(name, TYPES[i].ending))
            return TYPES[i].type;
    return "application/octet-stream";
}

static enum status serve_asset(struct call *call, struct response *response)
{
    struct text name = call->rest.length ? call->rest : TEXT("openapi.json");
    struct text version = request_get(call->request, TEXT("v"));
    for (size_t i = 0; i < ASSET_COUNT; i++) {
        const struct asset *asset = &ASSETS[i];
        if (!text_equal(name, text_of(asset->name)))
            continue;
        response->type = type_of(name);
        if (text_equal(version, text_of(asset->version)))
            response->cache = "public, max-age=31536000, immutable";
        buffer_append(&response->body, text_of_bytes((const char *)asset->data, asset->length));
        return buffer_status(&response->body, call->error);
    }
    return error_set(call->error, STATUS_NOT_FOUND, "there is no such file");
}

/* A service behind a proxy is not for crawlers to walk through. */
static enum status serve_robots(struct call *call, struct response *response)
{
    response->type = RESPONSE_TEXT;
    buffer_append(&response->body, TEXT("User-agent: *\nDisallow: /\n"));
    return buffer_status(&response->body, call->error);
}

/* ---- failures ---- */

static unsigned code_of(enum status status)
{
    switch (status) {
    case STATUS_MISUSE:
    case STATUS_INVALID:
    case STATUS_LIMIT:
        return 400;
    case STATUS_NOT_FOUND:
        return 404;
    default:
        return 503; /* memory, the disk, an index that is being replaced: it may pass */
    }
}

void route_fail(const struct route *route, struct call *call, unsigned code, const char *name,
                const char *message, struct response *response)
{
    buffer_clear(&response->body);
    response->status = code;
    response->cache = "no-store";
    response->disposition = NULL;
    if (route->kind == ROUTE_PAGE)
        page_failure(call, code, name, text_of(message), response);
    else
        api_failure(text_of(name), text_of(message), response);
}

/* What is wrong with the index is no business of the client's. */
static const char *message_of(unsigned code, enum status status, const struct error *error)
{
    if (status == STATUS_STOPPED)
        return "the search took too long";
    return code == 503 ? "the index cannot be searched now" : error->message;
}

enum status route_answer(const struct route *route, struct call *call, struct response *response)
{
    enum status status = route->handle(call, response);
    if (!status)
        return status;
    unsigned code = code_of(status);
    route_fail(route, call, code, status == STATUS_STOPPED ? "late" : status_name(status),
               message_of(code, status, call->error), response);
    if (code == 503)
        response->retry_after = 5;
    return status;
}
