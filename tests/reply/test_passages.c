/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is found and shown: pieces of readable size, each with its path, role and source. */
#include "tests/reply/parsing.h"

#include "indexer/base/utf8.h"

#define HEAD "关于市政协十六届四次会议第87号提案的答复\n陈某某委员：\n提案收悉，现答复如下：\n"

static struct text passages_of(const char *body)
{
    struct text text = arena_printf(&arena, HEAD "%s", body);
    struct text all = all_passages(parse(text.data));
    size_t skip = text_find(all, TEXT("答复如下：|"));
    ck_assert_uint_ne(skip, TEXT_NONE);
    skip += TEXT("答复如下：|").length;
    return text_slice(all, skip, all.length - skip);
}

START_TEST(an_item_is_a_passage_with_its_path)
{
    assert_text(
        passages_of("二、下步工作\n（一）持续强化政策支持和服务保障。一是做好减税。按要求。二是加强"
                    "宣传。多渠道。"),
        "二、下步工作: 二、下步工作|"
        "二、下步工作 › （一）持续强化政策支持和服务保障: （一）持续强化政策支持和服务保障。|"
        "二、下步工作 › （一）持续强化政策支持和服务保障 › 一是做好减税: 一是做好减税。按要求。|"
        "二、下步工作 › （一）持续强化政策支持和服务保障 › 二是加强宣传: 二是加强宣传。多渠道。");
}
END_TEST

START_TEST(a_short_lead_in_goes_with_the_first_item)
{
    assert_text(passages_of("（一）政策支持。一是减税。按要求。二是宣传。多渠道。"),
                "（一）政策支持 › 一是减税: （一）政策支持。一是减税。按要求。|"
                "（一）政策支持 › 二是宣传: 二是宣传。多渠道。");
}
END_TEST

START_TEST(contact_lines_and_tails_are_in_no_passage)
{
    assert_text(
        passages_of(
            "已完成。\n感谢您的关心！\n联系人：李某    "
            "联系电话：0600-00000000\n澜江市民政局\n2025年6月1日\n"
            "（此件公开发布）\n抄送：市政府办公室。\n澜江市民政局办公室\n2025年6月12日印发"),
        ": 已完成。|: 感谢您的关心！|: 澜江市民政局|: 2025年6月1日");
}
END_TEST

START_TEST(a_contact_phrase_is_cut_out_of_its_paragraph)
{
    assert_text(
        passages_of(
            "已完成。\n若对以上回复有不同意见，欢迎与我局园林科联系，电话：0613-00000000。"),
        ": 已完成。|: 若对以上回复有不同意见，");
    assert_text(passages_of("已完成。如有疑问，请联系（联系人：张某某，电话：0613-"
                            "00000000），我们将继续做好工作。"),
                ": 已完成。如有疑问，|: ，我们将继续做好工作。");
}
END_TEST

START_TEST(a_public_line_is_no_contact)
{
    assert_text(passages_of("已开通12345热线，公布举报电话：0613-00000000，群众可随时反映问题。"),
                ": 已开通12345热线，公布举报电话：0613-00000000，群众可随时反映问题。");
}
END_TEST

START_TEST(long_text_is_cut_at_sentence_ends)
{
    struct text body = TEXT("");
    for (int i = 0; i < 60; i++)
        body = arena_printf(&arena, "%.*s这是第%d个句子它说了一件事情。", TEXT_ARG(body), i);
    struct text text = arena_printf(&arena, HEAD "%.*s", TEXT_ARG(body));
    const struct reply *of = parse(text.data);
    ck_assert_uint_gt(of->passage_count, 5);
    size_t end = 0;
    for (size_t i = 3; i < of->passage_count; i++) {
        const struct passage *passage = &of->passages[i];
        ck_assert_uint_le(utf8_count(passage->text), 450);
        ck_assert(text_ends_with(passage->text, TEXT("。")));
        ck_assert_uint_eq(passage->offset, end);
        end = passage->offset + passage->length;
    }
    ck_assert_uint_eq(end, of->paragraphs[3].text.length);
}
END_TEST

START_TEST(text_without_any_stop_is_cut_too)
{
    struct text body = TEXT("");
    for (int i = 0; i < 300; i++)
        body = arena_printf(&arena, "%.*s一直没有句号", TEXT_ARG(body));
    const struct reply *of = parse(body.data);
    ck_assert_uint_gt(of->passage_count, 1);
    for (size_t i = 0; i < of->passage_count; i++)
        ck_assert_uint_le(utf8_count(of->passages[i].text), 900);
}
END_TEST

START_TEST(passages_have_the_role_of_their_part)
{
    const struct reply *of =
        parse("澜江市民政局文件\n" HEAD "一、工作开展情况\n已建成218家。\n二、关于助餐的建议\n下一"
              "步，我局将继续推进，年底前完成。\n"
              "三、关于补贴的建议\n截至5月底，累计发放补贴。\n感谢您的关心！");
    static const enum passage_role ROLES[] = {
        ROLE_HEAD,    ROLE_HEAD,       ROLE_HEAD,    ROLE_BACKGROUND, ROLE_HEADING, ROLE_DONE,
        ROLE_HEADING, ROLE_COMMITMENT, ROLE_HEADING, ROLE_DONE,       ROLE_OTHER,
    };
    ck_assert_uint_eq(of->passage_count, LENGTH_OF(ROLES));
    for (size_t i = 0; i < LENGTH_OF(ROLES); i++)
        ck_assert_msg(of->passages[i].role == ROLES[i], "passage %zu: %s", i,
                      role_name(of->passages[i].role));
}
END_TEST

START_TEST(clear_words_overrule_a_heading)
{
    const struct reply *of = parse(
        HEAD "一、工作开展情况\n已建成218家。\n下一步，我局将进一步扩大范围，力争年底前全覆盖。");
    ck_assert_int_eq(of->passages[4].role, ROLE_DONE);
    ck_assert_int_eq(of->passages[5].role, ROLE_COMMITMENT);
}
END_TEST

START_TEST(a_passage_knows_its_bytes_in_the_source)
{
    const char *text = HEAD "（一）政策支持与服务保障等多方面。一是减 税。**二是宣传。**多渠道。";
    const struct reply *of = parse(text);
    for (size_t i = 0; i < of->passage_count; i++) {
        const struct passage *passage = &of->passages[i];
        const struct paragraph *paragraph = &of->paragraphs[passage->paragraph];
        ck_assert(text_equal(passage->text,
                             text_slice(paragraph->text, passage->offset, passage->length)));
        ck_assert_mem_eq(text + passage->source_offset, passage->text.data, 3);
        ck_assert_mem_eq(text + passage->source_offset + passage->source_length - 3,
                         passage->text.data + passage->text.length - 3, 3);
    }
}
END_TEST

START_TEST(hostile_texts_end_soon_and_whole)
{
    static const char *const PIECES[] = { "市",        "（",         "一是二是", "第一届第一次会议",
                                          "1、",       "**a",        "联系人：", "《",
                                          "a b ",      "会同市局、", "关于对",   "\n一、题\n",
                                          "\n张三：\n" };
    for (size_t i = 0; i < LENGTH_OF(PIECES); i++) {
        size_t length = strlen(PIECES[i]), count = (size_t)200000 / length;
        char *text = arena_alloc(&arena, count * length + 1);
        for (size_t k = 0; k < count; k++)
            memcpy(text + k * length, PIECES[i], length);
        const struct reply *of = parse(text);
        for (size_t k = 0; k < of->passage_count; k++)
            ck_assert_uint_eq(utf8_find_invalid(of->passages[k].text), TEXT_NONE);
        arena_clear(&arena);
    }
}
END_TEST

START_TEST(a_ceiling_of_memory_is_an_error_wherever_it_is_met)
{
    const char *text =
        "澜江市民政局文件\n澜民函（２０２５）９６号  B类\n" HEAD
        "一、工 作\n一是減稅。**二是宣传。**多渠道，会同市财政局。\n"
        "联系人：李某 0600-00000000\n抄送：市政府办公室、市财政局。\n2025年6月12日印发";
    size_t failed = 0;
    enum status status = STATUS_LIMIT;
    for (size_t ceiling = 1000; status != STATUS_OK; ceiling += 40) {
        struct arena small;
        struct document document = { .source = TEXT("a.txt") };
        struct error error;
        arena_clear(&arena);
        arena_init(&small, ceiling);
        take_lines(&document, text_of(text), BLOCK_LINE);
        status = reply_parse(&document, &small, &reply, &error);
        ck_assert(status == STATUS_OK || status == STATUS_LIMIT);
        failed += status != STATUS_OK;
        arena_release(&small);
    }
    ck_assert_uint_gt(failed, 10);
}
END_TEST

RUN_SUITE("passages", before, after, an_item_is_a_passage_with_its_path,
          a_short_lead_in_goes_with_the_first_item, contact_lines_and_tails_are_in_no_passage,
          a_contact_phrase_is_cut_out_of_its_paragraph, a_public_line_is_no_contact,
          long_text_is_cut_at_sentence_ends, text_without_any_stop_is_cut_too,
          passages_have_the_role_of_their_part, clear_words_overrule_a_heading,
          a_passage_knows_its_bytes_in_the_source, hostile_texts_end_soon_and_whole,
          a_ceiling_of_memory_is_an_error_wherever_it_is_met)
