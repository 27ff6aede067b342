/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writer: what is stored, what becomes visible and when, and what it does not touch. */
#include "tests/index/fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "indexer/base/file.h"

/* ---- putting, replacing, removing --------------------------------------------------------- */

START_TEST(a_new_index_is_empty_and_whole)
{
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "0/0");
}
END_TEST

START_TEST(the_folders_above_an_index_are_made)
{
    snprintf(path, sizeof(path), "%.4000s/a/b/c", folder);
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "0/0");
}
END_TEST

START_TEST(a_reply_put_twice_is_there_once)
{
    struct index_writer *writer = opened();
    ck_assert(!put(writer, "/a.txt", 3, "one"));
    ck_assert(put(writer, "/a.txt", 3, "two"));
    commit(writer);
    ck_assert(put(writer, "/a.txt", 3, "three"));
    commit(writer);
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "1/3");
}
END_TEST

START_TEST(a_replacement_may_be_longer_or_shorter)
{
    struct index_writer *writer = opened();
    put(writer, "/before.txt", 2, "other");
    put(writer, "/a.txt", 3, "one");
    put(writer, "/behind.txt", 2, "other");
    const struct {
        uint32_t passages;
        const char *counts;
    } rows[] = { { 7, "3/11" }, { 1, "3/5" }, { 0, "3/4" }, { 4, "3/8" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert(put(writer, "/a.txt", rows[i].passages, "two"));
        commit(writer);
        ck_assert_str_eq(checked(), rows[i].counts);
    }
    index_writer_free(writer);
}
END_TEST

START_TEST(ids_that_begin_alike_are_different_replies)
{
    struct index_writer *writer = opened();
    put(writer, "a", 1, "w");
    put(writer, "ab", 2, "w");
    put(writer, "b", 3, "w");
    ck_assert_int_eq(index_writer_remove(writer, TEXT("a"), &error), STATUS_OK);
    commit(writer);
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "2/5");
}
END_TEST

START_TEST(a_reply_has_an_id)
{
    struct index_writer *writer = opened();
    struct index_entries entries = entries_of("", 1, "w");
    bool replaced;
    ck_assert_int_eq(index_writer_put(writer, &entries, &replaced, &error), STATUS_INVALID);
    index_writer_free(writer);
}
END_TEST

START_TEST(an_id_may_be_of_any_length)
{
    char id[5000], other[5000];
    memset(id, 'x', sizeof(id) - 1);
    id[sizeof(id) - 1] = '\0';
    memcpy(other, id, sizeof(id));
    other[sizeof(other) - 2] = 'y';
    struct index_writer *writer = opened();
    ck_assert(!put(writer, id, 2, "w"));
    ck_assert(!put(writer, other, 2, "w"));
    ck_assert(put(writer, id, 2, "w"));
    commit(writer);
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "2/4");
}
END_TEST

START_TEST(a_removed_reply_is_gone_with_its_passages)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 3, "one");
    put(writer, "/b.txt", 4, "one");
    commit(writer);
    ck_assert_int_eq(index_writer_remove(writer, TEXT("/a.txt"), &error), STATUS_OK);
    ck_assert_int_eq(index_writer_remove(writer, TEXT("/a.txt"), &error), STATUS_NOT_FOUND);
    commit(writer);
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "1/4");
}
END_TEST

START_TEST(counting_sees_what_is_not_committed_yet)
{
    struct index_writer *writer = opened();
    struct index_counts counts;
    put(writer, "/a.txt", 3, "one");
    ck_assert_int_eq(index_writer_counts(writer, &counts, &error), STATUS_OK);
    ck_assert_uint_eq(counts.replies, 1);
    ck_assert_uint_eq(counts.passages, 3);
    index_writer_free(writer);
}
END_TEST

START_TEST(a_term_too_long_for_xapian_is_refused_and_nothing_else_is_lost)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 1, "one");
    char word[300];
    memset(word, 'x', sizeof(word));
    struct index_entries entries = entries_of("/b.txt", 2, "w");
    entries.entries[2].terms[1].term = text_of_bytes(word, sizeof(word));
    bool replaced;
    ck_assert_int_eq(index_writer_put(writer, &entries, &replaced, &error), STATUS_INVALID);
    commit(writer);
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "1/1");
}
END_TEST

/* ---- what becomes visible, and when ------------------------------------------------------- */

START_TEST(nothing_is_visible_before_the_commit)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 3, "one");
    ck_assert_str_eq(checked(), "0/0");
    commit(writer);
    put(writer, "/b.txt", 3, "one");
    ck_assert_str_eq(checked(), "1/3");
    index_writer_free(writer);
}
END_TEST

START_TEST(closing_commits_nothing)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 3, "one");
    commit(writer);
    put(writer, "/a.txt", 5, "two");
    put(writer, "/b.txt", 5, "two");
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "1/3");
}
END_TEST

/* More than one chunk of the segment builder. */
START_TEST(not_even_a_very_long_reply_is_visible_in_part)
{
    struct index_writer *writer = opened();
    put(writer, "/long.txt", 12000, "one");
    ck_assert_str_eq(checked(), "0/0");
    put(writer, "/long.txt", 11000, "two");
    ck_assert_str_eq(checked(), "0/0");
    commit(writer);
    ck_assert_str_eq(checked(), "1/11000");
    put(writer, "/long.txt", 2, "three");
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "1/11000");
}
END_TEST

/* Puts and commits replies of ten passages for ever, and says so after each commit. */
static void write_until_killed(int pipe_end)
{
    struct index_writer *writer = opened();
    for (unsigned i = 0;; i++) {
        arena_clear(&arena);
        char id[32];
        snprintf(id, sizeof(id), "/%u.txt", i / 2); /* each is replaced once */
        put(writer, id, 10, i % 2 ? "one" : "two");
        if (i % 7 == 0)
            commit(writer);
        if (i % 7 == 0 && write(pipe_end, "c", 1) != 1)
            _exit(1);
    }
}

START_TEST(after_a_kill_there_are_whole_replies_only)
{
    index_writer_free(opened());
    for (unsigned round = 0; round < 8; round++) {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0)
            write_until_killed(ends[1]);
        char byte;
        for (unsigned i = 0; i < 3; i++)
            ck_assert_int_eq(read(ends[0], &byte, 1), 1);
        usleep(1000 + round * 1700);
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, NULL, 0), child);
        close(ends[0]);
        close(ends[1]);

        const char *counts = checked(); /* every reply has its ten passages */
        unsigned replies = 0, passages = 0;
        ck_assert_int_eq(sscanf(counts, "%u/%u", &replies, &passages), 2);
        ck_assert_uint_ge(replies, 8);
        ck_assert_uint_eq(passages, replies * 10);
    }
}
END_TEST

/* ---- what is at the path ------------------------------------------------------------------ */

START_TEST(a_second_writer_is_turned_away)
{
    struct index_writer *writer = opened();
    assert_open_fails(true, STATUS_LOCKED, "is being written by another program");
    put(writer, "/a.txt", 1, "one");
    commit(writer);
    index_writer_free(writer);
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "1/1");
}
END_TEST

START_TEST(a_missing_index_is_made_only_when_asked)
{
    assert_open_fails(false, STATUS_NOT_FOUND, "no index at");
    ck_assert_int_eq(access(path, F_OK), -1);
}
END_TEST

START_TEST(an_empty_folder_becomes_an_index)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    assert_open_fails(false, STATUS_NOT_FOUND, "no index at");
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "0/0");
}
END_TEST

START_TEST(a_folder_with_something_else_in_it_is_not_touched)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    write_file(in_folder("index/letter.txt"), "text");
    assert_open_fails(true, STATUS_CORRUPT, "not a dafu index");
    DIR *listing = opendir(path);
    unsigned count = 0;
    while (readdir(listing))
        count++;
    closedir(listing);
    ck_assert_uint_eq(count, 3); /* ".", ".." and the letter */
}
END_TEST

START_TEST(a_file_is_not_an_index)
{
    write_file(path, "text");
    assert_open_fails(true, STATUS_CORRUPT, "not a dafu index");
}
END_TEST

START_TEST(a_folder_with_the_right_name_and_no_database_is_not_touched)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    ck_assert_int_eq(mkdir(in_folder("index/passages"), 0755), 0);
    assert_open_fails(true, STATUS_CORRUPT, "has no database");
}
END_TEST

START_TEST(an_index_that_was_not_finished_is_begun_again)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    ck_assert_int_eq(mkdir(in_folder("index/passages.new"), 0755), 0);
    write_file(in_folder("index/passages.new/postlist.glass"), "half of something");
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "0/0");
}
END_TEST

START_TEST(an_index_of_format_1_is_to_be_brought_over)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    ck_assert_int_eq(mkdir(in_folder("index/passages"), 0755), 0);
    write_file(in_folder("index/passages/iamglass"), "of Xapian");
    assert_open_fails(true, STATUS_MISMATCH, "dafu-index reindex");
}
END_TEST

/* ---- segments ------------------------------------------------------------------------------ */

static unsigned count_entries(const char *prefix)
{
    DIR *listing = opendir(path);
    unsigned count = 0;
    for (struct dirent *entry; (entry = readdir(listing));)
        count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
    closedir(listing);
    return count;
}

START_TEST(many_small_commits_leave_few_segments)
{
    struct index_writer *writer = opened();
    for (unsigned i = 0; i < 50; i++) {
        put(writer, arena_printf(&arena, "/%u.txt", i).data, 10, "one");
        commit(writer);
    }
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "50/500");
    ck_assert_uint_le(count_entries("segment-"), 8);
    ck_assert_uint_eq(count_entries("head-"), 1);
}
END_TEST

START_TEST(compacting_leaves_one_segment_and_nothing_that_is_dead)
{
    struct index_writer *writer = opened();
    for (unsigned i = 0; i < 6; i++) {
        put(writer, "/a.txt", i + 1, "one");
        put(writer, arena_printf(&arena, "/%u.txt", i).data, 2, "two");
        commit(writer);
    }
    ck_assert_int_eq(index_writer_remove(writer, TEXT("/3.txt"), &error), STATUS_OK);
    ck_assert_int_eq(index_writer_compact(writer, &error), STATUS_OK);
    ck_assert_uint_eq(count_entries("segment-"), 1);
    ck_assert_str_eq(checked(), "6/16");
    ck_assert(put(writer, "/a.txt", 1, "three"));
    ck_assert(!put(writer, "/3.txt", 1, "three"));
    commit(writer);
    ck_assert_str_eq(checked(), "7/12");
    index_writer_free(writer);
}
END_TEST

START_TEST(what_is_dead_does_not_stay_for_ever)
{
    struct index_writer *writer = opened();
    for (unsigned i = 0; i < 40; i++) {
        put(writer, "/a.txt", 100, "one");
        put(writer, "/b.txt", 100, "two");
        commit(writer);
    }
    index_writer_free(writer);
    ck_assert_str_eq(checked(), "2/200");
    ck_assert_uint_le(count_entries("segment-"), 3);
}
END_TEST

START_TEST(an_index_without_replies_has_no_segments)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 5, "one");
    commit(writer);
    ck_assert_int_eq(index_writer_remove(writer, TEXT("/a.txt"), &error), STATUS_OK);
    commit(writer);
    index_writer_free(writer);
    ck_assert_uint_eq(count_entries("segment-"), 0);
    ck_assert_str_eq(checked(), "0/0");
}
END_TEST

START_TEST(what_a_killed_run_left_is_cleared_away)
{
    struct index_writer *writer = opened();
    put(writer, "/a.txt", 5, "one");
    commit(writer);
    index_writer_free(writer);
    ck_assert_int_eq(mkdir(in_folder("index/build-99"), 0755), 0);
    write_file(in_folder("index/build-99/half"), "of something");
    ck_assert_int_eq(mkdir(in_folder("index/segment-000099"), 0755), 0);
    index_writer_free(opened());
    ck_assert_uint_eq(count_entries("build-"), 0);
    ck_assert_uint_eq(count_entries("segment-"), 1);
    ck_assert_str_eq(checked(), "1/5");
}
END_TEST

START_TEST(an_index_that_was_killed_before_its_first_commit_is_begun_again)
{
    ck_assert_int_eq(mkdir(path, 0755), 0);
    write_file(in_folder("index/" FILE_BESIDE "4711-0"), "the list that was to be renamed");
    index_writer_free(opened());
    ck_assert_str_eq(checked(), "0/0");
    index_writer_free(opened());
    ck_assert_uint_eq(count_entries(FILE_BESIDE), 0);
}
END_TEST

START_TEST(another_lexicon_is_a_mismatch)
{
    index_writer_free(opened());
    struct index_writer *writer = NULL;
    ck_assert_int_eq(index_writer_open(path, "fedcba9876543210", true, &writer, &error),
                     STATUS_MISMATCH);
    ck_assert_ptr_nonnull(strstr(error.message, "build it anew"));
    struct index_counts counts;
    ck_assert_int_eq(index_check(path, "fedcba9876543210", ignore_line, NULL, &counts, &error),
                     STATUS_MISMATCH);
}
END_TEST

RUN_SUITE("index_writer", before, after, a_new_index_is_empty_and_whole,
          the_folders_above_an_index_are_made, a_reply_put_twice_is_there_once,
          a_replacement_may_be_longer_or_shorter, ids_that_begin_alike_are_different_replies,
          a_reply_has_an_id, an_id_may_be_of_any_length, a_removed_reply_is_gone_with_its_passages,
          counting_sees_what_is_not_committed_yet,
          a_term_too_long_for_xapian_is_refused_and_nothing_else_is_lost,
          nothing_is_visible_before_the_commit, closing_commits_nothing,
          not_even_a_very_long_reply_is_visible_in_part, after_a_kill_there_are_whole_replies_only,
          a_second_writer_is_turned_away, a_missing_index_is_made_only_when_asked,
          an_empty_folder_becomes_an_index, a_folder_with_something_else_in_it_is_not_touched,
          a_file_is_not_an_index, a_folder_with_the_right_name_and_no_database_is_not_touched,
          an_index_that_was_not_finished_is_begun_again,
          an_index_that_was_killed_before_its_first_commit_is_begun_again, an_index_of_format_1_is_to_be_brought_over,
          many_small_commits_leave_few_segments,
          compacting_leaves_one_segment_and_nothing_that_is_dead,
          what_is_dead_does_not_stay_for_ever, an_index_without_replies_has_no_segments,
          what_a_killed_run_left_is_cleared_away, another_lexicon_is_a_mismatch)
