/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people write them in the name of a session or a proposal. */
#include "search/query/numeral.h"
#include "tests/search/run_suite.h"

static const struct {
    const char *written;
    int value; /* -1: none */
} EXAMPLES[] = {
    { "16", 16 },        { "十六", 16 },
    { "十", 10 },        { "二十", 20 },
    { "二十一", 21 },    { "一百零二", 102 },
    { "一百二十", 120 }, { "二〇二六", 2026 },
    { "0007", 7 },       { "零", 0 },
    { "两", 2 },         { "九千九百九十九", 9999 },
    { "10000", -1 },     { "99999999999999999999", -1 },
    { "", -1 },          { "十六届", -1 },
    { "abc", -1 },       { "-1", -1 },
};

START_TEST(chinese_and_arabic_numerals_are_one_number)
{
    unsigned value = 0;
    bool read = numeral_read(text_of(EXAMPLES[_i].written), &value);
    ck_assert_msg(read == (EXAMPLES[_i].value >= 0), "%s", EXAMPLES[_i].written);
    if (read)
        ck_assert_msg((int)value == EXAMPLES[_i].value, "%s is %u", EXAMPLES[_i].written, value);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("numeral");
    tcase_add_loop_test(tests, chinese_and_arabic_numerals_are_one_number, 0, COUNT_OF(EXAMPLES));
    return run_tests("numeral", tests);
}
