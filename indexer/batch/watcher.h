/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files and folders below some roots have changed, as the kernel tells it (inotify(7)), once
 * they have come to rest. What is lost when the kernel's queue overflows is made good by giving
 * the roots themselves. Only this machine's changes are seen: not what another one does on a
 * network share. */
#ifndef DAFU_BATCH_WATCHER_H
#define DAFU_BATCH_WATCHER_H

#include <signal.h>

#include "indexer/base/status.h"

/* A file is at rest so long after it was closed by its writer, and so long after the last sign of
 * life of one that nobody has closed (a link, or a writer that takes its time). */
#define WATCHER_CLOSED_MS 300
#define WATCHER_OPEN_MS 3000

struct watcher;

/* STATUS_IO (the limits of inotify), STATUS_NO_MEMORY. */
enum status watcher_open(struct watcher **out, struct error *error);
void watcher_free(struct watcher *watcher);
void watcher_freep(struct watcher **watcher); /* for CLEANUP */

/* Watches a folder and everything below it, or one file. STATUS_NOT_FOUND, STATUS_IO (it says when
 * there are more folders than the system allows), STATUS_NO_MEMORY. */
enum status watcher_add(struct watcher *watcher, const char *path, struct error *error);

/* Waits until something has changed and come to rest: its paths, absolute or as the roots were
 * given, also of what is gone. They live until the next call. STATUS_STOPPED when *stop is set. */
enum status watcher_wait(struct watcher *watcher, const volatile sig_atomic_t *stop,
                         const char *const **paths, size_t *count, struct error *error);

#endif
