/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a server sends of a document. */
#include "indexer/analysis/stored_copy.h"

#include "tests/analysis/suite.h"

static struct text longer_than_a_byte_tells(char letter)
{
    static char bytes[2][300];
    char *of = bytes[letter == 'b'];
    memset(of, letter, sizeof(bytes[0]));
    return (struct text) { of, sizeof(bytes[0]) };
}

static void check(const struct stored_copy *copy)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct stored_copy read;
    stored_copy_append(&out, copy);
    ck_assert(!buffer_status(&out, &error));
    ck_assert(stored_copy_read(buffer_text(&out), &read));
    ck_assert(text_equal(read.facets, copy->facets));
    ck_assert(text_equal(read.identity, copy->identity));
    ck_assert(text_equal(read.data, copy->data));
}

START_TEST(a_copy_is_read_as_it_was_written)
{
    const struct stored_copy ROWS[] = {
        { TEXT("facets"), TEXT("identity"), TEXT("data") },
        { TEXT(""), TEXT(""), TEXT("") },
        { TEXT(""), TEXT("i"), TEXT("") },
        { TEXT("\0\xff\x80"), TEXT("\0"), TEXT("\x03\0\0") },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++)
        check(&ROWS[i]);
    check(&(struct stored_copy) { longer_than_a_byte_tells('a'), longer_than_a_byte_tells('b'),
                                  TEXT("data") });
}
END_TEST

START_TEST(a_copy_that_is_cut_short_is_refused_or_only_its_data_are_shorter)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    const struct stored_copy copy = { TEXT("facets"), TEXT("identity"), TEXT("data") };
    stored_copy_append(&out, &copy);
    const size_t before_data = 1 + strlen("facets") + 1 + strlen("identity");
    for (size_t length = 0; length < out.length; length++) {
        struct stored_copy read = { TEXT("untouched"), TEXT(""), TEXT("") };
        bool good = stored_copy_read((struct text) { out.data, length }, &read);
        ck_assert_int_eq(good, length >= before_data);
        ck_assert(good ? text_equal(read.identity, TEXT("identity"))
                       : text_equal(read.facets, TEXT("untouched")));
    }
}
END_TEST

START_TEST(lengths_that_no_bytes_follow_are_refused)
{
    const struct text ROWS[] = {
        TEXT("\x05"
             "abc"),
        TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01x"),
        TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        TEXT("\x00\xff\xff\x03"),
    };
    struct stored_copy read;
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++)
        ck_assert(!stored_copy_read(ROWS[i], &read));
}
END_TEST

RUN_SUITE("stored_copy", NULL, NULL, a_copy_is_read_as_it_was_written,
          a_copy_that_is_cut_short_is_refused_or_only_its_data_are_shorter,
          lengths_that_no_bytes_follow_are_refused)
