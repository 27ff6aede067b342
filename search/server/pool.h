/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads that search, each with a searcher of its own, behind a bounded queue with deadlines. The
 * thread that talks to clients submits tasks and never waits: each task wakes it once, when it is
 * done or late. The searcher of a task that has run out of time is told to stop, and does so soon
 * (searcher_watch): then the task is done, early. Should it be busy with what cannot be stopped,
 * opening the index, its client does not wait for it: it is late, and runs to its end unseen.
 *
 * A task whose client sends no more may have nobody to read its answer, or one who only said that
 * there are no other requests: nothing tells these apart until an answer is sent. It is done as long
 * as no other task has to wait for that. */
#ifndef DAFU_SEARCH_SERVER_POOL_H
#define DAFU_SEARCH_SERVER_POOL_H

#include <stdatomic.h>

#include "search/searcher/searcher.h"

enum task_interest { TASK_WANTED, TASK_DOUBTFUL, TASK_UNWANTED };
enum task_state { TASK_QUEUED, TASK_RUNNING, TASK_DONE, TASK_LATE };

struct task { /* first member of what the pool's user submits */
    void (*run)(struct task *task, struct searcher *searcher); /* in a thread of the pool */
    void (*wake)(struct task *task, bool late); /* once, from any thread. Done: the task is its
                                                 * owner's again. Late: the pool frees it soon */
    void (*free)(struct task *task);
    long long deadline_ms; /* CLOCK_MONOTONIC */
    atomic_int interest;   /* enum task_interest, set by anyone: it only sinks */
    enum task_state state; /* the pool's */
    struct task *next;     /* the pool's */
};

struct pool_options {
    const char *index;
    size_t threads, queue; /* at least 1 each */
    long long time_ms;     /* per task, waiting included */
    struct shard_options shards;
};

struct pool_state {
    size_t running, queued;
    bool healthy; /* the last search of every thread could open the index */
};

struct pool;

/* Opens the index once per thread; STATUS_* of searcher_open, or STATUS_IO without threads. */
enum status pool_start(const struct pool_options *options, struct pool **out, struct error *error);

/* Tasks that wait or run become late. NULL is accepted. */
void pool_stop(struct pool *pool);

/* Takes the task in, if need be in the place of a doubtful one, which is late then; false, and the
 * task stays the caller's, when the queue is full or the pool stops. A caller that is the only one to submit may ask first. */
bool pool_has_room(struct pool *pool);
bool pool_submit(struct pool *pool, struct task *task);

/* Lets tasks whose time is over be late. To be called several times a second. */
void pool_expire(struct pool *pool);

/* Every thread opens the index anew before its next task; one that cannot keeps what it has. */
void pool_reload(struct pool *pool);

struct pool_state pool_state(struct pool *pool);
long long clock_ms(void); /* CLOCK_MONOTONIC */

#endif
