/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of an input tree in a stable order: within each folder web pages first, since they may
 * read files beside them, then by the bytes of the name, a folder's content in its name's place. */
#ifndef DAFU_BATCH_SCANNER_H
#define DAFU_BATCH_SCANNER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "indexer/base/status.h"

struct scanner_file { /* lives until the call returns */
    const char *path;        /* as given, for messages and to open it */
    const char *real;        /* absolute, no symbolic link in it */
    const char *via;         /* absolute: the folder that was given, resolved, and the way below it */
    const struct stat *stat; /* through links; NULL: it cannot be looked at */
    bool missing;            /* nothing is there */
};

struct scanner_sink {
    /* A file to read. Not STATUS_OK ends the walk and is passed on. */
    enum status (*file)(void *context, const struct scanner_file *file, struct error *error);
    /* Something that could not be looked at, as one line "path: reason"; the walk goes on. `via`
     * is its absolute path: what lies below it may still be there. */
    void (*problem)(void *context, const char *via, const char *line);
    void *context;
};

/* A path that is no folder is handed over as it is, whatever its name, also when nothing is
 * there: reading it tells why. Below a folder: files that a reader takes (readers_take), through
 * symbolic links too; names that start with a dot are left out, as is a link back to a folder
 * that the walk is in. STATUS_NO_MEMORY, or what sink->file returned. */
enum status scanner_walk(const char *path, const struct scanner_sink *sink, struct error *error);

#endif
