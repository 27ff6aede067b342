/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledger: what was put comes back, from memory and from its bytes; damage is recognised. */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger.h"

static struct ledger_entry entry_of(const char *path)
{
    struct ledger_entry entry = { .path = text_of(path) };
    entry.state = LEDGER_READ;
    entry.stamp = (struct file_stamp) { 123456789012, -5, 42, true };
    entry.digest = (struct file_digest) { 0x0123456789ABCDEF, UINT64_MAX };
    entry.reader = 7;
    entry.replies = 3;
    entry.passages = 99;
    return entry;
}

static void put(struct ledger *ledger, const struct ledger_entry *entry)
{
    ck_assert_msg(ledger_put(ledger, entry, &error) == STATUS_OK, "%s", error.message);
}

/* The ledger as another program finds it. */
static void reload(struct ledger *ledger)
{
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, buffer_text(&ledger->pending));
    ledger_release(ledger);
    ck_assert_msg(ledger_load(ledger, &bytes, &error) == STATUS_OK, "%s", error.message);
}

START_TEST(everything_that_is_known_of_a_file_comes_back)
{
    CLEANUP(ledger_release) struct ledger ledger;
    ledger_init(&ledger);
    struct ledger_problem problems[] = { { STATUS_INVALID, TEXT("line 3: no \"text\"") } };
    struct ledger_attachment attachments[] = { { TEXT("/in/b.pdf"), { 5, 6, 7, true } } };
    struct ledger_reply listed[] = {
        { TEXT("/in/page.html"), TEXT("/in/page.html"), { .number = 9, .usable = true }, TEXT("") },
        { TEXT("/in/page.html#2"), TEXT("/in/page.html"), { .rank = 4 }, TEXT("declared-id") },
    };
    for (uint32_t i = 0; i < SKETCH_BANDS; i++)
        listed[0].sketch.bands[i] = UINT32_MAX - i;
    struct ledger_entry entry = entry_of("/in/page.html");
    entry.via = TEXT("/link/page.html");
    entry.left_out = 30;
    entry.problems = problems;
    entry.attachments = attachments;
    entry.listed = listed;
    entry.problem_count = entry.attachment_count = 1;
    entry.listed_count = 2;
    put(&ledger, &entry);
    for (int times = 0; times < 2; times++) {
        struct ledger_entry back;
        size_t row = ledger_find(&ledger, TEXT("/in/page.html"));
        ck_assert_uint_ne(row, LEDGER_NONE);
        ck_assert_int_eq(ledger_decode(&ledger, row, &arena, &back, &error), STATUS_OK);
        ck_assert(text_equal(back.via, entry.via));
        ck_assert(file_stamp_equal(&back.stamp, &entry.stamp));
        ck_assert_int_eq(back.stamp.modified_ns, -5);
        ck_assert_uint_eq(back.stamp.device, 42);
        ck_assert(back.digest.low == entry.digest.low && back.digest.high == entry.digest.high);
        ck_assert_uint_eq(back.reader, 7);
        ck_assert_uint_eq(back.replies, 3);
        ck_assert_uint_eq(back.passages, 99);
        ck_assert_uint_eq(back.left_out, 30);
        ck_assert_int_eq(back.problems[0].reason, STATUS_INVALID);
        ck_assert(text_equal(back.problems[0].line, problems[0].line));
        ck_assert(text_equal(back.attachments[0].path, attachments[0].path));
        ck_assert_uint_eq(back.attachments[0].stamp.size, 5);
        ck_assert_uint_eq(back.listed_count, 2);
        ck_assert(text_equal(back.listed[0].id, listed[0].id));
        ck_assert_int_eq(memcmp(&back.listed[0].sketch.bands, &listed[0].sketch.bands,
                                sizeof(listed[0].sketch.bands)),
                         0);
        ck_assert(back.listed[0].sketch.usable && back.listed[0].sketch.number == 9);
        ck_assert(text_equal(back.listed[1].id, listed[1].id));
        ck_assert(text_equal(back.listed[1].twin_of, TEXT("declared-id")));
        ck_assert_uint_eq(back.listed[1].sketch.rank, 4);
        reload(&ledger);
    }
}
END_TEST

START_TEST(the_last_word_about_a_file_counts)
{
    CLEANUP(ledger_release) struct ledger ledger;
    ledger_init(&ledger);
    for (int i = 0; i < 3000; i++) {
        struct ledger_entry entry = entry_of(arena_printf(&arena, "/in/%d.txt", i % 1000).data);
        entry.passages = (unsigned long)i;
        put(&ledger, &entry);
    }
    ck_assert_uint_eq(ledger.count, 1000);
    size_t gone = ledger_find(&ledger, TEXT("/in/5.txt"));
    ck_assert_int_eq(ledger_forget(&ledger, gone, &error), STATUS_OK);
    reload(&ledger);
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/in/5.txt")), LEDGER_NONE);
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/in/1000.txt")), LEDGER_NONE);
    struct ledger_entry back;
    size_t row = ledger_find(&ledger, TEXT("/in/999.txt"));
    ck_assert_int_eq(ledger_decode(&ledger, row, &arena, &back, &error), STATUS_OK);
    ck_assert_uint_eq(back.passages, 2999);
    struct ledger_entry again = entry_of("/in/5.txt");
    put(&ledger, &again);
    ck_assert_uint_ne(ledger_find(&ledger, TEXT("/in/5.txt")), LEDGER_NONE);
}
END_TEST

START_TEST(cut_or_changed_bytes_never_lead_astray)
{
    CLEANUP(ledger_release) struct ledger ledger;
    ledger_init(&ledger);
    struct ledger_reply listed[] = { { TEXT("/a.txt"), TEXT("/a.txt"), { .rank = 0 }, TEXT("/b.txt") } };
    struct ledger_entry entry = entry_of("/a.txt");
    entry.listed = listed;
    entry.listed_count = 1;
    put(&ledger, &entry);
    struct buffer whole = ledger.pending;
    ledger.pending = BUFFER_INIT;
    for (size_t i = 1; i < whole.length; i++) {
        struct buffer part = BUFFER_INIT;
        buffer_append(&part, text_slice(buffer_text(&whole), 0, i));
        ck_assert_int_eq(ledger_load(&ledger, &part, &error), STATUS_CORRUPT);
        ck_assert_uint_eq(ledger.count, 0);
    }
    for (size_t i = 0; i < whole.length * 8; i++) {
        struct buffer changed = BUFFER_INIT;
        buffer_append(&changed, buffer_text(&whole));
        changed.data[i / 8] = (char)(changed.data[i / 8] ^ 1 << i % 8);
        enum status status = ledger_load(&ledger, &changed, &error);
        ck_assert(status == STATUS_OK || status == STATUS_CORRUPT);
    }
    buffer_release(&whole);
}
END_TEST

START_TEST(records_of_a_later_version_are_skipped)
{
    CLEANUP(ledger_release) struct ledger ledger;
    ledger_init(&ledger);
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, TEXT("Z\x03new"));
    ck_assert_int_eq(ledger_load(&ledger, &bytes, &error), STATUS_OK);
    ck_assert_uint_eq(ledger.count, 0);
}
END_TEST

START_TEST(a_young_file_is_not_trusted_by_its_time)
{
    struct stat what = { .st_size = 5, .st_mtim = { 1000, 0 }, .st_ctim = { 1000, 0 } };
    struct file_stamp young = file_stamp_of(&what, INT64_C(1001000000000));
    struct file_stamp old = file_stamp_of(&what, INT64_C(1003000000000));
    ck_assert(!young.settled && old.settled);
    ck_assert(!file_stamp_equal(&young, &old));
    ck_assert(file_stamp_equal(&old, &old));
}
END_TEST

RUN_SUITE("ledger", everything_that_is_known_of_a_file_comes_back,
          the_last_word_about_a_file_counts, cut_or_changed_bytes_never_lead_astray,
          records_of_a_later_version_are_skipped, a_young_file_is_not_trusted_by_its_time)
