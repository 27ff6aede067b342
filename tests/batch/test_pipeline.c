/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the writer gets is written in lines. */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/pipeline.h"

#define FILES 40

static enum status begin(void *context, const struct job *job, struct error *failure)
{
    buffer_printf(&lines, "begin %s%s%s\n", job->path, job->missing ? " missing" : "",
                  job->same ? " same" : "");
    return STATUS_OK;
}

static enum status item(void *context, const struct job *job, const struct item *found,
                        struct arena *items, struct error *failure)
{
    if (!found->reply || found->reason)
        buffer_printf(&lines, "%s %.*s\n", status_name(found->reason), TEXT_ARG(found->line));
    else
        buffer_printf(&lines, "%.*s of %zu entries\n", TEXT_ARG(found->entries.reply_id),
                      found->entries.count);
    return STATUS_OK;
}

static enum status finish(void *context, const struct job *job, struct error *failure)
{
    note("end");
    return STATUS_OK;
}

static enum status refuse(void *context, const struct job *job, struct error *failure)
{
    return error_set(failure, STATUS_IO, "no room for it");
}

static const struct pipeline_sink SINK = { begin, item, finish, NULL };

static enum status run(size_t threads, size_t memory, struct job *jobs, size_t count,
                       const struct pipeline_sink *sink, const volatile sig_atomic_t *stop)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(pipeline_freep) struct pipeline *pipeline = NULL;
    ck_assert_msg(lexicon_open(NULL, &lexicon, &error) == STATUS_OK, "%s", error.message);
    ck_assert_int_eq(pipeline_new(lexicon, threads, memory, false, stop, &pipeline, &error),
                     STATUS_OK);
    return pipeline_run(pipeline, jobs, count, sink, &error);
}

static struct job job_of(const char *path)
{
    return (struct job) { .path = path, .real = path };
}

static void run_one(struct job job)
{
    enum status status = run(2, PIPELINE_MEMORY, &job, 1, &SINK, NULL);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
}

static const char *write_numbered(int number)
{
    char name[32], content[512];
    snprintf(name, sizeof(name), "%02d.jsonl", number);
    snprintf(content, sizeof(content),
             "{\"id\":\"%d-1\",\"text\":\"甲\"}\n{\"id\":\"%d-2\",\"text\":\"乙\"}\n", number,
             number);
    return write_file(name, content);
}

START_TEST(everything_comes_in_input_order_for_any_number_of_threads)
{
    struct buffer expected = BUFFER_INIT;
    const char *paths[FILES];
    for (int i = 0; i < FILES; i++) {
        paths[i] = write_numbered(i);
        buffer_printf(&expected, "begin $/%02d.jsonl\n%d-1 of 1 entries\n%d-2 of 1 entries\nend\n",
                      i, i, i);
    }
    const size_t threads[] = { 1, 2, 7 }, memory[] = { PIPELINE_MEMORY, 1, 1 };
    for (size_t i = 0; i < 3; i++) {
        struct job jobs[FILES];
        for (int j = 0; j < FILES; j++)
            jobs[j] = job_of(paths[j]);
        ck_assert_int_eq(run(threads[i], memory[i], jobs, FILES, &SINK, NULL), STATUS_OK);
        assert_lines(expected.data);
    }
    buffer_release(&expected);
}
END_TEST

START_TEST(what_is_wrong_stands_where_it_was_met)
{
    run_one(job_of(write_file("a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\n"
                                         "{\"id\":\"3\",\"text\":\"丙\"}\n")));
    const char *found = buffer_text(&lines).data;
    ck_assert(text_starts_with(buffer_text(&lines), TEXT("begin ")));
    const char *first = strstr(found, "1 of 1"), *told = strstr(found, status_name(STATUS_INVALID)),
               *third = strstr(found, "3 of 1");
    ck_assert(first && told && third && first < told && told < third);
}
END_TEST

START_TEST(a_reply_that_is_too_large_is_told_and_the_next_one_comes)
{
    struct buffer content = BUFFER_INIT;
    buffer_append(&content, TEXT("{\"id\":\"1\",\"text\":\""));
    for (size_t i = 0; i <= INDEX_ENTRY_TEXT_MAX / 30; i++)
        buffer_append(&content, TEXT("一二三四五六七八九十"));
    buffer_append(&content, TEXT("\"}\n{\"id\":\"2\",\"text\":\"乙\"}\n"));
    run_one(job_of(write_file("a.jsonl", content.data)));
    buffer_release(&content);
    assert_lines("begin $/a.jsonl\nlimit a reply with 8388630 bytes of text (the limit is "
                 "8388608)\n2 of 1 entries\nend\n");
}
END_TEST

START_TEST(what_is_not_there_is_told)
{
    run_one(job_of(at("none.jsonl")));
    ck_assert(text_starts_with(buffer_text(&lines),
                               text_of(arena_printf(&arena, "begin %s missing\n%s ",
                                                    at("none.jsonl"), status_name(STATUS_NOT_FOUND))
                                           .data)));
}
END_TEST

START_TEST(a_file_with_the_content_of_before_is_not_read)
{
    struct job job = job_of(write_numbered(1));
    ck_assert_int_eq(file_digest(job.path, &job.digest, &error), STATUS_OK);
    job.compare = true;
    run_one(job);
    assert_lines("begin $/01.jsonl same\nend\n");
    job.digest.low++;
    run_one(job);
    assert_lines("begin $/01.jsonl\n1-1 of 1 entries\n1-2 of 1 entries\nend\n");
}
END_TEST

START_TEST(bytes_may_stand_for_a_file)
{
    struct job job = job_of("name.jsonl");
    job.bytes = TEXT("{\"id\":\"1\",\"text\":\"甲\"}\n");
    run_one(job);
    assert_lines("begin name.jsonl\n1 of 1 entries\nend\n");
}
END_TEST

START_TEST(a_failure_of_the_writer_ends_the_run)
{
    struct job jobs[FILES];
    const struct pipeline_sink sink = { begin, item, refuse, NULL };
    for (int i = 0; i < FILES; i++)
        jobs[i] = job_of(write_numbered(i));
    ck_assert_int_eq(run(3, PIPELINE_MEMORY, jobs, FILES, &sink, NULL), STATUS_IO);
    ck_assert_str_eq(error.message, "no room for it");
    assert_lines("begin $/00.jsonl\n0-1 of 1 entries\n0-2 of 1 entries\n");
}
END_TEST

START_TEST(a_signal_ends_the_run)
{
    volatile sig_atomic_t stop = 1;
    struct job job = job_of(write_numbered(1));
    ck_assert_int_eq(run(2, PIPELINE_MEMORY, &job, 1, &SINK, &stop), STATUS_STOPPED);
    assert_lines("");
}
END_TEST

RUN_SUITE("pipeline", everything_comes_in_input_order_for_any_number_of_threads,
          what_is_wrong_stands_where_it_was_met,
          a_reply_that_is_too_large_is_told_and_the_next_one_comes, what_is_not_there_is_told,
          a_file_with_the_content_of_before_is_not_read, bytes_may_stand_for_a_file,
          a_failure_of_the_writer_ends_the_run, a_signal_ends_the_run)
