/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parcels are told apart by their text_bytes. */
#include "tests/batch/fixture.h"

#include <stdatomic.h>

#include "indexer/batch/queue.h"

static struct job jobs[2 * QUEUE_WINDOW];
static struct queue queue;

static void begin(size_t count, size_t limit)
{
    memset(jobs, 0, sizeof(jobs));
    for (size_t i = 0; i < count; i++)
        jobs[i].page = true;
    queue_init(&queue, 2, limit);
    queue_begin(&queue, jobs, count);
}

static struct parcel *new_parcel(size_t name)
{
    struct parcel *parcel = calloc(1, sizeof(*parcel));
    ck_assert_ptr_nonnull(parcel);
    arena_init(&parcel->arena, 0);
    ck_assert_ptr_nonnull(arena_alloc(&parcel->arena, 100));
    parcel->text_bytes = name;
    return parcel;
}

static struct task assert_task(enum task_kind kind, size_t name)
{
    struct task task = queue_task(&queue);
    ck_assert_int_eq(task.kind, kind);
    ck_assert_uint_eq(task.parcel ? task.parcel->text_bytes : task.job, name);
    return task;
}

/* 0: the job is at its end. */
static void assert_taken(size_t name)
{
    struct parcel *parcel;
    ck_assert_msg(queue_take(&queue, NULL, &parcel, &error) == STATUS_OK, "%s", error.message);
    ck_assert_uint_eq(parcel ? parcel->text_bytes : 0, name);
    if (parcel)
        queue_free_parcel(&queue, parcel);
    else
        queue_written(&queue);
}

START_TEST(what_is_analysed_early_is_written_in_its_turn)
{
    begin(2, SIZE_MAX);
    assert_task(TASK_READ, 0);
    assert_task(TASK_READ, 1);
    ck_assert(queue_put(&queue, 1, new_parcel(21)));
    queue_read(&queue, 1);
    queue_analysed(&queue, assert_task(TASK_ANALYSE, 21).parcel);
    ck_assert(queue_put(&queue, 0, new_parcel(11)));
    ck_assert(queue_put(&queue, 0, new_parcel(12)));
    queue_read(&queue, 0);
    struct task first = assert_task(TASK_ANALYSE, 11), second = assert_task(TASK_ANALYSE, 12);
    queue_analysed(&queue, second.parcel);
    queue_analysed(&queue, first.parcel);
    size_t order[] = { 11, 12, 0, 21, 0 };
    for (size_t i = 0; i < 5; i++)
        assert_taken(order[i]);
    ck_assert_uint_eq(queue.bytes, 0);
    queue_release(&queue);
}
END_TEST

START_TEST(what_is_read_is_analysed_before_more_is_read)
{
    begin(2, SIZE_MAX);
    assert_task(TASK_READ, 0);
    ck_assert(queue_put(&queue, 0, new_parcel(11)));
    queue_analysed(&queue, assert_task(TASK_ANALYSE, 11).parcel);
    assert_task(TASK_READ, 1);
    queue_release(&queue);
}
END_TEST

static atomic_bool page_is_read;

static void *read_next(void *context)
{
    struct task *task = context;
    *task = queue_task(&queue);
    ck_assert(atomic_load(&page_is_read));
    return NULL;
}

START_TEST(a_file_beside_a_page_waits_until_that_is_read)
{
    pthread_t thread;
    struct task task;
    begin(2, SIZE_MAX);
    jobs[1].page = false;
    assert_task(TASK_READ, 0);
    atomic_store(&page_is_read, false);
    ck_assert_int_eq(pthread_create(&thread, NULL, read_next, &task), 0);
    usleep(20000); /* it could go wrong here; it cannot fail by chance */
    atomic_store(&page_is_read, true);
    queue_read(&queue, 0);
    pthread_join(thread, NULL);
    ck_assert_int_eq(task.kind, TASK_READ);
    ck_assert_uint_eq(task.job, 1);
    queue_release(&queue);
}
END_TEST

START_TEST(one_who_would_wait_for_memory_analyses_instead)
{
    begin(2, 1);
    assert_task(TASK_READ, 0);
    ck_assert(queue_put(&queue, 0, new_parcel(11)));
    ck_assert_ptr_null(queue_wait(&queue, 0)); /* the writer waits for this one: two are allowed */
    ck_assert(queue_put(&queue, 0, new_parcel(12)));
    struct parcel *parcel = queue_wait(&queue, 0);
    ck_assert_uint_eq(parcel->text_bytes, 11);
    queue_analysed(&queue, parcel);
    assert_taken(11); /* which makes room */
    ck_assert_ptr_null(queue_wait(&queue, 0));
    queue_release(&queue);
}
END_TEST

START_TEST(the_first_failure_of_a_worker_is_the_writers)
{
    struct parcel *parcel;
    struct error first, second;
    begin(1, SIZE_MAX);
    error_set(&first, STATUS_IO, "the first");
    error_set(&second, STATUS_NO_MEMORY, "the second");
    queue_fail(&queue, STATUS_IO, &first);
    queue_fail(&queue, STATUS_NO_MEMORY, &second);
    ck_assert_int_eq(queue_take(&queue, NULL, &parcel, &error), STATUS_IO);
    ck_assert_str_eq(error.message, "the first");
    queue_release(&queue);
}
END_TEST

START_TEST(a_signal_ends_the_waiting_of_the_writer)
{
    struct parcel *parcel;
    volatile sig_atomic_t stop = 1;
    begin(1, SIZE_MAX);
    ck_assert_int_eq(queue_take(&queue, &stop, &parcel, &error), STATUS_STOPPED);
    queue_release(&queue);
}
END_TEST

START_TEST(a_closed_queue_gives_nothing_and_drops_what_it_had)
{
    begin(2, 1);
    assert_task(TASK_READ, 0);
    ck_assert(queue_put(&queue, 0, new_parcel(11)));
    queue_close(&queue);
    ck_assert_int_eq(queue_task(&queue).kind, TASK_END);
    ck_assert_ptr_null(queue_wait(&queue, 0));
    ck_assert(!queue_put(&queue, 0, new_parcel(12)));
    queue_release(&queue);
}
END_TEST

static void *work(void *context)
{
    for (;;) {
        struct task task = queue_task(&queue);
        if (task.kind == TASK_END)
            return NULL;
        if (task.kind == TASK_ANALYSE) {
            queue_analysed(&queue, task.parcel);
            continue;
        }
        for (size_t part = 1; part <= 3; part++) {
            for (struct parcel *other; (other = queue_wait(&queue, task.job));)
                queue_analysed(&queue, other);
            queue_put(&queue, task.job, new_parcel(task.job * 10 + part));
        }
        queue_read(&queue, task.job);
    }
}

START_TEST(many_threads_and_little_memory_change_nothing)
{
    pthread_t threads[4];
    size_t count = QUEUE_WINDOW + 100;
    begin(count, 2000);
    for (size_t i = 0; i < count; i++)
        jobs[i].page = i % 3 == 0;
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, NULL), 0);
    for (size_t job = 0; job < count; job++) {
        for (size_t part = 1; part <= 3; part++)
            assert_taken(job * 10 + part);
        assert_taken(0);
    }
    ck_assert_uint_eq(queue.bytes, 0);
    queue_close(&queue);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    queue_release(&queue);
}
END_TEST

RUN_SUITE("queue", what_is_analysed_early_is_written_in_its_turn,
          what_is_read_is_analysed_before_more_is_read,
          a_file_beside_a_page_waits_until_that_is_read,
          one_who_would_wait_for_memory_analyses_instead,
          the_first_failure_of_a_worker_is_the_writers, a_signal_ends_the_waiting_of_the_writer,
          a_closed_queue_gives_nothing_and_drops_what_it_had,
          many_threads_and_little_memory_change_nothing)
