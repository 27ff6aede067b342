/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Undoing what page layout and web forms did to a reply. */
#include "tests/reply/parsing.h"

#include "indexer/base/utf8.h"

#define HEAD "关于市政协十六届四次会议第87号提案的答复\n陈某某委员：\n"

static void assert_body(const char *lines, const char *expected)
{
    struct text text = arena_printf(&arena, HEAD "%s", lines);
    struct text whole =
        arena_printf(&arena, "关于市政协十六届四次会议第87号提案的答复|陈某某委员：|%s", expected);
    assert_text(all_paragraphs(parse(text.data)), whole.data);
}

START_TEST(a_sentence_cut_by_a_page_break_is_whole_again)
{
    assert_body("传统制造业是宁波制造业的重要组成部分，也是现代化产业的重要基础和\n\n主要支撑。",
                "传统制造业是宁波制造业的重要组成部分，也是现代化产业的重要基础和主要支撑。");
}
END_TEST

START_TEST(a_page_number_between_the_halves_is_dropped)
{
    assert_body("截至2025年一季度，全市共有托育服务机构312家，提供托位1.6\n\n— 1 —\n\n8万个。",
                "截至2025年一季度，全市共有托育服务机构312家，提供托位1.68万个。");
    assert_body("截至2025年一季度，全市共有托育服务机构312家，提供托位\n第 3 页 共 5 页\n8万个。",
                "截至2025年一季度，全市共有托育服务机构312家，提供托位8万个。");
}
END_TEST

START_TEST(bare_page_numbers_that_count_up_are_dropped)
{
    assert_body("第一段说了一件事情，说得很清楚明白，没有什么可以补充的内容了。\n1\n"
                "第二段也说了一件事情，同样清楚明白，这里也没有什么要补充。\n2\n第三段很短。",
                "第一段说了一件事情，说得很清楚明白，没有什么可以补充的内容了。|"
                "第二段也说了一件事情，同样清楚明白，这里也没有什么要补充。|第三段很短。");
}
END_TEST

START_TEST(a_finished_line_ends_its_paragraph)
{
    assert_body("这是一个完整的句子，它比二十五个字要长一些，并且以句号结束了。\n这是下一段。",
                "这是一个完整的句子，它比二十五个字要长一些，并且以句号结束了。|这是下一段。");
}
END_TEST

START_TEST(a_heading_without_a_stop_does_not_swallow_the_text)
{
    assert_body(
        "一、关于加快推进我市新能源汽车充电基础设施建设和管理的建议\n目前已建成充电桩9860个。",
        "一、关于加快推进我市新能源汽车充电基础设施建设和管理的建议|目前已建成充电桩9860个。");
}
END_TEST

START_TEST(a_heading_starts_a_paragraph_even_behind_an_unfinished_line)
{
    assert_body(
        "近年来我市大力推进各项工作，主要开展了以下几个方面的工作\n（一）建立机制。已建立。",
        "近年来我市大力推进各项工作，主要开展了以下几个方面的工作|（一）建立机制。已建立。");
}
END_TEST

START_TEST(an_open_bracket_or_comma_goes_on)
{
    assert_body("涉及春节、\n秋收等时间。", "涉及春节、|秋收等时间。");
    assert_body("结合春节、元旦、中秋、\n秋收等时间开展活动。",
                "结合春节、元旦、中秋、秋收等时间开展活动。");
    assert_body("我们印发了有关方案（以下简称《方案》\n），要求落实。",
                "我们印发了有关方案（以下简称《方案》），要求落实。");
}
END_TEST

START_TEST(indents_say_where_paragraphs_start)
{
    assert_body(
        "　　我县60周岁以上老年人口6.8万人，占户籍人口的31.7%，近三年来，我\n\n"
        "局改造提升乡镇敬老院7所，形成网络\n　　另外，还有一件事，要在这里说明一下。",
        "我县60周岁以上老年人口6.8万人，占户籍人口的31.7%，近三年来，我局改造提升乡镇敬老院7所，"
        "形成网络|另外，还有一件事，要在这里说明一下。");
}
END_TEST

START_TEST(lines_wrapped_at_a_narrow_width_are_joined)
{
    assert_body(
        "近年来，我市坚持把养老服务作为民生工程来\n抓，先后出台一批政策文件，建成一批设施，\n"
        "群众满意度不断提高。\n下一步将继续努力。",
        "近年来，我市坚持把养老服务作为民生工程来抓，先后出台一批政策文件，建成一批设施，"
        "群众满意度不断提高。|下一步将继续努力。");
}
END_TEST

START_TEST(a_list_of_entries_without_stops_is_not_glued_together)
{
    const struct reply *list = parse("关于加强老旧小区电梯更新改造工作的若干措施的办理台账条目一\n"
                                     "关于加强老旧小区电梯更新改造工作的若干措施的办理台账条目二\n"
                                     "关于加强老旧小区电梯更新改造工作的若干措施的办理台账条目三");
    ck_assert_uint_eq(list->paragraph_count, 3);
}
END_TEST

START_TEST(a_broken_title_is_one_line)
{
    assert_text(
        parse("市商务局关于政协望川市第十届委员会第一次会议\n第70号提案的答复\n\n石某某委员：\n"
              "您提出的提案收悉。")
            ->title,
        "市商务局关于政协望川市第十届委员会第一次会议第70号提案的答复");
    assert_text(
        parse("关于对市人大六届二次会议第40号 建议、批评和意见\n的答复\n常某某代表：\n收悉。")
            ->title,
        "关于对市人大六届二次会议第40号建议、批评和意见的答复");
    assert_text(
        parse_paragraphs(
            "关于对市政协九届五次会议\n第52号《关于传承的建议》的答复\n谢某某委员：\n收悉。")
            ->title,
        "关于对市政协九届五次会议第52号《关于传承的建议》的答复");
}
END_TEST

START_TEST(an_agency_line_above_the_title_stays_apart)
{
    assert_text(
        all_kinds(parse("桐埠县交通运输局\n关于县十七届人大四次会议第31号建议的答复\n黎某某代表：\n"
                        "你们提出的《关于修路的建议》收悉。")),
        "head title addressee lead");
}
END_TEST

START_TEST(bold_marks_go_and_masked_names_stay)
{
    assert_body("一是**做好落实**。按要求办。**二是推进。**继续推进。",
                "一是做好落实。按要求办。二是推进。继续推进。");
    assert_text(parse(HEAD "答复如下：\n联系人：胡**；联系电话：158****0223")->contact,
                "联系人：胡**；联系电话：158****0223");
    assert_text(parse("关于市政协一届一次会议第1号提案的答复\n李**、王**委员：\n您提出的提案收悉。")
                    ->addressee,
                "李**、王**委员");
}
END_TEST

START_TEST(a_bold_run_across_a_page_break_loses_both_marks)
{
    assert_body("（一）提升队伍素质，做好有关的各项工作。二是**强化持\n\n证上岗**。严格管理。",
                "（一）提升队伍素质，做好有关的各项工作。二是强化持证上岗。严格管理。");
}
END_TEST

START_TEST(stray_blanks_go)
{
    assert_body("2025 年为 37.46 万家主体减负 12.77 亿元，在 RCEP 区域 布局。",
                "2025年为37.46万家主体减负12.77亿元，在RCEP区域布局。");
    assert_body("推广 App Store 应用。", "推广App Store应用。");
}
END_TEST

START_TEST(blanks_that_separate_fields_stay)
{
    assert_text(
        all_paragraphs(parse("东澄市民政局\n澄民字[2024]290 号    类别标记：B\n" HEAD "收悉。\n"
                             "联 系 人：李某    联系电话：0600-00000000")),
        "东澄市民政局|澄民字[2024]290号    类别标记：B|关于市政协十六届四次会议第87号提案的答复|"
        "陈某某委员：|收悉。|联 系 人：李某    联系电话：0600-00000000");
}
END_TEST

START_TEST(zero_width_characters_and_controls_go)
{
    assert_body("\xE2\x80\x8B已\xEF\xBB\xBF完\f成\xC2\xAD。", "已完成。");
}
END_TEST

START_TEST(every_paragraph_knows_its_source)
{
    const char *text =
        HEAD "全市共有机构312 家，其中**民办机构**一百余家，分布在各区县和\n\n— 1 —\n\n开发区。\n";
    const struct reply *of = parse(text);
    ck_assert_uint_eq(of->paragraph_count, 3);
    const struct paragraph *last = &of->paragraphs[2];
    uint64_t offset = 0, length = 0;
    for (size_t at = 0; at < last->text.length;) {
        size_t size = utf8_length((unsigned char)last->text.data[at]);
        span_map_source(&last->map, at, size, &offset, &length);
        ck_assert_uint_eq(length, size);
        ck_assert_mem_eq(text + offset, last->text.data + at, size);
        at += size;
    }
    span_map_source(&last->map, 0, last->text.length, &offset, &length);
    ck_assert_uint_eq(offset, strlen(HEAD));
    ck_assert_uint_eq(offset + length, strlen(text) - 1);
}
END_TEST

START_TEST(a_repaired_document_is_taken_as_it_is)
{
    struct document document = { .source = TEXT("a.xml"), .repaired = true };
    take_lines(&document,
               text_of("标题 1\n一个没有结束的句子，比二十五个字还要长得多，它不会和下一段\n— 1 —"),
               BLOCK_PARAGRAPH);
    assert_text(all_paragraphs(parse_document(&document)),
                "标题 1|一个没有结束的句子，比二十五个字还要长得多，它不会和下一段|— 1 —");
}
END_TEST

START_TEST(paragraphs_of_a_format_are_not_joined)
{
    const struct reply *of = parse_paragraphs(
        HEAD "一个没有结束的句子，比二十五个字还要长得多，但是格式说它是一段\n另一段。");
    ck_assert_uint_eq(of->paragraph_count, 4);
}
END_TEST

START_TEST(a_document_without_text_is_empty)
{
    struct document document = { .source = TEXT("a.txt") };
    struct error error;
    take_lines(&document, text_of(" \n　\n\xEF\xBB\xBF"), BLOCK_LINE);
    ck_assert_int_eq(reply_parse(&document, &arena, &reply, &error), STATUS_EMPTY);
}
END_TEST

RUN_SUITE("repair", before, after, a_sentence_cut_by_a_page_break_is_whole_again,
          a_page_number_between_the_halves_is_dropped, bare_page_numbers_that_count_up_are_dropped,
          a_finished_line_ends_its_paragraph, a_heading_without_a_stop_does_not_swallow_the_text,
          a_heading_starts_a_paragraph_even_behind_an_unfinished_line,
          an_open_bracket_or_comma_goes_on, indents_say_where_paragraphs_start,
          lines_wrapped_at_a_narrow_width_are_joined,
          a_list_of_entries_without_stops_is_not_glued_together, a_broken_title_is_one_line,
          an_agency_line_above_the_title_stays_apart, bold_marks_go_and_masked_names_stay,
          a_bold_run_across_a_page_break_loses_both_marks, stray_blanks_go,
          blanks_that_separate_fields_stay, zero_width_characters_and_controls_go,
          every_paragraph_knows_its_source, a_repaired_document_is_taken_as_it_is,
          paragraphs_of_a_format_are_not_joined, a_document_without_text_is_empty)
