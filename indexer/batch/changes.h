/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has to be done to bring the index up to date with some paths: found by looking at the
 * files' sizes and times only. Files that are as the ledger knows them are not opened. */
#ifndef DAFU_BATCH_CHANGES_H
#define DAFU_BATCH_CHANGES_H

#include <signal.h>

#include "indexer/batch/ledger.h"
#include "indexer/batch/seen.h"

enum change_kind {
    CHANGE_NEW,     /* not in the ledger */
    CHANGE_TOUCHED, /* other size or time, or too young to tell: the content decides */
    CHANGE_RETRY,   /* failed, at least in part, and is to be tried again */
    CHANGE_DUE,     /* unchanged, but what it belongs together with is not */
};

struct change {
    enum change_kind kind;
    const char *path; /* to open it, and for messages */
    const char *real, *via;
    size_t row;   /* of the ledger */
    bool page;    /* readers_take_page */
    bool missing; /* a path that was given and where nothing is */
    uint64_t size;
    size_t order; /* of the walk */
};

struct changes {
    /* The caller's. */
    bool keep_gone;    /* what is gone stays in the index */
    bool retry_failed; /* even if neither file nor reader has changed */
    bool reread;       /* what another version of the readers has read, too */
    uint64_t reader;   /* reader_version() */
    void (*tell)(void *context, const char *line); /* a folder that cannot be read, and the like */
    void *context;
    const volatile sig_atomic_t *stop; /* may be NULL */

    /* Found. */
    struct change *items; /* in the order in which they are to be read */
    size_t count, capacity;
    size_t *gone; /* rows */
    size_t gone_count, gone_capacity;
    unsigned long files;     /* met on the way */
    unsigned long unchanged; /* of these, also attachments of unchanged pages */
    unsigned long failed_before; /* of the unchanged: failed, and not tried again */
    unsigned long problems;  /* told */
    uint64_t bytes;          /* of the files to read */

    struct arena arena;
    struct text *blind; /* folders that could not be read: what is below them is not gone */
    size_t blind_count, blind_capacity;
    struct ledger *ledger;
};

void changes_init(struct changes *changes);
void changes_release(struct changes *changes);

/* Looks at the paths and marks the ledger's rows as visited. STATUS_STOPPED, STATUS_NO_MEMORY,
 * STATUS_CORRUPT. */
enum status changes_find(struct changes *changes, struct ledger *ledger, const char *const *paths,
                         size_t count, struct error *error);

/* Whether `path` is `folder` or lies below it. */
bool changes_lies_in(struct text path, struct text folder);

/* One more file to read, known to the ledger. */
enum status changes_add_due(struct changes *changes, size_t row, struct error *error);

/* Puts what was added by hand into the order of reading. */
void changes_sort(struct changes *changes);

#endif
