/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A title alone tells which proposal is answered. The table shows the forms in use; a list of real
 * titles is read from the folder beside the checkout where it is at hand. */
#include <stdio.h>

#include "tests/reply/parsing.h"

struct row {
    const char *title, *body;
    int term, meeting;
    const char *number, *kind;
};

static const struct row ROWS[] = {
    /* 政协, the term before or behind the body */
    { "关于市政协十二届三次会议第45号提案的答复", "政协", 12, 3, "45", "提案" },
    { "关于对政协八届二次会议第17号提案的答复", "政协", 8, 2, "17", "提案" },
    { "对政协北湖市第九届委员会第一次会议第203号提案的答复", "政协", 9, 1, "203", "提案" },
    { "关于政协第十三届全国委员会第三次会议第02345号（社会管理类156号）提案答复的函", "政协", 13, 3,
      "02345", "提案" },
    { "对政协云水县七届五次会议第6号提案的答复", "政协", 7, 5, "6", "提案" },
    { "北湖市水务局关于对北湖市第八届政协第二次会议第31号提案的答复", "政协", 8, 2, "31", "提案" },
    { "关于对中国人民政治协商会议北湖市第八届委员会第二次会议第12号提案的答复", "政协", 8, 2, "12",
      "提案" },
    { "关于省政协十二届一次全会第0118号提案的答复", "政协", 12, 1, "0118", "提案" },
    { "关于全国政协十四届二次会议第01988号提案的答复", "政协", 14, 2, "01988", "提案" },
    { "关于十四届全国政协一次会议第00321号提案的会办意见", "政协", 14, 1, "00321", "提案" },
    { "市教育局关于市政协十届四次会议第20240099号提案的复函", "政协", 10, 4, "20240099", "提案" },
    { "关于市政协十五届三次会议第88号《关于加强校园周边整治的建议》的答复", "政协", 15, 3, "88",
      "提案" },
    { "关于“河东区政协六届四次会议第9号提案”的答复", "政协", 6, 4, "9", "提案" },
    { "关于区政协五届三次会议第52 号提案的回复", "政协", 5, 3, "52", "提案" },
    { "对市政协十四届一次会议党派提案第7号的答复", "政协", 14, 1, "7", "提案" },
    { "关于县政协第十一届第二次会议第23号提案办理情况的答复", "政协", 11, 2, "23", "提案" },
    { "市卫健委对市政协12届3次会议第66号提案的答复", "政协", 12, 3, "66", "提案" },
    { "关于州政协九届二次会议第Z0045号提案的答复", "政协", 9, 2, "Z0045", "提案" },
    /* 人大 */
    { "对市十五届人大四次会议第133号建议的答复", "人大", 15, 4, "133", "建议" },
    { "关于市十三届人大一次会议第8号代表建议的答复", "人大", 13, 1, "8", "建议" },
    { "对十四届全国人大一次会议第3321号建议的答复", "人大", 14, 1, "3321", "建议" },
    { "教育部对十三届全国人大五次会议第5566号建议的答复", "人大", 13, 5, "5566", "建议" },
    { "关于河东区人大六届二次会议19号建议的回复", "人大", 6, 2, "19", "建议" },
    { "关于河东区第七届第二次人大代表会议5号建议的回复", "人大", 7, 2, "5", "建议" },
    { "关于对云水县人大第十六届三次会议第044号建议的答复", "人大", 16, 3, "044", "建议" },
    { "关于对北湖市第十六届人民代表大会第三次会议第140号建议的答复", "人大", 16, 3, "140", "建议" },
    { "2022年云水县十七届人大一次会议《关于修缮通村道路的建议》(36号)的答复", "人大", 17, 1, "36",
      "建议" },
    { "关于河东区人大五届一次会议第3号“关于将幸福里纳入2021年改造计划的建议”的答复", "人大", 5, 1,
      "3", "建议" },
    { "北湖市公安局关于对北湖市人大七届四次会议第61号 建议、批评和意见的答复", "人大", 7, 4, "61",
      "建议" },
    { "关于省人大十三届四次全会第213007号建议答复的函", "人大", 13, 4, "213007", "建议" },
    { "关于区十八届人大第五次会议第DH0033号建议办理情况的复函", "人大", 18, 5, "DH0033", "建议" },
    { "街办理〔2023〕5号关于对区六届人大三次会议第T008号代表建议的会办意见", "人大", 6, 3, "T008",
      "建议" },
    { "市数据局(市政务办)关于市十六届人大六次会议第77号建议的答复", "人大", 16, 6, "77", "建议" },
    { "关于县十五届人大二次会议第11号议案的答复", "人大", 15, 2, "11", "议案" },
    { "关于对县十五届人大一次会议第18号议事原案的答复（水利局）", "人大", 15, 1, "18", "议案" },
    { "对省十二届人大五次会议第2017001号建议的答复", "人大", 12, 5, "2017001", "建议" },
    { "关于市十七届人大二次会议第二十五号建议的答复", "人大", 17, 2, "25", "建议" },
    { "关于北湖市第九届人民代表大会第五次会议第３８号建议的答复", "人大", 9, 5, "38", "建议" },
    { "省交通运输厅关于省十四届人大二次会议第 6750 号建议的答复", "人大", 14, 2, "6750", "建议" },
    { "关于县十九届人大常委会第四次会议第2号建议的答复", "人大", 19, 4, "2", "建议" },
    /* traditional characters */
    { "縣教育局關於縣十九屆人大五次會議第33號建議的答覆", "人大", 19, 5, "33", "建议" },
    { "關於對政協瀚州市第八屆委員會第五次會議第18號提案的覆函", "政协", 8, 5, "18", "提案" },
    /* pieces missing */
    { "关于市政协十二届会议第45号提案的答复", "政协", 12, 0, "45", "提案" },
    { "对第72号建议答复", "", 0, 0, "72", "建议" },
    { "关于第188号提案的答复", "", 0, 0, "188", "提案" },
};

static void assert_title(const struct row *row)
{
    const struct reply *of = parse(row->title);
    ck_assert_msg(of->session.term == row->term && of->session.meeting == row->meeting,
                  "%s: %d, %d", row->title, of->session.term, of->session.meeting);
    ck_assert_msg(strcmp(reply_body_name(of->session.body), row->body) == 0, "%s: %s", row->title,
                  reply_body_name(of->session.body));
    ck_assert_msg(strcmp(reply_kind_name(of->kind), row->kind) == 0, "%s: %s", row->title,
                  reply_kind_name(of->kind));
    ck_assert_msg(text_equal(of->proposal_number, text_of(row->number)), "%s: %.*s", row->title,
                  TEXT_ARG(of->proposal_number));
}

START_TEST(a_title_tells_body_term_meeting_number_and_kind)
{
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++)
        assert_title(&ROWS[i]);
}
END_TEST

START_TEST(the_session_is_kept_as_written_from_its_place_on)
{
    static const struct {
        const char *title, *session, *area;
    } SESSIONS[] = {
        { "武定县水务局关于对武定县第九届政协第四次会议第9号提案的答复",
          "武定县第九届政协第四次会议", "武定县" },
        { "2023年清原满族自治县八届人大二次会议《关于道路的建议》(72号)的答复",
          "清原满族自治县八届人大二次会议", "清原满族自治县" },
        { "国家医疗保障局对十三届全国人大四次会议第4126号建议的答复", "十三届全国人大四次会议",
          "全国" },
        { "关于对政协青屿市第十三届委员会第四次会议第156号提案的答复",
          "政协青屿市第十三届委员会第四次会议", "青屿市" },
        { "对市政协 十六届五次会议第1号提案的答复", "市政协十六届五次会议", "" },
        { "关于呼和浩特市政协十三届二次会议第5号提案的答复", "呼和浩特市政协十三届二次会议",
          "呼和浩特市" },
    };
    for (size_t i = 0; i < LENGTH_OF(SESSIONS); i++) {
        const struct reply *of = parse(SESSIONS[i].title);
        assert_text(of->session.raw, SESSIONS[i].session);
        assert_text(of->session.area, SESSIONS[i].area);
    }
}
END_TEST

START_TEST(a_second_number_in_brackets_is_the_category)
{
    const struct reply *of =
        parse("关于政协第十四届全国委员会第一次会议第01025号（农业水利类090号）提案答复的函");
    assert_text(of->proposal_number, "01025");
    assert_text(of->proposal_category, "农业水利类090号");
}
END_TEST

START_TEST(a_number_inside_the_quoted_subject_is_not_the_proposal)
{
    const struct reply *of =
        parse("关于市政协十届一次会议《关于落实第5号令的提案》（第61号）的答复");
    assert_text(of->proposal_number, "61");
    assert_text(of->subject, "关于落实第5号令的提案");
}
END_TEST

START_TEST(real_titles_are_understood)
{
    FILE *file = fopen(DAFU_SOURCE_DIR "/../shared/eval/replies/title_variants.tsv", "r");
    if (!file) {
        fputs("skipped: no title_variants.tsv beside the checkout\n", stderr);
        return;
    }
    char line[2048];
    size_t count = 0;
    while (fgets(line, sizeof(line), file)) {
        char *fields[7] = { NULL };
        char *rest = line;
        for (size_t i = 0; i < 7 && rest; i++)
            fields[i] = strsep(&rest, "\t\n");
        if (line[0] == '#' || !fields[5])
            continue;
        assert_title(&(struct row) { fields[0], fields[1], atoi(fields[2]), atoi(fields[3]),
                                     fields[4], fields[5] });
        count++;
    }
    fclose(file);
    ck_assert_uint_gt(count, 0);
}
END_TEST

RUN_SUITE("titles", before, after, a_title_tells_body_term_meeting_number_and_kind,
          the_session_is_kept_as_written_from_its_place_on,
          a_second_number_in_brackets_is_the_category,
          a_number_inside_the_quoted_subject_is_not_the_proposal, real_titles_are_understood)
