/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/document/container.h"

#define W                                                                                          \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
#define DOCUMENT(body)                                                                             \
    "== word/document.xml\n<w:document " W "><w:body>" body "</w:body></w:document>\n"
#define NUMBERING(lists) "== word/numbering.xml\n<w:numbering " W ">" lists "</w:numbering>\n"
#define STYLES(styles) "== word/styles.xml\n<w:styles " W ">" styles "</w:styles>\n"
#define P(runs) "<w:p>" runs "</w:p>"
#define R(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define NUMBER(list, level)                                                                        \
    "<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list "\"/></w:numPr></w:pPr>"
#define LEVEL(level, format, pattern)                                                              \
    "<w:lvl w:ilvl=\"" level "\"><w:start w:val=\"1\"/>"                                           \
    "<w:numFmt w:val=\"" format "\"/><w:lvlText w:val=\"" pattern "\"/></w:lvl>"
#define LIST(id, levels)                                                                           \
    "<w:abstractNum w:abstractNumId=\"" id "\">" levels "</w:abstractNum>"                         \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" id "\"/></w:num>"

static void assert_body(const char *body, const char *expected)
{
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description, DOCUMENT("%s"), body);
    assert_container_reads(".docx", description.data, expected);
    buffer_release(&description);
}

START_TEST(runs_make_a_paragraph)
{
    assert_body(P(R("岭发改案〔20") "<w:r><w:rPr><w:b/></w:rPr><w:t>25〕133号</w:t></w:r>")
                    P("<w:r><w:t>  不保留  </w:t></w:r>" R("  保留 ")) P(""),
                "#\nP 岭发改案〔2025〕133号\nP 不保留  保留 \n");
}
END_TEST

START_TEST(tabs_breaks_and_signs_are_text)
{
    assert_body(
        P("<w:r><w:t>联系人</w:t><w:tab/><w:t>杨某</w:t></w:r>")
            P("<w:r><w:t>前</w:t><w:br w:type=\"page\"/><w:t>后</w:t></w:r>")
                P("<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r>") P(
                    "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>A类</w:t>"
                    "<w:noBreakHyphen/><w:softHyphen/><w:sym w:font=\"X\" w:char=\"F041\"/></w:r>"),
        "#\nP 联系人\t杨某\nP 前后\nL 第一行\nL 第二行\nP ☑A类-\n");
}
END_TEST

START_TEST(what_was_deleted_is_gone_and_what_was_inserted_stays)
{
    assert_body(P("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>" R(
                    "新") "</w:ins>"
                          "<w:moveFrom>" R("走") "</w:moveFrom><w:moveTo>" R("来") "</w:moveTo>")
                    P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("段落标记删除，"))
                        P(R("接着写。")),
                "#\nP 新来\nP 段落标记删除，接着写。\n");
}
END_TEST

START_TEST(hidden_text_is_left_out)
{
    assert_container_reads(
        ".docx",
        DOCUMENT(P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
                   "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>见</w:t></w:r>"
                   "<w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>藏</w:t></w:r>"))
            STYLES(
                "<w:style w:type=\"character\" w:styleId=\"G\"><w:rPr><w:vanish/></w:rPr></w:style>"
                "<w:style w:type=\"character\" w:styleId=\"H\"><w:basedOn w:val=\"G\"/></w:style>"),
        "#\nP 见\n");
}
END_TEST

START_TEST(fields_keep_their_result_and_lose_their_code)
{
    assert_body(P("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>code</w:t>"
                  "<w:instrText>DATE</w:instrText><w:fldChar w:fldCharType=\"separate\"/>"
                  "<w:t>2025年</w:t><w:fldChar w:fldCharType=\"end\"/><w:t>8月</w:t></w:r>"
                  "<w:fldSimple w:instr=\"X\">" R("6日") "</w:fldSimple>")
                    P("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>没有结束</w:t></w:r>")
                        P(R("后文")),
                "#\nP 2025年8月6日\nP 后文\n");
}
END_TEST

START_TEST(containers_around_runs_do_not_matter)
{
    assert_body(
        "<w:sdt><w:sdtPr/><w:sdtContent>" P(R(
            "一段")) "</w:sdtContent></w:sdt>"
                     "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" P(R("单击此处")) "</w:sdtContent></w:sdt>" P(
                         "<w:smartTag>" R("某") "<w:smartTag>" R(
                             "市") "</w:smartTag></w:smartTag>"
                                   "<w:hyperlink>" R("局") "</w:hyperlink><w:sdt><w:sdtContent>" R(
                                       "函") "</w:sdtContent></w:sdt>")
                         P("<w:ruby><w:rt>" R("zhēn") "</w:rt></w:ruby><w:r><w:ruby><w:rt>" R(
                             "zhēn") "</w:rt><w:rubyBase>" R("甄") "</w:rubyBase></w:ruby></w:r>"),
        "#\nP 一段\nP 某市局函\nP 甄\n");
}
END_TEST

#define BOX(text)                                                                                  \
    "<wps:txbx xmlns:wps=\"w\"><w:txbxContent>" P(R(text)) "</w:txbxContent></wps:txbx>"

START_TEST(a_text_box_comes_once_behind_its_paragraph)
{
    assert_body(P(R("首段")) P(
                    R("前") "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>" BOX(
                        "岭东省发展和改革委员会文件") "</w:drawing></"
                                                      "mc:Choice><mc:Fallback><w:pict>" BOX(
                                                          "岭东省发展"
                                                          "和改革委员"
                                                          "会文件") "</w:pict></mc:Fallback></"
                                                                    "mc:AlternateContent>"
                                                                    "</w:r>" R("后"))
                    P("<w:r><mc:AlternateContent><mc:Choice "
                      "Requires=\"new\"/><mc:Fallback><w:pict>" BOX(
                          "旧式") "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
                "#\nP 首段\nP 前后\nP 岭东省发展和改革委员会文件\nP 旧式\n");
}
END_TEST

START_TEST(a_text_box_in_the_first_paragraph_is_the_letterhead_above_it)
{
    assert_body(P("<w:r><w:pict>" BOX("岭东省水利厅文件") "</w:pict></w:r>" R("岭水函〔2025〕3号"))
                    P(R("正文。")),
                "#\nP 岭东省水利厅文件\nP 岭水函〔2025〕3号\nP 正文。\n");
}
END_TEST

#define CELL(paragraphs) "<w:tc>" paragraphs "</w:tc>"

START_TEST(the_cells_of_a_row_make_one_paragraph)
{
    assert_body("<w:tbl><w:tr>" CELL(P(R("案由"))) CELL(
                    P(R("关于养老的建议"))) "</w:tr><w:tr>" CELL(P(R("代表"))) CELL(P(""))
                    CELL(P(R("张某")) P(R("李某"))) "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" CELL(
                        P(R("删"))) "</w:tr></w:tbl>",
                "#\nP 案由 | 关于养老的建议\nP 代表 | 张某 李某\n");
}
END_TEST

START_TEST(a_table_for_the_layout_is_no_table)
{
    assert_body("<w:tbl><w:tr>" CELL(P(R("标题")) P(R("正文")) "<w:tbl><w:tr>" CELL(P(R("内")))
                                         CELL(P(R("表"))) "</w:tr></w:tbl>") "</w:tr></w:tbl>",
                "#\nP 标题\nP 正文\nP 内 | 表\n");
    assert_body("<w:tbl><w:tr>" CELL(P(R("办理情况")))
                    CELL(P(R("您提出的《关于发展养老服务的建议》收悉，现答复如下："))
                             P(R("一、工作情况。全市建成养老服务中心若干个，覆盖城乡各个社区和行政"
                                 "村。"))) "</w:tr></w:tbl>",
                "#\nP 办理情况\nP 您提出的《关于发展养老服务的建议》收悉，现答复如下：\n"
                "P 一、工作情况。全市建成养老服务中心若干个，覆盖城乡各个社区和行政村。\n");
}
END_TEST

#define TEXT_CELL(text) CELL(P(R(text)))
#define ROW(cells) "<w:tr>" cells "</w:tr>"
#define TABLE(rows) "<w:tbl>" rows "</w:tbl>"

START_TEST(a_table_of_facts_about_the_document_is_no_text)
{
    assert_body(P(R("正文。")) P(R("2025年8月6日印发"))
                    TABLE(ROW(TEXT_CELL("承办单位") TEXT_CELL("岭东省发展和改革委员会"))),
                "#\ntable_issuer=岭东省发展和改革委员会\nP 正文。\nP 2025年8月6日印发\n");
    assert_body(TABLE(ROW(TEXT_CELL("索 引 号：") TEXT_CELL("0045/2026") TEXT_CELL("发布机构")
                              TEXT_CELL("某某市水务局")) ROW(TEXT_CELL("文　　号") TEXT_CELL("无")))
                    P(R("正文。")),
                "#\ntable_index=0045/2026\ntable_issuer=某某市水务局\nP 正文。\n");
}
END_TEST

START_TEST(a_table_with_anything_else_in_it_stays)
{
    assert_body(P(R("正文。")) TABLE(ROW(TEXT_CELL("承办单位") TEXT_CELL("水务局"))
                                         ROW(TEXT_CELL("办理情况") TEXT_CELL("已办结"))),
                "#\nP 正文。\nP 承办单位 | 水务局\nP 办理情况 | 已办结\n");
    assert_body(P(R("如下：")) TABLE(ROW(TEXT_CELL("类别") TEXT_CELL("数量"))) P(R("以上。")),
                "#\nP 如下：\nP 类别 | 数量\nP 以上。\n");
}
END_TEST

START_TEST(automatic_numbers_are_rebuilt)
{
    assert_container_reads(
        ".docx",
        DOCUMENT(P(NUMBER("1", "0") R("基本情况")) P(NUMBER("1", "1") R("起步"))
                     P(NUMBER("1", "1") R("发展")) P(NUMBER("1", "2") R("资金"))
                         P(NUMBER("1", "2") R("5G网络")) P(NUMBER("1", "3") R("细则"))
                             P(NUMBER("1", "0") R("下一步")) P(NUMBER("1", "1") R("重新计数"))
                                 P(NUMBER("0", "0") R("无")))
            NUMBERING(LIST(
                "1", LEVEL("0", "chineseCounting", "%1、") LEVEL("1", "japaneseCounting", "（%2）")
                         LEVEL("2", "decimal", "%3.") LEVEL("3", "decimalEnclosedCircle", "%4"))),
        "#\nP 一、基本情况\nP （一）起步\nP （二）发展\nP 1.资金\nP 2. 5G网络\nP ①细则\nP "
        "二、下一步\n"
        "P （一）重新计数\nP 无\n");
}
END_TEST

static void assert_counts(const char *format, const char *count, const char *expected)
{
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description,
                  DOCUMENT(P(NUMBER("1", "0") R("文"))) NUMBERING(
                      "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start "
                      "w:val=\"%s\"/><w:numFmt w:val=\"%s\"/><w:suff w:val=\"nothing\"/>"
                      "<w:lvlText w:val=\"%%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\">"
                      "<w:abstractNumId w:val=\"1\"/></w:num>"),
                  count, format);
    struct buffer wanted = BUFFER_INIT;
    buffer_printf(&wanted, "#\nP %s文\n", expected);
    assert_container_reads(".docx", description.data, wanted.data);
    buffer_release(&description);
    buffer_release(&wanted);
}

START_TEST(each_number_format_counts_in_its_way)
{
    static const char *const EXAMPLES[][3] = {
        { "chineseCounting", "10", "十" },
        { "chineseCounting", "21", "二十一" },
        { "chineseCountingThousand", "105", "一百零五" },
        { "chineseCountingThousand", "110", "一百一十" },
        { "japaneseCounting", "12", "十二" },
        { "japaneseCounting", "100", "百" },
        { "ideographDigital", "10", "一〇" },
        { "chineseLegalSimplified", "3", "叁" },
        { "ideographTraditional", "3", "丙" },
        { "decimalEnclosedCircle", "20", "⑳" },
        { "decimalEnclosedParen", "2", "⑵" },
        { "decimalFullWidth", "12", "１２" },
        { "upperLetter", "28", "BB" },
        { "lowerRoman", "14", "xiv" },
        { "decimalZero", "7", "07" },
        { "bullet", "1", "" },
        { "none", "1", "" },
        { "unknownFormat", "4", "4" },
    };
    for (size_t i = 0; i < sizeof(EXAMPLES) / sizeof(EXAMPLES[0]); i++)
        assert_counts(EXAMPLES[i][0], EXAMPLES[i][1], EXAMPLES[i][2]);
}
END_TEST

START_TEST(overrides_restart_and_links_are_followed)
{
    assert_container_reads(
        ".docx",
        DOCUMENT(P(NUMBER("1", "0") R("甲")) P(NUMBER("2", "0") R("同一列接着"))
                     P(NUMBER("3", "0") R("另起")) P(NUMBER("3", "0") R("继续"))
                         P(NUMBER("4", "0") R("经样式")) P(NUMBER("1", "1") R("法定"))
                             P("<w:pPr><w:pStyle w:val=\"S\"/></w:pPr>" R("样式带编号")))
            NUMBERING("<w:abstractNum w:abstractNumId=\"9\">" LEVEL(
                "0", "chineseCounting",
                "%1、") "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:isLgl/><w:lvlText "
                        "w:val=\"%1.%2\"/>"
                        "<w:pStyle w:val=\"S\"/></w:lvl></w:abstractNum>"
                        "<w:abstractNum w:abstractNumId=\"8\"><w:numStyleLink "
                        "w:val=\"L\"/></w:abstractNum>"
                        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"9\"/></w:num>"
                        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"9\"/></w:num>"
                        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"9\"/><w:lvlOverride "
                        "w:ilvl=\"0\">"
                        "<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
                        "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"8\"/></w:num>")
                STYLES("<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId "
                       "w:val=\"1\"/>"
                       "</w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" "
                       "w:styleId=\"S\"><w:pPr><w:numPr>"
                       "<w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"),
        "#\nP 一、甲\nP 二、同一列接着\nP 一、另起\nP 二、继续\nP 三、经样式\nP 3.1 法定\nP 3.2 "
        "样式带编号\n");
}
END_TEST

START_TEST(a_heading_without_a_marker_is_a_heading)
{
    assert_container_reads(".docx",
                           DOCUMENT(P("<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>" R("工作情况")) P(
                               "<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>" R("一、工作情况"))
                                        P("<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>" R("下一步")))
                               STYLES("<w:style w:type=\"paragraph\" "
                                      "w:styleId=\"0\"><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>"
                                      "</w:style><w:style w:type=\"paragraph\" "
                                      "w:styleId=\"1\"><w:basedOn w:val=\"0\"/></w:style>"),
                           "#\nH1 工作情况\nP 一、工作情况\nH2 下一步\n");
}
END_TEST

START_TEST(parts_are_found_by_their_relationships)
{
    assert_container_reads(
        ".docx",
        "== [Content_Types].xml\n<x/>\n"
        "== _rels/.rels\n<R><Relationship Type=\"x/officeDocument\" "
        "Target=\"/Word\\Main.xml\"/></R>\n"
        "== word/main.xml\n<document><body>" P(NUMBER("1", "0") R(
            "正文")) "</body></document>\n"
                     "== word/_rels/main.xml.rels\n<R><Relationship Type=\"x/numbering\" "
                     "Target=\"../lists/n.xml\"/></R>\n"
                     "== lists/n.xml\n<numbering " W
                     ">" LIST("1", LEVEL("0", "chineseCounting", "%1、")) "</numbering>\n",
        "#\nP 一、正文\n");
}
END_TEST

#define RELATIONSHIPS(rows)                                                                        \
    "== word/_rels/document.xml.rels\n<Relationships>" rows "</Relationships>\n"
#define CHUNK(id, target) "<Relationship Id=\"" id "\" Type=\"x/aFChunk\" Target=\"" target "\"/>"
#define CHUNK_HERE(id)                                                                             \
    "<w:altChunk xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" " \
    "r:id=\"" id "\"/>"

START_TEST(a_document_inside_stands_where_it_is_taken_in)
{
    assert_container_reads(
        ".docx",
        DOCUMENT(P(R("前。")) CHUNK_HERE("r1") P(R("中。")) CHUNK_HERE("r2"))
            RELATIONSHIPS(CHUNK("r1", "a.html") CHUNK(
                "r2", "/word/b.mht")) "== word/a.html\n"
                                      "<html><body><p>网页的第一段。</p><p>网页的第二段。</p></"
                                      "body></html>\n"
                                      "== word/b.mht\nMIME-Version: 1.0\nContent-Type: "
                                      "multipart/related;\n boundary=B\n\n"
                                      "--B\nContent-Type: text/html\nContent-Transfer-Encoding: "
                                      "quoted-printable\n\n"
                                      "<html><p>=E5=AD=98=\n=E6=A1=A3=E3=80=82</p></html>\n--B--\n",
        "#\nP 前。\nP 网页的第一段。\nP 网页的第二段。\nP 中。\nP 存档。\n");
}
END_TEST

START_TEST(a_document_inside_that_is_missing_is_told_and_left_out)
{
    assert_container_warns(".docx", DOCUMENT(P(R("前。")) CHUNK_HERE("r9") P(R("后。"))),
                           "#\nP 前。\nP 后。\n", "document inside left out: \"r9\" is missing\n");
}
END_TEST

START_TEST(properties_are_declared)
{
    assert_container_reads(
        ".docx",
        DOCUMENT(P(R("正文"))) "== docProps/core.xml\n<c><title> 某某\n文件 "
                               "</title><creator>办公室</creator>"
                               "<created>2025-08-06T01:02:03Z</created><modified/></c>",
        "#\nfile_title=某某 文件\nfile_author=办公室\nfile_created=2025-08-06T01:02:03Z\n"
        "P 正文\n");
}
END_TEST

START_TEST(damaged_files_get_one_clear_line)
{
    assert_container_refused(".docx", "== [Content_Types].xml\n<x/>", STATUS_INVALID,
                             "no text in this DOCX file: \"word/document.xml\" is missing");
    assert_container_refused(".docx", DOCUMENT(""), STATUS_EMPTY, "no text in this DOCX file");
    assert_container_refused(
        ".docx", "== word/document.xml\n<a><b></a>", STATUS_INVALID,
        "word/document.xml: line 1: Opening and ending tag mismatch: b line 1 and a");
    assert_container_refused(".docx", "== word/document.xml\n", STATUS_INVALID,
                             "word/document.xml: not well-formed");
}
END_TEST

START_TEST(entities_and_document_types_are_refused)
{
    static const char LAUGHS[] =
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>";
    char description[512];
    snprintf(description, sizeof(description), "== word/document.xml\n%s", LAUGHS);
    assert_container_refused(".docx", description, STATUS_INVALID,
                             "word/document.xml: has a document type, which is not allowed");
    snprintf(description, sizeof(description), "== word/document.xml\tutf-16\n%s", LAUGHS);
    assert_container_refused(".docx", description, STATUS_INVALID,
                             "word/document.xml: has a document type, which is not allowed");
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    struct buffer description = BUFFER_INIT;
    buffer_printf(&description, "== word/document.xml\n<document><body>");
    for (int i = 0; i < 300; i++)
        buffer_printf(&description, "<sdt><sdtContent>");
    struct buffer bytes = BUFFER_INIT;
    struct reading reading;
    reading_init(&reading);
    container_make(description.data, &bytes);
    reading_of(&reading, ".docx", buffer_text(&bytes));
    ck_assert_int_eq(reading.status, STATUS_INVALID);
    ck_assert_ptr_nonnull(strstr(reading.error.message, "Excessive depth"));
    reading_release(&reading);
    buffer_release(&bytes);
    buffer_release(&description);
}
END_TEST

START_TEST(damage_anywhere_is_survived)
{
    assert_survives_damage(DOCUMENT(P(NUMBER("1", "0") R("正文")))
                               NUMBERING(LIST("1", LEVEL("0", "chineseCounting", "%1、"))),
                           "x.docx");
}
END_TEST

/* A reply of the corpus, line by line without blanks around, as LibreOffice's file must give it. */
static void assert_same_as_corpus(const char *name)
{
    char path[256];
    struct buffer source = BUFFER_INIT, expected = BUFFER_INIT;
    snprintf(path, sizeof(path), "%s/corpus/replies/%s.txt", DAFU_SOURCE_DIR, name);
    ck_assert_int_eq(file_read(path, 0, &source, NULL), STATUS_OK);
    struct text rest = buffer_text(&source), line;
    while (text_split(&rest, TEXT("\n"), &line))
        if (text_trim(line).length > 0)
            buffer_printf(&expected, "P %.*s\n", TEXT_ARG(text_trim(line)));

    struct reading reading;
    reading_init(&reading);
    snprintf(path, sizeof(path), "%s/tests/fixtures/docx/%s.docx", DAFU_SOURCE_DIR, name);
    reading_read(&reading, path);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    const char *blocks = strstr(reading_string(&reading.text), "\nP ");
    ck_assert_ptr_nonnull(blocks);
    ck_assert_str_eq(blocks + 1, expected.data);
    reading_release(&reading);
    buffer_release(&source);
    buffer_release(&expected);
}

START_TEST(files_of_libreoffice_give_the_text_with_its_numbers)
{
    assert_same_as_corpus("tongbu-2026-22");
    assert_same_as_corpus("zhechuan-2025-86");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, runs_make_a_paragraph);
    tcase_add_test(tests, tabs_breaks_and_signs_are_text);
    tcase_add_test(tests, what_was_deleted_is_gone_and_what_was_inserted_stays);
    tcase_add_test(tests, hidden_text_is_left_out);
    tcase_add_test(tests, fields_keep_their_result_and_lose_their_code);
    tcase_add_test(tests, containers_around_runs_do_not_matter);
    tcase_add_test(tests, a_text_box_comes_once_behind_its_paragraph);
    tcase_add_test(tests, a_text_box_in_the_first_paragraph_is_the_letterhead_above_it);
    tcase_add_test(tests, the_cells_of_a_row_make_one_paragraph);
    tcase_add_test(tests, a_table_for_the_layout_is_no_table);
    tcase_add_test(tests, a_table_of_facts_about_the_document_is_no_text);
    tcase_add_test(tests, a_table_with_anything_else_in_it_stays);
    tcase_add_test(tests, automatic_numbers_are_rebuilt);
    tcase_add_test(tests, each_number_format_counts_in_its_way);
    tcase_add_test(tests, overrides_restart_and_links_are_followed);
    tcase_add_test(tests, a_heading_without_a_marker_is_a_heading);
    tcase_add_test(tests, parts_are_found_by_their_relationships);
    tcase_add_test(tests, a_document_inside_stands_where_it_is_taken_in);
    tcase_add_test(tests, a_document_inside_that_is_missing_is_told_and_left_out);
    tcase_add_test(tests, properties_are_declared);
    tcase_add_test(tests, damaged_files_get_one_clear_line);
    tcase_add_test(tests, entities_and_document_types_are_refused);
    tcase_add_test(tests, deep_nesting_is_refused);
    tcase_add_test(tests, damage_anywhere_is_survived);
    tcase_add_test(tests, files_of_libreoffice_give_the_text_with_its_numbers);
}

int main(void)
{
    return reading_run("docx_reader", add_tests);
}
