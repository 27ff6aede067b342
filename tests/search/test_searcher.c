/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one door: a query line in, passages out, on an index of three replies. */

#include "indexer/base/utf8.h"
#include "search/output/output.h"
#include "tests/search/searcher_fixture.h"

static void set_up(void)
{
    open_fixture();
    open_searcher(SAMPLES, 3);
}

static struct result_list search_page(const char *line, size_t offset, size_t limit)
{
    struct search_options options = { .offset = offset, .limit = limit };
    struct result_list list = { 0 };
    ck_assert_msg(!searcher_search(searcher, text_of(line), &options, &arena, &list, &error),
                  "%s: %s", line, error.message);
    return list;
}

static const char *docnos(const char *line)
{
    struct result_list list = search_page(line, 0, 100);
    struct text out = TEXT("");
    for (size_t i = 0; i < list.count; i++) {
        out = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(out), i ? " " : "",
                           TEXT_ARG(list.results[i].passage.docno));
        ck_assert_uint_eq(list.results[i].rank, i + 1);
        ck_assert(i == 0 || list.results[i].score <= list.results[i - 1].score);
    }
    return out.data;
}

/* Docnos that must lead, in order; "!" at the end: and nothing else. */
static const struct {
    const char *line, *first;
} EXAMPLES[] = {
    { "智改数转", "ningbo#6" },
    { "僵尸车", "anhe#3" },
    /* phrases are exact */
    { "\"一网通办\"", "ningbo#7!" },
    { "“一网统管”", "ningbo#7!" },
    { "\"网通管\"", "!" },
    { "\"停车收费标准\"", "anhe#3!" },
    { "\"停车标准\"", "!" },
    { "《关于推动制造业发展的建议》", "ningbo#4!" },
    /* operators */
    { "停车 AND 指导价", "anhe#3!" },
    { "停车 -收费标准", "anhe#2!" },
    { "停车 NOT 收费", "!" },
    { "僵尸车 OR 智改数转", "ningbo#6 anhe#3!" },
    { "(停车 OR 助餐) AND 错时共享", "anhe#2!" },
    /* fields */
    { "年份:2025 停车", "anhe#" },
    { "年份:2026 停车", "!" },
    { "年份:2024..2025 停车 部分:下步", "anhe#3!" },
    { "机关:民政厅", "lingdong#2 lingdong#1!" },
    { "地区:岭东 食堂", "lingdong#2!" },
    { "地区:安河 僵尸", "anhe#3!" },
    { "地区:河 僵尸", "anhe#3!" },
    { "-地区:安河 僵尸", "!" },
    { "文号:安交函[2025]40号 部分:已做", "anhe#2!" },
    { "届次:十四届三次 食堂", "lingdong#2!" },
    { "类型:建议 食堂", "lingdong#2!" },
    { "地区:安河市 僵尸", "anhe#3!" },
    { "日期:2025-05..2025-06 僵尸", "anhe#3!" },
    { "日期:2026.. 僵尸", "!" },
    { "编号:213 食堂", "lingdong#2!" },
    { "标题:\"第213号建议\" 食堂", "lingdong#2!" },
    { "标题:\"第13号建议\"", "!" },
    { "年份:明年 僵尸车", "anhe#3" },
    /* width and script */
    { "老年食堂 80岁", "lingdong#2" },
    { "老年食堂　８０歲", "lingdong#2" },
    { "\"８０岁以上老人\"", "lingdong#2!" },
    /* citations */
    { "甬经信函〔2026〕9号", "ningbo#2 ningbo#1 ningbo#3" },
    { "甬经信函[2026] 9号", "ningbo#2 ningbo#1 ningbo#3" },
    { "安交函（２０２５）40号", "anhe#1" },
    { "省十四届人大三次会议第213号建议", "lingdong#1" },
    { "市政协十六届五次会议第13号提案", "ningbo#3 ningbo#4 ningbo#1" },
    { "市政协九届三次会议第13号提案", "anhe#1" },
    { "第13号提案 安河市", "anhe#1" },
    { "第13号提案 智改数转", "ningbo#3 ningbo#4" },
    { "213号建议", "lingdong#1" },
    /* nothing */
    { "飞机", "!" },
    { "？？！", "!" },
};

START_TEST(a_query_finds_these_passages_first)
{
    struct text expected = text_of(EXAMPLES[_i].first);
    bool all = text_ends_with(expected, TEXT("!"));
    expected.length -= all;
    struct text found = text_of(docnos(EXAMPLES[_i].line));
    ck_assert_msg(all ? text_equal(found, expected) : text_starts_with(found, expected), "%s: %.*s",
                  EXAMPLES[_i].line, TEXT_ARG(found));
}
END_TEST

START_TEST(a_heading_does_not_outrank_the_passages_below_it)
{
    const char *found = docnos("政策支持举措");
    const char *heading = strstr(found, "ningbo#5"), *below = strstr(found, "ningbo#6");
    ck_assert_ptr_nonnull(heading);
    ck_assert_ptr_nonnull(below);
    ck_assert_msg(below < heading, "%s", found);
}
END_TEST

START_TEST(pages_fit_together)
{
    struct result_list all = search_page("停车 政策 老年", 0, 100);
    ck_assert_uint_gt(all.count, 3);
    for (size_t i = 0; i < all.count; i++) {
        struct result_list page = search_page("停车 政策 老年", i, 1);
        ck_assert_uint_eq(page.count, 1);
        ck_assert_uint_eq(page.results[0].rank, i + 1);
        ck_assert(text_equal(page.results[0].passage.docno, all.results[i].passage.docno));
    }
    ck_assert_uint_eq(search_page("停车", 1000, 10).count, 0);
    ck_assert_uint_eq(search_page("停车", 0, 0).count, 0);
}
END_TEST

START_TEST(a_result_says_whose_it_is_and_where)
{
    struct result_list list = search_page("僵尸车", 0, 1);
    const struct result *result = &list.results[0];
    ck_assert(text_equal(result->reply.issuer, TEXT("安河市交通运输局")));
    ck_assert(text_equal(result->reply.document_number, TEXT("安交函〔2025〕40号")));
    ck_assert(text_equal(result->passage.path, TEXT("二、停车管理")));
    ck_assert_uint_eq(result->passage.paragraph, 3);
    ck_assert_uint_eq(result->passage.source_offset, 200);
    ck_assert_uint_eq(result->highlights.count, 1);
    struct text shown = text_slice(result->passage.text, result->highlights.spans[0].start,
                                   result->highlights.spans[0].length);
    ck_assert(text_equal(shown, TEXT("僵尸车")));
}
END_TEST

START_TEST(a_commit_during_the_life_of_a_searcher_is_no_failure)
{
    for (int i = 0; i < 5; i++) { /* Xapian keeps one old state: two commits make it stale */
        make_index(SAMPLES, 3);
        ck_assert_uint_gt(search_page("停车", 0, 10).count, 0);
    }
}
END_TEST

START_TEST(long_queries_are_bounded_and_still_find)
{
    static const char *const PIECES[] = { "停车场", "僵尸车 ", "\"僵尸车\" ",  "-收费 ",
                                          "(",      "a1,",     "停 ",          "年份:2025 ",
                                          "第13号", "𠮷",      "标题:停车 OR " };
    for (int i = 0; i < COUNT_OF(PIECES); i++) {
        size_t length = strlen(PIECES[i]);
        char *line = arena_alloc(&arena, length * 10000 + 1);
        for (size_t j = 0; j < 10000; j++)
            memcpy(line + j * length, PIECES[i], length);
        struct search_options options = { .limit = 10 };
        struct result_list list;
        enum status status =
            searcher_search(searcher, text_of(line), &options, &arena, &list, &error);
        ck_assert_msg(status == STATUS_OK, "%s: %s", PIECES[i], error.message);
        if (i < 2)
            ck_assert_uint_gt(list.count, 0);
    }
}
END_TEST

START_TEST(misuse_is_one_clear_line)
{
    struct search_options options = { .limit = 10 };
    struct result_list list;
    ck_assert_int_eq(searcher_search(searcher, TEXT(" "), &options, &arena, &list, &error),
                     STATUS_MISUSE);
    ck_assert_int_eq(searcher_search(searcher, TEXT("\xc3"), &options, &arena, &list, &error),
                     STATUS_INVALID);
    options.limit = SIZE_MAX;
    ck_assert_int_eq(searcher_search(searcher, TEXT("停车"), &options, &arena, &list, &error),
                     STATUS_LIMIT);
}
END_TEST

static char *written(enum output_kind kind, const char *line, bool bold)
{
    char *result = NULL;
    size_t length = 0;
    const struct output_format *format = &OUTPUTS[kind];
    struct search_options options = { .limit = format->limit,
                                      .bare = format->bare,
                                      .one_per_paragraph = format->one_per_paragraph };
    struct output output = { open_memstream(&result, &length), bold, 60, .first = true };
    if (kind == OUTPUT_TREC)
        output.topic = TEXT("Q 1");
    struct result_list list;
    ck_assert(!searcher_search(searcher, text_of(line), &options, &arena, &list, &error));
    ck_assert(!format->write(&output, &list, &error));
    fclose(output.stream);
    return result;
}

START_TEST(a_run_has_each_docno_once_with_descending_scores)
{
    char *run = written(OUTPUT_TREC, "停车 政策 老年 第13号", false), name[64];
    double last = 1e9;
    struct text rest = text_of(run), line;
    size_t rank = 0;
    while (text_split(&rest, TEXT("\n"), &line) && line.length) {
        double score;
        size_t number;
        ck_assert_int_eq(sscanf(line.data, "Q_1 Q0 %63s %zu %lf dafu", name, &number, &score), 3);
        ck_assert_uint_eq(number, ++rank);
        ck_assert_msg(score < last, "%.*s", TEXT_ARG(line));
        ck_assert_ptr_eq(strstr(line.data + line.length, name), NULL);
        last = score;
    }
    ck_assert_uint_gt(rank, 3);
    free(run);
}
END_TEST

START_TEST(json_has_the_documented_keys)
{
    static const char *const KEYS[] = {
        "rank",          "score",         "reply",   "docno",
        "title",         "subject",       "issuer",  "document_number",
        "date",          "session",       "kind",    "proposal_number",
        "area",          "path",          "role",    "paragraph",
        "text",          "highlights",    "snippet", "source",
        "source_offset", "source_length",
    };
    char *line = written(OUTPUT_JSON, "僵尸车", true);
    for (int i = 0; i < COUNT_OF(KEYS); i++)
        ck_assert_msg(strstr(line, arena_printf(&arena, "\"%s\":", KEYS[i]).data) != NULL, "%s: %s",
                      KEYS[i], line);
    ck_assert_ptr_nonnull(strstr(line, "\"highlights\":[[19,3]]")); /* characters, not bytes */
    ck_assert_ptr_null(strchr(line, '\033'));
    free(line);
}
END_TEST

START_TEST(text_for_people_fits_the_terminal)
{
    char *text = written(OUTPUT_TEXT, "停车 智改数转 老年", false);
    struct text rest = text_of(text), line;
    while (text_split(&rest, TEXT("\n"), &line))
        ck_assert_msg(utf8_columns(line) <= 60, "%.*s", TEXT_ARG(line));
    ck_assert_ptr_null(strchr(text, '\033'));
    free(text);
    text = written(OUTPUT_TEXT, "僵尸车", true);
    ck_assert_ptr_nonnull(strstr(text, "\033[1m僵尸车\033[0m"));
    free(text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("searcher");
    tcase_add_checked_fixture(tests, set_up, close_searcher);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_query_finds_these_passages_first, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, a_heading_does_not_outrank_the_passages_below_it);
    tcase_add_test(tests, pages_fit_together);
    tcase_add_test(tests, a_result_says_whose_it_is_and_where);
    tcase_add_test(tests, a_commit_during_the_life_of_a_searcher_is_no_failure);
    tcase_add_test(tests, long_queries_are_bounded_and_still_find);
    tcase_add_test(tests, misuse_is_one_clear_line);
    tcase_add_test(tests, a_run_has_each_docno_once_with_descending_scores);
    tcase_add_test(tests, json_has_the_documented_keys);
    tcase_add_test(tests, text_for_people_fits_the_terminal);
    return run_tests("searcher", tests);
}
