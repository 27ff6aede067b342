/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What moves through the pipeline: a file is a job, and its replies travel in parcels, each with
 * an arena that holds everything in it. */
#ifndef DAFU_BATCH_PARCEL_H
#define DAFU_BATCH_PARCEL_H

#include "indexer/batch/file_state.h"
#include "indexer/index/index_entry.h"

/* A reply, or a line to tell; in the order of the file. */
struct item {
    enum status reason;  /* a line: why something was left out, STATUS_OK for a loss of characters;
                          * a reply: what came of its analysis */
    struct text line;    /* not empty: no reply; "path: what". A reply: what is wrong with it */
    struct reply *reply; /* NULL: a line */
    struct index_entries entries;
    struct sketch sketch;  /* of a reply that can have twins */
    const char **attached; /* files whose text is in it */
    size_t attached_count;
    const char *reader; /* that its document came from */
};

struct parcel {
    struct parcel *next;      /* of the same job */
    struct parcel *next_task; /* waiting for analysis */
    struct arena arena;
    struct item *items;
    size_t count, capacity;
    size_t text_bytes; /* of the replies */
    size_t bytes;      /* of memory, as the queue counts them */
    bool analysed;
};

struct job {
    /* Given. */
    const char *path; /* to open it, and for messages */
    const char *real; /* absolute */
    struct text bytes; /* instead of what lies at the path, which is only a name then */
    bool page;        /* may read files beside it: those wait until it has been read */
    bool compare;     /* nothing to do when the content has the digest */
    struct file_digest digest; /* given, and then what was found */

    /* Found, when it has been read. */
    struct file_stamp stamp;
    bool same;       /* as compare asked */
    bool attached;   /* an earlier page has read it */
    bool missing;    /* nothing was there */
    bool has_digest; /* the file could be read at all */
    uint64_t text_bytes;

    /* The queue's. */
    struct parcel *first, *last;
    size_t outstanding; /* parcels */
    bool read;
};

#endif
