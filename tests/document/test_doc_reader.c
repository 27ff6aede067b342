/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/child.h"
#include "tests/base/suite.h"
#include "tests/document/round_trip.h"

static bool installed(void)
{
    if (child_available("antiword"))
        return true;
    fprintf(stderr, "skipped: antiword is not installed\n");
    return false;
}

static void load(struct buffer *bytes, const char *fixture)
{
    char path[512];
    struct stream *stream = NULL;
    struct error error;
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/%s", DAFU_SOURCE_DIR, fixture);
    ck_assert_int_eq(stream_open(path, &stream, &error), STATUS_OK);
    ck_assert_int_eq(stream_load(stream, DOCUMENT_BYTES_MAX, bytes, &error), STATUS_OK);
    stream_close(stream);
}

START_TEST(a_word_file_reads_like_its_text)
{
    assert_reads_like(&DOC_READER, "word/text.doc", "tangpu-2025-17");
    assert_reads_like(&DOC_READER, "word/word.doc", "zhechuan-2025-86");
}
END_TEST

/* The marker of each paragraph is what LibreOffice shows when it opens the file. */
START_TEST(automatic_numbers_tables_boxes_and_changes_are_read_as_word_shows_them)
{
    static const char EXPECTED[] =
        "槐岸县交通运输局\n"
        "关于县政协九届四次会议第37号提案的答复\n"
        "张某某委员：\n"
        "您提出的“关于改善乡村客运的提案”收悉。经研究，现答复如下：\n"
        "一、关于线路开通情况\n"
        "（一）全县建制村已全部通客车。\n"
        "（二）同一句开头的段落。甲\n"
        "1.新开线路三条。\n"
        "2.延长线路两条。\n"
        "（1）槐岸至柳渡。\n"
        "①每日四班。\n"
        "②周末加开两班。\n"
        "一段没有编号的话，编号在它后面接着数。\n"
        "3.增设站点九处。\n"
        "二、关于票价\n"
        "（一）同一句开头的段落。乙\n"
        "圆点后面的话。\n"
        "（二）2024年补贴到位。\n"
        "三、下一步打算\n"
        "1.修订办法。\n"
        "1.1征求意见。\n"
        "1.2报县政府批准。\n"
        "2.公布施行。\n"
        "1.另起的第一项。\n"
        "事项 | （一）表格里的一项\n"
        "看得见，新增的，链接，段落完，a<b &𠮷。\n"
        "文本框里的话。\n"
        "线路 | 里程\n"
        "槐岸县城至柳渡镇经东山村、西山村、北山村、南山村的公交化改造线路 | 31.5公里\n"
        "槐岸县交通运输局\n"
        "2025年6月18日\n";
    char path[512];
    struct trip trip = { .reader = &DOC_READER };
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/numbered.doc", DAFU_SOURCE_DIR);
    trip_read(&trip, path);
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    assert_same_lines(buffer_text(&trip.text), text_of(EXPECTED), "numbered.doc");
    trip_release(&trip);
}
END_TEST

START_TEST(a_protected_file_says_so)
{
    struct buffer bytes = BUFFER_INIT;
    struct trip trip = { .reader = &DOC_READER };
    load(&bytes, "numbered.doc");
    size_t start = text_find(buffer_text(&bytes), TEXT("\xEC\xA5\x01\x01"));
    ck_assert_uint_ne(start, TEXT_NONE);
    bytes.data[start + 11] |= 1; /* fEncrypted */
    trip_read_bytes(&trip, buffer_text(&bytes));
    ck_assert_str_eq(status_name(trip.status), status_name(STATUS_UNSUPPORTED));
    ck_assert_str_eq(trip.error.message, "protected by a password");
    trip_release(&trip);
    buffer_release(&bytes);
}
END_TEST

/* Whatever byte is wrong, the end is text or one line. */
START_TEST(a_damaged_file_ends_in_text_or_one_line)
{
    struct buffer bytes = BUFFER_INIT;
    if (!installed())
        return;
    load(&bytes, "numbered.doc");
    for (size_t at = 24; at < bytes.length; at += 199) {
        struct trip trip = { .reader = &DOC_READER };
        char before = bytes.data[at];
        bytes.data[at] = (char)0xFF;
        trip_read_bytes(&trip, buffer_text(&bytes));
        bytes.data[at] = before;
        if (trip.status)
            ck_assert_uint_gt(strlen(trip.error.message), 0);
        trip_release(&trip);
    }
    buffer_release(&bytes);
}
END_TEST

/* The head of a Word document, and its version; below 0xC1 it is older than what is read here. */
START_TEST(an_older_file_is_read_by_a_converter)
{
    struct buffer bytes = BUFFER_INIT;
    struct trip trip = { .reader = &DOC_READER };
    if (!installed())
        return;
    load(&bytes, "text.doc");
    size_t head = text_find(buffer_text(&bytes), TEXT("\xEC\xA5\x01\x01"));
    ck_assert_uint_ne(head, TEXT_NONE);
    bytes.data[head + 2] = (char)0xC0;
    bytes.data[head + 3] = 0;
    trip_read_bytes(&trip, buffer_text(&bytes));
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    ck_assert_ptr_nonnull(
        strstr(trip_string(&trip.text), "关于深化“一网通办”改革、优化营商环境的建议"));
    ck_assert_ptr_null(strstr(trip_string(&trip.text), "PAGE"));
    trip_release(&trip);
    buffer_release(&bytes);
}
END_TEST

START_TEST(page_numbers_of_the_footer_are_dropped)
{
    char path[512];
    struct trip trip = { .reader = &DOC_READER, .blocks = true };
    if (!installed())
        return;
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/text.doc", DAFU_SOURCE_DIR);
    trip_read(&trip, path);
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    ck_assert_ptr_null(strstr(trip_string(&trip.text), "PAGE"));
    trip_release(&trip);
}
END_TEST

START_TEST(an_ole_file_that_is_no_word_document_is_one_line)
{
    struct trip trip = { .reader = &DOC_READER };
    char bytes[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (!installed())
        return;
    trip_read_bytes(&trip, (struct text) { bytes, sizeof(bytes) });
    ck_assert_str_eq(status_name(trip.status), status_name(STATUS_INVALID));
    ck_assert_msg(text_starts_with(text_of(trip.error.message), TEXT("not a Word document")), "%s",
                  trip.error.message);
    ck_assert_str_eq(trip_string(&trip.text), "");
    trip_release(&trip);
}
END_TEST

START_TEST(a_cut_off_file_ends_in_text_or_one_line)
{
    struct buffer bytes = BUFFER_INIT;
    if (!installed())
        return;
    load(&bytes, "text.doc");
    for (size_t length = 8; length < bytes.length; length += 1499) {
        struct trip trip = { .reader = &DOC_READER };
        trip_read_bytes(&trip, text_slice(buffer_text(&bytes), 0, length));
        if (trip.status)
            ck_assert_uint_gt(strlen(trip.error.message), 0);
        trip_release(&trip);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(word_files_are_known_by_their_container)
{
    ck_assert(DOC_READER.recognizes(TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1zzzz"), TEXT("wps")));
    ck_assert(!DOC_READER.recognizes(TEXT("PK\x03\x04"), TEXT("doc")));
}
END_TEST

RUN_SUITE("doc_reader", NULL, NULL, a_word_file_reads_like_its_text,
          automatic_numbers_tables_boxes_and_changes_are_read_as_word_shows_them,
          a_protected_file_says_so, a_damaged_file_ends_in_text_or_one_line,
          an_older_file_is_read_by_a_converter, page_numbers_of_the_footer_are_dropped,
          an_ole_file_that_is_no_word_document_is_one_line, a_cut_off_file_ends_in_text_or_one_line,
          word_files_are_known_by_their_container)
