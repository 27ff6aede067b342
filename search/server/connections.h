/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long a connection may take. libmicrohttpd's own timeout starts again with every byte, which
 * lets a client hold a connection for ever by sending one byte at a time; here a whole request must
 * have arrived, and a whole answer must have left, in time. Nor does it always see that a client has
 * sent all that it will (a half-closed connection): such a one goes soon after its last answer. Nor
 * that it has gone for good while its search runs. */
#ifndef DAFU_SEARCH_SERVER_CONNECTIONS_H
#define DAFU_SEARCH_SERVER_CONNECTIONS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum connection_phase { CONNECTION_RECEIVING, CONNECTION_WORKING, CONNECTION_SENDING };

struct connection {
    int socket;
    enum connection_phase phase;
    long long deadline_ms; /* CLOCK_MONOTONIC */
    bool ended;            /* the client sends no more */
    bool left;             /* and receives no more */
    atomic_int *interest;  /* connections_work */
    struct connection *next, **link;
};

struct connections {
    pthread_mutex_t mutex;
    struct connection *first;
    size_t count, busy; /* busy: working or sending */
    int ends;           /* epoll: tells of clients that send no more; -1: none */
    long long receive_ms, send_ms;
};

void connections_init(struct connections *connections, long long receive_ms, long long send_ms);
void connections_release(struct connections *connections);

/* NULL when out of memory: the connection is then not watched. `remove` and `enter` take it. */
struct connection *connections_add(struct connections *connections, int socket);
void connections_remove(struct connections *connections, struct connection *connection);
void connections_enter(struct connections *connections, struct connection *connection,
                       enum connection_phase phase);

/* Enters the phase of working. *interest (enum task_interest) sinks when the client sends no more,
 * or leaves, before another phase is entered or connections_free_hands is called, after which
 * `interest` may be freed. */
void connections_work(struct connections *connections, struct connection *connection,
                      atomic_int *interest);
void connections_free_hands(struct connections *connections, struct connection *connection);

/* Sees which clients have gone, at once. */
void connections_look(struct connections *connections);

/* Shuts down those that are too slow; to be called several times a second. */
void connections_expire(struct connections *connections);

size_t connections_count(struct connections *connections, size_t *busy);

#endif
