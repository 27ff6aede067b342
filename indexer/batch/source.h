/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a reply was read from, as the index names it: the file's absolute path, and behind "!/"
 * the member of an archive. */
#ifndef DAFU_BATCH_SOURCE_H
#define DAFU_BATCH_SOURCE_H

#include "indexer/base/arena.h"

/* A path as text for one line: control characters and bytes that are not UTF-8 are written
 * \x0A, \xFF, and so is a backslash before an x, so that no two paths become one. The path itself
 * when it needs none of that. data is NULL when out of memory. */
struct text source_text(struct text path, struct arena *arena);

/* The absolute path of what may be gone by now: symbolic links are followed as far as there is
 * something, the rest is taken as it is written. "archive.zip!/member" works too. NULL when out of
 * memory or when `path` is empty. The caller frees it. */
char *source_resolve(const char *path);

#endif
