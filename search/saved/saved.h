/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saved searches, and which replies each of them has already shown: one JSON file of the user.
 *
 *   {"version": 1, "searches": [{"name", "query", "index", "filters": {"agency": [...], ...,
 *    "from", "to"}, "saved", "looked", "seen": ["0f3a…", ...]}]}
 *
 * A reply is known by digests of what it is, not by its place in an index, which may be built anew:
 * seen.h. */
#ifndef DAFU_SEARCH_SAVED_SAVED_H
#define DAFU_SEARCH_SAVED_SAVED_H

#include "search/saved/seen.h"
#include "search/searcher/searcher.h"

#define SAVED_NAME_MAX 200 /* bytes */
#define SAVED_SEARCHES_MAX 1000
#define SAVED_FILE_MAX ((size_t)256 << 20) /* bytes */

struct saved_search {               /* texts are arena-held */
    struct text name, query, index; /* index: an absolute path */
    struct search_filters filters;
    struct text saved, looked; /* 2026-11-29T10:15:00Z; looked: empty until `new` is asked */
    struct seen seen;
};

struct saved_list { /* arena-held, in the order of saving */
    struct saved_search *searches;
    size_t count, capacity;
};

/* The file: `given`, or saved.json in the folder dafu of the user's data (XDG Base Directory
 * Specification 0.8: $XDG_DATA_HOME when it is an absolute path, else ~/.local/share). STATUS_MISUSE
 * when there is no such folder to be known. */
enum status saved_place(const char *given, struct arena *arena, const char **out,
                        struct error *error);

/* Reads the file; one that is not there has no searches. STATUS_CORRUPT: it is not such a file; the
 * message says where. */
enum status saved_read(const char *path, struct arena *arena, struct saved_list *out,
                       struct error *error);

/* Replaces the file as a whole, and makes its folder when that is missing. */
enum status saved_write(const char *path, const struct saved_list *list, struct error *error);

/* One program at a time reads and writes again: waits for the lock, which is a file beside the
 * file, and is given back by closing *out. */
enum status saved_lock(const char *path, int *out, struct error *error);
void saved_unlockp(int *lock); /* for CLEANUP; -1: none */

/* NULL: no such. */
struct saved_search *saved_find(const struct saved_list *list, struct text name);

/* A search of that name, empty otherwise: a new one, or the old one emptied. STATUS_LIMIT;
 * STATUS_MISUSE when it is no name: empty, too long, not UTF-8 or with control characters. */
enum status saved_add(struct saved_list *list, struct text name, struct arena *arena,
                      struct saved_search **out, struct error *error);
/* STATUS_MISUSE: no name, or another search has it. */
enum status saved_rename(const struct saved_list *list, struct saved_search *search,
                         struct text name, struct error *error);
void saved_remove(struct saved_list *list, struct saved_search *search);

/* Now, as the file has it. */
struct text saved_now(struct arena *arena);

#endif
