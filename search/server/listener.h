/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The socket that listens, opened here so that what is wrong with it can be said. */
#ifndef DAFU_SEARCH_SERVER_LISTENER_H
#define DAFU_SEARCH_SERVER_LISTENER_H

#include "indexer/base/status.h"

#include <stdbool.h>

struct listener {
    int socket;
    char address[80]; /* "http://127.0.0.1:8080/" */
    bool local;       /* a loopback address */
};

/* "127.0.0.1:8080", "[::1]:8080"; the address is numeric. STATUS_MISUSE: it is not; STATUS_IO. */
enum status listener_open(const char *where, struct listener *out, struct error *error);
void listener_close_socket(int socket); /* also -1 */

#endif
