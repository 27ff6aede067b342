/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where readers, analysts and the writer meet: jobs are begun and written in input order, what
 * lies between may overtake. Bounded: reading waits while the parcels hold more memory than
 * allowed, except for the job that the writer waits for, which may always have two parcels under
 * way; so nothing waits for ever. Every function may be called by any thread; queue_take and
 * queue_written are for the one writer. */
#ifndef DAFU_BATCH_QUEUE_H
#define DAFU_BATCH_QUEUE_H

#include <pthread.h>
#include <signal.h>

#include "indexer/batch/parcel.h"

/* Jobs that may be under way before the first of them is written. */
#define QUEUE_WINDOW 512

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t work, ready; /* for workers; for the writer */
    struct job *jobs;
    size_t count;
    size_t begun, written; /* jobs that were taken to be read; that are done with */
    size_t pages;          /* every page before this job has been read */
    struct parcel *first_task, *last_task;
    size_t task_count, workers;
    size_t bytes, limit;
    bool closed;
    enum status failed; /* a worker's, and what it was */
    struct error failure;
};

void queue_init(struct queue *queue, size_t workers, size_t limit);
void queue_release(struct queue *queue); /* drops what is left; no thread may use it any more */

/* Gives the workers new jobs, when all of the last have been written. */
void queue_begin(struct queue *queue, struct job *jobs, size_t count);

enum task_kind { TASK_END, TASK_READ, TASK_ANALYSE };
struct task {
    enum task_kind kind;
    size_t job;
    struct parcel *parcel;
};

/* Waits for something to do. TASK_END: the queue is closed. */
struct task queue_task(struct queue *queue);

/* Hands a parcel on and owns it then. False: the queue is closed. */
bool queue_put(struct queue *queue, size_t job, struct parcel *parcel);

/* Waits until the job may put more. Instead of waiting, a reader gets a parcel to analyse when
 * there is one that nobody else would take soon; call it again afterwards. */
struct parcel *queue_wait(struct queue *queue, size_t job);

void queue_analysed(struct queue *queue, struct parcel *parcel);
void queue_read(struct queue *queue, size_t job); /* all parcels of the job have been put */

/* The next parcel of the first job that is not written, once it has been analysed; NULL: there is
 * none any more and the job is read. *stop is looked at a few times a second: STATUS_STOPPED. */
enum status queue_take(struct queue *queue, const volatile sig_atomic_t *stop,
                       struct parcel **parcel, struct error *error);
void queue_free_parcel(struct queue *queue, struct parcel *parcel); /* one that was taken */
void queue_written(struct queue *queue);                            /* the next job */

void queue_close(struct queue *queue); /* everyone returns at the next call */

/* A worker cannot go on: queue_take returns that. */
void queue_fail(struct queue *queue, enum status status, const struct error *error);

#endif
