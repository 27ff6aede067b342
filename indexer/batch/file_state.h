/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a file is at this moment, and what this program would make of it. */
#ifndef DAFU_BATCH_FILE_STATE_H
#define DAFU_BATCH_FILE_STATE_H

#include "indexer/batch/ledger.h"

/* Digest of a file's bytes. STATUS_NOT_FOUND, STATUS_IO; STATUS_INVALID: not a regular file. */
enum status file_digest(const char *path, struct file_digest *out, struct error *error);

static inline bool file_digest_equal(const struct file_digest *a, const struct file_digest *b)
{
    return a->low == b->low && a->high == b->high;
}

/* Stands for how files are read: the sources of the readers and of what understands replies as
 * this program was built from them, the helper programs that are installed, and whether pictures
 * are read. A file that failed is tried again when it differs. */
uint64_t reader_version(bool ocr);

int64_t now_ns(void); /* since 1970 */

#endif
