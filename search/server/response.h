/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is sent back. */
#ifndef DAFU_SEARCH_SERVER_RESPONSE_H
#define DAFU_SEARCH_SERVER_RESPONSE_H

#include "indexer/base/buffer.h"

#define RESPONSE_ETAG_MAX 32

struct response {
    unsigned status;         /* HTTP */
    const char *type;        /* media type; static */
    const char *cache;       /* Cache-Control; static; NULL: no-cache, for the index may change */
    const char *disposition; /* Content-Disposition; static or NULL */
    unsigned retry_after;    /* seconds; 0: not said */
    bool partial;            /* some shard did not answer: not to be remembered */
    struct buffer body;
    bool compressed;              /* the body is gzip */
    char etag[RESPONSE_ETAG_MAX]; /* with its quotes; empty: none */
};

#define RESPONSE_HTML "text/html; charset=utf-8"
#define RESPONSE_JSON "application/json"
#define RESPONSE_JSONL "application/jsonl; charset=utf-8"
#define RESPONSE_CSV "text/csv; charset=utf-8"
#define RESPONSE_TEXT "text/plain; charset=utf-8"

void response_init(struct response *response);
void response_release(struct response *response);

/* The last steps of a response: its ETag, when its status is 200, and gzip where that is welcome and
 * pays. A body that cannot be compressed for lack of memory goes out as it is. */
void response_finish(struct response *response, bool gzip);

/* 304 and no body where the client's If-None-Match has the ETag. */
void response_condition(struct response *response, struct text if_none_match);

#endif
