/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Borrowed text: comparing, finding, trimming, splitting, reading numbers. */
#include "indexer/base/text.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/base/suite.h"

START_TEST(text_is_ordered_by_bytes_and_then_by_length)
{
    ck_assert_int_lt(text_compare(TEXT("a"), TEXT("b")), 0);
    ck_assert_int_gt(text_compare(TEXT("b"), TEXT("ab")), 0);
    ck_assert_int_lt(text_compare(TEXT("提案"), TEXT("提案人")), 0);
    ck_assert_int_gt(text_compare(TEXT("z"), TEXT("")), 0);
    ck_assert_int_eq(text_compare(TEXT("同"), TEXT("同")), 0);
    ck_assert_int_gt(text_compare(TEXT("\xE6"), TEXT("a")), 0); /* bytes are unsigned */
    ck_assert_int_eq(text_compare(text_of(NULL), TEXT("")), 0);
}
END_TEST

START_TEST(a_text_starts_and_ends_with_itself_and_with_nothing)
{
    struct text text = TEXT("关于教育的提案");
    ck_assert(text_starts_with(text, TEXT("关于")));
    ck_assert(text_ends_with(text, TEXT("提案")));
    ck_assert(text_starts_with(text, text));
    ck_assert(text_ends_with(text, text));
    ck_assert(text_starts_with(text, TEXT("")));
    ck_assert(text_ends_with(text_of(NULL), TEXT("")));
    ck_assert(!text_starts_with(TEXT("关"), text));
    ck_assert(!text_ends_with(TEXT("案"), text));
}
END_TEST

START_TEST(finding_gives_the_first_and_the_last_place)
{
    static const struct {
        const char *text;
        const char *needle;
        size_t first;
        size_t last;
    } rows[] = {
        { "abcabc", "abc", 0, 3 },
        { "aaaa", "aa", 0, 2 },
        { "答复提案答复", "答复", 0, 12 },
        { "abc", "c", 2, 2 },
        { "abc", "abc", 0, 0 },
        { "abc", "abcd", TEXT_NONE, TEXT_NONE },
        { "abc", "x", TEXT_NONE, TEXT_NONE },
        { "abab", "ba", 1, 1 },
        { "abx", "ab", 0, 0 },
        { "aab", "ac", TEXT_NONE, TEXT_NONE },
        { "abc", "", 0, 0 },
        { "", "", 0, 0 },
        { "", "a", TEXT_NONE, TEXT_NONE },
    };
    for (size_t i = 0; i < LENGTH_OF(rows); i++) {
        struct text text = text_of(rows[i].text);
        struct text needle = text_of(rows[i].needle);
        ck_assert_uint_eq(text_find(text, needle), rows[i].first);
        ck_assert_uint_eq(text_find_last(text, needle), rows[i].last);
        ck_assert(text_contains(text, needle) == (rows[i].first != TEXT_NONE));
    }
}
END_TEST

START_TEST(nothing_behind_the_end_is_found)
{
    struct text text = text_slice(TEXT("abcabd"), 0, 5);
    ck_assert_uint_eq(text_find(text, TEXT("abd")), TEXT_NONE);
    ck_assert_uint_eq(text_find_last(text, TEXT("abd")), TEXT_NONE);
    ck_assert_uint_eq(text_find(text_of(NULL), TEXT("a")), TEXT_NONE);
}
END_TEST

START_TEST(trimming_takes_every_kind_of_space)
{
    static const struct {
        const char *text;
        const char *trimmed;
    } rows[] = {
        { " \t\r\n\v\fword \n", "word" },
        { "　　您提出的　", "您提出的" },
        { "\u00A0a\u00A0b\u00A0", "a\u00A0b" },
        { "\uFEFF标题\u200B", "标题" },
        { "\u2003全角\u2009\u202F\u205F", "全角" },
        { "\u200D\u2060x\u2028\u2029", "x" },
        { " \u3000\uFEFF ", "" },
        { "", "" },
        { "word", "word" },
        { "、句。", "、句。" },
        { "\u0800x\u0800", "\u0800x\u0800" }, /* shares bytes with U+3000 */
    };
    for (size_t i = 0; i < LENGTH_OF(rows); i++)
        assert_text(text_trim(text_of(rows[i].text)), rows[i].trimmed);
    ck_assert_uint_eq(text_trim(text_of(NULL)).length, 0);
}
END_TEST

START_TEST(trimming_leaves_bytes_that_are_not_utf8)
{
    assert_text(text_trim(TEXT(" \x80\x80 ")), "\x80\x80");
    assert_text(text_trim(TEXT(" \xE3\x80")), "\xE3\x80");
    assert_text(text_trim(TEXT("\xE3\x80 ")), "\xE3\x80");
}
END_TEST

/* Writes the pieces with '|' between them. */
static const char *pieces_of(struct text text, struct text separator)
{
    static char line[200];
    size_t length = 0;
    struct text piece;
    line[0] = '\0';
    while (text_split(&text, separator, &piece))
        length += (size_t)snprintf(line + length, sizeof(line) - length, "%.*s|", TEXT_ARG(piece));
    ck_assert(!text_split(&text, separator, &piece));
    return line;
}

START_TEST(splitting_gives_one_piece_more_than_separators)
{
    ck_assert_str_eq(pieces_of(TEXT("a,b"), TEXT(",")), "a|b|");
    ck_assert_str_eq(pieces_of(TEXT("a,"), TEXT(",")), "a||");
    ck_assert_str_eq(pieces_of(TEXT(",a"), TEXT(",")), "|a|");
    ck_assert_str_eq(pieces_of(TEXT(","), TEXT(",")), "||");
    ck_assert_str_eq(pieces_of(TEXT(""), TEXT(",")), "|");
    ck_assert_str_eq(pieces_of(text_of(NULL), TEXT(",")), "|");
    ck_assert_str_eq(pieces_of(TEXT("教育局、财政局、"), TEXT("、")), "教育局|财政局||");
    ck_assert_str_eq(pieces_of(TEXT("aaa"), TEXT("aa")), "|a|");
    ck_assert_str_eq(pieces_of(TEXT("abc"), TEXT("")), "abc|");
}
END_TEST

START_TEST(after_the_last_piece_the_rest_is_empty)
{
    struct text rest = TEXT("key=a=b");
    struct text key;
    ck_assert(text_split(&rest, TEXT("="), &key));
    assert_text(key, "key");
    assert_text(rest, "a=b");

    rest = TEXT("key");
    ck_assert(text_split(&rest, TEXT("="), &key));
    ck_assert_uint_eq(rest.length, 0);
}
END_TEST

START_TEST(a_number_is_digits_only_and_fits)
{
    unsigned long long value;
    ck_assert(text_to_u64(TEXT("0"), &value) && value == 0);
    ck_assert(text_to_u64(TEXT("007"), &value) && value == 7);
    ck_assert(text_to_u64(TEXT("18446744073709551615"), &value) && value == ULLONG_MAX);

    static const char *const bad[] = {
        "",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "0x10",
        "１",
        "18446744073709551616",
        "99999999999999999999",
        "184467440737095516150",
    };
    value = 42;
    for (size_t i = 0; i < LENGTH_OF(bad); i++)
        ck_assert_msg(!text_to_u64(text_of(bad[i]), &value) && value == 42, "%s", bad[i]);
}
END_TEST

START_TEST(the_hash_is_the_published_one)
{
    /* Test vectors of the authors of FNV-1a. */
    ck_assert_uint_eq(text_hash(TEXT("")), UINT64_C(0xcbf29ce484222325));
    ck_assert_uint_eq(text_hash(TEXT("a")), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(text_hash(TEXT("foobar")), UINT64_C(0x85944171f73967e8));
}
END_TEST

RUN_SUITE("text", NULL, NULL, text_is_ordered_by_bytes_and_then_by_length,
          a_text_starts_and_ends_with_itself_and_with_nothing,
          finding_gives_the_first_and_the_last_place, nothing_behind_the_end_is_found,
          trimming_takes_every_kind_of_space, trimming_leaves_bytes_that_are_not_utf8,
          splitting_gives_one_piece_more_than_separators, after_the_last_piece_the_rest_is_empty,
          a_number_is_digits_only_and_fits, the_hash_is_the_published_one)
