/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/exchange.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)256 << 20) /* bytes of one request */

long long clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct exchange *exchange_new(const char *target)
{
    struct exchange *exchange = calloc(1, sizeof(*exchange));
    if (!exchange)
        return NULL;
    exchange->target = strdup(target);
    exchange->when = time(NULL);
    return exchange;
}

void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    work_free(exchange->work);
    free(exchange->target);
    free(exchange);
}

struct work *work_new(void)
{
    struct work *work = calloc(1, sizeof(*work));
    if (!work)
        return NULL;
    arena_init(&work->arena, ARENA_MAX);
    response_init(&work->response);
    return work;
}

void work_free(struct work *work)
{
    if (!work)
        return;
    response_release(&work->response);
    arena_release(&work->arena);
    free(work);
}

static void answer(struct work *work, struct searcher *searcher)
{
    struct error error = { 0 };
    struct call call = {
        .searcher = searcher,
        .request = &work->request,
        .rest = work->rest,
        .language = work->language,
        .arena = &work->arena,
        .error = &error,
    };
    work->stopped = route_answer(work->route, &call, &work->response) == STATUS_STOPPED;
    if (work->response.status == 503 && !work->stopped && work->failed)
        work->failed(&error);
    response_finish(&work->response, work->gzip);
}

/* The answer may be of a newer state than its key says, when a commit falls in between; then nobody
 * asks for that key any more. */
static void answer_or_remember(struct work *work, struct searcher *searcher)
{
    struct cache_key key = { work->target, work->language, work->gzip, 0 };
    unsigned age = cache_age(work->cache);
    if (searcher_state(searcher, &key.state, NULL))
        key.state = 0; /* why not, the search will tell */
    if (cache_get(work->cache, &key, &work->response))
        return;
    answer(work, searcher);
    if (work->response.status == 200 && !work->response.disposition && !work->response.partial)
        cache_put(work->cache, &key, age, &work->response);
}

void work_run(struct work *work, struct searcher *searcher)
{
    if (searcher && work->cache)
        answer_or_remember(work, searcher);
    else
        answer(work, searcher);
    response_condition(&work->response, work->if_none_match);
}
