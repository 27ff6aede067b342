/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG 1024

/* "[::1]:8080" is "::1" and "8080". */
static bool split_address(const char *where, char host[64], char port[8])
{
    const char *colon = strrchr(where, ':');
    if (!colon || strlen(colon + 1) > 5 || !colon[1] ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1))
        return false;
    size_t length = (size_t)(colon - where);
    if (length >= 2 && where[0] == '[' && where[length - 1] == ']') {
        where++;
        length -= 2;
    }
    if (length == 0 || length >= 64)
        return false;
    memcpy(host, where, length);
    host[length] = 0;
    snprintf(port, 8, "%s", colon + 1);
    return true;
}

/* The address as it came to be: port 0 has become a port. */
static void describe(struct listener *listener)
{
    struct sockaddr_storage bound = { 0 };
    socklen_t length = sizeof(bound);
    char host[INET6_ADDRSTRLEN] = "";
    getsockname(listener->socket, (struct sockaddr *)&bound, &length);
    if (bound.ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)&bound;
        inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof(host));
        listener->local = IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
        snprintf(listener->address, sizeof(listener->address), "http://[%s]:%u/", host,
                 ntohs(v6->sin6_port));
    } else {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)&bound;
        inet_ntop(AF_INET, &v4->sin_addr, host, sizeof(host));
        listener->local = ntohl(v4->sin_addr.s_addr) >> 24 == 127;
        snprintf(listener->address, sizeof(listener->address), "http://%s:%u/", host,
                 ntohs(v4->sin_port));
    }
}

enum status listener_open(const char *where, struct listener *out, struct error *error)
{
    char host[64], port[8];
    const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_PASSIVE,
                                    .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    if (!split_address(where, host, port) || strtoul(port, NULL, 10) > 65535 ||
        getaddrinfo(host, port, &hints, &found) != 0)
        return error_set(error, STATUS_MISUSE, "not an address like 127.0.0.1:8080 \"%s\"", where);
    const int on = 1;
    int opened = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool done = opened >= 0 && !setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) &&
                !bind(opened, found->ai_addr, found->ai_addrlen) && !listen(opened, BACKLOG);
    freeaddrinfo(found);
    if (!done) {
        error_set(error, STATUS_IO, "cannot listen: %s \"%s\"", strerror(errno), where);
        listener_close_socket(opened);
        return STATUS_IO;
    }
    *out = (struct listener) { .socket = opened };
    describe(out);
    return STATUS_OK;
}

void listener_close_socket(int socket)
{
    if (socket >= 0)
        close(socket);
}
