/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headings and lists become a tree. */
#include "tests/reply/parsing.h"

#define HEAD "关于市政协十六届四次会议第87号提案的答复\n陈某某委员：\n提案收悉，现答复如下：\n"

/* The sections as "level marker heading", one after the other, indented by their depth. */
static struct text tree(const struct reply *of)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < of->section_count; i++) {
        const struct section *section = &of->sections[i];
        int depth = 0;
        for (size_t up = section->parent; up != SECTION_NONE; up = of->sections[up].parent)
            depth++;
        all = arena_printf(&arena, "%.*s%.*s%d%.*s %.*s\n", TEXT_ARG(all), depth, ">>>>>>",
                           section->level, TEXT_ARG(section->marker), TEXT_ARG(section->heading));
    }
    return all;
}

static void assert_tree(const char *body, const char *expected)
{
    struct text text = arena_printf(&arena, HEAD "%s", body);
    assert_text(tree(parse(text.data)), expected);
}

START_TEST(levels_follow_the_standard)
{
    assert_tree("一、工作\n（一）机制。已建。\n1."
                "制度。已立。\n（1）细则。已出。\n①清单。已列。\n二、打算\n将做。",
                "1一、 工作\n>2（一） 机制\n>>31. 制度\n>>>4（1） 细则\n>>>>5① 清单\n1二、 打算\n");
}
END_TEST

START_TEST(wrong_marks_count_like_right_ones)
{
    assert_tree("一.工作\n（一）、机制。已建。\n1、制度。已立。\n⑴细则。已出。\n(二)"
                "人员。已配。\n2．经费。已拨。\n1）其他。略。",
                "1一. 工作\n>2（一）、 机制\n>>31、 制度\n>>>4⑴ 细则\n>2(二) 人员\n>>32． "
                "经费\n>>>41） 其他\n");
}
END_TEST

START_TEST(a_level_may_be_missing)
{
    assert_tree("（一）现状\n一句话。\n1.资金。已拨。\n（二）打算\n一句话。",
                "2（一） 现状\n>31. 资金\n2（二） 打算\n");
}
END_TEST

START_TEST(numbers_that_are_no_marks_stay_text)
{
    assert_tree("3.5亿元资金已到位。\n3、4月份召开会议。\n一、二产业融合发展。\n2025."
                "6已完成。",
                "");
}
END_TEST

START_TEST(items_of_a_list_are_sections_of_the_deepest_level)
{
    assert_tree("一、打算\n（一）支持政策。一是做好减税。按要求。二是加强宣传。多渠道。",
                "1一、 打算\n>2（一） 支持政策\n>>6一是 做好减税\n>>6二是 加强宣传\n");
    assert_tree("一、打算\n一是提质，实施行动，到2026年突破六十家并且继续提高各项指标水平达到全省前"
                "列的目标任务；二是补链，引进项目。",
                "1一、 打算\n>6一是 提质\n>6二是 补链，引进项目\n");
    assert_tree("首先，摸清底数。已完成。其次，制定规划。已编制。最后，强化保障。已落实。",
                "6首先 ，摸清底数\n6其次 ，制定规划\n6最后 ，强化保障\n");
    assert_tree("办理情况如下：1、关于选址，采纳。已定。2、关于照明，采纳。已装。",
                "61、 关于选址，采纳\n62、 关于照明，采纳\n");
}
END_TEST

START_TEST(a_list_of_its_own_paragraphs_is_a_list)
{
    assert_tree("一是摸排路口。已完成。\n二是建设走廊。已完成。",
                "6一是 摸排路口\n6二是 建设走廊\n");
}
END_TEST

START_TEST(a_single_first_item_inside_a_paragraph_is_no_list)
{
    assert_tree("存在两个问题，一是资金不足，有关方面还要想办法。", "");
    assert_tree("首先感谢您的关心，我们会认真办理。", "");
}
END_TEST

START_TEST(a_numbered_list_in_one_paragraph_is_no_section)
{
    assert_tree("3.实施计划\n（1）8月底前开工；（2）明年竣工；（3）后年验收。",
                "33. 实施计划\n>6（1） 8月底前开工\n>6（2） 明年竣工\n>6（3） 后年验收\n");
}
END_TEST

START_TEST(sections_know_their_paragraphs)
{
    const struct reply *of = parse(
        HEAD "一、工作\n第一段。\n第二段。\n二、打算\n（一）机制。将建。一是甲。二是乙。\n续。\n"
             "感谢您的关心！\n澜江市民政局\n2025年1月2日");
    ck_assert_uint_eq(of->section_count, 5);
    ck_assert_uint_eq(of->sections[0].first_paragraph, 3);
    ck_assert_uint_eq(of->sections[0].paragraph_count, 3);
    ck_assert(!of->sections[0].run_in);
    ck_assert_uint_eq(of->sections[1].paragraph_count, 1);
    ck_assert_uint_eq(of->sections[2].first_paragraph, 7);
    ck_assert_uint_eq(of->sections[2].paragraph_count, 2);
    ck_assert(of->sections[2].run_in);
    ck_assert_uint_eq(of->sections[3].paragraph_count, 1);
}
END_TEST

START_TEST(headings_that_the_format_declares_count)
{
    struct document document = { .source = TEXT("a.docx") };
    take_lines(&document, text_of(HEAD), BLOCK_PARAGRAPH);
    struct block *heading = document_add_block(&document, &arena, BLOCK_HEADING, TEXT("工作情况"));
    heading->level = 1;
    document_add_block(&document, &arena, BLOCK_PARAGRAPH, TEXT("已完成。"));
    heading = document_add_block(&document, &arena, BLOCK_HEADING, TEXT("资金"));
    heading->level = 2;
    document_add_block(&document, &arena, BLOCK_PARAGRAPH, TEXT("已到位。"));
    assert_text(tree(parse_document(&document)), "1 工作情况\n>2 资金\n");
}
END_TEST

START_TEST(headings_give_their_sections_a_role)
{
    static const struct {
        const char *heading;
        enum passage_role role;
    } HEADINGS[] = {
        { "一、下步工作举措", ROLE_COMMITMENT },     { "一、下一步打算", ROLE_COMMITMENT },
        { "一、今后工作安排", ROLE_COMMITMENT },     { "一、工作开展情况", ROLE_DONE },
        { "一、已采取的主要措施", ROLE_DONE },       { "一、改革进展", ROLE_DONE },
        { "一、存在的困难和问题", ROLE_BACKGROUND }, { "一、基本情况", ROLE_BACKGROUND },
        { "一、关于建设海外仓", ROLE_OTHER },        { "一、已采取和拟采取的措施", ROLE_OTHER },
    };
    for (size_t i = 0; i < LENGTH_OF(HEADINGS); i++) {
        struct text text = arena_printf(&arena, HEAD "%s\n正文。", HEADINGS[i].heading);
        const struct reply *of = parse(text.data);
        ck_assert_msg(of->sections[0].role == HEADINGS[i].role, "%s", HEADINGS[i].heading);
    }
}
END_TEST

RUN_SUITE("sections", before, after, levels_follow_the_standard, wrong_marks_count_like_right_ones,
          a_level_may_be_missing, numbers_that_are_no_marks_stay_text,
          items_of_a_list_are_sections_of_the_deepest_level, a_list_of_its_own_paragraphs_is_a_list,
          a_single_first_item_inside_a_paragraph_is_no_list,
          a_numbered_list_in_one_paragraph_is_no_section, sections_know_their_paragraphs,
          headings_that_the_format_declares_count, headings_give_their_sections_a_role)
