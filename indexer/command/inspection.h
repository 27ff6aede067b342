/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply as text for people: metadata, section tree, passages. */
#ifndef DAFU_COMMAND_INSPECTION_H
#define DAFU_COMMAND_INSPECTION_H

#include "indexer/index/index_entry.h"

/* Prints to standard output. document: the reply comes from it. entries: also the terms, and how the analyzer came to them; may be
 * NULL. The arena is for passing needs. */
enum status inspection_print(const struct reply *reply, const struct document *document,
                             const struct index_entries *entries, struct analyzer *analyzer,
                             bool show_contacts, struct arena *arena, struct error *error);

#endif
