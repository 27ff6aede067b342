/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writing half of Xapian. One writer per index (a lock file sees to it); one thread owns a
 * writer, which itself builds on several.
 *
 * Nothing is durable or visible before index_writer_commit. What fails while writing (put,
 * remove, commit: disk full, damage) takes back everything since the last commit; the writer then
 * stands where that commit left it. What lies in the folder: indexer/analysis/index_head.h.
 *
 * Memory between commits: about 200 bytes a reply, and what segment_builder.hpp says. */
#ifndef DAFU_INDEX_INDEX_WRITER_H
#define DAFU_INDEX_INDEX_WRITER_H

#include "indexer/base/buffer.h"
#include "indexer/base/status.h"
#include "indexer/index/index_entry.h"

#ifdef __cplusplus
extern "C" {
#endif

struct index_writer;

struct index_counts {
    unsigned long replies;
    unsigned long passages;
};

/* Opens or creates the index at `path` (parents are made). fingerprint: lexicon_fingerprint.
 * STATUS_LOCKED, STATUS_IO, STATUS_CORRUPT (damaged, or not an index of ours: an existing
 * non-empty folder that is no index is never touched), STATUS_MISMATCH (other format or
 * fingerprint: the message says to rebuild). With create false a missing index is
 * STATUS_NOT_FOUND. */
enum status index_writer_open(const char *path, const char *fingerprint, bool create,
                              struct index_writer **out, struct error *error);

/* Threads that build what is put; 0, and at first: one a core. What is built is the same for any
 * number. Call it before the first put. */
void index_writer_set_threads(struct index_writer *writer, unsigned threads);

/* Stores a reply whole; one with the same id is replaced whole (*replaced tells). Never half of
 * it becomes visible, not even when the process is killed. STATUS_INVALID (a term that is too
 * long for Xapian) leaves everything as it was. */
enum status index_writer_put(struct index_writer *writer, const struct index_entries *entries,
                             bool *replaced, struct error *error);

/* Removes a reply by id; STATUS_NOT_FOUND when it is not there. */
enum status index_writer_remove(struct index_writer *writer, struct text reply_id,
                                struct error *error);

/* Removes every reply that was read from a file, an archive or a member of one, or from anywhere
 * below a folder. *removed counts them; none is no failure. */
enum status index_writer_remove_source(struct index_writer *writer, struct text source,
                                       unsigned long *removed, struct error *error);

/* Around the replies of one file that is read again: what the index had from `source` and was not
 * put since then is removed at the end. Without `complete` it stays: something of the file could
 * not be read, and nothing that is there shall be lost by that. *removed counts replies. */
enum status index_writer_begin_source(struct index_writer *writer, struct text source,
                                      struct error *error);
enum status index_writer_end_source(struct index_writer *writer, bool complete,
                                    unsigned long *removed, struct error *error);

/* The records of one stored reply as they are, committed or not: its own, then those of its
 * passages in order. Each lives until the call returns. Not STATUS_OK ends it and is passed on.
 * STATUS_NOT_FOUND when it is not there. */
typedef enum status index_record_sink(void *context, struct text record, struct error *error);
enum status index_writer_records(struct index_writer *writer, struct text reply_id,
                                 index_record_sink *sink, void *context, struct error *error);

/* The ledger: bytes about the source files that their keeper alone understands (batch/ledger.h),
 * durable in the same commit as the replies, taken back with them too. It grows by appending, and
 * now and then is replaced by a shorter one that says the same. */
enum status index_writer_ledger_append(struct index_writer *writer, struct text bytes,
                                       struct error *error);
enum status index_writer_ledger_replace(struct index_writer *writer, struct text bytes,
                                        struct error *error);

/* Appends the ledger to `out`, with what is not committed yet. */
enum status index_writer_ledger(struct index_writer *writer, struct buffer *out,
                                struct error *error);

/* The same of the last commit, for whoever does not write: needs no writer and may run beside
 * one. STATUS_NOT_FOUND, STATUS_CORRUPT, STATUS_IO, STATUS_MISMATCH (another format). */
enum status index_ledger(const char *path, struct buffer *out, struct error *error);

/* Makes everything so far durable and visible to readers. Small segments are merged now and then, so
 * a commit takes time in proportion to what is new, on average. */
enum status index_writer_commit(struct index_writer *writer, struct error *error);

/* Commits, and leaves one segment without anything removed or replaced: the smallest and fastest to
 * search. Takes time and, until it is done, room in proportion to the index. */
enum status index_writer_compact(struct index_writer *writer, struct error *error);

/* Whether xapian-tcpsrv can serve the index, from the next commit on (stored_copy.h): it is larger
 * then by what it stores. */
enum status index_writer_serve(struct index_writer *writer, bool served, struct error *error);

/* Copies the last commit of an index, or of all shards of a collection, into `target`, a folder that is
 * made or empty: again an index or a collection.
 * Needs no writer; writers and readers need not stop. Files are linked where the file system can.
 * STATUS_MISUSE (`target` is not empty), and as index_ledger. */
enum status index_snapshot(const char *path, const char *target, struct error *error);

/* Counts what is stored, committed or not. */
enum status index_writer_counts(struct index_writer *writer, struct index_counts *out,
                                struct error *error);

/* Closes WITHOUT committing what is pending. NULL is fine. */
void index_writer_free(struct index_writer *writer);
void index_writer_freep(struct index_writer **writer); /* for CLEANUP */

/* Reads the whole index and checks it: the sums of its files, Xapian's own check, then ours (every
 * record decodes, every passage has its reply, every reply its passages and its identity). Problems are handed to `report`, a line each;
 * STATUS_CORRUPT when there was any. Needs no writer. */
enum status index_check(const char *path, const char *fingerprint,
                        void (*report)(void *context, const char *line), void *context,
                        struct index_counts *counts, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
