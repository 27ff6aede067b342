/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the files of an index are those that were written: the stub has the length and the CRC-64
 * (ECMA-182, as in xz) of each, in lines "# sum NAME LENGTH CRC". Xapian's blocks have no sums, and a
 * damaged one can make it crash or read for ever. */
#ifndef DAFU_ANALYSIS_INDEX_SUMS_H
#define DAFU_ANALYSIS_INDEX_SUMS_H

#include "indexer/base/status.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Compares all files with the stub of the index at `path`: lengths, and when all of them together are
 * no longer than `most` bytes, contents. A line to `report` per file that differs, *damages counts
 * them. STATUS_NOT_FOUND, STATUS_IO (no stub, or it cannot be read). */
enum status index_sums_compare(const char *path, uint64_t most,
                               void (*report)(void *context, const char *line), void *context,
                               size_t *damages, struct error *error);

/* STATUS_IO. */
enum status index_sums_of(const char *path, uint64_t *length, uint64_t *crc, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
