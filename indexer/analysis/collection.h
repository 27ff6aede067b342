/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several indexes that are searched as one: a collection of shards.
 *
 * It is a text file, by its own name or as COLLECTION_FILE in a folder:
 *
 *   # collection of dafu
 *   shard-1             a local index: its folder, seen from the file's
 *   /srv/dafu/shard-2
 *   10.0.0.3:7101       an index that xapian-tcpsrv serves
 *
 * The first line says what the file is; blank lines and what begins with # do not count. What ends
 * with a colon and a port, and has no slash, is a server; [::1]:7101 is one, too.
 *
 * A reply lies whole in one shard: that of its number in the file, from 0, which
 * collection_shard_of tells. Such a shard knows which of how many it is (INDEX_META_SHARD), so that
 * nothing is written to lines in another order. Shards that were made each by itself can be
 * searched together, too, but not be written as one. */
#ifndef DAFU_ANALYSIS_COLLECTION_H
#define DAFU_ANALYSIS_COLLECTION_H

#include "indexer/base/arena.h"
#include "indexer/base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define COLLECTION_FILE "collection"
#define COLLECTION_SHARDS_MAX 256

struct collection_shard {
    const char *name;   /* as the file has it */
    const char *folder; /* NULL: a server's */
    const char *host;   /* NULL: a folder's */
    unsigned port;
};

struct collection { /* arena-held */
    const char *file;
    struct collection_shard *shards;
    size_t count;
};

/* What lies at `path`: a collection's file, or a folder that has one. count 0: it is no collection,
 * or nothing. STATUS_INVALID: a line of the file is not as above, the message tells which;
 * STATUS_IO, STATUS_NO_MEMORY. */
enum status collection_find(const char *path, struct arena *arena, struct collection *out,
                            struct error *error);

/* Makes a folder with a collection of so many local shards, which are not there yet.
 * STATUS_MISUSE: something else is there. */
enum status collection_create(const char *path, size_t shards, struct error *error);

/* Writes the file of so many local shards, shard-1 and so on, into a folder. */
enum status collection_describe(const char *path, size_t shards, struct error *error);

/* Which of `count` shards has the reply. */
size_t collection_shard_of(struct text id, size_t count);

/* What the shard of this number is called among so many: "2/8". */
#define COLLECTION_PLACE_MAX 24
const char *collection_place(size_t number, size_t count, char out[COLLECTION_PLACE_MAX]);

#ifdef __cplusplus
}
#endif
#endif
