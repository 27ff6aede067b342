/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From replies to the index: analyse, store, and commit now and then. What a file has no longer
 * goes out of the index when the file could be read as a whole; two replies of a run that share
 * an id are told of, for only the later one stays. */
#ifndef DAFU_BATCH_ADDER_H
#define DAFU_BATCH_ADDER_H

#include "indexer/analysis/analyzer.h"
#include "indexer/batch/intake.h"
#include "indexer/batch/progress.h"
#include "indexer/index/index_writer.h"

/* Passages between two commits; ADDER_COMMIT_EVERY when the user says nothing. */
#define ADDER_COMMIT_EVERY 2500

struct adder_counts {
    unsigned long added, replaced; /* replies */
    unsigned long gone;            /* replies that their file has no longer */
    unsigned long doubles;         /* replies that replaced another one of the same run */
    unsigned long passages;
};

struct adder {
    struct index_writer *writer;
    struct analyzer *analyzer;
    unsigned long commit_every;        /* passages */
    const volatile sig_atomic_t *stop; /* not 0: stop before the next reply; may be NULL */
    struct progress *progress;         /* may be NULL */
    void (*tell)(void *context, const char *line); /* as intake's */
    void *context;
    bool ocr; /* as intake's */

    struct intake intake;          /* read only: what was left out, bytes */
    struct adder_counts counts;    /* so far */
    struct adder_counts committed; /* of these, what the last commit made durable */

    /* The adder's own. */
    struct seen ids;       /* digests of the ids so far, each with the file it came from */
    uint64_t file;         /* the one at hand: half of a digest of its path, and its number */
    unsigned long doubles; /* ids of it that were there already */
};

void adder_init(struct adder *adder); /* the caller sets the fields above the blank line then */
void adder_release(struct adder *adder);

/* Adds a file, or the files of a folder (scanner.h). STATUS_OK also when some were left out;
 * STATUS_STOPPED when asked to stop; anything else is a failure of the index, and what was added
 * since the last commit is not in it. */
enum status adder_add(struct adder *adder, const char *path, struct error *error);

/* Commits what is pending. */
enum status adder_commit(struct adder *adder, struct error *error);

#endif
