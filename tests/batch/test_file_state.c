/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/batch/fixture.h"

#include "indexer/batch/file_state.h"

static struct file_digest digest_of(const char *path)
{
    struct file_digest digest = { 0, 0 };
    ck_assert_msg(file_digest(path, &digest, &error) == STATUS_OK, "%s", error.message);
    return digest;
}

static bool same(const char *left, const char *right)
{
    struct file_digest a = digest_of(left), b = digest_of(right);
    return file_digest_equal(&a, &b);
}

/* `length` bytes 'a', but for the last. */
static const char *write_long(const char *name, size_t length, char last)
{
    char *content = arena_alloc(&arena, length + 1);
    memset(content, 'a', length);
    content[length - 1] = last;
    content[length] = '\0';
    return write_file(name, content);
}

START_TEST(the_content_alone_decides)
{
    ck_assert(same(write_file("a", "甲乙"), write_file("in/other.txt", "甲乙")));
    ck_assert(!same(at("a"), write_file("b", "甲丙")));
    ck_assert(!same(at("a"), write_file("empty", "")));
}
END_TEST

START_TEST(the_last_byte_of_a_long_file_counts)
{
    size_t chunk = (size_t)256 << 10;
    ck_assert(!same(write_long("a", chunk, 'a'), write_long("b", chunk, 'b')));
    ck_assert(!same(at("a"), write_long("c", chunk + 1, 'a')));
    ck_assert(!same(write_long("d", 3 * chunk + 7, 'a'), write_long("e", 3 * chunk + 7, 'b')));
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused_without_waiting)
{
    struct file_digest digest = { 1, 2 };
    ck_assert_int_eq(file_digest(at("nothing"), &digest, &error), STATUS_NOT_FOUND);
    ck_assert_int_eq(file_digest(folder, &digest, &error), STATUS_INVALID);
    ck_assert_int_eq(mkfifo(at("pipe"), 0666), 0);
    ck_assert_int_eq(file_digest(at("pipe"), &digest, &error), STATUS_INVALID);
    ck_assert_str_eq(error.message, "not a regular file");
    ck_assert_uint_eq(digest.low, 1); /* untouched */
}
END_TEST

START_TEST(reading_pictures_is_another_way_of_reading)
{
    ck_assert_uint_eq(reader_version(false), reader_version(false));
    ck_assert_uint_ne(reader_version(false), reader_version(true));
}
END_TEST

RUN_SUITE("file_state", the_content_alone_decides, the_last_byte_of_a_long_file_counts,
          what_is_no_regular_file_is_refused_without_waiting,
          reading_pictures_is_another_way_of_reading)
