/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks, and how often: a token bucket per client (as in the leaky bucket of ITU-T I.371, seen from
 * the other side). A client is an IPv4 address, or the first 64 bits of an IPv6 address, which is what
 * one customer has. One thread at a time. */
#ifndef DAFU_SEARCH_SERVER_CLIENTS_H
#define DAFU_SEARCH_SERVER_CLIENTS_H

#include <stdint.h>
#include <sys/socket.h>

#include "indexer/base/text.h"

#define CLIENT_NAME_MAX 46 /* INET6_ADDRSTRLEN */

struct client {
    uint64_t key; /* of its bucket */
    bool local;   /* a loopback address */
    char name[CLIENT_NAME_MAX]; /* numeric; "-": not known */
};

/* NULL or another family: not known. */
void client_of_address(const struct sockaddr *address, struct client *out);

/* "192.0.2.1", "2001:db8::1", each also with brackets and a port; false: it is none. */
bool client_parse(struct text name, struct client *out);

/* The last address in a value of X-Forwarded-For: the one that the nearest proxy has seen, where what
 * stands before it is whatever the client says. */
bool client_forwarded(struct text value, struct client *out);

/* Of so many clients the buckets are kept; more than that share them, those with most to spend first. */
#define CLIENTS_MAX 16384

struct clients {
    double rate, burst; /* searches a second, and at once (1 or more); rate 0: any number */
    struct bucket {
        uint64_t key;
        long long full_us; /* when it is full again: then it need not be known */
    } buckets[CLIENTS_MAX];
};

/* Whether the client may search now, CLOCK_MONOTONIC; if not, *wait_us until it may. */
bool clients_take(struct clients *clients, const struct client *client, long long now_us,
                  long long *wait_us);

#endif
