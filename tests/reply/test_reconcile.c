/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands around a text fills only what the text leaves empty, the better source first. */
#include "tests/reply/parsing.h"

struct around {
    const char *key, *value;
};

/* A page with this text (a paragraph a line) and these values around it. */
static const struct reply *parse_page(const char *text, const struct around *around)
{
    struct document document = { .source = TEXT("folder/page.html"), .reader = "html" };
    take_lines(&document, text_of(text), BLOCK_PARAGRAPH);
    for (; around->key; around++)
        ck_assert(document_declare(&document, &arena, around->key, text_of(around->value)));
    return parse_document(&document);
}

#define LETTER "陈某某委员：\n您提出的提案收悉，现答复如下。\n感谢您的关心。"

START_TEST(what_the_text_says_wins)
{
    const struct around around[] = { { "table_doc_number", "别民函〔2020〕1号" },
                                     { "table_issuer", "别市财政局" },
                                     { "table_date", "2020-01-01" },
                                     { "page_title", "关于市政协一届一次会议第1号提案的答复" },
                                     { NULL, NULL } };
    const struct reply *of =
        parse_page("某民函〔2025〕9号\n关于市政协十六届五次会议第13号提案的答复\n" LETTER
                   "\n某市民政局\n2025年6月8日",
                   around);
    assert_text(of->document_number, "某民函〔2025〕9号");
    assert_text(of->title, "关于市政协十六届五次会议第13号提案的答复");
    assert_text(of->issuer, "某市民政局");
    assert_text(of->date, "2025-06-08");
}
END_TEST

START_TEST(the_visible_table_wins_over_meta_tags)
{
    const struct around around[] = { { "page_issuer", "某市财政局" },
                                     { "page_date", "2025-07-01 09:30" },
                                     { "table_issuer", "某市民政局" },
                                     { "table_date", "2025年6月8日" },
                                     { "table_doc_number", "某民函[2025]009号" },
                                     { "table_publicity", "主动公开" },
                                     { NULL, NULL } };
    const struct reply *of = parse_page(LETTER, around);
    assert_text(of->issuer, "某市民政局");
    assert_text(of->date, "2025-06-08");
    ck_assert_int_eq(of->date_origin, DATE_SIGNED);
    assert_text(of->document_number, "某民函〔2025〕9号");
    assert_text(of->document_number_raw, "某民函[2025]009号");
    assert_text(of->publicity, "主动公开");
}
END_TEST

START_TEST(meta_tags_fill_what_is_left)
{
    const struct around around[] = { { "table_date", "无" },
                                     { "page_issuer", "某市民政局" },
                                     { "page_date", "2025-07-01 09:30" },
                                     { "page_title", "关于市政协十六届五次会议第13号提案的答复" },
                                     { NULL, NULL } };
    const struct reply *of = parse_page(LETTER, around);
    assert_text(of->issuer, "某市民政局");
    assert_text(of->date, "2025-07-01");
    ck_assert_int_eq(of->date_origin, DATE_PUBLISHED);
    assert_text(of->title, "关于市政协十六届五次会议第13号提案的答复");
}
END_TEST

START_TEST(what_does_not_look_like_the_field_is_no_value)
{
    const struct around around[] = {
        { "page_issuer", "本站原创" }, { "table_doc_number", "无文号" },
        { "page_title", "建议提案" },  { "file_title", "无标题" },
        { "page_date", "昨天" },       { NULL, NULL }
    };
    const struct reply *of = parse_page(LETTER, around);
    assert_text(of->issuer, "");
    assert_text(of->document_number, "");
    assert_text(of->title, "");
    assert_text(of->date, "");
}
END_TEST

RUN_SUITE("reconcile", before, after, what_the_text_says_wins,
          the_visible_table_wins_over_meta_tags, meta_tags_fill_what_is_left,
          what_does_not_look_like_the_field_is_no_value)
