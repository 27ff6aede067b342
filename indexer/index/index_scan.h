/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading an index from one end to the other: the part of it that speaks to Xapian, in plain C
 * data. */
#ifndef DAFU_INDEX_INDEX_SCAN_H
#define DAFU_INDEX_INDEX_SCAN_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct index_scan;

/* Compares every file of the index at `path` with what was written, and has Xapian check all tables;
 * the index need not open. A line to `report` per finding, *problems counts them. STATUS_NOT_FOUND,
 * STATUS_CORRUPT (not an index of ours), STATUS_IO, STATUS_MISMATCH. */
enum status index_scan_tables(const char *path, void (*report)(void *context, const char *line),
                              void *context, size_t *problems, struct error *error);

/* Opens an existing index for reading. STATUS_NOT_FOUND, STATUS_CORRUPT, STATUS_IO,
 * STATUS_MISMATCH, as index_writer_open. */
enum status index_scan_open(const char *path, const char *fingerprint, struct index_scan **out,
                            struct error *error);
void index_scan_free(struct index_scan *scan);
void index_scan_freep(struct index_scan **scan); /* for CLEANUP */

struct index_scan_segment {
    const char *name;                      /* lives as long as the scan */
    uint32_t documents, passages, replies; /* as the head says, with the dead */
    uint32_t dead_documents, dead_passages, dead_replies;
    uint32_t stored; /* documents that it really has */
};

size_t index_scan_segment_count(const struct index_scan *scan);
enum status index_scan_describe(struct index_scan *scan, size_t number,
                                struct index_scan_segment *out, struct error *error);

struct index_scan_document {
    uint32_t number; /* in its segment, from 1 */
    bool dead;
    const char *damage;         /* why the record cannot be read; NULL: it can */
    struct text record;         /* both together, as it is stored */
    struct text reply, passage; /* records (record.h); empty: it is none */
};

/* Each document of a segment, in order; it lives until the call returns. Not STATUS_OK ends it. */
typedef enum status index_scan_sink(void *context, const struct index_scan_document *document,
                                    struct error *error);
enum status index_scan_documents(struct index_scan *scan, size_t segment, index_scan_sink *sink,
                                 void *context, struct error *error);

/* What was learned (reanalysis.h), of the first shard; lives as long as the scan. */
void index_scan_lists(const struct index_scan *scan, struct text *learned, struct text *pairs);

/* Documents that have the term (with prefix), the dead included. */
enum status index_scan_count(struct index_scan *scan, struct text term, uint32_t *documents,
                             struct error *error);

/* How many documents, one behind the other from `first` on, and no others, have one identity of this
 * id (index_head.h); 0: there is no such run. */
enum status index_scan_identity(struct index_scan *scan, size_t segment, uint32_t first,
                                struct text id, uint32_t *count, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
