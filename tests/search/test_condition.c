/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must occur: decided on text, and bounded for the index. */
#include "search/ranking/condition.h"
#include "search/ranking/match_build.h"
#include "tests/search/run_suite.h"

static const struct {
    const char *text, *needle;
    bool occurs;
} EXAMPLES[] = {
    { "推进一网通办改革", "一网通办", true },
    { "推进一网统办改革", "一网通办", false },
    { "第213号提案", "13号", false }, /* no part of a longer number */
    { "第13号提案", "13号", true },
    { "第213号和第13号提案", "13号", true },
    { "5g网络", "5g", true },
    { "15g网络", "5g", false },
    { "rcep规则", "rce", false },
    { "rcep规则", "rcep规", true },
    { "投入3.5亿元", "5亿元", false },
    { "投入3.5亿元", "3.5亿元", true },
    { "投入3.5亿元", "投入3", false },
    { "见1.5亿元，另5亿元", "5亿元", true },
    { "共12.5亿元", "2.5亿元", false },
    { "约二十三亿元", "三亿元", false },
    { "约三亿元", "三亿元", true },
    { "第3.我市", "第3", true },
    { "深化一网通办", "一网通办", true },
    { "十三五规划", "三五规划", false },
    { "停车", "停车难", false },
    { "", "停车", false },
    { "停车", "", false },
};

START_TEST(a_needle_occurs_as_it_is_written)
{
    ck_assert_msg(condition_occurs(text_of(EXAMPLES[_i].text), text_of(EXAMPLES[_i].needle)) ==
                      EXAMPLES[_i].occurs,
                  "%s in %s", EXAMPLES[_i].needle, EXAMPLES[_i].text);
}
END_TEST

static struct condition leaf(const char *needle)
{
    return (struct condition) { .kind = CONDITION_OCCURS, .needle = text_of(needle) };
}

static enum verdict decide(const struct condition *condition, const char *text)
{
    return condition_decide(condition, text_of(text), TEXT(""));
}

START_TEST(all_any_and_not_combine)
{
    struct condition car = leaf("车"), money = leaf("钱");
    car.next = &money;
    struct condition all = { .kind = CONDITION_ALL, .first = &car };
    struct condition any = { .kind = CONDITION_ANY, .first = &car };
    struct condition not = { .kind = CONDITION_NOT, .first = &money };
    ck_assert_int_eq(decide(&all, "车和钱"), VERDICT_YES);
    ck_assert_int_eq(decide(&all, "车"), VERDICT_NO);
    ck_assert_int_eq(decide(&any, "车"), VERDICT_YES);
    ck_assert_int_eq(decide(&any, "人"), VERDICT_NO);
    ck_assert_int_eq(decide(&not, "车"), VERDICT_YES);
    ck_assert_int_eq(decide(&not, "钱"), VERDICT_NO);
}
END_TEST

START_TEST(what_the_index_decides_is_unknown_to_the_text)
{
    struct condition field = { .kind = CONDITION_MATCH }, car = leaf("车");
    car.next = &field;
    struct condition all = { .kind = CONDITION_ALL, .first = &car };
    struct condition any = { .kind = CONDITION_ANY, .first = &car };
    ck_assert_int_eq(decide(&all, "车"), VERDICT_UNKNOWN);
    ck_assert_int_eq(decide(&all, "人"), VERDICT_NO);
    ck_assert_int_eq(decide(&any, "车"), VERDICT_YES);
    ck_assert_int_eq(decide(&any, "人"), VERDICT_UNKNOWN);
}
END_TEST

START_TEST(denying_a_long_phrase_excludes_nothing_before_the_text_is_seen)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct condition phrase = leaf("一网通办");
    phrase.possible = match_term(TEXT("XB一网"), 1, &arena);
    struct condition not = { .kind = CONDITION_NOT, .first = &phrase };
    const struct match *upper = condition_upper(&not, &arena);
    ck_assert_int_eq(upper->kind, MATCH_NOT);
    ck_assert_int_eq(upper->children[1]->kind, MATCH_NOTHING);

    phrase.certain = true; /* two characters are one bigram */
    upper = condition_upper(&not, &arena);
    ck_assert_int_eq(upper->children[1]->kind, MATCH_TERM);
    ck_assert(!condition_needs_text(&not ));
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("condition");
    tcase_add_loop_test(tests, a_needle_occurs_as_it_is_written, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, all_any_and_not_combine);
    tcase_add_test(tests, what_the_index_decides_is_unknown_to_the_text);
    tcase_add_test(tests, denying_a_long_phrase_excludes_nothing_before_the_text_is_seen);
    return run_tests("condition", tests);
}
