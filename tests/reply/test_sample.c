/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sample reply (corpus/replies/ningbo-2026-13.txt), all of it: paragraphs, fields, section tree,
 * passages and their way back to the bytes of the file. */
#include <stdio.h>

#include "indexer/base/file.h"
#include "tests/reply/parsing.h"

#include "indexer/base/utf8.h"

static struct buffer file;

static const struct reply *parse_sample(void)
{
    struct error error = { "" };
    const char *path = DAFU_SOURCE_DIR "/corpus/replies/ningbo-2026-13.txt";
    struct document document = { .source = text_of(path), .reader = "text" };
    buffer_clear(&file);
    ck_assert_msg(file_read(path, 1 << 20, &file, &error) == STATUS_OK, "%s", error.message);
    take_lines(&document, buffer_text(&file), BLOCK_LINE);
    return parse_document(&document);
}

/* How each paragraph starts and ends, and how long it is in characters. */
static const struct {
    const char *start, *end;
    size_t codepoints;
    enum paragraph_kind kind;
} PARAGRAPHS[] = {
    { "宁波市经济和信息化局文件", "市经济和信息化局文件", 12, PARAGRAPH_HEAD },
    { "甬经信函〔2026〕9号", "信函〔2026〕9号", 12, PARAGRAPH_HEAD },
    { "市经信局关于市政协十六届五次会议第13号", "议第13号提案的答复", 25, PARAGRAPH_TITLE },
    { "陈超萍委员：", "陈超萍委员：", 6, PARAGRAPH_ADDRESSEE },
    { "您在市政协十六届五次会议期间提出的《关于", "力社保局，答复如下：", 117, PARAGRAPH_LEAD },
    { "一、宁波市传统制造业发展情况", "市传统制造业发展情况", 14, PARAGRAPH_HEADING },
    { "传统制造业是宁波制造业的重要组成部分，也", "重点推进了以下工作：", 164, PARAGRAPH_BODY },
    { "（一）特色产业集群加速壮大。迭代优化现代", "24年·县域50）。", 234, PARAGRAPH_BODY },
    { "（二）数字化转型持续深入。先后入选国家中", "智能赋能制造业试点。", 257, PARAGRAPH_BODY },
    { "（三）绿色化转型纵深推进。聚焦制造业降碳", "零碳（近零碳）工厂。", 237, PARAGRAPH_BODY },
    { "（四）产业创新水平有效提升。构建“科技型", "，数量位居全省首位。", 237, PARAGRAPH_BODY },
    { "（五）政策服务体系有力支撑。持续迭代“大", "还资金8.04亿元。", 210, PARAGRAPH_BODY },
    { "二、下步工作举措", "二、下步工作举措", 8, PARAGRAPH_HEADING },
    { "结合您提出的加大精准施策、聚焦转型创新、", "个方面加强工作开展。", 63, PARAGRAPH_BODY },
    { "（一）持续强化政策支持。一是做好税收优惠", "，拓展产业发展空间。", 342, PARAGRAPH_BODY },
    { "（二）持续推动创新转型。一是深化数智转型", "台加快项目孵化落地。", 357, PARAGRAPH_BODY },
    { "（三）持续优化人力资源。一是加强制造业技", "动力来我市就业创业。", 391, PARAGRAPH_BODY },
    { "（四）持续提升营商环境。一是深入推进政务", "大中小企业融通发展。", 344, PARAGRAPH_BODY },
    { "（联系人：胡忠忠；联系电话：158***", "8****0223）", 26, PARAGRAPH_CONTACT },
    { "抄送：市政府办公厅，市督考办，市政协提案", "财政局、宁波税务局。", 61, PARAGRAPH_COPY_TO },
    { "宁波市经济和信息化局办公室", "经济和信息化局办公室", 13, PARAGRAPH_TAIL },
    { "2026年6月8日印发", "026年6月8日印发", 11, PARAGRAPH_TAIL },
};

static const struct {
    int level;
    size_t parent;
    const char *marker, *heading;
    size_t paragraph;
    enum passage_role role;
} SECTIONS[] = {
    { 1, SECTION_NONE, "一、", "宁波市传统制造业发展情况", 6, ROLE_DONE },
    { 2, 0, "（一）", "特色产业集群加速壮大", 8, ROLE_DONE },
    { 2, 0, "（二）", "数字化转型持续深入", 9, ROLE_DONE },
    { 2, 0, "（三）", "绿色化转型纵深推进", 10, ROLE_DONE },
    { 2, 0, "（四）", "产业创新水平有效提升", 11, ROLE_DONE },
    { 2, 0, "（五）", "政策服务体系有力支撑", 12, ROLE_DONE },
    { 1, SECTION_NONE, "二、", "下步工作举措", 13, ROLE_COMMITMENT },
    { 2, 6, "（一）", "持续强化政策支持", 15, ROLE_COMMITMENT },
    { 6, 7, "一是", "做好税收优惠政策执行", 15, ROLE_COMMITMENT },
    { 6, 7, "二是", "加强政策宣传服务", 15, ROLE_COMMITMENT },
    { 6, 7, "三是", "加大产业要素保障", 15, ROLE_COMMITMENT },
    { 2, 6, "（二）", "持续推动创新转型", 16, ROLE_COMMITMENT },
    { 6, 11, "一是", "深化数智转型升级", 16, ROLE_COMMITMENT },
    { 6, 11, "二是", "推进绿色低碳发展", 16, ROLE_COMMITMENT },
    { 6, 11, "三是", "加强创新成果转化", 16, ROLE_COMMITMENT },
    { 2, 6, "（三）", "持续优化人力资源", 17, ROLE_COMMITMENT },
    { 6, 15, "一是", "加强制造业技能人才培养", 17, ROLE_COMMITMENT },
    { 6, 15, "二是", "引导建立技能导向薪酬体系", 17, ROLE_COMMITMENT },
    { 6, 15, "三是", "积极有序组织劳务协作", 17, ROLE_COMMITMENT },
    { 2, 6, "（四）", "持续提升营商环境", 18, ROLE_COMMITMENT },
    { 6, 19, "一是", "深入推进政务服务“一网通办”", 18, ROLE_COMMITMENT },
    { 6, 19, "二是", "强化助企稳订单拓市场", 18, ROLE_COMMITMENT },
    { 6, 19, "三是", "大力推动产业合作协同", 18, ROLE_COMMITMENT },
};

/* Passages from paragraph 14 on. */
static const struct {
    size_t paragraph;
    const char *path, *start;
} PASSAGES[] = {
    { 14, "二、下步工作举措", "结合您提出的加大精准施策、聚焦转" },
    { 15, "二、下步工作举措 › （一）持续强化政策支持 › 一是做好税收优惠政策执行",
      "（一）持续强化政策支持。一是做好" },
    { 15, "二、下步工作举措 › （一）持续强化政策支持 › 二是加强政策宣传服务",
      "二是加强政策宣传服务。通过市企业" },
    { 15, "二、下步工作举措 › （一）持续强化政策支持 › 三是加大产业要素保障",
      "三是加大产业要素保障。建立健全政" },
    { 16, "二、下步工作举措 › （二）持续推动创新转型 › 一是深化数智转型升级",
      "（二）持续推动创新转型。一是深化" },
    { 16, "二、下步工作举措 › （二）持续推动创新转型 › 二是推进绿色低碳发展",
      "二是推进绿色低碳发展。持续推进规" },
    { 16, "二、下步工作举措 › （二）持续推动创新转型 › 三是加强创新成果转化",
      "三是加强创新成果转化。引导企业强" },
    { 17, "二、下步工作举措 › （三）持续优化人力资源 › 一是加强制造业技能人才培养",
      "（三）持续优化人力资源。一是加强" },
    { 17, "二、下步工作举措 › （三）持续优化人力资源 › 二是引导建立技能导向薪酬体系",
      "二是引导建立技能导向薪酬体系。大" },
    { 17, "二、下步工作举措 › （三）持续优化人力资源 › 三是积极有序组织劳务协作",
      "三是积极有序组织劳务协作。加强与" },
    { 18, "二、下步工作举措 › （四）持续提升营商环境 › 一是深入推进政务服务“一网通办”",
      "（四）持续提升营商环境。一是深入" },
    { 18, "二、下步工作举措 › （四）持续提升营商环境 › 二是强化助企稳订单拓市场",
      "二是强化助企稳订单拓市场。大力实" },
    { 18, "二、下步工作举措 › （四）持续提升营商环境 › 三是大力推动产业合作协同",
      "三是大力推动产业合作协同。开展新" },
};

START_TEST(it_has_its_22_paragraphs)
{
    const struct reply *of = parse_sample();
    ck_assert_uint_eq(of->paragraph_count, LENGTH_OF(PARAGRAPHS));
    for (size_t i = 0; i < of->paragraph_count; i++) {
        struct text text = of->paragraphs[i].text;
        ck_assert_msg(text_starts_with(text, text_of(PARAGRAPHS[i].start)), "%zu: %.*s", i + 1,
                      TEXT_ARG(text));
        ck_assert_msg(text_ends_with(text, text_of(PARAGRAPHS[i].end)), "%zu: %.*s", i + 1,
                      TEXT_ARG(text));
        ck_assert_uint_eq(utf8_count(text), PARAGRAPHS[i].codepoints);
        ck_assert_int_eq(of->paragraphs[i].kind, PARAGRAPHS[i].kind);
    }
}
END_TEST

START_TEST(its_page_breaks_are_healed)
{
    static const char *const HEALED[] = {
        "现代化产业体系的基底",
        "首批人工智能赋能制造业试点",
        "政府服务“一网通办”，依申请",
        "分级推进智能工厂梯度建设",
        "结合春节、秋收等人员返乡",
        "率达94%。",
        "2025年为37.46万家市场主体减负12.77亿元",
        "强化在RCEP区域、中东欧国家布局",
        "一是做好税收优惠政策执行。按照",
        "二是推进绿色低碳发展。持续推进",
    };
    struct text all = all_paragraphs(parse_sample());
    for (size_t i = 0; i < LENGTH_OF(HEALED); i++)
        ck_assert_msg(text_contains(all, text_of(HEALED[i])), "%s", HEALED[i]);
    ck_assert(!text_contains(all, TEXT("**一是")) && !text_contains(all, TEXT("。**")));
}
END_TEST

START_TEST(its_fields_are_right)
{
    const struct reply *of = parse_sample();
    assert_text(of->stem, "ningbo-2026-13");
    assert_text(of->issuer, "宁波市经济和信息化局");
    assert_text(of->document_number, "甬经信函〔2026〕9号");
    assert_text(of->document_number_raw, "甬经信函〔2026〕9号");
    assert_text(of->title, "市经信局关于市政协十六届五次会议第13号提案的答复");
    assert_text(of->subject, "关于推动传统劳动密集型制造业平稳健康发展的建议");
    assert_text(of->addressee, "陈超萍委员");
    assert_text(joined(of->addressees), "陈超萍");
    assert_text(of->session.raw, "市政协十六届五次会议");
    ck_assert_int_eq(of->session.body, BODY_CPPCC);
    assert_text(of->session.area, "宁波市");
    ck_assert_int_eq(of->session.term, 16);
    ck_assert_int_eq(of->session.meeting, 5);
    ck_assert_int_eq(of->kind, KIND_PROPOSAL);
    ck_assert_int_eq(of->type, TYPE_REPLY);
    assert_text(of->proposal_number, "13");
    assert_text(of->proposal_category, "");
    assert_text(joined(of->consulted), "市税务局|市营商环境建设局|市教育局|市财政局|市人力社保局");
    assert_text(joined(of->copy_to),
                "市政府办公厅|市督考办|市政协提案委|市委改革办（市营商环境建设局）|"
                "市教育局|市人力社保局|市财政局|宁波税务局");
    ck_assert_int_eq(of->result_class, 0);
    assert_text(of->publicity, "");
    assert_text(of->date, "2026-06-08");
    ck_assert_int_eq(of->date_origin, DATE_PRINTED);
    assert_text(of->contact, "（联系人：胡忠忠；联系电话：158****0223）");
    assert_text(reply_mask_contact(of->contact, true, &arena),
                "（联系人：胡**；联系电话：158****0223）");
    assert_text(of->area, "宁波市");
}
END_TEST

START_TEST(its_section_tree_is_complete)
{
    const struct reply *of = parse_sample();
    ck_assert_uint_eq(of->section_count, LENGTH_OF(SECTIONS));
    for (size_t i = 0; i < of->section_count; i++) {
        const struct section *section = &of->sections[i];
        ck_assert_int_eq(section->level, SECTIONS[i].level);
        ck_assert_uint_eq(section->parent, SECTIONS[i].parent);
        assert_text(section->marker, SECTIONS[i].marker);
        assert_text(section->heading, SECTIONS[i].heading);
        ck_assert_uint_eq(section->first_paragraph + 1, SECTIONS[i].paragraph);
        ck_assert_int_eq(section->role, SECTIONS[i].role);
        ck_assert_int_eq(section->run_in, section->level > 1);
    }
}
END_TEST

START_TEST(its_items_are_passages_with_paths)
{
    const struct reply *of = parse_sample();
    size_t first = of->passage_count - LENGTH_OF(PASSAGES);
    ck_assert_uint_eq(first, 13);
    for (size_t i = 0; i < LENGTH_OF(PASSAGES); i++) {
        const struct passage *passage = &of->passages[first + i];
        ck_assert_uint_eq(passage->paragraph + 1, PASSAGES[i].paragraph);
        assert_text(passage->path, PASSAGES[i].path);
        ck_assert_msg(text_starts_with(passage->text, text_of(PASSAGES[i].start)), "%.*s",
                      TEXT_ARG(passage->text));
        ck_assert_int_eq(passage->role, ROLE_COMMITMENT);
    }
}
END_TEST

START_TEST(no_passage_names_the_contact)
{
    const struct reply *of = parse_sample();
    for (size_t i = 0; i < of->passage_count; i++)
        ck_assert(!text_contains(of->passages[i].text, TEXT("胡忠忠")));
}
END_TEST

START_TEST(every_character_leads_back_to_the_file)
{
    const struct reply *of = parse_sample();
    for (size_t i = 0; i < of->paragraph_count; i++) {
        const struct paragraph *paragraph = &of->paragraphs[i];
        for (size_t at = 0; at < paragraph->text.length;) {
            size_t size = utf8_length((unsigned char)paragraph->text.data[at]);
            uint64_t offset = 0, length = 0;
            span_map_source(&paragraph->map, at, size, &offset, &length);
            ck_assert_uint_eq(length, size);
            ck_assert_mem_eq(file.data + offset, paragraph->text.data + at, size);
            at += size;
        }
    }
}
END_TEST

static void after_sample(void)
{
    buffer_release(&file);
    after();
}

RUN_SUITE("sample", before, after_sample, it_has_its_22_paragraphs, its_page_breaks_are_healed,
          its_fields_are_right, its_section_tree_is_complete, its_items_are_passages_with_paths,
          no_passage_names_the_contact, every_character_leads_back_to_the_file)
