/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledger's bytes travel with the commits of the index, and records can be had again. */
#include "tests/index/fixture.h"

#include "indexer/analysis/collection.h"

static struct index_writer *writer;

static void assert_ledger(const char *expected)
{
    CLEANUP(buffer_release) struct buffer mine = BUFFER_INIT;
    ck_assert_int_eq(index_writer_ledger(writer, &mine, &error), STATUS_OK);
    ck_assert_str_eq(mine.data ? mine.data : "", expected);
}

static void assert_committed(const char *expected)
{
    CLEANUP(buffer_release) struct buffer seen = BUFFER_INIT;
    ck_assert_msg(index_ledger(path, &seen, &error) == STATUS_OK, "%s", error.message);
    ck_assert_str_eq(seen.data ? seen.data : "", expected);
}

static void append(const char *bytes)
{
    ck_assert_int_eq(index_writer_ledger_append(writer, text_of(bytes), &error), STATUS_OK);
}

START_TEST(it_grows_and_is_replaced_with_the_commits)
{
    writer = opened();
    assert_ledger("");
    append("one ");
    append("two ");
    assert_ledger("one two ");
    assert_committed("");
    commit(writer);
    assert_committed("one two ");
    append("three");
    assert_committed("one two ");
    commit(writer);
    assert_committed("one two three");

    ck_assert_int_eq(index_writer_ledger_replace(writer, TEXT("new"), &error), STATUS_OK);
    assert_committed("one two three");
    assert_ledger("new");
    append(" more");
    commit(writer);
    assert_committed("new more");
    index_writer_free(writer);
}
END_TEST

START_TEST(what_was_not_committed_is_not_there_later)
{
    writer = opened();
    append("kept");
    commit(writer);
    append(" lost");
    index_writer_free(writer);
    assert_committed("kept");
    writer = opened();
    assert_ledger("kept");
    index_writer_free(writer);
}
END_TEST

static void put_four(const char *text) /* some for either of two shards */
{
    for (int i = 0; i < 4; i++)
        put(writer, arena_printf(&arena, "/%d.txt", i).data, 1, text);
}

START_TEST(a_commit_that_one_shard_cannot_make_is_made_by_none)
{
    ck_assert_msg(!collection_create(path, 2, &error), "%s", error.message);
    writer = opened();
    append("known ");
    put_four("one");
    commit(writer);
    assert_committed("known ");

    append("four");
    put_four("two");
    ck_assert_int_eq(rename(in_folder("index/shard-2"), in_folder("away")), 0);
    ck_assert_int_ne(index_writer_commit(writer, &error), STATUS_OK);
    ck_assert_int_eq(rename(in_folder("away"), in_folder("index/shard-2")), 0);
    index_writer_free(writer);
    assert_committed("known ");

    writer = opened();
    append("again");
    put_four("two");
    commit(writer);
    assert_committed("known again");
    index_writer_free(writer);
}
END_TEST

START_TEST(it_may_be_long_and_hold_any_bytes)
{
    CLEANUP(buffer_release) struct buffer long_one = BUFFER_INIT, seen = BUFFER_INIT;
    for (int i = 0; i < 3000000; i++)
        buffer_append_byte(&long_one, (char)(i * 31 + i / 256));
    writer = opened();
    append("head");
    ck_assert_int_eq(index_writer_ledger_append(writer, buffer_text(&long_one), &error), STATUS_OK);
    commit(writer);
    index_writer_free(writer);
    ck_assert_int_eq(index_ledger(path, &seen, &error), STATUS_OK);
    ck_assert_uint_eq(seen.length, long_one.length + 4);
    ck_assert_int_eq(memcmp(seen.data + 4, long_one.data, long_one.length), 0);
}
END_TEST

START_TEST(of_no_index_there_is_none)
{
    CLEANUP(buffer_release) struct buffer seen = BUFFER_INIT;
    ck_assert_int_eq(index_ledger(path, &seen, &error), STATUS_NOT_FOUND);
}
END_TEST

static enum status note_record(void *context, struct text record, struct error *detail)
{
    struct passage_record passage;
    struct reply_record reply;
    if (passage_record_decode(record, &passage, detail) == STATUS_OK)
        buffer_printf(context, "%u,", passage.ordinal);
    else if (reply_record_decode(record, &reply, detail) == STATUS_OK)
        buffer_printf(context, "%.*s:", TEXT_ARG(reply.id));
    return STATUS_OK;
}

static void assert_records(const char *id, const char *expected)
{
    CLEANUP(buffer_release) struct buffer found = BUFFER_INIT;
    ck_assert_int_eq(index_writer_records(writer, text_of(id), note_record, &found, &error),
                     STATUS_OK);
    ck_assert_str_eq(found.data, expected);
}

START_TEST(the_records_of_a_reply_come_in_their_order)
{
    writer = opened();
    put(writer, "/a.txt", 3, "one");
    put(writer, "/b.txt", 1, "one");
    assert_records("/a.txt", "/a.txt:0,1,2,"); /* before the commit too */
    commit(writer);
    put(writer, "/a.txt", 5, "two");
    commit(writer);
    assert_records("/a.txt", "/a.txt:0,1,2,3,4,");
    ck_assert_int_eq(
        index_writer_records(writer, TEXT("/none.txt"), note_record, NULL, &error),
        STATUS_NOT_FOUND);
    index_writer_free(writer);
}
END_TEST

RUN_SUITE("index_ledger", before, after, it_grows_and_is_replaced_with_the_commits,
          what_was_not_committed_is_not_there_later,
          a_commit_that_one_shard_cannot_make_is_made_by_none, it_may_be_long_and_hold_any_bytes,
          of_no_index_there_is_none, the_records_of_a_reply_come_in_their_order)
