/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8: every code point there and back, and every way to be wrong. */
#include "indexer/base/utf8.h"

#include <stdio.h>

#include "tests/base/suite.h"

START_TEST(every_code_point_goes_there_and_back)
{
    for (uint32_t codepoint = 0; codepoint <= 0x10FFFF; codepoint++) {
        if (codepoint == 0xD800)
            codepoint = 0xE000;
        char bytes[4];
        size_t length = utf8_encode(codepoint, bytes);
        size_t offset = 0;
        size_t valid_offset = 0;
        bool same = utf8_next(bytes, length, &offset) == codepoint &&
                    utf8_next_valid(bytes, &valid_offset) == codepoint && offset == length &&
                    valid_offset == length && utf8_length((unsigned char)bytes[0]) == length &&
                    utf8_find_invalid(text_of_bytes(bytes, length)) == TEXT_NONE;
        if (!same) /* an assertion for each would take seconds */
            ck_abort_msg("U+%04X", codepoint);
    }
}
END_TEST

START_TEST(what_is_no_code_point_is_written_as_the_replacement_character)
{
    static const uint32_t bad[] = { 0xD800, 0xDFFF, 0x110000, UTF8_INVALID };
    for (size_t i = 0; i < LENGTH_OF(bad); i++) {
        char bytes[4];
        ck_assert_uint_eq(utf8_encode(bad[i], bytes), 3);
        ck_assert_mem_eq(bytes, "\uFFFD", 3);
    }
}
END_TEST

/* Code points in hexadecimal, '?' for each maximal bad subpart. */
static const char *decoded(struct text text)
{
    static char line[200];
    size_t length = 0;
    line[0] = '\0';
    for (size_t offset = 0; offset < text.length;) {
        size_t before = offset;
        uint32_t codepoint = utf8_next(text.data, text.length, &offset);
        ck_assert(offset > before && offset <= text.length);
        const char *format = codepoint == UTF8_INVALID ? "? " : "%X ";
        length += (size_t)snprintf(line + length, sizeof(line) - length, format, codepoint);
    }
    return line;
}

START_TEST(a_bad_sequence_is_replaced_by_maximal_subparts)
{
    static const struct {
        struct text bytes;
        const char *decoded;
        size_t invalid; /* offset of the first bad byte */
    } rows[] = {
        /* The Unicode standard, tables 3-8 to 3-11. */
        { TEXT_INIT("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), "? ? ? ? ? ? ? ? 41 ", 0 },
        { TEXT_INIT("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), "? ? ? ? ? ? ? ? 41 ", 0 },
        { TEXT_INIT("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), "? ? ? ? ? 41 ? ? 42 ", 0 },
        { TEXT_INIT("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "? ? ? ? 41 ", 0 },
        /* Cut off at the end. */
        { TEXT_INIT("a\xE6\x8F"), "61 ? ", 1 },
        { TEXT_INIT("a\xF0\x9F\x98"), "61 ? ", 1 },
        { TEXT_INIT("a\xC3"), "61 ? ", 1 },
        { TEXT_INIT("a\xF0"), "61 ? ", 1 },
        /* The first byte of a sequence that begins before the old one has ended. */
        { TEXT_INIT("\xE6\x8F\xE6\x8F\x90"), "? 63D0 ", 0 },
        { TEXT_INIT("提abc案\xFF"), "63D0 61 62 63 6848 ? ", 9 },
        { TEXT_INIT("提\x80案"), "63D0 ? 6848 ", 3 },
        { TEXT_INIT("\xF5\x80\x80\x80"), "? ? ? ? ", 0 },
        { TEXT_INIT("\xC1\xBF"), "? ? ", 0 },
        /* The edges of what is right. */
        { TEXT_INIT("\xED\x9F\xBF\xEE\x80\x80"), "D7FF E000 ", TEXT_NONE },
        { TEXT_INIT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), "10000 10FFFF ", TEXT_NONE },
        { TEXT_INIT("\xE0\xA0\x80\xC2\x80"), "800 80 ", TEXT_NONE },
        { TEXT_INIT("a\0b"), "61 0 62 ", TEXT_NONE },
        { TEXT_INIT(""), "", TEXT_NONE },
    };
    for (size_t i = 0; i < LENGTH_OF(rows); i++) {
        ck_assert_str_eq(decoded(rows[i].bytes), rows[i].decoded);
        ck_assert_uint_eq(utf8_find_invalid(rows[i].bytes), rows[i].invalid);
    }
}
END_TEST

START_TEST(a_bad_byte_is_found_wherever_it_hides)
{
    char bytes[40];
    for (size_t length = 1; length <= sizeof(bytes); length++) {
        for (size_t bad = 0; bad < length; bad++) {
            memset(bytes, 'a', sizeof(bytes));
            bytes[bad] = (char)0xFF;
            ck_assert_uint_eq(utf8_find_invalid(text_of_bytes(bytes, length)), bad);
        }
        memset(bytes, 'a', sizeof(bytes));
        ck_assert_uint_eq(utf8_find_invalid(text_of_bytes(bytes, length)), TEXT_NONE);
    }
}
END_TEST

START_TEST(counting_and_advancing_go_by_code_points)
{
    struct text text = TEXT("a提𠀀é");
    ck_assert_uint_eq(utf8_count(text), 4);
    static const size_t offsets[] = { 0, 1, 4, 8, 10, 10 };
    for (size_t i = 0; i < LENGTH_OF(offsets); i++)
        ck_assert_uint_eq(utf8_advance(text, i), offsets[i]);
    ck_assert_uint_eq(utf8_advance(text, SIZE_MAX), 10);
    ck_assert_uint_eq(utf8_count(text_of(NULL)), 0);
    ck_assert_uint_eq(utf8_advance(text_of(NULL), 3), 0);
}
END_TEST

START_TEST(a_boundary_is_never_inside_a_code_point)
{
    struct text text = TEXT("a提𠀀");
    static const size_t boundaries[] = { 0, 1, 1, 1, 4, 4, 4, 4, 8, 8 };
    for (size_t i = 0; i < LENGTH_OF(boundaries); i++)
        ck_assert_uint_eq(utf8_boundary(text, i), boundaries[i]);
    ck_assert_uint_eq(utf8_boundary(text_of(NULL), 5), 0);
}
END_TEST

START_TEST(columns_are_what_a_terminal_shows)
{
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        { "abc", 3 },          { "提案", 4 }, { "（一）", 6 }, { "e\u0301", 1 }, { "\u200B", 0 },
        { "𠀀", 2 },           { "ｱ", 1 },    { "Ａ", 2 },     { "", 0 },        { "a\xFF提", 4 },
        { "第12号 答复", 11 },
    };
    for (size_t i = 0; i < LENGTH_OF(rows); i++)
        ck_assert_msg(utf8_columns(text_of(rows[i].text)) == rows[i].columns, "%s", rows[i].text);
}
END_TEST

START_TEST(han_is_ideographs_and_their_marks_only)
{
    static const uint32_t han[] = {
        0x4E00, 0x9FFF, 0x3400, 0xF900, 0x20000, 0x323AF, 0x3007, 0x3005
    };
    static const uint32_t other[] = { 'a', 0x3042, 0x30A2, 0xAC00, 0x3001, 0xFF21, 0x323B0 };
    for (size_t i = 0; i < LENGTH_OF(han); i++)
        ck_assert(utf8_is_han(han[i]));
    for (size_t i = 0; i < LENGTH_OF(other); i++)
        ck_assert(!utf8_is_han(other[i]));
}
END_TEST

RUN_SUITE("utf8", NULL, NULL, every_code_point_goes_there_and_back,
          what_is_no_code_point_is_written_as_the_replacement_character,
          a_bad_sequence_is_replaced_by_maximal_subparts, a_bad_byte_is_found_wherever_it_hides,
          counting_and_advancing_go_by_code_points, a_boundary_is_never_inside_a_code_point,
          columns_are_what_a_terminal_shows, han_is_ideographs_and_their_marks_only)
