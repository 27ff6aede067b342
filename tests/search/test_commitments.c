/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which sentences announce something, and until when. */
#include "search/extract/commitments.h"

#include "search/extract/sentences.h"
#include "tests/search/run_suite.h"

static const struct {
    const char *sentence;
    enum passage_role role;
    bool is;
    const char *deadline;
} EXAMPLES[] = {
    { "下一步，我局将会同市财政局完善补贴政策。", ROLE_OTHER, true, "" },
    { "力争到2027年底建成充电桩10万个。", ROLE_OTHER, true, "2027年底" },
    { "下半年将再增加6条、约26公里绿波。", ROLE_DONE, true, "" },
    { "计划2026年10月底前公开征求意见。", ROLE_OTHER, true, "2026年10月底前" },
    { "计划2025年10月公开征求意见。", ROLE_OTHER, true, "2025年10月" },
    { "预计今年年底前完成改造。", ROLE_OTHER, true, "今年年底前" },
    { "2025年底前完成全部小区的改造任务。", ROLE_OTHER, true, "2025年底前" },
    { "持续推进规模以上工业企业绿色化改造全覆盖。", ROLE_COMMITMENT, true, "" },
    { "对列入国家名单的企业，按规定给予政策支持。", ROLE_COMMITMENT, true, "" },
    { "截至2025年底，已建成绿色工厂159家。", ROLE_COMMITMENT, false, "" },
    { "目前，全市共有养老机构120家。", ROLE_COMMITMENT, false, "" },
    { "截至目前已建成8条，年内将再建3条。", ROLE_COMMITMENT, true, "" },
    { "将两个部门的职责合并，取得明显成效。", ROLE_DONE, false, "" },
    { "已将其纳入2025年重点工作。", ROLE_DONE, false, "" },
    { "近年来，我市大力发展公共交通。", ROLE_BACKGROUND, false, "" },
    { "感谢您对我市工作的关心，希望今后继续支持。", ROLE_OTHER, false, "" },
    { "将新增泊位、共享开放三项指标纳入对区考核。", ROLE_DONE, false, "" },
    { "我局将把停车难纳入年度重点工作。", ROLE_OTHER, true, "" },
    { "将新建停车场三处，纳入明年计划。", ROLE_OTHER, true, "" },
    { "利用待建地块建成临时停车场64处。", ROLE_DONE, false, "" },
    { "可留待日后换取服务，目前注册志愿者743人。", ROLE_COMMITMENT, false, "" },
    { "待用地落实后再按程序申报立项。", ROLE_OTHER, true, "" },
    { "方案已报市政府，待批复后实施。", ROLE_OTHER, true, "" },
    { "下步工作举措", ROLE_HEADING, false, "" },
    { "下步我们将从四个方面加强工作：", ROLE_COMMITMENT, false, "" },
};

START_TEST(a_sentence_is_a_commitment_or_not)
{
    struct text sentence = text_of(EXAMPLES[_i].sentence);
    ck_assert_msg(commitment_is(sentence, EXAMPLES[_i].role) == EXAMPLES[_i].is, "%s",
                  sentence.data);
    struct text deadline = commitment_deadline(sentence);
    if (EXAMPLES[_i].is)
        ck_assert_msg(text_equal(deadline, text_of(EXAMPLES[_i].deadline)), "%s: %.*s",
                      sentence.data, TEXT_ARG(deadline));
}
END_TEST

static const struct {
    const char *sentence;
    bool followed, is;
} HEADINGS[] = {
    { "（四）加强资金保障。", true, true },
    { "（四）加强资金保障。", false, true },
    { "三、统筹基础设施建设。", true, true },
    { "2．建设幸福河湖。", true, true },
    { "(12)建设幸福河湖。", true, true },
    { "（二）、关于“建设分布式光伏和绿电直供”。", true, true },
    { "一是加强创新成果转化。", true, true },
    { "一是加强创新成果转化。", false, false }, /* it is all that is said */
    { "（一）年内建成停车场3处。", true, false },
    { "（一）将完善停车收费政策。", true, false },
    { "（一）完善政策，加强监管。", true, false },
    { "十分重视停车难问题。", true, false },
    { "加强资金保障。", true, false },
};

START_TEST(a_heading_that_runs_on_promises_nothing_itself)
{
    ck_assert_msg(commitment_is_heading(text_of(HEADINGS[_i].sentence), HEADINGS[_i].followed) ==
                      HEADINGS[_i].is,
                  "%s", HEADINGS[_i].sentence);
}
END_TEST

START_TEST(sentences_are_whole)
{
    static const char *const WHOLE[] = { "他说：“好！”", "然后走了。", "第二句？！", "没有句号\n",
                                         "最后（见附件。）" };
    struct text text = TEXT("他说：“好！”然后走了。第二句？！没有句号\n最后（见附件。）");
    size_t at = 0;
    for (int i = 0; i < COUNT_OF(WHOLE); i++) {
        size_t end = sentence_end(text, at);
        struct text sentence = text_slice(text, at, end - at);
        ck_assert_msg(text_equal(sentence, text_of(WHOLE[i])), "%.*s", TEXT_ARG(sentence));
        at = end;
    }
    ck_assert_uint_eq(at, text.length);
    ck_assert_uint_eq(sentence_end(TEXT(""), 0), 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("commitments");
    tcase_add_loop_test(tests, a_sentence_is_a_commitment_or_not, 0, COUNT_OF(EXAMPLES));
    tcase_add_loop_test(tests, a_heading_that_runs_on_promises_nothing_itself, 0,
                        COUNT_OF(HEADINGS));
    tcase_add_test(tests, sentences_are_whole);
    return run_tests("commitments", tests);
}
