/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the second step of the ranking sees beside the words: what a question asks for, how new a reply
 * is, and what has been said already. */
#include <math.h>

#include "search/ranking/intent.h"
#include "tests/search/searcher_fixture.h"

#define PARKING "我市将机关事业单位的停车泊位在夜间和节假日向周边居民错时开放"

static const struct sample_reply REPLIES[] = {
    { .id = "old",
      .title = "关于停车问题的答复",
      .issuer = "甲市公安局",
      .area = "甲市",
      .date = "2019-05-06",
      .passages = { { "", PARKING "。", ROLE_OTHER },
                    { "", "停车收费标准由发展改革部门按照程序制定。", ROLE_DONE },
                    { "", "停车收费标准由发展改革部门按照程序调整。", ROLE_COMMITMENT } } },
    { .id = "new",
      .title = "关于停车问题的答复",
      .issuer = "乙市公安局",
      .area = "乙市",
      .date = "2025-05-06",
      .passages = { { "", PARKING "。", ROLE_OTHER } } },
    { .id = "undated",
      .title = "关于停车问题的答复",
      .issuer = "丙市公安局",
      .area = "丙市",
      .date = "",
      .passages = { { "", PARKING "！", ROLE_OTHER } } },
    { .id = "other",
      .title = "关于停车问题的答复",
      .issuer = "丁市公安局",
      .area = "丁市",
      .date = "2019-07-08",
      .passages = { { "", "机关单位停车泊位错时开放，周边居民凭预约停放。", ROLE_OTHER } } },
};

static void set_up(void)
{
    open_fixture();
    open_searcher(REPLIES, COUNT_OF(REPLIES));
}

static const struct {
    const char *query;
    enum passage_role role;
} QUESTIONS[] = {
    { "养老护理员下一步怎么培养", ROLE_COMMITMENT },
    { "什么时候能建成停车场", ROLE_COMMITMENT },
    { "托育机构建设有没有计划", ROLE_COMMITMENT },
    { "在停车方面做了哪些工作", ROLE_DONE },
    { "老旧小区改造进展情况", ROLE_DONE },
    { "河水为什么变黑变臭", ROLE_BACKGROUND },
    { "停车难存在哪些问题", ROLE_BACKGROUND },
    { "停车难有哪些原因，下一步怎么解决", ROLE_COUNT }, /* both */
    { "停车泊位 共享", ROLE_COUNT },
    { "三年行动计划", ROLE_COUNT },
    { "未来社区", ROLE_COUNT },
    { "", ROLE_COUNT },
};

START_TEST(a_question_asks_for_one_kind_of_passage)
{
    ck_assert_msg(intent_role(text_of(QUESTIONS[_i].query)) == QUESTIONS[_i].role, "%s",
                  QUESTIONS[_i].query);
}
END_TEST

static const struct result *first_of(struct result_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->results[i].reply.id, text_of(id)))
            return &list->results[i];
    ck_abort_msg("no %s", id);
}

static struct result_list explained(const char *line)
{
    const struct search_options options = { .limit = 20, .explain = true };
    return search_with(line, &options);
}

static double part_of(const struct result *result, enum score_part_kind kind)
{
    for (size_t i = 0; i < result->part_count; i++)
        if (result->parts[i].kind == kind)
            return result->parts[i].score;
    return 0;
}

START_TEST(who_asks_for_plans_gets_plans_first)
{
    struct result_list plans = explained("停车收费标准下一步");
    ck_assert_int_eq(plans.results[0].passage.role, ROLE_COMMITMENT);
    ck_assert(part_of(&plans.results[0], PART_ROLE) > 0);
    struct result_list done = explained("停车收费标准做了哪些");
    ck_assert_int_eq(done.results[0].passage.role, ROLE_DONE);
    struct result_list neither = explained("停车收费标准");
    ck_assert_double_eq_tol(part_of(&neither.results[0], PART_ROLE), 0, 1e-9);
}
END_TEST

START_TEST(of_what_is_alike_the_newer_reply_comes_first)
{
    struct result_list list = explained("停车泊位错时开放");
    const struct result *newer = first_of(&list, "new"), *older = first_of(&list, "old"),
                        *undated = first_of(&list, "undated");
    ck_assert_uint_lt(newer->rank, older->rank);
    ck_assert_uint_lt(undated->rank, older->rank);
    ck_assert(part_of(newer, PART_FRESHNESS) > part_of(undated, PART_FRESHNESS));
    ck_assert(part_of(undated, PART_FRESHNESS) > part_of(older, PART_FRESHNESS));
}
END_TEST

static const char *const TIMELESS[] = { "停车泊位错时开放 2019年", "“停车泊位”", "停车泊位 -收费" };

START_TEST(what_names_a_time_or_exact_words_knows_no_age)
{
    struct result_list list = explained(TIMELESS[_i]);
    ck_assert_uint_gt(list.count, 0);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_double_eq_tol(part_of(&list.results[i], PART_FRESHNESS), 0, 1e-9);
}
END_TEST

START_TEST(what_was_said_before_comes_later)
{
    struct result_list list = explained("停车泊位错时开放");
    ck_assert(part_of(first_of(&list, "new"), PART_REPEATED) == 0);
    ck_assert(part_of(first_of(&list, "old"), PART_REPEATED) < 0);
    ck_assert(part_of(first_of(&list, "undated"), PART_REPEATED) < 0); /* but for a mark */
    ck_assert(part_of(first_of(&list, "other"), PART_REPEATED) == 0);
    ck_assert_uint_eq(list.count, 6); /* and is not left out */

    struct weights weights = WEIGHTS;
    weights.repeated = 0.9;
    const struct search_options options = { .limit = 20, .weights = &weights };
    list = search_with("停车泊位错时开放", &options);
    ck_assert_uint_lt(first_of(&list, "other")->rank, first_of(&list, "old")->rank);
    for (size_t i = 1; i < list.count; i++)
        ck_assert(list.results[i].score <= list.results[i - 1].score);
}
END_TEST

START_TEST(a_passage_of_a_long_document_counts_more)
{
    struct weights weights = WEIGHTS;
    weights.extent = 1;
    weights.extent_from = 2;
    const struct search_options options = { .limit = 20, .explain = true, .weights = &weights };
    struct result_list list = search_with("停车泊位错时开放 2019年", &options);
    const struct result *of_three = first_of(&list, "old"), *of_one = first_of(&list, "new");
    double longer = part_of(of_three, PART_EXTENT), shorter = part_of(of_one, PART_EXTENT);
    ck_assert(shorter > 0);
    ck_assert_double_eq_tol(longer / shorter, log1p(3 / 2.) / log1p(1 / 2.), 0.1);

    weights.extent = 0;
    list = search_with("停车泊位错时开放 2019年", &options);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_double_eq_tol(part_of(&list.results[i], PART_EXTENT), 0, 1e-9);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("second look");
    tcase_add_unchecked_fixture(tests, set_up, close_searcher);
    tcase_add_loop_test(tests, a_question_asks_for_one_kind_of_passage, 0, COUNT_OF(QUESTIONS));
    tcase_add_test(tests, who_asks_for_plans_gets_plans_first);
    tcase_add_test(tests, of_what_is_alike_the_newer_reply_comes_first);
    tcase_add_loop_test(tests, what_names_a_time_or_exact_words_knows_no_age, 0,
                        COUNT_OF(TIMELESS));
    tcase_add_test(tests, what_was_said_before_comes_later);
    tcase_add_test(tests, a_passage_of_a_long_document_counts_more);
    return run_tests("second look", tests);
}
