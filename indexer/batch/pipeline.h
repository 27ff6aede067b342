/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files -> replies -> entries, on all cores. Each worker does what lies nearest to the writer: it
 * analyses what has been read, else it reads the next file; the calling thread is the writer and
 * gets everything in input order, so the result is the same for any number of workers. */
#ifndef DAFU_BATCH_PIPELINE_H
#define DAFU_BATCH_PIPELINE_H

#include "indexer/analysis/analyzer.h"
#include "indexer/batch/queue.h"

#define PIPELINE_MEMORY ((size_t)256 << 20) /* for what is under way, when nothing is said */
#define PIPELINE_THREADS_MAX 256

struct pipeline_sink {
    /* Each called by the thread that runs the pipeline; not STATUS_OK ends it. */
    enum status (*begin)(void *context, const struct job *job, struct error *error);
    enum status (*item)(void *context, const struct job *job, const struct item *item,
                        struct arena *arena, struct error *error);
    enum status (*end)(void *context, const struct job *job, struct error *error);
    void *context;
};

struct pipeline_times { /* seconds, summed over the workers */
    double reading, analysis;
};

struct pipeline;

/* threads: 0 stands for the number of cores. The lexicon must outlive the pipeline. */
enum status pipeline_new(const struct lexicon *lexicon, size_t threads, size_t memory, bool ocr,
                         const volatile sig_atomic_t *stop, struct pipeline **out,
                         struct error *error);
void pipeline_free(struct pipeline *pipeline); /* waits for the files that are being read */
void pipeline_freep(struct pipeline **pipeline);

/* Runs jobs; they stay until the pipeline is freed or run again. After a failure or STATUS_STOPPED
 * the pipeline is good for nothing but pipeline_free. */
enum status pipeline_run(struct pipeline *pipeline, struct job *jobs, size_t count,
                         const struct pipeline_sink *sink, struct error *error);

struct pipeline_times pipeline_times(struct pipeline *pipeline);

#endif
