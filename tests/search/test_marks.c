/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a passage is shown as matched: the words of the query, exact phrases as a whole, and no
 * pieces of words that happen to be there. */

#include "tests/search/marked.h"
#include "tests/search/searcher_fixture.h"

static const struct sample_reply REPLIES[] = {
    { "a",
      "关于市政协十六届四次会议第15号提案的答复",
      "澜江市民政局",
      "澜民函〔2025〕96号",
      "15",
      "市政协十六届四次会议",
      "澜江市",
      "2025-06-01",
      BODY_CPPCC,
      16,
      4,
      { { "", "澜民函〔2025〕96号", ROLE_HEAD },
        { "", "关于市政协十六届四次会议第15号提案的答复", ROLE_HEAD },
        { "", "实施居家适老化改造和企业数字化改造。", ROLE_DONE },
        { "", "给予每生每月400元运营补贴，不是运营补助。", ROLE_DONE },
        { "", "新增“三首”产品118项，全程网办率88%，一网通办率94%。", ROLE_DONE },
        { "", "老年食堂惠及老年人，食堂扩容；经信局与经济和信息化局。", ROLE_DONE },
        { "", "digital digitization 5G 25G 2025年 12025年", ROLE_DONE },
        { "", "提供适老服务；健康管理员、护理员到岗；公办托育机构；内河水体停车场。", ROLE_DONE } } },
    { "b",
      "关于第7号建议的答复",
      "青屿市水利局",
      "青水〔2023〕7号",
      "7",
      "",
      "青屿市",
      "2023-06-01",
      BODY_CONGRESS,
      1,
      1,
      { { "", "河道清淤已经完成。", ROLE_DONE },
        { "", "水库除险加固。", ROLE_DONE },
        { "", "灌区改造。", ROLE_DONE },
        { "", "排涝泵站。", ROLE_DONE },
        { "", "堤防加高。", ROLE_DONE },
        { "", "节水器具。", ROLE_DONE } } },
};

static void set_up(void)
{
    open_fixture();
    open_searcher(REPLIES, 2);
}

/* The passage with [ ] around what is shown; "" when it is not found. */
static const char *marked(const char *line, const char *docno)
{
    const struct search_options options = { .limit = 100 };
    struct result_list list = { 0 };
    ck_assert_msg(!searcher_search(searcher, text_of(line), &options, &arena, &list, &error), "%s",
                  error.message);
    size_t found = 0;
    while (found < list.count && !text_equal(list.results[found].passage.docno, text_of(docno)))
        found++;
    if (found == list.count)
        return "";
    const struct result *result = &list.results[found];
    return marked_text(result->passage.text, &result->highlights, &arena);
}

static const struct {
    const char *line, *docno, *shown;
} EXAMPLES[] = {
    /* a pair that binds two words is shown where both words are */
    { "居家适老化改造", "a#3", "实施[居家适老化改造]和企业数字化[改造]。" },
    { "运营补助", "a#4", "给予每生每月400元[运营]补贴，不是[运营补助]。" },
    /* words that the segmenter does not know */
    { "三首产品", "a#5", "新增“[三首]”[产品]118项，全程网办率88%，一网通办率94%。" },
    { "一网通办率", "a#5", "新增“三首”产品118项，全程网办率88%，[一网通办率]94%。" },
    /* pairs that are pieces of other words of the text */
    { "养老服务", "a#8",
      "提供适老[服务]；健康管理员、护理员到岗；公办托育机构；内河水体停车场。" },
    { "适老服务", "a#8",
      "提供[适老服务]；健康管理员、护理员到岗；公办托育机构；内河水体停车场。" },
    { "护理员到岗", "a#8",
      "提供适老服务；健康管理员、[护理员到岗]；公办托育机构；内河水体停车场。" },
    { "自己办托育", "a#8",
      "提供适老服务；健康管理员、护理员到岗；公办[托育]机构；内河水体停车场。" },
    { "河水 治理 停车位 到岗", "a#8",
      "提供适老服务；健康管理员、护理员[到岗]；公办托育机构；内河水体[停车]场。" },
    /* exact phrases only as a whole */
    { "“老年食堂”", "a#6", "[老年食堂]惠及老年人，食堂扩容；经信局与经济和信息化局。" },
    { "“老年食堂” 老年人", "a#6", "[老年食堂]惠及[老年人]，食堂扩容；经信局与经济和信息化局。" },
    { "老年食堂", "a#6", "[老年食堂]惠及[老年]人，[食堂]扩容；经信局与经济和信息化局。" },
    { "\"经信局\"", "a#6", "老年食堂惠及老年人，食堂扩容；[经信局]与[经济和信息化局]。" },
    /* what is denied is not looked for */
    { "老年 -\"没有\" NOT 清淤", "a#6",
      "[老年]食堂惠及[老年]人，食堂扩容；经信局与经济和信息化局。" },
    /* numbers and Latin words as a whole */
    { "\"5G\"", "a#7", "digital digitization [5G] 25G 2025年 12025年" },
    { "\"2025年\"", "a#7", "digital digitization 5G 25G [2025年] 12025年" },
    { "digit*", "a#7", "[digital] [digitization] 5G 25G 2025年 12025年" },
    /* citations */
    { "澜民函[2025] 96号", "a#1", "[澜民函〔2025〕96号]" },
    { "第15号提案", "a#2", "关于市政协十六届四次会议[第15号提案]的答复" },
    /* fields are elsewhere */
    { "机关:民政局 食堂", "a#6", "老年[食堂]惠及老年人，[食堂]扩容；经信局与经济和信息化局。" },
    { "年份:明年 食堂", "a#6", "老年[食堂]惠及老年人，[食堂]扩容；经信局与经济和信息化局。" },
};

START_TEST(what_matched_is_shown)
{
    ck_assert_str_eq(marked(EXAMPLES[_i].line, EXAMPLES[_i].docno), EXAMPLES[_i].shown);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("marks");
    tcase_add_unchecked_fixture(tests, set_up, close_searcher);
    tcase_add_loop_test(tests, what_matched_is_shown, 0, COUNT_OF(EXAMPLES));
    return run_tests("marks", tests);
}
