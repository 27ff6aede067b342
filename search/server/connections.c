/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/connections.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "search/server/pool.h"

void connections_init(struct connections *connections, long long receive_ms, long long send_ms)
{
    *connections = (struct connections) { .receive_ms = receive_ms, .send_ms = send_ms };
    pthread_mutex_init(&connections->mutex, NULL);
}

void connections_release(struct connections *connections)
{
    pthread_mutex_destroy(&connections->mutex);
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
    pthread_mutex_unlock(&connections->mutex);
    return connection;
}

void connections_remove(struct connections *connections, struct connection *connection)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    *connection->link = connection->next;
    if (connection->next)
        connection->next->link = connection->link;
    connections->count--;
    connections->busy -= connection->phase != CONNECTION_RECEIVING;
    pthread_mutex_unlock(&connections->mutex);
    free(connection);
}

void connections_enter(struct connections *connections, struct connection *connection,
                       enum connection_phase phase)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->mutex);
    connections->busy -= connection->phase != CONNECTION_RECEIVING;
    connections->busy += phase != CONNECTION_RECEIVING;
    connection->phase = phase;
    connection->deadline_ms =
        clock_ms() + (phase == CONNECTION_SENDING ? connections->send_ms : connections->receive_ms);
    pthread_mutex_unlock(&connections->mutex);
}

/* The socket is open for as long as its connection is in the list. */
void connections_expire(struct connections *connections)
{
    long long now = clock_ms();
    pthread_mutex_lock(&connections->mutex);
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
