/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is found is written in lines: "kind path", in the order of reading, then "gone path". */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/changes.h"
#include "indexer/batch/file_state.h"

#define READER 5

static const char *const KINDS[] = { "new", "touched", "retry", "due" };
static struct ledger ledger;
static struct changes changes;

static void start(void)
{
    ledger_init(&ledger);
    changes_init(&changes);
    changes.reader = READER;
}

static void end(void)
{
    changes_release(&changes);
    ledger_release(&ledger);
}

static void tell(void *context, const char *line)
{
    note(line);
}

static struct file_stamp stamp_of(const char *path)
{
    struct stat file;
    ck_assert_int_eq(stat(path, &file), 0);
    struct file_stamp stamp = file_stamp_of(&file, now_ns());
    stamp.settled = true;
    return stamp;
}

/* The ledger knows the file as it is now; an attachment, of which page it is, or that page's
 * attachment. */
static void know(const char *name, enum ledger_state state, const char *other)
{
    struct ledger_attachment attachment = { 0 };
    struct ledger_entry entry = { .path = text_of(at(name)), .state = state, .reader = READER };
    entry.stamp = stamp_of(at(name));
    ck_assert_int_eq(file_digest(at(name), &entry.digest, &error), STATUS_OK);
    if (other) {
        attachment = (struct ledger_attachment) { text_of(at(other)), stamp_of(at(other)) };
        entry.attachments = &attachment;
        entry.attachment_count = 1;
    }
    ck_assert_int_eq(ledger_put(&ledger, &entry, &error), STATUS_OK);
}

static void find(const char *path)
{
    changes.tell = tell;
    ck_assert_msg(changes_find(&changes, &ledger, &path, 1, &error) == STATUS_OK, "%s",
                  error.message);
    for (size_t i = 0; i < changes.count; i++)
        buffer_printf(&lines, "%s %s\n", KINDS[changes.items[i].kind], changes.items[i].path);
    for (size_t i = 0; i < changes.gone_count; i++)
        buffer_printf(&lines, "gone %.*s\n", TEXT_ARG(ledger.files[changes.gone[i]].path));
}

START_TEST(new_changed_and_gone_files_are_told_apart)
{
    start();
    write_file("in/changed.txt", "甲");
    write_file("in/gone.txt", "甲");
    write_file("in/same.txt", "甲");
    know("in/changed.txt", LEDGER_READ, NULL);
    know("in/gone.txt", LEDGER_READ, NULL);
    know("in/same.txt", LEDGER_READ, NULL);
    write_file("in/changed.txt", "甲乙");
    write_file("in/new.txt", "丙");
    unlink(at("in/gone.txt"));
    find(at("in"));
    assert_lines("touched $/in/changed.txt\nnew $/in/new.txt\ngone $/in/gone.txt\n");
    ck_assert_uint_eq(changes.files, 3);
    ck_assert_uint_eq(changes.unchanged, 1);
    ck_assert_uint_eq(changes.bytes, strlen("甲乙") + strlen("丙"));
    end();
}
END_TEST

START_TEST(what_is_gone_may_be_kept)
{
    start();
    write_file("in/gone.txt", "甲");
    know("in/gone.txt", LEDGER_READ, NULL);
    unlink(at("in/gone.txt"));
    changes.keep_gone = true;
    find(at("in"));
    assert_lines("");
    end();
}
END_TEST

START_TEST(only_what_lies_below_the_path_is_gone)
{
    start();
    write_file("in/a.txt", "甲");
    write_file("inside/b.txt", "甲");
    know("in/a.txt", LEDGER_READ, NULL);
    know("inside/b.txt", LEDGER_READ, NULL);
    unlink(at("in/a.txt"));
    unlink(at("inside/b.txt"));
    find(at("in"));
    assert_lines("gone $/in/a.txt\n");
    end();
}
END_TEST

START_TEST(a_file_that_failed_waits_for_another_reader_or_a_wish)
{
    start();
    write_file("in/a.txt", "甲");
    know("in/a.txt", LEDGER_FAILED, NULL);
    find(at("in"));
    assert_lines("");
    ck_assert_uint_eq(changes.failed_before, 1);
    changes_release(&changes);
    changes_init(&changes);
    changes.reader = READER;
    changes.retry_failed = true;
    find(at("in"));
    assert_lines("retry $/in/a.txt\n");
    changes_release(&changes);
    changes_init(&changes);
    changes.reader = READER + 1;
    find(at("in"));
    assert_lines("retry $/in/a.txt\n");
    end();
}
END_TEST

START_TEST(another_reader_reads_again_only_what_failed_unless_asked)
{
    start();
    write_file("in/a.txt", "甲");
    know("in/a.txt", LEDGER_READ, NULL);
    changes.reader = READER + 1;
    find(at("in"));
    assert_lines("");
    changes_release(&changes);
    changes_init(&changes);
    changes.reader = READER + 1;
    changes.reread = true;
    find(at("in"));
    assert_lines("retry $/in/a.txt\n");
    end();
}
END_TEST

static void write_page(void)
{
    write_file("in/page.html", "<p>甲");
    write_file("in/a.docx", "甲");
    know("in/page.html", LEDGER_READ, "in/a.docx");
    know("in/a.docx", LEDGER_ATTACHED, "in/page.html");
}

START_TEST(a_page_and_its_attachment_rest_together)
{
    start();
    write_page();
    find(at("in"));
    assert_lines("");
    ck_assert_uint_eq(changes.unchanged, 2);
    end();
}
END_TEST

START_TEST(a_page_is_due_when_its_attachment_has_changed_and_comes_before_it)
{
    start();
    write_page();
    write_file("in/a.docx", "甲乙");
    find(at("in"));
    assert_lines("due $/in/page.html\ntouched $/in/a.docx\n");
    end();
}
END_TEST

START_TEST(a_page_is_due_when_its_attachment_is_gone)
{
    start();
    write_page();
    unlink(at("in/a.docx"));
    find(at("in"));
    assert_lines("due $/in/page.html\ngone $/in/a.docx\n");
    end();
}
END_TEST

START_TEST(an_attachment_stands_for_itself_when_its_page_is_gone)
{
    start();
    write_page();
    unlink(at("in/page.html"));
    find(at("in"));
    assert_lines("due $/in/a.docx\ngone $/in/page.html\n");
    end();
}
END_TEST

START_TEST(a_path_without_anything_is_read_to_tell_why)
{
    start();
    find(at("none.txt"));
    assert_lines("new $/none.txt\n");
    ck_assert(changes.items[0].missing);
    end();
}
END_TEST

START_TEST(a_signal_ends_the_looking)
{
    volatile sig_atomic_t stop = 1;
    const char *path = folder;
    start();
    write_file("a.txt", "甲");
    changes.stop = &stop;
    ck_assert_int_eq(changes_find(&changes, &ledger, &path, 1, &error), STATUS_STOPPED);
    end();
}
END_TEST

START_TEST(below_a_folder_is_not_beside_it)
{
    ck_assert(changes_lies_in(TEXT("/a/b"), TEXT("/a")));
    ck_assert(changes_lies_in(TEXT("/a"), TEXT("/a")));
    ck_assert(changes_lies_in(TEXT("/a"), TEXT("/")));
    ck_assert(!changes_lies_in(TEXT("/ab"), TEXT("/a")));
    ck_assert(!changes_lies_in(TEXT("/"), TEXT("/a")));
}
END_TEST

RUN_SUITE("changes", new_changed_and_gone_files_are_told_apart, what_is_gone_may_be_kept,
          only_what_lies_below_the_path_is_gone,
          a_file_that_failed_waits_for_another_reader_or_a_wish,
          another_reader_reads_again_only_what_failed_unless_asked,
          a_page_and_its_attachment_rest_together,
          a_page_is_due_when_its_attachment_has_changed_and_comes_before_it,
          a_page_is_due_when_its_attachment_is_gone,
          an_attachment_stands_for_itself_when_its_page_is_gone,
          a_path_without_anything_is_read_to_tell_why, a_signal_ends_the_looking,
          below_a_folder_is_not_beside_it)
