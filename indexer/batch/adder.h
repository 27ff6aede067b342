/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings an index up to date with files and folders: reads what is new or has changed, takes out
 * what is gone, keeps a reply that lies in several places once, and writes all of that down in the
 * ledger. What a file has no longer goes out of the index when the file could be read as a whole;
 * two replies of a run that share an id are told of, for only the later one stays. */
#ifndef DAFU_BATCH_ADDER_H
#define DAFU_BATCH_ADDER_H

#include "indexer/analysis/analyzer.h"
#include "indexer/batch/changes.h"
#include "indexer/batch/pipeline.h"
#include "indexer/batch/progress.h"
#include "indexer/batch/twins.h"
#include "indexer/index/index_writer.h"

/* Passages between two commits; ADDER_COMMIT_EVERY when the user says nothing. */
#define ADDER_COMMIT_EVERY 100000

struct adder_counts {
    unsigned long added, replaced; /* replies */
    unsigned long gone;            /* replies that are not there any more, their file or they */
    unsigned long duplicates;      /* replies that the index has from another source */
    unsigned long doubles;         /* replies that replaced another one of the same run */
    unsigned long passages;

    unsigned long files;     /* met on the way */
    unsigned long read;      /* of these */
    unsigned long unchanged; /* of these, also touched ones with the content of before */
    unsigned long attached;  /* read with their page */
    unsigned long gone_files;
    unsigned long failed_before; /* of the unchanged */
    unsigned long losses; /* documents that were taken though some of their bytes were lost */
    unsigned long left_out[STATUS_STOPPED + 1]; /* files, documents and parts, by reason */
    uint64_t file_bytes, text_bytes;            /* that were read */
};

struct adder_options {
    unsigned long commit_every; /* passages */
    size_t threads;             /* 0: as many as there are cores */
    size_t memory;              /* bytes for what is under way */
    bool ocr, keep_gone, retry_failed, reread;
};

struct adder {
    struct index_writer *writer;
    struct analyzer *analyzer;
    struct adder_options options;
    const volatile sig_atomic_t *stop; /* not 0: stop before the next reply; may be NULL */
    struct progress *progress;         /* may be NULL */
    void (*tell)(void *context, const char *line); /* one line "path: what" */
    void *context;

    struct adder_counts counts;         /* so far */
    struct adder_counts committed;      /* of these, what the last commit made durable */
    struct pipeline_times times;        /* seconds */
    struct pipeline_times times_before; /* of rounds whose times do not count any more */
    double writing, committing, finding;

    /* The adder's own. */
    struct ledger ledger;
    bool loaded; /* the ledger */
    struct twins twins;
    struct pipeline *pipeline;
    struct seen ids; /* digests of the ids so far, each with the file it came from */
    uint64_t file;   /* the one at hand: half of a digest of its path, and its number */
    uint64_t reader;
    struct changes *changes; /* of the run */
    struct text bytes;       /* instead of files */
    size_t first_change;     /* that the jobs at hand begin with */
    const struct job *first_job;
    struct seen attached_rows; /* of this run */
    struct seen read_rows;     /* of this run, + 1 */
    struct seen due;           /* rows to read once more, and whether that has been done */
    size_t *due_rows;
    size_t due_count, due_capacity;
    struct incoming *incoming; /* the file at hand (adder_file.h) */
};

void adder_init(struct adder *adder); /* the caller sets the fields above the blank line then */
void adder_release(struct adder *adder);

/* Brings the index up to date with files and folders (scanner.h). STATUS_OK also when something
 * was left out; STATUS_STOPPED when asked to stop; anything else is a failure of the index, and
 * what was done since the last commit is not in it. */
enum status adder_add(struct adder *adder, const char *const *paths, size_t count,
                      struct error *error);

/* The same for bytes in memory under a name that is no file's: their replies are added, nothing
 * goes, and the ledger knows nothing of them. */
enum status adder_add_bytes(struct adder *adder, struct text bytes, const char *name,
                            struct error *error);

/* Takes out what was read from a path (a file, a member of an archive, what is below a folder),
 * which need not be there any more; replies that lie elsewhere too are read from there. *removed
 * counts replies. */
enum status adder_remove_path(struct adder *adder, const char *path, unsigned long *removed,
                              struct error *error);

/* Takes out one reply. STATUS_NOT_FOUND. Its file is read again when it is added again. */
enum status adder_remove_id(struct adder *adder, struct text id, struct error *error);

/* Commits what is pending. */
enum status adder_commit(struct adder *adder, struct error *error);

/* Counts and times from zero on. */
void adder_begin_round(struct adder *adder);

unsigned long adder_left_out(const struct adder_counts *counts);

#endif
