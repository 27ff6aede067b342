/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the place of a reply is written, and found again when it is gone. */
#include "tests/batch/fixture.h"

#include "indexer/batch/source.h"

#define assert_source(path, expected)                                                              \
    do {                                                                                           \
        struct text text = source_text(TEXT(path), &arena);                                        \
        ck_assert_msg(text_equal(text, TEXT(expected)), "%.*s", TEXT_ARG(text));                   \
    } while (0)

START_TEST(an_ordinary_path_is_written_as_it_is)
{
    assert_source("/答复/2026年.txt", "/答复/2026年.txt");
    assert_source("/a b\\c", "/a b\\c");
    assert_source("", "");
}
END_TEST

START_TEST(what_is_no_text_is_written_in_digits)
{
    assert_source("/a\nb", "/a\\x0Ab");
    assert_source("/a\xFF\xFE.txt", "/a\\xFF\\xFE.txt");
    assert_source("/\xE5\x8F.txt", "/\\xE5\\x8F.txt");
    assert_source("/\xC2\x85", "/\\xC2\\x85"); /* U+0085, a line end to many programs */
}
END_TEST

START_TEST(no_two_paths_become_one)
{
    assert_source("/a\\x0Ab", "/a\\x5Cx0Ab");
}
END_TEST

static void assert_resolved(const char *path, const char *expected)
{
    char *resolved = source_resolve(path);
    note(resolved ? resolved : "nothing");
    free(resolved);
    assert_lines(expected);
}

START_TEST(what_is_there_is_resolved)
{
    write_file("a/b.txt", "");
    ck_assert_int_eq(symlink("a", at("link")), 0);
    assert_resolved(at("link/b.txt"), "$/a/b.txt\n");
    assert_resolved(at("a/../a/"), "$/a\n");
}
END_TEST

START_TEST(what_is_gone_keeps_its_name)
{
    write_file("a/b.txt", "");
    ck_assert_int_eq(symlink("a", at("link")), 0);
    assert_resolved(at("link/gone.txt"), "$/a/gone.txt\n");
    assert_resolved(at("link/gone/c/d.txt"), "$/a/gone/c/d.txt\n");
    assert_resolved(at("gone/"), "$/gone\n");
    assert_resolved("/dafu-nowhere", "/dafu-nowhere\n");
    ck_assert_int_eq(chdir(at("a")), 0);
    assert_resolved("gone.txt", "$/a/gone.txt\n");
    assert_resolved("gone/c.txt", "$/a/gone/c.txt\n");
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(a_member_is_found_behind_its_archive)
{
    write_file("a.zip", "");
    ck_assert_int_eq(symlink("a.zip", at("link.zip")), 0);
    assert_resolved(at("link.zip!/x/y.txt"), "$/a.zip!/x/y.txt\n");
    assert_resolved(at("gone.zip!/y.txt"), "$/gone.zip!/y.txt\n");
    write_file("odd!/y.txt", "");
    assert_resolved(at("odd!/y.txt"), "$/odd!/y.txt\n");
}
END_TEST

START_TEST(an_empty_path_is_nothing)
{
    assert_resolved("", "nothing\n");
}
END_TEST

RUN_SUITE("source", an_ordinary_path_is_written_as_it_is, what_is_no_text_is_written_in_digits,
          no_two_paths_become_one, what_is_there_is_resolved, what_is_gone_keeps_its_name,
          a_member_is_found_behind_its_archive, an_empty_path_is_nothing)
