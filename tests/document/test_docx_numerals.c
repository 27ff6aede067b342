/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How Word writes the numbers of its lists. The expected ones are those of ECMA-376, part 1, 17.18.59. */
#include "indexer/document/docx_numerals.h"

#include <check.h>
#include <stdlib.h>

static void assert_counts(const char *name, unsigned value, const char *expected)
{
    docx_numeral *numeral = docx_numeral_find(text_of(name));
    struct buffer out = BUFFER_INIT;
    ck_assert_msg(numeral != NULL, "%s has no numbers", name);
    numeral(&out, value);
    ck_assert_msg(text_equal(buffer_text(&out), text_of(expected)), "%s of %u is %.*s, not %s",
                  name, value, TEXT_ARG(buffer_text(&out)), expected);
    buffer_release(&out);
}

static const struct {
    const char *name;
    unsigned value;
    const char *expected;
} HAN[] = {
    { "chineseCounting", 0, "零" },
    { "chineseCounting", 10, "十" },
    { "chineseCounting", 21, "二十一" },
    { "chineseCounting", 99, "九十九" },
    { "chineseCounting", 105, "一〇五" },
    { "chineseCountingThousand", 12, "十二" },
    { "chineseCountingThousand", 105, "一百零五" },
    { "chineseCountingThousand", 110, "一百一十" },
    { "chineseCountingThousand", 10010, "一万零一十" },
    { "chineseCountingThousand", 100000, "100000" },
    { "taiwaneseCountingThousand", 1000, "一千" },
    { "japaneseCounting", 115, "百十五" },
    { "ideographDigital", 2026, "二〇二六" },
    { "chineseLegalSimplified", 10, "壹拾" },
    { "chineseLegalSimplified", 305, "叁佰零伍" },
    { "ideographLegalTraditional", 30006, "參萬零陸" },
    { "ideographTraditional", 1, "甲" },
    { "ideographTraditional", 10, "癸" },
    { "ideographTraditional", 11, "11" },
    { "ideographZodiac", 12, "亥" },
    { "ideographZodiac", 13, "13" },
    { "ideographEnclosedCircle", 1, "㊀" },
    { "ideographParenthesized", 10, "㈩" },
    { "ideographParenthesized", 11, "11" },
};

START_TEST(numbers_of_chinese_and_japanese_lists)
{
    assert_counts(HAN[_i].name, HAN[_i].value, HAN[_i].expected);
}
END_TEST

static const struct {
    const char *name;
    unsigned value;
    const char *expected;
} DIGITS[] = {
    { "decimal", 0, "0" },
    { "decimal", 4294967295u, "4294967295" },
    { "decimalEnclosedCircle", 1, "①" },
    { "decimalEnclosedCircle", 20, "⑳" },
    { "decimalEnclosedCircleChinese", 21, "㉑" },
    { "decimalEnclosedCircleChinese", 36, "㊱" },
    { "decimalEnclosedCircle", 50, "㊿" },
    { "decimalEnclosedCircle", 0, "0" },
    { "decimalEnclosedParen", 20, "⒇" },
    { "decimalEnclosedParen", 21, "21" },
    { "decimalEnclosedFullstop", 1, "⒈" },
    { "decimalEnclosedFullstop", 20, "⒛" },
    { "decimalFullWidth", 105, "１０５" },
    { "decimalZero", 7, "07" },
    { "decimalZero", 107, "107" },
    { "numberInDash", 3, "- 3 -" },
    { "hex", 255, "FF" },
    { "unknownFormat", 12, "12" },
};

START_TEST(numbers_in_digits)
{
    assert_counts(DIGITS[_i].name, DIGITS[_i].value, DIGITS[_i].expected);
}
END_TEST

static const struct {
    const char *name;
    unsigned value;
    const char *expected;
} LATIN[] = {
    { "upperLetter", 1, "A" },
    { "upperLetter", 26, "Z" },
    { "upperLetter", 27, "AA" },
    { "lowerLetter", 28, "bb" },
    { "lowerLetter", 53, "aaa" },
    { "lowerLetter", 0, "0" },
    { "lowerLetter", 1000000, "1000000" },
    { "upperRoman", 1994, "MCMXCIV" },
    { "lowerRoman", 4, "iv" },
    { "lowerRoman", 3999, "mmmcmxcix" },
    { "lowerRoman", 4000, "4000" },
    { "upperRoman", 0, "0" },
    { "ordinal", 1, "1st" },
    { "ordinal", 2, "2nd" },
    { "ordinal", 3, "3rd" },
    { "ordinal", 4, "4th" },
    { "ordinal", 11, "11th" },
    { "ordinal", 113, "113th" },
    { "ordinal", 122, "122nd" },
};

START_TEST(numbers_in_latin_letters)
{
    assert_counts(LATIN[_i].name, LATIN[_i].value, LATIN[_i].expected);
}
END_TEST

START_TEST(a_bullet_has_no_number)
{
    ck_assert(docx_numeral_find(TEXT("bullet")) == NULL);
    ck_assert(docx_numeral_find(TEXT("none")) == NULL);
}
END_TEST

#define COUNT_OF(rows) ((int)(sizeof(rows) / sizeof(*(rows))))

int main(void)
{
    Suite *suite = suite_create("docx_numerals");
    TCase *tests = tcase_create("numbers");
    tcase_add_loop_test(tests, numbers_of_chinese_and_japanese_lists, 0, COUNT_OF(HAN));
    tcase_add_loop_test(tests, numbers_in_digits, 0, COUNT_OF(DIGITS));
    tcase_add_loop_test(tests, numbers_in_latin_letters, 0, COUNT_OF(LATIN));
    tcase_add_test(tests, a_bullet_has_no_number);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
