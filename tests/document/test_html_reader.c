/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Web pages: what is text, what is chrome, what is declared. Whole pages of different content
 * systems are in tests/fixtures/html, each with what it shall be read as. */
#include "tests/document/reading.h"

#include <time.h>

#define PAGES DAFU_SOURCE_DIR "/tests/fixtures/html/"

static void assert_page(const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), PAGES "%s.expected", name);
    struct buffer expected = BUFFER_INIT;
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "no %s", path);
    for (int byte; (byte = fgetc(file)) != EOF;)
        buffer_append_byte(&expected, (char)byte);
    fclose(file);

    struct reading reading;
    reading_init(&reading);
    snprintf(path, sizeof(path), PAGES "%s.html", name);
    reading_read(&reading, path);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_str_eq(reading_string(&reading.text), reading_string(&expected));
    ck_assert_uint_eq(reading.warnings, 0);
    reading_release(&reading);
    buffer_release(&expected);
}

static const char *const PAGE_NAMES[] = { "trs",      "hanweb",        "xxgk_platform",
                                          "zoom_br",  "nested_tables", "utf16",
                                          "div_soup", "card_table",    "attachment",
                                          "vsb",      "govcn",         "ueditor_lists" };

START_TEST(pages_of_many_content_systems_are_read)
{
    assert_page(PAGE_NAMES[_i]);
}
END_TEST

/* The body alone: no title, nothing declared. */
static void assert_body(const char *html, const char *expected)
{
    struct buffer documents = BUFFER_INIT;
    buffer_append(&documents, TEXT("#\n"));
    buffer_append(&documents, text_of(expected));
    assert_reads(".html", text_of(html), reading_string(&documents));
    buffer_release(&documents);
}

START_TEST(paragraphs_are_block_elements)
{
    assert_body("<p>一。</p><p>二。</p><div>三。<div>四。</div>五。</div>",
                "P 一。\nP 二。\nP 三。\nP 四。\nP 五。\n");
}
END_TEST

START_TEST(inline_elements_are_joined_without_blanks)
{
    assert_body("<p>甬经信函〔<span>20</span><b>2<i>6</i></b>〕<a>9</a><o:p></o:p>号\n文件</p>",
                "P 甬经信函〔2026〕9号文件\n");
}
END_TEST

START_TEST(line_breaks_make_lines_and_empty_ones_are_kept)
{
    assert_body("<div>一<br>二<br/><br />三</div>", "L 一\nL 二\nB\nL 三\n");
}
END_TEST

START_TEST(indents_are_no_text)
{
    assert_body("<p>&nbsp;&nbsp;　　一&nbsp;二　</p>", "P 一 二\n");
}
END_TEST

START_TEST(paragraphs_that_lost_their_tags_show_by_their_indent)
{
    assert_body("<div>　　一、成效。　　二、安排\n　　三、其他</div>",
                "P 一、成效。\nP 二、安排\nP 三、其他\n");
}
END_TEST

START_TEST(a_preformatted_text_keeps_its_lines)
{
    assert_body("<pre>一\n\n二</pre>", "L 一\nB\nL 二\n");
}
END_TEST

START_TEST(headings_have_their_level)
{
    assert_body("<div><h2>一、成效</h2><p>好。</p></div>", "H2 一、成效\nP 好。\n");
}
END_TEST

START_TEST(character_references_are_read_as_browsers_do)
{
    assert_body("<p>&ldquo;三首&rdquo;&#8212;&#x2014;&#151;&nbsp&lt;甲&gt &amp;&#0;&middot乙</p>",
                "P “三首”——— <甲> &·乙\n");
}
END_TEST

START_TEST(a_row_of_data_is_one_line)
{
    assert_body("<table><tr><th>项目<th>数量<tr><td>停车位<td>12<tr><td><td>7</table>",
                "P 项目 | 数量\nP 停车位 | 12\nP 7\n");
}
END_TEST

START_TEST(a_layout_table_is_no_data)
{
    assert_body("<table><tr><td><p>一段文字。</p><p>又一段文字。</p><p>再一段。</p></td><td>旁边</"
                "td></tr></table>",
                "P 一段文字。\nP 又一段文字。\nP 再一段。\nP 旁边\n");
}
END_TEST

START_TEST(what_is_not_shown_is_not_read)
{
    assert_body(
        "<p>一<span style='DISPLAY : none'>无</span></p><p hidden>无</p><style>无</style>"
        "<div style=\"visibility:hidden;height:0\">无</div><script>document.write('无')</script>"
        "<select><option>无</select><textarea>无</textarea><!-- 无 --><noscript>无</noscript>",
        "P 一\n");
}
END_TEST

START_TEST(chrome_is_not_read)
{
    assert_body(
        "<nav>导航</nav><div class=breadcrumb>首页 &gt; 公开</div><p>当前位置：首页</p>"
        "<p>发布时间：2025-06-25 来源：某局 浏览次数：12 字号：[大 中 小]</p>"
        "<p>现答复如下：加大力度，中小企业受益。</p><p>【打印本页】 【关闭窗口】</p>"
        "<p>分享到：微信 微博</p><p>扫一扫在手机打开当前页</p>"
        "<p>上一篇：关于第1号提案的答复</p><p>网站标识码：0000000000</p><footer>脚</footer>",
        "P 现答复如下：加大力度，中小企业受益。\n");
}
END_TEST

START_TEST(words_of_chrome_in_a_sentence_stay)
{
    assert_body("<p>我局将打印本页作为附件，分享到各单位。</p>",
                "P 我局将打印本页作为附件，分享到各单位。\n");
}
END_TEST

START_TEST(a_known_container_wins_over_the_rest)
{
    assert_body(
        "<div><p>某市某局主办的另一个栏目，这里有一些别的话。</p></div>"
        "<div id=zoom><p>您提出的提案收悉，现就有关情况答复如下，请予审阅并提出意见。</p></div>",
        "P 您提出的提案收悉，现就有关情况答复如下，请予审阅并提出意见。\n");
}
END_TEST

START_TEST(an_empty_container_does_not_win)
{
    assert_body("<div id=zoom></div><div><p>您提出的提案收悉，现答复如下。</p></div>",
                "P 您提出的提案收悉，现答复如下。\n");
}
END_TEST

START_TEST(comments_around_the_text_win_over_containers)
{
    assert_body(
        "<div "
        "id=zoom><p>前面。</p><!--ZJEG_RSS.content.begin--><p>您提出的提案收悉，现就有关情况答复如"
        "下，请予审阅，欢迎提出意见，感谢支持。</p><!--ZJEG_RSS.content.end--><p>后面。</p></div>",
        "P 您提出的提案收悉，现就有关情况答复如下，请予审阅，欢迎提出意见，感谢支持。\n");
}
END_TEST

START_TEST(page_labels_are_declared)
{
    assert_reads(
        ".html",
        TEXT("<META CONTENT='2025-06-25 09:30' NAME=pubdate><meta name=\"ArticleTitle\" "
             "content=\"关于第1号\n提案的答复\"><meta name=ContentSource content=某市民政局>"
             "<meta name='SiteName' content=''><title>别的</title><p>正文。</p>"),
        "#\npage_title=关于第1号提案的答复\npage_date=2025-06-25 09:30\n"
        "page_issuer=某市民政局\nP 关于第1号提案的答复\nP 正文。\n");
}
END_TEST

START_TEST(a_title_loses_the_name_of_its_site)
{
    assert_reads(".html",
                 TEXT("<title>提案工作综述之一_提案办理_某市人民政府</title><p>正文。</p>"),
                 "#\npage_title=提案工作综述之一_提案办理\nP 正文。\n");
    assert_reads(".html", TEXT("<title>提案工作综述之一 - 某市门户网站</title><p>正文。</p>"),
                 "#\npage_title=提案工作综述之一\nP 正文。\n");
}
END_TEST

START_TEST(a_title_above_the_text_becomes_its_first_line)
{
    assert_reads(
        ".html",
        TEXT("<body><h1>关于市政协一届二次会议第3号提案的答复</h1><a href=1>一</a><a "
             "href=2>二</a><a href=3>三</a>"
             "<div id=zoom><p>某民〔2025〕1号</p><p>陈某某委员：</p><p>您提出的提案收悉。</p>"
             "<p>二、对提案意见的答复</p></div>"),
        "#\npage_title=关于市政协一届二次会议第3号提案的答复\n"
        "P 关于市政协一届二次会议第3号提案的答复\nP 某民〔2025〕1号\nP 陈某某委员：\n"
        "P 您提出的提案收悉。\nP 二、对提案意见的答复\n");
}
END_TEST

START_TEST(a_title_in_the_text_is_not_repeated)
{
    assert_reads(
        ".html",
        TEXT("<title>某市民政局关于市政协一届二次会议第3号提案的答复</title><p>某市民政局</p>"
             "<p>关于市政协一届二次会议<br>第3号提案的答复</p><p>陈某某委员：</p>"),
        "#\npage_title=某市民政局关于市政协一届二次会议第3号提案的答复\nP 某市民政局\n"
        "L 关于市政协一届二次会议\nL 第3号提案的答复\nP 陈某某委员：\n");
    assert_reads(".html", TEXT("<title>建议提案办理结果</title><p>您提出的提案收悉。</p>"),
                 "#\npage_title=建议提案办理结果\nP 您提出的提案收悉。\n");
}
END_TEST

START_TEST(facts_beside_the_text_are_declared)
{
    const char *expected =
        "#\ntable_doc_number=某民〔2025〕1号\ntable_date=2025年6月1日\n"
        "table_issuer=某市民政局\nP 您提出的提案收悉。现答复如下。请予审阅。谢谢。\n";
    static const char *const FORMS[] = {
        "<table><tr><td>文　　号：<td>某民〔2025〕1号<td>成文日期<td>2025年6月1日"
        "<tr><td>发布机构：<td>某市<b>民政局</b></table>",
        "<ul><li><b>文 "
        "号：</b>某民〔2025〕1号<li>成文日期：2025年6月1日<li><i>发文机关</i><span>某市民政局</"
        "span></ul>",
        "<table><tr><th>文号<th>成文日期<th>发布机构"
        "<tr><td>某民〔2025〕1号<td>2025年6月1日<td>某市民政局</table>",
        "<div><span>文号：某民〔2025〕1号</span> "
        "<span>成文日期：2025年6月1日　发布机构：某市民政局</span></div>",
    };
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++) {
        struct buffer page = BUFFER_INIT;
        buffer_printf(
            &page,
            "<body>%s<div id=zoom><p>您提出的提案收悉。现答复如下。请予审阅。谢谢。</p></div>",
            FORMS[i]);
        assert_reads(".html", buffer_text(&page), expected);
        buffer_release(&page);
    }
}
END_TEST

START_TEST(letters_on_one_page_are_documents_of_their_own)
{
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, PAGES "letters.html");
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_uint_eq(reading.documents, 3);
    const char *text = reading_string(&reading.text);
    ck_assert(strncmp(text, "#\n", 2) == 0);
    const char *second = strstr(text, "\n#letters#2\n");
    const char *third = strstr(text, "\n#letters#3\n");
    ck_assert(second && third && second < third);
    ck_assert_ptr_null(strstr(second, "卫某某委员："));
    ck_assert(strstr(text, "卫某某委员：") < second);
    reading_release(&reading);
}
END_TEST

#define BODY(what)                                                                                 \
    "<p>您提出的" what                                                                             \
    "收悉，我们认真作了研究，现将办理的情况向您作一个答复，请您审阅并提出意见。</p>"

START_TEST(a_title_begins_a_letter)
{
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, PAGES "numbered_letters.html");
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_str_eq(
        reading_string(&reading.text),
        "#\nH3 关于县政协九届四次会议第37号提案的答复\nP 甲委员：\nP 您提出的第一件提案收悉，"
        "我们认真作了研究，现将办理的情况向您作一个答复，请您审阅。\nP 某某县教育局\n"
        "#numbered_letters#2\nP 某县交函〔2025〕8号\n"
        "H3 关于县政协九届四次会议第38号提案的答复\nP 您提出的第二件提案收悉，"
        "我们认真作了研究，现将办理的情况向您作一个答复，请您审阅。\n");
    reading_release(&reading);
}
END_TEST

START_TEST(titles_in_a_list_begin_no_letter)
{
    assert_body("<p>某某委员：</p>" BODY("提案") "<p>关于县政协第38号提案的答复</p>"
                                                 "<p>关于县政协第39号提案的答复</p>",
                "P 某某委员：\nP 您提出的提案"
                "收悉，我们认真作了研究，现将办理的情况向您作一个答复，请您审阅并提出意见。\n"
                "P 关于县政协第38号提案的答复\nP 关于县政协第39号提案的答复\n");
}
END_TEST

START_TEST(text_for_a_script_is_read_where_there_is_no_other)
{
#define SHOWN                                                                                                               \
    "为方便群众出行，我局今年新增公交线路三条，明年再新增两条，并延长末班车的时间，" \
    "请您继续关心。以上答复您是否满意，请反馈。欢迎您再次提出宝贵的意见和建议，谢谢您。"
    static const char *const PAGES_OF_SCRIPTS[] = {
        "<div id=a></div><textarea id=b>&lt;p&gt;" SHOWN "&lt;/p&gt;</textarea>",
        "<textarea><p>" SHOWN "</p></textarea>",
        "<script type='text/template'><p>" SHOWN "</p></script><div>正在加载</div>",
        "<script>var page = {\"title\": \"甲\", \"html\": \"<p>" SHOWN "<\\/p>\"};</script>",
        "<script>// don't\nvar page = ['" SHOWN "'];</script>",
        "<noscript><p>" SHOWN "</p></noscript>",
    };
    for (size_t i = 0; i < sizeof(PAGES_OF_SCRIPTS) / sizeof(PAGES_OF_SCRIPTS[0]); i++)
        assert_body(PAGES_OF_SCRIPTS[i], "P " SHOWN "\n");
    assert_body("<p>甲。乙。丙。</p><textarea><p>" SHOWN "</p></textarea>", "P 甲。乙。丙。\n");
    assert_body("<script>x = \"\\u4e3a\\u65b9\\ud842\\udfb7\\n" SHOWN "\";</script>",
                "L 为方𠮷\nL " SHOWN "\n");
}
END_TEST

START_TEST(one_letter_to_many_is_one_document)
{
    assert_body("<p>甲代表：</p><p>乙代表：</p><p>收悉。</p><p>2024年1月2日</p>",
                "P 甲代表：\nP 乙代表：\nP 收悉。\nP 2024年1月2日\n");
}
END_TEST

/* A folder with a page and a file beside it. */
static void assert_with_file(const char *page, const char *name, const char *content,
                             const char *expected)
{
    char folder[] = "/tmp/dafu-test-XXXXXX";
    char path[512];
    char file[512];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/page.html", folder);
    snprintf(file, sizeof(file), "%s/%s", folder, name);
    reading_write(path, text_of(page));
    reading_write(file, text_of(content));
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_str_eq(reading_string(&reading.text), expected);
    reading_release(&reading);
    unlink(path);
    unlink(file);
    rmdir(folder);
}

START_TEST(an_attachment_beside_the_page_is_read_with_it)
{
    assert_with_file(
        "<div id=zoom><p>见附件：<a href='http://x.invalid/d/a%20b.txt?x=1#y'>全文</a></p></div>",
        "a b.txt", "陈某某委员：\n收悉。\n", "#\nattachment=a b.txt\nL 陈某某委员：\nL 收悉。\n");
}
END_TEST

START_TEST(an_attachment_of_a_full_page_is_only_named)
{
    struct buffer page = BUFFER_INIT;
    struct buffer expected = BUFFER_INIT;
    buffer_append(&page, TEXT("<p>"));
    buffer_append(&expected, TEXT("#\nattachment=a.txt\nP "));
    for (int i = 0; i < 20; i++) {
        buffer_append(&page, TEXT("您提出的提案收悉现答复如下，"));
        buffer_append(&expected, TEXT("您提出的提案收悉现答复如下，"));
    }
    buffer_append(&page, TEXT("<a href=a.txt>附件</a></p>"));
    buffer_append(&expected, TEXT("附件\n"));
    assert_with_file(page.data, "a.txt", "别的", expected.data);
    buffer_release(&page);
    buffer_release(&expected);
}
END_TEST

START_TEST(an_attachment_stays_in_the_folder_of_its_page)
{
    assert_with_file(
        "<p>见附件：<a href='../../../etc/hosts.txt'>1</a><a href=/etc/passwd.doc>2</a>"
        "<a href='page.html'>3</a><a href='.hidden.txt'>4</a></p>",
        ".hidden.txt", "别的", "#\nP 见附件：1234\n");
}
END_TEST

START_TEST(a_page_saved_as_doc_does_not_follow_itself)
{
    assert_with_file("<p>附件<a href=a.doc>1</a></p>", "a.doc",
                     "<html><body><p>陈某某委员：<a href=a.doc>自己</a></p></body></html>",
                     "#\nattachment=a.doc\nP 陈某某委员：自己\n");
}
END_TEST

START_TEST(a_page_is_known_by_its_content)
{
    assert_reads(".txt", TEXT("\n <!DOCTYPE HTML><p>正文。"), "#\nP 正文。\n");
    assert_reads("", TEXT("<?xml version='1.0'?><html><body><p>正文。</p></body></html>"),
                 "#\nP 正文。\n");
    assert_reads(".html", TEXT("没有标签的文字\n"), "#\nL 没有标签的文字\n");
    assert_reads(".txt", TEXT("<正文>\n"), "#\nL <正文>\n");
}
END_TEST

START_TEST(a_page_without_text_says_so)
{
    assert_refused(".html", TEXT("<html><body><img src=a.png></body></html>"), STATUS_EMPTY,
                   "page without text");
    assert_refused(".html",
                   TEXT("<html><frameset><frame src='top.html'><frame src='b.html'></frameset>"),
                   STATUS_EMPTY, "page without text of its own, only the frame \"top.html\"");
}
END_TEST

START_TEST(a_page_cut_at_any_byte_is_read)
{
    const char *page =
        "<!DOCTYPE html><html><head><meta charset=\"gbk\"><title>题&amp;</title><style>a{}"
        "</style></head><body><!-- x --><table><tr><td>文　号：</td><td>1</td></tr></table>"
        "<ol class='custom_cn'><li>甲<br>乙&#20;</li></ol><![CDATA[x]]><a href=\"a.pdf\">附</a>";
    for (size_t length = 0; length <= strlen(page); length++) {
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".html", text_of_bytes(page, length));
        ck_assert_msg(reading.status == STATUS_OK || reading.status == STATUS_EMPTY, "%s",
                      reading.error.message);
        reading_release(&reading);
    }
}
END_TEST

START_TEST(nul_bytes_are_passed_over)
{
    assert_reads(".html", TEXT("<html><p>一\0二</p>三\0\0四"), "#\nP 一二\nP 三四\n");
}
END_TEST

/* Reading `count` times the unit behind a head takes no long time, whatever comes out. */
static void assert_bounded(const char *head, const char *unit, size_t count, enum status status)
{
    struct buffer page = BUFFER_INIT;
    buffer_append(&page, text_of(head));
    for (size_t i = 0; i < count; i++)
        buffer_printf(&page, unit, (unsigned)i);
    struct reading reading;
    reading_init(&reading);
    clock_t start = clock();
    reading_of(&reading, ".html", buffer_text(&page));
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(reading.status == status, "%s x %zu: %s", unit, count,
                  reading.status ? reading.error.message : "read");
    ck_assert_msg(seconds < 60, "%s x %zu: %.1f s", unit, count, seconds);
    reading_release(&reading);
    buffer_release(&page);
}

START_TEST(hostile_pages_are_bounded)
{
    assert_bounded("<html>文", "<div>", 100000, STATUS_OK);
    assert_bounded("<html>文", "<b><table>", 100000, STATUS_OK);
    assert_bounded("<html>文", "</b>", 300000, STATUS_OK);
    assert_bounded("<html><b>文", "<div></b>", 300000, STATUS_LIMIT);
    assert_bounded("<html><p ", "a%u ", 500000, STATUS_LIMIT);
    assert_bounded("<html><p ", "a%u='>' ", 500000, STATUS_LIMIT);
    assert_bounded("<html>文", "<i>甲", 1100000, STATUS_LIMIT);
    assert_bounded("<html>文", "&#x", 500000, STATUS_OK);
    assert_bounded("<html><ol>文", "<li>甲", 100000, STATUS_OK);
    assert_bounded("<html>文<table>", "<tr><td>文号<td>", 50000, STATUS_OK);
    assert_bounded("<html>文", "<p>甲", 600000, STATUS_LIMIT);
}
END_TEST

START_TEST(a_page_of_50_mib_is_read)
{
    assert_bounded("<html><body>",
                   "<p>关于第%07u号提案的答复，内容很长很长很长，第一段文字，第二段文字。"
                   "第三段文字，第四段文字，第五段文字，第六段文字，第七段文字。</p>\n",
                   270000, STATUS_OK);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_loop_test(tests, pages_of_many_content_systems_are_read, 0,
                        (int)(sizeof(PAGE_NAMES) / sizeof(PAGE_NAMES[0])));
    tcase_add_test(tests, paragraphs_are_block_elements);
    tcase_add_test(tests, inline_elements_are_joined_without_blanks);
    tcase_add_test(tests, line_breaks_make_lines_and_empty_ones_are_kept);
    tcase_add_test(tests, indents_are_no_text);
    tcase_add_test(tests, paragraphs_that_lost_their_tags_show_by_their_indent);
    tcase_add_test(tests, a_preformatted_text_keeps_its_lines);
    tcase_add_test(tests, headings_have_their_level);
    tcase_add_test(tests, character_references_are_read_as_browsers_do);
    tcase_add_test(tests, a_row_of_data_is_one_line);
    tcase_add_test(tests, a_layout_table_is_no_data);
    tcase_add_test(tests, what_is_not_shown_is_not_read);
    tcase_add_test(tests, chrome_is_not_read);
    tcase_add_test(tests, words_of_chrome_in_a_sentence_stay);
    tcase_add_test(tests, a_known_container_wins_over_the_rest);
    tcase_add_test(tests, an_empty_container_does_not_win);
    tcase_add_test(tests, comments_around_the_text_win_over_containers);
    tcase_add_test(tests, page_labels_are_declared);
    tcase_add_test(tests, a_title_loses_the_name_of_its_site);
    tcase_add_test(tests, a_title_above_the_text_becomes_its_first_line);
    tcase_add_test(tests, a_title_in_the_text_is_not_repeated);
    tcase_add_test(tests, facts_beside_the_text_are_declared);
    tcase_add_test(tests, letters_on_one_page_are_documents_of_their_own);
    tcase_add_test(tests, a_title_begins_a_letter);
    tcase_add_test(tests, titles_in_a_list_begin_no_letter);
    tcase_add_test(tests, text_for_a_script_is_read_where_there_is_no_other);
    tcase_add_test(tests, one_letter_to_many_is_one_document);
    tcase_add_test(tests, an_attachment_beside_the_page_is_read_with_it);
    tcase_add_test(tests, an_attachment_of_a_full_page_is_only_named);
    tcase_add_test(tests, an_attachment_stays_in_the_folder_of_its_page);
    tcase_add_test(tests, a_page_saved_as_doc_does_not_follow_itself);
    tcase_add_test(tests, a_page_is_known_by_its_content);
    tcase_add_test(tests, a_page_without_text_says_so);
    tcase_add_test(tests, a_page_cut_at_any_byte_is_read);
    tcase_add_test(tests, nul_bytes_are_passed_over);
    tcase_add_test(tests, hostile_pages_are_bounded);
    tcase_add_test(tests, a_page_of_50_mib_is_read);
}

int main(void)
{
    return reading_run("html_reader", add_tests);
}
