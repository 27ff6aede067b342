/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the second step of the ranking sees beside the words: what a question asks for, how new a reply
 * is, and what has been said already. */
#include <math.h>

#include "search/ranking/courtesy.h"
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
    { .id = "nursery",
      .title = "关于托育问题的答复",
      .issuer = "甲市卫生健康委员会",
      .area = "甲市",
      .date = "2024-05-06",
      .body = BODY_CPPCC,
      .passages = { { "", "衷心感谢您对托育事业的关心，欢迎您继续监督指导！", ROLE_OTHER },
                    { "", "各街道都在社区里办了托育点，家长下班晚了也有人照看孩子。",
                      ROLE_DONE } } },
    { .id = "school",
      .title = "关于校车问题的答复",
      .issuer = "甲市教育局",
      .area = "甲市",
      .date = "2025-05-06",
      .body = BODY_CPPCC,
      .passages = { { "", "甲市教育局文件", ROLE_HEAD },
                    { "", "校车标牌一车一牌，到期的标牌已经注销。", ROLE_DONE } } },
    { .id = "bulb",
      .title = "关于特产的答复",
      .issuer = "庚市农业农村局",
      .area = "庚市",
      .date = "2022-05-06",
      .passages = { { "", "山区农户收藠、卖藠，合作社统一定价。", ROLE_DONE } } },
    { .id = "scattered",
      .title = "关于河道问题的答复",
      .issuer = "戊市水利局",
      .area = "戊市",
      .date = "2023-05-06",
      .passages = { { "",
                      "河道巡查由各镇负责，养护单位按月上报，镇级河长带队逐段查看，发现"
                      "的垃圾随时打捞，费用由市级财政安排，年底前统一考核，各村配合检查并"
                      "按季度报送台账，对清淤作了规定。",
                      ROLE_DONE } } },
    { .id = "together",
      .title = "关于河道问题的答复",
      .issuer = "己市水利局",
      .area = "己市",
      .date = "2023-05-06",
      .passages = { { "",
                      "镇级河长带队逐段查看，发现的垃圾随时打捞，年底前统一考核，各村配合"
                      "检查并按季度报送台账，养护单位按月上报，河道清淤费用由市级财政安排"
                      "，巡查由各镇负责，对此作了规定。",
                      ROLE_DONE } } },
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

static const struct {
    const char *passage;
    bool courtesy;
} COURTESIES[] = {
    { "感谢您对我市养老服务工作的关心支持，希望今后继续提出宝贵意见和建议。", true },
    { "衷心感谢您对养老事业的关心，欢迎您到试点社区视察指导！", true },
    { "以上答复，贵会如有意见，请及时与我局联系。衷心感谢贵会对停车治理事业的支持！", true },
    { "　　专此答复。感谢您对我局工作的关心与支持。", true },
    { "再次感谢您的关心和理解，欢迎一如既往地监督我局工作。", true },
    { "对您长期以来给予交通工作的关注表示衷心的感谢！", true },
    { "您的建议对我们改进工作很有帮助，我们再次表示感谢。祝您身体健康！", true },
    { "群众送来锦旗表示感谢。", false },
    { "在社会各界的关心支持下，全市建成养老机构126家。", false },
    { "感谢您对养老工作的关心。目前全市共有养老机构126家。", false },
    { "我局将一如既往支持社会力量办养老。", false },
    { "恳请省财政加大对养老机构的补助力度。", false },
    { "欢迎社会资本投资养老产业，对新建床位每张补助1万元。", false },
    { "已将上述意见纳入规划。", false },
    { "停车收费标准由发展改革部门按照程序制定。", false },
    { "", false },
};

START_TEST(thanks_are_told_from_what_they_are_for)
{
    struct courtesy courtesy;
    courtesy_begin(&courtesy);
    ck_assert_msg(courtesy_only(&courtesy, text_of(COURTESIES[_i].passage)) ==
                      COURTESIES[_i].courtesy,
                  "%s", COURTESIES[_i].passage);
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

static const struct result *passage_of(const struct result_list *list, const char *id,
                                       uint32_t paragraph)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->results[i].reply.id, text_of(id)) &&
            list->results[i].passage.paragraph == paragraph)
            return &list->results[i];
    ck_abort_msg("no paragraph %u of %s", paragraph, id);
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

START_TEST(thanks_come_after_what_is_said_unless_asked_for)
{
    struct result_list list = explained("托育");
    const struct result *thanks = passage_of(&list, "nursery", 1),
                        *facts = passage_of(&list, "nursery", 2);
    ck_assert_uint_lt(facts->rank, thanks->rank);
    ck_assert(part_of(thanks, PART_ROLE) < 0);
    list = explained("感谢您对托育的关心");
    ck_assert_uint_eq(passage_of(&list, "nursery", 1)->rank, 1);
    ck_assert_double_eq_tol(part_of(&list.results[0], PART_ROLE), 0, 1e-9);
}
END_TEST

START_TEST(a_query_of_fields_alone_lists_what_is_said_the_newest_first)
{
    struct result_list list = explained("类型:提案");
    ck_assert_uint_eq(list.count, 4);
    ck_assert_uint_eq(passage_of(&list, "school", 2)->rank, 1);
    ck_assert_uint_eq(passage_of(&list, "nursery", 2)->rank, 2);
    ck_assert_uint_eq(passage_of(&list, "school", 1)->rank, 3);
    ck_assert_uint_eq(passage_of(&list, "nursery", 1)->rank, 4);
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

static bool finds(const char *query, const char *id, double rare)
{
    struct weights weights = WEIGHTS;
    weights.rare = rare;
    const struct search_options options = { .limit = 20, .weights = &weights };
    struct result_list list = search_with(query, &options);
    bool found = false;
    for (size_t i = 0; i < list.count; i++)
        found = found || text_equal(list.results[i].reply.id, text_of(id));
    return found;
}

START_TEST(a_rare_character_that_no_pair_finds_chooses_passages_itself)
{
    ck_assert(!finds("藠的停车泊位", "bulb", 0));
    ck_assert(finds("藠的停车泊位", "bulb", 0.2));
    ck_assert(!finds("收藏的停车泊位", "bulb", 0.05)); /* 收 is in several passages */
    ck_assert(finds("卖藠的停车泊位", "bulb", 0));     /* the pair does */
}
END_TEST

START_TEST(words_that_stand_together_count_more_than_scattered_ones)
{
    struct result_list list = explained("清淤 费用 河道");
    const struct result *together = first_of(&list, "together"),
                        *scattered = first_of(&list, "scattered");
    ck_assert_uint_lt(together->rank, scattered->rank);
    ck_assert(part_of(together, PART_NEAR) > 2 * part_of(scattered, PART_NEAR));
    ck_assert(part_of(scattered, PART_NEAR) > 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("second look");
    tcase_add_unchecked_fixture(tests, set_up, close_searcher);
    tcase_add_loop_test(tests, a_question_asks_for_one_kind_of_passage, 0, COUNT_OF(QUESTIONS));
    tcase_add_test(tests, who_asks_for_plans_gets_plans_first);
    tcase_add_loop_test(tests, thanks_are_told_from_what_they_are_for, 0, COUNT_OF(COURTESIES));
    tcase_add_test(tests, thanks_come_after_what_is_said_unless_asked_for);
    tcase_add_test(tests, a_query_of_fields_alone_lists_what_is_said_the_newest_first);
    tcase_add_test(tests, of_what_is_alike_the_newer_reply_comes_first);
    tcase_add_loop_test(tests, what_names_a_time_or_exact_words_knows_no_age, 0,
                        COUNT_OF(TIMELESS));
    tcase_add_test(tests, what_was_said_before_comes_later);
    tcase_add_test(tests, a_passage_of_a_long_document_counts_more);
    tcase_add_test(tests, a_rare_character_that_no_pair_finds_chooses_passages_itself);
    tcase_add_test(tests, words_that_stand_together_count_more_than_scattered_ones);
    return run_tests("second look", tests);
}
