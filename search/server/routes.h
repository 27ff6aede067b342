/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which address answers with what: a row per route. */
#ifndef DAFU_SEARCH_SERVER_ROUTES_H
#define DAFU_SEARCH_SERVER_ROUTES_H

#include "search/searcher/searcher.h"
#include "search/server/header.h"
#include "search/server/request.h"
#include "search/server/response.h"

#define QUERY_BYTES_MAX 2000 /* of a query line; the longest sensible question has 600 */
#define PAGE_SIZE_MAX 100    /* results of one answer */
#define EXPORT_MAX 1000      /* results of one export */

struct call {                  /* one request, in the thread that answers it */
    struct searcher *searcher; /* NULL for routes that are quick */
    const struct request *request;
    struct text rest; /* of the path, behind a route's prefix */
    enum language language;
    struct arena *arena; /* of the request */
    struct error *error;
};

typedef enum status (*route_handler)(struct call *call, struct response *response);

enum route_kind {
    ROUTE_PAGE,   /* HTML, in a thread of the pool */
    ROUTE_API,    /* JSON, in a thread of the pool */
    ROUTE_ASSET,  /* a constant */
    ROUTE_STATUS, /* of the server itself: healthz, metrics; http.c answers */
};

struct route {
    const char *name; /* in metrics */
    const char *path; /* ends in "/" and is longer than that: a prefix */
    enum route_kind kind;
    bool open; /* also without the token */
    route_handler handle;
};

enum { ROUTE_OTHER, ROUTE_OTHER_API, ROUTE_HEALTH, ROUTE_METRICS, ROUTE_FIRST };
extern const struct route ROUTES[];
extern const size_t ROUTE_COUNT;

/* The number of the route, ROUTE_OTHER or ROUTE_OTHER_API when no other fits; *rest is the path behind a
 * prefix. */
size_t route_find(struct text path, struct text *rest);

/* Of a target that was not read yet: who asks the API is told what is wrong in JSON. */
size_t route_other(struct text target);

/* Runs a route's handler, and returns what that did. A failure becomes an answer, in the route's own
 * form. */
enum status route_answer(const struct route *route, struct call *call, struct response *response);

/* An answer that says what went wrong; `message` for people. */
void route_fail(const struct route *route, struct call *call, unsigned code, const char *name,
                const char *message, struct response *response);

#endif
