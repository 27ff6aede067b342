/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/clients.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#define PROBES 8 /* places that a client's bucket may have */

/* ---- addresses ---- */

static uint64_t key_of(const unsigned char *bytes, size_t length)
{
    return text_hash(text_of_bytes((const char *)bytes, length)) | 1; /* 0: no bucket */
}

static void set_v4(const struct in_addr *address, struct client *out)
{
    out->key = key_of((const unsigned char *)address, sizeof(*address));
    out->local = ntohl(address->s_addr) >> 24 == IN_LOOPBACKNET;
    inet_ntop(AF_INET, address, out->name, sizeof(out->name));
}

static void set_v6(const struct in6_addr *address, struct client *out)
{
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        struct in_addr v4;
        memcpy(&v4, address->s6_addr + 12, sizeof(v4));
        set_v4(&v4, out);
        return;
    }
    out->key = key_of(address->s6_addr, 8);
    out->local = IN6_IS_ADDR_LOOPBACK(address);
    inet_ntop(AF_INET6, address, out->name, sizeof(out->name));
}

void client_of_address(const struct sockaddr *address, struct client *out)
{
    *out = (struct client) { .key = 1, .name = "-" };
    if (address && address->sa_family == AF_INET)
        set_v4(&((const struct sockaddr_in *)(const void *)address)->sin_addr, out);
    else if (address && address->sa_family == AF_INET6)
        set_v6(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, out);
}

/* "[2001:db8::1]:443" and "192.0.2.1:443" without port and brackets; what has several colons and no
 * brackets is an IPv6 address without a port. */
static struct text without_port(struct text name)
{
    struct text rest = name, host;
    if (text_starts_with(name, TEXT("["))) {
        rest = text_slice(name, 1, name.length - 1);
        text_split(&rest, TEXT("]"), &host);
        return host;
    }
    text_split(&rest, TEXT(":"), &host);
    return text_contains(rest, TEXT(":")) ? name : host;
}

bool client_parse(struct text name, struct client *out)
{
    char host[CLIENT_NAME_MAX];
    struct in_addr v4;
    struct in6_addr v6;
    name = without_port(text_trim(name));
    if (name.length == 0 || name.length >= sizeof(host) || memchr(name.data, 0, name.length))
        return false;
    memcpy(host, name.data, name.length);
    host[name.length] = 0;
    *out = (struct client) { 0 };
    if (inet_pton(AF_INET, host, &v4) == 1)
        set_v4(&v4, out);
    else if (inet_pton(AF_INET6, host, &v6) == 1)
        set_v6(&v6, out);
    return out->key != 0;
}

bool client_forwarded(struct text value, struct client *out)
{
    size_t comma = text_find_last(value, TEXT(","));
    size_t start = comma == TEXT_NONE ? 0 : comma + 1;
    return client_parse(text_slice(value, start, value.length - start), out);
}

/* ---- buckets ---- */

/* The client's own, or else the one that is full first. */
static struct bucket *bucket_of(struct clients *clients, uint64_t key)
{
    struct bucket *best = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        struct bucket *bucket = &clients->buckets[((key >> 1) + i) % CLIENTS_MAX];
        if (bucket->key == key)
            return bucket;
        if (!best || bucket->full_us < best->full_us)
            best = bucket;
    }
    return best;
}

/* A search costs 1 / rate, and a bucket that would be full only after burst times as much is empty. */
bool clients_take(struct clients *clients, const struct client *client, long long now_us,
                  long long *wait_us)
{
    if (!(clients->rate > 0))
        return true;
    struct bucket *bucket = bucket_of(clients, client->key);
    double cost = 1e6 / clients->rate, most = clients->burst * cost;
    long long full = bucket->full_us > now_us ? bucket->full_us : now_us;
    double after = (double)(full - now_us) + cost;
    bucket->key = client->key;
    bucket->full_us = full;
    if (after > most) {
        *wait_us = (long long)(after - most) + 1;
        return false;
    }
    bucket->full_us = now_us + (long long)after;
    return true;
}
