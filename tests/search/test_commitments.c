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
    { "截至目前已建成8条，年内将再建3条。", ROLE_COMMITMENT, true, "年内" },
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
    { "若完全放开，经测算每年将增加支出约2.6亿元，收支难以平衡。", ROLE_BACKGROUND, false, "" },
    { "经测算，改造需资金2亿元，我局将积极争取。", ROLE_OTHER, true, "" },
    { "建议把脉准，对我们下一阶段工作很有帮助。", ROLE_BACKGROUND, false, "" },
    /* written before any of them was tried; 40 of 60 were right then */
    { "我局拟会同市教育局制定校外托管机构管理办法，明确准入门槛。", ROLE_OTHER, true, "" },
    { "项目计划总投资3.2亿元，预计2027年建成投用。", ROLE_OTHER, true, "2027年" },
    { "该办法自2024年7月1日起施行，有效期五年。", ROLE_OTHER, false, "" },
    { "年底前，我们还将开展一次专项督查。", ROLE_OTHER, true, "年底前" },
    { "相关工作方案将于今年9月底前印发实施。", ROLE_OTHER, true, "今年9月底前" },
    { "我局将群众反映的噪声问题列为重点整治内容，查处违规工地12处。", ROLE_DONE, false, "" },
    { "通过将闲置校舍改造为养老驿站，盘活面积2300平方米。", ROLE_DONE, false, "" },
    { "您的建议我们将认真研究吸纳，在修订规划时予以体现。", ROLE_OTHER, true, "" },
    { "对暂不具备条件的小区，待管网改造时一并实施。", ROLE_OTHER, true, "" },
    { "由于将来人口变化存在不确定性，学位供给需要动态平衡。", ROLE_BACKGROUND, false, "" },
    { "将军路、滨河路等路段已完成白改黑。", ROLE_OTHER, false, "" },
    { "强化部门联动，建立信息共享机制。", ROLE_COMMITMENT, true, "" },
    { "2026年6月底前完成首批试点验收。", ROLE_COMMITMENT, true, "2026年6月底前" },
    { "去年，我们组织专家对全市古树名木进行了普查。", ROLE_COMMITMENT, false, "" },
    { "我市现有公办养老机构32家，护理型床位占比58%。", ROLE_COMMITMENT, false, "" },
    { "对违规占用消防通道的，依法从严查处。", ROLE_COMMITMENT, true, "" },
    { "下一步工作安排如下：", ROLE_COMMITMENT, false, "" },
    { "计划明年再增设校园专线12条，力争2026年实现主城区全覆盖。", ROLE_OTHER, true, "2026年" },
    { "争取用三年时间，三年内将全部老旧电梯更新一遍。", ROLE_OTHER, true, "三年内" },
    { "适时启动二期工程建设。", ROLE_OTHER, true, "" },
    { "2023年底前完成的136个小区均已通过验收。", ROLE_DONE, false, "" },
    { "按照到2025年建成国家森林城市的目标，我市先后实施了五大绿化工程。", ROLE_DONE, false, "" },
    { "我局定于10月召开座谈会，邀请各位委员参加。", ROLE_OTHER, true, "10月" },
    { "我们会继续跟踪该路段的通行情况，必要时调整信号配时。", ROLE_OTHER, true, "" },
    { "我局会在下一轮公交线网优化中统筹考虑您的建议。", ROLE_OTHER, true, "" },
    { "这项工作对将要毕业的学生影响较大。", ROLE_OTHER, false, "" },
    { "“十五五”期间，新建三级医院2所。", ROLE_COMMITMENT, true, "“十五五”期间" },
    { "确保2025年12月底前实现行政村5G网络全覆盖。", ROLE_OTHER, true, "2025年12月底前" },
    { "国家规定，用人单位应当在三十日内办理社会保险登记。", ROLE_OTHER, false, "" },
    { "严格落实属地责任，做到早发现、早处置。", ROLE_COMMITMENT, true, "" },
    { "2024年以来，全市已开展联合执法87次。", ROLE_COMMITMENT, false, "" },
    { "到2027年底，全市每千人口拥有3岁以下婴幼儿托位数达到4.8个。", ROLE_OTHER, true, "2027年底" },
    { "该项目已列入储备库，明年上半年可开工建设。", ROLE_OTHER, true, "明年上半年" },
    { "该项目已于今年上半年开工建设。", ROLE_OTHER, false, "" },
    { "年内出台电动自行车集中充电设施建设导则。", ROLE_OTHER, true, "年内" },
    { "年内两次组织召开联席会议。", ROLE_OTHER, false, "" },
    { "感谢您的建议，希望今后继续关心我市工作。", ROLE_OTHER, false, "" },
    { "从2022年起，每年安排2000万元专项资金，累计改造管网130公里。", ROLE_DONE, false, "" },
    { "我局正抓紧编制专项规划，报批后公布实施。", ROLE_OTHER, true, "" },
    { "目前正在开展可行性研究，条件成熟后启动建设。", ROLE_OTHER, true, "" },
    { "经研究，您提出的免费停车建议因缺乏上位法依据，暂不具备实施条件。", ROLE_OTHER, false, "" },
    { "拟于2025年第四季度组织开展专场招聘活动。", ROLE_OTHER, true, "2025年第四季度" },
    { "每年新增停车泊位不少于5000个。", ROLE_COMMITMENT, true, "" },
    { "（一）完善政策体系。研究出台支持夜间经济发展若干措施。", ROLE_COMMITMENT, true, "" },
    { "会议决定将该区域划为禁停区。", ROLE_OTHER, false, "" },
    { "市人大常委会将该条例列入年度立法计划。", ROLE_OTHER, false, "" },
    { "我委已商市财政局，同意从明年起提高补助标准。", ROLE_OTHER, true, "明年起" },
    { "委员们提出的将有轨电车延伸至高铁站的建议很有针对性。", ROLE_OTHER, false, "" },
    { "剩余23个路口6月底前全部完成渠化。", ROLE_OTHER, true, "6月底前" },
    { "群众普遍期盼尽快启动改造。", ROLE_BACKGROUND, false, "" },
    { "对您提出的问题，我局将一抓到底，直至整改到位。", ROLE_OTHER, true, "" },
    { "上述措施实施以来，投诉量下降了四成。", ROLE_COMMITMENT, false, "" },
    { "规划到2030年全市轨道交通运营里程达到280公里。", ROLE_OTHER, true, "2030年" },
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
