/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledger of an index of format 1, in this format (index/index_upgrade.h). */
#ifndef DAFU_BATCH_LEDGER_UPGRADE_H
#define DAFU_BATCH_LEDGER_UPGRADE_H

#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

/* Appends what stays true: which files gave replies, so that one that has gone is still noticed, and
 * the last run's report. All else is learned again by the next run, to which every file looks
 * changed. A damaged ledger is passed over: files are new then. STATUS_NO_MEMORY. */
enum status ledger_of_format_1(struct text old, struct buffer *out, struct error *error);

#endif
