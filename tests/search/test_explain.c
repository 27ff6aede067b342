/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a score is made of: the parts add up to it, whatever the query and the order. */
#include <math.h>

#include "tests/search/searcher_fixture.h"

static void set_up(void)
{
    open_fixture();
    open_searcher(SAMPLES, 3);
}

static void assert_adds_up(const struct result *result, const char *line)
{
    double sum = 0;
    for (size_t i = 0; i < result->part_count; i++)
        sum += result->parts[i].score;
    ck_assert_msg(fabs(sum - result->score) < 1e-6, "%s: %.9f is not %.9f", line, sum,
                  result->score);
}

static const struct score_part *part_of(const struct result *result, enum score_part_kind kind)
{
    for (size_t i = 0; i < result->part_count; i++)
        if (result->parts[i].kind == kind)
            return &result->parts[i];
    return NULL;
}

static const char *const LINES[] = {
    "停车",
    "停车收费标准 宁波",
    "智改数转 政策支持 经信局 2026",
    "“一网通办” 政务",
    "政策支持举措",
    "第13号提案",
    "甬经信函〔2026〕9号",
    "市政协九届三次会议第13号提案 停车",
    "停车 AND 收费 -共享",
    "标题:提案 停车",
    "年份:2025",
    "老年食堂 餐补 民政厅 2025年",
    "停* 收费",
    "停车收费下一步",
    "没有这样的词",
};

START_TEST(the_parts_add_up_to_the_score)
{
    static const struct search_options OPTIONS[] = {
        { .limit = 100, .explain = true },
        { .limit = 100, .explain = true, .group = true, .group_passages = 10 },
        { .limit = 100, .explain = true, .sort = SORT_DATE },
        { .limit = 100, .explain = true, .bare = true },
    };
    size_t explained = 0;
    for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(*OPTIONS); i++) {
        struct result_list list = search_with(LINES[_i], &OPTIONS[i]);
        for (size_t j = 0; j < list.count; j++, explained++)
            assert_adds_up(&list.results[j], LINES[_i]);
        for (size_t j = 0; j < list.group_count; j++)
            for (size_t k = 0; k < list.groups[j].count; k++, explained++)
                assert_adds_up(&list.groups[j].results[k], LINES[_i]);
    }
    ck_assert(explained > 0 || _i == COUNT_OF(LINES) - 1);
}
END_TEST

/* Blocks of two candidates: scores of a later one are lowered below those of the one before. */
START_TEST(the_parts_add_up_in_later_blocks)
{
    struct weights weights = WEIGHTS;
    weights.candidates = 2;
    const struct search_options options = { .limit = 100, .explain = true, .weights = &weights };
    struct result_list list = search_with("停车 政策 收费 补贴 提案", &options);
    ck_assert_uint_gt(list.count, 5);
    for (size_t i = 0; i < list.count; i++)
        assert_adds_up(&list.results[i], "blocks");
}
END_TEST

START_TEST(explaining_changes_neither_order_nor_scores)
{
    const struct search_options plain = { .limit = 100 },
                                explained = { .limit = 100, .explain = true };
    struct result_list a = search_with(LINES[_i], &plain), b = search_with(LINES[_i], &explained);
    ck_assert_uint_eq(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) {
        ck_assert_uint_eq(a.results[i].document, b.results[i].document);
        ck_assert(a.results[i].score == b.results[i].score);
        ck_assert_ptr_null(a.results[i].parts);
    }
}
END_TEST

START_TEST(words_fields_and_the_document_have_their_parts)
{
    const struct search_options options = { .limit = 1, .explain = true };
    struct result_list list = search_with("智改数转 政策支持 经信局 宁波 2026", &options);
    const struct result *best = &list.results[0];
    const struct score_part *word = part_of(best, PART_TERM);
    ck_assert(word && text_equal(word->of, TEXT("智改数转")) && word->score > 0);
    ck_assert(part_of(best, PART_NEAR) && part_of(best, PART_NEAR)->score > 0);
    ck_assert(part_of(best, PART_AREA) && text_equal(part_of(best, PART_AREA)->of, TEXT("宁波市")));
    ck_assert(part_of(best, PART_YEAR) && text_equal(part_of(best, PART_YEAR)->of, TEXT("2026")));
    ck_assert(part_of(best, PART_DOCUMENT) != NULL);
    ck_assert(!part_of(best, PART_CITATION));
    list = search_with("老年食堂 民政厅", &options);
    const struct score_part *title = part_of(&list.results[0], PART_TITLE);
    ck_assert(title && text_equal(title->of, TEXT("民政厅")));
}
END_TEST

START_TEST(a_heading_loses_a_part_and_a_cited_reply_gains_one)
{
    const struct search_options options = { .limit = 100, .explain = true };
    struct result_list list = search_with("政策支持举措", &options);
    size_t headings = 0;
    for (size_t i = 0; i < list.count; i++)
        if (list.results[i].passage.role == ROLE_HEADING) {
            headings++;
            ck_assert(part_of(&list.results[i], PART_ROLE) ||
                      part_of(&list.results[i], PART_ORDER));
        }
    ck_assert_uint_gt(headings, 0);
    list = search_with("甬经信函〔2026〕9号", &options);
    ck_assert(part_of(&list.results[0], PART_CITATION) != NULL);
}
END_TEST

START_TEST(by_date_the_index_has_weighed)
{
    const struct search_options options = { .limit = 9, .explain = true, .sort = SORT_DATE };
    struct result_list list = search_with("停车", &options);
    ck_assert_uint_gt(list.count, 0);
    ck_assert_uint_eq(list.results[0].part_count, 1);
    ck_assert_int_eq(list.results[0].parts[0].kind, PART_INDEX);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("explain");
    tcase_add_unchecked_fixture(tests, set_up, close_searcher);
    tcase_add_loop_test(tests, the_parts_add_up_to_the_score, 0, COUNT_OF(LINES));
    tcase_add_test(tests, the_parts_add_up_in_later_blocks);
    tcase_add_loop_test(tests, explaining_changes_neither_order_nor_scores, 0, COUNT_OF(LINES));
    tcase_add_test(tests, words_fields_and_the_document_have_their_parts);
    tcase_add_test(tests, a_heading_loses_a_part_and_a_cited_reply_gains_one);
    tcase_add_test(tests, by_date_the_index_has_weighed);
    return run_tests("explain", tests);
}
