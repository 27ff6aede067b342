/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/queue.h"

#include <stdlib.h>
#include <time.h>

#define POLL_NS 200000000 /* how long a signal may go unnoticed */
#define PARCELS_OF_THE_FIRST 2

void queue_init(struct queue *queue, size_t workers, size_t limit)
{
    *queue = (struct queue) { .workers = workers, .limit = limit };
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->work, NULL);
    pthread_cond_init(&queue->ready, NULL);
}

static void free_parcel(struct parcel *parcel)
{
    arena_release(&parcel->arena);
    free(parcel);
}

void queue_release(struct queue *queue)
{
    for (size_t i = queue->written; i < queue->begun; i++) {
        for (struct parcel *next, *parcel = queue->jobs[i].first; parcel; parcel = next) {
            next = parcel->next;
            free_parcel(parcel);
        }
    }
    pthread_mutex_destroy(&queue->lock);
    pthread_cond_destroy(&queue->work);
    pthread_cond_destroy(&queue->ready);
}

/* Jobs before this one that are no page, or a page that has been read. */
static void pass_read_pages(struct queue *queue)
{
    while (queue->pages < queue->count &&
           (!queue->jobs[queue->pages].page || queue->jobs[queue->pages].read))
        queue->pages++;
}

void queue_begin(struct queue *queue, struct job *jobs, size_t count)
{
    pthread_mutex_lock(&queue->lock);
    queue->jobs = jobs;
    queue->count = count;
    queue->begun = queue->written = queue->pages = 0;
    pass_read_pages(queue);
    pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
}

static bool may_read(const struct queue *queue)
{
    size_t next = queue->begun;
    if (next >= queue->count || next - queue->written >= QUEUE_WINDOW)
        return false;
    if (queue->bytes >= queue->limit && next != queue->written)
        return false;
    return queue->jobs[next].page || queue->pages >= next;
}

static struct parcel *next_task(struct queue *queue)
{
    struct parcel *parcel = queue->first_task;
    if (!parcel)
        return NULL;
    queue->first_task = parcel->next_task;
    if (!queue->first_task)
        queue->last_task = NULL;
    queue->task_count--;
    return parcel;
}

struct task queue_task(struct queue *queue)
{
    struct task task = { TASK_END, 0, NULL };
    pthread_mutex_lock(&queue->lock);
    while (!queue->closed && !queue->first_task && !may_read(queue))
        pthread_cond_wait(&queue->work, &queue->lock);
    if (!queue->closed && (task.parcel = next_task(queue)))
        task.kind = TASK_ANALYSE;
    else if (!queue->closed)
        task = (struct task) { TASK_READ, queue->begun++, NULL };
    pthread_mutex_unlock(&queue->lock);
    return task;
}

bool queue_put(struct queue *queue, size_t job, struct parcel *parcel)
{
    struct job *of = &queue->jobs[job];
    pthread_mutex_lock(&queue->lock);
    bool open = !queue->closed;
    parcel->next = NULL;
    parcel->bytes = parcel->arena.used;
    *(of->last ? &of->last->next : &of->first) = parcel;
    of->last = parcel;
    of->outstanding++;
    queue->bytes += parcel->bytes;
    parcel->next_task = NULL;
    *(queue->last_task ? &queue->last_task->next_task : &queue->first_task) = parcel;
    queue->last_task = parcel;
    queue->task_count++;
    pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
    return open;
}

static bool must_wait(const struct queue *queue, size_t job)
{
    if (queue->closed || queue->bytes < queue->limit)
        return false;
    return job != queue->written || queue->jobs[job].outstanding >= PARCELS_OF_THE_FIRST;
}

struct parcel *queue_wait(struct queue *queue, size_t job)
{
    struct parcel *parcel = NULL;
    pthread_mutex_lock(&queue->lock);
    if (!queue->closed && queue->task_count > 2 * queue->workers)
        parcel = next_task(queue);
    while (!parcel && must_wait(queue, job)) {
        parcel = next_task(queue);
        if (!parcel)
            pthread_cond_wait(&queue->work, &queue->lock);
    }
    pthread_mutex_unlock(&queue->lock);
    return parcel;
}

void queue_analysed(struct queue *queue, struct parcel *parcel)
{
    pthread_mutex_lock(&queue->lock);
    queue->bytes += parcel->arena.used - parcel->bytes;
    parcel->bytes = parcel->arena.used;
    parcel->analysed = true;
    pthread_cond_signal(&queue->ready);
    pthread_mutex_unlock(&queue->lock);
}

void queue_read(struct queue *queue, size_t job)
{
    pthread_mutex_lock(&queue->lock);
    queue->jobs[job].read = true;
    pass_read_pages(queue);
    pthread_cond_signal(&queue->ready);
    pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
}

static void wait_a_little(struct queue *queue)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += POLL_NS;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&queue->ready, &queue->lock, &until);
}

enum status queue_take(struct queue *queue, const volatile sig_atomic_t *stop,
                       struct parcel **parcel, struct error *error)
{
    enum status status = STATUS_OK;
    *parcel = NULL;
    pthread_mutex_lock(&queue->lock);
    struct job *job = &queue->jobs[queue->written];
    while (!queue->failed && !(stop && *stop) && !(job->first ? job->first->analysed : job->read))
        wait_a_little(queue);
    if (queue->failed) {
        status = error_set(error, queue->failed, "%s", queue->failure.message);
    } else if (stop && *stop) {
        status = error_set(error, STATUS_STOPPED, "interrupted");
    } else if (job->first) {
        *parcel = job->first;
        job->first = job->first->next;
        if (!job->first)
            job->last = NULL;
    }
    pthread_mutex_unlock(&queue->lock);
    return status;
}

void queue_free_parcel(struct queue *queue, struct parcel *parcel)
{
    pthread_mutex_lock(&queue->lock);
    queue->bytes -= parcel->bytes;
    queue->jobs[queue->written].outstanding--;
    pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
    free_parcel(parcel);
}

void queue_written(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->written++;
    pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->work);
    pthread_cond_broadcast(&queue->ready);
    pthread_mutex_unlock(&queue->lock);
}

void queue_fail(struct queue *queue, enum status status, const struct error *error)
{
    pthread_mutex_lock(&queue->lock);
    if (!queue->failed) {
        queue->failed = status;
        queue->failure = *error;
    }
    pthread_cond_broadcast(&queue->ready);
    pthread_mutex_unlock(&queue->lock);
}
