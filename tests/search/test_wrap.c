/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines for a terminal: width of Chinese characters, marks at line ends, bold, control characters. */
#include "indexer/base/utf8.h"
#include "search/output/wrap.h"
#include "tests/search/run_suite.h"

static char *wrapped(size_t columns, size_t indent, bool bold, const char *text,
                     const struct span_list *spans)
{
    char *result = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&result, &length);
    struct wrap wrap = { stream, columns, indent, 0, bold };
    wrap_text(&wrap, text_of(text), spans);
    fclose(stream);
    return result;
}

static const struct {
    size_t columns, indent;
    const char *text, *lines;
} EXAMPLES[] = {
    { 8, 0, "停车泊位共享", "停车泊位\n共享" },
    { 7, 0, "停车泊位共享", "停车泊\n位共享" },
    { 8, 2, "停车泊位共享", "  停车泊\n  位共享" },
    { 8, 0, "停车泊位，共享", "停车泊\n位，共享" }, /* no mark starts a line */
    { 8, 0, "停车泊“位共享”", "停车泊\n“位共享”" }, /* no opening mark ends one */
    { 8, 0, "停车 2026年", "停车\n2026年" },
    { 8, 0, "停车 PPP 项目", "停车 PPP\n项目" },
    { 4, 0, "abcdefghij", "abcd\nefgh\nij" }, /* longer than a line */
    { 20, 0, "a\x1b[31mb\tc\nd", "a [31mb c d" },
    { 20, 0,
      "a\xE2\x80\xAE"
      "b",
      "a b" }, /* right-to-left override */
    { 20, 0, "", "" },
};

START_TEST(text_is_broken_into_lines)
{
    char *lines =
        wrapped(EXAMPLES[_i].columns, EXAMPLES[_i].indent, false, EXAMPLES[_i].text, NULL);
    ck_assert_str_eq(lines, EXAMPLES[_i].lines);
    free(lines);
}
END_TEST

START_TEST(bold_ends_with_the_line_and_goes_on_in_the_next)
{
    struct text_span span = { 6, 12, 0 };
    struct span_list spans = { &span, 1, 1 };
    char *lines = wrapped(8, 0, true, "停车泊位共享", &spans);
    ck_assert_str_eq(lines, "停车\033[1m泊位\033[0m\n\033[1m共享\033[0m");
    free(lines);
}
END_TEST

START_TEST(no_line_is_wider_than_asked_for)
{
    const char *text =
        "（一）持续强化政策支持。2025年，全市传统制造业17个重点行业实现增加值2882.4亿元，"
        "占规上工业比重超过一半；“三首”产品、“一网通办”率达94%，有力支撑全市工业经济。";
    for (size_t columns = 12; columns < 100; columns++) {
        char *lines = wrapped(columns, 4, false, text, NULL);
        struct text rest = text_of(lines), line;
        while (text_split(&rest, TEXT("\n"), &line))
            ck_assert_msg(utf8_columns(line) <= columns, "%zu columns: %.*s", columns,
                          TEXT_ARG(line));
        free(lines);
    }
}
END_TEST

START_TEST(a_line_that_is_cut_says_so)
{
    char *result = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&result, &length);
    ck_assert_uint_eq(wrap_line(stream, TEXT("关于停车的答复"), 9), 9);
    fclose(stream);
    ck_assert_str_eq(result, "关于停车…");
    free(result);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("wrap");
    tcase_add_loop_test(tests, text_is_broken_into_lines, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, bold_ends_with_the_line_and_goes_on_in_the_next);
    tcase_add_test(tests, no_line_is_wider_than_asked_for);
    tcase_add_test(tests, a_line_that_is_cut_says_so);
    return run_tests("wrap", tests);
}
