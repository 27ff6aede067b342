/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledger of an index of format 1. */
#include "indexer/batch/ledger_upgrade.h"

#include "indexer/analysis/varint.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger.h"
#include "tests/base/suite.h"

static struct ledger ledger;
static struct error error;

static void before(void)
{
    ledger_init(&ledger);
}

static void after(void)
{
    ledger_release(&ledger);
}

static void put(struct buffer *out, char kind, const char *bytes, size_t length)
{
    buffer_append_byte(out, kind);
    varint_append(out, length);
    buffer_append(out, (struct text) { bytes, length });
}

/* The first fields as format 1 wrote them, then some of those that are passed over. */
static void put_file(struct buffer *out, const char *path, char state)
{
    CLEANUP(buffer_release) struct buffer fields = BUFFER_INIT;
    varint_append(&fields, strlen(path));
    buffer_append(&fields, text_of(path));
    varint_append(&fields, 0); /* no other way to it */
    buffer_append_byte(&fields, state);
    buffer_append(&fields, TEXT("and whatever there was"));
    put(out, 'F', fields.data, fields.length);
}

static void upgrade(struct text old)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    ck_assert(!ledger_of_format_1(old, &bytes, &error));
    ck_assert_msg(!ledger_load(&ledger, &bytes, &error), "%s", error.message);
}

START_TEST(files_that_gave_replies_are_known_and_look_changed)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer old = BUFFER_INIT;
    struct ledger_entry entry;
    arena_init(&arena, 0);
    put_file(&old, "/a/read.txt", LEDGER_READ);
    put_file(&old, "/a/failed.doc", LEDGER_FAILED);
    put_file(&old, "/a/attached.pdf", LEDGER_ATTACHED);
    put(&old, 'R', "{\"added\":1}", 11);
    upgrade(buffer_text(&old));
    size_t row = ledger_find(&ledger, TEXT("/a/read.txt"));
    ck_assert_uint_ne(row, LEDGER_NONE);
    ck_assert(!ledger_decode(&ledger, row, &arena, &entry, &error));
    ck_assert_int_eq(entry.state, LEDGER_READ);
    ck_assert(!entry.stamp.settled && entry.reader == 0);
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/a/failed.doc")), LEDGER_NONE);
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/a/attached.pdf")), LEDGER_NONE);
    assert_text(ledger.last_run, "{\"added\":1}");
}
END_TEST

START_TEST(what_was_forgotten_or_failed_later_stays_out)
{
    CLEANUP(buffer_release) struct buffer old = BUFFER_INIT;
    put_file(&old, "/a/gone.txt", LEDGER_READ);
    put_file(&old, "/a/fails-now.txt", LEDGER_READ);
    put(&old, 'G', "/a/gone.txt", 11);
    put_file(&old, "/a/fails-now.txt", LEDGER_FAILED);
    upgrade(buffer_text(&old));
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/a/gone.txt")), LEDGER_NONE);
    ck_assert_uint_eq(ledger_find(&ledger, TEXT("/a/fails-now.txt")), LEDGER_NONE);
}
END_TEST

START_TEST(a_damaged_ledger_is_read_as_far_as_it_goes)
{
    CLEANUP(buffer_release) struct buffer old = BUFFER_INIT;
    put_file(&old, "/a/one.txt", LEDGER_READ);
    put(&old, 'F', "\x7F", 1);
    put_file(&old, "/a/two.txt", LEDGER_READ);
    buffer_append(&old, TEXT("F\xFF\xFF\xFF\x7F"));
    upgrade(buffer_text(&old));
    ck_assert_uint_ne(ledger_find(&ledger, TEXT("/a/one.txt")), LEDGER_NONE);
    ck_assert_uint_ne(ledger_find(&ledger, TEXT("/a/two.txt")), LEDGER_NONE);
}
END_TEST

RUN_SUITE("ledger_upgrade", before, after, files_that_gave_replies_are_known_and_look_changed,
          what_was_forgotten_or_failed_later_stays_out, a_damaged_ledger_is_read_as_far_as_it_goes)
