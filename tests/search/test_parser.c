/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query language by examples: a line, and the tree it is read as. */
#include "indexer/base/cleanup.h"
#include "search/query/grammar.h"
#include "search/query/query.h"
#include "tests/search/run_suite.h"

static struct lexicon *lexicon;
static struct arena arena;

static void set_up(void)
{
    struct error error;
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
    arena_init(&arena, 0);
}

static void tear_down(void)
{
    arena_release(&arena);
    lexicon_free(lexicon);
}

static const struct {
    const char *line, *tree;
} EXAMPLES[] = {
    /* words */
    { "智改数转 政策支持", "(seq 智改数转 政策支持)" },
    { "  停车\t补贴　标准 ", "(seq 停车 补贴 标准)" },
    { "企业能不能自己办托儿所，政府有补贴吗", "(seq 企业能不能自己办托儿所，政府有补贴吗)" },
    /* quotations */
    { "\"一网通办\"", "(seq (exact 一网通办))" },
    { "“一网通办” 政务", "(seq (exact 一网通办) 政务)" },
    { "政务 「一网通办」", "(seq 政务 (exact 一网通办))" },
    { "《关于推动制造业发展的建议》", "(seq (exact 关于推动制造业发展的建议))" },
    { "『一网通办』", "(seq (exact 一网通办))" },
    { "\"new energy\" 汽车", "(seq (exact new energy) 汽车)" },
    { "\"一网通办\"政务", "(seq (exact 一网通办) 政务)" },
    { "“三首”产品", "(seq “三首”产品)" },
    { "什么是“一网通办”率？", "(seq 什么是“一网通办”率？)" },
    { "《战国无双3》是由哪两个公司合作开发的？", "(seq 《战国无双3》是由哪两个公司合作开发的？)" },
    { "“没有结束", "(seq “没有结束)" },
    { "\"没有 结束", "(seq \"没有 结束)" },
    { "\"\" 停车", "(seq 停车)" },
    /* without */
    { "停车 -收费", "(seq 停车 (not 收费))" },
    { "停车 NOT 收费", "(seq 停车 (not 收费))" },
    { "停车 -“错时共享”", "(seq 停车 (not (exact 错时共享)))" },
    { "停车 - 收费", "(seq 停车 - 收费)" },
    { "企业-专精特新企业", "(seq 企业-专精特新企业)" },
    { "-- 停车", "(seq -- 停车)" },
    { "停车 －收费 −车位", "(seq 停车 (not 收费) (not 车位))" },
    { "停车 ——收费", "(seq 停车 ——收费)" },
    { "NOT -停车", "(seq 停车)" },
    /* operators */
    { "停车 AND 补贴", "(seq (and 停车 补贴))" },
    { "停车 OR 补贴 OR 奖励", "(seq (or 停车 补贴 奖励))" },
    { "a AND b OR c AND d", "(seq (or (and a b) (and c d)))" },
    { "停车 AND NOT 收费", "(seq (and 停车 (not 收费)))" },
    { "养老 停车 AND 补贴", "(seq 养老 (and 停车 补贴))" },
    { "(停车 OR 车位) AND 共享", "(seq (and (seq (or 停车 车位)) 共享))" },
    { "停车 ＯＲ 车位 ＡＮＤ 共享", "(seq (or 停车 (and 车位 共享)))" },
    { "养老 OR NOT 托育", "(seq (or 养老 (not 托育)))" },
    /* parentheses of both widths; around words side by side they change nothing */
    { "((停车))", "(seq 停车)" },
    { "养老 (停车 收费)", "(seq 养老 停车 收费)" },
    { "（停车 OR 车位） AND 共享", "(seq (and (seq (or 停车 车位)) 共享))" },
    { "(停车 OR 车位） 共享", "(seq (seq (or 停车 车位)) 共享)" },
    { "-(养老 托育)", "(seq (not (seq 养老 托育)))" },
    { "养老 -（托育 OR 托幼）", "(seq 养老 (not (seq (or 托育 托幼))))" },
    { "(((((((((((((((((((((停车 OR 车位))))))))))))))))))))) AND 共享",
      "(seq (and (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq (seq "
      "(seq (seq (seq (seq (seq (or 停车 车位)))))))))))))))))))))) 共享))" },
    /* of text they are parts of words */
    { "（一）建成家庭养老床位", "(seq （一）建成家庭养老床位)" },
    { "(2024)12号", "(seq (2024)12号)" },
    { "费用（含 税费） 标准", "(seq 费用（含 税费） 标准)" },
    { "(费用（含 税费） OR 标准)", "(seq (seq 费用（含 (or 税费） 标准)))" },
    { "停车（收费）", "(seq 停车（收费）)" },
    /* what is no syntax is words */
    { "AND 停车", "(seq AND 停车)" },
    { "停车 OR", "(seq 停车 OR)" },
    { "停车 AND OR 补贴", "(seq 停车 (or AND 补贴))" },
    { "NOT", "(seq NOT)" },
    { "-", "(seq -)" },
    { "(停车", "(seq 停车)" },
    { "停车)", "(seq 停车))" },
    { "()", "(seq)" },
    { "养老 AND ()", "(seq (and 养老 (seq)))" },
    { "“”", "(seq)" },
    { "\"\"\"\"", "(seq)" },
    { ")(", "(seq )()" },
    { "AI(人工智能) 教育", "(seq AI(人工智能) 教育)" },
    { "(AI(人工智能) OR 算法)", "(seq (seq (or AI(人工智能) 算法)))" },
    { "R and D", "(seq R and D)" },
    /* fields */
    { "标题:停车", "(seq (field title 停车))" },
    { "标题：停车", "(seq (field title 停车))" },
    { "title:停车 year:2026", "(seq (field title 停车) (field year 2026))" },
    { "TITLE:停车", "(seq (field title 停车))" },
    { "标题:\"停车 难\"", "(seq (field title= 停车 难))" },
    { "标题:《停车》的", "(seq (field title 《停车》的))" },
    { "-机关:经信局", "(seq (not (field issuer 经信局)))" },
    { "(机关:经信局 OR 机关:商务局) 出口",
      "(seq (seq (or (field issuer 经信局) (field issuer 商务局))) 出口)" },
    { "文号:甬经信函〔2026〕9号", "(seq (field number 甬经信函〔2026〕9号))" },
    { "标题: 停车", "(seq (field title 停车))" },
    { "标题：　停车 难", "(seq (field title 停车) 难)" },
    { "年份: 2024..2026 停车", "(seq (field year 2024..2026) 停车)" },
    { "标题: \"停车 难\"", "(seq (field title= 停车 难))" },
    { "标题: (养老 OR 托育)", "(seq (seq (or (field title 养老) (field title 托育))))" },
    { "标题: -停车", "(seq 标题: (not 停车))" },
    { "agency: 经信局", "(seq (field issuer 经信局))" },
    { "文号:甬经信函[2026] 9号 税收", "(seq (field number 甬经信函[2026] 9号) 税收)" },
    { "文号:〔2026〕 第 9 号", "(seq (field number 〔2026〕) 第 9 号)" },
    { "年份:2024 至 2026 养老", "(seq (field year 2024 至 2026) 养老)" },
    { "年份:2024 - 2026", "(seq (field year 2024 - 2026))" },
    { "年份:2024.. 2026", "(seq (field year 2024.. 2026))" },
    { "日期:2024-03 .. 2025-06 养老", "(seq (field date 2024-03 .. 2025-06) 养老)" },
    { "年份:2024 -2026", "(seq (field year 2024) (not 2026))" },
    { "年份:2024 2026", "(seq (field year 2024) 2026)" },
    { "年份:2024 年份:2026", "(seq (field year 2024) (field year 2026))" },
    { "投入3.5 年份:2026", "(seq 投入3.5 (field year 2026))" },
    { "年份:2024 至今", "(seq (field year 2024) 至今)" },
    { "标题:停车 至 2026", "(seq (field title 停车) 至 2026)" },
    /* a number and its unit, with a blank as many write */
    { "投入 3.5 亿元 资金", "(seq 投入 3.5 亿元 资金)" },
    { "2025 年 5 家 企业", "(seq 2025 年 5 家 企业)" },
    { "时间:2026", "(seq 时间:2026)" },
    { "http://example.org/a", "(seq http://example.org/a)" },
    { "标题:停*", "(seq (field title* 停))" },
    { "标题:(养老 OR 托育)", "(seq (seq (or (field title 养老) (field title 托育))))" },
    { "标题：（养老 托育）", "(seq (seq (field title 养老) (field title 托育)))" },
    { "标题:(养老 -托育)", "(seq (seq (field title 养老) (not (field title 托育))))" },
    { "标题:(机关:教育局 OR “养老服务” OR 托*)",
      "(seq (seq (or (field issuer 教育局) (field title= 养老服务) (field title* 托))))" },
    { "-机关:(教育局 OR 民政局)",
      "(seq (not (seq (or (field issuer 教育局) (field issuer 民政局)))))" },
    { "年份:(2024 OR 2026) 养老", "(seq (seq (or (field year 2024) (field year 2026))) 养老)" },
    { "文号:（2024）12号", "(seq (field number （2024）12号))" },
    { "标题:(养老", "(seq (field title 养老))" },
    { "标题:()", "(seq)" },
    { "标题:养老，年份:2024；机关:教育局", "(seq (field title 养老) (field year 2024) "
                                           "(field issuer 教育局))" },
    { "养老，年份:2024", "(seq 养老 (field year 2024))" },
    { "标题:养老，托育", "(seq (field title 养老，托育))" },
    { "文号:\"甬经*\"", "(seq (field number= 甬经*))" },
    /* wildcards */
    { "智能*", "(seq (prefix 智能))" },
    { "5G＊ 应用", "(seq (prefix 5G) 应用)" },
    { "停车 -收费*", "(seq 停车 (not (prefix 收费)))" },
    { "(智能* OR 数字*)", "(seq (seq (or (prefix 智能) (prefix 数字))))" },
    { "*", "(seq *)" },
    { "胡**", "(seq 胡**)" },
    { "停*车", "(seq 停*车)" },
    { "*停车", "(seq (prefix 停车))" }, /* Chinese may follow anything */
    { "*停车*", "(seq (prefix 停车))" },
    { "*tech", "(seq *tech)" },
    { "停*车*", "(seq 停*车*)" },
    { "张*某", "(seq 张*某)" },
    { "机关:*教育局", "(seq (field *issuer 教育局))" },
    { "委员:*民建*", "(seq (field *member* 民建))" },
    { "文号:＊9号", "(seq (field *number 9号))" },
    { "\"智能*\"", "(seq (exact 智能*))" },
    { "AND*", "(seq (prefix AND))" },
    /* hostile */
    { "？？！", "(seq ？？！)" },
    { "\xE2\x80\x8B停\xE2\x80\x8B车\xE2\x80\x8B \xEF\xBB\xBFOR\xE2\x80\x8D 车位",
      "(seq (or 停\xE2\x80\x8B车 车位))" },
    { "😀 养老😀", "(seq 😀 养老😀)" },
    { "AND AND", "(seq AND AND)" },
    { "标题::养老", "(seq (field title :养老))" },
    { "\x01停车\x1b[31m", "(seq 停车 [31m)" },
};

START_TEST(a_line_is_read_as_this_tree)
{
    struct query query;
    struct error error;
    ck_assert_msg(!query_parse(text_of(EXAMPLES[_i].line), lexicon, &arena, &query, &error),
                  "%s: %s", EXAMPLES[_i].line, error.message);
    struct text tree = query_describe(&query, &arena);
    ck_assert_str_eq(tree.data, EXAMPLES[_i].tree);
}
END_TEST

static const struct {
    const char *line, *warnings; /* "column message", with | between them */
} WARNINGS[] = {
    { "停车 补贴", "" },
    { "停车 \"错时", "4 nothing closes the quotation mark \"" },
    { "停车 “错时", "4 nothing closes the quotation mark “" },
    { "什么是“一网通办", "" },
    { "(停车", "1 nothing closes the parenthesis (" },
    { "停车 (收费 (补贴)", "4 nothing closes the parenthesis (" },
    { "停车)", "3 nothing opens the parenthesis )" },
    { "AI(人工智能)", "" },
    { "AND 停车", "1 AND lacks an operand" },
    { "停车 OR", "4 OR lacks an operand" },
    { "停车 AND OR 补贴", "4 AND lacks an operand" },
    { "停车 NOT", "4 NOT lacks an operand" },
    { "- 停车", "" },
    { "停车 标题: 补贴", "" },
    { "停车 标题: AND 补贴", "4 no value behind \"标题:\"" },
    { "标题: 机关:经信局", "1 no value behind \"标题:\"" },
    { "标题: ", "1 no value behind \"标题:\"" },
    { "作者:张三", "1 no field is called \"作者\"" },
    { "停车 Author:Li", "4 no field is called \"Author\"" },
    { "http://example.org/a", "" },
    { "8:30", "" },
    { "问题：停车", "" },
    { "停*车", "2 * is a wildcard only at the end of a word" },
    { "*tech", "1 * is a wildcard only at the end of a word" },
    { "苇*〔2024〕*", "2 * is a wildcard only at the end of a word" },
    { "养老 or 托育", "4 \"or\" is a word; operators are written in capitals" },
    { "R and D", "" },
    { "费用（含 税费） 标准", "" },
    { "（一）建设", "" },
    { "停车）", "3 nothing opens the parenthesis ）" },
    { "标题:(停车", "4 nothing closes the parenthesis (" },
    { "胡**", "" },
    { "*", "" },
    { "(停车 作者:张三 \"", "1 nothing closes the parenthesis (|5 no field is called \"作者\"|"
                            "11 nothing closes the quotation mark \"" },
};

START_TEST(what_is_not_read_as_syntax_is_told_with_its_column)
{
    struct query query;
    struct error error;
    struct text told = TEXT("");
    ck_assert(!query_parse(text_of(WARNINGS[_i].line), lexicon, &arena, &query, &error));
    for (size_t i = 0; i < query.warnings.count; i++)
        told = arena_printf(
            &arena, "%.*s%s%zu %.*s", TEXT_ARG(told), i ? "|" : "", query.warnings.items[i].column,
            TEXT_ARG(query_warning_message(&query.warnings.items[i], WARNING_ENGLISH, &arena)));
    ck_assert_str_eq(told.data, WARNINGS[_i].warnings);
}
END_TEST

START_TEST(a_warning_says_the_same_in_chinese_and_marks_what_it_means)
{
    struct query query;
    struct error error;
    ck_assert(!query_parse(TEXT("停车 作者:张三 “错时"), lexicon, &arena, &query, &error));
    ck_assert_uint_eq(query.warnings.count, 2);
    const struct query_warning *warnings = query.warnings.items;
    ck_assert_uint_eq(warnings[0].column, 4);
    ck_assert_uint_eq(warnings[0].length, 2);
    ck_assert_uint_eq(warnings[1].length, 1);
    ck_assert_str_eq(query_warning_name(warnings[0].kind), "no-field");
    ck_assert_str_eq(query_warning_message(&warnings[0], WARNING_CHINESE, &arena).data,
                     "没有名为“作者”的字段，已按普通文字检索");
    ck_assert_str_eq(query_warning_message(&warnings[1], WARNING_CHINESE, &arena).data,
                     "引号 “ 没有配对，已按普通文字检索");
    for (int kind = 0; kind < WARNING_KIND_COUNT; kind++) {
        const struct query_warning any = { 1, 1, (enum query_warning_kind)kind, TEXT("year"),
                                           TEXT("明年") };
        for (int language = WARNING_ENGLISH; language <= WARNING_CHINESE; language++) {
            struct text message =
                query_warning_message(&any, (enum warning_language)language, &arena);
            ck_assert_uint_gt(message.length, 10);
            ck_assert(!text_contains(message, TEXT("%")));
        }
    }
}
END_TEST

START_TEST(only_the_first_warnings_are_told)
{
    struct query query;
    struct error error;
    ck_assert(!query_parse(TEXT("a:b xxx:b xxx:b xxx:b xxx:b xxx:b xxx:b xxx:b xxx:b xxx:b"),
                           lexicon, &arena, &query, &error));
    ck_assert_uint_eq(query.warnings.count, QUERY_WARNINGS_MAX);
}
END_TEST

START_TEST(the_documented_examples_are_read_as_the_grammar_says)
{
    size_t count = 0;
    for (const struct grammar_section *section = GRAMMAR; section->title; section++)
        for (const struct grammar_row *row = section->rows; row->form; row++, count++) {
            struct query query;
            struct error error;
            ck_assert_msg(!query_parse(text_of(row->form), lexicon, &arena, &query, &error),
                          "%s: %s", row->form, error.message);
            ck_assert_str_eq(query_describe(&query, &arena).data, row->tree);
        }
    ck_assert_uint_gt(count, 15);
}
END_TEST

START_TEST(every_name_of_a_field_is_read_as_that_field)
{
    for (size_t field = 0; field < QUERY_FIELD_COUNT; field++)
        for (const char *const *name = QUERY_FIELDS[field].names; *name; name++) {
            struct query query;
            struct error error;
            struct text line = arena_printf(&arena, "%s:x", *name);
            ck_assert(!query_parse(line, lexicon, &arena, &query, &error));
            ck_assert_int_eq(query.root->first->kind, QUERY_FIELD);
            ck_assert_int_eq(query.root->first->field, (int)field);
        }
}
END_TEST

START_TEST(an_empty_query_is_misuse)
{
    static const char *const BLANK[] = { "", "   ", "\t\n", "　　" };
    struct query query;
    struct error error;
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(query_parse(text_of(BLANK[i]), lexicon, &arena, &query, &error),
                         STATUS_MISUSE);
    ck_assert_str_eq(error.message, "empty query");
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_refused)
{
    struct query query;
    struct error error;
    ck_assert_int_eq(query_parse(TEXT("停车\xff"), lexicon, &arena, &query, &error),
                     STATUS_INVALID);
    ck_assert_str_eq(error.message, "query is not valid UTF-8 at byte 7");
}
END_TEST

static struct text repeated(const char *piece, size_t times)
{
    size_t length = strlen(piece);
    char *data = arena_alloc(&arena, length * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(data + i * length, piece, length);
    return (struct text) { data, length * times };
}

START_TEST(long_and_deep_queries_are_bounded)
{
    static const char *const PIECES[] = {
        "停",  "停 ", "(",    ")",  "(a ",           "-",   "- ", "NOT ", "a AND ", "标题:", "\"",
        "\" ", "《",  "“a” ", "(-", "年份:2026 OR ", "a* ", "*",  "“ ",   "x:y "
    };
    for (size_t i = 0; i < sizeof(PIECES) / sizeof(*PIECES); i++) {
        struct query query;
        struct error error;
        enum status status =
            query_parse(repeated(PIECES[i], 10000), lexicon, &arena, &query, &error);
        ck_assert_msg(!status, "%s: %s", PIECES[i], error.message);
        ck_assert(query_describe(&query, &arena).data != NULL);
    }
}
END_TEST

START_TEST(a_line_beyond_the_ceiling_is_refused)
{
    struct query query;
    struct error error;
    struct text line = repeated("停车", QUERY_LINE_MAX / 6 + 1);
    ck_assert_int_eq(query_parse(line, lexicon, &arena, &query, &error), STATUS_LIMIT);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("parser");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_line_is_read_as_this_tree, 0, COUNT_OF(EXAMPLES));
    tcase_add_loop_test(tests, what_is_not_read_as_syntax_is_told_with_its_column, 0,
                        COUNT_OF(WARNINGS));
    tcase_add_test(tests, a_warning_says_the_same_in_chinese_and_marks_what_it_means);
    tcase_add_test(tests, only_the_first_warnings_are_told);
    tcase_add_test(tests, the_documented_examples_are_read_as_the_grammar_says);
    tcase_add_test(tests, every_name_of_a_field_is_read_as_that_field);
    tcase_add_test(tests, an_empty_query_is_misuse);
    tcase_add_test(tests, bytes_that_are_not_utf8_are_refused);
    tcase_add_test(tests, long_and_deep_queries_are_bounded);
    tcase_add_test(tests, a_line_beyond_the_ceiling_is_refused);
    return run_tests("parser", tests);
}
