/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/document/container.h"

#define NS "xmlns:ofd=\"http://www.ofdspec.org/2016\""
#define ROOT                                                                                       \
    "== OFD.xml\n<ofd:OFD " NS "><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml"       \
    "</ofd:DocRoot></ofd:DocBody></ofd:OFD>\n"
#define TREE(pages)                                                                                \
    ROOT "== Doc_0/Document.xml\n<ofd:Document " NS "><ofd:CommonData><ofd:PageArea>"              \
         "<ofd:PhysicalBox>0 0 210 "                                                               \
         "297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>" pages                  \
         "</ofd:Pages></ofd:Document>\n"
#define PAGE(content)                                                                              \
    "<ofd:Page " NS "><ofd:Content><ofd:Layer>" content "</ofd:Layer></ofd:Content></ofd:Page>\n"
#define ONE_PAGE(content)                                                                          \
    TREE("<ofd:Page ID=\"1\" BaseLoc=\"P/Content.xml\"/>")                                         \
    "== Doc_0/P/Content.xml\n" PAGE(content)
#define OBJECT(box, codes)                                                                         \
    "<ofd:TextObject Boundary=\"" box "\" Size=\"5\">" codes "</ofd:TextObject>"
#define CODE(at, text) "<ofd:TextCode " at ">" text "</ofd:TextCode>"
#define LINE(x, y, text) OBJECT(x " " y " 100 5", CODE("X=\"0\" Y=\"4.3\"", text))

static void assert_content(const char *content, const char *expected)
{
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description, ONE_PAGE("%s"), content);
    assert_container_reads(".ofd", description.data, expected);
    buffer_release(&description);
}

/* --- pages set by tests/fixtures/make_ofd.py ----------------------------------------------------- */

static const char LETTER[] = "!横埔市数据管理局文件\n"
                             "<横数函〔2025〕7号\n"
                             "!对市政协四次会议第36号提案的答复\n"
                             "<林某某委员：\n"
                             "您提出的《关于推动公共数据开放利用的提案》收悉。我局会同有关部门认真"
                             "研究，经商市财政局、市大数据中"
                             "心，现就有关情况答复如下：\n"
                             "一、工作开展情况\n"
                             "（一）建成统一平台。截至2025年6月底，平台归集62个部门的1380项数据，开"
                             "放数据集943个，累计被调用1.7亿"
                             "次；接入企业128家，注册开发者2600人。\n"
                             "（二）完善管理制度。出台《横埔市公共数据管理办法》，明确“谁产生、谁负"
                             "责”的原则，建立数据质量通报机"
                             "制，每季度对空值率、重复率高于5%的部门进行约谈。\n"
                             "二、下一步打算\n"
                             "一是扩大开放范围。年内再开放交通、医疗、气象等领域的数据集300个，重点"
                             "数据更新频率由按月提高到按日。二"
                             "是培育应用场景。设立800万元专项资金，支持20个示范项目。三是守住安全底"
                             "线。对敏感字段全部脱敏，做到可追"
                             "溯、可审计。\n"
                             "感谢您对数据工作的关心和支持！\n"
                             ">横埔市数据管理局\n"
                             ">2025年8月6日\n"
                             "<（联系人：吴某某，联系电话：0600-0000000）\n";

/* What is between two line ends of LETTER, without the sign that says how to set it. */
static void expect_letter(struct buffer *out)
{
    struct text rest = text_of(LETTER), line;
    while (text_split(&rest, TEXT("\n"), &line)) {
        size_t skip = line.length > 0 && strchr("!<>", line.data[0]) ? 1 : 0;
        if (line.length > 0)
            buffer_printf(out, "%.*s\n", TEXT_ARG(text_slice(line, skip, line.length - skip)));
    }
}

struct pages {
    struct buffer text;
    size_t documents;
    uint32_t last_page;
};

static enum status take_pages(void *context, const struct document *document, struct error *error)
{
    struct pages *pages = context;
    (void)error;
    pages->documents++;
    ck_assert(text_equal(document_declared(document, "file_created"), TEXT("2025-08-06")));
    for (size_t i = 0; i < document->block_count; i++) {
        buffer_printf(&pages->text, "%.*s\n", TEXT_ARG(document->blocks[i].text));
        pages->last_page = document->blocks[i].page;
    }
    return STATUS_OK;
}

static void read_letter(const char *style, struct pages *pages)
{
    char path[256], arguments[300];
    struct error error;
    struct document_receiver receiver = { .document = take_pages, .context = pages };
    reading_make_path(path, sizeof(path), ".ofd");
    snprintf(arguments, sizeof(arguments), "%s '%s'", style, path);
    container_run("make_ofd.py", arguments, text_of(LETTER));
    ck_assert_msg(readers_read(path, &receiver, &error) == STATUS_OK, "%s", error.message);
    unlink(path);
}

START_TEST(however_a_producer_writes_it_the_paragraphs_are_the_same)
{
    static const char *const STYLES[] = {
        "lines", "glyphs", "blanks", "flush", "columns", "rotated"
    };
    struct buffer expected = BUFFER_INIT;
    expect_letter(&expected);
    for (size_t i = 0; i < sizeof(STYLES) / sizeof(STYLES[0]); i++) {
        struct pages pages = { .documents = 0 };
        read_letter(STYLES[i], &pages);
        ck_assert_uint_eq(pages.documents, 1);
        ck_assert_msg(strcmp(pages.text.data, expected.data) == 0, "style %s:\n%s", STYLES[i],
                      pages.text.data);
        buffer_release(&pages.text);
    }
    buffer_release(&expected);
}
END_TEST

START_TEST(several_documents_in_one_file_are_several_documents)
{
    struct pages pages = { .documents = 0 };
    read_letter("two", &pages);
    ck_assert_uint_eq(pages.documents, 2);
    buffer_release(&pages.text);
}
END_TEST

/* --- by hand ------------------------------------------------------------------------------------- */

START_TEST(reading_order_comes_from_the_coordinates)
{
    assert_content(LINE("30", "60", "第二行") LINE("50", "40", "行尾")
                       LINE("30", "40", "第一行头的"),
                   "#\nL 第一行头的行尾\nL 第二行\n");
}
END_TEST

START_TEST(gaps_become_blanks_and_bold_overprint_is_one_text)
{
    assert_content(LINE("30", "40", "联系人：杨某") LINE("70", "40", "电话")
                       LINE("30.2", "40", "联系人：杨某"),
                   "#\nP 联系人：杨某　　电话\n");
}
END_TEST

START_TEST(a_matrix_scales_and_moves)
{
    assert_content(
        "<ofd:TextObject Boundary=\"30 40 9 9\" CTM=\"0.5 0 0 0.5 10 0\" Size=\"10\">" CODE(
            "X=\"0\" Y=\"8\" DeltaX=\"g 2 10\"", "后半句") "</ofd:TextObject>" LINE("25", "40",
                                                                                    "前半句"),
        "#\nP 前半句后半句\n");
}
END_TEST

START_TEST(invisible_text_and_annotations_are_not_read)
{
    assert_content(
        "<ofd:TextObject Visible=\"false\" Boundary=\"30 40 9 9\" Size=\"5\">" CODE(
            "X=\"0\" Y=\"4\"",
            "看不见") "</ofd:TextObject>" LINE("30", "60",
                                               "看得见") "<ofd:Annot>" LINE("30", "80",
                                                                            "批注") "</ofd:Annot>",
        "#\nP 看得见\n");
}
END_TEST

START_TEST(a_missing_page_is_a_warning)
{
    assert_container_warns(".ofd",
                           TREE("<ofd:Page BaseLoc=\"P/Content.xml\"/><ofd:Page "
                                "BaseLoc=\"Q/Content.xml\"/>") "== Doc_0/P/Content.xml\n" PAGE(
                               LINE("30", "40", "有这一页")),
                           "#\nP 有这一页\n", "page 2 is missing\n");
    assert_container_refused(".ofd", TREE("<ofd:Page BaseLoc=\"P/Content.xml\"/>"), STATUS_INVALID,
                             "page 1 is missing");
}
END_TEST

START_TEST(parts_that_refer_to_each_other_in_circles_come_to_an_end)
{
    assert_container_refused(
        ".ofd", TREE("<ofd:Page BaseLoc=\"Document.xml\"/><ofd:Page BaseLoc=\"/OFD.xml\"/>"),
        STATUS_EMPTY, "no text in this OFD file (2 pages)");
    assert_container_reads(
        ".ofd",
        ROOT
        "== Doc_0/Document.xml\n<Document><CommonData><TemplatePage ID=\"1\" BaseLoc=\"T.xml\"/>"
        "</CommonData><Pages><Page BaseLoc=\"T.xml\"/></Pages></Document>\n"
        "== Doc_0/T.xml\n<Page><Template TemplateID=\"1\"/><Content><Layer>"
        "<TextObject Boundary=\"9 40 9 9\" Size=\"4\"><TextCode X=\"0\" "
        "Y=\"4\">自己的模板</TextCode>"
        "</TextObject></Layer></Content></Page>",
        "#\nP 自己的模板\n");
}
END_TEST

START_TEST(damaged_files_get_one_clear_line)
{
    assert_container_refused(".ofd", "== Encryptions.xml\n<x/>\n== OFD.xml\n<x/>",
                             STATUS_UNSUPPORTED, "encrypted OFD file");
    assert_container_refused(".ofd", "== OFD.xml\n<x/>", STATUS_EMPTY,
                             "no document in this OFD file");
    assert_container_refused(".ofd", ROOT, STATUS_INVALID,
                             "a part is missing: \"Doc_0/Document.xml\"");
    assert_container_refused(".ofd", "== OFD.xml\n<!DOCTYPE x><x/>", STATUS_INVALID,
                             "OFD.xml: has a document type, which is not allowed");
    assert_container_refused(".ofd", ONE_PAGE(""), STATUS_EMPTY,
                             "no text in this OFD file (1 pages)");
}
END_TEST

START_TEST(too_many_pages_are_refused)
{
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description, ROOT "== Doc_0/Document.xml\n<Document><Pages>");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&description, "<Page ID=\"%d\" BaseLoc=\"P/Content.xml\"/>", i);
    buffer_printf(&description, "</Pages></Document>\n== Doc_0/P/Content.xml\n<Page/>");
    assert_container_refused(".ofd", description.data, STATUS_LIMIT, "more than 10000 pages");
    buffer_release(&description);
}
END_TEST

START_TEST(deep_blocks_and_wild_numbers_are_survived)
{
    assert_content(
        OBJECT("1e999 nan -inf 3", CODE("X=\"1e300\" Y=\"-5\" DeltaX=\"g 18446744073709551615 "
                                        "1e9 g g 3\"",
                                        "很远")),
        "#\nP 很　　　　远\n");
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description,
                  TREE("<ofd:Page BaseLoc=\"P.xml\"/>") "== Doc_0/P.xml\n<Page><Content>");
    for (int i = 0; i < 300; i++)
        buffer_printf(&description, "<PageBlock>");
    assert_container_refused(
        ".ofd", description.data, STATUS_INVALID,
        "Doc_0/P.xml: line 1: Excessive depth in document: 256 use XML_PARSE_HUGE option");
    buffer_release(&description);
}
END_TEST

START_TEST(damage_anywhere_is_survived)
{
    assert_survives_damage(ONE_PAGE(LINE("30", "40", "您提出的提案收悉。")), "x.ofd");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, however_a_producer_writes_it_the_paragraphs_are_the_same);
    tcase_add_test(tests, several_documents_in_one_file_are_several_documents);
    tcase_add_test(tests, reading_order_comes_from_the_coordinates);
    tcase_add_test(tests, gaps_become_blanks_and_bold_overprint_is_one_text);
    tcase_add_test(tests, a_matrix_scales_and_moves);
    tcase_add_test(tests, invisible_text_and_annotations_are_not_read);
    tcase_add_test(tests, a_missing_page_is_a_warning);
    tcase_add_test(tests, parts_that_refer_to_each_other_in_circles_come_to_an_end);
    tcase_add_test(tests, damaged_files_get_one_clear_line);
    tcase_add_test(tests, too_many_pages_are_refused);
    tcase_add_test(tests, deep_blocks_and_wild_numbers_are_survived);
    tcase_add_test(tests, damage_anywhere_is_survived);
}

int main(void)
{
    return reading_run("ofd_reader", add_tests);
}
