/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reply XML: what it means, what is wrong with it, and what it must not be able to do. */
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/document/reading.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_COUNTS 0 /* a sanitizer's own memory does not tell anything */
#else
#define MEMORY_COUNTS 1
#endif

#define SMALL "<reply id=\"a\"><body><p>一</p></body></reply>"

START_TEST(a_single_reply_is_a_document)
{
    assert_reads(".xml", TEXT(SMALL), "#a\nP 一\n");
}
END_TEST

START_TEST(a_collection_is_a_document_per_reply)
{
    assert_reads(".xml",
                 TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><replies>\n" SMALL
                      "\n<?pi x?><reply id=\"b\"><body><p>二</p></body></reply></replies>\n"),
                 "#a\nP 一\n#b\nP 二\n");
}
END_TEST

#define EVERYTHING                                                                                           \
    "<reply id=\"澜民函96\" group=\"g\">\n"                                                               \
    "  <source file=\"r1.txt\" stem=\"r1\" url=\"http://x/?a=1&amp;b=2\"/>\n"                                \
    "  <issuer>澜江市民政局</issuer>\n"                                                                \
    "  <number raw=\"澜民函[2025]96号\">澜民函〔2025〕96号</number>\n"                             \
    "  <title>关于第87号提案\n         答复的函</title>\n"                                         \
    "  <subject>关于助餐的建议</subject>\n"                                                           \
    "  <addressee>陈某某、李某某委员</addressee>\n"                                                 \
    "  <addressees><name>陈某某</name><name>李某某</name></addressees>\n"                              \
    "  <session body=\"政协\" area=\"澜江市\" term=\"16\" meeting=\"4\">市政协十六届四次会议" \
    "</session>\n"                                                                                           \
    "  <kind>提案</kind>\n  <type>答复</type>\n"                                                         \
    "  <proposal category=\"民政类7号\">0087</proposal>\n"                                               \
    "  <consulted><agency>市财政局</agency><agency>市住建局</agency></consulted>\n"                  \
    "  <copy-to><body>市政协提案委</body></copy-to>\n"                                                 \
    "  <class>A</class>\n  <publicity>主动公开</publicity>\n"                                            \
    "  <date origin=\"成文\">2025-06-12</date>\n"                                                          \
    "  <contact>联系人：陈**</contact>\n  <area>澜江市</area>\n"                                     \
    "  <body>\n    <p kind=\"title\" n=\"1\" page=\"1\">关于第87号提案答复的函</p>\n"              \
    "    <section level=\"1\" marker=\"一、\" heading=\"工作\">\n"                                       \
    "      <p kind=\"heading\">一、工作</p>\n"                                                           \
    "      <section level=\"2\" marker=\"（一）\" heading=\"助餐\" run-in=\"true\" "                    \
    "role=\"done\"><p kind=\"body\">（一）助餐。开头。<item marker=\"一是\" heading=\"建\">"     \
    "一是建。</item><item marker=\"二是\">二是管。</item></p></section>\n"                         \
    "    </section>\n    <p kind=\"contact\">（联系人：陈**）</p>\n  </body>\n</reply>"

START_TEST(every_part_of_a_reply_is_declared)
{
    assert_reads(".xml", TEXT(EVERYTHING),
                 "#澜民函96\nfile=r1.txt\nstem=r1\nurl=http://x/?a=1&b=2\nissuer=澜江市民政局\n"
                 "doc_number=澜民函〔2025〕96号\ndoc_number_raw=澜民函[2025]96号\n"
                 "title=关于第87号提案答复的函\nsubject=关于助餐的建议\n"
                 "addressee=陈某某、李某某委员\naddressees=陈某某\naddressees=李某某\n"
                 "session=市政协十六届四次会议\nsession_body=政协\nsession_area=澜江市\n"
                 "session_term=16\nsession_meeting=4\nkind=提案\nreply_type=答复\n"
                 "proposal_no=0087\nproposal_category=民政类7号\nconsulted=市财政局\n"
                 "consulted=市住建局\ncopy_to=市政协提案委\nresult_class=A\npublicity=主动公开\n"
                 "date=2025-06-12\ndate_origin=成文\ncontact=联系人：陈**\narea=澜江市\n"
                 "P/title 关于第87号提案答复的函\nH1/heading 一、工作\n"
                 "P/body （一）助餐。开头。一是建。二是管。\nP/contact （联系人：陈**）\n");
}
END_TEST

static enum status check_document(void *context, const struct document *document,
                                  struct error *error)
{
    (void)error;
    ++*(int *)context;
    ck_assert(document->repaired && document->single_passage);
    ck_assert_str_eq(document->reader, "xml");
    ck_assert(text_equal(document->group, TEXT("民法典")));
    ck_assert_uint_eq(document->blocks[0].page, 3);
    return STATUS_OK;
}

START_TEST(group_single_passage_and_page_are_kept)
{
    char path[256];
    int count = 0;
    struct error error;
    struct document_receiver receiver = { check_document, NULL, &count, false };
    reading_make_path(path, sizeof(path), ".xml");
    reading_write(path, TEXT("<reply group=\"民法典\" single-passage=\"true\"><body>"
                             "<p page=\"3\">一</p></body></reply>"));
    ck_assert_int_eq(readers_read(path, &receiver, &error), STATUS_OK);
    ck_assert_int_eq(count, 1);
    unlink(path);
}
END_TEST

START_TEST(line_breaks_in_texts_are_layout)
{
    assert_reads(".xml",
                 TEXT("<reply id=\"a\"><body>\n<p>\n  一网\r\n    通办，Web\n\tservice 94%\n"
                      "  以上  “好”\n</p>\n<p> \n </p></body></reply>"),
                 "#a\nP 一网通办，Web service 94%以上  “好”\n");
}
END_TEST

START_TEST(xml_space_keeps_a_text_as_it_is)
{
    assert_reads(".xml",
                 TEXT("<reply id=\"a\"><body><p xml:space=\"preserve\"> 一\n  二<item>三\n</item>"
                      "</p></body></reply>"),
                 "#a\nP  一\n  二三\n\n");
}
END_TEST

START_TEST(a_heading_that_only_its_section_tells_becomes_a_paragraph)
{
    assert_reads(
        ".xml",
        TEXT("<reply id=\"a\"><body><section heading=\"现状\"><p>甲</p>"
             "<section marker=\"1.\" heading=\"问题\"><p>乙</p></section></section>"
             "<section level=\"2\" marker=\"（二）\" heading=\"下步\"><p>（二）下步。丙</p>"
             "</section></body></reply>"),
        "#a\nH1/heading 现状\nP 甲\nH2/heading 1.问题\nP 乙\nP （二）下步。丙\n");
}
END_TEST

START_TEST(characters_and_cdata_are_text)
{
    assert_reads(".xml",
                 TEXT("<reply id=\"&#x4E00;\"><body><p>&lt;&amp;&#20108;<![CDATA[<三>&amp;]]>"
                      "<!-- c -->四</p></body></reply>"),
                 "#一\nP <&二<三>&amp;四\n");
}
END_TEST

START_TEST(other_encodings_are_read_as_declared)
{
    assert_reads(".xml",
                 TEXT("<?xml version=\"1.0\" encoding=\"GB18030\"?><reply id=\"a\"><body><p>"
                      "\xD2\xBB</p></body></reply>"),
                 "#a\nP 一\n");
    assert_reads("", TEXT("\xEF\xBB\xBF<?xml version=\"1.0\"?>" SMALL), "#a\nP 一\n");
}
END_TEST

START_TEST(a_reply_without_a_name_in_a_collection_is_named_by_file_and_place)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".xml",
               TEXT("<replies>" SMALL "<reply><body><p>x</p></body></reply></replies>"));
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_ptr_nonnull(strstr(reading.text.data, ":2\nP x\n"));
    reading_release(&reading);
}
END_TEST

START_TEST(a_violation_names_line_and_element_and_the_others_are_read)
{
    assert_reads_warning(
        ".xml",
        TEXT("<replies>\n" SMALL "\n<reply><body><p>x</p></body>\n<title>x</title></reply>\n"
             "<reply>\n<date>2025-02-30</date><body><p>x</p></body></reply>\n"
             "<reply><title>x</title></reply>\n"
             "<reply><body>\n<p kind=\"poem\">x</p></body></reply>\n"
             "<reply><issuer/><body><p>x</p></body></reply>\n"
             "<reply><body>text</body></reply>\n"
             "<reply><body><p> </p></body></reply>\n"
             "<reply><session term=\"0\">x</session><body><p>x</p></body></reply>\n"
             "<answer>" SMALL "</answer>\n"
             "text\n"
             "<reply id=\"z\"><body><p>末</p></body></reply></replies>"),
        "#a\nP 一\n#z\nP 末\n",
        "line 4, element \"title\": Did not expect element title there\n"
        "line 6, element \"date\": Type date doesn't allow value '2025-02-30'\n"
        "line 7, element \"reply\": Expecting another element\n"
        "line 9, element \"p\": Invalid attribute kind for element p\n"
        "line 10, element \"issuer\": Error validating datatype token\n"
        "line 11, element \"body\": Did not expect text in element body content\n"
        "line 12, element \"reply\": reply without text\n"
        "line 13, element \"session\": Invalid attribute term for element session\n"
        "line 14, element \"answer\": not a reply\n"
        "line 16, element \"replies\": text outside of a reply\n");
}
END_TEST

START_TEST(lines_above_65535_are_right)
{
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, TEXT("<replies>" SMALL));
    for (int i = 1; i < 70000; i++)
        buffer_append_byte(&bytes, '\n');
    buffer_append(&bytes, TEXT("<reply><body>\n<p/>\n<foo/></body></reply></replies>"));
    assert_reads_warning(".xml", buffer_text(&bytes), "#a\nP 一\n",
                         "line 70002, element \"foo\": Did not expect element foo there\n");
    buffer_release(&bytes);
}
END_TEST

START_TEST(broken_xml_ends_the_reading_after_what_was_good)
{
    assert_refused_after(".xml", TEXT("<replies>" SMALL "\n<reply></body></replies>"), "#a\nP 一\n",
                         STATUS_INVALID,
                         "line 2: not well-formed XML: Opening and ending tag mismatch: reply "
                         "line 2 and body");
    assert_refused_after(".xml", TEXT("<replies>\n" SMALL), "#a\nP 一\n", STATUS_INVALID,
                         "line 2: not well-formed XML: the file ends too early");
    assert_refused_after(".xml", TEXT(SMALL SMALL), "#a\nP 一\n", STATUS_INVALID,
                         "line 1: not well-formed XML: Extra content at the end of the document");
    assert_refused(".xml", TEXT("<reply><body><p>\xFF</p></body></reply>"), STATUS_INVALID,
                   "line 1: not well-formed XML: Input is not proper UTF-8, indicate encoding !");
}
END_TEST

START_TEST(another_root_is_refused)
{
    assert_refused(".xml", TEXT("<?xml version=\"1.0\"?>\n<feed xmlns=\"x\"><p>x</p></feed>"),
                   STATUS_INVALID,
                   "line 2: root element is \"feed\", not \"replies\" or \"reply\"");
    assert_refused(".xml", TEXT("<reply xmlns=\"urn:x\"><body><p>x</p></body></reply>"),
                   STATUS_INVALID,
                   "line 1: element \"reply\" is in a namespace, Reply XML has none");
}
END_TEST

START_TEST(foreign_namespaces_inside_are_violations)
{
    assert_reads_warning(".xml",
                         TEXT("<replies>" SMALL "<reply xmlns:x=\"urn:x\" x:id=\"b\"><body><p>x</p>"
                              "</body></reply><reply xmlns=\"urn:x\"><body><p>x</p></body></reply>"
                              "</replies>"),
                         "#a\nP 一\n",
                         "line 1, element \"reply\": Invalid attribute id for element reply\n"
                         "line 1, element \"reply\": Did not expect element reply there\n");
}
END_TEST

START_TEST(a_prefix_without_a_namespace_is_an_error)
{
    assert_refused(
        ".xml", TEXT("<reply x:id=\"b\"><body><p>x</p></body></reply>"), STATUS_INVALID,
        "line 1: not well-formed XML: Namespace prefix x for id on reply is not defined");
}
END_TEST

START_TEST(an_empty_collection_is_empty)
{
    assert_refused(".xml", TEXT("<replies>\n</replies>"), STATUS_EMPTY, "no reply in it");
}
END_TEST

START_TEST(document_types_are_refused_before_anything_is_expanded)
{
    static const char MESSAGE[] = "line 1: document type declarations are not accepted";
    assert_refused(".xml",
                   TEXT("<!DOCTYPE reply [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
                        "<!ENTITY c \"&b;&b;&b;&b;\">]><reply><body><p>&c;</p></body></reply>"),
                   STATUS_INVALID, MESSAGE);
    assert_refused(".xml", TEXT("<!DOCTYPE reply SYSTEM \"http://127.0.0.1:1/x.dtd\">" SMALL),
                   STATUS_INVALID, MESSAGE);
    assert_refused(".xml", TEXT("<reply><body><p>&secret;</p></body></reply>"), STATUS_INVALID,
                   "line 1: not well-formed XML: Entity 'secret' not defined");
}
END_TEST

START_TEST(an_external_entity_reads_no_file)
{
    char secret[256];
    reading_make_path(secret, sizeof(secret), ".secret");
    reading_write(secret, TEXT("geheim"));
    struct buffer bytes = BUFFER_INIT;
    buffer_printf(
        &bytes,
        "<?xml version=\"1.0\"?><!DOCTYPE reply [<!ENTITY e SYSTEM \"file://%s\">"
        "<!ENTITY %% p SYSTEM \"file://%s\"> %%p;]><reply><body><p>&e;</p></body></reply>",
        secret, secret);
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".xml", buffer_text(&bytes));
    unlink(secret);
    ck_assert_int_eq(reading.status, STATUS_INVALID);
    ck_assert_uint_eq(reading.documents, 0);
    ck_assert_ptr_null(strstr(reading.error.message, "geheim"));
    reading_release(&reading);
    buffer_release(&bytes);
}
END_TEST

/* `before`, `count` times `unit`, `after`. */
static struct buffer repeat(const char *before, const char *unit, size_t count, const char *after)
{
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, text_of(before));
    for (size_t i = 0; i < count; i++)
        buffer_append(&bytes, text_of(unit));
    buffer_append(&bytes, text_of(after));
    ck_assert_int_eq(bytes.failed, STATUS_OK);
    return bytes;
}

START_TEST(deep_nesting_is_refused)
{
    struct buffer bytes = repeat("<reply><body>", "<section>", 100000, "");
    assert_refused(".xml", buffer_text(&bytes), STATUS_LIMIT,
                   "line 1: elements nested more than 64 deep");
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_huge_tag_or_comment_is_refused)
{
    struct buffer attribute = repeat("<reply id=\"", "a", 5000000, "\"/>");
    assert_refused(".xml", buffer_text(&attribute), STATUS_LIMIT,
                   "line 1: a tag or comment longer than 256 KiB");
    buffer_release(&attribute);
    struct buffer comment = repeat("<replies><!--", "a", 5000000, "--></replies>");
    assert_refused(".xml", buffer_text(&comment), STATUS_LIMIT,
                   "line 1: a tag or comment longer than 256 KiB");
    buffer_release(&comment);
}
END_TEST

START_TEST(a_reply_of_too_many_elements_is_left_out)
{
    struct buffer bytes =
        repeat("<replies><reply><body>", "<p/>", 1100000, "</body></reply>" SMALL "</replies>");
    assert_reads_warning(".xml", buffer_text(&bytes), "#a\nP 一\n",
                         "line 1: reply with more than 1048576 elements, attributes and texts\n");
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_reply_that_is_too_long_is_left_out)
{
    static char unit[(1 << 16) + 1];
    memset(unit, 'a', sizeof(unit) - 1);
    struct buffer bytes =
        repeat("<replies><reply><body><p>", unit, 1100, "</p></body></reply>" SMALL "</replies>");
    assert_reads_warning(".xml", buffer_text(&bytes), "#a\nP 一\n",
                         "line 1: reply longer than 64 MiB\n");
    buffer_release(&bytes);
}
END_TEST

START_TEST(xml_cut_or_changed_anywhere_never_does_harm)
{
    struct text whole = TEXT("<?xml version=\"1.0\"?><replies>\n" EVERYTHING "\n</replies>");
    char *bytes = malloc(whole.length);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < whole.length; i++) {
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".xml", text_slice(whole, 0, i));
        ck_assert(reading.status != STATUS_OK && reading.status != STATUS_NO_MEMORY);
        reading_release(&reading);

        memcpy(bytes, whole.data, whole.length);
        bytes[i] = (char)(bytes[i] ^ 0x15);
        reading_init(&reading);
        reading_of(&reading, ".xml", (struct text) { bytes, whole.length });
        ck_assert_uint_le(reading.documents, 1);
        reading_release(&reading);
    }
    free(bytes);
}
END_TEST

/* Peak memory of a child that reads the file, in KiB. */
static long peak_of_reading(const char *path, size_t replies)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct reading reading;
        reading_init(&reading);
        reading.quiet = true;
        reading_read(&reading, path);
        _exit(reading.status == STATUS_OK && reading.documents == replies ? 0 : 1);
    }
    int result = 0;
    struct rusage usage;
    ck_assert_int_eq(wait4(child, &result, 0, &usage), child);
    ck_assert_int_eq(result, 0);
    return usage.ru_maxrss;
}

START_TEST(memory_does_not_grow_with_the_collection)
{
    char one[256], many[256];
    struct text unit = TEXT(EVERYTHING "\n");
    size_t count = ((size_t)50 << 20) / unit.length;
    reading_make_path(one, sizeof(one), ".xml.xz");
    reading_make_path(many, sizeof(many), ".xml.xz");
    reading_write_xz(one, TEXT("<replies>"), unit, 1, TEXT("</replies>"));
    reading_write_xz(many, TEXT("<replies>"), unit, count, TEXT("</replies>"));
    long small = peak_of_reading(one, 1);
    long large = peak_of_reading(many, count);
    unlink(one);
    unlink(many);
    if (MEMORY_COUNTS)
        ck_assert_msg(large - small < 1024, "%ld KiB for one reply, %ld KiB for %zu", small, large,
                      count);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_single_reply_is_a_document);
    tcase_add_test(tests, a_collection_is_a_document_per_reply);
    tcase_add_test(tests, every_part_of_a_reply_is_declared);
    tcase_add_test(tests, group_single_passage_and_page_are_kept);
    tcase_add_test(tests, line_breaks_in_texts_are_layout);
    tcase_add_test(tests, xml_space_keeps_a_text_as_it_is);
    tcase_add_test(tests, a_heading_that_only_its_section_tells_becomes_a_paragraph);
    tcase_add_test(tests, characters_and_cdata_are_text);
    tcase_add_test(tests, other_encodings_are_read_as_declared);
    tcase_add_test(tests, a_reply_without_a_name_in_a_collection_is_named_by_file_and_place);
    tcase_add_test(tests, a_violation_names_line_and_element_and_the_others_are_read);
    tcase_add_test(tests, lines_above_65535_are_right);
    tcase_add_test(tests, broken_xml_ends_the_reading_after_what_was_good);
    tcase_add_test(tests, another_root_is_refused);
    tcase_add_test(tests, foreign_namespaces_inside_are_violations);
    tcase_add_test(tests, a_prefix_without_a_namespace_is_an_error);
    tcase_add_test(tests, an_empty_collection_is_empty);
    tcase_add_test(tests, document_types_are_refused_before_anything_is_expanded);
    tcase_add_test(tests, an_external_entity_reads_no_file);
    tcase_add_test(tests, deep_nesting_is_refused);
    tcase_add_test(tests, a_huge_tag_or_comment_is_refused);
    tcase_add_test(tests, a_reply_of_too_many_elements_is_left_out);
    tcase_add_test(tests, a_reply_that_is_too_long_is_left_out);
    tcase_add_test(tests, xml_cut_or_changed_anywhere_never_does_harm);
    tcase_add_test(tests, memory_does_not_grow_with_the_collection);
}

int main(void)
{
    return reading_run("xml_reader", add_tests);
}
