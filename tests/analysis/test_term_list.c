/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of learned terms that an index keeps. */
#include "indexer/analysis/term_list.h"

#include "tests/analysis/suite.h"

static void before(void)
{
    arena_init(&arena, 0);
}

static void after(void)
{
    arena_release(&arena);
}

static struct term_list list_of(const char *bytes)
{
    struct term_list list;
    ck_assert_msg(!term_list_read(text_of(bytes), &arena, &list, &error), "%s", error.message);
    return list;
}

static const char *match(const struct term_list *list, const char *text, size_t at)
{
    const struct listed_term *found = term_list_match(list, text_of(text), at);
    return found ? arena_text(&arena, found->term).data : "-";
}

START_TEST(what_is_written_is_read)
{
    struct listed_term terms[] = { { TEXT("规上工业"), 7 },
                                   { TEXT("一网通办"), 9 },
                                   { TEXT("规上工业"), 7 } };
    struct term_list list = { terms, 3 }, again;
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    term_list_sort(&list);
    term_list_write(&list, &bytes);
    assert_text(buffer_text(&bytes), "一网通办\t9\n规上工业\t7\n");
    ck_assert(!term_list_read(buffer_text(&bytes), &arena, &again, &error));
    ck_assert_uint_eq(again.count, 2);
    ck_assert_uint_eq(again.terms[1].passages, 7);
}
END_TEST

START_TEST(the_longest_term_that_begins_here_is_found)
{
    struct term_list list =
        list_of("一网通办\t1\n规上\t1\n规上工业\t1\n规上工业企业\t1\n规下\t1\n");
    ck_assert_str_eq(match(&list, "规上工业企业家", 0), "规上工业企业");
    ck_assert_str_eq(match(&list, "规上工业增加值", 0), "规上工业");
    ck_assert_str_eq(match(&list, "规上企业", 0), "规上");
    ck_assert_str_eq(match(&list, "全市规上工业", 6), "规上工业");
    ck_assert_str_eq(match(&list, "规划", 0), "-");
    ck_assert_str_eq(match(&list, "一网", 0), "-");
    ck_assert_str_eq(match(&list, "阿", 0), "-");
    ck_assert_str_eq(match(&list, "", 0), "-");
}
END_TEST

START_TEST(an_empty_list_has_nothing)
{
    struct term_list list = list_of("");
    ck_assert_uint_eq(list.count, 0);
    ck_assert_str_eq(match(&list, "规上", 0), "-");
}
END_TEST

START_TEST(foreign_bytes_are_refused)
{
    static const char *const BAD[] = { "规上",      "规上\n",          "规上\tx\n",
                                       "\t1\n",     "规\t1\n一\t1\n",  "规\t1\n规\t1\n",
                                       "\xFF\t1\n", "规\t1\n\n上\t1\n" };
    for (size_t i = 0; i < LENGTH_OF(BAD) - 1; i++) {
        struct term_list list;
        ck_assert_msg(term_list_read(text_of(BAD[i]), &arena, &list, &error) == STATUS_CORRUPT,
                      "%zu", i);
    }
}
END_TEST

RUN_SUITE("term list", before, after, what_is_written_is_read,
          the_longest_term_that_begins_here_is_found, an_empty_list_has_nothing,
          foreign_bytes_are_refused)
