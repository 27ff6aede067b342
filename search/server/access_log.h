/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The access log, in the Combined Log Format that Apache and nginx write. */
#ifndef DAFU_SEARCH_SERVER_ACCESS_LOG_H
#define DAFU_SEARCH_SERVER_ACCESS_LOG_H

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "indexer/base/buffer.h"

struct access_log {
    const char *path; /* NULL: no log; "-": standard output */
    FILE *file;
    pthread_mutex_t mutex;
};

struct access {
    const char *client, *method, *target, *version, *referer, *agent; /* NULL: not said */
    unsigned code;
    unsigned long long bytes;
    time_t when;
};

enum status access_log_open(struct access_log *log, const char *path, struct error *error);
/* Opens the file again, which may have been moved away; on failure the old one stays. */
enum status access_log_reopen(struct access_log *log, struct error *error);
void access_log_close(struct access_log *log);

/* One line; quotes, backslashes and bytes that are not printable ASCII are written as \xHH. */
void access_log_write(struct access_log *log, const struct access *access);
void access_format(const struct access *access, struct buffer *out);

#endif
