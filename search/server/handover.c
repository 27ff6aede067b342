/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/handover.h"

#include <microhttpd.h>

#include "search/server/answer.h"

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

enum MHD_Result handover_search(struct http *http, struct exchange *exchange)
{
    unsigned seconds = 0;
    if (is_reading(exchange))
        return MHD_YES;
    if (!may_search(http, exchange, &seconds)) {
        atomic_fetch_add(&http->metrics.limited, 1);
        return answer_refuse_for(http, exchange, 429, "limited", "too many searches of one client",
                                 seconds);
    }
    bool room = pool_has_room(http->pool);
    if (!room) {
        connections_look(&http->connections);
        room = pool_has_room(http->pool);
    }
    if (!room) {
        atomic_fetch_add(&http->metrics.rejected, 1);
        return answer_refuse(http, exchange, 503, "busy", "too many searches at once");
    }
    exchange->work->task = (struct task) { .run = task_run, .wake = task_wake, .free = task_free };
    exchange->work->exchange = exchange;
    exchange->connections = &http->connections;
    exchange->watched = answer_watched(exchange->connection);
    connections_work(&http->connections, exchange->watched, &exchange->work->task.interest);
    MHD_suspend_connection(exchange->connection);
    if (!pool_submit(http->pool, &exchange->work->task))
        task_wake(&exchange->work->task, false); /* the pool has just stopped: nothing was done */
    return MHD_YES;
}
