/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Damaged indexes: index_check notices, and writing to one fails in order. */
#include "tests/index/fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

static void count_line(void *context, const char *line)
{
    ++*(unsigned *)context;
    ck_assert_ptr_null(strchr(line, '\n'));
}

static void make_some_index(void)
{
    struct index_writer *writer = opened();
    for (unsigned i = 0; i < 200; i++) {
        char id[32], word[32];
        snprintf(id, sizeof(id), "/%u.txt", i);
        snprintf(word, sizeof(word), "word%u", i * 7919 % 50);
        put(writer, id, 10, word);
    }
    commit(writer);
    index_writer_free(writer);
}

static void assert_damage_is_noticed(void)
{
    unsigned lines = 0;
    struct index_counts counts;
    enum status status = index_check(path, FINGERPRINT, count_line, &lines, &counts, &error);
    ck_assert_msg(status == STATUS_CORRUPT, "%s: %s", status_name(status), error.message);
    ck_assert_uint_ge(lines, 1);
}

static void truncate_and_check(const char *name)
{
    make_some_index();
    const char *table = in_folder(arena_printf(&arena, "index/segment-000002/%s", name).data);
    struct stat before_damage;
    ck_assert_int_eq(stat(table, &before_damage), 0);
    ck_assert_int_eq(truncate(table, before_damage.st_size / 2), 0);
    assert_damage_is_noticed();
}

START_TEST(a_truncated_table_is_noticed)
{
    truncate_and_check("postlist.glass");
}
END_TEST

static void spoil_and_check(const char *name)
{
    make_some_index();
    const char *table = in_folder(arena_printf(&arena, "index/segment-000002/%s", name).data);
    int file = open(table, O_RDWR);
    ck_assert_int_ge(file, 0);
    struct stat size;
    ck_assert_int_eq(fstat(file, &size), 0);
    char garbage[8192];
    for (size_t i = 0; i < sizeof(garbage); i++)
        garbage[i] = (char)(i * 2654435761u >> 13);
    for (off_t at = 0; at < size.st_size; at += (off_t)sizeof(garbage))
        ck_assert_int_gt(pwrite(file, garbage, sizeof(garbage), at), 0);
    close(file);
    assert_damage_is_noticed();
    struct index_writer *writer = NULL;
    enum status status = index_writer_open(path, FINGERPRINT, true, &writer, &error);
    if (!status) {
        struct index_entries entries = entries_of("/7.txt", 3, "word");
        bool replaced;
        status = index_writer_put(writer, &entries, &replaced, &error);
        if (!status)
            status = index_writer_commit(writer, &error);
    }
    index_writer_free(writer);
    ck_assert_msg(status == STATUS_OK || status == STATUS_CORRUPT || status == STATUS_IO, "%s",
                  error.message);
}

START_TEST(garbage_in_a_table_is_noticed)
{
    spoil_and_check("postlist.glass");
}
END_TEST

START_TEST(garbage_in_the_head_is_noticed)
{
    make_some_index();
    const char *table = in_folder("index/head-000003/postlist.glass");
    int file = open(table, O_RDWR);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(pwrite(file, "garbage", 7, 100), 7);
    close(file);
    assert_open_fails(true, STATUS_CORRUPT, "is not what was written");
    assert_damage_is_noticed();
}
END_TEST

START_TEST(a_missing_table_is_damage)
{
    make_some_index();
    ck_assert_int_eq(unlink(in_folder("index/segment-000002/postlist.glass")), 0);
    assert_open_fails(true, STATUS_CORRUPT, "damaged index");
    assert_damage_is_noticed();
}
END_TEST

START_TEST(passages_that_disagree_with_their_reply_are_noticed)
{
    struct index_writer *writer = opened();
    struct index_entries entries = entries_of("/a.txt", 4, "one");
    entries.count = 3; /* the record says four */
    bool replaced;
    ck_assert_int_eq(index_writer_put(writer, &entries, &replaced, &error), STATUS_OK);
    entries = entries_of("/b.txt", 1, "one");
    entries.reply_id = TEXT("/other"); /* its record has another id */
    ck_assert_int_eq(index_writer_put(writer, &entries, &replaced, &error), STATUS_OK);
    entries = entries_of("/c.txt", 1, "one");
    entries.entries[1].record = TEXT("\xFF\xFF\xFF");
    ck_assert_int_eq(index_writer_put(writer, &entries, &replaced, &error), STATUS_OK);
    commit(writer);
    index_writer_free(writer);
    unsigned lines = 0;
    struct index_counts counts;
    ck_assert_int_eq(index_check(path, FINGERPRINT, count_line, &lines, &counts, &error),
                     STATUS_CORRUPT);
    ck_assert_uint_ge(lines, 3);
}
END_TEST

RUN_SUITE("index_check", before, after, a_truncated_table_is_noticed, garbage_in_a_table_is_noticed,
          garbage_in_the_head_is_noticed, a_missing_table_is_damage,
          passages_that_disagree_with_their_reply_are_noticed)
