/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading an index from one end to the other, for index_check: the part of it that speaks to
 * Xapian, in plain C data. */
#ifndef DAFU_INDEX_INDEX_SCAN_H
#define DAFU_INDEX_INDEX_SCAN_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct index_scan;

/* Xapian's check of all tables of the index at `path`, which need not open; a line to `report`
 * per finding, *problems counts the damaged tables. STATUS_NOT_FOUND, STATUS_CORRUPT (not an
 * index of ours), STATUS_IO. */
enum status index_scan_tables(const char *path, void (*report)(void *context, const char *line),
                              void *context, size_t *problems, struct error *error);

/* Opens an existing index for reading. STATUS_NOT_FOUND, STATUS_CORRUPT, STATUS_IO,
 * STATUS_MISMATCH, as index_writer_open. */
enum status index_scan_open(const char *path, const char *fingerprint, struct index_scan **out,
                            struct error *error);
void index_scan_free(struct index_scan *scan);
void index_scan_freep(struct index_scan **scan); /* for CLEANUP */

/* A term or a stored record; lives until the call returns. Not STATUS_OK ends the scan. */
typedef enum status index_scan_sink(void *context, struct text bytes, struct error *error);

/* All terms that start with `prefix`, ascending. */
enum status index_scan_terms(struct index_scan *scan, const char *prefix, index_scan_sink *sink,
                             void *context, struct error *error);

/* The records of all documents that have `term`, in the order they were stored. */
enum status index_scan_records(struct index_scan *scan, struct text term, index_scan_sink *sink,
                               void *context, struct error *error);

/* Documents in all, and those that have `term`. */
enum status index_scan_count(struct index_scan *scan, struct text term, unsigned long *documents,
                             unsigned long *with_term, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
