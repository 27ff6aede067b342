/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is waited for comes at last; how long that takes is not asked. */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/watcher.h"

static struct watcher *watcher;

static void watch(const char *path)
{
    ck_assert_int_eq(watcher_open(&watcher, &error), STATUS_OK);
    ck_assert_msg(watcher_add(watcher, path, &error) == STATUS_OK, "%s", error.message);
}

static void watch_a_folder(void)
{
    write_file("in/old.txt", "甲");
    watch(at("in"));
}

/* Waits until the path is told of; the others are noted. */
static void assert_told(const char *path)
{
    for (bool told = false; !told;) {
        const char *const *paths;
        size_t count;
        ck_assert_msg(watcher_wait(watcher, NULL, &paths, &count, &error) == STATUS_OK, "%s",
                      error.message);
        for (size_t i = 0; i < count; i++) {
            if (strcmp(paths[i], path) == 0)
                told = true;
            else
                note(paths[i]);
        }
    }
}

START_TEST(a_file_is_told_of_when_it_comes_changes_and_goes)
{
    watch_a_folder();
    write_file("in/a.txt", "甲");
    assert_told(at("in/a.txt"));
    write_file("in/a.txt", "乙");
    assert_told(at("in/a.txt"));
    unlink(at("in/a.txt"));
    assert_told(at("in/a.txt"));
    assert_lines("");
    watcher_free(watcher);
}
END_TEST

START_TEST(what_no_reader_takes_is_not_told_of)
{
    watch_a_folder();
    write_file("in/.hidden.txt", "甲");
    write_file("in/a.o", "甲");
    write_file("in/a.txt", "甲");
    assert_told(at("in/a.txt"));
    assert_lines("");
    watcher_free(watcher);
}
END_TEST

START_TEST(folders_that_come_later_are_watched_too)
{
    watch_a_folder();
    write_file("in/new/deep/a.txt", "甲");
    assert_told(at("in/new"));
    write_file("in/new/deep/b.txt", "乙");
    assert_told(at("in/new/deep/b.txt"));
    watcher_free(watcher);
}
END_TEST

START_TEST(of_a_single_file_its_neighbours_do_not_count)
{
    write_file("in/a.odd", "甲");
    watch(at("in/a.odd"));
    write_file("in/b.txt", "甲");
    write_file("in/later", "乙");
    ck_assert_int_eq(rename(at("in/later"), at("in/a.odd")), 0);
    assert_told(at("in/a.odd"));
    assert_lines("");
    watcher_free(watcher);
}
END_TEST

START_TEST(a_watched_folder_that_goes_is_told_of)
{
    watch_a_folder();
    unlink(at("in/old.txt"));
    ck_assert_int_eq(rename(at("in"), at("elsewhere")), 0);
    assert_told(at("in"));
    watcher_free(watcher);
}
END_TEST

START_TEST(what_cannot_be_watched_is_told)
{
    CLEANUP(watcher_freep) struct watcher *other = NULL;
    ck_assert_int_eq(watcher_open(&other, &error), STATUS_OK);
    ck_assert_int_eq(watcher_add(other, at("none/a.txt"), &error), STATUS_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "cannot watch"));
}
END_TEST

START_TEST(a_signal_ends_the_waiting)
{
    const char *const *paths;
    size_t count;
    volatile sig_atomic_t stop = 1;
    watch(folder);
    ck_assert_int_eq(watcher_wait(watcher, &stop, &paths, &count, &error), STATUS_STOPPED);
    watcher_free(watcher);
}
END_TEST

RUN_SUITE("watcher", a_file_is_told_of_when_it_comes_changes_and_goes,
          what_no_reader_takes_is_not_told_of, folders_that_come_later_are_watched_too,
          of_a_single_file_its_neighbours_do_not_count, a_watched_folder_that_goes_is_told_of,
          what_cannot_be_watched_is_told, a_signal_ends_the_waiting)
