/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/connections.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "search/server/pool.h"

#define ENDED_MS 1000 /* for a request that came with the end and is not seen yet */

void connections_init(struct connections *connections, long long receive_ms, long long send_ms)
{
    *connections = (struct connections) { .receive_ms = receive_ms,
                                          .send_ms = send_ms,
                                          .ends = epoll_create1(EPOLL_CLOEXEC) };
    pthread_mutex_init(&connections->mutex, NULL);
}

void connections_release(struct connections *connections)
{
    pthread_mutex_destroy(&connections->mutex);
    if (connections->ends >= 0)
        close(connections->ends);
}

struct connection *connections_add(struct connections *connections, int socket)
{
    struct connection *connection = calloc(1, sizeof(*connection));
    if (!connection)
        return NULL;
    connection->socket = socket;
    connection->deadline_ms = clock_ms() + connections->receive_ms;
    pthread_mutex_lock(&connections->mutex);
    connection->next = connections->first;
    connection->link = &connections->first;
    if (connection->next)
        connection->next->link = &connection->next;
    connections->first = connection;
    connections->count++;
    struct epoll_event end = { .events = EPOLLRDHUP | EPOLLONESHOT, .data = { connection } };
    epoll_ctl(connections->ends, EPOLL_CTL_ADD, socket,
              &end); /* without it there is the deadline */
    pthread_mutex_unlock(&connections->mutex);
    return connection;
}

void connections_remove(struct connections *connections, struct connection *connection)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    epoll_ctl(connections->ends, EPOLL_CTL_DEL, connection->socket, NULL);
    *connection->link = connection->next;
    if (connection->next)
        connection->next->link = connection->link;
    connections->count--;
    connections->busy -= connection->phase != CONNECTION_RECEIVING;
    pthread_mutex_unlock(&connections->mutex);
    free(connection);
}

/* With the mutex held. */
static void enter(struct connections *connections, struct connection *connection,
                  enum connection_phase phase, atomic_int *interest)
{
    connections->busy -= connection->phase != CONNECTION_RECEIVING;
    connections->busy += phase != CONNECTION_RECEIVING;
    connection->phase = phase;
    connection->interest = interest;
    if (interest && connection->ended)
        atomic_store(interest, connection->left ? TASK_UNWANTED : TASK_DOUBTFUL);
    connection->deadline_ms = clock_ms() + (phase == CONNECTION_SENDING ? connections->send_ms
                                            : connection->ended         ? ENDED_MS
                                                                        : connections->receive_ms);
}

void connections_enter(struct connections *connections, struct connection *connection,
                       enum connection_phase phase)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    enter(connections, connection, phase, NULL);
    pthread_mutex_unlock(&connections->mutex);
}

void connections_work(struct connections *connections, struct connection *connection,
                      atomic_int *interest)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    enter(connections, connection, CONNECTION_WORKING, interest);
    pthread_mutex_unlock(&connections->mutex);
}

void connections_free_hands(struct connections *connections, struct connection *connection)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    connection->interest = NULL;
    pthread_mutex_unlock(&connections->mutex);
}

/* With the mutex held, so that what is told of is still in the list. */
static void see_ends(struct connections *connections, long long now)
{
    enum { EVENTS = 64 };
    struct epoll_event ends[EVENTS];
    int count;
    do {
        count = epoll_wait(connections->ends, ends, EVENTS, 0);
        for (int i = 0; i < count; i++) {
            struct connection *connection = ends[i].data.ptr;
            long long soon = now + ENDED_MS;
            connection->ended = true;
            connection->left = (ends[i].events & (EPOLLERR | EPOLLHUP)) != 0;
            if (connection->interest)
                atomic_store(connection->interest,
                             connection->left ? TASK_UNWANTED : TASK_DOUBTFUL);
            struct epoll_event rest = { .events = EPOLLONESHOT, .data = { connection } };
            if (!connection->left) /* errors are always told */
                epoll_ctl(connections->ends, EPOLL_CTL_MOD, connection->socket, &rest);
            if (connection->phase == CONNECTION_RECEIVING && connection->deadline_ms > soon)
                connection->deadline_ms = soon;
        }
    } while (count == EVENTS);
}

void connections_look(struct connections *connections)
{
    pthread_mutex_lock(&connections->mutex);
    see_ends(connections, clock_ms());
    pthread_mutex_unlock(&connections->mutex);
}

/* The socket is open for as long as its connection is in the list. */
void connections_expire(struct connections *connections)
{
    long long now = clock_ms();
    pthread_mutex_lock(&connections->mutex);
    see_ends(connections, now);
    for (struct connection *c = connections->first; c; c = c->next)
        if (c->phase != CONNECTION_WORKING && c->deadline_ms <= now)
            shutdown(c->socket, SHUT_RDWR);
    pthread_mutex_unlock(&connections->mutex);
}

size_t connections_count(struct connections *connections, size_t *busy)
{
    pthread_mutex_lock(&connections->mutex);
    size_t count = connections->count;
    if (busy)
        *busy = connections->busy;
    pthread_mutex_unlock(&connections->mutex);
    return count;
}
