/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bringing an index of the format before this one over to it, from what it has stored: replies,
 * words of the user's own, learned terms and pairs, and of its ledger what `ledger` makes of it. No
 * source file is needed. */
#ifndef DAFU_INDEX_INDEX_UPGRADE_H
#define DAFU_INDEX_INDEX_UPGRADE_H

#include "indexer/index/reanalysis.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the folder holds an index of format 1. */
bool index_is_old(const char *path);

/* Writes the new index beside the old one, and puts it in its place at the end: killed or failed
 * before that, the old index is untouched; there must be room for both. The analyzer has the
 * index's own words (index_own_words reads an old index, too).
 *
 * ledger  appends to `out` what the old ledger says in this format
 *
 * STATUS_NOT_FOUND (no such index), STATUS_LOCKED, STATUS_CORRUPT, STATUS_IO, STATUS_STOPPED. */
enum status index_upgrade(const char *path, struct reanalysis *reanalysis,
                          enum status (*ledger)(struct text old, struct buffer *out,
                                                struct error *error),
                          struct error *error);

#ifdef __cplusplus
}
#endif
#endif
