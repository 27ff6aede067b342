/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ranges of years and dates in the spellings that people use. */
#include "search/query/period.h"

#include "tests/search/run_suite.h"

static const struct {
    const char *value;
    unsigned first, last; /* 0: none */
} YEARS[] = {
    { "2024", 2024, 2024 },
    { "2024年", 2024, 2024 },
    { "二〇二四年", 2024, 2024 },
    { "2024..2026", 2024, 2026 },
    { "2024...2026", 2024, 2026 },
    { "2024..", 2024, 2100 },
    { "..2024", 1900, 2024 },
    { "2024-2026", 2024, 2026 },
    { "2024--2026", 2024, 2026 },
    { "2024—2026", 2024, 2026 },
    { "2024——2026", 2024, 2026 },
    { "2024–2026", 2024, 2026 },
    { "2024~2026", 2024, 2026 },
    { "2024年至2026年", 2024, 2026 },
    { "2024 至 2026", 2024, 2026 },
    { "2024年-2026年", 2024, 2026 },
    { ">=2024", 2024, 2100 },
    { "≥2024", 2024, 2100 },
    { ">2024", 2025, 2100 },
    { "<=2024", 1900, 2024 },
    { "≤2024", 1900, 2024 },
    { "<2024", 1900, 2023 },
    { "2024年以来", 2024, 2100 },
    { "2024年起", 2024, 2100 },
    { "2024年以前", 1900, 2024 },
    { "2026..2024", 0, 0 },
    { "..", 0, 0 },
    { "24", 0, 0 },
    { "今年", 0, 0 },
    { ">", 0, 0 },
    { "以来", 0, 0 },
    { "2024-20", 0, 0 },
    { "20242025", 0, 0 },
};

START_TEST(years_are_read_in_these_spellings)
{
    unsigned first = 0, last = 0;
    bool read = period_years(text_of(YEARS[_i].value), &first, &last);
    ck_assert_msg(read == (YEARS[_i].first > 0), "%s", YEARS[_i].value);
    if (read)
        ck_assert_msg(first == YEARS[_i].first && last == YEARS[_i].last, "%s: %u to %u",
                      YEARS[_i].value, first, last);
}
END_TEST

static const struct {
    const char *value, *low, *high; /* NULL: none */
} DATES[] = {
    { "2024", "20240000", "20249999" },
    { "2024-06", "20240600", "20240699" },
    { "2024年6月", "20240600", "20240699" },
    { "2024-6-8", "20240608", "20240608" },
    { "2024.06.08", "20240608", "20240608" },
    { "20240608", "20240608", "20240608" },
    { "2024-03..2025", "20240300", "20259999" },
    { "2024-06-01-2024-12-31", "20240601", "20241231" },
    { "2024/06/01-2024/12/31", "20240601", "20241231" },
    { "2024.6.1-2024.9.30", "20240601", "20240930" },
    { "2024-06-01~2024-12-31", "20240601", "20241231" },
    { "20240601-20241231", "20240601", "20241231" },
    { "2024年3月-2024年9月", "20240300", "20240999" },
    { "2024年3月至9月", "20240300", "20240999" },
    { "2024年3月1日至9月30日", "20240301", "20240930" },
    { "2024-2026", "20240000", "20269999" },
    { ">=2024-06-01", "20240601", "" },
    { ">2024-06-01", "20240602", "" },
    { ">2024-06", "20240699", "" },
    { "<2024-06-01", "", "20240600" },
    { "<2024", "", "20240000" },
    { "<=2024", "", "20249999" },
    { "2024年6月以来", "20240600", "" },
    { "2024年6月8日以前", "", "20240608" },
    { "..", NULL, NULL },
    { "2024-13", NULL, NULL },
    { "2024-02-30", NULL, NULL },
    { "2023-02-29", NULL, NULL },
    { "2024-02-29", "20240229", "20240229" },
    { "2024-04-31", NULL, NULL },
    { "2024-06-01-", NULL, NULL },
    { "明天", NULL, NULL },
    { ">", NULL, NULL },
    { "", NULL, NULL },
};

START_TEST(dates_are_read_in_these_spellings)
{
    struct arena arena;
    struct text low = TEXT(""), high = TEXT("");
    arena_init(&arena, 0);
    bool read = period_dates(text_of(DATES[_i].value), &arena, &low, &high);
    ck_assert_msg(read == (DATES[_i].low != NULL), "%s", DATES[_i].value);
    if (read)
        ck_assert_msg(text_equal(low, text_of(DATES[_i].low)) &&
                          text_equal(high, text_of(DATES[_i].high)),
                      "%s: %.*s to %.*s", DATES[_i].value, TEXT_ARG(low), TEXT_ARG(high));
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("period");
    tcase_add_loop_test(tests, years_are_read_in_these_spellings, 0, COUNT_OF(YEARS));
    tcase_add_loop_test(tests, dates_are_read_in_these_spellings, 0, COUNT_OF(DATES));
    return run_tests("period", tests);
}
