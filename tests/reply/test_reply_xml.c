/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing Reply XML: what it looks like, and that reading it gives the same reply. */
#include <stdlib.h>

#include "indexer/reply/reply_xml.h"
#include "tests/document/reading.h"

static struct paragraph paragraphs[] = {
    { .text = TEXT_INIT("澜江市民政局文件"), .kind = PARAGRAPH_HEAD, .page = 1 },
    { .text = TEXT_INIT("关于第87号提案的答复"), .kind = PARAGRAPH_TITLE, .page = 1 },
    { .text = TEXT_INIT("陈某某委员："), .kind = PARAGRAPH_ADDRESSEE, .page = 1 },
    { .text = TEXT_INIT("一、工作 <情况>"), .kind = PARAGRAPH_HEADING, .page = 1 },
    { .text = TEXT_INIT("（一）助餐。开头。一是建。二是管。"), .kind = PARAGRAPH_BODY, .page = 1 },
    { .text = TEXT_INIT("续。"), .kind = PARAGRAPH_BODY, .page = 2 },
    { .text = TEXT_INIT("二、下步"), .kind = PARAGRAPH_HEADING, .page = 2 },
    { .text = TEXT_INIT("Web \"service\" & 94%；电话13812340000。"), .kind = PARAGRAPH_BODY },
    { .text = TEXT_INIT("感谢！"), .kind = PARAGRAPH_CLOSING },
    { .text = TEXT_INIT("（联系人：胡某某；联系电话：13812340223）"), .kind = PARAGRAPH_CONTACT },
    { .text = TEXT_INIT("抄送：市政协。"), .kind = PARAGRAPH_COPY_TO },
};

static struct section sections[] = {
    { .level = 1,
      .parent = SECTION_NONE,
      .marker = TEXT_INIT("一、"),
      .heading = TEXT_INIT("工作 <情况>"),
      .first_paragraph = 3,
      .paragraph_count = 1 },
    { .level = 2,
      .parent = 0,
      .marker = TEXT_INIT("（一）"),
      .heading = TEXT_INIT("助餐"),
      .run_in = true,
      .first_paragraph = 4,
      .paragraph_count = 2,
      .role = ROLE_DONE },
    { .level = 6,
      .parent = 1,
      .marker = TEXT_INIT("一是"),
      .heading = TEXT_INIT("建"),
      .first_paragraph = 4,
      .paragraph_count = 1,
      .offset = 27 },
    { .level = 6,
      .parent = 1,
      .marker = TEXT_INIT("二是"),
      .heading = TEXT_INIT("管"),
      .first_paragraph = 4,
      .paragraph_count = 1,
      .offset = 39 },
    { .level = 1,
      .parent = SECTION_NONE,
      .marker = TEXT_INIT("二、"),
      .heading = TEXT_INIT("下步"),
      .first_paragraph = 6,
      .paragraph_count = 2,
      .role = ROLE_COMMITMENT },
};

static struct text members[] = { TEXT_INIT("陈某某"), TEXT_INIT("李某某") };

static struct reply make_reply(void)
{
    return (struct reply) {
        .id = TEXT("r1"),
        .stem = TEXT("r1"),
        .file = TEXT("r1.txt"),
        .issuer = TEXT("澜江市民政局"),
        .document_number = TEXT("澜民函〔2025〕96号"),
        .document_number_raw = TEXT("澜民函[2025]96号"),
        .title = TEXT("关于第87号提案的答复"),
        .subject = TEXT("关于\"助餐\"的建议"),
        .addressee = TEXT("陈某某、李某某委员"),
        .addressees = { members, 2, 2 },
        .session = { TEXT("市政协十六届四次会议"), BODY_CPPCC, TEXT("澜江市"), 16, 4 },
        .kind = KIND_PROPOSAL,
        .type = TYPE_REPLY,
        .proposal_number = TEXT("0087"),
        .proposal_category = TEXT("民政类7号"),
        .consulted = { members, 1, 1 },
        .copy_to = { members, 2, 2 },
        .result_class = 'A',
        .publicity = TEXT("主动公开"),
        .date = TEXT("2024-02-29"),
        .date_origin = DATE_SIGNED,
        .contact = TEXT("（联系人：胡某某；联系电话：13812340223）"),
        .area = TEXT("澜江市"),
        .paragraphs = paragraphs,
        .paragraph_count = sizeof(paragraphs) / sizeof(paragraphs[0]),
        .sections = sections,
        .section_count = sizeof(sections) / sizeof(sections[0]),
    };
}

/* The collection of these replies as bytes; free them. */
static struct text write_xml(const struct reply *replies, size_t count, bool show_contacts,
                             size_t *replaced)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    struct reply_xml *xml = NULL;
    struct error error = { "" };
    ck_assert_int_eq(reply_xml_open(out, show_contacts, &xml, &error), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(reply_xml_put(xml, &replies[i], &error), STATUS_OK);
    if (replaced)
        *replaced = reply_xml_replaced(xml);
    ck_assert_int_eq(reply_xml_close(xml, &error), STATUS_OK);
    ck_assert_int_eq(fclose(out), 0);
    return (struct text) { bytes, length };
}

static void free_text(struct text text)
{
    free((void *)(uintptr_t)text.data);
}

START_TEST(a_reply_looks_like_this)
{
    struct reply reply = make_reply();
    struct text xml = write_xml(&reply, 1, true, NULL);
    ck_assert_str_eq(
        xml.data,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<replies>\n"
        "  <reply id=\"r1\">\n"
        "    <source file=\"r1.txt\" stem=\"r1\"/>\n"
        "    <issuer>澜江市民政局</issuer>\n"
        "    <number raw=\"澜民函[2025]96号\">澜民函〔2025〕96号</number>\n"
        "    <title>关于第87号提案的答复</title>\n"
        "    <subject>关于&quot;助餐&quot;的建议</subject>\n"
        "    <addressee>陈某某、李某某委员</addressee>\n"
        "    <addressees>\n      <name>陈某某</name>\n      <name>李某某</name>\n"
        "    </addressees>\n"
        "    <session body=\"政协\" area=\"澜江市\" term=\"16\" meeting=\"4\">"
        "市政协十六届四次会议</session>\n"
        "    <kind>提案</kind>\n"
        "    <type>答复</type>\n"
        "    <proposal category=\"民政类7号\">0087</proposal>\n"
        "    <consulted>\n      <agency>陈某某</agency>\n    </consulted>\n"
        "    <copy-to>\n      <body>陈某某</body>\n      <body>李某某</body>\n    </copy-to>\n"
        "    <class>A</class>\n"
        "    <publicity>主动公开</publicity>\n"
        "    <date origin=\"成文\">2024-02-29</date>\n"
        "    <contact>（联系人：胡某某；联系电话：13812340223）</contact>\n"
        "    <area>澜江市</area>\n"
        "    <body>\n"
        "      <p kind=\"head\" n=\"1\" page=\"1\">澜江市民政局文件</p>\n"
        "      <p kind=\"title\" n=\"2\" page=\"1\">关于第87号提案的答复</p>\n"
        "      <p kind=\"addressee\" n=\"3\" page=\"1\">陈某某委员：</p>\n"
        "      <section level=\"1\" marker=\"一、\" heading=\"工作 &lt;情况&gt;\">\n"
        "        <p kind=\"heading\" n=\"4\" page=\"1\">一、工作 &lt;情况&gt;</p>\n"
        "        <section level=\"2\" run-in=\"true\" marker=\"（一）\" heading=\"助餐\" "
        "role=\"done\">\n"
        "          <p kind=\"body\" n=\"5\" page=\"1\">（一）助餐。开头。"
        "<item marker=\"一是\" heading=\"建\">一是建。</item>"
        "<item marker=\"二是\" heading=\"管\">二是管。</item></p>\n"
        "          <p kind=\"body\" n=\"6\" page=\"2\">续。</p>\n"
        "        </section>\n"
        "      </section>\n"
        "      <section level=\"1\" marker=\"二、\" heading=\"下步\" role=\"commitment\">\n"
        "        <p kind=\"heading\" n=\"7\" page=\"2\">二、下步</p>\n"
        "        <p kind=\"body\" n=\"8\">Web &quot;service&quot; &amp; "
        "94%；电话13812340000。</p>\n"
        "      </section>\n"
        "      <p kind=\"closing\" n=\"9\">感谢！</p>\n"
        "      <p kind=\"contact\" n=\"10\">（联系人：胡某某；联系电话：13812340223）</p>\n"
        "      <p kind=\"copy-to\" n=\"11\">抄送：市政协。</p>\n"
        "    </body>\n"
        "  </reply>\n"
        "</replies>\n");
    free_text(xml);
}
END_TEST

static void assert_blocks_are_paragraphs(const char *blocks, const struct reply *reply)
{
    struct buffer expected = BUFFER_INIT;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        const struct paragraph *paragraph = &reply->paragraphs[i];
        buffer_printf(&expected, "%s/%s %.*s\n", paragraph->kind == PARAGRAPH_HEADING ? "H1" : "P",
                      paragraph_kind_name(paragraph->kind), TEXT_ARG(paragraph->text));
    }
    ck_assert_str_eq(blocks, reading_string(&expected));
    buffer_release(&expected);
}

START_TEST(reading_it_again_gives_the_same_paragraphs_and_metadata)
{
    struct reply reply = make_reply();
    struct text xml = write_xml(&reply, 1, true, NULL);
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".xml", xml);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    static const char METADATA[] =
        "#r1\nfile=r1.txt\nstem=r1\nissuer=澜江市民政局\ndoc_number=澜民函〔2025〕96号\n"
        "doc_number_raw=澜民函[2025]96号\ntitle=关于第87号提案的答复\nsubject=关于\"助餐\"的建议\n"
        "addressee=陈某某、李某某委员\naddressees=陈某某\naddressees=李某某\n"
        "session=市政协十六届四次会议\nsession_body=政协\nsession_area=澜江市\nsession_term=16\n"
        "session_meeting=4\nkind=提案\nreply_type=答复\nproposal_no=0087\n"
        "proposal_category=民政类7号\nconsulted=陈某某\ncopy_to=陈某某\ncopy_to=李某某\n"
        "result_class=A\npublicity=主动公开\ndate=2024-02-29\ndate_origin=成文\n"
        "contact=（联系人：胡某某；联系电话：13812340223）\narea=澜江市\n";
    const char *text = reading_string(&reading.text);
    ck_assert_msg(strncmp(text, METADATA, strlen(METADATA)) == 0, "%s", text);
    assert_blocks_are_paragraphs(text + strlen(METADATA), &reply);
    reading_release(&reading);
    free_text(xml);
}
END_TEST

START_TEST(contacts_are_masked_unless_asked_for)
{
    struct reply reply = make_reply();
    struct text xml = write_xml(&reply, 1, false, NULL);
    ck_assert(!text_contains(xml, TEXT("13812340223")));
    ck_assert(!text_contains(xml, TEXT("13812340000")));
    ck_assert(!text_contains(xml, TEXT("胡某某")));
    ck_assert(
        text_contains(xml, TEXT("<contact>（联系人：胡**；联系电话：138****0223）</contact>")));
    ck_assert(text_contains(xml, TEXT("n=\"10\">（联系人：胡**；联系电话：138****0223）</p>")));
    free_text(xml);
}
END_TEST

START_TEST(any_text_comes_back_as_it_was)
{
    static const struct text TEXTS[] = {
        TEXT_INIT(" 前后有空格 "),
        TEXT_INIT("　　缩进"),
        TEXT_INIT("第一行\n第二行\n\n末行"),
        TEXT_INIT("制\t表"),
        TEXT_INIT("回\r车\r\n"),
        TEXT_INIT("]]>&lt;&#65;<p>"),
        TEXT_INIT("a\nb"),
        TEXT_INIT("两  个  空格"),
        TEXT_INIT("\xEF\xBB\xBF𠮷😀\xC2\x85\u2028"),
        TEXT_INIT("x"),
    };
    for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
        struct paragraph paragraph = { .text = TEXTS[i], .kind = PARAGRAPH_BODY };
        struct reply reply = {
            .id = TEXT("a"), .title = TEXTS[i], .paragraphs = &paragraph, .paragraph_count = 1
        };
        struct text xml = write_xml(&reply, 1, true, NULL);
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".xml", xml);
        struct buffer expected = BUFFER_INIT;
        buffer_printf(&expected, "#a\ntitle=%.*s\nreply_type=答复\nP/body %.*s\n",
                      TEXT_ARG(TEXTS[i]), TEXT_ARG(TEXTS[i]));
        ck_assert_str_eq(reading_string(&reading.text), reading_string(&expected));
        buffer_release(&expected);
        reading_release(&reading);
        free_text(xml);
    }
}
END_TEST

START_TEST(characters_that_xml_does_not_allow_are_replaced_and_counted)
{
    struct paragraph paragraph = { .text = TEXT("一\x01\x0C二\xEF\xBF\xBE\x1B"),
                                   .kind = PARAGRAPH_BODY };
    struct reply reply = { .id = TEXT("a\x02"), .paragraphs = &paragraph, .paragraph_count = 1 };
    size_t replaced = 0;
    struct text xml = write_xml(&reply, 1, true, &replaced);
    ck_assert_uint_eq(replaced, 5);
    assert_reads(".xml", xml, "#a\uFFFD\nreply_type=答复\nP/body 一\uFFFD\uFFFD二\uFFFD\uFFFD\n");
    free_text(xml);
}
END_TEST

START_TEST(values_that_do_not_fit_the_schema_are_left_out)
{
    static const struct text DATES[] = {
        TEXT_INIT("2023-02-29"), TEXT_INIT("2024-13-01"), TEXT_INIT("2024-00-10"),
        TEXT_INIT("2024-1-1"),   TEXT_INIT("0000-01-01"), TEXT_INIT("2024-04-31"),
        TEXT_INIT("1900-02-29"), TEXT_INIT("２０24-01"),
    };
    for (size_t i = 0; i < sizeof(DATES) / sizeof(DATES[0]); i++) {
        struct paragraph paragraph = { .text = TEXT("一"), .kind = PARAGRAPH_BODY };
        struct reply reply = { .id = TEXT("a"),
                               .date = DATES[i],
                               .date_origin = DATE_SIGNED,
                               .result_class = 'X',
                               .title = TEXT(" "),
                               .session = { .term = -1, .body = BODY_CPPCC },
                               .proposal_category = TEXT("类"),
                               .document_number_raw = TEXT("号"),
                               .paragraphs = &paragraph,
                               .paragraph_count = 1 };
        struct text xml = write_xml(&reply, 1, true, NULL);
        assert_reads(".xml", xml, "#a\nreply_type=答复\nP/body 一\n");
        free_text(xml);
    }
}
END_TEST

START_TEST(group_and_single_passage_are_kept_and_an_empty_collection_is_well_formed)
{
    struct paragraph paragraph = { .text = TEXT("一\n二"), .kind = PARAGRAPH_BODY };
    struct reply reply = { .id = TEXT("a"),
                           .group = TEXT("民法典"),
                           .single_passage = true,
                           .paragraphs = &paragraph,
                           .paragraph_count = 1 };
    struct text xml = write_xml(&reply, 1, true, NULL);
    ck_assert(
        text_contains(xml, TEXT("<reply id=\"a\" group=\"民法典\" single-passage=\"true\">")));
    free_text(xml);
    xml = write_xml(NULL, 0, true, NULL);
    assert_refused(".xml", xml, STATUS_EMPTY, "no reply in it");
    free_text(xml);
}
END_TEST

START_TEST(sections_that_make_no_sense_lose_no_text)
{
    struct section odd[] = {
        { .level = 1, .parent = 7, .first_paragraph = 0, .paragraph_count = 99 },
        { .level = 0, .parent = 0, .first_paragraph = 0, .paragraph_count = 0, .offset = 3 },
        { .level = 6, .parent = 0, .first_paragraph = 1, .paragraph_count = 1, .offset = 6 },
        { .level = 6, .parent = 0, .first_paragraph = 1, .paragraph_count = 1, .offset = 3 },
        { .level = 6, .parent = 0, .first_paragraph = 1, .paragraph_count = 1, .offset = 999 },
        { .level = 1, .parent = SECTION_NONE, .first_paragraph = 0, .paragraph_count = 1 },
        { .level = 1, .parent = SECTION_NONE, .first_paragraph = 99, .paragraph_count = 1 },
    };
    struct paragraph texts[] = {
        { .text = TEXT_INIT("甲甲甲"), .kind = PARAGRAPH_BODY },
        { .text = TEXT_INIT("乙乙乙"), .kind = PARAGRAPH_BODY },
        { .text = TEXT_INIT("丙"), .kind = PARAGRAPH_TAIL },
    };
    struct reply reply = { .id = TEXT("a"),
                           .paragraphs = texts,
                           .paragraph_count = 3,
                           .sections = odd,
                           .section_count = 7 };
    struct text xml = write_xml(&reply, 1, true, NULL);
    assert_reads(".xml", xml, "#a\nreply_type=答复\nP/body 甲甲甲\nP/body 乙乙乙\nP/tail 丙\n");
    free_text(xml);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        return;
    struct reply reply = make_reply();
    struct reply_xml *xml = NULL;
    struct error error = { "" };
    ck_assert_int_eq(reply_xml_open(full, true, &xml, &error), STATUS_OK);
    reply_xml_put(xml, &reply, &error);
    ck_assert_int_eq(reply_xml_close(xml, &error), STATUS_IO);
    ck_assert_str_eq(error.message, "cannot write: No space left on device");
    fclose(full);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_reply_looks_like_this);
    tcase_add_test(tests, reading_it_again_gives_the_same_paragraphs_and_metadata);
    tcase_add_test(tests, contacts_are_masked_unless_asked_for);
    tcase_add_test(tests, any_text_comes_back_as_it_was);
    tcase_add_test(tests, characters_that_xml_does_not_allow_are_replaced_and_counted);
    tcase_add_test(tests, values_that_do_not_fit_the_schema_are_left_out);
    tcase_add_test(tests, group_and_single_passage_are_kept_and_an_empty_collection_is_well_formed);
    tcase_add_test(tests, sections_that_make_no_sense_lose_no_text);
    tcase_add_test(tests, a_full_disk_is_an_error);
}

int main(void)
{
    return reading_run("reply_xml", add_tests);
}
