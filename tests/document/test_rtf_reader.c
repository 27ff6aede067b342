/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/base/suite.h"
#include "tests/document/round_trip.h"

/* Blocks of the RTF, a line each: kind, page (0: RTF has none) and text. */
static void assert_rtf(const char *rtf, const char *expected)
{
    struct trip trip = { .reader = &RTF_READER, .blocks = true };
    trip_read_bytes(&trip, text_of(rtf));
    ck_assert_msg(trip.status == STATUS_OK, "%s: %s", rtf, trip.error.message);
    ck_assert_str_eq(trip_string(&trip.text), expected);
    trip_release(&trip);
}

static void assert_declares(const char *rtf, const char *expected)
{
    struct trip trip = { .reader = &RTF_READER, .blocks = true };
    trip_read_bytes(&trip, text_of(rtf));
    ck_assert_str_eq(trip_string(&trip.declared), expected);
    trip_release(&trip);
}

static void assert_rtf_fails(struct text rtf, enum status status, const char *message)
{
    struct trip trip = { .reader = &RTF_READER };
    trip_read_bytes(&trip, rtf);
    ck_assert_str_eq(status_name(trip.status), status_name(status));
    ck_assert_str_eq(trip.error.message, message);
    trip_release(&trip);
}

#define GB "{\\rtf1\\ansi\\ansicpg936 "
#define LATIN                                                                                      \
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}"                          \
    "{\\f1\\fcharset134 SimSun;}{\\f2\\fcharset136 Ming;}}"

START_TEST(text_of_paragraphs)
{
    assert_rtf("{\\rtf1 one\\par two \\b three\\b0\\par}", "P0 one\nP0 two three\n");
    assert_rtf("{\\rtf1 a\\\nb}", "P0 a\nP0 b\n");
    assert_rtf("{\\rtf1 a\r\nb{c}d}", "P0 abcd\n");
    assert_rtf("{\\rtf1 \\{a\\\\b\\}\\~c\\_d\\-e}", "P0 {a\\b} c-de\n");
}
END_TEST

START_TEST(bytes_of_a_code_page)
{
    assert_rtf(GB "\\'d6\\'d0\\'ce\\'c4}", "P0 中文\n");
    assert_rtf(GB "\\'d6\n\\'d0}", "P0 中\n"); /* the line ends in a character */
    assert_rtf(GB "\xD6\xD0}", "P0 中\n");     /* not escaped */
    assert_rtf(GB "\\'81@}", "P0 丂\n");       /* its second byte is a letter's */
    assert_rtf("{\\rtf1\\ansi\\ansicpg950 \\'a4\\'a4}", "P0 中\n");
    assert_rtf("{\\rtf1\\ansi\\ansicpg1252 caf\\'e9}", "P0 café\n");
    assert_rtf("{\\rtf1 \\'d6\\'d0}", "P0 中\n"); /* nothing said: Chinese */
}
END_TEST

START_TEST(fonts_choose_the_code_page)
{
    assert_rtf(LATIN "\\f0 \\'e9{\\f1 \\'d6\\'d0}\\'e9\\f2 \\'a4\\'a4\\plain\\'e9}",
               "P0 é中é中é\n");
    assert_rtf(LATIN "\\loch\\af0\\hich\\af0\\dbch\\af1 \\'d6\\'d0}", "P0 中\n");
    assert_rtf("{\\rtf1\\ansi\\ansicpg1252\\deff1{\\fonttbl{\\f1\\fcharset134 \\'cb\\'ce;}}"
               "\\'d6\\'d0}",
               "P0 中\n");
    assert_rtf("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl\\f3\\cpg936 x;}\\f3\\'d6\\'d0}", "P0 中\n");
}
END_TEST

START_TEST(unicode_and_what_older_readers_show_instead)
{
    assert_rtf("{\\rtf1 \\u20013?\\u25991?}", "P0 中文\n");
    assert_rtf("{\\rtf1\\uc0 \\u20013\\u25991 x}", "P0 中文x\n");
    assert_rtf("{\\rtf1\\uc2\\u20013\\'d6\\'d0\\u25991 ab.}", "P0 中文.\n");
    assert_rtf("{\\rtf1\\uc1\\u-28670?}", "P0 适\n");               /* signed */
    assert_rtf("{\\rtf1\\u36866 ?\\u65292?}", "P0 适，\n");         /* not signed */
    assert_rtf("{\\rtf1\\u-10179?\\u-8704?}", "P0 😀\n");            /* two halves */
    assert_rtf("{\\rtf1 a\\u-10179?\\u98?\\u-8704?c}", "P0 abc\n"); /* that do not meet */
    assert_rtf("{\\rtf1\\uc0 a{\\uc1\\u20013 ?}\\u25991 b}", "P0 a中文b\n");
    assert_rtf("{\\rtf1{\\upr{\\'d6\\'d0}{\\*\\ud{\\u20013 ?}}}}", "P0 中\n");
}
END_TEST

START_TEST(what_is_not_shown_is_not_read)
{
    assert_rtf("{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\stylesheet{\\s1 Normal;}}"
               "{\\header head\\par}{\\footer {\\shp{\\*\\shpinst{\\shptxt box\\par}}}foot\\par}"
               "{\\*\\generator x;}{\\pict 0102}{\\v hidden}{\\deleted gone}"
               "{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}{\\footnote note} end}",
               "P0 link end\n");
}
END_TEST

START_TEST(numbers_of_lists_are_text)
{
    assert_rtf("{\\rtf1{\\listtext\\pard\\plain \\u19968 ?\\u12289 ?\\tab}one\\par"
               "{\\*\\pntext\\f0 2.\\tab}two\\par}",
               "P0 一、one\nP0 2.two\n");
}
END_TEST

START_TEST(a_row_of_a_table_is_a_line)
{
    assert_rtf("{\\rtf1\\trowd\\pard\\intbl a\\cell b1\\par b2\\cell\\row"
               "\\pard\\intbl c\\cell\\cell\\row\\pard end}",
               "P0 a | b1 b2\nP0 c\nP0 end\n");
    assert_rtf("{\\rtf1\\pard\\intbl open}", "P0 open\n");
}
END_TEST

START_TEST(lines_broken_by_hand_may_be_paragraphs)
{
    assert_rtf("{\\rtf1 a\\line b\\par c}", "L0 a\nL0 b\nP0 c\n");
}
END_TEST

START_TEST(the_text_of_a_box_follows_its_paragraph)
{
    assert_rtf("{\\rtf1 a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt in\\par the box}}"
               "{\\shprslt in\\par}}b\\par c}",
               "P0 ab\nP0 in\nP0 the box\nP0 c\n");
}
END_TEST

START_TEST(properties_are_declared)
{
    assert_declares(
        "{\\rtf1{\\info{\\title \\u20013?}{\\author a b}{\\creatim\\yr2024\\mo5\\dy2}}x}",
        "file_title=中\nfile_author=a b\nfile_created=2024-05-02\n");
    assert_declares("{\\rtf1{\\info{\\title  }{\\creatim\\yr0\\mo5}}x}", "");
}
END_TEST

START_TEST(files_of_other_programs)
{
    static const struct {
        const char *file, *blocks;
    } CASES[] = {
        { "wordpad.rtf",
          "P0 关于区政协五届三次会议第8号提案的答复\n"
          "P0 卢某某委员：\n"
          "P0 您提出的《关于增设老年助餐点的提案》收悉。2024年，我区建成老年助餐点36个，日"
          "均服务1200人次。\n"
          "P0 1.加大补助力度；\nP0 2.完善监管办法。\n"
          "L0 某某区民政局\nL0 2024年5月20日\n" },
        { "wps.rtf", "P0 关于第8号提案的答复\n"
                     "P0 您提出的《关于增设老年助餐点的提案》收悉。㎡以“一刻钟”为圈\n"
                     "P0 承办单位 | 区民政局 区财政局\nP0 附注：成立。\nP0 框内文字\n" },
    };
    for (size_t i = 0; i < LENGTH_OF(CASES); i++) {
        char path[512];
        struct trip trip = { .reader = &RTF_READER, .blocks = true };
        snprintf(path, sizeof(path), "%s/tests/fixtures/word/%s", DAFU_SOURCE_DIR, CASES[i].file);
        trip_read(&trip, path);
        ck_assert_str_eq(trip_string(&trip.text), CASES[i].blocks);
        ck_assert_str_eq(trip_string(&trip.warned), "");
        trip_release(&trip);
    }
    assert_reads_like(&RTF_READER, "word/word.rtf", "zhechuan-2025-86"); /* automatic numbers */
    assert_reads_like(&RTF_READER, "word/text.rtf", "tangpu-2025-17");
}
END_TEST

START_TEST(hostile_files_are_bounded)
{
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, TEXT("{\\rtf1 "));
    for (int i = 0; i < 100000; i++)
        buffer_append_byte(&bytes, '{');
    assert_rtf_fails(buffer_text(&bytes), STATUS_LIMIT, "groups are nested too deeply");
    buffer_clear(&bytes);
    buffer_append(&bytes, TEXT("{\\rtf1 x"));
    for (int i = 0; i < 600000; i++)
        buffer_append(&bytes, TEXT("x\\par "));
    assert_rtf_fails(buffer_text(&bytes), STATUS_LIMIT, "too many paragraphs");
    buffer_release(&bytes);
    assert_rtf_fails(TEXT("{\\rtf1 }"), STATUS_EMPTY, "no text in it");
    assert_rtf("{\\rtf1 a{\\pict\\bin3 }}}}b}", "P0 ab\n");
    assert_rtf("{\\rtf1 a\\bin99999999999999999999 b}", "P0 a\n");
    assert_rtf("{\\rtf1 a\\bin-5 b}", "P0 ab\n");
    assert_rtf("{\\rtf1\\f-1\\f999999\\uc-1\\ansicpg-1 a\\b99999999999999999999 c}}}}{{",
               "P0 ac\n");
}
END_TEST

START_TEST(a_file_cut_off_anywhere_gives_what_there_is)
{
    char path[512];
    struct stream *stream = NULL;
    struct buffer bytes = BUFFER_INIT;
    struct error error;
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/wps.rtf", DAFU_SOURCE_DIR);
    ck_assert_int_eq(stream_open(path, &stream, &error), STATUS_OK);
    ck_assert_int_eq(stream_load(stream, DOCUMENT_BYTES_MAX, &bytes, &error), STATUS_OK);
    stream_close(stream);
    size_t end = text_find_last(buffer_text(&bytes), TEXT("}"));
    for (size_t length = 6; length <= end; length++) {
        struct trip trip = { .reader = &RTF_READER, .blocks = true };
        trip_read_bytes(&trip, text_slice(buffer_text(&bytes), 0, length));
        if (trip.status == STATUS_OK)
            ck_assert_str_eq(trip_string(&trip.warned), "cut off: the RTF ends inside a group\n");
        else
            ck_assert_str_eq(trip.error.message, "no text in it");
        trip_release(&trip);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(rtf_is_known_by_its_first_bytes)
{
    ck_assert(RTF_READER.recognizes(TEXT("{\\rtf1\\ansi"), TEXT("doc")));
    ck_assert(RTF_READER.recognizes(TEXT("\r\n{\\rtf1"), TEXT("")));
    ck_assert(!RTF_READER.recognizes(TEXT("{\"id\""), TEXT("rtf")));
    ck_assert(!RTF_READER.recognizes(TEXT(""), TEXT("rtf")));
}
END_TEST

RUN_SUITE("rtf_reader", NULL, NULL, text_of_paragraphs, bytes_of_a_code_page,
          fonts_choose_the_code_page, unicode_and_what_older_readers_show_instead,
          what_is_not_shown_is_not_read, numbers_of_lists_are_text, a_row_of_a_table_is_a_line,
          lines_broken_by_hand_may_be_paragraphs, the_text_of_a_box_follows_its_paragraph,
          properties_are_declared, files_of_other_programs, hostile_files_are_bounded,
          a_file_cut_off_anywhere_gives_what_there_is, rtf_is_known_by_its_first_bytes)
