/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A draft: a document of any readable format, cut into passages that can be compared with replies. */
#ifndef DAFU_SEARCH_DRAFT_DRAFT_H
#define DAFU_SEARCH_DRAFT_DRAFT_H

#include "indexer/base/arena.h"
#include "indexer/base/module.h"
#include "indexer/base/text.h"

/* The passages of the file but for letterheads, contacts masked; of an archive or a collection those
 * of all its documents. `passages` lie in the arena. As readers_read. */
enum status draft_read(const char *path, struct arena *arena, struct text **passages, size_t *count,
                       struct error *error);

/* The same as a module (base/module.h), for a program that does not link the readers. */
#define DRAFT_MODULE "draft"
#define DRAFT_SYMBOL "DRAFT_TABLE"
struct draft_module {
    struct module module;
    enum status (*read)(const char *path, struct arena *arena, struct text **passages,
                        size_t *count, struct error *error);
};

#endif
