/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filters, counts, groups, order and pages, on an index of fifty replies whose numbers are known. */
#include "tests/search/searcher_fixture.h"

#define REPLIES 50

/* Reply i is of year 2020 + i % 5, of one of three agencies; every one is about parking, and every
 * third has a plan for it. */
static void set_up(void)
{
    static const char *const AGENCIES[] = { "安河市交通运输局", "宁波市交通局", "安河市民政局" };
    static const char *const AREAS[] = { "安河市", "宁波市", "安河市" };
    static struct sample_reply samples[REPLIES];
    open_fixture();
    for (int i = 0; i < REPLIES; i++) {
        samples[i] = (struct sample_reply) {
            .id = arena_printf(&arena, "r%02d", i).data,
            .title = "关于停车的答复",
            .issuer = AGENCIES[i % 3],
            .document_number = arena_printf(&arena, "安函〔%d〕%d号", 2020 + i % 5, i + 1).data,
            .proposal_number = "",
            .session = "",
            .area = AREAS[i % 3],
            .date = i == 7 ? "" : arena_printf(&arena, "%d-%02d-01", 2020 + i % 5, i % 12 + 1).data,
            .body = i % 2 ? BODY_CPPCC : BODY_CONGRESS,
            .term = 16,
            .meeting = 1 + i % 4,
        };
        struct text done = arena_printf(&arena, "新建停车泊位%d个，改善出行。", 100 + i);
        samples[i].passages[0] = (struct sample_passage) { "", done.data, ROLE_DONE };
        if (i % 3 == 0)
            samples[i].passages[1] =
                (struct sample_passage) { "二、下步", "下一步继续建设停车泊位。", ROLE_COMMITMENT };
        else
            samples[i].passages[1] =
                (struct sample_passage) { "", "感谢您对工作的支持。", ROLE_OTHER };
    }
    open_searcher(samples, REPLIES);
}

static struct search_filters filter(enum facet facet, const char *value)
{
    struct search_filters filters = { 0 };
    ck_assert(!search_filters_add(&filters, facet, text_of(value), &error));
    return filters;
}

/* Passages of parking: one of each reply, and a plan of 17 of them. */
#define PARKING (REPLIES + 17)

START_TEST(a_total_is_exact_when_it_is_asked_for)
{
    struct search_options options = { .limit = 5, .exact_total = true };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_uint_eq(list.count, 5);
    ck_assert(list.total_exact);
    ck_assert_uint_eq(list.total, PARKING);
    ck_assert_uint_eq(list.replies, REPLIES);
    list = search_with("\"停车泊位\" 部分:下步", &options);
    ck_assert_uint_eq(list.total, 17);
}
END_TEST

START_TEST(an_estimate_says_that_it_is_one)
{
    struct weights few = WEIGHTS;
    few.candidates = 2;
    struct search_options options = { .limit = 1, .weights = &few };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert(!list.total_exact || list.total == PARKING);
    options.limit = 1000; /* all of them were seen */
    list = search_with("停车泊位", &options);
    ck_assert(list.total_exact);
    ck_assert_uint_eq(list.total, PARKING);
}
END_TEST

static const struct {
    enum facet facet;
    const char *value;
    uint64_t passages;
} FILTERS[] = {
    { FACET_AGENCY, "安河市交通运输局", 34 }, /* 17 replies, each with a plan */
    { FACET_AGENCY, "交通", 51 },
    { FACET_AGENCY, "宁波市交通局", 17 },
    { FACET_AGENCY, "卫生局", 0 },
    { FACET_PLACE, "宁波", 17 },
    { FACET_PLACE, "安河市", 50 },
    { FACET_YEAR, "2021", 13 }, /* i = 1, 6, 11, …: ten and those with a plan; undated 7 is 2022 */
    { FACET_YEAR, "2020..2021", 27 },
    { FACET_SESSION, "政协16-2", 17 },
    { FACET_SESSION, "十六届二次", 17 },
    { FACET_KIND, "提案", 33 },
    { FACET_ROLE, "commitment", 17 },
    { FACET_ROLE, "下步", 17 },
    { FACET_CLASS, "A类", 0 },
};

START_TEST(a_filter_leaves_these)
{
    struct search_filters filters = filter(FILTERS[_i].facet, FILTERS[_i].value);
    struct search_options options = { .limit = 10, .filters = &filters, .exact_total = true };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_msg(list.total == FILTERS[_i].passages, "%s: %llu", FILTERS[_i].value,
                  (unsigned long long)list.total);
}
END_TEST

START_TEST(facets_hold_together_and_values_of_one_are_alternatives)
{
    struct search_filters filters = filter(FACET_YEAR, "2020");
    struct search_options options = { .limit = 100, .filters = &filters };
    size_t one = search_with("停车泊位", &options).count;
    ck_assert(!search_filters_add(&filters, FACET_YEAR, TEXT("2021"), &error));
    size_t two = search_with("停车泊位", &options).count;
    ck_assert_uint_gt(two, one);
    ck_assert(!search_filters_add(&filters, FACET_ROLE, TEXT("commitment"), &error));
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_uint_lt(list.count, two);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_int_eq(list.results[i].passage.role, ROLE_COMMITMENT);
    filters = (struct search_filters) { .from = TEXT("2024-03"), .to = TEXT("2024") };
    list = search_with("停车泊位", &options);
    ck_assert_uint_gt(list.count, 0);
    for (size_t i = 0; i < list.count; i++)
        ck_assert(text_compare(list.results[i].reply.date, TEXT("2024-03")) > 0);
}
END_TEST

START_TEST(a_value_that_is_none_is_misuse)
{
    struct search_filters filters = filter(FACET_YEAR, "明年");
    struct search_options options = { .limit = 10, .filters = &filters };
    struct result_list list;
    ck_assert_int_eq(searcher_search(searcher, TEXT("停车"), &options, &arena, &list, &error),
                     STATUS_MISUSE);
    ck_assert_str_eq(error.message, "no such year \"明年\"");
    filters = (struct search_filters) { .from = TEXT("昨天") };
    ck_assert_int_eq(searcher_search(searcher, TEXT("停车"), &options, &arena, &list, &error),
                     STATUS_MISUSE);
}
END_TEST

static const struct facet_value *value_of(const struct facet_counts *counts, const char *name)
{
    for (size_t i = 0; i < counts->count; i++)
        if (text_equal(counts->values[i].value, text_of(name)))
            return &counts->values[i];
    return NULL;
}

static void assert_counts(const struct facet_counts *counts, const char *name, uint64_t passages,
                          uint64_t replies)
{
    const struct facet_value *value = value_of(counts, name);
    ck_assert_msg(value && value->passages == passages && value->replies == replies,
                  "%s: %llu passages, %llu replies", name,
                  value ? (unsigned long long)value->passages : 0,
                  value ? (unsigned long long)value->replies : 0);
}

START_TEST(facets_count_passages_and_replies_exactly)
{
    struct search_options options = { .limit = 1, .facets = FACET_BIT(FACET_COUNT) - 1 };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_uint_eq(list.total, PARKING);
    ck_assert(list.total_exact);
    assert_counts(&list.facets[FACET_AGENCY], "安河市交通运输局", 34, 17);
    assert_counts(&list.facets[FACET_AGENCY], "宁波市交通局", 17, 17);
    assert_counts(&list.facets[FACET_AGENCY], "安河市民政局", 16, 16);
    assert_counts(&list.facets[FACET_PLACE], "安河市", 50, 33);
    assert_counts(&list.facets[FACET_ROLE], "done", 50, 50);
    assert_counts(&list.facets[FACET_ROLE], "commitment", 17, 17);
    assert_counts(&list.facets[FACET_KIND], "提案", 33, 25);
    ck_assert_uint_eq(list.facets[FACET_YEAR].distinct, 5);
    ck_assert_uint_eq(list.facets[FACET_CLASS].distinct, 0);
    for (int facet = 0; facet < FACET_COUNT; facet++) { /* each counts what its filter leaves */
        struct search_options narrowed = { .limit = 1, .exact_total = true };
        for (size_t i = 0; i < list.facets[facet].count; i++) {
            const struct facet_value *value = &list.facets[facet].values[i];
            struct search_filters filters = filter((enum facet)facet, value->value.data);
            narrowed.filters = &filters;
            ck_assert_uint_eq(search_with("停车泊位", &narrowed).total, value->passages);
        }
    }
}
END_TEST

START_TEST(a_filter_does_not_narrow_its_own_facet)
{
    struct search_filters filters = filter(FACET_ROLE, "commitment");
    struct search_options options = { .limit = 1,
                                      .filters = &filters,
                                      .facets = FACET_BIT(FACET_ROLE) | FACET_BIT(FACET_AGENCY),
                                      .facet_limit = 2 };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_uint_eq(list.total, 17);
    assert_counts(&list.facets[FACET_ROLE], "done", 50, 50);
    ck_assert(value_of(&list.facets[FACET_ROLE], "commitment")->selected);
    ck_assert(!value_of(&list.facets[FACET_ROLE], "done")->selected);
    assert_counts(&list.facets[FACET_AGENCY], "安河市交通运输局", 17, 17);
    ck_assert_ptr_null(value_of(&list.facets[FACET_AGENCY], "宁波市交通局"));
    options.facets = FACET_BIT(FACET_YEAR);
    list = search_with("停车泊位", &options);
    ck_assert_uint_eq(list.facets[FACET_YEAR].count, 2);
    ck_assert_uint_eq(list.facets[FACET_YEAR].distinct, 5);
    ck_assert_uint_eq(list.facets[FACET_ROLE].distinct, 0);
}
END_TEST

START_TEST(an_exact_phrase_is_counted_on_the_text)
{
    struct search_options options = { .limit = 1, .facets = FACET_BIT(FACET_ROLE) };
    struct result_list list = search_with("\"建设停车泊位\"", &options);
    ck_assert_uint_eq(list.total, 17);
    assert_counts(&list.facets[FACET_ROLE], "commitment", 17, 17);
    ck_assert_uint_eq(list.facets[FACET_ROLE].distinct, 1);
}
END_TEST

START_TEST(by_date_the_newest_come_first_and_the_undated_last)
{
    struct search_options options = { .limit = 1000, .sort = SORT_DATE, .exact_total = true };
    struct result_list list = search_with("停车泊位", &options);
    ck_assert_uint_eq(list.count, list.total);
    ck_assert_uint_ge(list.count, REPLIES);
    for (size_t i = 1; i < list.count; i++) {
        struct text before = list.results[i - 1].reply.date, date = list.results[i].reply.date;
        ck_assert(text_compare(before, date) >= 0);
        if (text_equal(before, date))
            ck_assert(list.results[i - 1].score >= list.results[i].score);
    }
    ck_assert_uint_eq(list.results[list.count - 1].reply.date.length, 0);
}
END_TEST

START_TEST(by_date_what_hardly_matches_stays_away)
{
    struct search_options options = { .limit = 1000, .sort = SORT_DATE };
    struct result_list list = search_with("继续建设停车泊位", &options);
    ck_assert_uint_eq(list.count, 17);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_int_eq(list.results[i].passage.role, ROLE_COMMITMENT);
}
END_TEST

/* Every page of every size shows the same order, whether candidates are few or many. */
static void assert_pages(struct search_options options, size_t total)
{
    options.limit = 1000;
    struct result_list all = search_with("停车泊位", &options);
    ck_assert_uint_eq(options.group ? all.group_count : all.count, total);
    for (size_t size = 1; size <= total; size += size < 4 ? 1 : 13)
        for (size_t offset = 0; offset < total; offset += size) {
            options.limit = size;
            options.offset = offset;
            struct result_list page = search_with("停车泊位", &options);
            size_t expected = total - offset < size ? total - offset : size;
            ck_assert_uint_eq(options.group ? page.group_count : page.count, expected);
            for (size_t i = 0; i < expected; i++) {
                const struct result *one =
                    options.group ? page.groups[i].results : &page.results[i];
                const struct result *other =
                    options.group ? all.groups[offset + i].results : &all.results[offset + i];
                ck_assert(text_equal(one->passage.docno, other->passage.docno));
                if (options.group) {
                    ck_assert_uint_eq(page.groups[i].rank, offset + i + 1);
                    ck_assert_uint_eq(page.groups[i].count, all.groups[offset + i].count);
                }
            }
        }
    options.offset = total;
    ck_assert_uint_eq(search_with("停车泊位", &options).count, 0);
}

START_TEST(pages_have_no_holes_and_no_doubles)
{
    struct weights few = WEIGHTS;
    few.candidates = 7;
    assert_pages((struct search_options) { .bare = true }, PARKING);
    assert_pages((struct search_options) { .bare = true, .weights = &few }, PARKING);
    assert_pages((struct search_options) { .bare = true, .weights = &few, .group = true }, REPLIES);
    assert_pages((struct search_options) { .bare = true, .one_per_paragraph = true }, PARKING);
    few.candidates = 1000;
    struct search_options by_date = { .bare = true, .weights = &few, .sort = SORT_DATE };
    by_date.limit = 1000;
    assert_pages(by_date, search_with("停车泊位", &by_date).count);
}
END_TEST

START_TEST(scores_descend_over_all_pages)
{
    struct weights few = WEIGHTS;
    few.candidates = 7;
    struct search_options options = { .limit = 1000, .weights = &few };
    struct result_list list = search_with("继续建设停车泊位", &options);
    for (size_t i = 1; i < list.count; i++)
        ck_assert(list.results[i - 1].score >= list.results[i].score);
}
END_TEST

START_TEST(a_group_is_a_reply_with_its_best_passages)
{
    struct search_options options = { .limit = 100, .group = true };
    struct result_list list = search_with("下一步停车泊位", &options);
    ck_assert_uint_eq(list.group_count, REPLIES);
    ck_assert_uint_eq(list.count, 0);
    for (size_t i = 0; i < list.group_count; i++) {
        const struct result_group *group = &list.groups[i];
        ck_assert_uint_eq(group->rank, i + 1);
        ck_assert_uint_eq(group->found, group->count);
        if (i)
            ck_assert(list.groups[i - 1].results[0].score >= group->results[0].score);
        for (size_t j = 0; j < group->count; j++) {
            ck_assert(text_equal(group->results[j].reply.id, group->results[0].reply.id));
            ck_assert_uint_eq(group->results[j].rank, j + 1);
        }
    }
    ck_assert_uint_eq(list.groups[0].count, 2);
    options.group_passages = 1;
    list = search_with("下一步停车泊位", &options);
    ck_assert_uint_eq(list.groups[0].count, 1);
    ck_assert_uint_eq(list.groups[0].found, 2);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("results");
    tcase_add_checked_fixture(tests, set_up, close_searcher);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_total_is_exact_when_it_is_asked_for);
    tcase_add_test(tests, an_estimate_says_that_it_is_one);
    tcase_add_loop_test(tests, a_filter_leaves_these, 0, COUNT_OF(FILTERS));
    tcase_add_test(tests, facets_hold_together_and_values_of_one_are_alternatives);
    tcase_add_test(tests, a_value_that_is_none_is_misuse);
    tcase_add_test(tests, facets_count_passages_and_replies_exactly);
    tcase_add_test(tests, a_filter_does_not_narrow_its_own_facet);
    tcase_add_test(tests, an_exact_phrase_is_counted_on_the_text);
    tcase_add_test(tests, by_date_the_newest_come_first_and_the_undated_last);
    tcase_add_test(tests, by_date_what_hardly_matches_stays_away);
    tcase_add_test(tests, pages_have_no_holes_and_no_doubles);
    tcase_add_test(tests, scores_descend_over_all_pages);
    tcase_add_test(tests, a_group_is_a_reply_with_its_best_passages);
    return run_tests("results", tests);
}
