/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of an input tree in a stable order: within each folder web pages first, since they may
 * read files beside them, then by the bytes of the name, a folder's content in its name's place. */
#ifndef DAFU_BATCH_SCANNER_H
#define DAFU_BATCH_SCANNER_H

#include "indexer/base/status.h"

struct scanner_sink {
    /* A file to read. Not STATUS_OK ends the walk and is passed on. */
    enum status (*file)(void *context, const char *path, struct error *error);
    /* Something that could not be looked at, as one line "path: reason"; the walk goes on. */
    void (*problem)(void *context, const char *line);
    void *context;
};

/* A path that is no folder is handed over as it is, whatever its name, also when nothing is
 * there: reading it tells why. Below a folder: files that a reader takes (readers_take), through
 * symbolic links too; names that start with a dot are left out, as is a link back to a folder
 * that the walk is in. STATUS_NO_MEMORY, or what sink->file returned. */
enum status scanner_walk(const char *path, const struct scanner_sink *sink, struct error *error);

#endif
