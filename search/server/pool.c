/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GRACE_MS 1000 /* a search that is over stops sooner */

struct worker {
    struct pool *pool;
    pthread_t thread;
    struct searcher *searcher;
    unsigned generation; /* of the index as it was opened */
    bool healthy;
    struct task *task; /* that runs */
};

struct pool {
    struct pool_options options;
    char *index;
    pthread_mutex_t mutex; /* guards all below and the states of tasks */
    pthread_cond_t work;
    struct task *first, **end;
    size_t queued, running;
    unsigned generation;
    bool stopping;
    struct worker *workers;
    size_t started;
};

long long clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- a thread ---- */

static enum task_interest interest(const struct task *task)
{
    return (enum task_interest)atomic_load_explicit(&task->interest, memory_order_relaxed);
}

/* With the mutex held: where the first waiting task of that interest, or of more or less, hangs. */
static struct task **find_waiting(struct pool *pool, enum task_interest from, enum task_interest to)
{
    struct task **link = &pool->first;
    while (*link && (interest(*link) < from || interest(*link) > to))
        link = &(*link)->next;
    return *link ? link : NULL;
}

/* With the mutex held. */
static struct task *take(struct pool *pool, struct task **link)
{
    struct task *task = *link;
    *link = task->next;
    if (!task->next)
        pool->end = link;
    pool->queued--;
    return task;
}

static bool others_wait(struct pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    bool wait = find_waiting(pool, TASK_WANTED, TASK_WANTED) != NULL;
    pthread_mutex_unlock(&pool->mutex);
    return wait;
}

static bool is_over(void *context)
{
    const struct worker *worker = context;
    const struct task *task = worker->task;
    enum task_interest now = interest(task);
    return now == TASK_UNWANTED || clock_ms() >= task->deadline_ms ||
           (now == TASK_DOUBTFUL && others_wait(worker->pool));
}

static bool reload(struct worker *worker)
{
    struct searcher *fresh = NULL;
    if (searcher_open_shards(worker->pool->index, &worker->pool->options.shards, &fresh, NULL))
        return false;
    searcher_free(worker->searcher);
    worker->searcher = fresh;
    return true;
}

/* With the mutex held: the next task, NULL when the pool stops. */
static struct task *next_task(struct pool *pool, struct worker *worker)
{
    while (!pool->first && !pool->stopping)
        pthread_cond_wait(&pool->work, &pool->mutex);
    if (!pool->first || pool->stopping)
        return NULL;
    struct task **wanted = find_waiting(pool, TASK_WANTED, TASK_WANTED);
    struct task *task = take(pool, wanted ? wanted : &pool->first);
    pool->running++;
    task->state = TASK_RUNNING;
    worker->task = task;
    return task;
}

static void run_task(struct pool *pool, struct worker *worker, struct task *task)
{
    unsigned generation = pool->generation;
    pthread_mutex_unlock(&pool->mutex);
    bool healthy = generation == worker->generation || reload(worker);
    searcher_watch(worker->searcher, is_over, worker);
    task->run(task, worker->searcher);
    searcher_watch(worker->searcher, NULL, NULL);
    pthread_mutex_lock(&pool->mutex);
    worker->healthy = healthy;
    worker->generation = healthy ? generation : worker->generation;
    worker->task = NULL;
    pool->running--;
    bool late = task->state == TASK_LATE;
    task->state = late ? TASK_LATE : TASK_DONE;
    pthread_mutex_unlock(&pool->mutex);
    if (late)
        task->free(task);
    else
        task->wake(task, false);
    pthread_mutex_lock(&pool->mutex);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct pool *pool = worker->pool;
    struct task *task;
    pthread_mutex_lock(&pool->mutex);
    while ((task = next_task(pool, worker)))
        run_task(pool, worker, task);
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* ---- the pool ---- */

static void pool_free(struct pool *pool)
{
    for (size_t i = 0; pool->workers && i < pool->options.threads; i++)
        searcher_free(pool->workers[i].searcher);
    pthread_mutex_destroy(&pool->mutex);
    pthread_cond_destroy(&pool->work);
    free(pool->workers);
    free(pool->index);
    free(pool);
}

static enum status start_worker(struct pool *pool, struct worker *worker, struct error *error)
{
    worker->pool = pool;
    worker->healthy = true;
    enum status status =
        searcher_open_shards(pool->index, &pool->options.shards, &worker->searcher, error);
    if (status)
        return status;
    if (pthread_create(&worker->thread, NULL, work, worker) != 0)
        return error_set(error, STATUS_IO, "cannot start a thread");
    pool->started++;
    return STATUS_OK;
}

enum status pool_start(const struct pool_options *options, struct pool **out, struct error *error)
{
    struct pool *pool = calloc(1, sizeof(*pool));
    if (!pool)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    pool->options = *options;
    pool->end = &pool->first;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->work, NULL);
    pool->index = strdup(options->index);
    pool->workers = calloc(options->threads, sizeof(*pool->workers));
    enum status status = STATUS_OK;
    if (!pool->index || !pool->workers)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < options->threads && !status; i++)
        status = start_worker(pool, &pool->workers[i], error);
    if (status)
        pool_stop(pool);
    else
        *out = pool;
    return status;
}

/* With the mutex held: the waiting tasks that `deadline` has passed leave the queue, late. */
static struct task *take_late(struct pool *pool, long long deadline)
{
    struct task *late = NULL, **link = &pool->first;
    while (*link) {
        struct task *task = *link;
        if (task->deadline_ms > deadline) {
            link = &task->next;
            continue;
        }
        take(pool, link);
        task->state = TASK_LATE;
        task->next = late;
        late = task;
    }
    return late;
}

/* Nobody else knows the task: it is woken, answered without it, and freed. */
static void wake_late(struct task *late)
{
    while (late) {
        struct task *next = late->next;
        late->wake(late, true);
        late->free(late);
        late = next;
    }
}

/* With the mutex held: the running tasks that `deadline` has passed are late. */
static void let_go(struct pool *pool, long long deadline)
{
    for (size_t i = 0; i < pool->started; i++) {
        struct task *task = pool->workers[i].task;
        if (task && task->state == TASK_RUNNING && task->deadline_ms <= deadline) {
            atomic_store(&task->interest, TASK_UNWANTED);
            task->state = TASK_LATE;
            task->wake(task, true); /* under the mutex: the thread may free it right after */
        }
    }
}

void pool_expire(struct pool *pool)
{
    long long now = clock_ms();
    pthread_mutex_lock(&pool->mutex);
    struct task *late = take_late(pool, now);
    let_go(pool, now - GRACE_MS);
    pthread_mutex_unlock(&pool->mutex);
    wake_late(late);
}

void pool_stop(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->stopping = true;
    long long all = clock_ms() + pool->options.time_ms;
    struct task *late = take_late(pool, all);
    let_go(pool, all);
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
    wake_late(late);
    for (size_t i = 0; i < pool->started; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pool_free(pool);
}

/* With the mutex held: whether one more can wait, when *link, if it is not NULL, is taken out. */
static bool find_room(struct pool *pool, struct task ***link)
{
    bool full = pool->queued >= pool->options.queue;
    *link = full ? find_waiting(pool, TASK_DOUBTFUL, TASK_UNWANTED) : NULL;
    return !pool->stopping && (!full || *link);
}

bool pool_has_room(struct pool *pool)
{
    struct task **link;
    pthread_mutex_lock(&pool->mutex);
    bool room = find_room(pool, &link);
    pthread_mutex_unlock(&pool->mutex);
    return room;
}

bool pool_submit(struct pool *pool, struct task *task)
{
    struct task **link, *late = NULL;
    task->deadline_ms = clock_ms() + pool->options.time_ms;
    pthread_mutex_lock(&pool->mutex);
    bool room = find_room(pool, &link);
    if (room && link) {
        late = take(pool, link);
        late->state = TASK_LATE;
        late->next = NULL;
    }
    if (room) {
        task->state = TASK_QUEUED;
        task->next = NULL;
        *pool->end = task;
        pool->end = &task->next;
        pool->queued++;
        pthread_cond_signal(&pool->work);
    }
    pthread_mutex_unlock(&pool->mutex);
    wake_late(late);
    return room;
}

void pool_reload(struct pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->generation++;
    pthread_mutex_unlock(&pool->mutex);
}

struct pool_state pool_state(struct pool *pool)
{
    struct pool_state state = { .healthy = true };
    pthread_mutex_lock(&pool->mutex);
    state.running = pool->running;
    state.queued = pool->queued;
    for (size_t i = 0; i < pool->started; i++)
        state.healthy = state.healthy && pool->workers[i].healthy;
    pthread_mutex_unlock(&pool->mutex);
    return state;
}
