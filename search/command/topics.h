/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of queries: "qid TAB query" per line. */
#ifndef DAFU_SEARCH_COMMAND_TOPICS_H
#define DAFU_SEARCH_COMMAND_TOPICS_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"

struct topic {
    struct text id, query;
    size_t line; /* 1-based */
};

struct topic_list { /* arena-held; texts point into `content` */
    struct topic *topics;
    size_t count, capacity;
    struct buffer content;
};

/* Reads the file, "-" is standard input. Empty lines and a BOM are skipped. STATUS_INVALID for a
 * line without TAB or that is not UTF-8; the message says which. */
enum status topics_read(const char *path, struct arena *arena, struct topic_list *out,
                        struct error *error);
void topics_release(struct topic_list *topics); /* CLEANUP-able */

#endif
