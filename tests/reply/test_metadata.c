/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of a reply, from the forms in which they are published. */
#include "tests/reply/parsing.h"

#define TITLE "关于市政协十六届四次会议第87号提案的答复\n"
#define LEAD "您提出的《关于加强管理的建议》收悉，现答复如下：\n"

START_TEST(a_document_number_is_brought_into_one_form)
{
    static const struct {
        const char *line, *number, *raw;
    } ROWS[] = {
        { "澜民函〔2025〕96号", "澜民函〔2025〕96号", "澜民函〔2025〕96号" },
        { "潼民发【2024】275号                 签发人：王某某", "潼民发〔2024〕275号",
          "潼民发【2024】275号" },
        { "澄民字[2024]290号    类别标记：B", "澄民字〔2024〕290号", "澄民字[2024]290号" },
        { "临卫健提复（2026）97号", "临卫健提复〔2026〕97号", "临卫健提复（2026）97号" },
        { "安城管办函﹝2022﹞283号", "安城管办函〔2022〕283号", "安城管办函﹝2022﹞283号" },
        { "文　　号：石民函〔2026〕68 号", "石民函〔2026〕68号", "石民函〔2026〕68号" },
        { "索引号：1/2025-1  发文字号：望住建字〔2025〕164号  成文日期：2025-01-02",
          "望住建字〔2025〕164号", "望住建字〔2025〕164号" },
        { "苇人社提字（2026）第15号", "苇人社提字〔2026〕15号", "苇人社提字（2026）第15号" },
        { "檀医保函〔２０２３〕２７号", "檀医保函〔2023〕27号", "檀医保函〔２０２３〕２７号" },
        { "海发改提复〔2024〕第003号", "海发改提复〔2024〕3号", "海发改提复〔2024〕第003号" },
        { "钱汽发〔2020〕11号A类 同意公开", "钱汽发〔2020〕11号", "钱汽发〔2020〕11号" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(&arena, "%s\n" TITLE "陈某某委员：\n" LEAD, ROWS[i].line);
        const struct reply *of = parse(text.data);
        assert_text(of->document_number, ROWS[i].number);
        assert_text(of->document_number_raw, ROWS[i].raw);
    }
}
END_TEST

START_TEST(a_number_glued_to_the_title_is_told_apart)
{
    const struct reply *of = parse(
        "嘉办理〔2024〕2号关于对区七届人大四次会议第T014号代表建议的会办意见\n区房管局：\n收悉。");
    assert_text(of->document_number, "嘉办理〔2024〕2号");
    assert_text(of->title, "关于对区七届人大四次会议第T014号代表建议的会办意见");
    assert_text(of->proposal_number, "T014");
}
END_TEST

START_TEST(a_number_that_the_text_cites_is_not_its_own)
{
    const struct reply *of =
        parse(TITLE "陈某某委员：\n" LEAD "市政府印发实施意见（甬政发〔2025〕1号）。\n文号：无\n");
    assert_text(of->document_number, "");
}
END_TEST

START_TEST(the_issuer_is_the_signature_then_the_head_then_the_title)
{
    assert_text(
        parse("市民政局文件\n" TITLE "陈某某委员：\n" LEAD "正文。\n澜江市民政局\n2025年1月2日")
            ->issuer,
        "澜江市民政局");
    assert_text(
        parse("澜江市民政局文件\n" TITLE "陈某某委员：\n" LEAD "正文。\n2025年1月2日印发")->issuer,
        "澜江市民政局");
    assert_text(parse("发布机构：澜江市民政局\n" TITLE "陈某某委员：\n" LEAD)->issuer,
                "澜江市民政局");
    assert_text(parse("澜江市民政局" TITLE "陈某某委员：\n" LEAD)->issuer, "澜江市民政局");
    assert_text(
        parse("市民政局" TITLE "陈某某委员：\n" LEAD "正文。\n澜江市民政局办公室\n2025年1月2日印发")
            ->issuer,
        "澜江市民政局");
    assert_text(
        parse("关于市政协一届一次会议第1号提案的答复（水利局）\n陈某某委员：\n" LEAD)->issuer,
        "水利局");
}
END_TEST

START_TEST(the_area_is_the_place_of_the_issuer)
{
    static const struct {
        const char *issuer, *area, *session_area;
    } ROWS[] = {
        { "澜江市民政局", "澜江市", "澜江市" },
        { "青屿市市场监督管理局", "青屿市", "青屿市" },
        { "云岭市政务服务管理局", "云岭市", "云岭市" },
        { "安河市城市管理局", "安河市", "安河市" },
        { "杭州市住房和城乡建设局", "杭州市", "杭州市" },
        { "津市市农业农村局", "津市市", "津市市" },
        { "苇州市棠浦区教育局", "棠浦区", "苇州市" },
        { "柘川市砚湖区松栖街道办事处", "砚湖区", "柘川市" },
        { "国家税务总局宁波市税务局", "宁波市", "宁波市" },
        { "岭东省教育厅", "岭东省", "" },
        { "农业农村部", "全国", "" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(
            &arena, TITLE "陈某某委员：\n" LEAD "正文。\n%s\n2025年1月2日", ROWS[i].issuer);
        const struct reply *of = parse(text.data);
        assert_text(of->issuer, ROWS[i].issuer);
        assert_text(of->area, ROWS[i].area);
        assert_text(of->session.area, ROWS[i].session_area);
    }
}
END_TEST

START_TEST(the_date_of_signing_is_better_than_that_of_printing_and_publishing)
{
    static const struct {
        const char *head, *foot, *date;
        enum date_origin origin;
    } ROWS[] = {
        { "", "澜江市民政局\n2025年6月20日\n澜江市民政局办公室\n2025年6月23日印发", "2025-06-20",
          DATE_SIGNED },
        { "发布日期：2025-08-01\n", "澜江市民政局办公室  2025年6月23日印发", "2025-06-23",
          DATE_PRINTED },
        { "成文日期：2025-06-20  发布日期：2025-08-01\n", "", "2025-06-20", DATE_SIGNED },
        { "发布时间：2025/8/1 10:00\n", "", "2025-08-01", DATE_PUBLISHED },
        { "", "澜江市民政局\n二〇二五年六月二十日", "2025-06-20", DATE_SIGNED },
        { "", "澜江市民政局\n二○二五年十二月三十一日", "2025-12-31", DATE_SIGNED },
        { "", "澜江市民政局\n２０２５年６月２日", "2025-06-02", DATE_SIGNED },
        { "", "澜江市民政局 2025 年 6 月 2 日", "2025-06-02", DATE_SIGNED },
        { "", "澜江市民政局\n2025年13月2日", "", DATE_NONE },
        { "", "澜江市民政局\n二十六日", "", DATE_NONE },
        { "", "我们将于2025年6月2日召开会议。", "", DATE_NONE },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(&arena, "%s" TITLE "陈某某委员：\n" LEAD "正文。\n%s",
                                        ROWS[i].head, ROWS[i].foot);
        const struct reply *of = parse(text.data);
        assert_text(of->date, ROWS[i].date);
        ck_assert_int_eq(of->date_origin, ROWS[i].origin);
    }
}
END_TEST

START_TEST(the_addressee_is_shown_whole_and_listed_by_name)
{
    static const struct {
        const char *line, *addressee, *names;
    } ROWS[] = {
        { "陈某某委员：", "陈某某委员", "陈某某" },
        { "尊敬的施某某代表：", "施某某代表", "施某某" },
        { "刘某某、赵某某等代表：", "刘某某、赵某某等代表", "刘某某|赵某某" },
        { "乔某某、阮某某等3名委员：", "乔某某、阮某某等3名委员", "乔某某|阮某某" },
        { "邹某某等四位代表：", "邹某某等四位代表", "邹某某" },
        { "赵 敏　李建国　王 芳代表：", "赵 敏　李建国　王 芳代表", "赵敏|李建国|王芳" },
        { "农工党东澄市委员会：", "农工党东澄市委员会", "农工党东澄市委员会" },
        { "九三学社海门区基层委员会：", "九三学社海门区基层委员会", "九三学社海门区基层委员会" },
        { "民建檀川市委会：", "民建檀川市委会", "民建檀川市委会" },
        { "省人民政府办公厅：", "省人民政府办公厅", "省人民政府办公厅" },
        { "委员：", "委员", "" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(&arena, TITLE "%s\n" LEAD "正文。", ROWS[i].line);
        const struct reply *of = parse(text.data);
        assert_text(of->addressee, ROWS[i].addressee);
        assert_text(joined(of->addressees), ROWS[i].names);
    }
}
END_TEST

START_TEST(an_addressee_may_stand_in_one_line_with_the_lead)
{
    const struct reply *of = parse("王小明委员：您提出的《关于规范停放的提案》（第88号）收悉，现答"
                                   "复如下：\n已增设停车位200处。");
    assert_text(of->addressee, "王小明委员");
    assert_text(of->proposal_number, "88");
    assert_text(all_kinds(of), "lead body");
}
END_TEST

START_TEST(consulted_agencies_are_found_in_any_words)
{
    static const struct {
        const char *lead, *agencies;
    } ROWS[] = {
        { "收悉。经商市财政局、市市场监管局，现答复如下：", "市财政局|市市场监管局" },
        { "收悉。经会县发改局、县供电公司研究，现答复如下：", "县发改局|县供电公司" },
        { "收悉。经与市公安局、市交通运输局会商，现答复如下：", "市公安局|市交通运输局" },
        { "，由我局会同市金融发展中心、市市场监管局共同办理。现答复如下：",
          "市金融发展中心|市市场监管局" },
        { "收悉，由我局主办，市贸促会、檀川海关会办。答复如下：", "市贸促会|檀川海关" },
        { "收悉，并征求了市财政局、市总工会的意见。现答复如下：", "市财政局|市总工会" },
        { "收悉。经商市财政局和市住房和城乡建设局，现答复如下：", "市财政局|市住房和城乡建设局" },
        { "收悉。经商财政部、国家发展改革委，现答复如下。", "财政部|国家发展改革委" },
        { "收悉，并与您进行了当面沟通。经研究，现答复如下：", "" },
        { "，经县政府交办，由我局承办。现答复如下：", "" },
        { "收悉，我局会同有关部门研究，现答复如下：", "" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(
            &arena, TITLE "陈某某委员：\n您提出的《关于加强管理的建议》%s\n正文会同市教育局办理。",
            ROWS[i].lead);
        assert_text(joined(parse(text.data)->consulted), ROWS[i].agencies);
    }
}
END_TEST

START_TEST(copies_are_listed_body_by_body)
{
    assert_text(
        joined(
            parse(
                TITLE
                "陈某某委员：\n" LEAD
                "抄送：市政府办公厅，市委改革办（市营商环境建设局、政务办），市教育局、市财政局。")
                ->copy_to),
        "市政府办公厅|市委改革办（市营商环境建设局、政务办）|市教育局|市财政局");
}
END_TEST

START_TEST(the_class_is_read_from_head_and_foot)
{
    static const struct {
        const char *head, *foot;
        char letter;
    } ROWS[] = {
        { "澄民字[2024]290号    类别标记：B\n", "", 'B' },
        { "B\n", "", 'B' },
        { "（A类）\n", "", 'A' },
        { "桐交发〔2025〕28号  B类  同意公开\n", "", 'B' },
        { "钱汽发〔2020〕11号A类 同意公开\n", "", 'A' },
        { "", "办复类别：Ｃ类", 'C' },
        { "", "办理类型：已经解决或基本解决（A）", 'A' },
        { "", "分类：B（已列入计划逐步解决）  不涉密，主动公开", 'B' },
        { "", "答复类别：D　　联系人：纪某某　　电话：0613-00000000", 'D' },
        { "", "对A类企业优先保障，D类企业依法退出。", 0 },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text = arena_printf(&arena, "%s" TITLE "陈某某委员：\n" LEAD "正文。\n%s",
                                        ROWS[i].head, ROWS[i].foot);
        ck_assert_int_eq(parse(text.data)->result_class, ROWS[i].letter);
    }
}
END_TEST

START_TEST(publicity_is_kept_as_written)
{
    assert_text(parse(TITLE "陈某某委员：\n" LEAD "正文。\n公开属性：主动公开")->publicity,
                "主动公开");
    assert_text(parse(TITLE "陈某某委员：\n" LEAD "正文。\n（此件公开发布）")->publicity,
                "此件公开发布");
    assert_text(parse("公开方式：依申请公开\n" TITLE "陈某某委员：\n" LEAD "正文。")->publicity,
                "依申请公开");
    assert_text(parse(TITLE "陈某某委员：\n" LEAD "坚持主动公开，接受监督。")->publicity, "");
}
END_TEST

START_TEST(the_subject_is_what_the_member_wrote)
{
    static const struct {
        const char *lead, *subject;
    } ROWS[] = {
        { "您提出的《关于破解“带娃难”、发展托育的建议》收悉。",
          "关于破解“带娃难”、发展托育的建议" },
        { "您提出的“关于发展家庭养老床位的建议”（第305号）收悉。", "关于发展家庭养老床位的建议" },
        { "您提出的关于破解老城区停车难问题的建议（第204号）收悉。",
          "关于破解老城区停车难问题的建议" },
        { "您提出的建议收悉。", "" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text text =
            arena_printf(&arena, TITLE "陈某某委员：\n%s\n正文《办法》。", ROWS[i].lead);
        assert_text(parse(text.data)->subject, ROWS[i].subject);
    }
}
END_TEST

START_TEST(contact_lines_are_collected)
{
    assert_text(parse(TITLE "陈某某委员：\n" LEAD
                            "正文。\n分管领导：李某某\n承办人：王某某\n联系方式：13907300000")
                    ->contact,
                "分管领导：李某某；承办人：王某某；联系方式：13907300000");
}
END_TEST

START_TEST(an_opinion_for_another_agency_is_no_answer)
{
    const struct reply *of =
        parse("岭东省教育厅关于十四届全国人大三次会议第2107号建议的会办意见\n教育部：\n"
              "十四届全国人大三次会议第2107号建议收悉，提出会办意见如下：\n一、情况\n略。");
    ck_assert_int_eq(of->type, TYPE_JOINT_OPINION);
    assert_text(of->session.area, "全国");
    assert_text(of->addressee, "教育部");
    ck_assert_int_eq(
        parse(TITLE "陈某某委员：\n提案收悉。由我局主办，市财政局会办，综合会办意见，现答复如下：")
            ->type,
        TYPE_REPLY);
}
END_TEST

START_TEST(traditional_characters_are_understood_and_kept)
{
    const struct reply *of = parse(
        "縣文廣旅體局關於縣十九屆人大五次會議第33 號建議的答覆\n石文廣〔2026〕231號\n"
        "藍某某代表：\n您提出的《關於保護傳承的建議》收悉，經商縣財政局，現答覆如下：\n"
        "一、下一步打算\n將繼續努力。\n石溪縣文化廣電局\n二〇二六年六月五日\n"
        "（承辦人：張某某，電話：0602-0000000）\n抄送：縣政府辦公室。\n公開屬性：同意對外公開");
    assert_text(of->title, "縣文廣旅體局關於縣十九屆人大五次會議第33號建議的答覆");
    assert_text(of->session.raw, "縣十九屆人大五次會議");
    assert_text(of->session.area, "石溪縣");
    ck_assert_int_eq(of->session.term, 19);
    ck_assert_int_eq(of->kind, KIND_SUGGESTION);
    assert_text(of->issuer, "石溪縣文化廣電局");
    assert_text(of->date, "2026-06-05");
    assert_text(joined(of->addressees), "藍某某");
    assert_text(joined(of->consulted), "縣財政局");
    assert_text(of->publicity, "同意對外公開");
    assert_text(of->subject, "關於保護傳承的建議");
    assert_text(all_kinds(of),
                "title head addressee lead heading body signature date contact copy-to tail");
}
END_TEST

START_TEST(a_card_tells_its_fields)
{
    const struct reply *of =
        parse("2022年滕州市人大代表建议承办表\n案由：关于改善停车难问题的建议\n代表：张某某\n"
              "承办单位：滕州市住房和城乡建设局\n文号：无\n办理情况：新增停车位3000个。");
    assert_text(of->subject, "关于改善停车难问题的建议");
    assert_text(of->addressee, "张某某");
    assert_text(of->issuer, "滕州市住房和城乡建设局");
    ck_assert_int_eq(of->kind, KIND_SUGGESTION);
}
END_TEST

START_TEST(what_is_no_reply_gets_no_fields_of_one)
{
    static const char *const TEXTS[] = {
        "中华人民共和国某某法\n（2020年5月28日第十三届全国人民代表大会第三次会议通过）\n第一条 "
        "为了保护权益，制定本法。",
        "长江是亚洲第一长河，全长6300余公里。",
        "某市召开建议提案办理工作推进会\n会议指出，去年共办理市十五届人大三次会议代表建议312件、提"
        "案420件，办结率100%。",
        "我市公布2024年建议提案办理情况\n昨日，市政府公布了2024年建议提案办理情况，全部按期办结，各"
        "方面均表示满意和肯定。",
        "张三：\n你好。\n李四\n2024年1月2日",
        "某市人民政府关于印发规划的通知\n某政发〔2024〕1号\n各区县人民政府：\n现将规划印发给你们，"
        "请认真贯彻执行。",
    };
    for (size_t i = 0; i < LENGTH_OF(TEXTS); i++) {
        const struct reply *of = parse(TEXTS[i]);
        assert_text(of->session.raw, "");
        assert_text(of->proposal_number, "");
        assert_text(of->addressee, "");
        ck_assert_int_eq(of->kind, KIND_NONE);
        ck_assert_int_eq(of->result_class, 0);
        ck_assert_uint_gt(of->passage_count, 0);
    }
}
END_TEST

START_TEST(what_the_format_declares_fills_gaps_or_wins)
{
    struct document document = { .source = TEXT("a.html") };
    take_lines(&document, text_of(TITLE "陈某某委员：\n" LEAD "正文。"), BLOCK_PARAGRAPH);
    document_declare(&document, &arena, "issuer", TEXT("澜江市民政局"));
    document_declare(&document, &arena, "date", TEXT("2025-06-25 09:30"));
    document_declare(&document, &arena, "title", TEXT("另一个标题"));
    const struct reply *of = parse_document(&document);
    assert_text(of->issuer, "澜江市民政局");
    assert_text(of->date, "2025-06-25");
    ck_assert_int_eq(of->date_origin, DATE_PUBLISHED);
    assert_text(of->title, "关于市政协十六届四次会议第87号提案的答复");
    document.repaired = true;
    assert_text(parse_document(&document)->title, "另一个标题");
}
END_TEST

START_TEST(identity_comes_from_the_document)
{
    const struct reply *of = parse(TITLE);
    assert_text(of->id, "folder/reply-1.txt");
    assert_text(of->stem, "reply-1");
    assert_text(of->file, "reply-1.txt");
    struct document document = {
        .id = TEXT("r7#2"), .source = TEXT("c.jsonl"), .group = TEXT("g"), .single_passage = true
    };
    take_lines(&document, text_of("第一行\n第二行"), BLOCK_PARAGRAPH);
    document_declare(&document, &arena, "title", TEXT("标题"));
    of = parse_document(&document);
    assert_text(of->id, "r7#2");
    assert_text(of->stem, "r7#2");
    assert_text(of->group, "g");
    assert_text(of->title, "标题");
    assert_text(all_passages(of), ": 第一行\n第二行");
}
END_TEST

RUN_SUITE("metadata", before, after, a_document_number_is_brought_into_one_form,
          a_number_glued_to_the_title_is_told_apart, a_number_that_the_text_cites_is_not_its_own,
          the_issuer_is_the_signature_then_the_head_then_the_title,
          the_area_is_the_place_of_the_issuer,
          the_date_of_signing_is_better_than_that_of_printing_and_publishing,
          the_addressee_is_shown_whole_and_listed_by_name,
          an_addressee_may_stand_in_one_line_with_the_lead,
          consulted_agencies_are_found_in_any_words, copies_are_listed_body_by_body,
          the_class_is_read_from_head_and_foot, publicity_is_kept_as_written,
          the_subject_is_what_the_member_wrote, contact_lines_are_collected,
          an_opinion_for_another_agency_is_no_answer,
          traditional_characters_are_understood_and_kept, a_card_tells_its_fields,
          what_is_no_reply_gets_no_fields_of_one, what_the_format_declares_fills_gaps_or_wins,
          identity_comes_from_the_document)
